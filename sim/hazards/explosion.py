"""An explosion: everybody near meets its pressure at one moment."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

from sim.county.dose_response import DoseResponse, Severity
from sim.county.state import CountyState
from sim.engine import World
from sim.hazards.base import Hazard
from sim.hazards.formulas.blast import overpressure_kpa, scaled_distance
from sim.spec.hazards import Explosion

LASTS_S = 1
"""How long the pressure is taken to last, in seconds; only its peak counts."""
CORDON = "cordon/closed"
"""Fact that keeps onlookers off."""


class Blast(Hazard):
    """An explosion at a site."""

    spec: Explosion

    def __init__(self, world: World, county: CountyState, spec: Explosion, *, main: bool) -> None:
        super().__init__(world, county, spec, main=main)
        site = county.places[self.site].place
        self._x_m, self._y_m = site.x_km * 1000, site.y_km * 1000
        self._field = county.field_number(self.own)
        self._u = tuple(world.luck.uniform("onlookers", self.own, severity.name) for severity in Severity)

    def extent(self) -> dict[str, Any]:
        """Return the mass of TNT that would explode like it, in kg."""
        return {"tnt_kg": round(self.spec.tnt_kg)}

    def begin(self, cause: int) -> None:
        """Let it go off: places, onlookers and crews meet the pressure, and it is over."""
        self.now_so("sign", True, cause)
        for settlement in self._county.places.values():
            values = [self._kpa(math.hypot(cell.x_m - self._x_m, cell.y_m - self._y_m)) for cell in settlement.cells]
            if max(values) >= self.spec.felt_kpa:
                settlement.expose(self._field, values, cause)
                self._world.clock.at(LASTS_S, partial(settlement.expose, self._field, [0.0] * len(values), cause))
        self._hurt_onlookers(cause)
        for crew in self._county.crews:
            place = self._county.places[crew.place].place
            away_m = math.hypot(place.x_km * 1000 - self._x_m, place.y_km * 1000 - self._y_m)
            if (kpa := self._kpa(max(away_m, self.spec.crews_m))) >= self.spec.felt_kpa:
                crew.strike(self._field, kpa, cause)
        self._world.clock.at(LASTS_S, lambda: (self.end("gone_off", cause), None)[1])

    def _kpa(self, away_m: float) -> float:
        return round(overpressure_kpa(scaled_distance(max(away_m, self.spec.crews_m), self.spec.tnt_kg)), 9)

    def _hurt_onlookers(self, cause: int) -> None:
        kept_off, since = self._world.truth.value(CORDON) is True, self._world.truth.seq(CORDON)
        response = self._county.fields[self._field].response
        kpa = self._kpa(self.spec.kept_off_m if kept_off else self.spec.onlookers_m)
        light, serious, critical = self._shares(response, kpa)
        if light or since is not None:  # that nobody is hurt may be because of the cordon
            also = () if since is None else (since,)
            seq = self._world.log.emit(
                "people.hurt", "", self.site, cause, also, light=light, serious=serious, critical=critical
            )
            self._county.casualties.within(self.site).add(serious, critical, seq, response.injury)

    def _shares(self, response: DoseResponse, kpa: float) -> tuple[int, int, int]:
        dose = response.after(0.0, kpa, 0.0)
        light, serious, critical = (
            math.floor(self.spec.onlookers * response.share_hurt(dose, severity) + self._u[severity])
            for severity in Severity
        )
        serious = min(light, serious)
        return light, serious, min(serious, critical)
