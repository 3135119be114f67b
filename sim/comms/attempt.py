"""One attempt to get a message through: wait for a line, get through, be answered, say it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sim.engine import Activity, Interrupted, Line, Preempted, Process, Request
from sim.spec.channels import Channel

if TYPE_CHECKING:
    from sim.comms.exchange import Exchange
    from sim.comms.message import Message


PICK_UP = -1
"""Urgency of a telephone that rings: whoever has a hand free picks it up before all else. A guess."""


AWAITS = MappingProxyType({"nothing": "", "desk": "line", "net": "net", "pool": "circuit"})
"""What a message waits for on a channel, by what it holds there."""


class Attempt:
    """An attempt, with the lines and officers that it holds.

    Args:
        exchange: The exchange.
        message: The message.
        channel: The channel that is tried.
        number: Which attempt on this channel, from 1.
        last: Number of the last event of the message.
        said: How long parts of saying it take, kept from one attempt on the channel to the next.

    Attributes:
        message: The message, once delivered as it arrived.
        last: Number of its last event.
        delivered: Whether the message arrived.
    """

    def __init__(
        self, exchange: Exchange, message: Message, channel: Channel, number: int, last: int, said: dict[str, int]
    ) -> None:
        self._exchange = exchange
        self._channel = channel
        self._number = number
        self._said = said
        self._name = (message.id, channel.id, str(number))
        self._held: list[tuple[Line, Request]] = []
        self._awaited: tuple[Line, Request] | None = None
        self._waited: tuple[int, ...] = ()
        self._on_air = False
        self.message = message
        self.last = last
        self.delivered = False

    def run(self) -> Process:
        """Process: the attempt, from waiting for a line until the message has arrived or is lost."""
        attempts, activity = self._exchange.attempts, self._exchange.clock.activity
        attempts[activity] = self
        try:
            down = self._exchange.down(self._channel, self.message)
            if down is not None and not (yield from self._is_let_through(down, self._channel.patience)):
                return
            if (yield from self._has_line()):
                yield from self._say()
        except Interrupted as stop:
            if isinstance(stop.cause, Preempted):
                other = attempts.get(stop.cause.by)
                self._lose("cut_off", () if other is None else (other.last,))
        finally:
            attempts.pop(activity, None)

    def break_off_if_down(self, activity: Activity, seq: int) -> None:
        """Lose the message in the instant in which its channel fails, if it is under way and such a channel loses it.

        Args:
            activity: The activity of the attempt, which ends at once.
            seq: Number of the event by which something failed.
        """
        is_on_air = self._on_air and all(line.holds(request) for line, request in self._held)
        if is_on_air and self._channel.when_down == "lost" and self._exchange.down(self._channel, self.message):
            self._lose("down", (seq,))
            activity.interrupt()

    def _is_let_through(self, down: tuple[int, ...] | None, patience: int | None) -> Process:
        """Process: while the channel is down, wait or fail, as its nature is; returns whether it works now.

        Args:
            down: Numbers of the events by which it is down.
            patience: How long a message that the channel keeps is left there, in seconds; None for as long as it takes.
        """
        exchange, channel = self._exchange, self._channel
        also = down or ()
        if channel.when_down == "lost":
            yield exchange.clock.wait(self._seconds("set_up"))
            self._lose("down", also)
            return False
        self.last = self._emit("message.held", self.message.sender, also)
        gives_up = None if patience is None else exchange.clock.wait(patience)
        while down is not None:
            back = exchange.outages.change()
            yield back if gives_up is None else back | gives_up
            if not back.triggered:
                self._lose("down", down)
                return False
            assert back.value is not None
            also = (back.value,)
            down = exchange.down(channel, self.message)
        self.last = self._emit("message.let_go", self.message.sender, also)
        return True

    def _has_line(self) -> Process:
        """Process: get hold of an officer to call and of a line; returns whether both are held."""
        desks, channel, message = self._exchange.desks, self._channel, self.message
        if channel.placed and message.sender in desks.officers:
            yield from self._hold(desks.officers[message.sender], "sender", None)
        if message.id in self._exchange.superseded:
            self._let_go()
            return False
        line, awaits, cut_in = desks.line(channel, message.to), AWAITS[channel.holds], self._exchange.terms.cut_in
        if line is not None and not (yield from self._hold(line, awaits, channel.patience, cut_in=cut_in)):
            self._lose("busy", line.ahead)
            return False
        down = self._exchange.down(channel, message) if channel.when_down == "lost" else None
        if down is not None:
            self._lose("down", down)  # it failed while the sender waited for the line
            return False
        contact = self._exchange.contact(channel, message, self._number)
        who = {} if contact is None else {"who": contact.id}
        self.last = self._emit("message.sent", message.sender, attempt=self._number, **who)
        for held, request in self._held:
            held.claim(request, self.last)
        self._on_air = True
        return True

    def _hold(
        self, line: Line, awaits: str, patience: int | None, *, cut_in: bool = False, before_all: bool = False
    ) -> Process:
        """Process: wait for a line, at most ``patience`` seconds; returns whether it is held."""
        urgency = self.message.urgency if self._exchange.terms.by_urgency else 0
        urgency = PICK_UP if before_all else urgency
        request = line.take(urgency, cut_in=cut_in)
        if not request.triggered:
            self.last = self._emit("message.queued", self.message.sender, line.ahead, awaits=awaits)
            self._awaited = (line, request)
            yield request if patience is None else request | self._exchange.clock.wait(patience)
            self._awaited = None
            if not request.triggered:
                line.give_up(request)
                return False
            self._waited += line.freed_by
        self._held.append((line, request))
        line.claim(request, self.last)
        return True

    def _say(self) -> Process:
        """Process: get through, be answered, and say it."""
        exchange, channel, clock = self._exchange, self._channel, self._exchange.clock
        through = self._seconds("set_up") + exchange.travel_s(channel, self.message)
        if exchange.luck.chance(exchange.terms.loss(channel), "lost", *self._name):
            yield clock.wait(through)
            self._lose("failed")
            return
        if not self._somebody_is_there():
            yield clock.wait(through + (channel.ring or 0))
            self._lose("no_answer")
            return
        if channel.attended:
            yield clock.wait(through)
            officers, before = exchange.desks.officers[self.message.to], self.last
            if not (yield from self._hold(officers, "officer", channel.ring, before_all=True)):
                self._lose("no_answer", officers.ahead)
                return
            if self.last != before:
                self.last = self._emit("message.answered", self.message.to)
                officers.claim(self._held[-1][1], self.last)
            through = 0
        yield clock.wait(through + self._talk_s())
        down = exchange.down(channel, self.message) if channel.when_down == "held" else None
        if down is not None:
            yield from self._is_let_through(down, None)
        self._arrive()

    def _somebody_is_there(self) -> bool:
        exchange = self._exchange
        contact = exchange.contact(self._channel, self.message, self._number)
        if contact is None:
            return True
        absent = (1 - exchange.answer_chance(contact)) * exchange.terms.unanswered
        return not exchange.luck.chance(min(1.0, absent), "unanswered", *self._name)

    def _arrive(self) -> None:
        self.message, changed = self._exchange.as_heard(self.message, self._channel)
        data = {"garbled": changed} if changed else {}
        self.last = self._emit("message.delivered", self.message.to, **data)
        self.delivered = True
        self._let_go()

    def _lose(self, reason: str, also: tuple[int, ...] = ()) -> None:
        self._on_air = False
        self.last = self._emit("message.lost", self.message.sender, also, attempt=self._number, reason=reason)
        if self._awaited is not None:
            line, request = self._awaited
            line.give_up(request, self.last)
            self._awaited = None
        self._let_go()

    def _let_go(self) -> None:
        for line, request in self._held:
            line.give_back(request, self.last)
        self._held.clear()

    def _seconds(self, part: str) -> int:
        exchange = self._exchange
        return exchange.luck.seconds(exchange.terms.part(self._channel, part), part, *self._name)

    def _talk_s(self) -> int:
        """Return how long it takes to say it, the same at every attempt."""
        more = max(0, len(self.message.facts) - 1)
        return self._once("talk") + (more * self._once("per_fact") if more else 0)

    def _once(self, part: str) -> int:
        if part not in self._said:
            drawn = self._exchange.terms.part(self._channel, part)
            self._said[part] = self._exchange.luck.seconds(drawn, part, self.message.id, self._channel.id)
        return self._said[part]

    def _emit(self, kind: str, actor: str, also: tuple[int, ...] = (), /, **data: object) -> int:
        if self._waited:
            also += self._waited
            self._waited = ()
        data["channel"] = self._channel.id
        return self._exchange.log.add(kind, actor, self.message.id, self.last, also, data)
