"""Leaving a place: those who go by car share the road out of it, and each takes the longer the more go at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine import Process

if TYPE_CHECKING:
    from sim.actors.organization import Organization

PERSONS_A_CAR = 3
"""Persons in a car of people who flee. A guess."""
SLOWEST = 20.0
"""How many times as long a jammed road can take at most; beyond that people walk. A guess."""


def leave(people: Organization, place: str, persons: int, name: str) -> Process:
    """Process: let so many people of a place get out of danger; the road out of it carries those who go by car.

    Args:
        people: The people of the county.
        place: Where they leave.
        persons: How many.
        name: Name of their luck, unique at the place.
    """
    scene, world = people.scene, people.world
    behavior, roads = world.exercise.scenario.population, scene.county.roads
    seconds = world.luck.seconds(behavior.leave, "leave", place, name)
    cars = -(-round(persons * behavior.by_car) // PERSONS_A_CAR)
    way = roads.route(place, behavior.assembly)[:1] if cars else []
    if not way or not seconds:
        yield world.clock.wait(seconds)
        return
    first, by = (place, way[0].to), f"leaving {place} {name}"
    roads.load(first, round(cars * 3600 / seconds), by=by)
    yield world.clock.wait(round(seconds * min(SLOWEST, roads.delay_factor(*first))))
    roads.load(first, 0, by=by)
