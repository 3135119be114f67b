"""Transport: buses that move people who are told to leave, and trucks that carry supplies."""

from __future__ import annotations

from sim.actors.departments.convoy import Convoy, drive
from sim.actors.departments.department import Department
from sim.actors.departments.unit import Unit
from sim.engine import Process
from sim.spec.orders import Send, TaskKind

UNLOAD_S = 180
"""Time to let people off at the assembly point, in seconds. A guess."""
LOOK_AGAIN_S = 5 * 60
"""How often a driver who cannot go on, or finds nobody, looks again, in seconds. A guess."""
IDLE_LOOKS = 4
"""How often a driver looks in vain. A guess."""


class Transport(Department):
    """The transport department."""

    def expect(self, order: Send, name: str, cause: int) -> None:
        """Let the vehicles of an order that asks for an escort form a convoy."""
        super().expect(order, name, cause)
        if order.escort:
            to = self.scene.supplies.order_of(name) if order.task is TaskKind.CARRY else order
            self.scene.convoys[name] = Convoy(self, to, name, order.count)

    def work(self, unit: Unit, order: Send, name: str, ident: str, cause: int) -> Process:
        """Process: carry supplies, or people from a place to the assembly point until nobody waits there."""
        if order.task is TaskKind.CARRY:
            return (yield from self.scene.supplies.haul(self, unit, name, ident, cause))
        return (yield from self._shuttle(unit, order, name, ident, cause))

    def _shuttle(self, unit: Unit, order: Send, name: str, ident: str, cause: int) -> Process:
        """Process: carry people from a place to the assembly point until nobody waits there."""
        world, public = self.world, self.scene.public
        assembly = world.exercise.scenario.population.assembly
        last, idle, run = cause, 0, 0
        while idle < IDLE_LOOKS:
            there = yield from drive(unit, order, name, ident, last)
            if there is None:
                return None
            last = there
            if unit.place != order.at:
                idle += 1
                last = world.log.emit("task.waiting", self.id, ident, last, on="public", what="danger on the way")
                yield world.clock.wait(LOOK_AGAIN_S)
                continue
            unit.look(ident, there)
            if not public.waiting_for_bus(order.at):
                if idle or run:
                    return (*public.moved(order.at), last)[0]
                idle += 1
                yield world.clock.wait(LOOK_AGAIN_S)
                continue
            run += 1
            working = world.log.emit("task.working", self.id, ident, last, public.moved(order.at), unit=unit.id)
            seconds = unit.work_s(TaskKind.EVACUATE, ident, str(run))
            yield world.clock.wait(seconds)
            if not unit.meet_danger(seconds / 60, working):
                return None
            riders = public.board(order.at, unit.crew.seats, working, f"{ident}/{run}")
            last = yield from unit.go(
                assembly, ident, working, avoid_danger=order.avoid_danger, wait_outside=False, riders=riders
            )
            if last is None:
                return None
            yield world.clock.wait(UNLOAD_S)
            last = yield from unit.rest_if_spent(ident, last)
        return last
