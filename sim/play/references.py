"""Yardsticks: the same luck under ``none`` and under ``perfect``, for outcome and report."""

from __future__ import annotations

from typing import Any

from sim.assess.loss import quantities
from sim.play.session import Session
from sim.spec.load import Exercise
from sim.spec.parameters import Parameters

YARDSTICKS = ("none", "perfect")


def references(exercise: Exercise, seed: int, parameters: Parameters) -> dict[str, Any]:
    """Return what ``references.json`` holds: the harm by part and the digest of each yardstick's run."""
    found: dict[str, Any] = {}
    for policy in YARDSTICKS:
        record = Session(exercise, seed=seed, policy=policy, overrides=parameters).finish()
        found[policy] = {"quantities": quantities(record), "digest": record.digest}
    return found
