"""Loss: harm and the cost of measures as one number with its parts, in equivalents of one death."""

from __future__ import annotations

from math import fsum

from sim.record.folder import RunRecord
from sim.spec.rubric import LossWeights

PARTS = ("death", "critical", "serious", "light", "rescuer_hurt", "displaced", "sheltered", "closure", "requisitioned")
"""The parts of the loss, gravest first."""


def quantities(record: RunRecord) -> dict[str, float]:
    """Return what harm and measures there were, by part: persons, person-hours, hours and 10,000 yuan, rounded to 1e-6.

    Deaths are expected deaths: the sum of each patient's chance to have died by the end, which is less noisy than
    the deaths that luck drew; those killed at once are added. People who were hurt and died count in both.
    """
    light = serious = critical = rescuers = killed = 0
    displaced_s = sheltered_s = yuan = 0
    end_s = record.events[-1].at_s if record.events else 0
    totals = {"expected_deaths_micro": 0, "rumor_left_person_s": 0, "closure_s": 0}
    for event in record.events:
        if event.kind == "people.hurt":
            light += event.data["light"]
            serious += event.data["serious"]
            critical += event.data["critical"]
            killed += event.data.get("killed", 0)
        elif event.kind == "unit.hurt":
            rescuers += event.data["crew"]
        elif event.kind == "people.moved":
            person_s = event.data["people"] * (end_s - event.at_s)
            displaced_s += person_s * ((event.data["into"] == "away") - (event.data["out_of"] == "away"))
            sheltered_s += person_s * ((event.data["into"] == "sealed") - (event.data["out_of"] == "sealed"))
        elif event.kind == "supplies.issued":
            yuan += event.data["yuan"]
        elif event.kind == "run.ended":
            totals = event.data
    found = {
        "death": killed + totals["expected_deaths_micro"] / 1_000_000,
        "critical": critical,
        "serious": max(0, serious - critical),
        "light": max(0, light - serious),
        "rescuer_hurt": rescuers,
        "displaced": (displaced_s + totals["rumor_left_person_s"]) / 3600,
        "sheltered": sheltered_s / 3600,
        "closure": totals["closure_s"] / 3600,
        "requisitioned": yuan / 10_000,
    }
    return {part: round(found[part], 6) for part in PARTS}


def priced(amounts: dict[str, float], weights: LossWeights) -> dict[str, float]:
    """Return the loss by part, in equivalents of one death, rounded to 1e-6."""
    each = {
        "death": weights.death,
        "critical": weights.critical,
        "serious": weights.serious,
        "light": weights.light,
        "rescuer_hurt": weights.rescuer_hurt,
        "displaced": weights.displaced_person_hour,
        "sheltered": weights.sheltered_person_hour,
        "closure": weights.closure_hour,
        "requisitioned": weights.requisitioned_10k_yuan,
    }
    return {part: round(each[part] * amounts[part], 6) for part in PARTS}


def loss_parts(record: RunRecord, weights: LossWeights) -> dict[str, float]:
    """Return the loss of a run by part, in equivalents of one death."""
    return priced(quantities(record), weights)


def total_loss(parts: dict[str, float]) -> float:
    """Return the sum of the parts, rounded to 1e-6."""
    return round(fsum(parts.values()), 6)


def outcome(actual: float, none: float | None, perfect: float | None, margin: float) -> float | None:
    """Return the share of the avoidable loss that was avoided, not clamped.

    Args:
        actual: Loss of the run.
        none: Loss when nobody gives orders, under the same luck.
        perfect: Loss of the yardstick that knows the truth at once.
        margin: Least distance of the two yardsticks that gives a result.

    Returns:
        ``(none − actual) / (none − perfect)``, or None where the yardsticks are missing or too close.
    """
    if none is None or perfect is None or none - perfect < margin:
        return None
    return round((none - actual) / (none - perfect), 6)
