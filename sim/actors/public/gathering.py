"""Those who come to the doors of hospitals and shelters, and what their number does to those who work there.

Relatives follow their own to the hospital. Families who do not know where theirs are go round the hospitals. People who
were moved queue at the shelter to be registered. Fear brings more of them; who can ask by telephone where theirs are
comes less. They hold up ambulances and clerks as far as nobody keeps order. Police who do serve the safety of those who
came: nobody is sent away. Crushes at a door are not modeled. All numbers are guesses: no published figures were found.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from sim.county.casualties import Patient
from sim.county.cohorts import Where
from sim.county.dose_response import Severity
from sim.engine import Process
from sim.rng import Distribution, Shape
from sim.spec.base import FactValue
from sim.spec.command import CROWDED, UNNAMED

if TYPE_CHECKING:
    from sim.actors.departments.unit import Unit
    from sim.actors.scene import Scene

SLOT_S = 600
"""Time, in seconds, between two looks at how many have come. A guess."""
COME_S = 30 * 60
"""Time, in seconds, from a patient's arrival to that of the relatives. A guess."""
SEEK = 0.5
"""Share of the relatives of somebody without a name who are at one hospital, looking for theirs. A guess."""
ASK = 0.6
"""Share of the families who call a published hotline in place of going. A guess."""
STAY = 0.7
"""Share of the relatives who stay at home once somebody has told them where theirs are. A guess."""
NOTICED = 20
"""People at a door from whom on those who work there call it a crowd. A guess."""
FULL = 40
"""People whom nobody keeps in order from whom on more of them make it no worse. A guess."""
AN_OFFICER = 50
"""People whom one officer keeps in order, with a queue and a place to wait. A guess."""
IN_SHELTERS = 0.9
"""Share of those who were moved who are in shelters. A guess, as in the counts of the missing."""
FAMILY_FINDS = Distribution(Shape.LOGNORMAL, 4 * 3600, 0.5)
"""Time until a family that goes round the hospitals finds somebody without a name there. A guess."""


class Gatherings:
    """Those who gather, by place.

    Args:
        scene: The run.

    Attributes:
        registered: How many people in the shelter stand on its list.
        informed: Share of the families who can learn without coming where theirs are, once these have a name.
    """

    def __init__(self, scene: Scene) -> None:
        self.registered = 0
        self._scene = scene
        self._world = scene.world
        self._unnamed = scene.county.casualties.unnamed
        self._shelter = scene.world.exercise.scenario.population.assembly
        self._brought: dict[str, list[int]] = {}  # when patients were brought to each hospital
        self._because: dict[str, int] = {}  # number of the last event that brings people to a place
        self._officers: dict[str, dict[str, int]] = {}  # who keep order, by place and unit
        self._told: int | None = None  # number of the event by which families can ask
        self._attended: dict[str, int] = {}  # people to whom somebody gave psychological aid
        self._marks: dict[str, int] = {}
        self.informed = 0.0
        self._begun = False
        scene.world.truth.watch(self._notice)

    # --- who is there ------------------------------------------------------------------------------------------------

    def people(self, place: str) -> int:
        """Return how many people stand before the door of a hospital, or wait in the shelter to be registered."""
        if place == self._shelter:
            return max(0, self.sheltered - self.registered)
        come = sum(at_s + COME_S <= self._world.clock.now for at_s in self._brought.get(place, ()))
        if not come:
            return 0
        own = max(0, come - len(self._unnamed.at(place)))
        families = own * (1 - STAY * self.informed) + SEEK * len(self._unnamed)
        return round(self._world.parameters["relatives.per_patient"] * families * self._scene.public.mood.calling)

    @property
    def everybody(self) -> int:
        """How many people stand at all doors together."""
        return sum(self.people(place) for place in (*self._brought, self._shelter))

    @property
    def sheltered(self) -> int:
        """How many people are in the shelter."""
        return round(IN_SHELTERS * self._scene.county.people(Where.AWAY))

    def slowed(self, place: str) -> float:
        """Return by what factor those who gather slow down whoever works at a door."""
        held = AN_OFFICER * sum(self._officers.get(place, {}).values())
        pressing = max(0, self.people(place) - held)
        return 1 + (self._world.parameters["hospital.crowding"] - 1) * min(1.0, pressing / FULL)

    def because(self, place: str) -> tuple[int, ...]:
        """Return the numbers of the events by which it is as it is at a door."""
        came = () if place not in self._because else (self._because[place],)
        if place == self._shelter:
            moved = (one.moved_seq for one in self._scene.county.places.values())
            return (*came, *(seq for seq in moved if seq is not None))
        feeling = (self._scene.public.mood.seq, self._told)
        return (*came, *(seq for seq in feeling if seq is not None), *self._unnamed.because())

    @property
    def registered_because(self) -> tuple[int, ...]:
        """Numbers of the events by which as many are registered in the shelter as are."""
        return self.because(self._shelter)

    def seen_at(self, place: str, held: Container[str]) -> list[tuple[str, FactValue]]:
        """Return what a crew sees at a place: a crowd, persons without a name, or that what it had heard of is gone."""
        found = []
        for attribute, none in ((CROWDED, False), (UNNAMED, 0)):
            value = self._world.truth.value(f"{place}/{attribute}")
            if value or (value is not None and f"{place}/{attribute}" in held):
                found.append((f"{place}/{attribute}", value or none))
        return found

    # --- what changes it ---------------------------------------------------------------------------------------------

    def brought(self, hospital: str, patients: Sequence[Patient], actor: str, cause: int, held_up_s: int = 0) -> int:
        """Hear that patients were brought to a hospital; those who cannot speak have no name there.

        Returns:
            Number of the event.
        """
        also, number = self.because(hospital), len(patients)
        cause = self._world.log.emit(
            "patients.brought", actor, hospital, cause, also, patients=number, held_up_s=held_up_s
        )
        self._because[hospital] = cause
        self._brought.setdefault(hospital, []).extend([self._world.clock.now] * len(patients))
        silent = [one for one in patients if one.dead or one.severity is Severity.CRITICAL]
        unnamed = [one.id for one in silent if not self._unnamed.was_found(one.id)]
        self._unnamed.find([one.id for one in silent], hospital, actor, cause, tuple(one.seq for one in silent))
        for person in unnamed:
            self._world.clock.start(self._be_found(person, cause))
        return cause

    def keep_order(self, unit: Unit, cause: int) -> None:
        """Let a crew keep order where it stands, from now on."""
        self._officers.setdefault(unit.place, {})[unit.id] = unit.crew.crew
        self._hold(unit, cause)

    def leave(self, unit: Unit, cause: int) -> None:
        """Let a crew keep order no more."""
        self._officers[unit.place].pop(unit.id)
        self._hold(unit, cause)

    def _hold(self, unit: Unit, cause: int) -> None:
        place, before = unit.place, self._because.get(unit.place)
        officers, also = sum(self._officers[place].values()), () if before is None else (before,)
        self._because[place] = self._world.log.emit(
            "crowd.held", unit.department.id, place, cause, also, unit=unit.id, officers=officers
        )

    def can_ask(self, share: float, cause: int) -> None:
        """Let a share of the families be able to learn by telephone or from a list where theirs are."""
        if share > self.informed:
            self.informed, self._told = share, cause

    def attend(self, place: str, people: int, actor: str, unit: str, cause: int) -> int:
        """Give psychological aid to people who are there; returns how many could be attended to."""
        some = min(people, self.people(place) - self._attended.get(place, 0))
        if some <= 0:
            return 0
        self._attended[place] = self._attended.get(place, 0) + some
        seq = self._world.log.emit("people.comforted", actor, place, cause, self.because(place), people=some, unit=unit)
        self._scene.public.mood.comfort(min(1.0, sum(self._attended.values()) / max(1, self.everybody)), seq)
        return some

    def _be_found(self, person: str, cause: int) -> Process:
        """Process: a family goes round the hospitals until it finds its own, unless somebody tells it before."""
        yield self._world.clock.wait(self._world.luck.seconds(FAMILY_FINDS, "family finds", person))
        if self._unnamed.is_unnamed(person):
            self._unnamed.name(person, "family", self._world.exercise.county.people, cause)

    # --- as time goes on ---------------------------------------------------------------------------------------------

    def _notice(self, key: str, value: FactValue, seq: int) -> None:
        """Begin to gather once somebody is hurt or told to leave."""
        if not self._begun and value and key.endswith(("/hurt", "/ordered", "/unnamed")):
            self._begun = True
            self._world.clock.start(self._live(seq))

    def _live(self, cause: int) -> Process:
        """Process: let people come, be registered and go, step by step."""
        self._because.setdefault(self._shelter, cause)
        while True:
            yield self._world.clock.wait(SLOT_S)
            self._register()
            for place in (*self._brought, self._shelter):
                self._count(place)

    def _register(self) -> None:
        """Enter people of the shelter's queue on its list."""
        rate = self._world.parameters["shelter.registration"] * SLOT_S / 60
        registered = min(self.sheltered, self.registered)
        waiting = self.sheltered - registered
        self.registered = registered + min(waiting, round(rate / self.slowed(self._shelter)))
        if waiting and self.registered == self.sheltered:
            because, also = self._because[self._shelter], self.because(self._shelter)
            self._because[self._shelter] = self._world.log.emit(
                "shelter.registered", "", self._shelter, because, also, people=self.registered
            )

    def _count(self, place: str) -> None:
        """Note when a crowd has gathered, has doubled, or has gone."""
        people, mark = self.people(place), self._marks.get(place, 0)
        if people >= max(NOTICED, 2 * mark) or (mark and people < NOTICED // 2):
            gone = people < NOTICED
            self._marks[place] = 0 if gone else people
            seq = self._world.log.emit(
                "crowd.gathered", "", place, self._because[place], self.because(place), people=people
            )
            self._because[place] = seq
            self._world.truth.change(f"{place}/{CROWDED}", not gone, seq)
