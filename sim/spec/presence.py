"""How many people are where at which hour. Whoever visits a place is missing at home, so nobody is counted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.spec.places import Place

if TYPE_CHECKING:
    from sim.spec.county import County


def visits(county: County, hour: int, *, rest_day: bool = False) -> dict[str, dict[str, int]]:
    """Return how many visitors each place has in an hour, by the places where they live.

    Args:
        county: The county.
        hour: Hour of the day, 0 to 23.
        rest_day: Whether it is a Saturday, a Sunday or a holiday.
    """
    homes = {place.id: place.people for place in county.places}
    curves = {curve.id: curve for curve in county.curves}
    found = {}
    for place in county.places:
        if place.visitors and place.curve is not None:
            share = curves[place.curve].share(hour, rest_day=rest_day)
            found[place.id] = _spread(round(place.visitors * share), place, homes)
    return found


def presence(county: County, hour: int, *, rest_day: bool = False) -> dict[str, int]:
    """Return how many people are at each place in an hour; they are always as many as live in the county.

    Args:
        county: The county.
        hour: Hour of the day, 0 to 23.
        rest_day: Whether it is a Saturday, a Sunday or a holiday.
    """
    here = {place.id: place.people for place in county.places}
    for place, homes in visits(county, hour, rest_day=rest_day).items():
        for home, people in homes.items():
            here[home] -= people
            here[place] += people
    return here


def _spread(people: int, place: Place, homes: dict[str, int]) -> dict[str, int]:
    """Return a number of visitors by home, in proportion to who lives there; whole numbers that add up to it."""
    total = sum(homes[home] for home in place.visitors_from)
    found, cumulated, given = {}, 0, 0
    for home in place.visitors_from:
        cumulated += homes[home]
        share = people * cumulated // total - given if total else 0
        found[home] = share
        given += share
    return found
