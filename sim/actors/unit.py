"""Units: agents that travel, see, work, and can be hurt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.comms.message import Message, Stated
from sim.county.toxicity import Severity
from sim.engine import Agent, Process
from sim.spec.base import FactValue
from sim.spec.county import Unit as Crew

if TYPE_CHECKING:
    from sim.actors.department import Department

ROUTE_FACTS = ("leak/exists", "leak/stopped", "wind/toward", "wind/forecast")
NEAR_SITE_M = 1200
"""From how far, in m, a crew can find out on the spot that there is a leak, and of what. A guess."""


class Unit(Agent):
    """A team with its vehicle.

    Attributes:
        place: Where it is, or was last.
        task: Id of its task, empty when idle.
        assigned: Number of the event that gave it its present or last task.
        fit: False once its crew is hurt.
        posted: True while it stays where it is as a post, such as at a cordon.
    """

    def __init__(self, department: Department, crew: Crew) -> None:
        super().__init__(department.world)
        self.department = department
        self.crew = crew
        self.id = crew.id
        self.place = crew.base
        self.task = ""
        self.assigned = 0
        self.fit = True
        self.posted = False
        self._scene = department.scene
        self._world = department.world
        self._load = 0.0
        self._tolerance = department.world.luck.uniform("crew tolerance", crew.id)

    @property
    def idle(self) -> bool:
        """Whether it can be given a task."""
        return self.fit and not self.task and not self.posted

    def seconds_to(self, place: str) -> int:
        """Return how long it would travel to a place, in seconds."""
        return self._scene.county.roads.seconds(self.place, place, siren=self.crew.siren)

    def gas_known_at(self, place: str) -> bool:
        """Whether its department must take it that there is gas at a place: it was told, or the leak is there."""
        value = self.department.picture.value
        leaking = value("leak/exists") is True and value("leak/stopped") is not True
        return value(f"{place}/gas") is True or (leaking and place == self._world.exercise.scenario.hazard.site)

    def known_of_gas(self) -> tuple[int, ...]:
        """Return the numbers of the events by which its department learned what routes depend on."""
        learned = self.department.learned
        return tuple(seq for key, seq in learned.items() if key in ROUTE_FACTS or key.endswith("/gas"))

    def _gas_likely(self) -> tuple[str, ...]:
        """Return where its department knows of gas, and what lies downwind of the leak as far as it knows the wind."""
        picture, release = self.department.picture, self._scene.release
        known = [key[:-4] for key, held in picture.held.items() if key.endswith("/gas") and held.value is True]
        if picture.value("leak/exists") is not True or picture.value("leak/stopped") is True:
            return tuple(known)
        site = self._world.exercise.scenario.hazard.site
        winds = (picture.value("wind/toward"), picture.value("wind/forecast"))
        return (*known, site, *(place for wind in winds for place in release.downwind.get(str(wind), ())))

    def go(
        self,
        to: str,
        task: str,
        cause: int,
        *,
        avoid_gas: bool,
        wait_outside: bool,
        riders: int = 0,
        also: tuple[int, ...] = (),
    ) -> Process:
        """Process: travel to a place, or as near as is safe; returns the number of the arrival, or None if hurt.

        Args:
            to: Where to.
            task: Id of the task.
            cause: Number of the event that sends it.
            avoid_gas: Drive around places where gas is known, or likely by the wind that is known.
            wait_outside: If unprotected, stop short of places where gas is known.
            also: Numbers of other events that made it go there.
            riders: People on board who are not crew; they breathe what the route has.
        """
        world, county = self._world, self._scene.county
        avoid = self._gas_likely() if avoid_gas else ()
        legs = county.roads.route(self.place, to, avoid)
        if wait_outside and not self.crew.protected:
            while legs and self.gas_known_at(legs[-1].to):
                legs.pop()
        times = [county.roads.leg_seconds(leg, siren=self.crew.siren) for leg in legs]
        if avoid_gas or wait_outside:
            also += self.known_of_gas()
        left = world.log.emit(
            "unit.left",
            self.department.id,
            self.id,
            cause,
            also,
            to=to,
            task=task,
            arrives_s=world.clock.now + sum(times),
        )
        for leg, seconds in zip(legs, times, strict=True):
            yield world.clock.wait(seconds)
            self.place = leg.to
            settlement = county.places[leg.to]
            if settlement.gas and riders:
                settlement.pass_through(riders, seconds / 60, left)
            if not self.breathe(seconds / 60, left):
                return None
        return world.log.emit("unit.arrived", self.department.id, self.id, left, place=self.place, task=task)

    def breathe(self, minutes: float, cause: int) -> bool:
        """Breathe the air where it is; returns False if the crew is hurt by it."""
        settlement = self._scene.county.places[self.place]
        if self.crew.protected or not settlement.gas:
            return True
        substance = self._scene.county.substance
        self._load += substance.load_rate(settlement.mg_m3()) * minutes
        if self._load < substance.load_for(self._tolerance, Severity.SERIOUS):
            return True
        self.fit = False
        also = () if settlement.gas_seq is None else (settlement.gas_seq,)
        self._world.log.emit(
            "unit.hurt", self.department.id, self.id, cause, also, place=self.place, crew=self.crew.crew
        )
        return False

    def report(self, task: str, facts: list[tuple[str, FactValue]], cause: int, also: tuple[int, ...] = ()) -> int:
        """Radio to its own department what it sees; returns the number of the event, ``cause`` if there is nothing."""
        if not facts:
            return cause
        exchange, now = self._scene.exchange, self._world.clock.now
        stated = tuple(Stated(key, value, now, self.id, True) for key, value in facts)
        ident = exchange.unique(f"{task}/{self.id}>{self.department.id}")
        so_since = tuple(seq for key, _ in facts if (seq := self._world.truth.seq(key)) is not None)
        so_since += tuple(self.department.learned[key] for key, _ in facts if key in self.department.learned)
        message = Message(ident, self.id, self.department.id, "report", stated, from_at=self.place)
        return exchange.send(message, cause, also + so_since)

    def look(self, task: str, cause: int, *, place: str | None = None, search: bool = False) -> None:
        """See what a crew sees at a place, and report what its department does not hold yet.

        Args:
            task: Id of the task.
            cause: Number of the event that lets it see.
            place: Where it looks; where it is by default.
            search: Whether it has searched for the source, not only arrived.
        """
        place = place or self.place
        truth, county = self._world.truth, self._scene.county
        seen: list[tuple[str, FactValue]] = []
        if county.places[place].gas or f"{place}/gas" in self.department.picture.held:
            seen.append((f"{place}/gas", county.places[place].gas))
        if patients := county.casualties.within(place).all:
            seen.append((f"{place}/hurt", len(patients)))
        if search and self._scene.release.bearings[place][1] <= NEAR_SITE_M:
            keys = ["leak/exists", "leak/substance", "leak/stopped"]
            keys += ["leak/size"] if place == self._world.exercise.scenario.hazard.site else []
            seen += [(key, value) for key in keys if (value := truth.value(key)) is not None]
        held = self.department.picture.held
        news = [(key, value) for key, value in seen if key not in held or not held[key].says(value)]
        self.report(task, news, cause)
