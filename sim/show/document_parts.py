"""Tables of the evaluation report, from the rows that the page in the browser shows too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.assess.duplicates import given_twice
from sim.assess.findings import findings
from sim.assess.index import Index
from sim.assess.responses import PARTS
from sim.record.folder import RunRecord
from sim.show import report_information, report_resources, report_runs, report_scores
from sim.show.blocks import Block, Heading, Para, Picture, Table
from sim.show.names import Names
from sim.show.regrets import measured
from sim.show.report_reporting import duty_rows

MOST_PROPOSALS = 12
"""Rows of a table of proposals; the ledger has all."""


def capitals(texts: Iterable[str], names: Names) -> tuple[str, ...]:
    """Return texts as they stand at the beginning of a cell."""
    return tuple(names.capital(text) for text in texts)


def _heads(names: Names, *keys: str) -> tuple[str, ...]:
    return capitals((names.word(key) for key in keys), names)


def milestone_table(score: Mapping[str, Any], names: Names, *, small: bool = False) -> Table:
    """Return the milestones against their limits; with ``small``, as the score form has them."""
    rows = []
    for row in report_scores.milestone_rows(score, names):
        never = names.word("not_due") if row["state"] == "na" else names.word("never")
        actual = never if row["at_s"] is None else names.moment(row["at_s"])
        late = names.word("in_time") if row["state"] == "good" else row["late"] or "—"
        points = row["points"] or "—"
        cells = (row["number"], names.capital(row["name"]), names.moment(row["limit_s"]), actual, late, points)
        rows.append((*cells, row["dimension"], row["source"]) if small else cells)
    keys = ("no_dot", "milestone", "limit", "actual", "late", "points")
    if small:
        return Table("", _heads(names, *keys, "dimension", "source"), rows, (8, 32, 16, 16, 20, 18, 26, 50), small=True)
    return Table(names.word("sec_milestones"), _heads(names, *keys), rows, (10, 46, 22, 22, 28, 26))


def dimension_table(score: Mapping[str, Any], names: Names) -> Table:
    """Return the points of each dimension."""
    rows = [
        (
            names.capital(names.rubric(row["id"])),
            f"{row['points']:.1f}",
            f"{row['out_of']:g}",
            f"{100 * row['points'] / row['out_of']:.0f} %" if row["out_of"] else "—",
        )
        for row in score["dimensions"]
    ]
    rows.append((names.capital(names.word("total")), f"{score['total']:.1f}", "100", names.rubric(score["band"])))
    heads = _heads(names, "dimension", "points", "weight", "score_share")
    return Table(names.word("fig_dimensions"), heads, rows, (70, 22, 22, 22))


def objective_table(record: RunRecord, score: Mapping[str, Any], names: Names) -> Table:
    """Return the objectives with their ratings."""
    rows = [(row["text"], names.capital(row["rating"])) for row in report_scores.objective_rows(record, score, names)]
    return Table("", _heads(names, "objective", "rating"), rows, (110, 36))


def unit_table(score: Mapping[str, Any], names: Names) -> Table:
    """Return what each seat owed and kept, its gaps, its points from milestones and its answers."""
    rows = []
    for row in score["bodies"]:
        if not row["seat"]:
            continue
        causes: dict[str, float] = {}
        for gap in score["gaps"]:
            if gap["units"] and gap["units"][0] == row["id"]:
                causes[gap["root_cause"]] = causes.get(gap["root_cause"], 0.0) + float(gap["minutes"])
        cause = max(sorted(causes), key=lambda name: causes[name], default="")
        rows.append(
            (
                names.capital(names.thing(row["id"])),
                str(row["owed"]),
                str(row["in_time"]),
                f"{row['minutes']:.0f}",
                names.capital(names.coded("cause", cause)) if cause else "—",
                names.word("points_of", points=f"{row['points']:.1f}", out_of=f"{row['out_of']:g}"),
                f"{row['answered']} / {row['asked']}",
            )
        )
    keys = ("unit", "owed", "met_in_time", "minutes", "first_cause", "node_points", "answered_of")
    return Table("", _heads(names, *keys), rows, (34, 16, 14, 16, 34, 24, 16))


def response_table(score: Mapping[str, Any], names: Names) -> Table:
    """Return the median of each part of the responses, for all departments and for each."""
    parts = (*PARTS, "total")
    rows = []
    for row in score["response_parts"]:
        who = names.word("all_departments") if row["department"] == "all" else names.thing(row["department"])
        median = row["median_s"]
        times = ("—" if median[part] is None else f"{median[part] / 60:.1f}" for part in parts)
        rows.append((names.capital(who), str(row["responses"]), str(row["censored"]), *times))
    keys = ("unit", "responses", "censored", *(f"part_of_{part}" for part in parts))
    widths = (30, 13, 13, *(13 for _ in parts))
    return Table(names.word("doc_responses"), _heads(names, *keys), rows, widths, small=True)


def obligation_table(score: Mapping[str, Any], names: Names) -> Table:
    """Return the obligations by type: how many were owed, met in time, late or never, and the minutes of their gaps."""
    rows = [
        (
            names.capital(names.coded("gap", row["type"])),
            str(row["owed"]),
            str(row["in_time"]),
            str(row["late"]),
            str(row["never"]),
            "—" if row["met_share"] is None else f"{100 * row['met_share']:.0f} %",
            f"{row['minutes']:.0f}",
            row["ground"][names.lang],
        )
        for row in score["obligations"]
        if row["owed"] or row["minutes"]
    ]
    keys = ("type", "owed", "met_in_time", "met_late", "met_never", "met_share", "minutes", "ground")
    heads = _heads(names, *keys)
    return Table(names.word("doc_obligations"), heads, rows, (34, 14, 13, 13, 14, 14, 14, 44), small=True)


def score_tables(score: Mapping[str, Any], names: Names) -> dict[str, Table]:
    """Return the tables of bodies, responses and obligations by name."""
    return {
        "bodies": unit_table(score, names),
        "response_parts": response_table(score, names),
        "obligations": obligation_table(score, names),
    }


def gap_tables(record: RunRecord, score: Mapping[str, Any], names: Names) -> list[Block]:
    """Return obligations and gaps by type, and gaps by where they lie."""
    types = [
        (names.capital(row["type"]), str(row["count"]), row["minutes"], names.capital(row["causes"]))
        for row in report_scores.gap_types(score, names)
    ]
    if not types:
        return [obligation_table(score, names), Para(names.word("no_gaps"))]
    sides = [
        (names.capital(names.word(f"side_{row['id']}")), str(row["gaps"]), f"{row['minutes']:.0f}")
        for row in score["sides"]
    ]
    heads = _heads(names, "type", "count", "minutes", "root_cause")
    blocks: list[Block] = [
        obligation_table(score, names),
        Table(names.word("gaps_by_type"), heads, types, (40, 14, 18, 70)),
        Table("", _heads(names, "side", "count", "minutes"), sides, (80, 20, 20)),
    ]
    again = len(given_twice(record.events))
    return [*blocks, Para(names.word("duplicates", count=again))] if again else blocks


def information_table(record: RunRecord, names: Names) -> Table:
    """Return the measures of who knew what needed to be known."""
    rows = [
        (names.capital(label), value, names.capital(how))
        for label, value, how in report_information.measure_rows(record, names)
    ]
    return Table("", _heads(names, "measure", "value", "meaning"), rows, (40, 26, 80))


def duty_table(index: Index, names: Names, *, most: int = 14) -> Block:
    """Return the duties to report, those that were not kept first; at most so many rows."""
    found = sorted(duty_rows(index, names), key=lambda row: row["state"] in ("good", "na"))
    if not found:
        return Para(names.word("no_duties"))
    rows = [
        (
            f"{names.capital(row['name'])}\n{row['link']}",
            row["stage"],
            names.moment(row["due_s"]),
            names.moment(row["made_s"]),
            row["verdict"],
            row["source"],
        )
        for row in found[:most]
    ]
    heads = _heads(names, "duty", "duty_stage", "limit", "duty_made", "duty_verdict", "source")
    return Table(names.word("sec_reporting"), heads, rows, (36, 16, 15, 15, 22, 52), small=True)


def resource_blocks(record: RunRecord, names: Names) -> list[Block]:
    """Return what units of each kind did with their time, and where they were short."""
    table = report_resources.resource_table(record, names)
    widths = (30, *(14 for _ in table["heads"][1:]))
    return [
        Table(names.word("sec_resources"), capitals(table["heads"], names), table["rows"], widths, small=True),
        Para(table["told"]),
    ]


def decision_blocks(record: RunRecord, score: Mapping[str, Any], names: Names) -> list[Block]:
    """Return the decisions: what was asked and chosen, and what the seat held wrongly then."""
    found = report_runs.decision_rows(record, score["decisions"], names)
    if not found:
        return [Para(names.word("no_decisions"))]
    rows = []
    colon = "：" if names.lang == "zh" else ": "
    for row in found:
        wrong = [f"{fact['fact']}{colon}{fact['value']}→{fact['truth']}" for fact in row["held"] if fact["wrong"]]
        rows.append(
            (
                f"{names.moment(row['at_s'])}\n{row['seat']}",
                row["question"],
                row["chosen"] or names.word("no_answer"),
                "\n".join(wrong) or "—",
                row["reason"] or "—",
            )
        )
    heads = _heads(names, "given_at", "question", "chosen", "wrong_then", "reason")
    table = Table("", heads, rows, (24, 46, 42, 30, 26), small=True)
    return [table, Picture("regrets", names.word("fig_regrets"))] if measured(score) else [table]


def harm_table(score: Mapping[str, Any], names: Names) -> Table:
    """Return the parts of loss by run."""
    found = report_scores.harm_rows(score, names)
    rows = [(names.capital(part), *numbers) for part, numbers in found["rows"]]
    rows.append((names.capital(names.word("loss_unit")), *found["sums"]))
    heads = (*_heads(names, "part"), *capitals(found["runs"], names))
    return Table("", heads, rows, (60, *(26 for _ in found["runs"])))


def proposals(record: RunRecord, score: Mapping[str, Any], names: Names) -> list[Block]:
    """Return chapter seven: measures, and changes of the plan."""
    rows = findings(record, score)
    lang = names.lang
    blocks: list[Block] = [Heading(1, names.word("doc_7"))]
    measures = _grouped([(row["measure"][lang], row["minutes"]) for row in rows])
    changes = _grouped([(row["plan_change"][lang], row["minutes"]) for row in rows if row["plan_change"]])
    if not measures:
        return [*blocks, Para(names.word("no_findings"))]
    heads = _heads(names, "no_dot", "finding_measure", "problems_count")
    blocks.append(Table(names.word("doc_measures"), heads, _numbered(measures), (10, 120, 20)))
    if changes:
        heads = _heads(names, "no_dot", "content", "problems_count")
        blocks.append(Table(names.word("doc_plan_changes"), heads, _numbered(changes), (10, 120, 20)))
    return blocks


def _grouped(pairs: Sequence[tuple[str, float]]) -> list[tuple[str, int]]:
    """Return each text with how often it stands, those that mend the most minutes first."""
    counts: dict[str, int] = {}
    minutes: dict[str, float] = {}
    for text, spent in pairs:
        counts[text] = counts.get(text, 0) + 1
        minutes[text] = minutes.get(text, 0.0) + spent
    return sorted(counts.items(), key=lambda item: (-minutes[item[0]], item[0]))[:MOST_PROPOSALS]


def _numbered(rows: Sequence[tuple[str, int]]) -> list[tuple[str, str, str]]:
    return [(str(number), text[:1].upper() + text[1:], str(count)) for number, (text, count) in enumerate(rows, 1)]
