"""The score card: a pure function of record, references and rubric."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum
from typing import Any

from sim.assess.coordination import SIDES, side
from sim.assess.decisions import decisions
from sim.assess.gaps import longest_first, obligations
from sim.assess.gaps.base import Obligation
from sim.assess.index import Index
from sim.assess.loss import loss_parts, outcome, priced, total_loss
from sim.assess.milestones import milestones
from sim.assess.obligations import Weighed, weigh
from sim.assess.prices import with_prices
from sim.assess.profile import bodies, competencies, groups
from sim.assess.resources import longest_duty_h, resources
from sim.assess.responses import responses, summary
from sim.assess.vetoes import vetoes
from sim.record.folder import RunRecord
from sim.spec.rubric import Dimension, Rubric

FORMAT = "tabletop-score/1"


def score(
    record: RunRecord,
    references: dict[str, Any] | None = None,
    rubric: Rubric | None = None,
    prices: Mapping[str, Any] | None = None,
    whatifs: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """Return the score card of a run, as ``score.json`` has it.

    Args:
        record: The run.
        references: Harm of the yardsticks under the same luck (``references.json``), or None.
        rubric: Score by this rubric instead of the run's own.
        prices: What gaps cost (``prices.json``), or None; changes no score.
        whatifs: By question, what was found of other choices, or None; changes no score.
    """
    index = Index(record, rubric)
    rubric = index.rubric
    rows = milestones(index)
    owed = obligations(index)
    weighed = weigh(owed, index)
    answered = responses(index)
    by_body = bodies(index, owed, rows, weighed.counted_s)
    gaps = _gaps(longest_first(owed), weighed, index)
    harm = _harm(record, references, rubric)
    shares = {dimension.id: _milestone_share(rows, dimension.id) for dimension in rubric.dimensions}
    shares["coordination"] = weighed.share
    shares["resources"] = _resources(index, rubric)
    if harm["outcome"] is not None:
        part = rubric.outcome_share
        shares["outcome"] = part * min(1.0, max(0.0, harm["outcome"])) + (1 - part) * shares["outcome"]
    dimensions = [_dimension(dimension, shares[dimension.id]) for dimension in rubric.dimensions]
    struck = vetoes(index)
    total = min([fsum(row["points"] for row in dimensions), *(veto["cap"] for veto in struck)])
    return {
        "format": FORMAT,
        "total": round(total, 2),
        "band": _band(total, rubric),
        "response_speed": round(100 * shares["response_speed"], 2),
        "coordination": round(100 * shares["coordination"], 2),
        "dimensions": dimensions,
        "objectives": _objectives(rows, record, rubric),
        "milestones": rows,
        "responses": [response.row() for response in answered],
        "response_parts": summary(answered),
        "gaps": with_prices(gaps, prices),
        "obligations": weighed.types,
        "sides": _sides(gaps),
        "harm": harm,
        "resources": resources(record),
        "decisions": decisions(index, whatifs),
        "competencies": competencies(index, rows, weighed.types),
        "bodies": by_body,
        "groups": groups(index, by_body),
        "vetoes": struck,
    }


def _dimension(dimension: Dimension, share: float) -> dict[str, Any]:
    weight = dimension.weight
    points = round(weight * share, 2)
    return {
        "id": dimension.id,
        "weight": weight,
        "points": points,
        "out_of": weight,
        "source": dimension.source.model_dump(),
    }


def _milestone_share(rows: list[dict[str, Any]], dimension: str) -> float:
    points = fsum(row["points"] for row in rows if row["dimension"] == dimension)
    out_of = fsum(row["out_of"] for row in rows if row["dimension"] == dimension)
    return points / out_of if out_of else 0.0


def _gaps(gaps: list[Obligation], weighed: Weighed, index: Index) -> list[dict[str, Any]]:
    grounds = {str(weight.type): weight.ground for weight in index.rubric.gaps.weights}
    rows = []
    for gap in gaps:
        row = gap.row()
        row["side"] = side(row, index.exercise.county)
        row["counted_minutes"] = round(weighed.counted_s.get(gap.id, 0.0) / 60, 1)
        ground = gap.ground or grounds.get(gap.type)
        row["ground"] = None if ground is None else ground.model_dump()
        rows.append(row)
    return rows


def _sides(gaps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return number and minutes of the gaps by where they lie."""
    rows = []
    for name in SIDES:
        own = [gap for gap in gaps if gap["side"] == name]
        minutes, counted = (round(fsum(gap[key] for gap in own), 1) for key in ("minutes", "counted_minutes"))
        rows.append({"id": name, "gaps": len(own), "minutes": minutes, "counted_minutes": counted})
    return rows


def _resources(index: Index, rubric: Rubric) -> float:
    """Return the share of tasks that had a unit in time, less if duty staff were on duty for too long.

    No task at all earns nothing.
    """
    departments = {unit.department: None for unit in index.exercise.county.units}
    tasks = [event for event in index.by_kind["task.identified"] if event.actor in departments]
    served = 0
    for task in tasks:
        assigned = index.after(task, "task.assigned")
        served += assigned is not None and assigned.at_s - task.at_s <= rubric.resources_within
    rested = min(1.0, rubric.longest_duty / 3600 / max(longest_duty_h(index.record), 1.0))
    return rested * served / len(tasks) if tasks else 0.0


def _harm(record: RunRecord, references: dict[str, Any] | None, rubric: Rubric) -> dict[str, Any]:
    parts: dict[str, Any] = {"actual": loss_parts(record, rubric.loss), "none": None, "perfect": None}
    for name in ("none", "perfect"):
        if references is not None:
            parts[name] = priced(references[name]["quantities"], rubric.loss)
    losses = {name: None if part is None else total_loss(part) for name, part in parts.items()}
    reached = outcome(losses["actual"] or 0.0, losses["none"], losses["perfect"], rubric.outcome_margin)
    return {**losses, "outcome": reached, "parts": parts}


def _band(total: float, rubric: Rubric) -> str:
    ranked = sorted(rubric.bands, key=lambda band: -band.at_least)
    return next((band.id for band in ranked if total >= band.at_least), ranked[-1].id)


def _objectives(rows: list[dict[str, Any]], record: RunRecord, rubric: Rubric) -> list[dict[str, Any]]:
    """Rate each objective P, S, M or U by the share of its milestones' points; null if none of them applied."""
    by_id = {row["id"]: row for row in rows}
    bands = rubric.objective_bands
    rated = []
    for objective in record.exercise.scenario.objectives:
        own = [by_id[name] for name in objective.milestones if name in by_id]
        out_of = fsum(row["out_of"] for row in own)
        share = fsum(row["points"] for row in own) / out_of if out_of else None
        rating = None
        if share is not None:
            limits = (("P", bands.performed), ("S", bands.some_challenges), ("M", bands.major_challenges), ("U", 0.0))
            rating = next(name for name, least in limits if share >= least)
        rated.append({"id": objective.id, "rating": rating})
    return rated
