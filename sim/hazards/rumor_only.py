"""A panic for which there is no reason but a rumor: people flee by night, roads fill, and vehicles meet with accidents.

Nothing happens at the site. The rumor itself goes round among the people (the actors let it spread); here is what
their flight does on the roads. One published case lost four people in one vehicle that went into a river, among some
ten thousand who fled; how often that happens is a guess of the scenario.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from sim.county.state import CountyState
from sim.engine import World
from sim.hazards.base import Hazard, Seen
from sim.hazards.effort import Effort, Stand
from sim.spec.hazards.rumor_only import RumorOnly, WayOut
from sim.spec.orders import TaskKind

FLOW_STEP = 50
"""By how many vehicles an hour the flow on a road must change for travel times to be found anew."""
CRITICAL_SHARE = 0.25
"""Share of the crashes on land in which the one who is seriously hurt is critical. A guess."""


class Panic(Hazard):
    """People who flee from nothing.

    The panic is there from when the first people leave until few of them are still away.

    Attributes:
        away: How many people are away from home.
        peak: The greatest number away so far.
        left: How many have left so far.
    """

    spec: RumorOnly

    def __init__(self, world: World, county: CountyState, spec: RumorOnly, *, main: bool) -> None:
        super().__init__(world, county, spec, main=main)
        self.away = self.peak = self.left = 0
        self._slot = 0
        self._flows = [0] * len(spec.ways_out)
        places = (*(way.at for way in spec.ways_out), *spec.shelters)
        self._teams: dict[str, dict[str, None]] = {place: {} for place in dict.fromkeys(places)}
        self._posted: dict[str, int] = {}
        self._stands = {
            place: Stand(
                partial(self._join, place),
                partial(self._leave, place),
                self.over,
                lambda: self.running,
                tells=f"{self.subject}/over",
            )
            for place in self._teams
        }

    def start(self, cause: int) -> None:
        """Begin with a rumor that nobody believes yet; there is a panic only once people leave."""
        if self.seq is None:
            self.running = True
            self.seq = self._world.log.emit("hazard.started", "", self.site, cause, of=self.own, **self.extent())
            self.begin(self.seq)

    def begin(self, cause: int) -> None:
        """Wait for people to believe it: there is nothing to find out before somebody asks."""

    def extent(self) -> dict[str, Any]:
        """Return how many people are away, and how many have left."""
        return {"away": self.away, "left": self.left}

    # --- what actors ask ---------------------------------------------------------------------------------------------

    def owner_holds(self) -> Seen:
        """Whoever is on the site at night thinks that nothing is wrong; he has not walked around it."""
        return [(f"{self.own}/plant_word", "normal")]

    def seen(self, place: str) -> Seen:
        """A crew sees at the site that nothing is wrong, and on the roads how many flee."""
        panic = (f"{self.subject}/exists", f"{self.subject}/over")
        if place == self.site:
            return self.true((f"{self.own}/false",))
        return self.true((*panic, f"{self.own}/size", "neighbor/threatened")) if place in self._teams else []

    def effort_at(self, task: TaskKind, at: str) -> Effort | None:
        """Traffic can be guarded where accidents happen, and people can be taken in where shelters are."""
        return self._stands.get(at) if task is TaskKind.CONTROL_FLOW else None

    def _join(self, place: str, unit: str, amount: float, seq: int) -> None:  # noqa: ARG002 - one team is enough
        self._teams[place][unit] = None
        self._note(place, seq)

    def _leave(self, place: str, unit: str, seq: int) -> None:
        del self._teams[place][unit]
        self._note(place, seq)

    def _note(self, place: str, seq: int) -> None:
        teams = len(self._teams[place])
        self._posted[place] = self._world.log.emit("hazard.changed", "", place, seq, of=self.own, teams=teams)

    # --- its course --------------------------------------------------------------------------------------------------

    def fled(self, newly: int, away: int, seconds: int, cause: int) -> None:
        """Let people leave by the roads, and some of them meet with accidents; see whether it is over."""
        self._slot += 1
        if not self.running or not (newly or self.left):
            return
        if not self.left:
            self.now_so("sign", True, cause)
            self.now_so("false", True, cause)
            self.now_so("exists", True, cause)
            self.now_so("over", False, cause)
        self.left += newly
        self.away = away
        self.peak = max(self.peak, away)
        size = "large" if away >= self.spec.size_large else "small"
        self.now_so("size", size, cause)
        if away >= self.spec.neighbor_from:
            self._world.truth.change("neighbor/threatened", True, cause)
        on_road = newly - round(newly * self._taken_in)
        for number, way in enumerate(self.spec.ways_out):
            self._drive(number, way, on_road, seconds)
        self._crash(on_road, cause)
        if self.away <= self.spec.calm * self.peak:
            self.end("return", cause)

    @property
    def _taken_in(self) -> float:
        opened = sum(bool(self._teams[place]) for place in self.spec.shelters)
        return self.spec.sheltered * opened / max(1, len(self.spec.shelters))

    def end(self, by: str, cause: int) -> int | None:
        """Let it be over; the roads are empty again."""
        seq = super().end(by, cause)
        if seq is not None:
            for number, way in enumerate(self.spec.ways_out):
                self._drive(number, way, 0, 1)
        return seq

    def _drive(self, number: int, way: WayOut, people: int, seconds: int) -> None:
        vehicles_per_h = people * way.share / self.spec.people_per_vehicle * 3600 / seconds
        flow = round(vehicles_per_h / FLOW_STEP) * FLOW_STEP
        if flow != self._flows[number]:
            self._flows[number] = flow
            self._county.roads.load(way.road, flow, by=self.own)

    def _crash(self, on_road: int, cause: int) -> None:
        luck, slot, spec = self._world.luck, str(self._slot), self.spec
        mean = spec.accidents_per_1000 * on_road / 1000
        for number in range(luck.poisson(min(500.0, mean), "accidents", self.own, slot)):
            name = (self.own, slot, str(number))
            way = self._way(luck.uniform("accident way", *name))
            if way is None:
                continue
            prevented = luck.chance(spec.guarded, "accident prevented", *name)
            into_water = luck.chance(spec.into_water, "accident water", *name) and way.by_water
            if not (prevented and self._teams[way.at]):
                self._hurt(way.at, name, cause, into_water=into_water)

    def _way(self, u: float) -> WayOut | None:
        for way in self.spec.ways_out:
            if u < way.share:
                return way
            u -= way.share
        return None

    def _hurt(self, place: str, name: tuple[str, ...], cause: int, *, into_water: bool) -> None:
        """Hurt those in a vehicle: all of them badly if it goes into water, else one."""
        people = self.spec.people_per_vehicle
        serious = people if into_water else 1
        critical = people if into_water else int(self._world.luck.chance(CRITICAL_SHARE, "accident critical", *name))
        also = (cause, *(self._posted[one] for one in (place, *self.spec.shelters) if one in self._posted))
        seq = self._world.log.emit(
            "people.hurt", "", place, cause, also, light=people, serious=serious, critical=critical
        )
        injury = "drowning" if into_water else "trauma"
        self._county.casualties.within(place).add(serious, critical, seq, injury)
