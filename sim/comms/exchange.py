"""The exchange: carries each message through its life, over channels that are slow, busy and unreliable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sim.comms.message import Message
from sim.engine import Line, Process, World
from sim.spec.county import Channel, Organization

Delivery = Callable[[Message, int], None]


class Desk(Protocol):
    """Who can be sent a message."""

    def receive(self, message: Message, read: int) -> None:
        """Take a message in; ``read`` is the number of the event of reading it."""


class Exchange:
    """All channels and desks of a run.

    Args:
        world: The world.
        instant: Whether messages arrive at once and without loss, as for the yardstick ``perfect``.
    """

    def __init__(self, world: World, *, instant: bool) -> None:
        county = world.exercise.county
        self._world = world
        self._instant = instant
        self._channels = {channel.id: channel for channel in county.channels}
        self._cut: dict[str, dict[str, int]] = {}
        self._organizations = {organization.id: organization for organization in county.organizations}
        self._desks: dict[str, Desk] = {}
        self.lines: dict[str, Line] = {}
        self.nets: dict[str, Line] = {}
        self.officers: dict[str, Line] = {}
        self._sent: dict[str, int] = {}
        for organization in county.organizations:
            self.lines[organization.id] = world.clock.line(self._phone_lines(organization))
            self.nets[organization.id] = world.clock.line(1)
            self.officers[organization.id] = world.clock.line(organization.officers)
        self._take_parameters()

    def _take_parameters(self) -> None:
        delay = self._world.parameters["comms.delay_factor"]
        self._loss = self._world.parameters["comms.loss_factor"]
        self._parts = {
            (channel.id, part): getattr(channel, part).scaled(delay if part != "reading" else 1.0)
            for channel in self._channels.values()
            for part in ("writing", "set_up", "talk", "reading")
        }

    def tune(self) -> None:
        """Go by the parameters as they are now; what is on its way keeps the times that were drawn."""
        self._take_parameters()
        for organization in self._organizations.values():
            self.lines[organization.id].widen(self._phone_lines(organization))

    def cut(self, channel: str, by: str, cause: int) -> None:
        """Take a channel down: attempts to use it fail until everything that cut it is over.

        Args:
            channel: Id of the channel.
            by: What cuts it.
            cause: Number of the event of it.
        """
        self._cut.setdefault(channel, {})[by] = self._world.log.emit("channel.cut", "", channel, cause)

    def restore(self, channel: str, by: str | None, cause: int) -> None:
        """End one of the things that cut a channel, or all of them; it is up when none is left."""
        cuts = self._cut.get(channel, {})
        ended = tuple(seq for name, seq in cuts.items() if by in (None, name))
        self._cut[channel] = {} if by is None else {name: seq for name, seq in cuts.items() if name != by}
        if ended and not self._cut[channel]:
            self._world.log.emit("channel.restored", "", channel, cause, ended)

    def _phone_lines(self, organization: Organization) -> int:
        wanted = int(self._world.parameters["duty.phone_lines"])
        return wanted if wanted and organization.kind == "duty" else organization.phone_lines

    def connect(self, organization: str, desk: Desk) -> None:
        """Say who takes in the messages to an organization."""
        self._desks[organization] = desk

    def unique(self, ident: str) -> str:
        """Return a message id, with ``#2`` and so on where the same cause sends again."""
        count = self._sent.get(ident, 0) + 1
        self._sent[ident] = count
        return ident if count == 1 else f"{ident}#{count}"

    def send(self, message: Message, cause: int | None, also: tuple[int, ...] = ()) -> None:
        """Send a message; it goes its way by itself."""
        composed = self._world.log.emit("message.composed", message.sender, message.id, cause, also, **message.data())
        if self._instant and not self._organizations[message.to].public:
            self._arrive_at_once(message, composed)
        else:
            self._world.clock.start(self._life(message, composed))

    def _arrive_at_once(self, message: Message, composed: int) -> None:
        log = self._world.log
        sent = log.emit("message.sent", message.sender, message.id, composed, channel="instant", attempt=1)
        delivered = log.emit("message.delivered", message.to, message.id, sent, channel="instant")
        read = log.emit("message.read", message.to, message.id, delivered)
        log.emit("message.acknowledged", message.sender, message.id, read)
        self._desks[message.to].receive(message, read)

    def _life(self, message: Message, last: int) -> Process:
        names = (message.channel,) if message.channel else self._organizations[message.to].channels
        for name in names:
            channel = self._channels[name]
            writing = self._seconds(channel, "writing", message)
            if writing:
                yield self._world.clock.wait(writing)
            for attempt in range(1, channel.attempts + 1):
                if attempt > 1:
                    yield self._world.clock.wait(channel.retry_after)
                last, arrived = yield from self._attempt(message, channel, attempt, last)
                if arrived:
                    yield from self._taken_in(message, channel, last)
                    return
        self._world.log.emit("message.expired", message.sender, message.id, last)

    def _seconds(self, channel: Channel, part: str, message: Message, attempt: int = 1) -> int:
        return self._world.luck.seconds(self._parts[channel.id, part], part, message.id, channel.id, str(attempt))

    def _attempt(self, message: Message, channel: Channel, attempt: int, last: int) -> Process:
        world, log = self._world, self._world.log
        also: tuple[int, ...] = ()
        line = {"desk": self.lines, "net": self.nets}.get(channel.holds, {}).get(message.to)
        request = None
        if line is not None:
            request = line.take()
            if not request.triggered:
                last = log.emit("message.queued", message.sender, message.id, last, line.ahead, channel=channel.id)
                line.claim(request, last)
                yield request | world.clock.wait(channel.patience)
                also = line.freed_by
                if not request.triggered:
                    line.give_up(request)
                    return self._lost(message, channel, attempt, last, also), False
        last = log.emit("message.sent", message.sender, message.id, last, also, channel=channel.id, attempt=attempt)
        if line is not None and request is not None:
            line.claim(request, last)
        cut = tuple(self._cut.get(channel.id, {}).values())
        chance = min(1.0, channel.loss * self._loss)
        lost = bool(cut) or world.luck.chance(chance, "lost", message.id, channel.id, str(attempt))
        busy = self._seconds(channel, "set_up", message, attempt)
        if not lost:
            busy += self._seconds(channel, "talk", message)
        yield world.clock.wait(busy)
        if lost:
            last = self._lost(message, channel, attempt, last, cut)
        else:
            last = log.emit("message.delivered", message.to, message.id, last, channel=channel.id)
        if line is not None and request is not None:
            line.give_back(request, last)
        return last, not lost

    def _lost(self, message: Message, channel: Channel, attempt: int, last: int, also: tuple[int, ...] = ()) -> int:
        return self._world.log.emit(
            "message.lost", message.sender, message.id, last, also, channel=channel.id, attempt=attempt
        )

    def _taken_in(self, message: Message, channel: Channel, delivered: int) -> Process:
        world, log = self._world, self._world.log
        reading = self._seconds(channel, "reading", message)
        also: tuple[int, ...] = ()
        if reading:
            officers = self.officers[message.to]
            request = officers.take()
            if not request.triggered:
                also = officers.ahead
                officers.claim(request, delivered)
                yield request
                also += officers.freed_by
            officers.claim(request, delivered)
            yield world.clock.wait(reading)
            officers.give_back(request, delivered)
        read = log.emit("message.read", message.to, message.id, delivered, also)
        forgotten = world.luck.chance(channel.forgotten, "forgotten", message.id, channel.id)
        if message.needs_answer and not forgotten:
            log.emit("message.acknowledged", message.sender, message.id, read)
        self._desks[message.to].receive(message, read)
