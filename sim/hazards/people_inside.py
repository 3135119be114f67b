"""People in a burning building: they leave, until smoke takes their way, and then get worse until somebody comes."""

from __future__ import annotations

import math

from sim.county.casualties import Patient
from sim.county.dose_response import RESPONSES, Severity
from sim.county.missing import Situation
from sim.county.state import CountyState
from sim.engine import World
from sim.spec.hazards.fire import BuildingFire


class PeopleInside:
    """Those who were in a building when a fire began there. They live elsewhere.

    Attributes:
        walking: How many are on their way out by themselves, or have not heard of the fire yet.
        shut_in: How many can get out only with help, and are not seriously hurt.
        out: How many are out and not seriously hurt.
        way_lost: Whether nobody finds out by himself any more.
        seq: Number of the last event of somebody of them.
    """

    def __init__(self, world: World, county: CountyState, spec: BuildingFire) -> None:
        self._world, self._spec = world, spec.inside
        self._patients = county.casualties.within(spec.site)
        self._site = spec.site
        self._response = RESPONSES[spec.harm]
        inside, own = spec.inside, spec.own
        alarm_s = world.luck.seconds(inside.alarm, "alarm", own)
        self.walking = inside.people - inside.cannot_walk
        self._leaving_s = [
            alarm_s + round(inside.leave.quantile((number + 0.5) / self.walking)) for number in range(self.walking)
        ]
        self._first = 0
        self.shut_in = inside.cannot_walk
        self.out = 0
        self.way_lost = False
        self.seq: int | None = None
        self._dose = 0.0
        self._light = 0
        self._expected = [world.luck.uniform("inside", own, severity.name) for severity in Severity]
        self._hurt = [0, 0, 0]

    @property
    def inside(self) -> int:
        """How many alive are inside still."""
        return self.walking + self.shut_in + len(self._trapped())

    def _trapped(self) -> list[Patient]:
        return self._patients.trapped()

    def go_on(self, since_begin_s: int, seconds: int, smoke_mg_m3: float, cause: int, also: tuple[int, ...]) -> None:
        """Let some time pass.

        Args:
            since_begin_s: How long the fire has burned, in s.
            seconds: How much of it is new, in s.
            smoke_mg_m3: Smoke in the part that burns, in mg/m³ of what burned.
            cause: Number of the event by which the smoke is as it is.
            also: Numbers of others on which it depends.
        """
        while self.walking and not self.way_lost and self._leaving_s[self._first] <= since_begin_s:
            self._first += 1
            self.walking -= 1
            self.out += 1
        if smoke_mg_m3 >= self._spec.lost_way_mg_m3 and not self.way_lost:
            self.way_lost = True
            self.shut_in, self.walking = self.shut_in + self.walking, 0
        before = self._dose
        self._dose = self._response.after(before, smoke_mg_m3 * self._spec.refuge, seconds / 60)
        if self._dose > before and (self.shut_in or self._trapped()):
            self._worsen(before, cause, also)

    def _worsen(self, before: float, cause: int, also: tuple[int, ...]) -> None:
        """Hurt as many as the new dose does: whole persons out of shares, by luck that was drawn once."""
        trapped = self._trapped()
        not_critical = sum(patient.severity is Severity.SERIOUS for patient in trapped)
        at_risk = (self.shut_in - self._light, self.shut_in, self.shut_in + not_critical)
        newly = [0, 0, 0]
        for severity in Severity:
            was, now = (self._response.share_hurt(dose, severity) for dose in (before, self._dose))
            if was < 1:
                self._expected[severity] += max(0, at_risk[severity]) * (now - was) / (1 - was)
            newly[severity] = max(0, math.floor(self._expected[severity]) - self._hurt[severity])
        serious = min(newly[Severity.SERIOUS], self.shut_in)
        critical = min(newly[Severity.CRITICAL], not_critical + serious)
        light = min(newly[Severity.LIGHT], self.shut_in - self._light)
        light += max(0, serious - self._light - light)  # whoever is seriously hurt is hurt
        for severity, count in zip(Severity, (newly[Severity.LIGHT], serious, critical), strict=True):
            self._hurt[severity] += count
        self._light = max(0, self._light + light - serious)
        self.shut_in -= serious
        if light or serious or critical:
            self.seq = self._world.log.emit(
                "people.hurt", "", self._site, cause, self._also(also), light=light, serious=serious, critical=critical
            )
            self._patients.add(serious, critical, self.seq, self._response.injury, serious)

    def _also(self, also: tuple[int, ...]) -> tuple[int, ...]:
        seen = tuple(patient.seq for patient in self._patients.all)
        return (*also, *(() if self.seq is None else (self.seq,)), *seen)

    def lead_out(self, people: int, unit: str, actor: str, cause: int) -> int | None:
        """Let a crew lead some out; returns the number of the event, None if nobody was to be led out."""
        people = min(people, self.shut_in)
        if not people:
            return None
        self._light -= self._light * people // self.shut_in
        self.shut_in -= people
        self.out += people
        also = () if self.seq is None else (self.seq,)
        self.seq = self._world.log.emit("people.led_out", actor, self._site, cause, also, unit=unit, people=people)
        return self.seq

    def situation(self) -> Situation:
        """Return where those truly are who were inside, as the missing are counted; the dead are not found inside."""
        patients = [one for one in self._patients.all if one.injury.id == self._response.injury]
        dead_inside = sum(one.dead and one.trapped for one in patients)
        dead_found = sum(one.dead and not one.trapped for one in patients)
        in_care = sum(not one.dead and not one.trapped for one in patients)
        others, all_ = self._spec.off_roster, self._spec.people

        def on_roster(count: int) -> int:
            return count - count * others // all_

        slipped = on_roster(self.out) * self._spec.slipped_away_pct // 100
        trapped, dead = on_roster(self.inside), on_roster(dead_inside)
        elsewhere = slipped + on_roster(in_care) + on_roster(dead_found) + trapped + dead
        return Situation(
            at_home=max(0, all_ - others - elsewhere),
            in_shelters=0,
            with_others=slipped,
            in_hospital=on_roster(in_care),
            dead_found=on_roster(dead_found),
            trapped=trapped,
            dead_not_found=dead,
            visitors_missing=self.inside + dead_inside - trapped - dead,
        )
