"""Worried people who call the duty office because of a rumor, and keep its lines busy."""

from __future__ import annotations

from collections.abc import Callable

from sim.actors.public.hearsay import SLOT_S
from sim.actors.public.mood import Mood
from sim.actors.scene import Scene
from sim.comms.ways import in_order
from sim.engine import Interrupted, Line, Log, Process, Request

CALLERS_URGENCY = 3
"""Where urgent messages go first, worried callers come last. A guess."""
MOST_CALLERS_WAITING = 4
"""Callers who wait for a line before others hang up at once. A guess."""
MOST_CALLERS = 25
"""Callers in one slot who are followed one by one: so many find every line busy that more would change nothing."""

CALL_HOTLINE = 0.6
"""Share of the callers who call the hotline once its number has been published. A guess."""


class Call:
    """A call by somebody who is worried; only what it had to wait for is worth an event."""

    def __init__(self, log: Log, who: str, name: str, cause: int | None, also: tuple[int, ...]) -> None:
        self._log, self._who, self._name, self._also = log, who, name, also
        self._cause = cause
        self._taken: list[tuple[Line, Request]] = []

    def get(self, line: Line, urgency: int) -> Process:
        """Process: wait for a line or an officer."""
        request = line.take(urgency)
        self._taken.append((line, request))
        if not request.triggered:
            self._cause = self._log.emit("call.waits", self._who, self._name, self._cause, (*line.ahead, *self._also))
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


class Callers:
    """Those who call: the duty office, or a hotline once people have read of it.

    Args:
        scene: The run.
        mood: How the public feels, which makes people call more or less.
        because: Gives the number of the event by which the rumor is as it is.

    Attributes:
        calls: How many waited for a line or got one.
        cut_off: How many of those were cut off.
        by_hotline: How many calls the lines of the hotline took.
    """

    def __init__(self, scene: Scene, mood: Mood, because: Callable[[], int | None]) -> None:
        self._mood = mood
        self._hotline: int | None = None
        self._scene = scene
        self._world = scene.world
        self._spec = scene.world.exercise.scenario.rumor
        self._who = scene.world.exercise.county.people
        self._because = because
        self.calls = 0
        self.cut_off = 0
        self.by_hotline = 0

    def publish_hotline(self, cause: int) -> None:
        """Let people hear of a hotline that they can call."""
        if self._hotline is None:
            self._hotline = self._world.log.emit("hotline.published", self._who, "hotline", cause)

    def _at_hotline(self, mean: float) -> float:
        """Return how many calls of a slot the hotline takes; those who find its lines busy call the duty office."""
        if self._hotline is None:
            return 0.0
        lines = self._world.parameters["hotline.lines"]
        return min(CALL_HOTLINE * mean, lines * SLOT_S / max(1.0, self._spec.call_length.quantile(0.5)))

    def ring(self, slot: int, share: float) -> None:
        """Let some of a share of the people call during a slot, and families who look for theirs; each holds a line."""
        factor = self._world.parameters["public.calls_factor"]
        families = len(self._scene.county.casualties.unnamed) * self._world.parameters["families.calls"]
        mean = (self._spec.calls_per_h * factor * share + families) * self._mood.calling * SLOT_S / 3600
        taken = self._at_hotline(mean)
        self.by_hotline += round(taken)
        mean -= taken
        for number in range(self._world.luck.poisson(min(MOST_CALLERS, mean), "calls", str(slot))):
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
        seqs = [seq for seq in (self._because(), self._mood.seq, self._hotline) if seq is not None]
        families = self._scene.county.casualties.unnamed.because()
        call = Call(self._world.log, self._who, f"call/{name}", max(seqs, default=None), families)
        try:
            yield from call.get(line, urgency)
            yield from call.get(officers, urgency)
            yield self._world.clock.wait(length)
        except Interrupted:
            self.cut_off += 1
        call.hang_up()
