"""Checks of a county file."""

from __future__ import annotations

from sim.spec.checks.names import Found, Names, member, twice
from sim.spec.checks.places import find_in_places
from sim.spec.checks.sites import find_in_sites
from sim.spec.checks.supplies import find_in_supplies
from sim.spec.load import Exercise


def find_in_county(exercise: Exercise) -> Found:
    """Find what is wrong in the county."""
    county = exercise.county
    names = Names(exercise)
    for path in ("places", "channels", "rosters", "media", "organizations", "units"):
        yield from twice(getattr(county, path), path)
    for index, road in enumerate(county.roads):
        for end in (0, 1):
            yield from member(road.ends[end], names.places, ("roads", index, "ends", end))
        if road.id in names.places:
            yield ("roads", index, "id"), f"the id {road.id!r} is that of a place too", "an id of its own"
    for index, time in enumerate(county.travel_times):
        for field, end_of in (("from", time.from_), ("to", time.to)):
            if end_of not in names.places:
                yield ("travel_times", index, field), f"no place {end_of!r}", ", ".join(names.places)
    for index, unit in enumerate(county.units):
        yield from member(unit.base, names.places, ("units", index, "base"))
        yield from member(unit.department, names.organizations, ("units", index, "department"))
    rosters = [roster.id for roster in county.rosters]
    for index, organization in enumerate(county.organizations):
        at = ("organizations", index)
        yield from _order_of_channels(organization.channels, names, (*at, "channels"))
        yield from _order_of_channels(organization.sends, names, (*at, "sends"))
        yield from member(organization.roster, rosters, (*at, "roster"))
    yield from _order_of_channels(county.unit_channels, names, ("unit_channels",))
    for field in ("superior", "neighbor"):
        yield from member(getattr(county, field), names.organizations, (field,))
    for kind in ("duty", "command"):
        if sum(one.kind == kind for one in county.organizations) != 1:
            yield ("organizations",), f"there must be one organization of kind {kind!r}", f"kind: {kind}, once"
    if sum(one.public for one in county.organizations) != 1:
        yield ("organizations",), "there must be one organization that is the public", "public: true, once"
    if not any(place.bays for place in county.places):
        yield ("places",), "no hospital has a treatment bay", "bays: 1 or more at one place"
    for index, expert in enumerate(county.experts):
        yield from member(expert.organization, names.organizations, ("experts", index, "organization"))
    bays = [place.id for place in county.places if place.bays]
    for index, surge in enumerate(county.surges):
        yield from member(surge.hospital, bays, ("surges", index, "hospital"))
        if surge.hospital in [one.hospital for one in county.surges[:index]]:
            yield ("surges", index, "hospital"), f"{surge.hospital!r} stands twice", "each hospital once"
    yield from find_in_places(county, names)
    yield from find_in_sites(county, names)
    yield from find_in_supplies(county, names)
    first, reached, reaching = county.places[0].id, _reached(exercise), _reached(exercise, backward=True)
    for index, place in enumerate(county.places):
        if place.id not in reached:
            yield ("places", index, "id"), f"no road leads to {place.id!r} from {first!r}", "a road to it"
        elif place.id not in reaching:
            yield ("places", index, "id"), f"no road leads from {place.id!r} back to {first!r}", "a road from it"


def _order_of_channels(order: tuple[str, ...], names: Names, path: tuple[str | int, ...]) -> Found:
    """Find channels that do not exist, and orders of fallback that come back to a channel."""
    for number, channel in enumerate(order):
        if channel not in names.channels:
            yield (*path, number), f"no channel {channel!r}", ", ".join(names.channels)
        elif channel in order[:number]:
            yield (*path, number), f"falls back to {channel!r} a second time", "each channel once"


def _reached(exercise: Exercise, *, backward: bool = False) -> dict[str, None]:
    """Return the places that the first one reaches, or that reach it if ``backward``."""
    ends: dict[str, list[str]] = {}
    for road in exercise.county.roads:
        if not (road.one_way and backward):
            ends.setdefault(road.ends[0], []).append(road.ends[1])
        if backward or not road.one_way:
            ends.setdefault(road.ends[1], []).append(road.ends[0])
    reached = {exercise.county.places[0].id: None}
    ahead = list(reached)
    while ahead:
        for other in ends.get(ahead.pop(), []):
            if other not in reached:
                reached[other] = None
                ahead.append(other)
    return reached
