"""Work on a hazard itself: teams that finish a job together, or that hold a stand whose amounts add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.actors.command.experts import slower_without
from sim.actors.departments.clearing import clear_roads
from sim.actors.supplies.using import use
from sim.engine import Occurrence, Process, World
from sim.hazards.effort import Job, Stand
from sim.spec.orders import Send, TaskKind

if TYPE_CHECKING:
    from sim.actors.departments.department import Department
    from sim.actors.departments.unit import Unit

ON_HAZARD = frozenset(
    {
        TaskKind.CONTAIN,
        TaskKind.PUT_OUT,
        TaskKind.PUMP,
        TaskKind.RESTORE,
        TaskKind.CONTROL_FLOW,
        TaskKind.CLOSE_DOWN,
        TaskKind.CLEAR_ROAD,
    }
)
"""Tasks by which units of any department work on a hazard."""
WAIT_FOR_PARTNER_S = 15 * 60
"""How long, in seconds, a team waits for its partners before it begins alone. A guess."""
ALONE_FACTOR = 1.7
"""How much longer one team takes than all. A guess."""


class Group:
    """The teams of one order that do a job together.

    Attributes:
        expected: How many were ordered.
        present: How many have come.
        complete: Occurs with the number of the arrival of the last of them.
        done: Occurs with the number of the event by which the job is done.
    """

    def __init__(self, world: World, expected: int) -> None:
        self.expected = expected
        self.present = 0
        self.complete: Occurrence = world.clock.occurrence()
        self.done: Occurrence = world.clock.occurrence()


def work_on_hazard(department: Department, unit: Unit, order: Send, group: Group, ident: str, there: int) -> Process:
    """Process: work on the hazard at a place; returns the number of the event that ends the work."""
    effort = department.scene.effort(order.task, order.at)
    if effort is None and order.task is TaskKind.CLEAR_ROAD:
        return (yield from clear_roads(department, unit, order, ident, there))
    if isinstance(effort, Job):
        return (yield from _do_job(department, unit, order, effort, group, ident, there))
    there = yield from use(unit, order.task, order.at, ident, there, effort.pending if effort else lambda: True)
    if there is None:
        return None
    working = department.world.log.emit("task.working", department.id, ident, there, unit=unit.id)
    unit.look(ident, working, search=True)
    if effort is None:
        yield department.world.clock.wait(unit.work_s(order.task, ident))
        unit.look(ident, working, search=True)
        if order.task is TaskKind.CONTROL_FLOW:
            unit.posted = True  # where no crowd has to be held, a crew stays
        return working
    return (yield from _hold_stand(department, unit, order, effort, ident, working))


def _do_job(department: Department, unit: Unit, order: Send, job: Job, group: Group, ident: str, there: int) -> Process:
    """Process: wait for the partners, then do it; those who come later wait until it is done."""
    world = department.world
    group.present += 1
    if group.present > 1:
        if group.present == group.expected and not group.complete.triggered:
            group.complete.succeed(there)
        return (yield group.done)
    last = there
    if group.expected > 1:
        last = world.log.emit("task.waiting", department.id, ident, there, on=department.id, what="partner")
        yield group.complete | world.clock.wait(WAIT_FOR_PARTNER_S)
    last = yield from use(unit, order.task, order.at, ident, last, job.pending)
    if last is None:
        group.done.succeed(there)
        return None
    also: tuple[int, ...] = (int(group.complete.value or 0),) if group.complete.triggered else ()
    so_since = world.truth.seq(job.tells) if job.tells else None
    also += () if so_since is None else (so_since,)
    slower, heard, word = slower_without(department, order.task)
    working = world.log.emit("task.working", department.id, ident, last, (*also, *word), unit=unit.id, **heard)
    unit.look(ident, working, search=True)
    if not job.pending():
        group.done.succeed(working)
        return working
    if job.must_know and department.picture.value(job.must_know) is None:
        yield world.clock.wait(unit.work_s(TaskKind.FIND_OUT, ident))
    alone = group.expected > 1 and not group.complete.triggered
    seconds = unit.own_s(unit.doing or "", round(job.seconds * slower * (ALONE_FACTOR if alone else 1.0)))
    yield world.clock.wait(seconds) | unit.down
    if not unit.fit:
        group.done.succeed(working)
        return None
    job.done(working)
    if job.tells and (value := world.truth.value(job.tells)) is not None:
        unit.report(ident, [(job.tells, value)], working)
    group.done.succeed(working)
    return working


def _hold_stand(department: Department, unit: Unit, order: Send, stand: Stand, ident: str, working: int) -> Process:
    """Process: set up, add what the unit can do, and stay until there is nothing to do any more."""
    world = department.world
    yield world.clock.wait(unit.work_s(order.task, ident))
    if not stand.pending():  # it ended while they set up
        ended = stand.until.value if stand.until.triggered else None
        also = () if ended is None else (ended,)
        return world.log.emit("task.working", department.id, ident, working, also, unit=unit.id) if also else working
    lasts_s = department.scene.supplies.lasts_s(unit, order.task)
    while True:
        stand.join(unit.id, unit.crew.output.get(order.task, 1.0), working)
        on_s = unit.condition.lasts_s if lasts_s is None else min(lasts_s, unit.condition.lasts_s)
        yield stand.until | unit.down | world.clock.wait(on_s)
        if stand.until.triggered or not unit.fit:
            break
        stand.leave(unit.id, working)
        last = yield from unit.rest_if_spent(ident, working)
        if unit.fit:
            last = yield from use(unit, order.task, order.at, ident, last, stand.pending)
        if last is None or not unit.fit:
            return None
        working = last
        if stand.until.triggered or not stand.pending():
            return working
    if not unit.fit:
        stand.leave(unit.id, int(unit.down.value or 0))
        return None
    ended = stand.until.value
    last = (
        working
        if ended is None
        else world.log.emit("task.working", department.id, ident, working, (ended,), unit=unit.id)
    )
    stand.leave(unit.id, last)
    if stand.tells and (value := world.truth.value(stand.tells)) is not None:
        unit.report(ident, [(stand.tells, value)], last)
    return last
