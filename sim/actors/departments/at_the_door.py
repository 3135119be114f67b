"""At the doors of hospitals and shelters: order, names for those who cannot say theirs, and psychological aid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine import Process
from sim.spec.orders import Send

if TYPE_CHECKING:
    from sim.actors.departments.department import Department
    from sim.actors.departments.police import Police
    from sim.actors.departments.unit import Unit

LOOK_AGAIN_S = 15 * 60
"""How often a crew looks whether it is still needed, in seconds. A guess."""
IDLE_LOOKS = 4
"""How often it looks in vain before it goes. A guess."""
NOBODY_TO_NAME = 2
"""How often a team looks for somebody without a name in vain before it goes. A guess."""
ATTENDED_PER_H = 8.0
"""People to whom one member of a team gives psychological first aid in an hour, in small groups. A guess."""


def keep_order(department: Department, unit: Unit, order: Send, ident: str, cause: int) -> Process:
    """Process: keep order where people gather, until nobody has been there for a while or the response is over."""
    world, gatherings = department.world, department.scene.gatherings
    last = yield from _begin(department, unit, order, ident, cause)
    if last is None:
        return None
    gatherings.keep_order(unit, last)
    idle = 0
    while idle < IDLE_LOOKS and department.scene.commanding.ended is None:
        yield world.clock.wait(LOOK_AGAIN_S)
        unit.look(ident, last)
        idle = 0 if gatherings.people(unit.place) else idle + 1
    last = world.log.emit("task.working", department.id, ident, last, gatherings.because(unit.place), unit=unit.id)
    gatherings.leave(unit, last)
    return last


def identify(police: Police, unit: Unit, order: Send, ident: str, cause: int) -> Process:
    """Process: find out who those are whom nobody can name, one after another, and tell their families in person."""
    world, unnamed = police.world, police.scene.county.casualties.unnamed
    last = yield from unit.go_for(order, ident, cause, up_to_block=True)
    idle = 0
    while last is not None and idle < NOBODY_TO_NAME:
        unit.look(ident, last)
        here = unnamed.at(order.at) if unit.place == order.at else []
        person = next((one for one in here if one not in police.asking), None)
        if person is None:
            idle += 1
            yield world.clock.wait(LOOK_AGAIN_S)
            if unit.place != order.at:  # it stopped short of a danger, or where the road is blocked
                last = yield from unit.go_for(order, ident, last, up_to_block=True)
            continue
        idle = 0
        police.asking[person] = unit.id
        last = world.log.emit("task.working", police.id, ident, last, unnamed.because(), unit=unit.id)
        yield world.clock.wait(unit.work_s(order.task, person))
        del police.asking[person]
        if unnamed.is_unnamed(person):
            last = unnamed.name(person, "police", police.id, last)
    return last


def comfort(department: Department, unit: Unit, order: Send, ident: str, cause: int) -> Process:
    """Process: give psychological first aid to those who are there, until nobody is there who has had none."""
    last = yield from _begin(department, unit, order, ident, cause)
    if last is None:
        return None
    at_once, idle = round(unit.crew.crew * ATTENDED_PER_H * LOOK_AGAIN_S / 3600), 0
    while idle < IDLE_LOOKS:
        yield department.world.clock.wait(LOOK_AGAIN_S)
        unit.look(ident, last)
        some = department.scene.gatherings.attend(unit.place, at_once, department.id, unit.id, last)
        idle = 0 if some else idle + 1
    return last


def _begin(department: Department, unit: Unit, order: Send, ident: str, cause: int) -> Process:
    """Process: go there and get ready; returns the number of the event by which work begins, None if hurt."""
    there = yield from unit.go_for(order, ident, cause)
    if there is None:
        return None
    unit.look(ident, there)
    working = department.world.log.emit("task.working", department.id, ident, there, unit=unit.id)
    yield department.world.clock.wait(unit.work_s(order.task, ident))
    return working
