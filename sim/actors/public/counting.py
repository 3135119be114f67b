"""Counting the missing: police, township and emergency management each count by the lists that they have."""

from __future__ import annotations

from sim.actors.scene import Scene
from sim.comms.message import Stated
from sim.county.cohorts import Where
from sim.county.missing import USUAL, Habits, Situation, by_calls, by_roster, by_shelter_lists, truly_missing
from sim.county.settlement import Settlement
from sim.engine import Process

COUNT_EVERY_S = 3600
"""How often they count, in seconds. A guess."""
IN_SHELTERS_PCT = 90
"""Share of those who are away that is in shelters, the rest with relatives or elsewhere, in percent. A guess."""
MISSING = "missing"
"""Attribute of the fact that says how many people are missing, in plans in which that is counted."""


def count_missing(scene: Scene, start: int) -> Process:
    """Process: from when people are hurt, let three bodies count the missing by their own lists, again and again.

    They count together for the places where people were hurt. The relief office of emergency management goes by the
    lists of the shelters. Nobody's figure is verified. Does nothing where the plan has no fact of that kind.

    Args:
        scene: The run.
        start: Number of the event of its beginning.
    """
    keys = [kind.key for kind in scene.world.exercise.plan.facts if kind.key.partition("/")[2] == MISSING]
    while keys:
        yield scene.world.clock.wait(COUNT_EVERY_S)
        struck = [one for name, one in scene.county.places.items() if scene.county.casualties.within(name).all]
        for key in keys if struck else []:
            _count(scene, key, struck, start)


def _count(scene: Scene, key: str, struck: list[Settlement], start: int) -> None:
    now, truth = scene.world.clock.now, scene.world.truth
    situation = Situation(*(sum(parts) for parts in zip(*(_situation(scene, one) for one in struck), strict=True)))
    patients = scene.county.casualties.everybody()
    also = tuple(dict.fromkeys(seq for one in struck if (seq := one.moved_seq) is not None))
    also += tuple(dict.fromkeys(patient.seq for patient in patients))
    also += (*scene.gatherings.registered_because, *scene.county.casualties.unnamed.because())
    truth.change(key, truly_missing(situation), start, also)
    since = truth.seq(key)
    worst = max(struck, key=lambda one: scene.county.casualties.within(one.place.id).hurt_here)
    habits = _lists(scene, situation)
    counts = {
        "police": by_calls(situation),
        "emergency": by_shelter_lists(situation, habits),
        _township(scene, worst): by_roster(situation, habits),
    }
    for who, number in counts.items():
        if who in scene.organizations:
            scene.organizations[who].learn(Stated(key, number, now, who, False), since, "own", also)


def _situation(scene: Scene, settlement: Settlement) -> Situation:
    """Return where the people of a place are."""
    patients = scene.county.casualties.within(settlement.place.id).all
    away = settlement.count(Where.AWAY)
    sheltered = away * IN_SHELTERS_PCT // 100
    found = [one for one in patients if one.rescued or one.gone]
    return Situation(
        at_home=max(0, settlement.people - away - len(patients)),
        in_shelters=sheltered,
        with_others=away - sheltered,
        in_hospital=sum(one.gone and not one.dead for one in patients),
        dead_found=sum(one.dead for one in found),
        trapped=sum(one.trapped and not one.dead for one in patients),
        dead_not_found=sum(one.dead for one in patients) - sum(one.dead for one in found),
    )


def _lists(scene: Scene, situation: Situation) -> Habits:
    """Return how complete the lists are: nobody can pass a name on that nobody knows, nor whom no clerk has entered."""
    gatherings, unnamed = scene.gatherings, len(scene.county.casualties.unnamed)
    lying = max(1, situation.in_hospital + situation.dead_found)
    entered = min(100, 100 * gatherings.registered // max(1, gatherings.sheltered))
    return USUAL._replace(
        registered_pct=USUAL.registered_pct * entered // 100,
        passed_on_pct=USUAL.passed_on_pct * max(0, lying - unnamed) // lying,
    )


def _township(scene: Scene, settlement: Settlement) -> str:
    """Return the desk that answers for the township of a place; empty if there is none."""
    townships = {one.id: one.organization for one in scene.world.exercise.county.townships}
    return townships.get(settlement.place.township or "") or ""
