"""The process of a toxic release: the leak, the wind that turns, and the gas that arrives with the wind."""

from __future__ import annotations

import math
from functools import partial

from sim.county.casualties import Casualties
from sim.county.state import CountyState
from sim.engine import Process, World
from sim.hazards.plume import per_unit_rate
from sim.spec.county import Place
from sim.spec.scenario import WindTurn

SECTORS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")

DOWNWIND_M = 3000
"""How far downwind of a leak, in m, a driver who is told to keep out of the gas drives around. A guess."""


def sector(bearing_deg: float) -> str:
    """Return the eighth of the compass that a bearing (degrees clockwise from north) lies in."""
    return SECTORS[round(bearing_deg / 45) % 8]


class Release:
    """A leak of toxic gas at a site.

    Attributes:
        rate_g_s: Release rate at present, in g/s.
        toward_deg: Bearing that the wind blows toward, degrees clockwise from north.
        bearings: For each place the eighth of the compass in which it lies from the site, and its distance in m.
        downwind: Places within :data:`DOWNWIND_M` of the site, by the eighth of the compass in which they lie.
        plug_s: Work that two teams need to plug this leak, in seconds.
    """

    def __init__(self, world: World, county: CountyState) -> None:
        self._world = world
        self._county = county
        self._hazard = world.exercise.scenario.hazard
        site = county.places[self._hazard.site].place
        self._x_m, self._y_m = site.x_km * 1000, site.y_km * 1000
        self.bearings = {name: self._bearing(settlement.place) for name, settlement in county.places.items()}
        self.downwind: dict[str, list[str]] = {}
        for name, (bearing, distance_m) in self.bearings.items():
            if 0 < distance_m <= DOWNWIND_M:
                self.downwind.setdefault(bearing, []).append(name)
        self.rate_g_s = 0.0
        self.toward_deg = float(self._hazard.wind_toward_deg)
        self._released_kg = 0.0
        self._since_s = 0
        work = world.exercise.plan.work.contain
        self.plug_s = world.luck.seconds(work, "work", "contain", self._hazard.site)
        self._reached: dict[str, None] = {}

    @property
    def running(self) -> bool:
        """Whether gas leaks."""
        return self.rate_g_s > 0

    def start(self, cause: int) -> None:
        """Begin: the leak, those hurt at once, the turns of the wind, the escalation."""
        world, hazard, truth = self._world, self._hazard, self._world.truth
        self.rate_g_s = hazard.rate_g_s
        seq = world.log.emit("leak.started", "", hazard.site, cause, rate_g_s=round(hazard.rate_g_s))
        for fact, value in (
            ("leak/exists", True),
            ("leak/smell", True),
            ("leak/substance", hazard.substance),
            ("leak/size", "large"),
            ("leak/stopped", False),
            ("wind/toward", sector(self.toward_deg)),
        ):
            truth.change(fact, value, seq)
        self._hurt_at_once(seq, self._county.casualties)
        self._blow(seq)
        world.clock.start(self._run_empty(seq))
        for number, turn in enumerate(hazard.turns):
            world.clock.start(self._turn(turn, str(number), cause))
        if hazard.escalation is not None:
            world.clock.start(self._escalate(seq))

    def stop(self, by: str, cause: int) -> None:
        """Stop the leak; gas on its way still arrives."""
        if not self.running:
            return
        self._count()
        self.rate_g_s = 0.0
        seq = self._world.log.emit("leak.stopped", "", self._hazard.site, cause, by=by)
        self._world.truth.change("leak/stopped", True, seq)
        self._blow(seq)

    def _bearing(self, place: Place) -> tuple[str, float]:
        east_m, north_m = place.x_km * 1000 - self._x_m, place.y_km * 1000 - self._y_m
        return sector(math.degrees(math.atan2(east_m, north_m)) % 360), math.hypot(east_m, north_m)

    def _hurt_at_once(self, cause: int, casualties: Casualties) -> None:
        hurt = self._hazard.hurt_at_once
        light, serious, critical = (
            hurt.light + hurt.serious + hurt.critical,
            hurt.serious + hurt.critical,
            hurt.critical,
        )
        if light:
            site = self._hazard.site
            seq = self._world.log.emit(
                "people.hurt", "", site, cause, (), light=light, serious=serious, critical=critical
            )
            casualties.within(site).add(serious, critical, seq)

    def _count(self) -> None:
        now = self._world.clock.now
        self._released_kg += self.rate_g_s * (now - self._since_s) / 1000
        self._since_s = now

    def _run_empty(self, cause: int) -> Process:
        while self.running:
            self._count()
            left_s = (self._hazard.inventory_kg - self._released_kg) * 1000 / self.rate_g_s
            if left_s < 1:
                self.stop("empty", cause)
                return
            yield self._world.clock.wait(max(1, round(left_s)))

    def _escalate(self, cause: int) -> Process:
        escalation = self._hazard.escalation
        assert escalation is not None
        yield self._world.clock.wait(escalation.at)
        if self.running and self._world.luck.chance(escalation.chance, "escalation", self._hazard.site):
            self._count()
            self.rate_g_s *= escalation.rate_factor
            seq = self._world.log.emit("leak.changed", "", self._hazard.site, cause, rate_g_s=round(self.rate_g_s))
            self._blow(seq)
            self._world.clock.start(self._run_empty(seq))  # sooner than the one that waits by the old rate

    def _turn(self, turn: WindTurn, name: str, cause: int) -> Process:
        luck = self._world.luck
        bearing = turn.toward_deg[int(luck.uniform("wind", name) * len(turn.toward_deg))]
        spread = (luck.uniform("wind spread", name) - 0.5) * 12**0.5 * turn.spread_deg
        bearing_deg = round((bearing + spread) % 360, 3)
        yield self._world.clock.wait(min(turn.forecast_at, turn.at))
        self._world.truth.change("wind/forecast", sector(bearing_deg), cause)
        yield self._world.clock.wait(max(0, turn.at - turn.forecast_at))
        self.toward_deg = bearing_deg
        seq = self._world.log.emit("weather.turned", "", "wind", cause, toward_deg=round(bearing_deg))
        self._world.truth.change("wind/toward", sector(bearing_deg), seq)
        if self.running:
            self._blow(seq)

    def _blow(self, cause: int) -> None:
        """Let the present leak and wind reach each place after the time that the wind needs."""
        hazard = self._hazard
        for name, settlement in self._county.places.items():
            values = [
                self.rate_g_s
                * per_unit_rate(
                    cell.x_m - self._x_m, cell.y_m - self._y_m, self.toward_deg, hazard.wind_m_s, hazard.stability
                )
                for cell in settlement.cells
            ]
            if not any(values) and name not in self._reached:
                continue
            self._reached[name] = None
            arrive = partial(settlement.set_gas, values, cause)
            self._world.clock.at(round(self.bearings[name][1] / hazard.wind_m_s), arrive)
