"""Yardsticks: the same luck under ``none`` and under ``perfect``, for outcome and report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.assess.loss import quantities
from sim.play.session import Session
from sim.play.then import give_again
from sim.record.journal import Entry
from sim.spec.controls import TRAINER
from sim.spec.load import Exercise
from sim.spec.parameters import Parameters
from sim.spec.trace import with_trace

YARDSTICKS = ("none", "perfect")


def references(exercise: Exercise, seed: int, parameters: Parameters, steps: Sequence[Entry] = ()) -> dict[str, Any]:
    """Return what ``references.json`` holds: the harm by part and the digest of each yardstick's run.

    Args:
        exercise: The exercise.
        seed: Seed of the luck.
        parameters: The parameters at the start.
        steps: What counts of the run's journal; the yardsticks meet what the trainer did as the run did.
    """
    if exercise.trace is not None:  # a list that must do for the run need not do for a yardstick
        exercise = with_trace(exercise, exercise.trace.forgiving())
    found: dict[str, Any] = {}
    for policy in YARDSTICKS:
        session = Session(exercise, seed=seed, policy=policy, overrides=parameters)
        give_again(session, [entry for entry in steps if entry.seat == TRAINER])
        record = session.finish()
        found[policy] = {"quantities": quantities(record), "digest": record.digest}
    return found
