"""Checks of what a county holds: hazardous stores, reservoirs, mines, supplies, key units and the risk register."""

from __future__ import annotations

from itertools import pairwise

from sim.spec.checks.names import Found, Names, member, twice
from sim.spec.county import County

_PLACED = (
    ("inventories", "site", ("site", "substance")),
    ("reservoirs", "place", ("place",)),
    ("mines", "place", ("place",)),
    ("stocks", "place", ("place", "item")),
    ("key_units", "place", ("place",)),
    ("suppliers", "at", ("id",)),
    ("risks", "site", ("hazard", "site")),
)
"""Lists of the county, the field of each that names a place, and the fields that no two rows may share."""


def find_in_sites(county: County, names: Names) -> Found:
    """Find what is wrong in what stands at the places of a county."""
    yield from twice(county.risks, "risks")
    for path, field, key in _PLACED:
        seen: dict[tuple[str, ...], None] = {}
        for index, row in enumerate(getattr(county, path)):
            yield from member(getattr(row, field), names.places, (path, index, field))
            own = tuple(str(getattr(row, part)) for part in key)
            if own in seen:
                yield (path, index, key[-1]), f"{' of '.join(reversed(own))} stands twice", "each once"
            seen[own] = None
    kinds = list(dict.fromkeys(lifeline.kind for lifeline in county.lifelines))
    for index, unit in enumerate(county.key_units):
        yield from member(unit.desk, names.organizations, ("key_units", index, "desk"))
        for number, need in enumerate(unit.needs):
            yield from member(need, kinds, ("key_units", index, "needs", number))
    yield from _helpers(county, names)
    yield from _rivers(county, names)
    yield from _expected(county)


def _helpers(county: County, names: Names) -> Found:
    """Find forces whose desk does not exist or whose teams are nowhere, and teams of a force that does not exist."""
    yield from twice(county.helpers, "helpers")
    known = [helper.id for helper in county.helpers]
    for index, unit in enumerate(county.units):
        yield from member(unit.helper, known, ("units", index, "helper"))
        for number, skill in enumerate(unit.unproven):
            if skill not in unit.skills:
                what = f"{skill.value!r} is none of its skills"
                yield ("units", index, "unproven", number), what, ", ".join(one.value for one in unit.skills)
    for index, helper in enumerate(county.helpers):
        yield from member(helper.desk, names.organizations, ("helpers", index, "desk"))
        yield from member(helper.through, names.organizations, ("helpers", index, "through"))
        if not any(unit.helper == helper.id for unit in county.units):
            yield ("helpers", index, "id"), f"no unit belongs to {helper.id!r}", f"helper: {helper.id} at a unit"


def _rivers(county: County, names: Names) -> Found:
    """Find rivers that run in a circle or uphill in the file, and places that they reach twice."""
    for index, reservoir in enumerate(county.reservoirs):
        at: tuple[str | int, ...] = ("reservoirs", index, "downstream")
        places = [below.place for below in reservoir.downstream]
        for number, place in enumerate(places):
            yield from member(place, names.places, (*at, number, "place"))
            if place in (reservoir.place, *places[:number]):
                yield (*at, number, "place"), f"the water of {reservoir.place!r} reaches {place!r} twice", "each once"
        for number, (near, far) in enumerate(pairwise(reservoir.downstream), start=1):
            if far.km <= near.km:
                yield (*at, number, "km"), f"{far.place!r} is not farther down than {near.place!r}", f"over {near.km}"
    below = {one.place: [down.place for down in one.downstream] for one in county.reservoirs}
    for index, reservoir in enumerate(county.reservoirs):
        for place in below[reservoir.place]:
            if reservoir.place in below.get(place, ()):
                what = f"{reservoir.place!r} lies below {place!r}, and above it"
                yield ("reservoirs", index, "downstream"), what, "a river that runs one way"


def _expected(county: County) -> Found:
    """Find risks at sites that hold nothing of the kind."""
    holds = {
        "toxic_release": {one.site: None for one in county.inventories},
        "mine_accident": {one.place: None for one in county.mines},
    }
    for index, risk in enumerate(county.risks):
        there = holds.get(risk.hazard)
        if there is not None and risk.site not in there:
            what = f"nothing at {risk.site!r} can lead to {risk.hazard}"
            yield ("risks", index, "site"), what, ", ".join(there) or "an inventory or a mine there"
