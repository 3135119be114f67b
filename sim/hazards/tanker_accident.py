"""A road tanker that leaks: what it holds is unknown at first, and the traffic stands in the gas."""

from __future__ import annotations

import math
from typing import Any

from sim.county.cohorts import Where
from sim.county.dose_response import Severity
from sim.county.state import CountyState
from sim.engine import Process, World
from sim.hazards.base import Seen, ValueOf
from sim.hazards.effort import Effort, Stand
from sim.hazards.toxic_release import Release
from sim.spec.hazards.tanker_accident import Jam, TankerAccident
from sim.spec.orders import TaskKind

STEP_S = 120
"""How often the traffic is looked at, in seconds."""


class Standing:
    """Travellers who stand in one jam.

    Those who came at one time have gathered the same dose; whole persons are hurt out of shares, by luck that was drawn
    once for the jam. Who is seriously hurt stays, and an ambulance has to fetch him.

    Attributes:
        jam: How the scenario describes it.
        people: How many stand there and are not seriously hurt, whole persons.
        came: How many have come in all.
        left: How many have got away.
        seq: Number of the last event of it.
    """

    def __init__(self, world: World, county: CountyState, jam: Jam, field: int, own: str) -> None:
        self.jam = jam
        self.people = self.came = self.left = 0
        self.seq: int | None = None
        self._ended = False
        self._world, self._county = world, county
        self._place = county.places[jam.at]
        self._field = county.fields[field]
        self._number = field
        self._arriving = 0.0
        self._walking = 0.0
        self._groups: list[list[float]] = []  # people and dose of those who came together
        self._expected = [world.luck.uniform("jam", own, jam.at, severity.name) for severity in Severity]
        self._hurt = [0, 0, 0]

    @property
    def closed(self) -> bool:
        """Whether the police turn the traffic off before it."""
        return self._county.places[self.jam.fed_by].cordoned

    @property
    def level(self) -> float:
        """What reaches people in their cars, in the unit of the field."""
        return self._place.levels()[self._number] * self._field.shield[Where.INDOORS]

    def go_on(self, seconds: int, cause: int) -> None:
        """Let some time pass: more come, all gather what they meet, some are hurt, some walk off."""
        level = self.level
        newly = [0.0, 0.0, 0.0]
        for group in self._groups:
            before = group[1]
            group[1] = self._field.response.after(before, level, seconds / 60)
            for severity in Severity:
                was, now = (self._field.response.share_hurt(dose, severity) for dose in (before, group[1]))
                newly[severity] += group[0] * (now - was) / (1 - was) if was < 1 else 0.0
        self._say_hurt(newly, cause)
        if level >= self._field.response.noticed_from:
            self._walking += self.people * self.jam.walk_share * seconds / 60
            self.release(int(self._walking), cause)
            self._walking -= int(self._walking)
        if self.closed:
            self._note_closed(cause)
        else:
            self._arriving += self.jam.people_per_min * seconds / 60
            some = min(int(self._arriving), self.jam.most - self.people)
            self._arriving -= int(self._arriving)
            if some > 0:
                self._groups.append([float(some), 0.0])
                self.people += some
                self.came += some

    def _note_closed(self, cause: int) -> None:
        if not self._ended:
            self._ended = True
            also = () if self.seq is None else (self.seq,)
            by = self._county.closed_by.get(self.jam.fed_by, cause)
            self.seq = self._world.log.emit("traffic.ended", "", self.jam.at, by, also, people=self.people)

    def _say_hurt(self, newly: list[float], cause: int) -> None:
        counts = [0, 0, 0]
        for severity in Severity:
            self._expected[severity] += newly[severity]
            counts[severity] = max(0, math.floor(self._expected[severity]) - self._hurt[severity])
        serious = min(counts[Severity.SERIOUS], self.people)
        patients = self._county.casualties.within(self.jam.at)
        alive = sum(one.severity is Severity.SERIOUS and not (one.rescued or one.gone) for one in patients.here())
        critical = min(counts[Severity.CRITICAL], serious + alive)
        light = max(serious, counts[Severity.LIGHT])
        for severity, count in zip(Severity, (light, serious, critical), strict=True):
            self._hurt[severity] += count
        if not light and not critical:
            return
        gas = self._place.danger_seq
        also = tuple(seq for seq in (self.seq, gas, *(one.seq for one in patients.all)) if seq is not None)
        self.seq = self._world.log.emit(
            "people.hurt", "", self.jam.at, cause, also, light=light, serious=serious, critical=critical
        )
        self._take(serious)
        patients.add(serious, critical, self.seq, self._field.response.injury)

    def _take(self, people: int) -> None:
        """Take people out of the groups, those first who have stood there longest."""
        self.people -= people
        left = float(people)
        for group in self._groups:
            some = min(group[0], left)
            group[0] -= some
            left -= some
        self._groups = [group for group in self._groups if group[0] >= 1e-9]

    def release(self, people: int, cause: int) -> None:
        """Let people get away."""
        people = min(people, self.people)
        if people > 0:
            self._take(people)
            self.left += people
            also = tuple(seq for seq in (self.seq, self._place.danger_seq) if seq is not None)
            self.seq = self._world.log.emit("people.freed", "", self.jam.at, cause, also, people=people)


class Tanker(Release):
    """An accident of a tanker on a road.

    Attributes:
        jams: Those who stand in the traffic.
    """

    spec: TankerAccident

    def __init__(self, world: World, county: CountyState, spec: TankerAccident, *, main: bool) -> None:
        super().__init__(world, county, spec, main=main)
        self.jams = tuple(Standing(world, county, jam, self._field, self.own) for jam in spec.jams)
        self._stretch = tuple(jam.at for jam in spec.jams)
        self._crews: dict[str, tuple[float, int]] = {}
        self._turned = 0.0
        self._cleared = world.clock.occurrence()
        self._stand = Stand(self._join, self._leave, self._cleared, lambda: not self._cleared.triggered)

    def extent(self) -> dict[str, Any]:
        """Return the release rate in g/s, and how many stand in the traffic."""
        return {**super().extent(), "standing": sum(jam.people for jam in self.jams)}

    def begin(self, cause: int) -> None:
        """The leak as anywhere, and the traffic: nobody passes a wreck that lies across the road."""
        super().begin(cause)
        for place in (self.site, *self._stretch):
            self._county.places[place].cordoned = True
        if self.jams:
            self._world.clock.start(self._stop_and_go(cause))

    # --- what actors ask ---------------------------------------------------------------------------------------------

    def owner_holds(self) -> Seen:
        """Who runs the road sees on his cameras that there is something."""
        return [(f"{self.subject}/sign", True)]

    def on_file(self) -> dict[str, Seen]:
        """What it holds stands in the permit and in the waybill."""
        return {holder: [(f"{self.own}/substance", self.spec.substance)] for holder in self.spec.on_file}

    def seen(self, place: str) -> Seen:
        """Any crew near enough sees that something leaks; what it is, it does not see."""
        if self.bearings[place][1] > self.spec.look_within_m:
            return []
        return self.true((f"{self.subject}/exists", f"{self.subject}/over"))

    def seen_by(self, place: str, *, protected: bool) -> Seen:
        """A crew with suits and detectors goes up to the vehicle, and finds out what leaks and how much."""
        near = protected and place == self.site
        return [*self.seen(place), *(self.true((f"{self.own}/substance", f"{self.own}/size")) if near else [])]

    def threatened(self, value_of: ValueOf) -> tuple[str, ...]:
        """The wreck too, for all who heard of the accident or of gas around it: nobody drives through there."""
        found = super().threatened(value_of)
        heard = [f"{self.subject}/sign", *(f"{place}/danger" for place in (self.site, *self._stretch))]
        if not found and value_of(f"{self.subject}/over") is not True and any(value_of(key) is True for key in heard):
            return (self.site,)
        return found

    def effort(self, task: TaskKind) -> Effort | None:
        """The leak can be plugged, and the traffic turned around."""
        return self._stand if task is TaskKind.CONTROL_FLOW and self.jams else super().effort(task)

    # --- the traffic -------------------------------------------------------------------------------------------------

    def _join(self, unit: str, amount: float, seq: int) -> None:
        self._crews[unit] = (amount, seq)

    def _leave(self, unit: str, seq: int) -> None:  # noqa: ARG002 - the signature of all stands
        self._crews.pop(unit, None)

    def _stop_and_go(self, cause: int) -> Process:
        """Process: cars come to a halt, stand in the gas, and are turned around by crews, worst jam first."""
        site = self._county.places[self.site]
        while True:
            yield self._world.clock.wait(STEP_S)
            for jam in self.jams:
                jam.go_on(STEP_S, cause)
            if self._crews:
                self._turn_around()
            over = not self.running and not site.danger
            if all(jam.closed and not jam.people for jam in self.jams) or over:
                for jam in self.jams:
                    jam.release(jam.people, cause)
                self._cleared.succeed(self._last_seq(cause))
                return

    def _last_seq(self, cause: int) -> int:
        return max((jam.seq for jam in self.jams if jam.seq is not None), default=cause)

    def _turn_around(self) -> None:
        amounts = [amount for amount, _ in self._crews.values()]
        self._turned += math.fsum(amounts) * self.spec.turned_per_min * STEP_S / 60
        able, last = int(self._turned), max(seq for _, seq in self._crews.values())
        self._turned -= able
        for jam in sorted(self.jams, key=lambda jam: -jam.level):
            some = min(able, jam.people)
            jam.release(some, last)
            able -= some
