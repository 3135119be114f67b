"""What can stand in the fields of orders that a list of the files is for: forces of others, beds, supplies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.show.act_words import plan_task
from sim.show.names import Names
from sim.spec.hazards import INCIDENT
from sim.spec.helpers import ITEMS
from sim.spec.supply_order import ANY_SOURCE

WORKS = ("families", "remains", "environment", "psychology", "services")
"""Works of the aftermath."""
AMOUNTS = (10, 50, 100, 500, 1000, 5000)
"""Amounts that are offered; any other can be typed in one line."""
FROM_ANYBODY = ("就近，先本县物资库", "from whoever has them, the county's depots first")
EXPECTED_H = (6, 12, 24, 48, 72, 240)
"""Periods that are offered for a response, in hours."""


def choices_of_files(name: str, given: Mapping[str, Any], names: Names) -> list[tuple[str, str]] | None:
    """Return what can stand in a field of an order, with its words; None if no list of the files is for it.

    Args:
        name: Name of the field.
        given: The fields that were chosen.
        names: Names of the exercise in a language.
    """
    county = names.exercise.county
    if name == "helper":
        return [(one.id, names.thing(one.id)) for one in county.helpers]
    if name == "content":
        return [(one, names.coded("item", one)) for one in ITEMS]
    if name == "kinds":
        return [(one, names.coded("helper", one)) for one in dict.fromkeys(one.kind for one in county.helpers)]
    if name == "matter":
        return [(f"{INCIDENT}/exists", names.fact(f"{INCIDENT}/exists"))]
    if name == "lasts_h":
        return [(str(hours), "") for hours in EXPECTED_H]
    if name == "measures":
        return [(task.id, plan_task(task.id, names)) for task in names.exercise.plan.tasks]
    if name == "work":
        return [(one, names.coded("aftermath", one)) for one in WORKS]
    if name in ("item", "amount", "source"):
        return _goods(name, str(given.get("item", "")), names)
    return None


def _goods(name: str, item: str, names: Names) -> list[tuple[str, str]]:
    county, at = names.exercise.county, 0 if names.lang == "zh" else 1
    if name == "item":
        has = [*(one.item for one in county.stocks), *(one.item for one in county.suppliers)]
        return [(one, names.thing(one)) for one in dict.fromkeys(has)]
    if name == "amount":
        unit = next(one.unit.in_language(names.lang) for one in county.items if one.id == item)
        return [(str(amount), unit) for amount in AMOUNTS]
    sources = [one.place for one in county.stocks if one.item == item]
    sources += [one.id for one in county.suppliers if one.item == item]
    return [(ANY_SOURCE, FROM_ANYBODY[at]), *((one, names.thing(one)) for one in sources)]


def spoken_channels(names: Names) -> list[tuple[str, str]]:
    """Return the channels by which people talk, without those to the public."""
    county = names.exercise.county
    public = [channel for one in county.organizations if one.public for channel in one.sends]
    spoken = [one.id for one in county.channels if one.medium == "voice" and one.id not in public]
    return [(one, names.channel(one)) for one in spoken]


def releases(names: Names) -> list[tuple[str, str]]:
    """Return the statements that the files name."""
    plan, exercise = names.exercise.plan, names.exercise
    orders = [order for task in plan.tasks for order in task.orders]
    orders += [order for point in exercise.scenario.pause_points for one in point.options for order in one.orders]
    named = dict.fromkeys(order.release for order in orders if order.do == "publish")
    return [(one, names.coded("release", one).replace("_", " ")) for one in named]
