"""What a sweep keeps of a run: loss, score, gaps and the time of every milestone."""

from __future__ import annotations

import json
from math import fsum
from typing import Any

from sim.assess import awareness, traffic
from sim.assess.loss import PARTS, priced, quantities, total_loss
from sim.assess.score import score
from sim.play.many import Task
from sim.record.folder import RunRecord
from sim.spec.load import Exercise


def measured_names(exercise: Exercise) -> list[str]:
    """Return the names of what :func:`measure` measures, in the order of the columns."""
    times = [milestone_column(milestone.id) for milestone in exercise.rubric.milestones]
    information = ["coverage", "mean_awareness", "deficit_min", "synchrony_min", "false_belief_min", "loop_closure"]
    scores = ["total", "response_speed", "coordination", "gaps", "gap_minutes", "outcome"]
    return ["total_loss", *scores, *information, *times, *(f"loss.{part}" for part in PARTS), "events", "end_min"]


def milestone_column(milestone: str) -> str:
    """Return the column with the time of a milestone."""
    return f"at_min.{milestone}"


def measure(record: RunRecord, task: Task) -> dict[str, Any]:
    """Return what is kept of a run.

    Times are in minutes since the start and None where the milestone never came; losses are in equivalents of one
    death; the outcome is None unless the task carries the losses of the yardsticks.
    """
    card = score(record, json.loads(task.references) if task.references else None)
    parts = card["harm"]["parts"]["actual"]
    row = {
        "total_loss": card["harm"]["actual"],
        "total": card["total"],
        "response_speed": card["response_speed"],
        "coordination": card["coordination"],
        "gaps": len(card["gaps"]),
        "gap_minutes": round(fsum(gap["minutes"] for gap in card["gaps"]), 4),
        "outcome": card["harm"]["outcome"],
        **information(record),
        "events": len(record.events),
        "end_min": round(record.exercise.scenario.duration / 60, 4),
    }
    for milestone in card["milestones"]:
        at_s = milestone["at_s"]
        row[milestone_column(milestone["id"])] = None if at_s is None else round(at_s / 60, 4)
    return row | {f"loss.{part}": parts[part] for part in PARTS}


def information(record: RunRecord) -> dict[str, Any]:
    """Return the measures of awareness and traffic by column; shares from 0 to 1, times in minutes.

    They are those of the summaries of :mod:`sim.assess.awareness` and :mod:`sim.assess.traffic`; what no column needs,
    such as who stands between whom, is left out, because it would take longer than all of them.
    """
    needs = awareness.needs(record)
    apart = [row.latency_s / 60 for row in awareness.synchrony(needs) if row.latency_s is not None]
    bodies = {one.id for one in record.exercise.county.organizations if not one.public}
    between = (life for life in traffic.lives(record) if life.sender in bodies and life.to in bodies)
    found = {
        "coverage": sum(need.known_s is not None for need in needs) / len(needs) if needs else None,
        "mean_awareness": awareness.mean_awareness(needs),
        "deficit_min": awareness.deficit_min(needs),
        "synchrony_min": fsum(apart) / len(apart) if apart else None,
        "false_belief_min": fsum(need.false_s / 60 for need in needs),
        "loop_closure": traffic.loop_closure(between),
    }
    return {name: None if value is None else round(value, 4) for name, value in found.items()}


def measure_loss(record: RunRecord, _task: Task) -> dict[str, Any]:
    """Return the harm by part and its loss alone, for the yardsticks."""
    amounts = quantities(record)
    return {"quantities": amounts, "total_loss": total_loss(priced(amounts, record.exercise.rubric.loss))}
