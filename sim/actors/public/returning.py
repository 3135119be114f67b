"""People who go home after the danger is over, and people who leave although nobody asked them to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.actors.public.leaving import leave
from sim.county.cohorts import Where
from sim.engine import Process

if TYPE_CHECKING:
    from sim.actors.organization import Organization

STAY_AWAY_S = 4 * 3600
"""How long people stay away who left without being asked, in seconds; longer while there is danger. A guess."""


def go_home(people: Organization, place: str, wave: int, waves: int, name: str, cause: int) -> Process:
    """Process: let a part of those who were protected at a place go home, once they have heard that they may.

    Args:
        people: The people of the county.
        place: Where they live.
        wave: Number of the part, from 0.
        waves: How many parts there are.
        name: Name of their luck, unique at the place.
        cause: Number of the event by which they may.
    """
    world, settlement = people.world, people.scene.county.places[place]
    behavior = world.exercise.scenario.population
    inside, away = settlement.count(Where.SEALED), settlement.count(Where.AWAY)
    yield world.clock.wait(world.luck.seconds(behavior.notice, "notice of return", place, name))
    settlement.move(_part(inside, wave, waves), Where.SEALED, Where.INDOORS, cause, f"{name}/open")
    yield world.clock.wait(world.luck.seconds(behavior.leave, "way home", place, name))
    settlement.move(_part(away, wave, waves), Where.AWAY, Where.INDOORS, cause, f"{name}/back")


def shadow(people: Organization, place: str, name: str, cause: int) -> None:
    """Let some of the people around a place that is evacuated leave too, where nobody said who is meant.

    Args:
        people: The people of the county.
        place: The place that is evacuated.
        name: Name of their luck, unique in the run.
        cause: Number of the event by which the order is heard.
    """
    county, share = people.scene.county, people.world.parameters["impact.shadow"]
    around = dict.fromkeys(
        end for road in people.world.exercise.county.roads for end in road.ends if place in road.ends and end != place
    )
    for other in around:
        settlement = county.places[other]
        some = round(share * settlement.people)
        if some and other not in people.scene.commanding.standing:
            people.world.clock.start(_leave_unasked(people, other, some, f"shadow/{name}", cause))


def _leave_unasked(people: Organization, place: str, persons: int, name: str, cause: int) -> Process:
    """Process: leave a place without being asked, and come back later."""
    world, settlement = people.world, people.scene.county.places[place]
    yield world.clock.wait(world.luck.seconds(world.exercise.scenario.population.notice, "notice", place, name))
    outside = settlement.move(persons, Where.INDOORS, Where.OUTSIDE, cause, f"{name}/out")
    yield from leave(people, place, outside, name)
    if outside and settlement.moved_seq is not None:
        settlement.move(outside, Where.OUTSIDE, Where.AWAY, settlement.moved_seq, f"{name}/away")
        left = settlement.moved_seq
        yield world.clock.wait(STAY_AWAY_S)
        while settlement.danger:
            yield world.clock.wait(STAY_AWAY_S)
        settlement.move(outside, Where.AWAY, Where.INDOORS, left, f"{name}/back")


def _part(people: int, wave: int, waves: int) -> int:
    return people * (wave + 1) // waves - people * wave // waves
