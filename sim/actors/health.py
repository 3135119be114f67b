"""Health: ambulances that treat patients and take them to hospital."""

from __future__ import annotations

from sim.actors.department import Department
from sim.actors.unit import Unit
from sim.county.casualties import Patient
from sim.engine import Process
from sim.spec.orders import Send, TaskKind

LOOK_AGAIN_S = 10 * 60
IDLE_LOOKS = 3
DRIVE_IN_S = 60
"""How long a crew that sees the gas gone reports it before it drives in, in seconds. A guess."""


class Health(Department):
    """The health department."""

    def work(self, unit: Unit, order: Send, name: str, ident: str, cause: int) -> Process:
        """Process: fetch the patients of a place, run after run, until none is left."""
        last, run = cause, 0
        while True:
            there = yield from unit.go(
                order.at, ident, last, avoid_gas=order.avoid_gas, wait_outside=order.wait_outside
            )
            if there is None:
                return None
            unit.look(ident, there, place=order.at)
            last, taken = yield from self._await_patients(unit, order, ident, there)
            if taken is None:
                return last
            if taken:
                run += 1
                last = yield from self._fetch(unit, order, ident, run, last, taken)
                if last is None:
                    return None

    def _await_patients(self, unit: Unit, order: Send, ident: str, last: int) -> Process:
        """Process: wait for patients; returns them, or none if the unit must drive on in, or None if all are gone."""
        world, county = self.world, self.scene.county
        idle = 0
        while not (taken := self._within_reach(unit, order)):
            left, gas = county.casualties.within(order.at).here(), county.places[order.at].gas
            if not left and (not gas or idle >= IDLE_LOOKS):
                return last, None
            if not gas and unit.place != order.at:
                unit.look(ident, last, place=order.at)
                yield world.clock.wait(DRIVE_IN_S)
                return last, []
            last = self._wait_for_rescue(order, ident, last)
            changed = county.casualties.watch(order.at)
            yield changed | world.clock.wait(LOOK_AGAIN_S)
            idle += not changed.triggered
        return last, taken

    def _within_reach(self, unit: Unit, order: Send) -> list[Patient]:
        inside = unit.place == order.at and (not order.wait_outside or not self.scene.county.places[order.at].gas)
        patients = self.scene.county.casualties.within(order.at).here(rescued=None if inside else True)
        return patients[: unit.crew.seats]

    def _wait_for_rescue(self, order: Send, ident: str, last: int) -> int:
        if self.scene.county.casualties.within(order.at).here(rescued=False):
            return self.world.log.emit("task.waiting", self.id, ident, last, on="emergency", what="rescue")
        return last

    def _fetch(self, unit: Unit, order: Send, ident: str, run: int, last: int, taken: list[Patient]) -> Process:
        """Process: load patients, drive to hospital, hand them over; returns the hand-over or None if hurt."""
        world, county = self.world, self.scene.county
        gas = county.places[order.at].gas_seq
        seen = (patient.seq for patient in county.casualties.within(order.at).all)
        also = (*seen, *(() if gas is None else (gas,)))
        working = world.log.emit("task.working", self.id, ident, last, also, unit=unit.id)
        for patient in taken:
            county.casualties.load(patient, unit.id, self.id, working)
        seconds = self.work_s(TaskKind.TREAT, ident, str(run))
        yield world.clock.wait(seconds)
        if not unit.breathe(seconds / 60, working):
            return None
        hospital, full = county.nearest_hospital(unit.place, siren=unit.crew.siren)
        there = yield from unit.go(hospital, ident, working, avoid_gas=order.avoid_gas, wait_outside=False, also=full)
        if there is None:
            return None
        for patient in taken:
            world.clock.start(county.casualties.admit(patient, hospital, county.bays[hospital], self.id, there))
        yield world.clock.wait(self.work_s("hand_over", ident, str(run)))
        return there
