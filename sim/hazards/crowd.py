"""A crowd that grows beyond what a square and its stairs hold, until somebody falls or it is thinned out in time."""

from __future__ import annotations

import math
from functools import partial
from statistics import NormalDist
from typing import Any

from sim.county.cohorts import Where
from sim.county.dose_response import RESPONSES, Severity
from sim.county.state import CountyState
from sim.engine import Process, World
from sim.hazards.base import Hazard, Seen, ValueOf
from sim.hazards.crowd_flows import STEP_S, Flows, Measures, Now
from sim.hazards.effort import Effort, Job, Stand
from sim.hazards.formulas.crowd_flow import CRITICAL_PER_M2, DANGEROUS_PER_M2, LEVELS_PER_M2, level
from sim.hazards.pile import Pile
from sim.hazards.squeezed import Squeezed
from sim.spec.hazards import Crowd
from sim.spec.orders import TaskKind

LEVELS = ("thin", "dense", "dangerous", "crushing")
"""Values of the fact that says how dense the crowd is, by the level of its densest part."""
INFORMED = "public/informed"
"""Fact that keeps some at home."""
THIN_SHARE = 0.5
"""Share of the licensed number below which the crowd is over once nobody comes any more. A guess."""


class Gathering(Hazard):
    """A crowd on a square and on the stairs beside it.

    Attributes:
        flows: Those who come, stand and leave.
        pile: Those who have fallen.
    """

    spec: Crowd

    def __init__(self, world: World, county: CountyState, spec: Crowd, *, main: bool) -> None:
        super().__init__(world, county, spec, main=main)
        self._field = county.field_number(self.own)
        self._residents = county.places[spec.site]
        turnout = math.exp(spec.turnout_spread * NormalDist().inv_cdf(world.luck.uniform("turnout", self.own)))
        self.flows = Flows(spec, self._residents.people, round(turnout, 9))
        response, luck = RESPONSES[spec.harm], world.luck
        draws = [[luck.uniform("squeezed", self.own, which, one.name) for one in Severity] for which in ("all", "pile")]
        self._rest = Squeezed(response, draws[0])
        self._falls_at = -math.log(luck.uniform("fall", self.own))
        self._fallen_load = 0.0
        self.pile = Pile(world, county, spec, Squeezed(response, draws[1]), self)
        self._holding: dict[str, float] = {}
        self._regulating: dict[str, float] = {}
        self._acts: dict[str, int] = {}
        self._skipped_s: int | None = None
        self._began_s = self._last = 0
        self._shown = {spec.site: 0, spec.stairs: 0}
        self._done = Measures().acting()
        tells = f"{self.subject}/over"
        self._holds = Stand(
            partial(self._join, self._holding, False), self._leave, self.over, lambda: self.running, tells
        )
        self._regulates = Stand(
            partial(self._join, self._regulating, True), self._leave, self.over, lambda: self.running
        )
        skip_s = (
            0
            if world.exercise.plan.work.close_down is None
            else luck.seconds(world.exercise.plan.work.close_down, "work", "skip stop", self.own)
        )
        self._skip = Job(
            skip_s, self._skip_stop, lambda: self.running and self._skipped_s is None, tells=f"{self.own}/buses_skip"
        )

    # --- how large it is ---------------------------------------------------------------------------------------------

    def extent(self) -> dict[str, Any]:
        """Return the persons on square and stairs, and how many of them there are on ten m²."""
        flows = self.flows
        return {
            "on_square": flows.square.persons,
            "on_stairs": flows.on_stairs,
            "square_per_10m2": round(10 * flows.square_per_m2),
            "stairs_per_10m2": round(10 * flows.stairs_per_m2),
        }

    def begin(self, cause: int) -> None:
        """More people come than were expected."""
        self._began_s, self._last = self._world.clock.now, cause
        self.now_so("sign", True, cause)
        self.now_so("level", LEVELS[0], cause)
        self.now_so("volume", "licensed", cause)
        self._world.clock.start(self._run())

    # --- what actors ask ---------------------------------------------------------------------------------------------

    def owner_holds(self) -> Seen:
        """The owner counts at the gates, and thinks that it is as every year."""
        return [*super().owner_holds(), (f"{self.own}/volume", "licensed"), (f"{self.own}/level", LEVELS[0])]

    def owner_sees(self) -> tuple[str, ...]:
        """The owner sees on his screens how many there are, and when people have fallen."""
        own = (f"{self.own}/{attribute}" for attribute in ("volume", "level", "fallen", "freed"))
        return (*super().owner_sees(), *own)

    def seen(self, place: str) -> Seen:
        """A crew on the square or the stairs sees how dense it is and whether people lie there."""
        if place not in (self.site, self.spec.stairs):
            return []
        own = (f"{self.own}/{attribute}" for attribute in ("level", "volume", "fallen", "freed"))
        return self.true((f"{self.subject}/exists", f"{self.subject}/over", *own))

    def threatened(self, value_of: ValueOf) -> tuple[str, ...]:
        """The stairs, for whoever knows that the crowd is dangerous."""
        worst = value_of(f"{self.own}/level") in LEVELS[2:] and value_of(f"{self.subject}/over") is not True
        return (self.spec.stairs,) if worst else ()

    def effort_at(self, task: TaskKind, at: str) -> Effort | None:
        """Police hold people back at the square, and regulate the stairs; the buses need not stop there."""
        if task is TaskKind.CLOSE_DOWN:
            return self._skip
        if task is not TaskKind.CONTROL_FLOW:
            return None
        return self._regulates if at == self.spec.stairs else self._holds

    def hinders(self, task: TaskKind, place: str) -> Any:
        """Nobody gets to those who lie on the stairs before police have pushed through."""
        at_pile = place == self.spec.stairs and task in (TaskKind.RESCUE, TaskKind.SEARCH)
        return self.pile.way_in if at_pile else None

    # --- what is done to it ------------------------------------------------------------------------------------------

    def _join(self, group: dict[str, float], near: bool, unit: str, amount: float, seq: int) -> None:
        group[unit], self._acts[unit] = amount, seq
        self.pile.police_came(unit, near=near, cause=seq)

    def _leave(self, unit: str, seq: int) -> None:
        self._holding.pop(unit, None)
        self._regulating.pop(unit, None)
        self._acts[unit] = seq
        self.pile.police_left(unit)

    def _skip_stop(self, cause: int) -> None:
        self._skipped_s = self._world.clock.now + self.spec.bus_lag
        self._acts["buses"] = cause
        self.now_so("buses_skip", True, cause)

    def _measures(self) -> Measures:
        people, counts = self._residents.people, self._residents.counts
        told = (counts[Where.OUTSIDE] + counts[Where.AWAY]) / people if people else 0.0
        return Measures(
            holding=math.fsum(self._holding.values()),
            regulating=math.fsum(self._regulating.values()),
            buses_skip=self._skipped_s is not None and self._world.clock.now >= self._skipped_s,
            informed=self._world.truth.value(INFORMED) is True,
            told_to_leave=told,
            told_to_stay=counts[Where.SEALED] / people if people else 0.0,
        )

    def _looked_at(self) -> tuple[int, ...]:
        seqs = (self._world.truth.seq(INFORMED), self._residents.moved_seq, self.pile.seq)
        return (*self._acts.values(), *(seq for seq in seqs if seq is not None))

    # --- its course --------------------------------------------------------------------------------------------------

    def _run(self) -> Process:
        """Process: step by step, let people come, move, be squeezed and fall."""
        while self.running:
            yield self._world.clock.wait(STEP_S)
            measures = self._measures()
            pile = self.pile
            now = Now(self._world.clock.now - self._began_s, pile.people, pile.knows_behind(self._world.clock.now))
            self.flows.go_on(now, measures)
            self._press()
            self._note(measures)

    def _press(self) -> None:
        """Let those on the stairs gather what a minute of it does to them."""
        flows, minutes = self.flows, STEP_S / 60
        self._rest.renew(flows.stairs.persons - flows.stairs.entered, flows.stairs.entered)
        newly = self._rest.press(flows.stairs.persons, flows.stairs_per_m2, minutes)
        self.hurt(newly, self._last, self._looked_at())
        self.pile.press(minutes, self._looked_at())

    def hurt(
        self, newly: tuple[int, int, int], cause: int, also: tuple[int, ...], *, trapped: bool = False
    ) -> int | None:
        """Hurt visitors on the stairs; returns the number of the event, None if nobody was hurt."""
        light, serious, critical = newly
        if not light:
            return None
        stairs = self.spec.stairs
        patients = self._county.casualties.within(stairs)
        seen = tuple(patient.seq for patient in patients.all)
        seq = self._world.log.emit(
            "people.hurt", "", stairs, cause, (*also, *seen), light=light, serious=serious, critical=critical
        )
        injury = self._county.fields[self._field].response.injury
        patients.add(serious, critical, seq, injury, serious if trapped else 0)
        return seq

    def _note(self, measures: Measures) -> None:
        """Note in record and truth what has changed, let somebody fall if it is time, and see whether it is over."""
        flows, spec = self.flows, self.spec
        worst = max(flows.square_per_m2, flows.stairs_per_m2)
        name = LEVELS[3] if self.pile.people else LEVELS[level(worst)]
        persons = flows.square.persons + flows.on_stairs
        volume = "licensed" if persons <= spec.licence else "over" if persons < spec.last_year else "last_year"
        value = self._world.truth.value
        done, self._done = self._done, measures.acting()
        if name != value(f"{self.own}/level") or volume != value(f"{self.own}/volume") or done != self._done:
            self._last = self.changed(self._last, self._looked_at())
            self.now_so("level", name, self._last)
            self.now_so("volume", volume, self._last)
        self._show(spec.site, flows.square_per_m2)
        self._show(spec.stairs, flows.stairs_per_m2)
        self._perhaps_fall(measures)
        thin = persons < THIN_SHARE * spec.licence and flows.stairs_per_m2 < LEVELS_PER_M2[0]
        if thin and not self.pile.people and (flows.nobody_comes or measures.told_to_leave > THIN_SHARE):
            self._last = self.changed(self._last, self._looked_at())
            self.end("dispersed", self._last)
            self._show(spec.site, 0.0)
            self._show(spec.stairs, 0.0)

    def _show(self, place: str, per_m2: float) -> None:
        """Let a place meet its density, if it has changed by half a person on a square meter and is felt."""
        halves = math.floor(2 * per_m2)
        before, felt = self._shown[place], math.floor(2 * DANGEROUS_PER_M2)
        if halves == before or max(halves, before) < felt:
            return
        self._shown[place] = halves
        self._last = self.changed(self._last, self._looked_at())
        settlement = self._county.places[place]
        settlement.expose(self._field, [halves / 2] * len(settlement.cells), self._last)

    def _perhaps_fall(self, measures: Measures) -> None:
        falls, excess = self.spec.falls, self.flows.stairs_per_m2 - DANGEROUS_PER_M2
        if self.pile.seq is not None or excess <= 0:
            return
        rate = falls.per_min * (excess / (CRITICAL_PER_M2 - DANGEROUS_PER_M2)) ** 2
        if self.flows.one_way(measures):
            rate *= falls.one_way
        elif measures.told_to_leave > 0:
            rate *= falls.turning
        self._fallen_load = round(self._fallen_load + rate * STEP_S / 60, 9)
        if self._fallen_load >= self._falls_at:
            self._last = self.pile.fall(self._last, self._looked_at(), self.flows.fall())
