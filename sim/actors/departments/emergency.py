"""Emergency management with fire and rescue: bring people out of the danger, free the trapped, look inside."""

from __future__ import annotations

from functools import partial

from sim.actors.departments.department import Department
from sim.actors.departments.unit import Unit
from sim.actors.helpers.mine_rescue import go_underground
from sim.actors.supplies.using import use
from sim.county.casualties import PlacePatients
from sim.engine import Process
from sim.spec.orders import Send, TaskKind

LOOK_AGAIN_S = 6 * 60
"""How often a rescue crew looks again for people in danger, in seconds. A guess."""
IDLE_LOOKS = 3
"""How often it looks in vain before it leaves. A guess."""


class Emergency(Department):
    """The emergency management department."""

    def expect(self, order: Send, name: str, cause: int) -> None:
        """Note that teams are on their way to the source."""
        super().expect(order, name, cause)
        if order.task is TaskKind.CONTAIN:
            seq = self.world.truth.change("containment/sent", True, cause)
            self.see("containment/sent", True, cause if seq is None else seq)

    def work(self, unit: Unit, order: Send, name: str, ident: str, cause: int) -> Process:
        """Process: find out, rescue, or search for the trapped."""
        there = yield from unit.go_for(order, ident, cause)
        if there is None:
            return None
        unit.look(ident, there)
        there = yield from self.led(unit, ident, there)
        if order.task in (TaskKind.RESCUE, TaskKind.SEARCH):
            return (yield from self._rescue(unit, order, ident, there))
        working = self.world.log.emit("task.working", self.id, ident, there, unit=unit.id)
        yield self.world.clock.wait(unit.work_s(order.task, ident))
        unit.look(ident, working, search=True)
        return working

    def _rescue(self, unit: Unit, order: Send, ident: str, there: int) -> Process:
        """Process: bring people out, trip by trip, until there has been nobody for a while."""
        world, county, place = self.world, self.scene.county, order.at
        patients = county.casualties.within(place)
        last, idle, trip = there, 0, 0
        while idle < IDLE_LOOKS and unit.fit:
            last = yield from unit.rest_if_spent(ident, last)
            hindered = self.scene.hindered(order.task, place)
            if hindered is not None:
                last = world.log.emit("task.waiting", self.id, ident, last, on=self.id, what="way in")
                freed = yield hindered
                last = world.log.emit(
                    "task.working", self.id, ident, last, () if freed is None else (freed,), unit=unit.id
                )
            waiting = [one for one in patients.here(rescued=False) if one.trapped == (order.task is TaskKind.SEARCH)]
            searches = order.task is TaskKind.SEARCH
            if not waiting and not (searches and self.scene.shut_in(place)):
                if not county.places[place].danger and order.task is TaskKind.RESCUE:
                    break
                idle += 1
                yield county.casualties.watch(place) | world.clock.wait(LOOK_AGAIN_S)
                unit.look(ident, last)
                continue
            idle = 0
            last = yield from use(
                unit, order.task, place, ident, last, partial(self._anybody, patients, place, searches)
            )
            if last is None:
                return None
            trip += 1
            seconds = unit.work_s(order.task, ident, str(trip))
            if searches:
                last = yield from go_underground(unit, ident, last, seconds)
            seen = tuple(patient.seq for patient in patients.all)
            last = world.log.emit("task.working", self.id, ident, last, seen, unit=unit.id)
            yield world.clock.wait(seconds)
            if searches:
                unit.go_in(seconds / 60, last)
            found = [one for one in waiting if not one.dead and not one.gone and not one.rescued]
            others = tuple(patient.seq for patient in waiting)
            if not unit.fit:
                break
            carried = world.exercise.plan.work.carried
            for patient in found[: 1 if searches else carried]:
                county.casualties.rescue(patient, unit.id, self.id, last, others)
            if searches and not found:
                self.scene.lead_out(place, carried, unit.id, self.id, last)
            unit.look(ident, last, search=searches)
        return last

    def _anybody(self, patients: PlacePatients, place: str, searches: bool) -> bool:
        """Return whether anybody is left to be brought out of a place."""
        if any(one.trapped == searches for one in patients.here(rescued=False)):
            return True
        return bool(searches and self.scene.shut_in(place))
