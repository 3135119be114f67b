"""A fire in a building: it grows, fills the building with smoke, and gives way to enough water."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

from sim.county.cohorts import Where
from sim.county.missing import by_calls, by_roster
from sim.county.state import CountyState
from sim.engine import Occurrence, Process, World
from sim.hazards.base import Hazard, Seen
from sim.hazards.compass import sector
from sim.hazards.effort import Effort, Job, Stand
from sim.hazards.formulas import fire_growth
from sim.hazards.formulas.smoke_inside import at_ground, exchange_m3_s, mixed_g_m3
from sim.hazards.people_inside import PeopleInside
from sim.spec.hazards import BuildingFire
from sim.spec.orders import TaskKind

QUICK_S, QUICK_STEP_S, STEP_S = 1200, 20, 60
"""In its first 20 min, when people leave, a fire is looked at every 20 s, later every minute."""
MARKS_KW = (500, 1000, 2000, 5000, 10_000, 20_000, 40_000, 80_000, 160_000)
"""Heat releases in kW at which the record notes that it grew or shrank, and its smoke is spread anew."""
CLEAR_MG_M3 = 100.0
"""Smoke in mg/m³ below which nobody inside gathers anything worth counting after the fire is out. A guess."""
LEAST_MG_M3 = 1.0
"""Smoke in mg/m³ below which a place that it has not reached yet is left out, a tenth of what is smelled."""
COUNT_EVERY_S = 20 * 60
"""How often those who miss somebody are counted, in seconds. A guess."""


class Fire(Hazard):
    """A fire in a building full of people.

    Attributes:
        people: Those in the building.
    """

    spec: BuildingFire

    def __init__(self, world: World, county: CountyState, spec: BuildingFire, *, main: bool) -> None:
        super().__init__(world, county, spec, main=main)
        site = county.places[self.site].place
        self._x_m, self._y_m = site.x_km * 1000, site.y_km * 1000
        by_openings = fire_growth.ventilation_peak_kw(spec.opening_m2, spec.opening_height_m)
        alpha = fire_growth.ALPHA_KW_S2[spec.growth]
        self._fuel = fire_growth.Fuel(alpha, min(spec.peak_kw, by_openings), spec.load_mj * 1000)
        self._exchange = exchange_m3_s(spec.opening_m2, spec.opening_height_m)
        self._heat_kj_g = fire_growth.HEAT_KJ_G[spec.material]
        self._field = county.field_number(self.own)
        self._fire = fire_growth.Fire()
        self._smoke_mg_m3 = 0.0
        self._since_s = self._began_s = 0
        self._water: dict[str, float] = {}
        self._acts: dict[str, int] = {}
        self._last = 0
        self._mark = 0
        self._reached: dict[str, None] = {}
        self._way_in: Occurrence | None = None
        self.people = PeopleInside(world, county, spec)
        self._left = 0
        self._downwind: dict[str, list[tuple[int, float, float]]] = {}
        for name, settlement in county.places.items():
            drifted = [(n, cell.x_m - self._x_m, cell.y_m - self._y_m) for n, cell in enumerate(settlement.cells)]
            if cells := [cell for cell in drifted if self._drift(*cell[1:], 0.0)]:
                self._downwind[name] = cells
        self._downwind.setdefault(self.site, [])
        work, luck = world.exercise.plan.work, world.luck
        cool_s = luck.seconds(work.contain, "work", "cool", self.own)
        self._cool = Job(
            cool_s,
            partial(self.now_so, "cooled", True),
            self._may_explode,
            must_know=f"{self.own}/cylinders",
            tells=f"{self.own}/cooled",
        )
        self._stand = Stand(self._join, self._leave, self.over, lambda: self.running, tells=f"{self.subject}/over")

    # --- how large it is ---------------------------------------------------------------------------------------------

    @property
    def water_l_s(self) -> float:
        """Water on the fire in L/s: what the crews bring, and no more than the mains give."""
        return min(math.fsum(self._water.values()), self.spec.water_supply_l_s)

    def extent(self) -> dict[str, Any]:
        """Return heat release in kW, water on it in L/s, and how many are inside."""
        return {
            "heat_kw": round(self._fire.heat_kw),
            "water_l_s": round(self.water_l_s),
            "inside": self.people.inside,
        }

    def begin(self, cause: int) -> None:
        """Those hurt at once, the fire itself, and the counting of those who are missed."""
        world, spec = self._world, self.spec
        self._since_s = self._began_s = world.clock.now
        self._last = cause
        self._county.places[self.site].move(spec.inside.people, Where.INDOORS, Where.CAUGHT, cause, self.own)
        self.now_so("sign", True, cause)
        self.now_so("size", "small", cause)
        self.now_so("inside", self.people.inside, cause)
        if spec.cylinders:
            self.now_so("cylinders", True, cause)
        world.truth.change("wind/toward", sector(spec.wind_toward_deg), cause)
        hurt = spec.hurt_at_once
        if light := hurt.light + hurt.serious + hurt.critical:
            serious = hurt.serious + hurt.critical
            seq = world.log.emit(
                "people.hurt", "", self.site, cause, light=light, serious=serious, critical=hurt.critical
            )
            self._county.casualties.within(self.site).add(serious, hurt.critical, seq, "burn")
        world.clock.start(self._burn())
        world.clock.start(self._count())

    def end(self, by: str, cause: int) -> int | None:
        """Let it be out; the smoke inside thins out from then on."""
        self._to_now()
        seq = super().end(by, cause)
        if seq is not None:
            self._last = seq
            self._fire = fire_growth.Fire(0.0, self._fire.burned_kj, True)
            self._spread(seq)
            self._open_way(seq)
        return seq

    # --- what actors ask ---------------------------------------------------------------------------------------------

    def owner_holds(self) -> Seen:
        """The owner knows what stands in his works, and thinks the fire small."""
        cylinders: Seen = [(f"{self.own}/cylinders", True)] if self.spec.cylinders else []
        return [*super().owner_holds(), (f"{self.own}/size", "small"), *cylinders]

    def owner_sees(self) -> tuple[str, ...]:
        """The owner counts by his roster who is missing."""
        return (*super().owner_sees(), f"{self.own}/roster")

    def seen(self, place: str) -> Seen:
        """A crew at the site sees how large it is, what may explode, and once nobody is left inside, that."""
        if place != self.site:
            return []
        own = tuple(f"{self.own}/{attribute}" for attribute in ("size", "held", "cylinders", "cooled"))
        found = self.true((f"{self.subject}/exists", f"{self.subject}/over", *own))
        return [*found, *([] if self.people.inside else [(f"{self.own}/inside", 0)])]

    def effort(self, task: TaskKind) -> Effort | None:
        """Water puts it out; cylinders can be cooled and carried off."""
        if task is TaskKind.CONTAIN and self._may_explode():
            return self._cool
        return self._stand if task is TaskKind.PUT_OUT else None

    def hinders(self, task: TaskKind, place: str) -> Occurrence | None:
        """Nobody can search a building that burns throughout, until some water covers those who go in."""
        if task is not TaskKind.SEARCH or place != self.site or not self._too_hot():
            return None
        if self._way_in is None or self._way_in.triggered:
            self._way_in = self._world.clock.occurrence()
        return self._way_in

    def shut_in(self, place: str) -> int:
        """Return how many are shut in by smoke or cannot walk, and are not seriously hurt."""
        return self.people.shut_in if place == self.site and self.seq is not None else 0

    def met_inside(self, place: str) -> float:
        """Return the smoke in mg/m³ in the part that burns."""
        return self._smoke_mg_m3 if place == self.site else 0.0

    def lead_out(self, place: str, people: int, unit: str, actor: str, cause: int) -> None:
        """Let a crew lead some of them out."""
        if place == self.site:
            seq = self.people.lead_out(people, unit, actor, cause)
            if seq is not None:
                self.now_so("inside", self.people.inside, seq)

    # --- its course --------------------------------------------------------------------------------------------------

    def _may_explode(self) -> bool:
        value = self._world.truth.value
        return self.running and value(f"{self.own}/cylinders") is True and not value(f"{self.own}/cooled")

    def _burn(self) -> Process:
        """Process: step by step, let the fire grow, be fought, and fill the building with smoke."""
        while self.running or (self._smoke_mg_m3 > CLEAR_MG_M3 and self.people.inside):
            quick = self._world.clock.now - self._began_s < QUICK_S
            yield self._world.clock.wait(QUICK_STEP_S if quick else STEP_S)
            self._to_now()
            if self._fire.out and self.running:
                self.end("water" if self._water else "burned_out", self._last)

    def _to_now(self) -> None:
        """Let the fire, its smoke and those inside go on to the present moment."""
        now = self._world.clock.now
        seconds = now - self._since_s
        if not seconds:
            return
        self._since_s = now
        if self.running:
            self._fire = fire_growth.step(self._fuel, self._fire, seconds, self.water_l_s)
        source = self._fire.heat_kw / self._heat_kj_g
        inside_g_m3 = mixed_g_m3(self._smoke_mg_m3 / 1000, source, self.spec.inside.volume_m3, self._exchange, seconds)
        self._smoke_mg_m3 = round(inside_g_m3 * 1000, 3)
        self.people.go_on(now - self._began_s, seconds, self._smoke_mg_m3, self._last, self._looked_at())
        if self.running:
            self._note()
        if gone := self.people.out - self._left:
            settlement, cause = self._county.places[self.site], self.people.seq or self._last
            settlement.move(gone, Where.CAUGHT, Where.AWAY, cause, f"{self.own}/out")
            self._left = self.people.out
        self.now_so("inside", self.people.inside, self.people.seq if self.people.seq is not None else self._last)

    def _looked_at(self) -> tuple[int, ...]:
        return tuple(self._acts.values())

    def _note(self) -> None:
        """Note in the record and the truth what has changed."""
        heat, also = self._fire.heat_kw, self._looked_at()
        mark = sum(heat >= one for one in MARKS_KW)
        held = bool(self._water) and fire_growth.absorbed_kw(self.water_l_s) >= heat
        if mark != self._mark or held != (self._world.truth.value(f"{self.own}/held") is True):
            self._mark = mark
            self._last = self.changed(self._last, also)
            if not self._fire.out:
                self._spread(self._last)
        self.now_so("size", "large" if heat >= self.spec.large_kw else "small", self._last)
        if held or self._world.truth.value(f"{self.own}/held") is not None:
            self.now_so("held", held, self._last)
        self._open_way(self._last)

    def _too_hot(self) -> bool:
        heat = self._fire.heat_kw
        needed = fire_growth.water_needed_l_s(heat)
        return self.running and heat >= self.spec.large_kw and self.water_l_s < self.spec.cover * needed

    def _open_way(self, seq: int) -> None:
        if self._way_in is not None and not self._way_in.triggered and not self._too_hot():
            self._way_in.succeed(seq)

    def _join(self, unit: str, amount: float, seq: int) -> None:
        self._acts[unit] = seq  # first: the step that ends here ends because of it
        self._to_now()
        self._water[unit] = amount
        self._open_way(seq)

    def _leave(self, unit: str, seq: int) -> None:
        self._acts[unit] = seq
        self._to_now()
        self._water.pop(unit, None)

    def _spread(self, cause: int) -> None:
        """Let the present smoke reach each place after the time that the wind needs."""
        spec = self.spec
        rise_m = fire_growth.smoke_rise_m(self._fire.heat_kw, spec.wind_m_s, spec.stability) if self.running else 0.0
        source = self._fire.heat_kw / self._heat_kj_g if self.running else 0.0
        for name, cells in self._downwind.items():
            settlement = self._county.places[name]
            values = [0.0] * len(settlement.cells)
            for number, east_m, north_m in cells:
                low, high = (self._drift(east_m, north_m, height) for height in (0.0, rise_m))
                values[number] = round(source * (spec.low_smoke * low + (1 - spec.low_smoke) * high), 6)
            if name == self.site and self.running:
                values[0] = max(values[0], spec.outside * self._smoke_mg_m3)
            if max(values) < LEAST_MG_M3 and name not in self._reached:
                continue
            self._reached[name] = None
            place = settlement.place
            away_m = math.hypot(place.x_km * 1000 - self._x_m, place.y_km * 1000 - self._y_m)
            arrive = partial(settlement.expose, self._field, values, cause)
            self._world.clock.at(round(away_m / spec.wind_m_s), arrive)

    def _drift(self, east_m: float, north_m: float, height_m: float) -> float:
        spec = self.spec
        return at_ground(east_m, north_m, spec.wind_toward_deg, spec.wind_m_s, spec.stability, height_m)

    def _count(self) -> Process:
        """Let the owner count by his roster, and the police by calls, who is missing."""
        yield self._world.clock.wait(self.spec.inside.roll_call)
        while True:
            self._to_now()
            cause = self.people.seq if self.people.seq is not None else self._last
            now = self.people.situation()
            self.now_so("roster", by_roster(now), cause)
            self.now_so("calls", by_calls(now), cause)
            yield self._world.clock.wait(COUNT_EVERY_S)
