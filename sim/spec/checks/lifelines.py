"""Checks of a county's lifelines, of what depends on them, and of its profiles."""

from __future__ import annotations

from collections.abc import Iterator

from sim.spec.checks.names import Found, Names, member, twice
from sim.spec.county import County
from sim.spec.load import Exercise
from sim.spec.registry import PROFILES


def find_in_lifelines(exercise: Exercise, names: Names) -> Found:
    """Find what is wrong in lifelines and profiles."""
    county = exercise.county
    for path in ("lifelines", "profiles"):
        yield from twice(getattr(county, path), path)
    for index, lifeline in enumerate(county.lifelines):
        at: tuple[str | int, ...] = ("lifelines", index)
        yield from member(lifeline.at, names.places, (*at, "at"))
        for number, place in enumerate(lifeline.serves):
            yield from member(place, names.places, (*at, "serves", number))
        for number, need in enumerate(lifeline.needs):
            yield from member(need, names.lifelines, (*at, "needs", number))
        if lifeline.id in names.channels or lifeline.id in _kinds(county):
            yield (*at, "id"), f"the id {lifeline.id!r} is that of a channel or a kind too", "an id of its own"
    for index, organization in enumerate(county.organizations):
        yield from member(organization.at, names.places, ("organizations", index, "at"))
    yield from _circles(county)
    yield from _profiles(county, names)
    yield from _channels(county)
    yield from _unserved(county)


def _kinds(county: County) -> dict[str, None]:
    return dict.fromkeys(lifeline.kind for lifeline in county.lifelines)


def _circles(county: County) -> Found:
    """Find installations that need themselves, by way of others."""
    needs = {lifeline.id: lifeline.needs for lifeline in county.lifelines}
    for index, lifeline in enumerate(county.lifelines):
        ahead, reached = list(lifeline.needs), dict.fromkeys(lifeline.needs)
        while ahead:
            for need in needs.get(ahead.pop(), ()):
                if need not in reached:
                    reached[need] = None
                    ahead.append(need)
        if lifeline.id in reached:
            yield ("lifelines", index, "needs"), f"{lifeline.id!r} needs itself", "needs without a circle"


def _profiles(county: County, names: Names) -> Found:
    known = [*_kinds(county), *names.lifelines, *names.channels]
    for index, profile in enumerate(county.profiles):
        yield from member(profile.id, list(PROFILES[1:]), ("profiles", index, "id"))
        for number, thing in enumerate(profile.down):
            yield from member(thing, known, ("profiles", index, "down", number))
        if bool(profile.down) != bool(profile.lasts):
            at = ("profiles", index, "lasts" if profile.lasts else "down")
            yield at, "what is down is so for a time, and the time is that of something", "down and lasts, or neither"


def _channels(county: County) -> Found:
    kinds = _kinds(county)
    for index, channel in enumerate(county.channels):
        for number, kind in enumerate(channel.needs):
            yield from member(kind, list(kinds), ("channels", index, "needs", number))


def _unserved(county: County) -> Found:
    """Find desks and stations that a channel of theirs could never reach, whatever works."""
    kinds = _kinds(county)
    served = {(one.kind, place): None for one in county.lifelines for place in one.serves}
    needs = {channel.id: [kind for kind in channel.needs if kind in kinds] for channel in county.channels}
    places = {place.id: None for place in county.places}
    for path, place, channels in _desks(county):  # of several channels that need the same, the first is named
        asked = {kind: channel for channel in reversed(channels) for kind in needs.get(channel, ())}
        for kind, channel in asked.items():
            if place in places and (kind, place) not in served:
                what = f"no {kind} serves {place!r}, and the channel {channel!r} needs one there"
                there = ", ".join(at for one, at in served if one == kind)
                yield path, what, f"a {kind} that serves it, or one of: {there}"


def _desks(county: County) -> Iterator[tuple[tuple[str | int, ...], str, tuple[str, ...]]]:
    """Yield everybody who has a place: where it is written, the place, and the channels used there."""
    for index, organization in enumerate(county.organizations):
        if organization.at is not None:
            channels = tuple(dict.fromkeys((*organization.channels, *organization.sends)))
            yield ("organizations", index, "at"), organization.at, channels
    for index, unit in enumerate(county.units):
        yield ("units", index, "base"), unit.base, county.unit_channels
