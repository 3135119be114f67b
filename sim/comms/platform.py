"""The unified information platform: what one desk enters, the desks that need to know it read after a synchronization.

It is never free. Entering a fact and looking at the platform keep an officer busy, what was entered becomes visible
only at the next synchronization, and a desk that the network does not reach can neither enter nor read until it is
back. Nothing is lost meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import NamedTuple, Protocol

from sim.comms.exchange import Exchange
from sim.comms.message import Stated
from sim.engine import Process, World
from sim.record.picture import Held, Picture
from sim.spec.county import Organization
from sim.spec.plan import PLACE
from sim.spec.profiles import PLATFORM

LEAST_URGENT = 9
"""Urgency of work at the platform where urgent messages go first: after everything that somebody waits for. A guess."""


class Member(Protocol):
    """A desk that may be on the platform.

    Attributes:
        id: Its id.
        desk: Its row of the county file.
        picture: What it holds to be so.
        learned: Number of the event by which it last learned each fact.
        on_learned: Called with a fact's key whenever the picture changes.
    """

    id: str
    desk: Organization
    picture: Picture
    learned: dict[str, int]
    on_learned: list[Callable[[str], None]]

    def learn(self, stated: Stated, cause: int | None, how: str, also: tuple[int, ...] = ()) -> None:
        """Take a fact into the picture."""


class Entry(NamedTuple):
    """A fact as somebody entered it.

    Attributes:
        by: Id of who entered it.
        seq: Number of the event of entering it, and then of the synchronization that made it visible.
    """

    stated: Stated
    by: str
    seq: int

    @property
    def id(self) -> str:
        """Its id, made from what it says; the same is never shown twice."""
        fact, value, as_of_s, source, verified = self.stated
        return f"{fact}={value}@{as_of_s}/{source}" + ("/verified" if verified else "")


def is_news(picture: Picture, stated: Stated) -> bool:
    """Return whether a fact is newer than what a picture holds, as new and different, or verified where that is not."""
    held = picture.held.get(stated.fact)
    if held is None or stated.as_of_s > held.as_of_s or (stated.verified and not held.verified):
        return True
    return stated.as_of_s == held.as_of_s and stated.value != held.value


def on_platform(desks: Sequence[Organization], coverage: float) -> tuple[str, ...]:
    """Return who is on the platform: the first so many of those desks that are seats or are marked for it.

    Args:
        desks: The desks of the county file, in its order.
        coverage: Share of them that is covered, from 0 to 1; what is begun of a desk counts as one.
    """
    meant = [one.id for one in desks if one.seat or one.platform]
    return tuple(meant[: ceil(coverage * len(meant))])


class Platform:
    """The platform in one run.

    Args:
        world: The world.
        exchange: The channels and desks; the platform shares their officers and their outages.
        members: All desks, in the order of the county file.
    """

    def __init__(self, world: World, exchange: Exchange, members: Sequence[Member]) -> None:
        county, plan = world.exercise.county, world.exercise.plan
        channels = {channel.id: channel for channel in county.channels}
        self._world = world
        self._exchange = exchange
        self._channel = channels[PLATFORM]
        self._kinds = {kind.key: kind for kind in plan.facts if kind.shared}
        self._members = {member.id: member for member in members}
        self._board = Picture()
        self._shown: dict[str, None] = {}
        self._entered: list[Entry] = []
        self._entering: dict[tuple[str, str], None] = {}
        self._unread: dict[str, list[Entry]] = {}
        self._looking: dict[str, None] = {}
        self._sync_at: int | None = None
        self._synced: int | None = None
        self.tune()

    def tune(self) -> None:
        """Go by the parameters as they are now: whether the platform is on, and who is on it."""
        parameters = self._world.parameters
        share = parameters["platform.coverage"] if parameters["platform.on"] else 0.0
        self._covered = on_platform([member.desk for member in self._members.values()], share)

    def learned(self, member: Member, fact: str) -> None:
        """Hear that a desk learned a fact: it is entered, if it is one to be shared and is not there yet."""
        key = (member.id, fact)
        if member.id not in self._covered or key in self._entering or not self._shared(fact):
            return
        if is_news(self._board, _held(member, fact)):
            self._entering[key] = None
            self._world.clock.start(self._enter(member, fact))

    def _shared(self, fact: str) -> tuple[str, ...]:
        """Return who needs to know a fact that is shared; nobody where it is not."""
        kind = self._kinds.get(fact) or self._kinds.get(f"{PLACE}/{fact.partition('/')[2]}")
        return () if kind is None else kind.need_to_know

    def _enter(self, member: Member, fact: str) -> Process:
        """Process: find an officer, type it in, and send it off once the network is there."""
        also = yield from self._reached(member)
        entry_s = round(self._world.parameters["platform.entry"])
        officers, taken = self._exchange.desks.officers[member.id], None
        if entry_s:
            taken = officers.take(self._urgency())
            if not taken.triggered:
                also += (self._queued(member, f"{member.id}:{fact}", member.learned[fact]),)
                yield taken
            also += officers.freed_by
            officers.claim(taken, member.learned[fact])
        del self._entering[member.id, fact]
        stated, learned = _held(member, fact), member.learned[fact]
        is_still_news = is_news(self._board, stated)
        if is_still_news and entry_s:
            yield self._world.clock.wait(entry_s)
        if taken is not None:
            officers.give_back(taken, learned)
        if not is_still_news:
            return
        also += yield from self._reached(member)
        entry = Entry(stated, member.id, 0)
        also += () if self._synced is None else (self._synced,)
        subject = f"{member.id}:{fact}"
        seq = self._world.log.emit("platform.entered", member.id, subject, learned, also, **stated._asdict())
        self._entered.append(entry._replace(seq=seq))
        self._await_synchronization()

    def _await_synchronization(self) -> None:
        """Let the next synchronization come, if it is not awaited already; they lie on a grid from the start on."""
        if self._sync_at is None:
            now, every = self._world.clock.now, round(self._world.parameters["platform.sync_delay"] * 60)
            wait = -now % every if every else 0
            self._sync_at = now + wait
            self._world.clock.at(wait, self._synchronize)

    def _synchronize(self) -> None:
        self._sync_at = None
        entered, self._entered = self._entered, []
        new = [entry for entry in entered if self._show(entry)]
        if not new:
            return
        log = self._world.log
        seqs = tuple(entry.seq for entry in new)
        facts = [entry.stated.fact for entry in new]
        seq = self._synced = log.emit("platform.synced", "", PLATFORM, max(seqs), seqs, facts=facts)
        for ident in self._covered:
            mine = [one._replace(seq=seq) for one in new if one.by != ident and ident in self._shared(one.stated.fact)]
            if mine:
                self._unread.setdefault(ident, []).extend(mine)
                if ident not in self._looking:
                    self._looking[ident] = None
                    self._world.clock.start(self._look(self._members[ident]))

    def _show(self, entry: Entry) -> bool:
        """Put an entry on the board; returns whether it says anything that was not shown yet."""
        fact, value, as_of_s, source, verified = entry.stated
        if entry.id in self._shown:
            return False
        self._shown[entry.id] = None
        return self._board.learn(fact, Held(value, as_of_s, source, self._world.clock.now, verified)) != "old"

    def _look(self, member: Member) -> Process:
        """Process: as long as there is something unread, find an officer, who reads all that is visible.

        It takes one reading time however much there is. A guess.
        """
        officers = self._exchange.desks.officers[member.id]
        while self._unread.get(member.id):
            also = yield from self._reached(member)
            first = self._unread[member.id][0]
            reading = self._world.luck.seconds(self._channel.reading, "reading", PLATFORM, member.id, first.id)
            taken = None
            if reading:
                taken = officers.take(self._urgency())
                if not taken.triggered:
                    also += (self._queued(member, PLATFORM, first.seq),)
                    yield taken
                also += officers.freed_by
                officers.claim(taken, first.seq)
            read, self._unread[member.id] = self._unread[member.id], []
            if reading:
                yield self._world.clock.wait(reading)
            if taken is not None:
                officers.give_back(taken, read[-1].seq)
            also += tuple(entry.seq for entry in read)
            for entry in read:
                member.learn(entry.stated, entry.seq, PLATFORM, also)
        del self._looking[member.id]

    def _reached(self, member: Member) -> Process:
        """Process: wait until the network reaches a desk; returns the numbers of the events that kept it waiting."""
        outages, also = self._exchange.outages, ()
        ends = (member.desk.at, None)
        while (down := outages.down(self._channel, ends)) is not None:
            also = (*down, (yield outages.change()))
        return also

    def _queued(self, member: Member, subject: str, cause: int) -> int:
        """Say that a desk has no officer free; whoever finds one at once has nobody to name for it."""
        ahead = self._exchange.desks.officers[member.id].ahead
        return self._world.log.emit("platform.queued", member.id, subject, cause, ahead)

    def _urgency(self) -> int:
        return LEAST_URGENT if self._exchange.terms.by_urgency else 0


def _held(member: Member, fact: str) -> Stated:
    return Stated.from_held(fact, member.picture.held[fact])
