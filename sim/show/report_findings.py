"""Findings, good practice and chains traced back, in the words of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.assess.practice import practices
from sim.assess.why import Strand, why
from sim.record.folder import RunRecord
from sim.show.blocks import Block, Para, Table
from sim.show.names import Names
from sim.show.why_words import PARTS, STRANDS, Subjects

MOST_STEPS = 12
"""Steps of a chain that a report shows: the longest waits, first and last."""


def practice_rows(record: RunRecord, score: Mapping[str, Any], names: Names) -> list[tuple[str, str]]:
    """Return kind and text of what was done well."""
    found = practices(record, score)
    return [(names.capital(names.word(f"practice_{row.kind}")), row.text[names.lang]) for row in found]


def judged(record: RunRecord, score: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """Return what was done well and what is traced back, by name."""
    return {"practices": practice_rows(record, score, names), "traces": trace_blocks(record, score, names)}


def traced(record: RunRecord, score: Mapping[str, Any], names: Names) -> list[tuple[str, str]]:
    """Return what a report traces back, as ``why`` takes it, with its name: a death, a milestone, the longest gap."""
    found = []
    died = next((event.subject for event in record.events if event.kind == "patient.died"), None)
    if died is not None:
        found.append((f"death:{died}", names.word("trace_death")))
    rows = [row for row in score["milestones"] if row["limit_s"] is not None and (row["at_s"] is None or row["late_s"])]
    rows.sort(key=lambda row: (row["at_s"] is None, -(row["late_s"] or 0), -row["out_of"], row["id"]))
    if rows:
        ident = rows[0]["id"]
        found.append((f"milestone:{ident}", names.word("trace_milestone", name=names.milestone(ident))))
    gaps = [gap for gap in score["gaps"] if len(gap["chain"]) > 2]  # with a shorter one there is nothing to walk back
    if gaps:
        gap = min(gaps, key=lambda one: (-float(one["minutes"]), one["id"]))
        found.append((f"gap:{gap['id']}", names.word("trace_gap", name=gap["evidence"][names.lang])))
    return found


def trace_blocks(record: RunRecord, score: Mapping[str, Any], names: Names) -> list[Block]:
    """Return a table for each chain of each thing traced back: its steps, how long each took and what for."""
    blocks: list[Block] = []
    subjects = Subjects(record.events, names)
    heads = tuple(names.capital(names.word(key)) for key in ("given_at", "trace_step", "trace_waited", "trace_part"))
    for what, name in traced(record, score, names):
        title = names.word("trace_of", what=name)
        for one in why(record, what).strands:
            chain = STRANDS[one.name][names.lang != "zh"]
            if one.steps:
                rows = _steps(one, names, subjects)
                blocks.append(Table(f"{title} · {chain}", heads, rows, (20, 84, 24, 34), small=True))
            else:
                blocks.append(Para(f"{title} · {chain}: {names.word('trace_never')}", "note"))
    return blocks


def _steps(found: Strand, names: Names, subjects: Subjects) -> list[tuple[str, ...]]:
    order = sorted(range(len(found.steps)), key=lambda number: (-found.steps[number].waited_s, number))
    kept = {0, len(found.steps) - 1, *order[: MOST_STEPS - 2]}
    rows: list[tuple[str, ...]] = []
    for number, step in enumerate(found.steps):
        if number not in kept:
            continue
        waited = names.length(step.waited_s) if step.waited_s else "—"
        mark = f" ◀ {names.word('trace_binding')}" if number == found.binding else ""
        part = PARTS[step.part][names.lang != "zh"] if step.waited_s else "—"
        told = subjects.words(step.event).removesuffix(step.event.subject).strip()  # an id says nothing to readers
        rows.append((names.moment(step.event.at_s), names.capital(told), waited, names.capital(part) + mark))
    return rows
