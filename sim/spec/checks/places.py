"""Checks of who lives where in a county: townships, grid cells, visitors, and the lifelines that serve them."""

from __future__ import annotations

from sim.spec.checks.names import Found, Names, member, twice
from sim.spec.county import County


def find_in_places(county: County, names: Names) -> Found:
    """Find what is wrong in places and in all that says who lives there."""
    for path in ("townships", "curves", "building_mixes", "cells", "presets"):
        yield from twice(getattr(county, path), path)
    yield from _alike(county)
    yield from _references(county, names)
    yield from _townships(county, names)
    yield from _cells(county, names)
    yield from _visitors(county)
    yield from _served(county)
    for index, preset in enumerate(county.presets):
        for kind in preset.units:
            yield from member(kind, names.unit_kinds, ("presets", index, "units"))


def _alike(county: County) -> Found:
    """Find places with the name of another, and places where another is already."""
    called: dict[str, str] = {}
    there: dict[tuple[float, float], str] = {}
    for index, place in enumerate(county.places):
        at: tuple[str | int, ...] = ("places", index)
        for lang, name in (("zh", place.name.zh), ("en", place.name.en)):
            other = called.setdefault(name, place.id)
            if other != place.id:
                yield (*at, "name", lang), f"{place.id!r} has the name of {other!r}", "a name of its own"
        other = there.setdefault((place.x_km, place.y_km), place.id)
        if other != place.id:
            yield (*at, "x_km"), f"{place.id!r} is where {other!r} is", "a point of its own"


def _references(county: County, names: Names) -> Found:
    """Find what a place names and nobody defines, and properties that do not fit its kind."""
    townships = [township.id for township in county.townships]
    curves = [curve.id for curve in county.curves]
    mixes = [mix.id for mix in county.building_mixes]
    for index, place in enumerate(county.places):
        at: tuple[str | int, ...] = ("places", index)
        yield from member(place.township, townships, (*at, "township"))
        yield from member(place.curve, curves, (*at, "curve"))
        yield from member(place.buildings, mixes, (*at, "buildings"))
        for number, home in enumerate(place.visitors_from):
            yield from member(home, names.places, (*at, "visitors_from", number))
        for field in ("bays", "beds"):
            if getattr(place, field) and place.kind != "hospital":
                yield (*at, field), f"only a hospital has {_WORDS[field]}", "kind: hospital"


_WORDS = {"bays": "treatment bays", "beds": "beds for patients"}


def _townships(county: County, names: Names) -> Found:
    """Find townships whose seat is elsewhere, places of none, and sums of people that do not add up."""
    living: dict[str | None, int] = {}
    for place in county.places:
        living[place.township] = living.get(place.township, 0) + place.people
    where = {place.id: place.township for place in county.places}
    for index, township in enumerate(county.townships):
        at: tuple[str | int, ...] = ("townships", index)
        yield from member(township.seat, names.places, (*at, "seat"))
        yield from member(township.organization, names.organizations, (*at, "organization"))
        if where.get(township.seat, township.id) != township.id:
            yield (*at, "seat"), f"{township.seat!r} is no place of {township.id!r}", "a place of this township"
        if living.get(township.id, 0) != township.residents:
            people = living.get(township.id, 0)
            yield (*at, "residents"), f"{people} people live in the places of {township.id!r}", str(people)
    if county.townships:
        for index, place in enumerate(county.places):
            if place.people and place.township is None:
                yield ("places", index, "people"), f"{place.id!r} has people and no township", "township: one of them"
    if county.residents is not None and county.residents != (people := sum(living.values())):
        yield ("residents",), f"{people} people live in the places of the county", str(people)


def _cells(county: County, names: Names) -> Found:
    """Find people whom no grid cell covers or several do, and more vulnerable people than there are."""
    covered: dict[str, int] = {}
    for index, cell in enumerate(county.cells):
        yield from member(cell.place, names.places, ("cells", index, "place"))
        covered[cell.place] = covered.get(cell.place, 0) + cell.people
        for group, count in cell.vulnerable.model_dump().items():
            if count > cell.people:
                yield ("cells", index, "vulnerable", group), f"more than the {cell.people} people of the cell", "fewer"
        if cell.households > cell.people:
            yield ("cells", index, "households"), f"more than the {cell.people} people of the cell", "fewer"
    for index, place in enumerate(county.places) if county.cells else ():
        people = covered.get(place.id, 0)
        if people != place.people:
            what = f"its grid cells have {people} people, and {place.people} live at {place.id!r}"
            yield ("places", index, "people"), what, "each of them in one cell"


def _visitors(county: County) -> Found:
    """Find visitors who come from nowhere or at no hour, and homes that have not so many."""
    curves = [curve.id for curve in county.curves]
    for index, place in enumerate(county.places):
        given = (place.visitors > 0, place.curve is not None, bool(place.visitors_from))
        if any(given) and not all(given):
            what = f"{place.id!r} needs visitors, curve and visitors_from together"
            yield ("places", index, "visitors"), what, "all three, or none"
        elif place.id in place.visitors_from:
            yield ("places", index, "visitors_from"), f"{place.id!r} is visited from itself", "other places"
    homes = {place.id: index for index, place in enumerate(county.places)}
    named = [home for place in county.places for home in place.visitors_from]
    if all(place.curve in (None, *curves) for place in county.places) and all(home in homes for home in named):
        yield from _away(county, homes)


def _away(county: County, homes: dict[str, int]) -> Found:
    told: dict[str, None] = {}
    for rest_day in (False, True):
        for hour in range(24):
            for home, people in county.presence(hour, rest_day=rest_day).items():
                if people < 0 and home not in told:
                    told[home] = None
                    what = f"at {hour}:00 {-people} more visitors come from {home!r} than live there"
                    yield ("places", homes[home], "people"), what, "fewer visitors elsewhere, or other homes for them"


def _served(county: County) -> Found:
    """Find places of a county with townships that power, or something that a channel needs, does not reach."""
    if not county.townships:
        return
    there = dict.fromkeys(lifeline.kind for lifeline in county.lifelines)
    asked = dict.fromkeys(("substation", *(kind for channel in county.channels for kind in channel.needs)))
    served = {(lifeline.kind, place): None for lifeline in county.lifelines for place in lifeline.serves}
    for index, place in enumerate(county.places):
        missing = [kind for kind in asked if kind in there and (kind, place.id) not in served]
        if missing:
            what = f"{place.id!r} is served by no {', no '.join(missing)}"
            yield ("places", index, "id"), what, "installations of every kind that serve it"
