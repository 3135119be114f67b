"""Checks of supplies: that every name leads somewhere, and that what must be carried can be carried."""

from __future__ import annotations

from sim.spec.checks.names import Found, Names, member, twice
from sim.spec.county import County
from sim.spec.orders import TaskKind


def find_in_supplies(county: County, names: Names) -> Found:
    """Find what is wrong in the supplies of a county."""
    yield from twice(county.items, "items")
    items = [item.id for item in county.items]
    for path in ("stocks", "suppliers"):
        for index, row in enumerate(getattr(county, path)):
            yield from member(row.item, items, (path, index, "item"))
    for index, supplier in enumerate(county.suppliers):
        yield from member(supplier.holder, names.organizations, ("suppliers", index, "holder"))
        if supplier.id in names.places:
            yield ("suppliers", index, "id"), f"the id {supplier.id!r} is that of a place too", "an id of its own"
    for index, unit in enumerate(county.units):
        for item in unit.carries:
            yield from member(item, items, ("units", index, "carries", item))
        if (TaskKind.CARRY in unit.skills) != (unit.kg > 0):
            yield ("units", index, "kg"), "a unit that can carry supplies needs kg, and no other does", "kg and carry"
    if county.logistics is not None:
        yield from _logistics(county, names, items)


def _logistics(county: County, names: Names, items: list[str]) -> Found:
    logistics = county.logistics
    assert logistics is not None
    for field in ("desk", "carrier"):
        yield from member(getattr(logistics, field), names.organizations, ("logistics", field))
    trucks = [unit for unit in county.units if unit.department == logistics.carrier and TaskKind.CARRY in unit.skills]
    if not trucks:
        what = f"{logistics.carrier!r} has no unit that can carry"
        yield ("logistics", "carrier"), what, "a unit with the skill carry"
    least_kg = min((truck.kg for truck in trucks), default=0)
    for index, item in enumerate(county.items):
        if trucks and item.kg > least_kg:
            yield ("items", index, "kg"), "some truck cannot carry one of it", f"{least_kg} at most"
    for index, upkeep in enumerate(logistics.upkeep):
        yield from member(upkeep.item, items, ("logistics", "upkeep", index, "item"))
    if logistics.meals is not None:
        yield from member(logistics.meals.item, items, ("logistics", "meals", "item"))
