"""The evaluation report as blocks: cover, eight chapters and five annexes, the same in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.assess.index import Index
from sim.record.folder import RunRecord
from sim.show import document_annexes as annexes
from sim.show import document_parts as parts
from sim.show import report_scores
from sim.show.blocks import Block, Heading, Para, Picture, Table, Turn
from sim.show.crew_ladder import LadderTable, ladder_table
from sim.show.document_working import working_blocks
from sim.show.names import Names
from sim.show.report_findings import practice_rows, trace_blocks

MAIN_FINDINGS = 10
"""Findings in the main text; all of them are in the ledger."""


def evaluation_report(
    record: RunRecord,
    score: Mapping[str, Any],
    references: Mapping[str, Any] | None,
    names: Names,
    crews: Mapping[str, Any] | None = None,
) -> list[Block]:
    """Return the whole report.

    Args:
        record: The run.
        score: Its score card.
        references: The yardsticks' losses that the score card used, or None.
        names: Names of the exercise in a language.
        crews: Where the run stands among simulated crews, as ``ladder.json`` holds it, or None.
    """
    index = Index(record)
    rows = annexes.finding_cells(record, score, names)
    return [
        *_cover(record, names),
        *_exercise(record, references, names),
        *_method(record, names),
        *_course(record, score, names),
        *_analysis(index, score, names),
        *_crews(ladder_table(crews, names), names),
        *_practice(record, score, names),
        *_problems(record, score, rows, names),
        *parts.proposals(record, score, names),
        *_conclusion(record, score, names),
        *annexes.all_annexes(record, score, rows, names),
        *_plates(names),
    ]


def _plates(names: Names) -> list[Block]:
    """Return the wide figures, each on a page on its side, where their letters can be read."""
    word = names.word
    blocks: list[Block] = [Heading(1, word("doc_plates"))]
    for when in ("map_start", "map", "map_end"):
        caption = word(f"fig_{'map_worst' if when == 'map' else when}")
        blocks.append(Picture(when, f"{word('map_plate')} · {caption}"))
    return [*blocks, Picture("way_1", word("fig_way")), Picture("way_2", word("fig_way"))]


def _cover(record: RunRecord, names: Names) -> list[Block]:
    scenario = record.exercise.scenario
    county = record.exercise.county.name.in_language(names.lang)
    return [
        Para(f"{names.word('mark')}　{names.word('material')}", "mark"),
        Para(names.capital(scenario.name.in_language(names.lang)), "big"),
        Para(names.word("report"), "title"),
        Para("", "big"),
        Para(names.word("doc_organizer", county=county), "cover"),
        Para(names.word("doc_when", when=scenario.starts_at.replace("T", " ")), "cover"),
        Turn(),
    ]


def _exercise(record: RunRecord, references: Mapping[str, Any] | None, names: Names) -> list[Block]:
    exercise, word = record.exercise, names.word
    comma = "；" if names.lang == "zh" else "; "
    goals = comma.join(one.text.in_language(names.lang) for one in exercise.scenario.objectives)
    seats = names.things([one.id for one in exercise.county.organizations if one.seat])
    own = [
        (word("purpose"), goals),
        (word("form"), f"{word('form_tabletop')} · {word(f'visibility_{exercise.scenario.visibility}')}"),
        (word("departments_in"), seats),
    ]
    told = [(label, text) for label, text, _ in report_scores.facts_of_run(record, references, names)]
    rows = [(names.capital(label), names.capital(text)) for label, text in (*told[:1], *own, *told[1:])]
    return [Heading(1, word("doc_1")), Table("", (), rows, (22, 100))]


def _method(record: RunRecord, names: Names) -> list[Block]:
    exercise, word = record.exercise, names.word
    notes = sum(entry.kind == "note" for entry in record.journal)
    rubric, plan = exercise.rubric, exercise.plan.name.in_language(names.lang)
    heads = (word("dimension"), word("weight"), word("source"))
    rows = [
        (names.capital(names.rubric(one.id)), f"{one.weight:g}", one.source.in_language(names.lang))
        for one in rubric.dimensions
    ]
    return [
        Heading(1, word("doc_2")),
        Para(word("doc_basis", rubric=rubric.name.in_language(names.lang), plan=plan)),
        Para(word("doc_data", events=len(record.events), digest=record.digest[:16], notes=notes)),
        Para(word("doc_method")),
        Table(word("doc_weights"), parts.capitals(heads, names), rows, (60, 15, 60)),
    ]


def _course(record: RunRecord, score: Mapping[str, Any], names: Names) -> list[Block]:
    scenario, word = record.exercise.scenario, names.word
    due = [row for row in score["milestones"] if row["limit_s"] is not None]
    bad = [row for row in due if row["at_s"] is None or row["late_s"]]
    never = sum(row["at_s"] is None for row in due)
    reached = word("doc_reached", count=len(due), good=len(due) - len(bad), late=len(bad) - never, never=never)
    course = word(
        "doc_course",
        starts=scenario.starts_at.replace("T", " "),
        length=names.length(scenario.duration),
        told=scenario.summary.in_language(names.lang),
    )
    blocks: list[Block] = [Heading(1, word("doc_3")), Para(course), Para(reached)]
    if bad:
        comma = "、" if names.lang == "zh" else ", "
        blocks.append(Para(word("doc_late_list", list=comma.join(names.milestone(row["id"]) for row in bad))))
    blocks += [Picture("timeline", word("fig_timeline")), parts.milestone_table(score, names)]
    return blocks


def _analysis(index: Index, score: Mapping[str, Any], names: Names) -> list[Block]:
    record, word = index.record, names.word
    return [
        Heading(1, word("doc_4")),
        Heading(2, word("doc_sec_scores")),
        parts.dimension_table(score, names),
        Picture("radar", word("fig_radar")),
        parts.objective_table(record, score, names),
        Heading(2, word("doc_sec_units")),
        parts.unit_table(score, names),
        Para(word("doc_units_note"), "note"),
        parts.response_table(score, names),
        Picture("responses", word("fig_responses")),
        Heading(2, word("doc_sec_gaps")),
        *parts.gap_tables(record, score, names),
        Picture("matrix", word("fig_matrix")),
        Heading(2, word("doc_sec_info")),
        parts.information_table(record, names),
        Picture("knowledge", word("fig_knowledge")),
        Picture("flow", word("fig_flow")),
        parts.duty_table(index, names),
        Heading(2, word("doc_sec_opinion")),
        Picture("series", word("fig_series")),
        Heading(2, word("doc_sec_resources")),
        *parts.resource_blocks(record, names),
        Picture("resources", word("fig_resources")),
        *working_blocks(record, names),
        Heading(2, word("doc_sec_decisions")),
        *parts.decision_blocks(record, score, names),
        Heading(2, word("doc_sec_harm")),
        Picture("loss", word("fig_loss")),
        parts.harm_table(score, names),
    ]


def _crews(ladder: LadderTable | None, names: Names) -> list[Block]:
    if ladder is None:
        return []
    word, widths = names.word, (40, 16, *(30 for _ in ladder.heads[2:]))
    return [
        Heading(2, word("doc_sec_ladder")),
        Para(f"{ladder.lead}{'' if names.lang == 'zh' else ' '}{word('ladder_how')}"),
        Table("", parts.capitals(tuple(ladder.heads), names), ladder.rows, widths),
        Picture("ladder", word("fig_ladder")),
    ]


def _practice(record: RunRecord, score: Mapping[str, Any], names: Names) -> list[Block]:
    rows = practice_rows(record, score, names)
    blocks: list[Block] = [Heading(1, names.word("doc_5"))]
    if not rows:
        return [*blocks, Para(names.word("practice_none"))]
    colon = "：" if names.lang == "zh" else ": "
    return [*blocks, *(Para(f"{number}. {kind}{colon}{text}", "item") for number, (kind, text) in enumerate(rows, 1))]


def _problems(record: RunRecord, score: Mapping[str, Any], rows: list[tuple[str, ...]], names: Names) -> list[Block]:
    blocks: list[Block] = [Heading(1, names.word("doc_6"))]
    if not rows:
        return [*blocks, Para(names.word("no_findings"))]
    heads = tuple(names.word(key) for key in ("no_dot", "finding", "finding_evidence", "finding_owner", "root_cause"))
    cells = [(row[0], row[1], row[2], row[4], row[-1]) for row in rows[:MAIN_FINDINGS]]
    return [
        *blocks,
        Table(names.word("doc_findings"), parts.capitals(heads, names), cells, (13, 57, 60, 25, 25)),
        Heading(2, names.word("doc_traces")),
        *trace_blocks(record, score, names),
    ]


def _conclusion(record: RunRecord, score: Mapping[str, Any], names: Names) -> list[Block]:
    word, head = names.word, report_scores.headline(record, score, names)
    told = {"total": head["total"], "band": head["band"], "speed": head["response_speed"]}
    blocks: list[Block] = [
        Heading(1, word("doc_8")),
        Para(word("doc_score", **told, coordination=head["coordination"])),
    ]
    harm = score["harm"]
    if harm["none"] is not None and harm["perfect"] is not None:
        losses = {run: f"{harm[run]:.2f}" for run in ("actual", "none", "perfect")}
        outcome = "—" if head["outcome"] is None else head["outcome"]
        blocks.append(Para(word("doc_outcome", outcome=outcome, **losses)))
    if head["vetoes"]:
        comma = "；" if names.lang == "zh" else "; "
        blocks.append(Para(word("doc_vetoes", list=comma.join(head["vetoes"]))))
    return [*blocks, Para(word("doc_close"))]
