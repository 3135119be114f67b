"""The exchange: carries each message through its life, over channels that are slow, busy and unreliable."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from sim.comms.answering import Answering
from sim.comms.attempt import Attempt
from sim.comms.desks import Desks
from sim.comms.garbling import garbled
from sim.comms.message import Message
from sim.comms.outages import Outages, Served
from sim.comms.stamina import error_factor
from sim.comms.terms import Terms
from sim.comms.ways import Ways
from sim.engine import Activity, Process, World
from sim.spec.channels import Channel, Contact, Profile

Told = Callable[[Message, int], None]
"""Who hears, with the number of the event, what became of a message that he sent."""
Travel = Callable[[str, str], int]
"""Seconds on the road from a place to another."""


class Desk(Protocol):
    """Who can be sent a message."""

    def receive(self, message: Message, read: int) -> None:
        """Take a message in; ``read`` is the number of the event of reading it."""


class Exchange:
    """All channels and desks of a run.

    Args:
        world: The world.
        instant: Whether messages arrive at once and without loss, as for the yardstick ``perfect``.
        lifelines: What the channels depend on; None where they depend on nothing.
        travel: Travel time by road, for channels that go by road.

    Attributes:
        clock: The clock of the world.
        luck: The luck of the world.
        log: The log of the world.
        organizations: Organizations of the county file by id.
        answering: Who picks up, and how surely.
        desks: Officers, lines, nets and circuits.
        terms: Times and chances of the channels, by the parameters as they are now.
        outages: Which channels are down.
        attempts: Attempts that are under way, by activity.
        links: Channel that a pair of organizations (sender, addressee) uses first, such as a liaison officer.
        superseded: Messages that a newer one has taken the place of, by the number of its event.
        careless: Those who do not ask after a message that nobody has acknowledged.
        on_overheard: Hears, for an organization, what was said to another of its talk group.
        on_receipt: Hears that a message was acknowledged.
        on_given_up: Hears that the sender has given a message up.
    """

    def __init__(
        self, world: World, *, instant: bool, lifelines: Served | None = None, travel: Travel | None = None
    ) -> None:
        county = world.exercise.county
        self._world = world
        self._instant = instant
        self._travel = travel
        self._ways = Ways(county)
        self._kinds = {kind.key: kind for kind in world.exercise.plan.facts}
        self._desks: dict[str, Desk] = {}
        self._sent: dict[str, int] = {}
        self.clock, self.luck, self.log = world.clock, world.luck, world.log
        self.organizations = {organization.id: organization for organization in county.organizations}
        self.answering = Answering(county, world.exercise.scenario.starts_at)
        self.desks = Desks(world)
        self.terms = Terms(county, world.parameters)
        self.outages = Outages(world, lifelines)
        self.outages.watch(self._break_off)
        self.attempts: dict[Activity | None, Attempt] = {}
        self.links: dict[tuple[str, str], str] = {}
        self.careless: tuple[str, ...] = ()
        self._handed: dict[str, None] = {}
        self.superseded: dict[str, int] = {}
        self.on_overheard: Callable[[str, Message, int], None] = _nobody_there
        self.on_receipt: Told = _nobody
        self.on_given_up: Told = _nobody
        self._chosen = 0

    def begin(self, cause: int) -> None:
        """Take down, for its time, each channel that the profile of the communications has down."""
        self._chosen += 1
        profile = self.terms.profile
        if profile is None:
            return
        for channel in self._world.exercise.county.channels:
            if channel.id in profile.down:
                self.clock.at(profile.at, partial(self._take_down, self._chosen, channel.id, profile, cause))

    def _take_down(self, chosen: int, channel: str, profile: Profile, cause: int) -> None:
        """Take a channel down for as long as a profile says, if it is still the one that was chosen."""
        if chosen == self._chosen:
            name = f"profile {profile.id} {chosen}"
            self.outages.cut(channel, name, cause)
            self.clock.at(profile.lasts, partial(self.outages.restore, channel, name, cause))

    def tune(self, cause: int = 0) -> None:
        """Go by the parameters as they are now; what is on its way keeps the times that were drawn.

        Args:
            cause: Number of the event by which they changed.
        """
        before = self.terms.profile
        self.terms = Terms(self._world.exercise.county, self._world.parameters)
        self.desks.tune()
        if self.terms.profile != before:
            if before is not None:
                for name in before.down:
                    self.outages.restore(name, f"profile {before.id} {self._chosen}", cause)
            self.begin(cause)

    def connect(self, organization: str, desk: Desk) -> None:
        """Say who takes in the messages to an organization."""
        self._desks[organization] = desk

    def unique(self, ident: str) -> str:
        """Return a message id, with ``#2`` and so on where the same cause sends again."""
        count = self._sent.get(ident, 0) + 1
        self._sent[ident] = count
        return ident if count == 1 else f"{ident}#{count}"

    def send(self, message: Message, cause: int | None, also: tuple[int, ...] = ()) -> int:
        """Send a message; it goes its way by itself. Returns the number of the event."""
        composed = self.log.emit("message.composed", message.sender, message.id, cause, also, **message.data())
        if self._instant and not self.organizations[message.to].public:
            self._arrive_at_once(message, composed)
        else:
            self.clock.start(self._life(message, composed))
        return composed

    def hand_over(self, message: Message, cause: int, read: int | None = None) -> None:
        """Let a message be taken in and acknowledged now; what is still under way of it comes to nothing.

        Args:
            message: The message.
            cause: Number of the event by which it is handed over.
            read: Number of the event of reading it; None if it was not read yet.
        """
        self._handed[message.id] = None
        if read is None:
            read = self.log.emit("message.read", message.to, message.id, cause)
            self._desks[message.to].receive(message, read)
        if message.needs_answer:
            self.on_receipt(message, self.log.emit("message.acknowledged", message.sender, message.id, read))

    def supersede(self, messages: Iterable[str], cause: int) -> None:
        """Call off messages whose saying has not begun, because a newer one says more; ``cause`` is its event."""
        self.superseded.update(dict.fromkeys(messages, cause))

    def down(self, channel: Channel, message: Message) -> tuple[int, ...] | None:
        """Return None if a channel works for a message, else the numbers of the events by which it does not."""
        return self.outages.down(channel, self._ends(message)) if self.outages.concern(channel) else None

    def contact(self, channel: Channel, message: Message, attempt: int) -> Contact | None:
        """Return who is called at an attempt, where somebody must pick up."""
        to = self.organizations[message.to]
        return self.answering.contact(to, attempt, self._world.parameters) if channel.answered else None

    def answer_chance(self, contact: Contact) -> float:
        """Return the chance that a contact picks up now."""
        return self.answering.chance(contact, self.clock.now, self._world.parameters)

    def travel_s(self, channel: Channel, message: Message) -> int:
        """Return how long a message is on the road, in seconds; 0 for a channel that does not go by road."""
        if not channel.by_road or self._travel is None:
            return 0
        start, end = self._ends(message)
        return self._travel(start, end) if start is not None and end is not None else 0

    def as_heard(self, message: Message, channel: Channel) -> tuple[Message, dict[str, Any]]:
        """Return a message as it arrives, and the facts that changed on the way."""
        chance = self.terms.garbled(channel)
        if not chance or not message.facts:
            return message, {}
        chance = min(1.0, chance * error_factor(self._world))
        facts, changed = garbled(message.facts, chance, self._kinds, self.luck, message.id, channel.id)
        return (replace(message, facts=facts), changed) if changed else (message, {})

    def _ends(self, message: Message) -> tuple[str | None, str | None]:
        sender = self.organizations.get(message.sender)
        start = message.from_at or (None if sender is None else sender.at)
        return start, message.to_at or self.organizations[message.to].at

    def _break_off(self, seq: int) -> None:
        """Break off what is under way on channels that have just failed."""
        for activity, attempt in list(self.attempts.items()):
            if activity is not None:
                attempt.break_off_if_down(activity, seq)

    def _arrive_at_once(self, message: Message, composed: int) -> None:
        log = self.log
        sent = log.emit("message.sent", message.sender, message.id, composed, channel="instant", attempt=1)
        delivered = log.emit("message.delivered", message.to, message.id, sent, channel="instant")
        read = log.emit("message.read", message.to, message.id, delivered)
        acknowledged = log.emit("message.acknowledged", message.sender, message.id, read)
        self._desks[message.to].receive(message, read)
        self.on_receipt(message, acknowledged)

    def _life(self, message: Message, last: int) -> Process:
        """Process: try the channels in their order until the message has arrived or nobody tries any more."""
        reason = "exhausted"
        drafted: dict[str, None] = {}
        for number, channel in enumerate(self._ways.of(message, self.links)):
            if number:
                if not self.luck.chance(self.terms.fallback, "fallback", message.id, channel.id):
                    reason = "did_not_switch"
                    break
                yield self.clock.wait(self._seconds(channel, "switch", message))
                last = self.log.emit("message.switched", message.sender, message.id, last, channel=channel.id)
            if channel.medium not in drafted:  # what is written down once need not be written again
                drafted[channel.medium] = None
                if writing := self._seconds(channel, "writing", message):
                    yield self.clock.wait(writing)
            said: dict[str, int] = {}
            for attempt in range(1, channel.attempts + 1):
                if attempt > 1:
                    yield self.clock.wait(channel.retry_after)
                tried = Attempt(self, message, channel, attempt, last, said)
                yield from tried.run()
                last = tried.last
                if message.id in self._handed:
                    return
                if tried.delivered:
                    yield from self._taken_in(tried.message, channel, last)
                    return
                if (newer := self.superseded.get(message.id)) is not None:
                    self.log.emit("message.expired", message.sender, message.id, last, (newer,), reason="superseded")
                    return
        self.on_given_up(message, self.log.emit("message.expired", message.sender, message.id, last, reason=reason))

    def _seconds(self, channel: Channel, part: str, message: Message) -> int:
        return self.luck.seconds(self.terms.part(channel, part), part, message.id, channel.id)

    def _taken_in(self, message: Message, channel: Channel, last: int) -> Process:
        """Process: wait for an officer, who reads it; then the sender learns that it arrived, or asks again."""
        reading = self._seconds(channel, "reading", message)
        if reading:
            arrived_s, officers = self.clock.now, self.desks.officers[message.to]
            request = officers.take(message.urgency if self.terms.by_urgency else 0)
            if not request.triggered:
                last = self.log.emit("message.laid_aside", message.to, message.id, last, officers.ahead)
                yield request
                last = self.log.emit("message.taken_up", message.to, message.id, last, officers.freed_by)
            officers.claim(request, last)
            lain_min = (self.clock.now - arrived_s) / 60
            yield self.clock.wait(round(reading * (1 + self.terms.overload * lain_min)))
            officers.give_back(request, last)
        if message.id in self._handed:
            return
        read = self.log.emit("message.read", message.to, message.id, last)
        self._desks[message.to].receive(message, read)
        if channel.holds == "net":
            for listener in self.desks.listening(message.to):
                self.on_overheard(listener, message, read)
        if message.needs_answer:
            yield from self._receipt(message, channel, read)

    def _receipt(self, message: Message, channel: Channel, last: int) -> Process:
        """Process: the addressee gives a receipt, or forgets it; the sender asks again, a few times.

        Receipts and the asking for them keep nobody busy; over a channel that is down nobody can ask. A simplification.
        """
        chases = 0 if message.sender in self.careless else self.terms.chases
        for asked in range(chases + 1):
            if asked:
                yield self.clock.wait(self.terms.chase_after_s)
                if self.down(channel, message) is not None:
                    continue
                if message.id in self._handed:
                    return
                last = self.log.emit("message.chased", message.sender, message.id, last, times=asked)
            if not self.luck.chance(channel.forgotten, "forgotten", message.id, channel.id, str(asked)):
                self.on_receipt(message, self.log.emit("message.acknowledged", message.sender, message.id, last))
                return


def _nobody(message: Message, seq: int) -> None:
    """Hear nothing."""


def _nobody_there(listener: str, message: Message, seq: int) -> None:
    """Hear nothing."""
