"""A flash flood: rain runs off, rivers rise, reservoirs fill, dams may fail, and water comes over places and roads."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

from sim.county.cohorts import Where
from sim.county.state import CountyState
from sim.county.travel_law import is_drowned
from sim.engine import Process, World
from sim.hazards.base import Hazard, Seen, ValueOf
from sim.hazards.dam import Dam
from sim.hazards.effort import Effort, Job
from sim.hazards.river import STEP_S, Bank, Rating, at_step, flow_of_land_m3_s, rain_by_step_mm_h
from sim.rng import Distribution, Shape
from sim.spec.hazards.flood import ColorAt, Flood
from sim.spec.orders import TaskKind
from sim.spec.warnings import COLOR

SHOWN_M = 0.2
"""By how much, in m, the water at a place must have changed for its people to be looked at anew."""
STAGES = ((1.0, "over"), (0.75, "high"), (0.35, "rising"))
"""How high the river is called, by its stage as a share of the height of the ground beside it. Shares are guesses."""
CALM = 0.5
"""Share of the height of the ground to which the river must have fallen for the flood to be over. A guess."""
WAVE_PASSES_S = 4 * 3600
"""How long after a dam has failed its wave may still be under way, in seconds. A guess."""
THREATENED_AT = ("orange", "red")
"""Colors of a weather warning from which the lowest places at the river count as threatened."""
DAM_FACTS = ("dam", "lower_dam")
WATER_FACTS = ("reservoir", "lower_reservoir")
GATE_FACTS = ("spillway", "lower_spillway")


class FlashFlood(Hazard):
    """A flash flood in a valley with dams.

    Attributes:
        dams: The dams, the upper one first.
        banks: The places at the river, from the spring down.
    """

    spec: Flood

    def __init__(self, world: World, county: CountyState, spec: Flood, *, main: bool) -> None:
        super().__init__(world, county, spec, main=main)
        self._luck = () if main else (self.own,)
        self._field = county.field_number(self.own)
        given = {reservoir.place: reservoir for reservoir in world.exercise.county.reservoirs}
        self.dams = [Dam(given[dam.place], dam, world.luck.uniform("dam", *self._luck, dam.place)) for dam in spec.dams]
        self._km = {dam: {one.place: one.km for one in given[dam].downstream} for dam in (d.place for d in spec.dams)}
        heights = {place.id: place.ground_m or 0.0 for place in world.exercise.county.places}
        ratings = world.exercise.derived(
            f"ratings/{self.own}", lambda: [Rating(reach, heights[reach.place]) for reach in spec.reaches]
        )
        self.banks = [
            Bank(reach, county.places[reach.place], self._km[reach.below][reach.place], rating)
            for reach, rating in zip(spec.reaches, ratings, strict=True)
        ]
        self._rain(given)
        work = world.exercise.plan.work.pump
        self._jobs = {dam.place: self._job(dam, number, work) for number, dam in enumerate(self.dams)}
        self._step = 0
        self._level = "low"
        self._says: dict[str, str] = {}
        self._climbed: dict[str, None] = {}
        self._drowned: dict[tuple[str, str], None] = {}

    def _rain(self, given: dict[str, Any]) -> None:
        """Let the rain of the whole storm fall and run off."""
        spec, luck = self.spec, self._world.luck
        factor = luck.amount(Distribution(Shape.LOGNORMAL, 1.0, spec.rain_sigma), "rain", *self._luck)
        self._rain_mm_h = rain_by_step_mm_h(spec.rain, factor)
        self._dam_land = [
            flow_of_land_m3_s(
                self._rain_mm_h, dam.rain_km2 or given[dam.place].catchment_km2, dam.concentration, spec.curve_number
            )
            for dam in spec.dams
        ]
        self._side_land = [
            flow_of_land_m3_s(self._rain_mm_h, reach.side_km2, reach.concentration, spec.curve_number)
            for reach in spec.reaches
        ]

    def _job(self, dam: Dam, number: int, work: Distribution | None) -> Job:
        seconds = 0 if work is None else self._world.luck.seconds(work, "work", "pump", dam.place)
        tells = f"{self.own}/{GATE_FACTS[number]}" if number < len(GATE_FACTS) else ""
        return Job(seconds, partial(self._let_go, dam, number), partial(_is_to_do, dam), tells=tells)

    # --- what actors ask ---------------------------------------------------------------------------------------------

    def extent(self) -> dict[str, Any]:
        """Return rain so far, flow and stage at the first place, and the levels of the first two reservoirs."""
        levels = {
            f"{name}_cm": round(dam.level_m * 100) if dam.failed_s is None else 0
            for name, dam in zip(WATER_FACTS, self.dams, strict=False)
        }
        rain_mm = math.fsum(rate * STEP_S / 3600 for rate in self._rain_mm_h[: self._step])
        deep = sum(bank.depth_m > 0 for bank in self.banks)
        return {"rain_mm": round(rain_mm), "stage_cm": round(self.banks[0].stage_m * 100), "flooded": deep, **levels}

    def owner_holds(self) -> Seen:
        """The owner of the upper dam sees the rain, and its reservoir."""
        return [(f"{self.subject}/sign", True), *self.true(tuple(f"{self.own}/{fact}" for fact in self._upper()))]

    def owner_sees(self) -> tuple[str, ...]:
        """The owner of the upper dam sees it, its water and its spillway."""
        return (*super().owner_sees(), *(f"{self.own}/{fact}" for fact in self._upper()))

    def seen(self, place: str) -> Seen:
        """A crew at the river sees that there is a flood, and at a dam how that is.

        How high the river is, which changes faster than crews report, others say who watch it all the time.
        """
        found = self.true((f"{self.subject}/exists", f"{self.subject}/over"))
        for number, dam in enumerate(self.dams[: len(DAM_FACTS)]):
            if dam.place == place:
                keys = (DAM_FACTS[number], WATER_FACTS[number], GATE_FACTS[number])
                return found + self.true(tuple(f"{self.own}/{key}" for key in keys))
        return found if any(bank.place == place for bank in self.banks) else []

    def threatened(self, value_of: ValueOf) -> tuple[str, ...]:
        """What lies below a dam that is not sound, and the lowest places while the river is high or may become so."""
        if value_of(f"{self.subject}/exists") is not True or value_of(f"{self.subject}/over") is True:
            return ()
        unsound = [
            dam.place
            for fact, dam in zip(DAM_FACTS, self.dams, strict=False)
            if value_of(f"{self.own}/{fact}") in ("seeping", "failing", "failed")
        ]
        rises = value_of(COLOR) in THREATENED_AT or value_of(f"{self.own}/level") in ("rising", "high", "over")
        low = [bank.place for bank in self.banks if rises and bank.below == self.dams[0].place] if self.dams else []
        return tuple(dict.fromkeys((*low, *(bank.place for bank in self.banks if bank.below in unsound))))

    def effort_at(self, task: TaskKind, at: str) -> Effort | None:
        """At a dam, the spillway can be cleared and the gate opened."""
        return self._jobs.get(at) if task is TaskKind.PUMP else None

    def _upper(self) -> tuple[str, ...]:
        return (DAM_FACTS[0], WATER_FACTS[0], GATE_FACTS[0]) if self.dams else ()

    def _let_go(self, dam: Dam, number: int, cause: int) -> None:
        dam.blocked, dam.opening = 0.0, 1.0
        seq = self.changed(cause)
        if number < len(GATE_FACTS):
            self.now_so(GATE_FACTS[number], "open", seq)

    # --- its course --------------------------------------------------------------------------------------------------

    def begin(self, cause: int) -> None:
        """The rain, the weather warnings, and the river that rises."""
        self.now_so("sign", True, cause)
        self.now_so("level", "low", cause)
        for number, dam in enumerate(self.dams[: len(DAM_FACTS)]):
            self.now_so(DAM_FACTS[number], dam.state, cause)
            self.now_so(WATER_FACTS[number], dam.water, cause)
            self.now_so(GATE_FACTS[number], "blocked" if dam.blocked else "clear", cause)
        for warning in self.spec.warnings:
            self._world.clock.at(warning.at, partial(self._warn, warning, cause))
        self._world.clock.start(self._run(cause))

    def _warn(self, warning: ColorAt, cause: int) -> None:
        self._world.truth.change(COLOR, warning.color, cause)

    def _run(self, cause: int) -> Process:
        """Process: step by step, let rain run off, reservoirs rise and fail, and the river stand in the places."""
        last = cause
        while self.running:
            yield self._world.clock.wait(STEP_S)
            last = self._pass(last)
            if self._is_over():
                self.end("recession", last)

    def _pass(self, last: int) -> int:
        """Let a step pass; returns the number of the last event that says what changed."""
        step, now = self._step, self._world.clock.now
        self._step += 1
        for number, dam in enumerate(self.dams):
            start_s = now - STEP_S
            dam.step(self._inflow(number, step, start_s), self._inflow(number, step + 1, now), start_s, STEP_S)
        for number, bank in enumerate(self.banks):
            bank.rises_to(self._flow_at(number, step, now))
        shown = [(bank, bank.changed_depths(SHOWN_M)) for bank in self.banks]
        says = self._words()
        if says == self._says and all(depths is None for _, depths in shown):
            return last
        self._says = says
        last = self.changed(last)
        for fact, value in says.items():
            self.now_so(fact, value, last)
        for bank, depths in shown:
            if depths is not None:
                bank.settlement.expose(self._field, depths, last)
                self._climb(bank, last)
        self._roads(last)
        return last

    def _climb(self, bank: Bank, cause: int) -> None:
        """Let some of those in their houses go upstairs, once, when the water comes."""
        if bank.place not in self._climbed and bank.settlement.danger:
            self._climbed[bank.place] = None
            people = round(self.spec.upstairs * bank.settlement.count(Where.INDOORS))
            bank.settlement.move(people, Where.INDOORS, Where.SEALED, cause, f"{self.own}/upstairs")

    def _words(self) -> dict[str, str]:
        """Return what is said of the river and the dams by now."""
        share = max(round(bank.stage_m / bank.ground_m, 3) if bank.ground_m > 0 else 0.0 for bank in self.banks)
        says = {"level": next((word for least, word in STAGES if share >= least), "low")}
        for number, dam in enumerate(self.dams[: len(DAM_FACTS)]):
            says[DAM_FACTS[number]] = dam.state
            says[WATER_FACTS[number]] = dam.water if dam.failed_s is None else "normal"
        return says

    def _inflow(self, number: int, step: int, at_s: int) -> float:
        """Return the flow into a dam in m³/s: from its land, and by the dam above it."""
        flow = at_step(self._dam_land[number], step)
        if number:
            above = self.dams[number - 1]
            km = self._km[above.place].get(self.dams[number].place)
            flow += 0.0 if km is None else self._from_dam(above, km, step, at_s)
        return flow

    def _from_dam(self, dam: Dam, km: float, step: int, at_s: int) -> float:
        lag = round(km * 1000 / self.spec.wave_m_s / STEP_S)
        return at_step(dam.outflows, step - lag) + dam.wave_m3_s(at_s, km * 1000, self.spec.wave_m_s)

    def _flow_at(self, number: int, step: int, at_s: int) -> float:
        """Return the flow at a place in m³/s: by the dam above it, and from the land between."""
        bank = self.banks[number]
        dam = next(dam for dam in self.dams if dam.place == bank.below)
        flow = self._from_dam(dam, bank.km, step, at_s)
        for other, side in zip(self.banks, self._side_land, strict=True):
            if other.below == bank.below and other.km <= bank.km:
                lag = round((bank.km - other.km) * 1000 / self.spec.wave_m_s / STEP_S)
                flow += at_step(side, step - lag)
        return flow

    def _roads(self, cause: int) -> None:
        """Close the roads that are under water, and open those that are not any more; crews find out by driving up."""
        banks = {bank.place: bank for bank in self.banks}
        for road in self._world.exercise.county.roads:
            near = [banks[end] for end in road.ends if end in banks]
            if not near:
                continue
            rise = max(bank.stage_m if road.bridge else bank.depth_m for bank in near)
            way = (road.ends[0], road.ends[1])
            if is_drowned(road, rise):
                self._county.block(None, way, cause)
                self._drowned[way] = None
            elif way in self._drowned:
                del self._drowned[way]
                self._county.clear(way, "", cause)

    def _is_over(self) -> bool:
        rains = self._step < len(self._rain_mm_h)
        risen = any(bank.stage_m > CALM * bank.ground_m for bank in self.banks)
        unsafe = any(dam.failed_s is None and dam.water != "normal" and dam.state != "sound" for dam in self.dams)
        on_its_way = any(
            dam.failed_s is not None and self._world.clock.now - dam.failed_s < WAVE_PASSES_S for dam in self.dams
        )
        return not (rains or risen or unsafe or on_its_way)


def _is_to_do(dam: Dam) -> bool:
    return dam.failed_s is None and (dam.blocked > 0 or dam.opening < 1)
