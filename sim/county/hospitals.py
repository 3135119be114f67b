"""Hospitals: treatment bays and beds, who lies in them or waits for one, and how many there are."""

from __future__ import annotations

from enum import Enum

from sim.county.casualties import Casualties, Patient
from sim.county.dose_response import Severity
from sim.county.injuries import Care
from sim.county.roads import Roads
from sim.engine import Line, Occurrence, Process, World

BAY_S = 45 * 60
"""How long a serious patient needs a treatment bay, in seconds; a critical one keeps it to the end. A guess."""


class Stage(Enum):
    """How far a patient has come in a hospital."""

    AT_DOOR = "at_door"
    IN_BAY = "in_bay"
    IN_BED = "in_bed"


class Stay:
    """A patient's stay in a hospital.

    Attributes:
        patient: Who lies there.
        stage: How far he has come; who waits for a bed is in a bay.
        moved: Occurs with the number of the event by which he is taken to another hospital.
    """

    __slots__ = ("moved", "patient", "stage")

    def __init__(self, patient: Patient, moved: Occurrence) -> None:
        self.patient = patient
        self.stage = Stage.AT_DOOR
        self.moved = moved


class Hospitals:
    """The hospitals of the county.

    Attributes:
        bays: Treatment bays of each hospital.
        beds: Beds of the hospitals whose beds are limited; treated patients keep them.
        dark: Hospitals without power, by the number of the event since which they are; patients go there last.
    """

    def __init__(self, world: World, casualties: Casualties) -> None:
        places = world.exercise.county.places
        self.bays: dict[str, Line] = {place.id: world.clock.line(place.bays) for place in places if place.bays}
        self.beds: dict[str, Line] = {place.id: world.clock.line(place.beds) for place in places if place.beds}
        self.dark: dict[str, int] = {}
        self._stays: dict[str, dict[str, Stay]] = {hospital: {} for hospital in self.bays}
        self._world = world
        self._casualties = casualties

    # --- how many there are ------------------------------------------------------------------------------------------

    def damage(self, hospital: str, bays: int, beds: int, cause: int) -> None:
        """Take treatment bays and beds from a hospital; those who lie in one keep it."""
        self._world.log.emit("hospital.damaged", "", hospital, cause, bays=bays, beds=beds)
        self._widen(hospital, -bays, -beds)

    def open(self, hospital: str, bays: int, beds: int, step: int, actor: str, cause: int) -> int:
        """Add treatment bays and beds to a hospital; returns the number of the event."""
        seq = self._world.log.emit("hospital.opened", actor, hospital, cause, step=step, bays=bays, beds=beds)
        for lines in (self.bays, self.beds):
            if hospital in lines:
                lines[hospital].note(seq)
        self._widen(hospital, bays, beds)
        return seq

    def _widen(self, hospital: str, bays: int, beds: int) -> None:
        for line, more in ((self.bays.get(hospital), bays), (self.beds.get(hospital), beds)):
            if line is not None:
                line.widen(max(0, line.capacity + more))

    # --- who is there ------------------------------------------------------------------------------------------------

    def at(self, hospital: str, *stages: Stage) -> list[Patient]:
        """Return those alive in a hospital who have come so far, critical ones first; all if no stage is named."""
        stays = self._stays[hospital].values()
        found = [one.patient for one in stays if not one.patient.dead and (not stages or one.stage in stages)]
        return sorted(found, key=lambda patient: (-patient.severity, patient.id))

    def admit(self, patient: Patient, hospital: str, actor: str, cause: int) -> Process:
        """Process: wait for a treatment bay, be treated, wait for a bed and keep it, unless taken elsewhere."""
        stay = self._stays[hospital][patient.id] = Stay(patient, self._world.clock.occurrence())
        log, bays = self._world.log, self.bays[hospital]
        request = bays.take()
        also: tuple[int, ...] = (patient.seq,)
        if not request.triggered:
            waits = log.emit("patient.waiting", actor, patient.id, cause, bays.ahead, hospital=hospital)
            also = (*also, waits)
            self._world.truth.change(f"{hospital}/full", True, waits)
            yield request | stay.moved
            if stay.moved.triggered:
                bays.give_up(request, stay.moved.value)
                self._look(hospital, int(stay.moved.value or waits))
                return
            also += bays.freed_by
        else:
            yield request
        bays.claim(request, cause)
        if not patient.dead:
            stay.stage = Stage.IN_BAY
            self._casualties.give_care(patient, Care.HOSPITAL)
            patient.seq = log.emit("patient.admitted", actor, patient.id, cause, also, hospital=hospital)
        self._look(hospital, patient.seq)
        if not patient.dead:
            yield from self._be_treated(stay, hospital, actor)
        bays.give_back(request, stay.moved.value if stay.moved.triggered else patient.seq)

    def _be_treated(self, stay: Stay, hospital: str, actor: str) -> Process:
        """Process: be treated in a bay until there is a bed or one is taken elsewhere."""
        treated = stay.moved
        if stay.patient.severity is not Severity.CRITICAL:
            treated = stay.moved | self._world.clock.wait(BAY_S)
        yield treated
        if not stay.moved.triggered and hospital in self.beds:
            yield from self._bed(stay, hospital, actor)

    def _bed(self, stay: Stay, hospital: str, actor: str) -> Process:
        """Process: wait for a bed and keep it; until there is one, the patient keeps the bay."""
        log, beds, patient = self._world.log, self.beds[hospital], stay.patient
        request = beds.take()
        also: tuple[int, ...] = ()
        if not request.triggered:
            waits = log.emit(
                "patient.waiting", actor, patient.id, patient.seq, beds.ahead, hospital=hospital, what="bed"
            )
            yield request | stay.moved
            also = (waits, *beds.freed_by)
        if patient.dead or stay.moved.triggered:
            beds.give_up(request, stay.moved.value if stay.moved.triggered else patient.seq)
            return
        patient.seq = log.emit("patient.bedded", actor, patient.id, patient.seq, also, hospital=hospital)
        stay.stage = Stage.IN_BED
        beds.claim(request, patient.seq)

    def release(self, patient: Patient, hospital: str, cause: int) -> None:
        """Let a patient leave a hospital for another; his bay is free again.

        Raises:
            KeyError: If he is not there.
        """
        self._stays[hospital].pop(patient.id).moved.succeed(cause)

    def _look(self, hospital: str, cause: int) -> None:
        """Make it so that nobody waits for a bay any more, once that is so."""
        if not self.bays[hospital].waiting and self._world.truth.value(f"{hospital}/full") is True:
            self._world.truth.change(f"{hospital}/full", False, cause)

    # --- where to go -------------------------------------------------------------------------------------------------

    def nearest(self, place: str, roads: Roads, *, siren: bool) -> tuple[str, tuple[int, ...]]:
        """Return the hospital that is reached first, those with power and without a queue before the others.

        Returns:
            The hospital, and the numbers of the events that keep patients waiting elsewhere.
        """

        def rank(hospital: str) -> tuple[bool, bool, int, str]:
            full = self.bays[hospital].waiting > 0
            return hospital in self.dark, full, roads.seconds(place, hospital, siren=siren), hospital

        full = tuple(seq for bays in self.bays.values() if bays.waiting for seq in bays.ahead)
        full += tuple(self.dark.values())
        return min(self.bays, key=rank), full

    def room_elsewhere(self, hospital: str, roads: Roads, *, siren: bool) -> str | None:
        """Return the nearest other hospital with power and a free bay; None if there is none."""
        others = [
            other
            for other, bays in self.bays.items()
            if other != hospital and other not in self.dark and not bays.waiting and bays.busy < bays.capacity
        ]
        return min(others, key=lambda one: (roads.seconds(hospital, one, siren=siren), one), default=None)
