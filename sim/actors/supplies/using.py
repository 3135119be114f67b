"""Supplies that are used up: by crews at work, by teams from outside, by people at the assembly point."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sim.county.cohorts import Where
from sim.engine import Process
from sim.spec.orders import TaskKind

if TYPE_CHECKING:
    from sim.actors.departments.unit import Unit
    from sim.actors.scene import Scene

LOOK_AGAIN_S = 10 * 60
"""How often a crew that waits for supplies looks whether there is anything to do still, in seconds. A guess."""
ENOUGH = "none"
"""Value of the fact what a place is short of, once nothing is lacking any more."""


def use(
    unit: Unit, task: TaskKind, at: str, ident: str, last: int, pending: Callable[[], bool] = lambda: True
) -> Process:
    """Process: use up what a piece of work needs, and wait for what is lacking.

    What the unit has on board goes first, then what lies at the place.

    Args:
        unit: Who works.
        task: At what.
        at: Where.
        ident: Id of the task.
        last: Number of the event before it.
        pending: Whether there is still anything to do.

    Returns:
        Number of the last event, None if the crew was hurt meanwhile.
    """
    for item, amount in list(_due(unit, task)):
        last = yield from _draw(unit, item, amount, at, ident, last, pending)
        if last is None or not pending():
            return last
        unit.supplied_s[item] = unit.department.world.clock.now
    return last


def _due(unit: Unit, task: TaskKind) -> Iterator[tuple[str, int]]:
    """Yield what a unit must have now; a team from outside comes with nothing left."""
    supplies, now = unit.department.scene.supplies, unit.department.world.clock.now
    for need in supplies.needs(unit, task):
        if need.every is None or now - unit.supplied_s.get(need.item, -need.every) >= need.every:
            yield need.item, need.amount
    for upkeep in supplies.upkeep(unit):
        if now - unit.supplied_s.get(upkeep.item, -upkeep.every) >= upkeep.every:
            yield upkeep.item, math.ceil(upkeep.each * unit.crew.crew)


def _draw(unit: Unit, item: str, amount: int, at: str, ident: str, last: int, pending: Callable[[], bool]) -> Process:
    """Process: wait until there is enough of an item at hand, then use it up."""
    department, scene = unit.department, unit.department.scene
    world, stores = scene.world, scene.supplies.stores
    waited = False
    while stores.held(unit.id, item) + stores.held(at, item) < amount:
        if not waited:
            lacking = amount - stores.held(unit.id, item) - stores.held(at, item)
            desk = scene.supplies.logistics.desk if scene.supplies.logistics is not None else department.id
            also, said = stores.since(unit.id, at, item=item), {"item": item, "amount": lacking, "place": at}
            last = world.log.emit("task.waiting", department.id, ident, last, also, on=desk, what="supplies", **said)
            last = _say(unit, at, item, ident, last)
            waited = True
        coming = stores.coming(at, item)
        yield coming | unit.down | world.clock.wait(LOOK_AGAIN_S)
        if not unit.fit:
            return None
        if not pending():
            return last
    also = stores.since(unit.id, at, item=item)
    board = min(amount, stores.held(unit.id, item))
    said = {"unit": unit.id, "item": item, "amount": amount, "board": board, "place": at}
    used = world.log.emit("supplies.used", department.id, ident, last, also, **said)
    stores.move(item, board, unit.id, None, used)
    stores.move(item, amount - board, at, None, used)
    return _say(unit, at, ENOUGH, ident, used) if waited else used


def _say(unit: Unit, at: str, item: str, ident: str, cause: int) -> int:
    """Let the crew say what is lacking where it works; returns the number of the last event."""
    world, key = unit.department.world, f"{at}/short"
    if not any(kind.key == "place/short" for kind in world.exercise.plan.facts):
        return cause
    world.truth.change(key, item, cause)
    return unit.report(ident, [(key, item)], cause)


def refill(unit: Unit, cause: int) -> None:
    """Let a unit fill up what it has on board, from what lies where it stands."""
    stores = unit.department.scene.supplies.stores
    for item, full in unit.crew.carries.items():
        some = min(full - stores.held(unit.id, item), stores.held(unit.place, item))
        if some > 0:
            said = {"unit": unit.id, "item": item, "amount": some, "place": unit.place}
            also = stores.since(unit.id, unit.place, item=item)
            seq = unit.department.world.log.emit("supplies.refilled", unit.department.id, unit.id, cause, also, **said)
            stores.move(item, some, unit.place, unit.id, seq)


def spend(
    scene: Scene,
    who: str,
    item: str,
    wanted: int,
    place: str,
    cause: int,
    *,
    moved: tuple[int, ...] = (),
    again: bool = False,
) -> tuple[int, int]:
    """Give people of a place what there is for them; returns how much, and the number of the last event."""
    given = min(wanted, scene.supplies.stores.held(place, item))
    if not wanted:
        return 0, cause
    also = (*moved, *scene.supplies.stores.since(place, item=item))
    said = {"item": item, "place": place, "amount": given, "lacking": wanted - given, "again": again}
    seq = scene.world.log.emit("supplies.given", who, place, cause, also, **said)
    scene.supplies.stores.move(item, given, place, None, seq)
    return given, seq


def serve_meals(scene: Scene, start: int) -> Process:
    """Process: meal by meal, give people who were brought to the assembly point something to eat, while there is."""
    world, logistics = scene.world, scene.world.exercise.county.logistics
    if logistics is None or logistics.meals is None:
        return
    item, place = logistics.meals.item, world.exercise.scenario.population.assembly
    people, last = world.exercise.county.people, start
    while True:
        yield world.clock.wait(logistics.meals.every)
        moved = tuple(one.moved_seq for one in scene.county.places.values() if one.moved_seq is not None)
        hungry = scene.county.people(Where.AWAY)
        if not hungry:
            continue
        _, last = spend(scene, people, item, hungry, place, last, moved=moved)
