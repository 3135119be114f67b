"""A rumor that grows while nothing is said, and the calls and journeys it causes."""

from __future__ import annotations

from sim.actors.scene import Scene
from sim.comms.ways import in_order
from sim.engine import Interrupted, Line, Log, Process, Request

SLOT_S = 300
"""Step of the rumor, in seconds."""
MARKS_PCT = (1, 2, 5, 10, 20, 40, 60)
"""Shares of the people, in percent, at which the record notes that it grew."""
CALLERS_URGENCY = 3
"""Where urgent messages go first, worried callers come last. A guess."""
MOST_CALLERS_WAITING = 4
"""Callers who wait for a line before others hang up at once. A guess."""
QUIET_FACTOR = 0.35
"""Share of its growth that a rumor keeps once an official statement stands. A guess."""


class Call:
    """A call by somebody who is worried; only what it had to wait for is worth an event."""

    def __init__(self, log: Log, who: str, name: str, cause: int | None) -> None:
        self._log, self._who, self._name = log, who, name
        self._cause = cause
        self._taken: list[tuple[Line, Request]] = []

    def get(self, line: Line, urgency: int) -> Process:
        """Process: wait for a line or an officer."""
        request = line.take(urgency)
        self._taken.append((line, request))
        if not request.triggered:
            self._cause = self._log.emit("call.waits", self._who, self._name, self._cause, line.ahead)
            yield request
            self._cause = self._log.emit("call.taken", self._who, self._name, self._cause, line.freed_by)
        line.claim(request, self._cause)

    def hang_up(self) -> None:
        """Give back what it holds, and wait for nothing more."""
        for line, request in self._taken:
            if request.triggered:
                line.give_back(request, self._cause)
            else:
                line.give_up(request)


class Rumor:
    """The share of the county's people who believe and pass on a rumor.

    In each slot the share grows logistically by contacts, and falls as believers are answered by an official
    statement: ``ds/dt = g·s·(1 − s) − a·s``. A denial that people see to be wrong feeds it.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._world = scene.world
        self._spec = scene.world.exercise.scenario.rumor
        self._who = scene.world.exercise.county.people
        self.share = 0.0
        self.peak = 0.0
        self.calls = 0
        self.cut_off = 0
        self.seq: int | None = None
        self.left_person_s = 0
        self.trust = 1.0
        self._growth = 1.0
        self._answered = False
        self._marks = 0
        self._faded = False

    def heard_statement(self, tone: str, cause: int) -> None:
        """Let the public hear an official statement: inform, rebut or deny."""
        if tone == "deny":
            if self._world.truth.value("leak/exists"):
                self._growth *= self._spec.denial_growth
                self.trust *= self._spec.denial_trust
        else:
            self._answered = True
        self.seq = self._world.log.emit("rumor.answered", self._who, "rumor", cause, (), tone=tone)

    def run(self, cause: int) -> Process:
        """Process: the life of the rumor."""
        yield self._world.clock.wait(self._spec.starts)
        self.share = self._spec.seed_share
        also = () if self.seq is None else (self.seq,)
        self.seq = self._world.log.emit("rumor.started", self._who, "rumor", cause, also)
        self._world.truth.change("rumor/seen", True, self.seq)
        slot = 0
        while True:
            self._ring(slot)
            yield self._world.clock.wait(SLOT_S)
            slot += 1
            self._spread(SLOT_S / 3600)

    def _spread(self, hours: float) -> None:
        growth = self._spec.growth_per_h * self._growth * (QUIET_FACTOR if self._answered else 1.0)
        fading = self._spec.answered_per_h if self._answered else 0.0
        share = self.share + hours * (growth * self.share * (1 - self.share) - fading * self.share)
        self.share = round(min(1.0, max(0.0, share)), 9)
        self.peak = max(self.peak, self.share)
        people = self._world.exercise.scenario.public_people
        self.left_person_s += round(self.share * self._spec.leave_share * people) * SLOT_S
        emit = self._world.log.emit
        while self._marks < len(MARKS_PCT) and self.share * 100 >= MARKS_PCT[self._marks]:
            self.seq = emit("rumor.grew", self._who, "rumor", self.seq, share_pct=MARKS_PCT[self._marks])
            self._marks += 1
        if not self._faded and self.peak > 0.01 and self.share < self.peak / 10:
            self._faded = True
            self.seq = emit("rumor.faded", self._who, "rumor", self.seq)

    def _ring(self, slot: int) -> None:
        """Let worried people call the duty office; each call holds a line."""
        factor = self._world.parameters["public.calls_factor"]
        mean = self._spec.calls_per_h * factor * self.share * SLOT_S / 3600
        for number in range(self._world.luck.poisson(mean, "calls", str(slot))):
            name = (str(slot), str(number))
            offset = int(self._world.luck.uniform("call at", *name) * SLOT_S)
            length = self._world.luck.seconds(self._spec.call_length, "call length", *name)
            self._world.clock.start(self._call(offset, length, "/".join(name)))

    def _is_cut_off(self, duty: str) -> bool:
        """Return whether nobody can call the duty office at the moment."""
        exchange, county = self._scene.exchange, self._world.exercise.county
        desk, own = exchange.organizations[duty], exchange.organizations[self._who]
        names = in_order(own.sends, desk)
        ways = [channel for channel in county.channels if channel.id in names]
        return all(exchange.outages.down(channel, (None, desk.at)) is not None for channel in ways)

    def _call(self, offset: int, length: int, name: str) -> Process:
        """Process: somebody calls the duty office, and hangs up if it takes more urgent calls instead."""
        yield self._world.clock.wait(offset)
        exchange, duty = self._scene.exchange, self._world.exercise.county.desk("duty")
        line, officers = exchange.desks.lines[duty], exchange.desks.officers[duty]
        if line.waiting >= MOST_CALLERS_WAITING or self._is_cut_off(duty):
            return
        self.calls += 1
        urgency = CALLERS_URGENCY if exchange.terms.by_urgency else 0
        call = Call(self._world.log, self._who, f"call/{name}", self.seq)
        try:
            yield from call.get(line, urgency)
            yield from call.get(officers, urgency)
            yield self._world.clock.wait(length)
        except Interrupted:
            self.cut_off += 1
        call.hang_up()
