"""Clearing roads: a team drives up to what blocks the way to a place, clears it, and drives on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.actors.departments.route_state import found_clear
from sim.engine import Process
from sim.spec.orders import Send

if TYPE_CHECKING:
    from sim.actors.departments.department import Department
    from sim.actors.departments.unit import Unit


def clear_roads(department: Department, unit: Unit, order: Send, ident: str, there: int) -> Process:
    """Process: clear what blocks the way to a place, and the ways out of it; returns the number of the last event."""
    world, county = department.world, department.scene.county
    last, done = there, 0
    while True:
        ahead = next(
            (way for way in county.blocks if way[0] == unit.place and _leads_on(department, way, order.at)), None
        )
        if ahead is None and unit.place == order.at:
            return last
        if ahead is None:
            blocked = dict(department.blocked)
            last = yield from unit.go_for(order, ident, last, up_to_block=True)
            if last is None or (unit.place != order.at and blocked == department.blocked):
                return last
            continue
        done += 1
        last = world.log.emit("task.working", department.id, ident, last, (county.blocks[ahead],), unit=unit.id)
        yield world.clock.wait(unit.work_s(order.task, ident, str(done)))
        county.clear(ahead, department.id, last)
        found_clear(department, ahead)


def _leads_on(department: Department, way: tuple[str, str], to: str) -> bool:
    """Return whether a way leads nearer to a place, or out of it."""
    seconds = department.scene.county.roads.seconds
    here, there = way
    return here == to or seconds(there, to, siren=False, closed=()) < seconds(here, to, siren=False, closed=())
