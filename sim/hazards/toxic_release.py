"""A toxic release: the leak, the wind that turns, and the gas that arrives with the wind."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

from sim.county.state import CountyState
from sim.engine import Process, World
from sim.hazards.base import Hazard, Seen, ValueOf
from sim.hazards.compass import bearing_deg, sector
from sim.hazards.effort import Effort, Job
from sim.hazards.formulas.plume import per_unit_rate
from sim.spec.county import Place
from sim.spec.hazards.toxic_release import GasRelease, WindTurn
from sim.spec.orders import TaskKind

DOWNWIND_M = 3000
"""How far downwind of a leak, in m, a driver who is told to keep out of the gas drives around. A guess."""
NEAR_SITE_M = 1200
"""From how far, in m, a crew can find out on the spot that there is a leak, and of what. A guess."""


class Release(Hazard):
    """A leak of toxic gas at a site.

    Attributes:
        rate_g_s: Release rate at present, in g/s.
        toward_deg: Bearing that the wind blows toward, degrees clockwise from north.
        bearings: For each place the eighth of the compass in which it lies from the site, and its distance in m.
        downwind: Places within :data:`DOWNWIND_M` of the site, by the eighth of the compass in which they lie.
    """

    spec: GasRelease

    def __init__(self, world: World, county: CountyState, spec: GasRelease, *, main: bool) -> None:
        super().__init__(world, county, spec, main=main)
        site = county.places[self.site].place
        self._x_m, self._y_m = site.x_km * 1000, site.y_km * 1000
        self.bearings = {name: self._bearing(settlement.place) for name, settlement in county.places.items()}
        self.downwind: dict[str, list[str]] = {}
        for name, (bearing, distance_m) in self.bearings.items():
            if 0 < distance_m <= DOWNWIND_M:
                self.downwind.setdefault(bearing, []).append(name)
        self.rate_g_s = 0.0
        self.toward_deg = float(spec.wind_toward_deg)
        self._field = county.field_number(self.own)
        self._released_kg = 0.0
        self._since_s = 0
        work = world.exercise.plan.work.contain
        plug_s = world.luck.seconds(work, "work", "contain", self.site)
        self._plug = Job(
            plug_s,
            partial(self.end, "plug"),
            lambda: self.running,
            must_know=f"{self.own}/substance",
            tells=f"{self.subject}/over",
        )
        self._reached: dict[str, None] = {}

    def extent(self) -> dict[str, Any]:
        """Return the release rate in g/s."""
        return {"rate_g_s": round(self.rate_g_s or self.spec.rate_g_s)}

    def begin(self, cause: int) -> None:
        """The leak, those hurt at once, the turns of the wind, the escalation."""
        world, spec = self._world, self.spec
        self.rate_g_s, self._since_s = spec.rate_g_s, world.clock.now
        self.now_so("sign", True, cause)
        self.now_so("substance", spec.substance, cause)
        self.now_so("size", "large", cause)
        world.truth.change("wind/toward", sector(self.toward_deg), cause)
        hurt = spec.hurt_at_once
        county = self._county.casualties.within(self.site)
        if light := hurt.light + hurt.serious + hurt.critical:
            serious, critical = hurt.serious + hurt.critical, hurt.critical
            seq = world.log.emit(
                "people.hurt", "", self.site, cause, (), light=light, serious=serious, critical=critical
            )
            county.add(serious, critical, seq, self._county.fields[self._field].response.injury)
        self._blow(cause)
        world.clock.start(self._run_empty(cause))
        for number, turn in enumerate(spec.turns):
            world.clock.start(self._turn(turn, str(number), cause))
        if spec.escalation is not None:
            world.clock.start(self._escalate(cause))

    def end(self, by: str, cause: int) -> int | None:
        """Stop the leak; gas on its way still arrives."""
        self._count()
        seq = super().end(by, cause)
        if seq is not None:
            self.rate_g_s = 0.0
            self._blow(seq)
        return seq

    # --- what actors ask ---------------------------------------------------------------------------------------------

    def owner_holds(self) -> Seen:
        """The owner knows the substance, and thinks the leak small."""
        return [*super().owner_holds(), (f"{self.own}/substance", self.spec.substance), (f"{self.own}/size", "small")]

    def owner_sees(self) -> tuple[str, ...]:
        """The owner also sees where the water goes that is sprayed on the leak."""
        return (*super().owner_sees(), "river/polluted")

    def seen(self, place: str) -> Seen:
        """A crew near the site finds out what leaks, and at the site how much."""
        if self.bearings[place][1] > NEAR_SITE_M:
            return []
        keys = (f"{self.subject}/exists", f"{self.own}/substance", f"{self.subject}/over")
        return self.true((*keys, f"{self.own}/size") if place == self.site else keys)

    def threatened(self, value_of: ValueOf) -> tuple[str, ...]:
        """The site, and what lies downwind of it by the winds that are known."""
        there = super().threatened(value_of)
        winds = (value_of("wind/toward"), value_of("wind/forecast")) if there else ()
        return (*there, *(place for wind in winds for place in self.downwind.get(str(wind), ())))

    def effort(self, task: TaskKind) -> Effort | None:
        """The leak can be plugged."""
        return self._plug if task is TaskKind.CONTAIN else None

    # --- its course --------------------------------------------------------------------------------------------------

    def _bearing(self, place: Place) -> tuple[str, float]:
        east_m, north_m = place.x_km * 1000 - self._x_m, place.y_km * 1000 - self._y_m
        return sector(bearing_deg(east_m, north_m)), math.hypot(east_m, north_m)

    def _count(self) -> None:
        now = self._world.clock.now
        self._released_kg += self.rate_g_s * (now - self._since_s) / 1000
        self._since_s = now

    def _run_empty(self, cause: int) -> Process:
        """Process: wait until the vessel is empty."""
        while self.running:
            self._count()
            left_s = (self.spec.inventory_kg - self._released_kg) * 1000 / self.rate_g_s
            if left_s < 1:
                self.end("empty", cause)
                return
            yield self._world.clock.wait(max(1, round(left_s)))

    def _escalate(self, cause: int) -> Process:
        """Process: let the leak grow, unless it was plugged before."""
        escalation = self.spec.escalation
        assert escalation is not None
        yield self._world.clock.wait(escalation.at)
        if self.running and self._world.luck.chance(escalation.chance, "escalation", self.site):
            self._count()
            self.rate_g_s *= escalation.rate_factor
            seq = self.changed(cause)
            self._blow(seq)
            self._world.clock.start(self._run_empty(seq))  # sooner than the one that waits by the old rate

    def _turn(self, turn: WindTurn, name: str, cause: int) -> Process:
        """Process: let the wind turn."""
        luck, site = self._world.luck, () if self._field == 0 else (self.own,)
        bearing = turn.toward_deg[int(luck.uniform("wind", *site, name) * len(turn.toward_deg))]
        spread = (luck.uniform("wind spread", *site, name) - 0.5) * 12**0.5 * turn.spread_deg
        toward_deg = round((bearing + spread) % 360, 3)
        yield self._world.clock.wait(min(turn.forecast_at, turn.at))
        self._world.truth.change("wind/forecast", sector(toward_deg), cause)
        yield self._world.clock.wait(max(0, turn.at - turn.forecast_at))
        self.toward_deg = toward_deg
        seq = self._world.log.emit("weather.turned", "", "wind", cause, toward_deg=round(toward_deg))
        self._world.truth.change("wind/toward", sector(toward_deg), seq)
        if self.running:
            self._blow(seq)

    def _blow(self, cause: int) -> None:
        """Let the present leak and wind reach each place after the time that the wind needs."""
        spec = self.spec
        for name, settlement in self._county.places.items():
            values = [
                self.rate_g_s
                * per_unit_rate(
                    cell.x_m - self._x_m, cell.y_m - self._y_m, self.toward_deg, spec.wind_m_s, spec.stability
                )
                for cell in settlement.cells
            ]
            if not any(values) and name not in self._reached:
                continue
            self._reached[name] = None
            arrive = partial(settlement.expose, self._field, values, cause)
            self._world.clock.at(round(self.bearings[name][1] / spec.wind_m_s), arrive)
