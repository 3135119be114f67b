"""Casualties: patients who get worse with time, are rescued, moved and treated, or die.

Each patient has a hazard of dying that depends on severity and care; it adds up over time, and the patient dies
when the sum passes a threshold that luck drew once. Better or earlier care can therefore only help.
"""

from __future__ import annotations

import math
from enum import StrEnum
from types import MappingProxyType

from sim.county.toxicity import Severity
from sim.engine import Line, Occurrence, Process, World


class Care(StrEnum):
    """What is being done for a patient."""

    NONE = "none"
    FIELD = "field"
    HOSPITAL = "hospital"


DEATHS_PER_H = MappingProxyType(
    {
        (Severity.SERIOUS, Care.NONE): 0.05,
        (Severity.SERIOUS, Care.FIELD): 0.02,
        (Severity.SERIOUS, Care.HOSPITAL): 0.004,
        (Severity.CRITICAL, Care.NONE): 0.55,
        (Severity.CRITICAL, Care.FIELD): 0.2,
        (Severity.CRITICAL, Care.HOSPITAL): 0.05,
    }
)
"""Hazard of dying per hour. A guess: no published curve for inhaled chlorine by minutes of delay was at hand."""


class Patient:
    """Somebody seriously or critically hurt."""

    __slots__ = ("care", "dead", "gone", "hazard", "id", "place", "rescued", "seq", "severity", "since_s", "threshold")

    def __init__(self, ident: str, place: str, severity: Severity, threshold: float, now: int) -> None:
        self.id = ident
        self.place = place
        self.severity = severity
        self.threshold = threshold
        self.care = Care.NONE
        self.hazard = 0.0
        self.since_s = now
        self.rescued = False
        self.gone = False
        self.dead = False
        self.seq = 0

    @property
    def rate_per_h(self) -> float:
        """Present hazard of dying per hour."""
        return DEATHS_PER_H[self.severity, self.care]


class PlacePatients:
    """The patients of one place.

    Attributes:
        hurt_here: How many were hurt here, also those who were carried elsewhere since.
        all: Those who are counted here now.
    """

    def __init__(self, casualties: Casualties, place: str) -> None:
        self.place = place
        self.hurt_here = 0
        self.all: list[Patient] = []
        self._casualties = casualties

    def add(self, serious: int, critical: int, cause: int) -> None:
        """Add newly hurt people: first the critical come from those already serious, worst first."""
        for _ in range(serious):
            self._casualties.hurt(self, Severity.SERIOUS, cause)
        serious_ones = [patient for patient in self.all if patient.severity is Severity.SERIOUS]
        worsening = [one for one in serious_ones if not (one.rescued or one.gone or one.dead)]
        for patient in worsening[:critical]:
            self._casualties.worsen(patient, cause)
        for _ in range(critical - len(serious_ones)):
            self._casualties.hurt(self, Severity.CRITICAL, cause)
        if serious or critical:
            self._casualties.count(self, cause)

    def here(self, *, rescued: bool | None = None) -> list[Patient]:
        """Return those alive who still wait at the place, critical ones first."""
        waiting = [p for p in self.all if not p.gone and not p.dead and (rescued is None or p.rescued == rescued)]
        return sorted(waiting, key=lambda patient: (-patient.severity, patient.id))


class Casualties:
    """All patients of the run."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._places: dict[str, PlacePatients] = {}
        self._watchers: dict[str, list[Occurrence]] = {}
        self.deaths = 0

    def within(self, place: str) -> PlacePatients:
        """Return the patients of a place."""
        return self._places.setdefault(place, PlacePatients(self, place))

    def everybody(self) -> list[Patient]:
        """Return all patients, by place and in order of injury."""
        return [patient for place in self._places.values() for patient in place.all]

    def watch(self, place: str) -> Occurrence:
        """Return what occurs at the next change among the patients or the gas of a place."""
        occurrence = self._world.clock.occurrence()
        self._watchers.setdefault(place, []).append(occurrence)
        return occurrence

    def changed(self, place: str) -> None:
        """Let those who watch a place look again."""
        for occurrence in self._watchers.pop(place, []):
            occurrence.succeed()

    def hurt(self, at: PlacePatients, severity: Severity, cause: int) -> None:
        """Add a patient."""
        at.hurt_here += 1
        ident = f"{at.place}/p{at.hurt_here}"
        threshold = -math.log(self._world.luck.uniform("survival", ident))
        patient = Patient(ident, at.place, severity, threshold, self._world.clock.now)
        patient.seq = self._world.log.emit(
            "patient.hurt", "", ident, cause, (), severity=severity.name.lower(), place=at.place
        )
        at.all.append(patient)
        self._plan_death(patient)

    def count(self, at: PlacePatients, cause: int) -> None:
        """Make it true how many are seriously hurt at a place, and let those who watch it look again."""
        self._world.truth.change(f"{at.place}/hurt", len(at.all), cause)
        self.changed(at.place)

    def worsen(self, patient: Patient, cause: int) -> None:
        """Make a serious patient critical."""
        self.settle(patient)
        patient.severity = Severity.CRITICAL
        patient.seq = self._world.log.emit("patient.worse", "", patient.id, cause, (patient.seq,))
        self._plan_death(patient)

    def rescue(self, patient: Patient, unit: str, actor: str, cause: int, others: tuple[int, ...]) -> None:
        """Bring a patient out of the gas; ``others`` are the events by which the other patients are as they are."""
        patient.rescued = True
        also = (*others, patient.seq)
        patient.seq = self._world.log.emit("patient.rescued", actor, patient.id, cause, also, unit=unit)
        self.changed(patient.place)

    def load(self, patient: Patient, unit: str, actor: str, cause: int) -> None:
        """Put a patient into an ambulance, where treatment begins."""
        patient.gone = True
        self.give_care(patient, Care.FIELD)
        patient.seq = self._world.log.emit("patient.loaded", actor, patient.id, cause, (patient.seq,), unit=unit)

    def leave_behind(self, patient: Patient, place: str, actor: str, cause: int) -> None:
        """Leave a loaded patient at a place, outside any care, because the crew was hurt."""
        if patient.dead:
            return
        self.within(patient.place).all.remove(patient)
        patient.place, patient.gone, patient.rescued = place, False, False
        self.within(place).all.append(patient)
        self.give_care(patient, Care.NONE)
        patient.seq = self._world.log.emit("patient.left", actor, patient.id, cause, (patient.seq,), place=place)
        self.count(self.within(place), patient.seq)

    def admit(self, patient: Patient, hospital: str, bays: Line, actor: str, cause: int) -> Process:
        """Process: wait for a treatment bay of a hospital and keep it."""
        log = self._world.log
        request = bays.take()
        also: tuple[int, ...] = (patient.seq,)
        if not request.triggered:
            waits = log.emit("patient.waiting", actor, patient.id, cause, bays.ahead, hospital=hospital)
            bays.claim(request, waits)
            also = (*also, waits)
            yield request
            also += bays.freed_by
        else:
            yield request
        bays.claim(request, cause)
        if not patient.dead:
            self.give_care(patient, Care.HOSPITAL)
            patient.seq = log.emit("patient.admitted", actor, patient.id, cause, also, hospital=hospital)
            if patient.severity is Severity.CRITICAL:
                return
            yield self._world.clock.wait(BAY_S)
        bays.give_back(request, patient.seq)

    def give_care(self, patient: Patient, care: Care) -> None:
        """Change what is being done for a patient."""
        self.settle(patient)
        patient.care = care
        self._plan_death(patient)

    def settle(self, patient: Patient) -> None:
        """Add up the hazard of a patient until now."""
        now = self._world.clock.now
        if not patient.dead:
            patient.hazard += patient.rate_per_h * (now - patient.since_s) / 3600
        patient.since_s = now

    def expected_deaths_micro(self) -> int:
        """Return the sum of the chances to have died so far, in millionths of a death."""
        for patient in self.everybody():
            self.settle(patient)
        return sum(round(-math.expm1(-patient.hazard) * 1_000_000) for patient in self.everybody())

    def _plan_death(self, patient: Patient) -> None:
        left = patient.threshold - patient.hazard
        seconds = max(0, math.ceil(left / patient.rate_per_h * 3600))
        if patient.dead or self._world.clock.now + seconds > self._world.horizon_s:
            return
        state = (patient.severity, patient.care)
        self._world.clock.at(seconds, lambda: self._die(patient, state))

    def _die(self, patient: Patient, state: tuple[Severity, Care]) -> None:
        if patient.dead or state != (patient.severity, patient.care):
            return
        self.settle(patient)
        patient.dead = True
        self.deaths += 1
        patient.seq = self._world.log.emit("patient.died", "", patient.id, patient.seq, where=patient.care.value)


BAY_S = 45 * 60
"""How long a serious patient needs a treatment bay, in seconds; a critical one keeps it to the end. A guess."""
