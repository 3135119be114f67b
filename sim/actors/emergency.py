"""Emergency management with fire and rescue: plug the leak, bring people out of the gas, look inside it."""

from __future__ import annotations

from sim.actors.department import Department
from sim.actors.scene import Scene
from sim.actors.unit import Unit
from sim.engine import Occurrence, Process
from sim.spec.county import Organization as Desk
from sim.spec.orders import Send, TaskKind

WAIT_FOR_PARTNER_S = 15 * 60
"""How long, in seconds, a hazmat team waits for its partner before it begins alone. A guess."""
ALONE_FACTOR = 1.7
"""How much longer one team takes than two. A guess."""
LOOK_AGAIN_S = 6 * 60
"""How often a rescue crew looks again for people in the gas, in seconds. A guess."""
IDLE_LOOKS = 3
"""How often it looks in vain before it leaves. A guess."""
CARRIED_AT_ONCE = 3
"""Patients that a crew brings out in one trip. A guess."""


class Group:
    """The teams of one order to plug the leak."""

    def __init__(self, expected: int, complete: Occurrence, done: Occurrence) -> None:
        self.expected = expected
        self.present = 0
        self.complete = complete
        self.done = done


class Emergency(Department):
    """The emergency management department."""

    def __init__(self, scene: Scene, desk: Desk) -> None:
        super().__init__(scene, desk)
        self._groups: dict[str, Group] = {}

    def expect(self, order: Send, name: str, cause: int) -> None:
        """Form the group of teams that shall plug the leak together."""
        if order.task is TaskKind.CONTAIN:
            clock = self.world.clock
            self._groups[name] = Group(order.count, clock.occurrence(), clock.occurrence())
            self.see("containment/sent", True, self.world.truth.change("containment/sent", True, cause))

    def work(self, unit: Unit, order: Send, name: str, ident: str, cause: int) -> Process:
        """Process: find out, contain or rescue."""
        there = yield from unit.go(order.at, ident, cause, avoid_gas=order.avoid_gas, wait_outside=order.wait_outside)
        if there is None:
            return None
        unit.look(ident, there)
        if order.task is TaskKind.CONTAIN:
            return (yield from self._contain(unit, self._groups[name], name, ident, there))
        if order.task is TaskKind.RESCUE:
            return (yield from self._rescue(unit, order.at, ident, there))
        working = self.world.log.emit("task.working", self.id, ident, there, unit=unit.id)
        yield self.world.clock.wait(self.work_s(order.task, ident))
        unit.look(ident, working, search=True)
        return working

    def _contain(self, unit: Unit, group: Group, name: str, ident: str, there: int) -> Process:
        world, release = self.world, self.scene.release
        group.present += 1
        if group.present > 1:
            if group.present == group.expected and not group.complete.triggered:
                group.complete.succeed(there)
            return (yield group.done)
        last = there
        if group.expected > 1:
            last = world.log.emit("task.waiting", self.id, ident, there, on=self.id, what="partner")
            yield group.complete | world.clock.wait(WAIT_FOR_PARTNER_S)
        also: tuple[int, ...] = (int(group.complete.value or 0),) if group.complete.triggered else ()
        so_since = world.truth.seq("leak/stopped")
        also += () if so_since is None else (so_since,)
        working = world.log.emit("task.working", self.id, ident, last, also, unit=unit.id)
        unit.look(ident, working, search=True)
        if not release.running:
            group.done.succeed(working)
            return working
        if self.picture.value("leak/substance") is None:
            yield world.clock.wait(self.work_s(TaskKind.FIND_OUT, ident))
        alone = group.expected > 1 and not group.complete.triggered
        yield world.clock.wait(round(release.plug_s * (ALONE_FACTOR if alone else 1.0)))
        release.stop("plug", working)
        unit.report(ident, [("leak/stopped", True)], working)
        group.done.succeed(working)
        return working

    def _rescue(self, unit: Unit, place: str, ident: str, there: int) -> Process:
        world, county = self.world, self.scene.county
        patients = county.casualties.within(place)
        last, idle, trip = there, 0, 0
        while idle < IDLE_LOOKS:
            waiting = patients.here(rescued=False)
            if not waiting:
                if not county.places[place].gas:
                    break
                idle += 1
                yield county.casualties.watch(place) | world.clock.wait(LOOK_AGAIN_S)
                unit.look(ident, last)
                continue
            idle = 0
            trip += 1
            seen = tuple(patient.seq for patient in patients.all)
            last = world.log.emit("task.working", self.id, ident, last, seen, unit=unit.id)
            yield world.clock.wait(self.work_s(TaskKind.RESCUE, ident, str(trip)))
            found = [one for one in waiting if not one.dead and not one.gone and not one.rescued]
            others = tuple(patient.seq for patient in waiting)
            for patient in found[:CARRIED_AT_ONCE]:
                county.casualties.rescue(patient, unit.id, self.id, last, others)
            unit.look(ident, last)
        return last
