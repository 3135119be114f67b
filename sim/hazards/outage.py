"""An outage: the town is dark, the hospital lives on its generator, and those who hang on the mains get worse."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

from sim.county.cohorts import Where
from sim.county.lifelines import Lifelines
from sim.county.state import CountyState
from sim.engine import Process, World
from sim.hazards.base import Hazard, Seen, ValueOf
from sim.hazards.effort import Effort, Job
from sim.hazards.intensive_care import IntensiveCare
from sim.spec.hazards.outage import Dependents, Lifts, Outage
from sim.spec.orders import TaskKind

STEP_S = 600
"""How often those in lifts are looked at, in seconds."""
ILLNESS = "illness"
POWER, OWN_POWER, WATER = ("substation",), ("hospital_power",), ("water_works",)


class Stopped:
    """The people in the lifts of one place.

    Attributes:
        lifts: How the scenario describes the lifts.
        people: How many are in them and not seriously ill.
        seq: Number of the last event of them.
    """

    def __init__(self, lifts: Lifts, u: float) -> None:
        self.lifts = lifts
        self.people = 0
        self.seq = 0
        self._expected = u

    def fall_ill(self, seconds: int) -> int:
        """Return how many more fall ill in some time: whole persons out of shares, by luck that was drawn once."""
        self._expected += self.people * self.lifts.ill_per_h * seconds / 3600
        ill = min(self.people, math.floor(round(self._expected, 9)))
        self._expected -= ill
        self.people -= ill
        return ill


class Blackout(Hazard):
    """A town without power.

    Attributes:
        care: Intensive care in the hospital.
    """

    spec: Outage

    def __init__(self, world: World, county: CountyState, spec: Outage, *, main: bool) -> None:
        super().__init__(world, county, spec, main=main)
        self.care = IntensiveCare(world, county, spec.ward, self.own)
        self._stopped = {one.at: Stopped(one, world.luck.uniform("lifts", self.own, one.at)) for one in spec.lifts}
        self._without: dict[tuple[str, str], int] = {}
        self._lasts_s: dict[str, int] = {}
        self._ill: dict[str, None] = {}
        self._dark = False
        self._was_dark = False
        work, luck, hospital = world.exercise.plan.work, world.luck, spec.ward.at
        self._generator = Job(
            0 if work.restore is None else luck.seconds(work.restore, "work", "generator", hospital),
            self._connect,
            lambda: self.running and not self._mobile,
            tells=f"{self.own}/hospital",
        )
        self._pump = Job(
            luck.seconds(spec.pump_out, "work", "pump out", hospital),
            self._keep_dry,
            lambda: world.truth.value(f"{self.own}/basement") == "wet",
            tells=f"{self.own}/basement",
        )
        self._mobile = False

    @property
    def _lines(self) -> Lifelines:
        assert self._county.lifelines is not None, "the county of a run has its lifelines"
        return self._county.lifelines

    def extent(self) -> dict[str, Any]:
        """Return how many are ventilated by hand, and how many sit in lifts."""
        return {"by_hand": self.care.by_hand, "in_lifts": sum(one.people for one in self._stopped.values())}

    def begin(self, cause: int) -> None:
        """What depends on the power is looked at whenever an installation fails or comes back."""
        self.now_so("sign", True, cause)
        self.now_so("power", "on", cause)
        self.now_so("hospital", "mains", cause)
        self.now_so("water", "on", cause)
        if self.spec.wet:
            self.now_so("basement", "wet", cause)
        self._lines.watch(self._look)
        self._world.clock.start(self._wait_in_lifts())

    # --- what actors ask ---------------------------------------------------------------------------------------------

    def owner_holds(self) -> Seen:
        """The owner of the grid knows that the power is off."""
        return [*super().owner_holds(), (f"{self.own}/power", "dark")]

    def owner_sees(self) -> tuple[str, ...]:
        """The owner sees when it is back."""
        return (*super().owner_sees(), f"{self.own}/power")

    def watched_by(self) -> dict[str, tuple[str, ...]]:
        """The hospital and the water works see what happens to them."""
        return {
            "hospital": tuple(f"{self.own}/{attribute}" for attribute in ("hospital", "basement", "power")),
            "water-company": (f"{self.own}/water", f"{self.own}/power"),
        }

    def seen(self, place: str) -> Seen:
        """A crew sees that it is dark, and at the hospital how it lives."""
        own = ("hospital", "basement") if place == self.spec.ward.at else ()
        keys = tuple(f"{self.own}/{attribute}" for attribute in ("power", *own))
        over = () if self.running else (f"{self.subject}/over",)
        return self.true((f"{self.subject}/exists", *over, *keys))

    def threatened(self, value_of: ValueOf) -> tuple[str, ...]:  # noqa: ARG002 - the signature of all hazards
        """Nothing that one could keep away from."""
        return ()

    def effort_at(self, task: TaskKind, at: str) -> Effort | None:
        """At the hospital a generator can be connected, and the basement kept dry."""
        if at != self.spec.ward.at:
            return None
        return {TaskKind.RESTORE: self._generator, TaskKind.PUMP: self._pump}.get(task)

    def shut_in(self, place: str) -> int:
        """Return how many sit in the lifts of a place."""
        return self._stopped[place].people if place in self._stopped else 0

    def lead_out(self, place: str, people: int, unit: str, actor: str, cause: int) -> None:
        """Let a crew wind a lift down to the next floor."""
        if people := min(people, self.shut_in(place)):
            one = self._stopped[place]
            one.people -= people
            one.seq = self._world.log.emit(
                "people.led_out", actor, place, cause, (one.seq,), unit=unit, people=people
            )  # fmt: skip

    # --- its course --------------------------------------------------------------------------------------------------

    def _look(self, seq: int) -> None:
        """See what an installation that failed or came back means."""
        power = self._lines.missing(POWER, self.spec.serves) is not None
        if power != self._dark:
            self._dark = power
            self.now_so("power", "dark" if power else "on", seq)
            self._stop_lifts(seq) if power else self._free_all(seq)
        water = self._lines.missing(WATER, self.spec.serves) is not None
        self.now_so("water", "low" if water else "on", seq)
        self._lack(seq)
        self._look_at_hospital(seq)

    def _look_at_hospital(self, seq: int) -> None:
        at = self.spec.ward.at
        mains = self._lines.missing(POWER, at) is None
        own = self._lines.missing(OWN_POWER, at) is None
        if not own and not mains:
            self.now_so("basement", "flooded", seq) if self.spec.wet else None
        lit = self._mobile or own
        if lit and self.care.dark:
            self.care.light_up(seq)
        elif not lit and not self.care.dark:
            self.care.go_dark(seq)
        state = "mobile" if self._mobile else "hand" if not own else "mains" if mains else "generator"
        self.now_so("hospital", state, seq)
        self._was_dark = self._was_dark or self._dark
        if self.running and self._was_dark and not self._dark and lit:
            keys = (f"{self.own}/power", f"{self.own}/hospital", f"{self.own}/basement")
            seqs = (self._world.truth.seq(key) for key in keys)
            self.end("power_back", self.changed(seq, tuple(one for one in seqs if one is not None)))

    def _connect(self, seq: int) -> None:
        """Connect a generator from outside."""
        self._mobile = True
        self._look_at_hospital(seq)

    def _keep_dry(self, seq: int) -> None:
        """Keep the basement dry."""
        self.now_so("basement", "dry", seq)

    # --- lifts -------------------------------------------------------------------------------------------------------

    def _stop_lifts(self, seq: int) -> None:
        for place, one in self._stopped.items():
            if not one.seq:
                one.people, one.seq = one.lifts.people, seq
                self._world.truth.change(f"{place}/trapped", one.people, seq)

    def _free_all(self, seq: int) -> None:
        for place, one in self._stopped.items():
            if one.people:
                one.seq = self._world.log.emit("people.freed", "", place, seq, (one.seq,), people=one.people)
                one.people = 0
                self._world.truth.change(f"{place}/trapped", 0, one.seq)

    def _wait_in_lifts(self) -> Process:
        """Process: let people in lifts fall ill until they are let out or power is back."""
        while self.running:
            yield self._world.clock.wait(STEP_S)
            for place, one in self._stopped.items():
                if one.people and (ill := one.fall_ill(STEP_S)):
                    self._county.places[place].strike(0, ill, 0, ILLNESS, one.seq)
                if one.seq:
                    self._world.truth.change(f"{place}/trapped", one.people, one.seq)

    # --- those who hang on the mains ---------------------------------------------------------------------------------

    def _lack(self, seq: int) -> None:
        """Note for each group when it begins to go without, and let its people get worse one by one."""
        for group in self.spec.dependents:
            key = (group.at, "/".join(group.needs))
            lacks = any(self._lines.missing((kind,), group.at) is not None for kind in group.needs)
            if not lacks:
                self._without.pop(key, None)
            elif key not in self._without:
                self._without[key] = seq
                self._count_down(group, key, seq)

    def _count_down(self, group: Dependents, key: tuple[str, str], seq: int) -> None:
        """Let each of a group fall ill after his time, unless the power is back before."""
        name = f"{key[0]}/{key[1]}"
        for number in range(group.people):
            person = f"{name}/{number}"
            if person in self._ill:
                continue
            if person not in self._lasts_s:
                self._lasts_s[person] = self._world.luck.seconds(group.lasts, "does without", self.own, person)
            self._world.clock.at(self._lasts_s[person], partial(self._worsen, group, key, person, seq))

    def _worsen(self, group: Dependents, key: tuple[str, str], person: str, seq: int) -> None:
        settlement = self._county.places[group.at]
        moved = settlement.count(Where.AWAY) / settlement.people if settlement.people else 0.0
        if self._without.get(key) == seq and not self._world.luck.chance(moved, "moved", self.own, person):
            self._ill[person] = None
            settlement.strike(0, 1, 0, ILLNESS, seq)
