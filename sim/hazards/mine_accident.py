"""A mine accident: people shut in underground, air and water against time, and the way to them that is cleared."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from sim.county.casualties import Patient
from sim.county.dose_response import Severity
from sim.county.injuries import Care
from sim.county.state import CountyState
from sim.engine import Occurrence, Process, World
from sim.hazards.base import Hazard, Seen
from sim.hazards.effort import Effort, Job, Stand
from sim.hazards.formulas.mine_water import Phase, volume_after_m3
from sim.hazards.underground import ShutIn
from sim.rng import Distribution
from sim.spec.base import FactValue
from sim.spec.hazards.mine import MineAccident
from sim.spec.orders import TaskKind

STEP_S = 600
"""Step of the accident, in seconds."""
OUTSIDE = "outside teams"
"""Who clears and pumps from outside the county, as the stands name them."""
WATER_WORDS = ((0.7, "high"), (0.3, "rising"))
"""How high the water is called, by its share of that at which it stands with the lowest group. Guesses."""
AIR_WORDS = ((0.5, "good"), (0.15, "short"))
"""What the air of the worst group is called, by the share that is left. Guesses."""


class Mine(Hazard):
    """An accident in a mine.

    Attributes:
        groups: Those who are shut in.
        water_m3: Water in the workings.
        cleared_m: How much of the way in is cleared.
    """

    spec: MineAccident

    def __init__(self, world: World, county: CountyState, spec: MineAccident, *, main: bool) -> None:
        super().__init__(world, county, spec, main=main)
        mine = next(mine for mine in world.exercise.county.mines if mine.place == self.site)
        self._inflow_m3_h = mine.inflow_m3_h if spec.inflow_m3_h is None else spec.inflow_m3_h
        self._own_pumps_m3_h = mine.pumps_m3_h * spec.pumps_left
        self._workings_m3 = mine.workings_m3
        self.groups: list[ShutIn] = []
        self.water_m3 = spec.broke_in_m3
        self.cleared_m = 0.0
        self._pumps: dict[str, float] = {}
        self._clearing: dict[str, float] = {}
        self._since_s = 0
        self._open: Occurrence = world.clock.occurrence()
        self._luck = () if main else (self.own,)
        self._drill_s = {group.id: self._drawn(spec.drills, group.id) for group in spec.groups}
        self._last = 0
        self._says: dict[str, FactValue] = {}

    def _drawn(self, length: Distribution, *names: str) -> int:
        return self._world.luck.seconds(length, "work", "drill", *self._luck, *names)

    def extent(self) -> dict[str, Any]:
        """Return who is still shut in and alive, the water in m³, and the way in that is cleared, in cm."""
        trapped = sum(len(group.alive()) for group in self.groups)
        return {
            "trapped": trapped if self.groups else sum(group.people for group in self.spec.groups),
            "water_m3": round(self.water_m3),
            "cleared_cm": round(self.cleared_m * 100),
        }

    # --- what actors ask ---------------------------------------------------------------------------------------------

    def owner_holds(self) -> Seen:
        """The owner knows from his lists how many are below, and that nobody can get in."""
        known = (f"{self.own}/trapped", f"{self.own}/way_in", f"{self.own}/water")
        return [*super().owner_holds(), (f"{self.subject}/sign", True), *self.true(known)]

    def owner_sees(self) -> tuple[str, ...]:
        """The owner sees who comes out, and how far the way in is."""
        own = ("trapped", "way_in", "water", "contact")
        return (*super().owner_sees(), *(f"{self.own}/{fact}" for fact in own))

    def seen(self, place: str) -> Seen:
        """A crew at the shaft sees the way in, and is told how many are below."""
        own = ("trapped", "way_in", "water", "contact")
        return [] if place != self.site else super().seen(place) + self.true(tuple(f"{self.own}/{f}" for f in own))

    def effort_at(self, task: TaskKind, at: str) -> Effort | None:
        """At the mine, the way in can be cleared, water pumped, and a hole drilled to those who are shut in."""
        if at != self.site:
            return None
        match task:
            case TaskKind.CLEAR_ROAD:
                return self._stand(self._clearing, self._open, self._is_shut, f"{self.own}/way_in")
            case TaskKind.PUMP:
                return self._stand(self._pumps, self.over, lambda: self.running, f"{self.own}/water")
            case TaskKind.RESTORE:
                group = self._worst_off()
                return None if group is None else self._drilling(group)
        return None

    def hinders(self, task: TaskKind, place: str) -> Occurrence | None:
        """Nobody can look for those who are shut in before the way in is clear."""
        return self._open if task is TaskKind.SEARCH and place == self.site and self._is_shut() else None

    def attempted(self, cause: int) -> None:
        """The owner clears the way in by himself."""
        self._settle()
        self.cleared_m = self.spec.way_in_m
        self._opened(self.changed(cause))

    def _stand(self, of: dict[str, float], until: Occurrence, pending: Callable[[], bool], tells: str) -> Stand:
        return Stand(partial(self._join, of), partial(self._leave, of), until, pending, tells)

    def _drilling(self, group: ShutIn) -> Job:
        return Job(
            self._drill_s[group.id],
            partial(self._reach, group),
            lambda: bool(not group.reached and group.alive()),
            tells=f"{self.own}/contact",
        )

    def _is_shut(self) -> bool:
        return self.running and not self._open.triggered

    # --- work on it --------------------------------------------------------------------------------------------------

    def _join(self, of: dict[str, float], unit: str, amount: float, cause: int) -> None:
        self._settle()
        of[unit] = amount
        self._last = self.changed(cause)

    def _leave(self, of: dict[str, float], unit: str, cause: int) -> None:
        self._settle()
        del of[unit]
        if self.running:
            self._last = self.changed(cause)

    def _reach(self, group: ShutIn, cause: int) -> None:
        """A drill hole reaches a group: air, food and medicine come down to it."""
        group.reached = True
        self._last = self.changed(cause)
        for patient in group.alive():
            self._county.casualties.give_care(patient, Care.FIELD)
        self.now_so("contact", True, self._last)

    def _opened(self, cause: int) -> None:
        """The way in is clear; now it can be counted who is hurt there."""
        if self._open.triggered:
            return
        self._last = cause
        self.now_so("way_in", "clear", cause)
        self._open.succeed(cause)
        within = self._county.casualties.within(self.site)
        self._world.truth.change(f"{self.site}/hurt", len(within.all), cause)
        self._world.truth.change(f"{self.site}/trapped", len(within.trapped()), cause)

    # --- its course --------------------------------------------------------------------------------------------------

    def begin(self, cause: int) -> None:
        """The blow, those who are shut in, the water, and help from outside once it is there."""
        self._last, self._since_s = cause, self._world.clock.now
        for fact, value in (("sign", True), ("way_in", "blocked"), ("contact", False)):
            self.now_so(fact, value, cause)
        self._shut_in(cause)
        self.now_so("trapped", sum(group.people for group in self.spec.groups), cause)
        self._world.truth.watch(self._notice)
        self._world.clock.start(self._run())

    def _shut_in(self, cause: int) -> None:
        """Make patients of those below: the wounded first, then those who are only shut in, group by group."""
        spec, casualties = self.spec, self._county.casualties
        within = casualties.within(self.site)
        total = sum(group.people for group in spec.groups)
        wounds = [Severity.CRITICAL] * spec.hurt.critical + [Severity.SERIOUS] * spec.hurt.serious
        self._world.log.emit(
            "people.hurt", "", self.site, cause, (), light=total, serious=total, critical=spec.hurt.critical
        )
        everybody: list[Patient] = []
        for number in range(total):
            injury = "trauma" if number < len(wounds) else "entrapped"
            severity = wounds[number] if number < len(wounds) else Severity.SERIOUS
            casualties.hurt(within, severity, cause, injury, trapped=True)
            everybody.append(within.all[-1])
        start = 0
        for group in spec.groups:
            own = everybody[start : start + group.people]
            self.groups.append(ShutIn(group, own, self._world.horizon_s / 60))
            start += group.people

    def _notice(self, key: str, value: FactValue, seq: int) -> None:
        help_ = self.spec.outside
        if key != f"{self.own}/outside_help" or value is not True or help_ is None or not self.running:
            return
        if help_.clears_m_h:
            self._join(self._clearing, OUTSIDE, help_.clears_m_h, seq)
        if help_.pumps_m3_h:
            self._join(self._pumps, OUTSIDE, help_.pumps_m3_h, seq)
        self._world.clock.start(self._drill_from_outside(help_.drills, seq))

    def _drill_from_outside(self, drills: Distribution, cause: int) -> Process:
        """Process: sink one hole after another from above, to those first who have the least air left."""
        drilled: dict[str, None] = {}
        while self.running and (group := self._worst_off(drilled)) is not None:
            drilled[group.id] = None
            yield self._world.clock.wait(self._drawn(drills, group.id, "outside"))
            if self.running and not group.reached and group.alive():
                self._reach(group, cause)

    def _worst_off(self, but: Collection[str] = ()) -> ShutIn | None:
        """Return the group with the least share of its air left that no hole reaches, besides some of them."""
        left = [one for one in self.groups if not one.reached and one.alive() and one.id not in but]
        return min(left, key=lambda one: round(one.air_left, 6), default=None)

    def _settle(self) -> None:
        """Let water, clearing and air run until now."""
        now = self._world.clock.now
        seconds, self._since_s = now - self._since_s, now
        pumps = self._own_pumps_m3_h + math.fsum(self._pumps.values())
        phase = Phase(0, self._inflow_m3_h, pumps)
        self.water_m3 = min(self._workings_m3, round(volume_after_m3(self.water_m3, phase, seconds), 9))
        if not self._open.triggered:
            done = math.fsum(self._clearing.values()) * seconds / 3600
            self.cleared_m = min(self.spec.way_in_m, round(self.cleared_m + done, 9))
        for group in self.groups:
            group.breathe(seconds / 60)

    def _run(self) -> Process:
        """Process: step by step, let the water rise, air be used up, and gas reach those who are shut in."""
        while self.running:
            yield self._world.clock.wait(STEP_S)
            self._settle()
            says = self._words()
            if says != self._says:
                self._says = says
                self._last = self.changed(self._last)
                for fact, value in says.items():
                    self.now_so(fact, value, self._last)
            for group in self.groups:
                group.strike(self._county.casualties, self.water_m3, self._last)
            if round(self.cleared_m, 6) >= self.spec.way_in_m and not self._open.triggered:
                self._opened(self.changed(self._last))
            if not any(group.alive() for group in self.groups):
                self.end("nobody is below", self._last)

    def _words(self) -> dict[str, FactValue]:
        """Return what is said of those below, of water and of air by now."""
        floors = [group.floor_m3 for group in self.groups if group.floor_m3 is not None and not group.drowned]
        share = round(self.water_m3 / min(floors), 3) if floors else 1.0
        left = [round(group.air_left, 3) for group in self.groups if group.alive() and not group.reached]
        worst = min(left, default=1.0)
        return {
            "trapped": sum(len(group.alive()) for group in self.groups),
            "water": next((word for least, word in WATER_WORDS if share >= least), "low"),
            "air": next((word for least, word in AIR_WORDS if worst >= least), "gone"),
        }
