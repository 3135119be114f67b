"""Health: ambulances that treat patients and take them to hospital, and teams that give psychological aid."""

from __future__ import annotations

from sim.actors.departments.at_the_door import comfort
from sim.actors.departments.department import Department
from sim.actors.departments.transferring import transfer
from sim.actors.departments.unit import Unit
from sim.actors.scene import Scene
from sim.actors.supplies.using import refill, use
from sim.county.casualties import Patient
from sim.county.triage import RIGHT, Category, category_of, sorted_as
from sim.engine import Process
from sim.spec.county import Organization as Desk
from sim.spec.orders import Send, TaskKind

LOOK_AGAIN_S = 10 * 60
"""How often a crew that waits outside goes to measure, in seconds. A guess."""
IDLE_LOOKS = 3
"""How often it looks before it gives up. A guess."""
DRIVE_IN_S = 60
"""How long a crew that hears that the gas has gone takes to drive in, in seconds. A guess."""
OTHERS_SORT_S = 30
"""How often a crew looks whether others have sorted the last patients, in seconds. A guess."""


def by_name(patient: Patient) -> str:
    """Return what a crew goes by that sorts patients as they lie."""
    return patient.id


def by_urgency(patient: Patient) -> tuple[int, str]:
    """Return what a crew goes by that takes sorted patients away."""
    return (patient.tag or 0, patient.id)


class Health(Department):
    """The health department."""

    def __init__(self, scene: Scene, desk: Desk) -> None:
        super().__init__(scene, desk)
        self._sorting: dict[str, str] = {}  # the crew that is sorting a patient

    def work(self, unit: Unit, order: Send, name: str, ident: str, cause: int) -> Process:
        """Process: fetch the patients of a place, or move those of a hospital, run after run, until none is left."""
        if order.task is TaskKind.TRANSFER:
            return (yield from transfer(self, unit, order, ident, cause))
        if order.task is TaskKind.PSYCHOLOGICAL_AID:
            return (yield from comfort(self, unit, order, ident, cause))
        last, run = cause, 0
        seen: tuple[int, ...] = ()
        while True:
            there = yield from unit.go_for(order, ident, last, also=seen)
            if there is None:
                return None
            unit.look(ident, there)
            last, taken = yield from self._await_patients(unit, order, ident, there)
            if taken is None:
                return last
            if taken and self.world.exercise.plan.work.triage is not None:
                last, taken = yield from self._triage(unit, order, ident, last)
                if taken is None:
                    return None
                seen = () if taken else self._state_of(order.at)  # others have taken them meanwhile
            if taken:
                run += 1
                last = yield from self._fetch(unit, order, ident, run, last, taken)
                if last is None:
                    return None
                last = yield from unit.rest_if_spent(ident, last)

    def _await_patients(self, unit: Unit, order: Send, ident: str, last: int) -> Process:
        """Process: wait for patients; returns them, none if the unit must drive on in, None if all are gone."""
        world, county = self.world, self.scene.county
        idle, inside, edge = 0, unit.place == order.at, unit.held_off_by or order.at
        while not (taken := self._within_reach(unit, order)):
            if not inside and not unit.danger_known_at(edge):
                yield world.clock.wait(DRIVE_IN_S)
                return last, []
            if inside and not county.casualties.within(order.at).anybody() and not county.places[order.at].danger:
                return last, None
            if idle >= IDLE_LOOKS and not (inside and county.casualties.within(order.at).anybody()):
                return last, None
            also = (*self._state_of(order.at), *unit.known_of_danger())
            last = world.log.emit("task.waiting", self.id, ident, last, also, on="emergency", what="rescue")
            changed = county.casualties.watch(order.at)
            since_s = world.clock.now
            yield changed | world.clock.wait(LOOK_AGAIN_S)
            if inside and not order.wait_outside and not unit.meet_danger((world.clock.now - since_s) / 60, last):
                return None, None
            if not changed.triggered:
                idle += 1
                unit.look(ident, last, place=edge)  # a crew goes up to the edge of the gas and measures
        return last, taken

    def abandon(self, unit: Unit, taken: list[Patient], cause: int) -> None:
        """Leave patients where a hurt crew stands; the crew says so over its radio."""
        casualties = self.scene.county.casualties
        for patient in taken:
            casualties.leave_behind(patient, unit.place, self.id, cause)
        self.see(f"{unit.place}/hurt", len(casualties.within(unit.place).all), cause)

    def _state_of(self, place: str) -> tuple[int, ...]:
        """Return the numbers of the events by which the patients and the gas of a place are as they are."""
        county = self.scene.county
        gas = county.places[place].danger_seq
        return (*(patient.seq for patient in county.casualties.within(place).all), *(() if gas is None else (gas,)))

    def _within_reach(self, unit: Unit, order: Send) -> list[Patient]:
        """Return whom a crew takes first if nobody sorts them: those who are worst."""
        return self._reached(unit, order)[: unit.crew.seats]

    def _reached(self, unit: Unit, order: Send) -> list[Patient]:
        inside = unit.place == order.at and (not order.wait_outside or not self.scene.county.places[order.at].danger)
        return self.scene.county.casualties.within(order.at).here(rescued=None if inside else True)

    def _triage(self, unit: Unit, order: Send, ident: str, last: int) -> Process:
        """Process: sort patients until there are red ones for all seats, or nobody within reach is unsorted.

        Several crews share the work. Who is dead already costs no time.

        Returns:
            The last event, and whom to take; None instead of those if the crew is hurt.
        """
        world, seats = self.world, unit.crew.seats
        working: int | None = None
        while True:
            here = self._reached(unit, order)
            urgent = sorted((one for one in here if one.tag is not None), key=by_urgency)[:seats]
            if all(one.tag is not None for one in here) or sum(one.tag is Category.RED for one in urgent) == seats:
                return (last if working is None else working), urgent
            free = sorted((one for one in here if one.tag is None and one.id not in self._sorting), key=by_name)
            if not free:
                yield world.clock.wait(OTHERS_SORT_S)
                continue
            if working is None:
                working = world.log.emit("task.working", self.id, ident, last, self._state_of(order.at), unit=unit.id)
            if not (yield from self._sort(unit, free[0], working)):
                return working, None

    def _sort(self, unit: Unit, patient: Patient, working: int) -> Process:
        """Process: find out how urgent a patient is; returns whether the crew can go on."""
        world = self.world
        self._sorting[patient.id] = unit.id
        seconds = unit.work_s("triage", patient.id, unit.id)
        yield world.clock.wait(seconds)
        del self._sorting[patient.id]
        if not unit.meet_danger(seconds / 60, working):
            return False
        true = category_of(patient.severity, dead=patient.dead)
        patient.tag = sorted_as(true, world.luck.uniform("triage", patient.id), unit.condition.right(RIGHT))
        category, right = patient.tag.name.lower(), patient.tag is true
        also = (patient.seq,)
        patient.seq = world.log.emit(
            "patient.triaged", self.id, patient.id, working, also, unit=unit.id, category=category, right=right
        )
        return True

    def _fetch(self, unit: Unit, order: Send, ident: str, run: int, last: int, taken: list[Patient]) -> Process:
        """Process: load patients, drive to hospital, hand them over; returns the hand-over or None if hurt."""
        world, county = self.world, self.scene.county
        last = yield from use(unit, order.task, order.at, ident, last)
        if last is None:
            return None
        taken = [one for one in taken if not one.gone]
        also = self._state_of(order.at)
        working = world.log.emit("task.working", self.id, ident, last, also, unit=unit.id)
        for patient in taken:
            county.casualties.load(patient, unit.id, self.id, working)
        seconds = unit.work_s(TaskKind.TREAT, ident, str(run))
        yield world.clock.wait(seconds)
        if not unit.meet_danger(seconds / 60, working):
            return self.abandon(unit, taken, working)
        hospital, full = county.hospitals.nearest(unit.place, county.roads, siren=unit.crew.siren)
        there = yield from unit.go(
            hospital, ident, working, avoid_danger=order.avoid_danger, wait_outside=False, also=full
        )
        if there is None:
            return self.abandon(unit, taken, working)
        refill(unit, there)
        return (yield from self.hand_over(unit, taken, hospital, ident, run, there))

    def hand_over(self, unit: Unit, taken: list[Patient], hospital: str, ident: str, run: int, there: int) -> Process:
        """Process: get through to a hospital's door, hand patients over, and see whether they wait for a bay there.

        Returns:
            Number of the event by which they were brought.
        """
        world, county, gatherings = self.world, self.scene.county, self.scene.gatherings
        seconds = unit.work_s("hand_over", ident, str(run))
        held_up_s = round((gatherings.slowed(hospital) - 1) * seconds)
        brought = gatherings.brought(hospital, taken, self.id, there, held_up_s)
        if held_up_s:
            yield world.clock.wait(held_up_s)
        for patient in taken:
            world.clock.start(county.hospitals.admit(patient, hospital, self.id, brought))
        yield world.clock.wait(seconds)
        unit.look(ident, brought)
        return brought
