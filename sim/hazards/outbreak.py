"""An outbreak at a school: who falls ill of a meal or of others, until canteen, contacts and supplier are closed."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

from sim.county.cohorts import Where
from sim.county.state import CountyState
from sim.engine import Process, World
from sim.hazards.base import Hazard, Seen
from sim.hazards.contagion import Group
from sim.hazards.effort import Effort, Job
from sim.hazards.formulas import epidemic
from sim.spec.hazards import Outbreak
from sim.spec.orders import TaskKind

STEP_S = 15 * 60
"""How often it is looked at, in seconds; short against the times of all agents."""
MARKS = (1, 3, 5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 400, 600, 800)
"""Numbers of ill at which somebody counts them anew; 5 in a school and 30 elsewhere must be reported."""
ILLNESS = "illness"
"""Kind of injury of those who are seriously ill."""


class Epidemic(Hazard):
    """An outbreak that begins with a meal at a site.

    Attributes:
        pupils: Those who eat there.
        families: Families of pupils who were sent home ill or well.
    """

    spec: Outbreak

    def __init__(self, world: World, county: CountyState, spec: Outbreak, *, main: bool) -> None:
        super().__init__(world, county, spec, main=main)
        self._school = county.places[spec.site]
        luck = world.luck
        self.pupils = Group(spec, min(spec.eaters, self._school.people), partial(luck.uniform, "outbreak", self.own))
        self.families = Group(spec, 0, partial(luck.uniform, "outbreak at home", self.own))
        self._sent_home = 0
        self._owed = {one: luck.uniform("seriously ill", self.own, one) for one in ("serious", "critical")}
        self._lab_s = luck.seconds(spec.lab, "lab", self.own)
        self._acts: dict[str, int] = {}
        self._last = 0
        self._slot = 0
        self._serious = 0
        self._canteen = self._job("close_down", "canteen_closed", self._closed)
        self._supplier = self._job("close_down", "supplier_sealed", must_know=f"{self.own}/source")
        self._isolation = self._job("contain", "isolated")

    def _job(self, work: str, fact: str, then: Any = None, must_know: str = "") -> Job:
        """Return a job that makes a fact so."""
        length = getattr(self._world.exercise.plan.work, work)
        seconds = 0 if length is None else self._world.luck.seconds(length, "work", fact, self.own)

        def done(cause: int) -> None:
            self._acts[fact] = cause
            self.now_so(fact, True, cause)
            if then is not None:
                then(cause)
            self._perhaps_over(cause)

        return Job(seconds, done, lambda: not self._is_so(fact), must_know=must_know, tells=f"{self.own}/{fact}")

    def _is_so(self, fact: str) -> bool:
        return self._world.truth.value(f"{self.own}/{fact}") is True

    # --- how large it is ---------------------------------------------------------------------------------------------

    @property
    def cases(self) -> int:
        """How many have fallen ill, at school and at home."""
        return self.pupils.cases + self.families.cases

    def extent(self) -> dict[str, Any]:
        """Return how many have fallen ill, are ill, and are infected but not ill yet."""
        groups = (self.pupils, self.families)
        return {
            "cases": self.cases,
            "ill": sum(group.state.infectious for group in groups),
            "incubating": sum(group.state.exposed + group.incubating for group in groups),
        }

    def begin(self, cause: int) -> None:
        """The first are ill, of a meal some hours ago."""
        self._last = cause
        self.now_so("sign", True, cause)
        self.now_so("source", "supplier" if self.spec.supplier else "canteen", cause)
        ill = self.pupils.eat("first", -self.spec.before, self.spec.attack)
        if ill:
            self._hurt(ill, 0, 0, 0)
            self._count()
        for number, at_s in enumerate(self.spec.meals):
            self._world.clock.at(at_s, partial(self._serve, str(number), at_s))
        self._world.clock.start(self._run())

    # --- what actors ask ---------------------------------------------------------------------------------------------

    def owner_holds(self) -> Seen:
        """The school sees that some are ill, and takes it for a cold."""
        return [(f"{self.subject}/sign", True)]

    def owner_sees(self) -> tuple[str, ...]:
        """The school counts its sick-room."""
        return (*super().owner_sees(), f"{self.own}/cases", f"{self.own}/canteen_closed")

    def seen(self, place: str) -> Seen:
        """Who investigates at the school finds that it is an outbreak, how many are ill, and where the food is from."""
        if place != self.site:
            return []
        own = (f"{self.own}/{one}" for one in ("cases", "source", "canteen_closed", "isolated"))
        return self.true((f"{self.subject}/exists", f"{self.subject}/over", *own))

    def effort_at(self, task: TaskKind, at: str) -> Effort | None:
        """The canteen and the supplier can be closed, and the ill isolated."""
        if task is TaskKind.CLOSE_DOWN:
            return self._canteen if at == self.site else self._supplier if at == self.spec.supplier else None
        return self._isolation if task is TaskKind.CONTAIN and at == self.site else None

    # --- its course --------------------------------------------------------------------------------------------------

    def _serve(self, name: str, at_s: int) -> None:
        if not self._is_so("canteen_closed"):
            self.pupils.eat(name, at_s, self.spec.attack_again)

    def _closed(self, cause: int) -> None:
        """Send samples of the food to the laboratory."""

        def result() -> None:
            seq = self.now_so("agent", self.spec.agent, cause)
            self._acts["agent"] = cause if seq is None else seq

        self._world.clock.at(self._lab_s, result)

    def _perhaps_over(self, cause: int) -> None:
        needed = ("canteen_closed", "isolated", *(("supplier_sealed",) if self.spec.supplier else ()))
        if all(self._is_so(fact) for fact in needed):
            self.end("contained", cause)

    def _looked_at(self) -> tuple[int, ...]:
        moved = self._school.moved_seq
        return (*self._acts.values(), *(() if moved is None else (moved,)))

    def _run(self) -> Process:
        """Process: slot by slot, let people be infected, fall ill and recover."""
        while self._world.clock.now + STEP_S < self._world.horizon_s:
            yield self._world.clock.wait(STEP_S)
            self._send_home()
            self._step()
            self._slot += 1
        self._sum_up()

    def _sum_up(self) -> None:
        """Count those who will fall ill after the exercise, or whoever stops the spread late would lose little."""
        last = [group.state.exposed + group.incubating for group in (self.pupils, self.families)]
        if any(last):
            self._last = self.changed(self._last, self._looked_at())
            at_homes = last[1] + round(last[0] * self._sent_home / max(1, self.pupils.persons))
            self._hurt(sum(last) - at_homes, at_homes, 0, 0)

    def _send_home(self) -> None:
        """Let the families of those who have left the school since be in contact with them."""
        away = min(self._school.counts[Where.AWAY], self.pupils.persons)
        if away > self._sent_home:
            self.families.join(round((away - self._sent_home) * self.spec.family))
            self._sent_home = away

    def _contacts_per_h(self) -> float:
        """Return how many one who is ill at school infects in an hour at present, if nobody had it yet."""
        spec, people = self.spec, max(1, self._school.people)
        share = (
            spec.isolated_well
            if self._is_so("isolated") and self._world.truth.value(f"{self.own}/agent")
            else (spec.isolated if self._is_so("isolated") else 1.0)
        )
        kept_in = self._school.counts[Where.SEALED] / people
        return spec.contacts_per_h * share * (1 - kept_in * (1 - spec.kept_in))

    def _step(self) -> None:
        spec, pupils, hours = self.spec, self.pupils, STEP_S / 3600
        at_home = self._sent_home / max(1, pupils.persons)
        ill = pupils.state.infectious
        force = self._contacts_per_h() * ill * (1 - at_home) / max(1, pupils.persons) * (1 - at_home)
        new = pupils.go_on(self._slot, STEP_S, round(force, 12))
        at_homes = 0
        if self.families.persons:
            home_force = spec.home_contacts_per_h * ill * at_home / self.families.persons
            at_homes = self.families.go_on(self._slot, STEP_S, round(home_force, 12))
        at_homes += round(new * at_home)
        at_school = new - round(new * at_home)
        serious, critical = self._worsen(ill, hours)
        if new or at_homes or serious:
            self._last = self.changed(self._last, self._looked_at())
            self._hurt(at_school, at_homes, serious, critical)
            self._count()

    def _worsen(self, ill: int, hours: float) -> tuple[int, int]:
        """Return how many of the ill become seriously ill in a step, and how many of those critically."""
        spec = self.spec
        rate_per_h = -math.log1p(-spec.dehydrates) / 24 * (spec.cared if self._is_so("isolated") else 1.0)
        self._owed["serious"] += max(0, ill - self._serious) * epidemic.share_within(rate_per_h, hours)
        serious = math.floor(round(self._owed["serious"], 9))
        self._owed["serious"] -= serious
        self._owed["critical"] += serious * spec.critical
        critical = math.floor(round(self._owed["critical"], 9))
        self._owed["critical"] -= critical
        self._serious += serious
        return serious, critical

    def _hurt(self, at_school: int, at_homes: int, serious: int, critical: int) -> None:
        """Let people be ill where they are; the seriously ill were lightly ill before."""
        if at_school or serious:
            light = max(0, at_school - serious)
            self._school.strike(light, serious - critical, critical, ILLNESS, self._last)
        if at_homes:
            self._county.places[self.spec.homes].strike(at_homes, 0, 0, ILLNESS, self._last)

    def _count(self) -> None:
        """Let those who count notice when a mark is passed."""
        for fact, number in (("cases", self.cases), ("hospitals", round(self.cases * self.spec.seek))):
            known = self._world.truth.value(f"{self.own}/{fact}") or 0
            if any(int(known) < mark <= number for mark in MARKS):
                self.now_so(fact, number, self._last)
