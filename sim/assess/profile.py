"""Who did what well: competencies, and the share of each body, each group of bodies and each seat in the score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import Any

from sim.assess.gaps.base import NOWHERE, Obligation
from sim.assess.index import Index
from sim.spec.plan import NOBODY
from sim.spec.rubric import Milestone

Row = dict[str, Any]


def competencies(index: Index, milestones: Sequence[Row], types: Sequence[Row]) -> list[Row]:
    """Return the competency profile: for each competency of the rubric the share of its items that was met, 0 to 100.

    An item is a milestone, with its points, or a type of gap, with the points that the rubric gives each type here: its
    share is what was met of what was owed, or how little of what it can take was taken. Where the competency counts
    questions, the share of the seats' questions that were answered in time is an item too. None where no item arose.
    """
    by_milestone = {row["id"]: row for row in milestones}
    by_type = {row["type"]: row for row in types}
    rows = []
    for one in index.rubric.competencies:
        rated = [by_milestone[name] for name in one.milestones if name in by_milestone]
        items = [(row["points"], row["out_of"]) for row in rated if row["out_of"]]
        shares = [_share_of(by_type[name]) for name in one.gaps if name in by_type]
        if one.questions:
            shares.append(_answered(index))
        items += [(share * one.points, one.points) for share in shares if share is not None]
        out_of = fsum(most for _, most in items)
        points = round(100 * fsum(got for got, _ in items) / out_of, 2) if out_of else None
        rows.append({"id": one.id, "points": points, "items": len(items), "source": one.source.model_dump()})
    return rows


def _share_of(row: Row) -> float | None:
    shares = [] if row["met_share"] is None else [float(row["met_share"])]
    if row["takes"]:
        shares.append(1 - row["taken"] / row["takes"])
    return fsum(shares) / len(shares) if shares else None


def _answered(index: Index) -> float | None:
    opened = index.by_kind["question.opened"]
    in_time = {event.subject for event in index.by_kind["question.answered"] if event.data["choice"] is not None}
    return sum(event.subject in in_time for event in opened) / len(opened) if opened else None


def bodies(
    index: Index, owed: Sequence[Obligation], milestones: Sequence[Row], counted_s: Mapping[str, float]
) -> list[Row]:
    """Return one row for each body that owed something or can be played: milestones, obligations and questions.

    Each milestone and each obligation stands with one body, the one that had to act first, so that the rows add up.
    """
    seats = set(index.seats)
    rows: dict[str, Row] = {}

    def row_of(ident: str) -> Row:
        if ident not in rows:
            zeros = dict.fromkeys(("points", "out_of", "owed", "in_time", "minutes", "counted_minutes"), 0)
            rows[ident] = {"id": ident, "seat": ident in seats, **zeros, "asked": 0, "answered": 0}
        return rows[ident]

    for seat in index.seats:
        row_of(seat)
    by_id = {one.id: one for one in index.rubric.milestones}
    for milestone in milestones:
        row = row_of(owner_of(index, by_id[milestone["id"]]))
        row["points"] += milestone["points"]
        row["out_of"] += milestone["out_of"]
    for one in owed:
        if one.dimension == NOWHERE or not one.units:
            continue
        row = row_of(one.units[0])
        row["owed"] += 1
        row["in_time"] += not one.late_s
        row["minutes"] += one.late_s / 60
        row["counted_minutes"] += counted_s.get(one.id, 0.0) / 60
    for kind, name in (("question.opened", "asked"), ("question.answered", "answered")):
        for event in index.by_kind[kind]:
            row_of(event.actor)[name] += kind == "question.opened" or event.data["choice"] is not None
    order = [one.id for one in index.exercise.county.organizations]
    ranked = sorted(rows.values(), key=lambda row: (not row["seat"], order.index(row["id"])))
    return [_rounded(row) for row in ranked]


def groups(index: Index, rows: Sequence[Row]) -> list[Row]:
    """Return the rows of bodies summed by what they are: duty office, command post, departments, bodies outside."""
    kinds = {one.id: one.kind for one in index.exercise.county.organizations}
    found: dict[str, Row] = {}
    for row in rows:
        sums = found.setdefault(kinds[row["id"]], {"id": kinds[row["id"]], "bodies": 0})
        sums["bodies"] += 1
        for name, value in row.items():
            if name not in ("id", "seat"):
                sums[name] = sums.get(name, 0) + value
    return [_rounded(row) for row in found.values()]


def owner_of(index: Index, milestone: Milestone) -> str:
    """Return the body that has to reach a milestone: by the plan, by what is looked for, or by its rule.

    Where none of them says so it is the duty office for what is its work, and the command post for the rest.
    """
    county = index.exercise.county
    tasks = {task.id: task.owner for task in index.exercise.plan.tasks if task.owner != NOBODY}
    planned = [tasks[name] for name in milestone.tasks if name in tasks]
    looked_for = [match.actor for match in milestone.match if match.actor is not None]
    rules = [rule.sender for rule in index.exercise.rules.rules if rule.id == milestone.rule]
    default = county.desk("duty" if milestone.dimension == "duty_reporting" else "command")
    return next(iter([*planned, *looked_for, *rules]), default)


def _rounded(row: Row) -> Row:
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in row.items()}
