"""Casualties: patients who get worse with time, are rescued, moved and treated, or die.

Each patient has a hazard of dying that depends on the kind of injury, severity, care and the time since the injury; it
adds up over time, and the patient dies when the sum passes a threshold that luck drew once. Better or earlier care can
therefore only help.
"""

from __future__ import annotations

import math

from sim.county.curve import Curve
from sim.county.dose_response import Severity
from sim.county.injuries import INJURIES, TRAPPED, Care, Injury
from sim.county.triage import Category
from sim.county.unnamed import Unnamed
from sim.engine import Occurrence, World


class Patient:
    """Somebody seriously or critically hurt.

    Attributes:
        id: Id of the patient: place and number.
        place: Where he is, or was when he was taken away.
        severity: How badly he is hurt.
        threshold: Hazard at which he dies: -ln of a uniform number.
        injury: Kind of injury.
        care: What is done for him.
        hazard: Hazard of dying that he has gone through.
        dead: Whether he is dead.
        since_s: Until when the hazard is added up.
        hurt_s: When he was hurt.
        trapped: Whether he must be freed before anybody can take him away.
        rescued: Whether he was brought out of danger.
        gone: Whether he was taken away.
        tag: As how urgent a crew has sorted him, None while nobody has.
        ruins: What being trapped adds because of the cold, if it does.
        plans: How often his death was planned; only the last plan holds.
        seq: Number of the event by which he is as he is.
    """

    __slots__ = (
        "care", "dead", "gone", "hazard", "hurt_s", "id", "injury", "place", "plans", "rescued", "ruins", "seq",
        "severity", "since_s", "tag", "threshold", "trapped",
    )  # fmt: skip

    def __init__(
        self, ident: str, place: str, severity: Severity, threshold: float, now: int, injury: Injury, *, trapped: bool
    ) -> None:
        self.id = ident
        self.place = place
        self.severity = severity
        self.threshold = threshold
        self.injury = injury
        self.care = Care.NONE
        self.hazard = 0.0
        self.since_s = self.hurt_s = now
        self.trapped = trapped
        self.rescued = False
        self.gone = False
        self.dead = False
        self.tag: Category | None = None
        self.ruins: Curve | None = None
        self.plans = 0
        self.seq = 0

    @property
    def curve(self) -> Curve:
        """Present hazard of dying, over the time since the injury."""
        curve = self.injury.curves[self.severity, self.care, self.trapped]
        return curve.plus(self.ruins) if self.trapped and self.ruins is not None else curve


class PlacePatients:
    """The patients of one place.

    Attributes:
        place: Id of the place.
        hurt_here: How many were hurt here, also those who were carried elsewhere since.
        killed_here: How many were dead here at once, and are no patients.
        all: Those who are counted here now.
    """

    def __init__(self, casualties: Casualties, place: str) -> None:
        self.place = place
        self.hurt_here = 0
        self.killed_here = 0
        self.all: list[Patient] = []
        self._casualties = casualties

    def add(self, serious: int, critical: int, cause: int, injury: str = "toxic", trapped: int = 0) -> None:
        """Add newly hurt people: first the critical come from those already serious of it, worst first.

        Args:
            serious: How many more are hurt at least seriously.
            critical: How many more are hurt critically.
            cause: Number of the event that hurts them.
            injury: Id of the kind of injury.
            trapped: How many of the newly hurt are trapped, the first ones.
        """
        for number in range(serious):
            self._casualties.hurt(self, Severity.SERIOUS, cause, injury, trapped=number < trapped)
        serious_ones = [one for one in self.all if one.severity is Severity.SERIOUS and one.injury.id == injury]
        worsening = [one for one in serious_ones if not (one.rescued or one.gone or one.dead)]
        passed = tuple(one.seq for one in serious_ones if one not in worsening)
        for patient in worsening[:critical]:
            self._casualties.worsen(patient, cause, passed)
        for number in range(critical - len(serious_ones)):
            self._casualties.hurt(self, Severity.CRITICAL, cause, injury, trapped=serious + number < trapped)
        if serious or critical:
            self._casualties.count(self, cause)

    def here(self, *, rescued: bool | None = None) -> list[Patient]:
        """Return those alive who still wait at the place, critical ones first.

        Args:
            rescued: Only those who were rescued, or only those who were not; by default all whom an ambulance can
                take, that is, all but the trapped.
        """
        waiting = [
            p
            for p in self.all
            if not p.gone and not p.dead and (not p.trapped if rescued is None else p.rescued == rescued)
        ]
        return sorted(waiting, key=lambda patient: (-patient.severity, patient.id))

    def trapped(self) -> list[Patient]:
        """Return those alive who are trapped, in the order in which they were hurt."""
        return [patient for patient in self.all if patient.trapped and not patient.dead]

    def anybody(self) -> bool:
        """Return whether somebody alive still waits at the place, trapped or not."""
        return any(not patient.gone and not patient.dead for patient in self.all)


class Casualties:
    """All patients of the run.

    Attributes:
        deaths: How many have died.
        killed: How many of them were dead at once, and are no patients.
        unnamed: Those whom nobody can name.
        trapped_factor: Factor on what being trapped adds, at least 1; more than 1 where it is cold.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._places: dict[str, PlacePatients] = {}
        self._watchers: dict[str, list[Occurrence]] = {}
        self.deaths = 0
        self.killed = 0
        self.unnamed = Unnamed(world)
        self.trapped_factor = 1.0

    def within(self, place: str) -> PlacePatients:
        """Return the patients of a place."""
        found = self._places.get(place)
        if found is None:
            found = self._places[place] = PlacePatients(self, place)
        return found

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

    def hurt(
        self, at: PlacePatients, severity: Severity, cause: int, injury: str = "toxic", *, trapped: bool = False
    ) -> None:
        """Add a patient.

        Raises:
            KeyError: If there is no such kind of injury.
        """
        at.hurt_here += 1
        ident = f"{at.place}/p{at.hurt_here}"
        threshold = -math.log(self._world.luck.uniform("survival", ident))
        now, kind = self._world.clock.now, INJURIES[injury]
        patient = Patient(ident, at.place, severity, threshold, now, kind, trapped=trapped)
        more: dict[str, str | bool] = {} if injury == "toxic" else {"injury": injury}
        if trapped:
            more["trapped"] = True
            if self.trapped_factor > 1:
                patient.ruins = TRAPPED.scaled(self.trapped_factor - 1)
        patient.seq = self._world.log.emit(
            "patient.hurt", "", ident, cause, (), severity=severity.name.lower(), place=at.place, **more
        )
        at.all.append(patient)
        self._plan_death(patient)

    def count(self, at: PlacePatients, cause: int) -> None:
        """Make it true how many are seriously hurt and trapped at a place; let those who watch it look again."""
        self._world.truth.change(f"{at.place}/hurt", len(at.all), cause)
        if trapped := len(at.trapped()):
            self._world.truth.change(f"{at.place}/trapped", trapped, cause)
        self.changed(at.place)

    def kill(self, place: str, people: int, cause: int) -> None:
        """Note people who are dead at once, whom nobody can name yet."""
        at = self.within(place)
        first, at.killed_here = at.killed_here + 1, at.killed_here + people
        self.deaths += people
        self.killed += people
        self.unnamed.find([f"{place}/k{number}" for number in range(first, at.killed_here + 1)], place, "", cause)

    def worsen(self, patient: Patient, cause: int, others: tuple[int, ...] = ()) -> None:
        """Make a serious patient critical; ``others`` are the events by which it is none of those before him."""
        self.settle(patient)
        patient.severity = Severity.CRITICAL
        patient.seq = self._world.log.emit("patient.worse", "", patient.id, cause, (patient.seq, *others))
        self._plan_death(patient)

    def suffer(self, patient: Patient, injury: str, cause: int) -> None:
        """Give a patient another injury besides, critically, whose course begins now.

        Raises:
            KeyError: If there is no such kind of injury.
        """
        self.settle(patient)
        patient.severity, patient.injury = Severity.CRITICAL, INJURIES[injury]
        patient.hurt_s = self._world.clock.now
        patient.seq = self._world.log.emit("patient.worse", "", patient.id, cause, (patient.seq,), injury=injury)
        self._plan_death(patient)

    def rescue(self, patient: Patient, unit: str, actor: str, cause: int, others: tuple[int, ...]) -> None:
        """Bring a patient out of danger; ``others`` are the events by which the other patients are as they are."""
        patient.rescued, was_trapped = True, patient.trapped
        if was_trapped:
            self.settle(patient)
            patient.trapped = False
            self._plan_death(patient)
        also = (*others, patient.seq)
        patient.seq = self._world.log.emit("patient.rescued", actor, patient.id, cause, also, unit=unit)
        if was_trapped:
            left = len(self.within(patient.place).trapped())
            self._world.truth.change(f"{patient.place}/trapped", left, patient.seq)
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

    def take_in(self, patient: Patient, hospital: str, cause: int) -> None:
        """Treat a patient where he lies in a hospital; nobody has to take him away any more."""
        patient.gone = True
        self.give_care(patient, Care.HOSPITAL)
        patient.seq = self._world.log.emit("patient.admitted", "", patient.id, cause, (patient.seq,), hospital=hospital)

    def give_care(self, patient: Patient, care: Care) -> None:
        """Change what is being done for a patient."""
        self.settle(patient)
        patient.care = care
        self._plan_death(patient)

    def settle(self, patient: Patient) -> None:
        """Add up the hazard of a patient until now."""
        now = self._world.clock.now
        if not patient.dead:
            patient.hazard += patient.curve.between(patient.since_s - patient.hurt_s, now - patient.hurt_s)
        patient.since_s = now

    def expected_deaths_micro(self) -> int:
        """Return how many deaths were to be expected so far, in millionths of a death.

        It is the sum of the hazards that patients went through until they died or until now: the compensator of the
        number of deaths, which has the same mean over all luck and scatters less where single chances are small.
        """
        for patient in self.everybody():
            self.settle(patient)
        return sum(round(patient.hazard * 1_000_000) for patient in self.everybody())

    def _plan_death(self, patient: Patient) -> None:
        patient.plans += 1
        now = self._world.clock.now
        seconds = patient.curve.reaches(now - patient.hurt_s, patient.threshold - patient.hazard)
        if patient.dead or now + seconds > self._world.horizon_s:
            return
        plan = patient.plans
        self._world.clock.at(math.ceil(seconds), lambda: self._die(patient, plan))

    def _die(self, patient: Patient, plan: int) -> None:
        if patient.dead or plan != patient.plans:
            return
        self.settle(patient)
        patient.dead = True
        self.deaths += 1
        patient.seq = self._world.log.emit("patient.died", "", patient.id, patient.seq, where=patient.care.value)
        if not (patient.gone or patient.trapped):
            self.unnamed.find([patient.id], patient.place, "", patient.seq)
