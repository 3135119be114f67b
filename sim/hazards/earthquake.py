"""An earthquake: the main shock and its aftershocks, who is buried, freed and found, and who stays out in the cold."""

from __future__ import annotations

from functools import partial
from statistics import NormalDist
from typing import Any

from sim.clocktext import hour_of_day
from sim.county.casualties import Patient
from sim.county.cohorts import Where
from sim.county.state import CountyState
from sim.engine import Process, World
from sim.hazards.base import Hazard, Seen, ValueOf
from sim.hazards.effort import Effort, Job
from sim.hazards.formulas.aftershocks import magnitude, reasenberg_jones
from sim.hazards.formulas.ground_motion import RELATIONS, along_and_across_km, cold_factor, intensity
from sim.hazards.ruins import Toll, classes_of, inside, stay_out, toll
from sim.spec.hazards.earthquake import Earthquake
from sim.spec.orders import TaskKind

DAMAGE_FROM = 6.0
"""Intensity in degrees from which a shock can bring buildings down or hurt people."""
COUNT_EVERY_S = 180
"""How often those who are trapped are counted, in seconds."""
SEARCHED_AFTER_S = 2 * 3600
"""When at the earliest a search that finds nobody any more is over, in seconds. A guess."""
MILD_C = 10.0
"""Temperature in degrees C below which cold counts."""
IN_RUINS = (TaskKind.SEARCH, TaskKind.RESCUE)
"""What crews are at that work in ruins."""


class Quake(Hazard):
    """An earthquake below its site.

    Attributes:
        shaken: Intensity of the main shock at each place, in degrees.
    """

    spec: Earthquake

    def __init__(self, world: World, county: CountyState, spec: Earthquake, *, main: bool) -> None:
        super().__init__(world, county, spec, main=main)
        self._field = county.field_number(self.own)
        mixes = {mix.id: mix for mix in world.exercise.county.building_mixes}
        self._classes = {
            name: classes_of(mixes.get(one.place.buildings or ""), spec) for name, one in county.places.items()
        }
        normal = NormalDist()
        self._ground_deg = {
            name: normal.inv_cdf(world.luck.uniform("ground", self.own, name)) * spec.scatter_deg
            for name in county.places
        }
        self.shaken = {name: self._intensity(name, spec.magnitude, 0.0) for name in county.places}
        self._struck: dict[str, None] = {}
        self._shocks = 0
        self._began_s = 0
        self._last = 0
        self._shut = Job(
            world.luck.seconds(spec.check, "work", "shut valves", self.own),
            partial(self.now_so, "valves_shut", True),
            lambda: world.truth.value(f"{self.own}/valves_shut") is not True,
            tells=f"{self.own}/valves_shut",
        )

    # --- how large it is ---------------------------------------------------------------------------------------------

    @property
    def trapped(self) -> int:
        """How many alive are trapped."""
        return sum(len(self._county.casualties.within(place).trapped()) for place in self._struck)

    def extent(self) -> dict[str, Any]:
        """Return the magnitude in tenths, the number of shocks, and how many alive are trapped."""
        return {
            "magnitude_tenths": round(self.spec.magnitude * 10),
            "shocks": self._shocks,
            "trapped": self.trapped,
        }

    def begin(self, cause: int) -> None:
        """The main shock; then aftershocks and the count of the trapped."""
        world, spec = self._world, self.spec
        self._began_s = world.clock.now
        self.now_so("sign", True, cause)
        self.now_so("magnitude", f"M{spec.magnitude:.1f}", cause)
        self._county.casualties.trapped_factor = cold_factor(spec.air_c, MILD_C)
        self._last = self._shock(spec.magnitude, self.shaken, "main", cause, 0.0)
        self._sum_up(self._last)
        world.clock.start(self._follow(self._last))
        world.clock.start(self._count())
        world.clock.start(self._go_in())

    # --- what actors ask ---------------------------------------------------------------------------------------------

    def seen(self, place: str) -> Seen:
        """A crew sees that there was an earthquake, and how many are trapped where it searches."""
        own = (f"{self.own}/valves_shut",) if place == self.spec.works else ()
        over = () if self.running else (f"{self.subject}/over",)
        return self.true((f"{self.subject}/exists", *over, f"{place}/trapped", *own))

    def threatened(self, value_of: ValueOf) -> tuple[str, ...]:  # noqa: ARG002 - the signature of all hazards
        """Nothing is in danger by it that one could keep away from."""
        return ()

    def effort(self, task: TaskKind) -> Effort | None:
        """The valves of the works can be shut by way of precaution."""
        return self._shut if task is TaskKind.CONTAIN and self.spec.works is not None else None

    # --- its shocks --------------------------------------------------------------------------------------------------

    def _intensity(self, name: str, size: float, along_km: float) -> float:
        """Return how strongly a place is shaken by a shock that lies so far from the site along the fault, in km."""
        place, site = self._county.places[name].place, self._county.places[self.site].place
        along, across = along_and_across_km(place.x_km - site.x_km, place.y_km - site.y_km, self.spec.strike_deg)
        value = intensity(RELATIONS[self.spec.region], size, along - along_km, across)
        return round(value + self._ground_deg[name], 9)

    def _follow(self, cause: int) -> Process:
        """Process: let aftershocks come, by the laws of Omori and of Gutenberg and Richter."""
        world, spec = self._world, self.spec.aftershocks
        law = reasenberg_jones(self.spec.magnitude, spec.least)
        at_days, number = 0.0, 0
        while True:
            number += 1
            names = (self.own, str(number))
            at_days = law.next_days(at_days, world.luck.uniform("aftershock", *names))
            if self._began_s + at_days * 86400 > world.horizon_s:
                return
            yield world.clock.wait(max(1, self._began_s + round(at_days * 86400) - world.clock.now))
            size = round(magnitude(world.luck.uniform("magnitude", *names), spec.least, greatest=spec.greatest), 1)
            along_km = (2 * world.luck.uniform("epicenter", *names) - 1) * spec.along_km
            shaken = {name: self._intensity(name, size, along_km) for name in self._county.places}
            self._last = self._shock(size, shaken, f"aftershock {number}", cause, spec.weakened_deg)
            self._hurt_crews(shaken, str(number), self._last)
            if size >= spec.strong:
                self.now_so("strong_aftershock", True, self._last)

    def _shock(self, size: float, shaken: dict[str, float], name: str, cause: int, weakened_deg: float) -> int:
        """Let a shock do its work everywhere; returns the number of its event."""
        self._shocks += 1
        seq = self._world.log.emit(
            "ground.shook", "", self.site, cause, of=self.own, magnitude_tenths=round(size * 10),
            intensity_tenths=round(max(shaken.values()) * 10),
        )  # fmt: skip
        for place, degrees in shaken.items():
            if degrees >= DAMAGE_FROM:
                cracked = weakened_deg if self.shaken[place] >= 7 else 0.0
                self._hit(place, degrees, name, cracked, seq)
        return seq

    def _hit(self, place: str, degrees: float, name: str, weakened_deg: float, seq: int) -> None:
        settlement = self._county.places[place]
        within, outside = settlement.count(Where.INDOORS), settlement.count(Where.OUTSIDE)
        if not within + outside:
            return
        world = self._world
        hour = hour_of_day(world.exercise.scenario.starts_at, world.clock.now)
        found = toll(
            within, inside(settlement.place, hour), degrees, self._classes[place],
            lambda what: world.luck.uniform("ruins", self.own, name, place, what), weakened_deg,
        )  # fmt: skip
        if any(found):
            self._strike(place, found, seq)
        leave = round(within * stay_out(degrees)) if self.shaken[place] == degrees or degrees >= 7 else 0
        moved = settlement.move(leave, Where.INDOORS, Where.OUTSIDE, seq, f"{self.own}/{name}")
        settlement.unhoused += moved
        chill = (MILD_C - self.spec.air_c) * self.spec.clothing
        if moved and chill > 0 and not settlement.levels()[self._field]:
            settlement.expose(self._field, [round(chill, 3)] * len(settlement.cells), settlement.moved_seq or seq)

    def _strike(self, place: str, found: Toll, seq: int) -> None:
        """Hurt people; of the buried, those who are critical die of their wounds, the others of being trapped."""
        settlement = self._county.places[place]
        patients = self._county.casualties.within(place)
        before = len(patients.all)
        settlement.strike(found.struck, found.buried, 0, "entrapped", seq, trapped=found.buried)
        if found.critical or found.killed:
            settlement.strike(0, 0, found.critical, "trauma", seq, trapped=found.critical, killed=found.killed)
        newly = patients.all[before:]
        if not newly:
            return
        self._struck[place] = None
        self._tell(place, seq)
        neighbors, luck = self.spec.neighbors, self._world.luck
        for patient in newly:
            if luck.chance(neighbors.share, "neighbors", patient.id):
                self._world.clock.at(
                    luck.seconds(neighbors.frees, "neighbors free", patient.id), partial(self._free, patient, seq)
                )

    def _free(self, patient: Patient, seq: int) -> None:
        """Let neighbors free somebody."""
        if patient.trapped and not patient.dead:
            people = self._world.exercise.county.people
            self._county.casualties.rescue(patient, "neighbors", people, seq, ())

    def _hurt_crews(self, shaken: dict[str, float], name: str, seq: int) -> None:
        """Hurt crews that work in ruins which a shock brings down farther."""
        for crew in self._county.crews:
            falls = shaken[crew.place] >= DAMAGE_FROM and crew.place in self._struck and crew.doing in IN_RUINS
            names = ("ruins fall", self.own, name, crew.id)
            if falls and self._world.luck.chance(self.spec.aftershocks.crew_hurt, *names):
                crew.bury(seq)

    # --- the trapped -------------------------------------------------------------------------------------------------

    def _count(self) -> Process:
        """Process: make it true how many are trapped, until nobody alive is."""
        while self.running:
            yield self._world.clock.wait(COUNT_EVERY_S)
            counted = self._sum_up(self._last)
            if not self.trapped and self._world.clock.now - self._began_s >= SEARCHED_AFTER_S:
                self.end("searched", counted)

    def _go_in(self) -> Process:
        """Process: hour by hour, let some of those outside find a shelter by themselves."""
        hour = 0
        while True:
            yield self._world.clock.wait(3600)
            hour += 1
            for settlement in self._county.places.values():
                if some := round(settlement.unhoused * self.spec.own_shelter_per_h):
                    cause = self._last if settlement.moved_seq is None else settlement.moved_seq
                    name = f"{self.own}/own shelter/{hour}"
                    settlement.unhoused -= settlement.move(some, Where.OUTSIDE, Where.SEALED, cause, name)

    def _sum_up(self, cause: int) -> int:
        """Make it true how many are trapped, place by place and in all; returns the number of the last event of it."""
        truth, key = self._world.truth, f"{self.own}/trapped"
        for place in self._struck:
            self._tell(place, cause)
        seqs = (truth.seq(f"{place}/trapped") for place in self._struck)
        truth.change(key, self.trapped, cause, tuple(seq for seq in seqs if seq is not None))
        return truth.seq(key) or cause

    def _tell(self, place: str, cause: int) -> None:
        patients = self._county.casualties.within(place)
        also = tuple(one.seq for one in patients.all)
        self._world.truth.change(f"{place}/trapped", len(patients.trapped()), cause, also)
