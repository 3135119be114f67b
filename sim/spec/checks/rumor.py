"""Checks of the rumor of a scenario, and of a panic that follows from nothing else."""

from __future__ import annotations

from sim.spec.checks.names import Found, Names, member
from sim.spec.hazards import HazardSpec, RumorOnly
from sim.spec.scenario import Scenario


def find_in_rumor(scenario: Scenario, names: Names) -> Found:
    """Find townships that the county does not have."""
    townships = [township.id for township in names.exercise.county.townships]
    for index, group in enumerate(scenario.rumor.groups):
        for number, township in enumerate(group.townships):
            yield from member(township, townships, ("rumor", "groups", index, "townships", number))


def find_in_panic(hazard: HazardSpec, names: Names, at: tuple[str | int, ...]) -> Found:
    """Find roads and places of a panic that the county does not have, and a panic in which nobody flees."""
    if not isinstance(hazard, RumorOnly):
        return
    if names.exercise.scenario.rumor.flight is None:
        yield ("rumor", "flight"), "nobody flees from this rumor", "a flight, without which there is no panic"
    roads = {road.ends: None for road in names.exercise.county.roads}
    for index, way in enumerate(hazard.ways_out):
        here = (*at, "ways_out", index)
        if way.road not in roads and way.road[::-1] not in roads:
            yield (*here, "road"), f"no road leads from {way.road[0]!r} to {way.road[1]!r}", "two places with a road"
        yield from member(way.at, names.places, (*here, "at"))
    if sum(way.share for way in hazard.ways_out) > 1 + 1e-9:
        yield (*at, "ways_out"), "the shares of the ways add up to more than 1", "at most 1"
    for index, place in enumerate(hazard.shelters):
        yield from member(place, names.places, (*at, "shelters", index))
