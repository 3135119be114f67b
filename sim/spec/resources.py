"""A county with fewer or more means than its file lists: the same map and people, other units, bays and supplies."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import Field

from sim.spec.base import Id, NotNegative, Positive, Spec, Text

if TYPE_CHECKING:
    from sim.spec.county import County, Unit

AS_LISTED = "medium"
"""The means that the county file lists."""


class Preset(Spec):
    """Means of a county against those that its file lists, as factors.

    Attributes:
        units: Factor by kind of unit; kinds that are not named stay as they are.
        bays: Factor of treatment bays and beds of hospitals.
        stock: Factor of what depots and suppliers hold and make.
        repair_crews: Factor of the crews that repair lifelines.
        source: Where the factors come from.
    """

    id: Id
    name: Text
    units: dict[Id, NotNegative] = {}  # noqa: RUF012 (pydantic copies it)
    bays: Positive = 1.0
    stock: NotNegative = 1.0
    repair_crews: Positive = 1.0
    source: str = Field(min_length=1)


def with_preset(county: County, preset: Preset) -> County:
    """Return a county with the means of a preset.

    Of each kind of unit the first in the order of the file are kept, at least one, so that every order can still be
    carried out by somebody; where more are wanted than there are, they are copied in that order, with ids and names of
    their own. Teams of others do not depend on the means of the county.
    """
    places = tuple(
        place.model_copy(update={"bays": _times(place.bays, preset.bays), "beds": _times(place.beds, preset.bays)})
        if place.bays or place.beds
        else place
        for place in county.places
    )
    stocks = tuple(one.model_copy(update={"amount": math.floor(one.amount * preset.stock)}) for one in county.stocks)
    suppliers = tuple(
        one.model_copy(
            update={"amount": math.floor(one.amount * preset.stock), "daily": math.floor(one.daily * preset.stock)}
        )
        for one in county.suppliers
    )
    crews = _times(county.repair_crews, preset.repair_crews)
    changes = {"places": places, "stocks": stocks, "suppliers": suppliers, "repair_crews": crews}
    return county.model_copy(update={**changes, "units": _units(county, preset)})


def _times(count: int, factor: float) -> int:
    """Return a count times a factor, rounded to the nearest, and at least 1 where there was one."""
    return max(1, math.floor(count * factor + 0.5)) if count else 0


def _units(county: County, preset: Preset) -> tuple[Unit, ...]:
    listed: dict[str, int] = {}
    for unit in county.units:
        if unit.helper is None:
            listed[unit.kind] = listed.get(unit.kind, 0) + 1
    wanted = {kind: _times(count, preset.units.get(kind, 1.0)) for kind, count in listed.items()}
    units: list[Unit] = []
    number = dict.fromkeys(wanted, 0)
    for unit in county.units:
        if unit.helper is not None:
            units.append(unit)
            continue
        index = number[unit.kind]
        number[unit.kind] += 1
        copies = range(index, wanted[unit.kind], listed[unit.kind])
        units += [unit if copy == index else _copy(unit, copy // listed[unit.kind]) for copy in copies]
    return tuple(units)


def _copy(unit: Unit, number: int) -> Unit:
    name = Text(zh=f"{unit.name.zh}（增配{number}）", en=f"{unit.name.en} (added {number})")
    return unit.model_copy(update={"id": f"{unit.id[:40]}-added{number}", "name": name})
