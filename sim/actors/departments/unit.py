"""Units: agents that travel, see, work, and can be hurt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.actors.departments.crew import Crew as Condition
from sim.actors.departments.route_state import found_blocked
from sim.comms.message import Message, Stated
from sim.county.dose_response import Severity
from sim.county.roads import Leg
from sim.engine import Agent, Occurrence, Process
from sim.spec.base import FactValue
from sim.spec.county import Unit as Crew
from sim.spec.orders import Send, Supply, TaskKind

if TYPE_CHECKING:
    from sim.actors.departments.department import Department

ROUTE_FACTS = ("exists", "over", "danger")
"""Attributes of the facts that routes depend on, besides the wind."""


class Unit(Agent):
    """A team with its vehicle.

    Attributes:
        department: Whom it belongs to.
        crew: Its row of the county file.
        id: Its id.
        place: Where it is, or was last.
        task: Id of its task, empty when idle.
        doing: What it is or was last sent to do.
        assigned: Number of the event that gave it its present or last task.
        fit: False once its crew is hurt.
        resting: True while its crew rests.
        condition: How long it has been out, and what it can do.
        posted: True while it stays where it is as a post, such as at a cordon.
        held_off_by: The place outside whose danger it stopped on its last way; empty if outside none.
        down: Occurs with the number of the event by which its crew is hurt.
        here: Whether it can be given tasks; False for a force of somebody else until it has come and is registered.
        escorted: Whether it drives behind an escort now, and is let through traffic.
        tested: The mine where it has tested for gas; empty where in none.
        below_until_s: Until when it is underground, in seconds since the start.
        pace: Factor on its driving times, above 1 for those who do not know the roads.
        supplied_s: When it last got supplies that last for a while, by item, in seconds since the start.
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
        self.held_off_by = ""
        self.resting = False
        self.condition = Condition(department.world, crew)
        self.doing: TaskKind | None = None
        self.supplied_s: dict[str, int] = {}
        self._scene = department.scene
        self._world = department.world
        self._doses = [0.0] * len(department.scene.county.fields)
        self._tolerance = department.world.luck.uniform("crew tolerance", crew.id)
        self.down: Occurrence = department.world.clock.occurrence()
        self.here = crew.helper is None
        self.pace = 1.0
        self.escorted = False
        self.tested = ""
        self.below_until_s = 0
        department.scene.county.crews.append(self)

    @property
    def idle(self) -> bool:
        """Whether it can be given a task."""
        return self.here and self.fit and not (self.task or self.posted or self.resting)

    def join(self, cause: int) -> None:
        """Be at the disposal of the department from now on."""
        self.here = True
        self.department.set_free(self, cause)

    def seconds_to(self, place: str) -> int:
        """Return how long it would travel to a place, in seconds."""
        return self._scene.county.roads.seconds(self.place, place, siren=self.crew.siren)

    def seconds_from_base(self, place: str) -> int:
        """Return how long it would travel to a place from its base, in seconds."""
        return self._scene.county.roads.seconds(self.crew.base, place, siren=self.crew.siren)

    def in_reach(self, place: str) -> bool:
        """Return whether it is ever sent as far as a place."""
        if self.crew.reach is None:
            return True
        roads = self._scene.county.roads
        return roads.seconds(self.crew.base, place, siren=self.crew.siren, closed=()) <= self.crew.reach

    def work_s(self, kind: TaskKind | str, *names: str) -> int:
        """Return how long a piece of work takes its crew, in seconds."""
        return self.own_s(kind, self.department.work_s(kind, *names))

    def own_s(self, kind: TaskKind | str, seconds: int) -> int:
        """Return how long work takes its crew that takes a fresh full-time crew some seconds."""
        inside = any(hazard.met_inside(self.place) > 0 for hazard in self._scene.hazards)
        danger = self._scene.county.places[self.place].danger or inside
        return self.condition.work_s(kind, seconds, in_danger=danger)

    def rest_if_spent(self, task: str, cause: int) -> Process:
        """Process: rest, or be relieved, if the crew has been out too long; returns the number of the last event.

        Args:
            task: Its task, which waits meanwhile; empty if it is done.
            cause: Number of the event after which it rests.
        """
        if not self.fit or self.condition.lasts_s > 0:
            return cause
        clock, log, who = self._world.clock, self._world.log, self.department.id
        seconds = round(self._world.parameters["units.rest"] * 3600)
        ends_s = clock.now + seconds
        rests = log.emit("unit.resting", who, self.id, cause, (self.assigned,), task=task, ends_s=ends_s)
        self.resting = True
        yield clock.wait(seconds)
        self.resting = False
        self.condition.rested()
        return log.emit("unit.rested", who, self.id, rests, task=task)

    def danger_known_at(self, place: str) -> bool:
        """Whether its department must take it that a place is in danger: it was told, or it is where a hazard is."""
        value = self.department.picture.value
        if (told := value(f"{place}/danger")) is not None:
            return told is True
        here = (hazard for hazard in self._scene.hazards if hazard.site == place)
        return any(place in hazard.threatened(value) for hazard in here)

    def known_of_danger(self) -> tuple[int, ...]:
        """Return the numbers of the events by which its department learned what routes depend on."""
        learned = self.department.learned
        return tuple(
            seq for key, seq in learned.items() if key.startswith("wind/") or key.rpartition("/")[2] in ROUTE_FACTS
        )

    def _danger_likely(self) -> tuple[str, ...]:
        """Return where its department knows of danger, and where by what it knows there is likely some."""
        picture = self.department.picture
        known = [key[:-7] for key, held in picture.held.items() if key.endswith("/danger") and held.value is True]
        likely = (place for hazard in self._scene.hazards for place in hazard.threatened(picture.value))
        return (*known, *likely)

    def go_for(
        self, order: Send | Supply, task: str, cause: int, *, also: tuple[int, ...] = (), up_to_block: bool = False
    ) -> Process:
        """Process: travel where an order says and as carefully as it says; see :meth:`go`."""
        with_care = {"avoid_danger": order.avoid_danger, "wait_outside": order.wait_outside}
        return (yield from self.go(order.at, task, cause, **with_care, also=also, up_to_block=up_to_block))

    def go(
        self,
        to: str,
        task: str,
        cause: int,
        *,
        avoid_danger: bool,
        wait_outside: bool,
        riders: int = 0,
        also: tuple[int, ...] = (),
        up_to_block: bool = False,
    ) -> Process:
        """Process: travel to a place, or as near as is safe; returns the number of the arrival, or None if hurt.

        A blocked road is found out by driving up to it; then another way is taken, or the unit waits there until
        a road is cleared.

        Args:
            to: Where to.
            task: Id of the task.
            cause: Number of the event that sends it.
            avoid_danger: Drive around places where danger is known, or likely by what is known.
            wait_outside: If unprotected, stop short of places where danger is known.
            also: Numbers of other events that made it go there.
            riders: People on board who are not crew; they meet what the route has.
            up_to_block: Stop where a road is blocked and no other way is known, instead of waiting.
        """
        world, known, who = self._world, self.department.blocked, self.department.id
        while True:
            legs, self.held_off_by = self._way(to, avoid_danger=avoid_danger, wait_outside=wait_outside)
            roads, siren = self._scene.county.roads, self.crew.siren
            times = [round(self.pace * roads.leg_seconds(self._let_through(leg), siren=siren)) for leg in legs]
            also += (*self._scene.aid.traffic, *self._scene.county.directions)
            if avoid_danger or wait_outside:
                also += self.known_of_danger()
            also += tuple(known.values())
            arrives_s = world.clock.now + sum(times)
            left = world.log.emit("unit.left", who, self.id, cause, also, to=to, task=task, arrives_s=arrives_s)
            met = yield from self._drive(legs, times, left, riders)
            if met is None:
                return None
            arrived = world.log.emit("unit.arrived", who, self.id, left, met, place=self.place, task=task)
            if not met:
                self._scene.commanding.arrived(self, arrived)
            for way in [way for way, block in known.items() if block in met]:
                known[way] = arrived  # others who know of the block know it from this crew
            if self.place == to or (not met and (self.held_off_by or up_to_block)):
                return arrived
            cause, also = arrived, met
            if not met:  # as far as one gets, by what is known
                on = dict.fromkeys(known.values())
                cause = world.log.emit("task.waiting", who, task, arrived, tuple(on), on="transport", what="road")
                also = ((yield self._scene.county.clearing()),)
                for way in [way for way in known if way not in self._scene.county.blocks]:
                    del known[way]  # who is held up is told which road was cleared

    def _way(self, to: str, *, avoid_danger: bool, wait_outside: bool) -> tuple[list[Leg], str]:
        """Return the way by what is known, and the place outside whose danger it ends, if any."""
        avoid = self._danger_likely() if avoid_danger else ()
        known = tuple(self.department.blocked)
        closed = known if known or self._scene.county.blocks else None  # None: as it is, which is the same and quicker
        legs = self._scene.county.roads.route(self.place, to, avoid, closed=closed)
        if wait_outside and not self.crew.protected:  # nor through a danger where no way leads around it
            for number, leg in enumerate(legs):
                if self.danger_known_at(leg.to):
                    return legs[:number], leg.to
        return legs, ""

    def _let_through(self, leg: Leg) -> Leg:
        """Return a leg as it drives it: let through behind an escort, or as a responder where police direct traffic."""
        county = self._scene.county
        directed = self.crew.siren and (leg.start in county.directed or leg.to in county.directed)
        if not (directed or self.escorted):
            return leg
        return county.roads.let_through(leg, self._world.parameters["traffic.let_through"])

    def _drive(self, legs: list[Leg], times: list[int], left: int, riders: int) -> Process:
        """Process: drive leg by leg; returns the numbers of the events that block the way on, or None if hurt."""
        county = self._scene.county
        for leg, seconds in zip(legs, times, strict=True):
            if (block := county.blocks.get((leg.start, leg.to))) is not None:
                found_blocked(self.department, (leg.start, leg.to), block)
                return (block,)
            yield self._world.clock.wait(seconds)
            self.place = leg.to
            settlement = county.places[leg.to]
            if settlement.danger and riders:
                settlement.pass_through(riders, seconds / 60, left)
            if not self.meet_danger(seconds / 60, left):
                return None
        return ()

    def meet_danger(self, minutes: float, cause: int) -> bool:
        """Meet what is at the place where it is; returns False if the crew is hurt by it."""
        settlement = self._scene.county.places[self.place]
        if not self.fit:
            return False
        if self.crew.protected or not settlement.danger:
            return True
        hurt = False
        for number, (field, level) in enumerate(zip(settlement.fields, settlement.levels(), strict=True)):
            self._doses[number] = field.response.after(self._doses[number], level, minutes)
            hurt = hurt or self._doses[number] >= field.response.dose_for(self._tolerance, Severity.SERIOUS)
        if not hurt:
            return True
        self._fall(cause, () if settlement.danger_seq is None else (settlement.danger_seq,))
        return False

    def go_in(self, minutes: float, cause: int) -> bool:
        """Meet what is inside the place where it searches; returns False if the crew is hurt by it."""
        for hazard in self._scene.hazards:
            level = hazard.met_inside(self.place)
            if level <= 0 or self.crew.protected or not self.fit:
                continue
            number = self._scene.county.field_number(hazard.own)
            response = self._scene.county.fields[number].response
            self._doses[number] = response.after(self._doses[number], level, minutes)
            if self._doses[number] >= response.dose_for(self._tolerance, Severity.SERIOUS):
                self._fall(cause, () if hazard.seq is None else (hazard.seq,))
        return self.fit

    def _fall(self, cause: int, also: tuple[int, ...]) -> None:
        self.fit = False
        self.down.succeed(
            self._world.log.emit(
                "unit.hurt", self.department.id, self.id, cause, also, place=self.place, crew=self.crew.crew
            )
        )

    def strike(self, number: int, level: float, cause: int) -> None:
        """Meet an intensity of a field for a moment, whatever the crew wears; an idle crew at its base is elsewhere."""
        response = self._scene.county.fields[number].response
        dose = response.after(self._doses[number], level, 1 / 60)
        if self.fit and self.task and dose >= response.dose_for(self._tolerance, Severity.SERIOUS):
            self._fall(cause, (self.assigned,))

    def bury(self, cause: int) -> None:
        """Be hurt by what falls, whatever the crew wears."""
        if self.fit and self.task:
            self._fall(cause, (self.assigned,))

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
        county = self._scene.county
        seen: list[tuple[str, FactValue]] = []
        if (
            county.places[place].danger
            or self.danger_known_at(place)
            or f"{place}/danger" in self.department.picture.held
        ):
            seen.append((f"{place}/danger", county.places[place].danger))
        if patients := county.casualties.within(place).all:
            seen.append((f"{place}/hurt", len(patients)))
        if (bays := county.hospitals.bays.get(place)) and (
            bays.waiting or f"{place}/full" in self.department.picture.held
        ):
            seen.append((f"{place}/full", bays.waiting > 0))
        if search:
            seen += [
                fact
                for hazard in self._scene.hazards
                if hazard.seq is not None
                for fact in hazard.seen_by(place, protected=self.crew.protected)
            ]
        held = self.department.picture.held
        seen += self._scene.aid.seen_at(place) + self._scene.gatherings.seen_at(place, held)
        news = [(key, value) for key, value in seen if key not in held or not held[key].says(value)]
        self.report(task, news, cause)
