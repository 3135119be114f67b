"""A run with its information, its travel or its decisions made perfect: what the distance to the best is made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import Any

from sim.actors.departments.department import Department
from sim.actors.policies import POLICIES, Policy
from sim.assess.loss import loss_parts, total_loss
from sim.play.answerers import by_other_run
from sim.play.many import replication_seed
from sim.play.players import own_answerer
from sim.play.pricing import OWN, Course, course_from, entries_of
from sim.play.runs import session_of
from sim.play.session import Session
from sim.play.settings import Settings, settings_from
from sim.play.then import give_again
from sim.record.journal import effective
from sim.spec.controls import TRAINER
from sim.spec.load import Exercise, build

PARTS = ("information", "travel", "decisions")
"""What can be made perfect. ``information``: messages, approvals and talks arrive at once, and every seat knows the
truth as it is. ``travel``: units of the county need no time on the road. ``decisions``: seats think in no time and
decide and order as the yardstick ``perfect`` does, on what they know."""
SETS = tuple(frozenset(some) for size in range(len(PARTS) + 1) for some in combinations(PARTS, size))
"""The eight sets of what is perfect, the smaller before the larger."""


def name_of(some: frozenset[str]) -> str:
    """Return the name of a set: its parts in their order, with ``+`` between; ``none`` for the run as it is."""
    return "+".join(part for part in PARTS if part in some) or "none"


def cast_of(settings: Settings, exercise: Exercise, ideal: frozenset[str]) -> tuple[Policy, Mapping[str, Policy]]:
    """Return who plays whom: the policy of the whole, whose messages may take no time, and that of each body."""
    knows, decides = "information" in ideal, "decisions" in ideal
    whole, own = POLICIES[settings.policy], settings.own_policies()
    best = POLICIES["perfect"]
    of_all = best if decides else whole
    of_each = {one.id: best if decides else own.get(one.id, whole) for one in exercise.county.organizations}
    if not decides and not whole.instant:
        return of_all._replace(instant=knows, knows_truth=knows), of_each
    return of_all._replace(instant=knows or whole.instant, knows_truth=knows or whole.knows_truth), of_each


def ideal_session(course: Course, replication: int, ideal: frozenset[str]) -> Session:
    """Return a session in which something is perfect, run to its end.

    Args:
        course: The run.
        replication: Under which luck: that of another seed, or with :data:`OWN` its own.
        ideal: What is perfect, of :data:`PARTS`.
    """
    exercise = build(course.sources)
    settings = settings_from(exercise, json.loads(course.settings))
    if replication != OWN:
        settings = replace(settings, seed=replication_seed(settings.seed, replication))
    given, recorded = effective(entries_of(course.journal)), entries_of(course.recorded)
    session = session_of(exercise, settings, recorded=recorded, cast=cast_of(settings, exercise, ideal))
    if "travel" in ideal:
        for body in session.scene.organizations.values():
            for unit in body.units if isinstance(body, Department) else ():
                unit.pace = 0.0
    if "decisions" in ideal:
        session.play_on(session.by_policy())
        given = [entry for entry in given if entry.seat == TRAINER]
    else:
        own = own_answerer(settings, session.scene, session.world.luck, effective(recorded))
        session.play_on(by_other_run(given, settings.seats, own))
    give_again(session, given)
    session.advance()
    return session


def losses(text: str, replication: int) -> dict[str, Any]:
    """Return the loss of a run with each set made perfect, under one luck, by name."""
    course = _read(text)
    found = {}
    for ideal in SETS:
        record = ideal_session(course, replication, ideal).finish()
        found[name_of(ideal)] = total_loss(loss_parts(record, record.exercise.rubric.loss))
    return {"losses": found}


@lru_cache(maxsize=1)
def _read(text: str) -> Course:
    return course_from(text)
