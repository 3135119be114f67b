"""Joint consultation (会商): those who attend put together what each of them holds; an officer of each is busy."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

from sim.comms.message import Message, Stated
from sim.county.roads import NO_WAY_S
from sim.engine import Line, Process, Request
from sim.record.picture import Picture
from sim.spec.base import FactValue, Text, all_hold, facts_of
from sim.spec.channels import Channel
from sim.spec.orders import IN_PERSON, Grade

if TYPE_CHECKING:
    from sim.actors.organization import Organization

WAIT_S = 900
"""How long all who are invited may take to read the invitation, in seconds; then on without the rest. A guess."""
GATHER_S = 600
"""How long those who have read it may then take to find an officer who is free, in seconds. A guess."""


class Attendance:
    """How far one of those who were invited has come.

    Attributes:
        organization: Who was invited.
        also: Numbers of the events that led there, or that kept it away.
        is_there: Whether it attends.
    """

    def __init__(self, organization: Organization) -> None:
        self.organization = organization
        self.also: tuple[int, ...] = ()
        self.is_there = False
        self._clock = organization.world.clock
        self._officers: Line = organization.scene.exchange.desks.officers[organization.id]
        self._taken: Request | None = None

    def take_officer(self, cause: int, patience_s: int) -> Process:
        """Process: find an officer who is free, for some seconds at most; returns whether there is one."""
        taken = self._officers.take()  # as urgent as an order where urgent things go first: a guess
        if not taken.triggered:
            self.also += self._officers.ahead
            yield taken | self._clock.wait(patience_s)
            self.also += self._officers.freed_by
        if not taken.triggered:
            self._officers.give_up(taken)
            return False
        self._officers.claim(taken, cause)
        self._taken = taken
        return True

    def give_officer_back(self, cause: int) -> None:
        """Let the officer go back to work."""
        if self._taken is not None:
            self._officers.give_back(self._taken, cause)
            self._taken = None


class Consultation:
    """One joint consultation.

    Args:
        convener: Who calls it.
        name: Id of the order.
        to: Who is invited.
        channel: Channel by which they confer; None if they meet at the command post.
    """

    def __init__(self, convener: Organization, name: str, to: tuple[str, ...], channel: str | None) -> None:
        self._convener = convener
        self._scene, self._world = convener.scene, convener.world
        self._name = name
        invited = dict.fromkeys(one for one in to if one != convener.id)
        self._invited = [Attendance(self._scene.organizations[one]) for one in invited]
        self._host = Attendance(convener)
        by = [one for one in self._world.exercise.county.channels if one.id == channel and channel != IN_PERSON]
        self._channel: Channel | None = by[0] if by else None
        self._instant = self._scene.policy.instant
        self._circuit: tuple[Line, Request] | None = None
        self._read = {one: self._world.clock.occurrence() for one in invited}

    def run(self, cause: int) -> Process:
        """Process: invite, wait, confer, and let everybody who was there learn what the others hold.

        Every wait for an officer has an end, so that two who invite each other do not wait for ever.
        """
        clock, log, everybody = self._world.clock, self._world.log, (self._host, *self._invited)
        ids = [one.organization.id for one in self._invited]
        by = "" if self._channel is None else self._channel.id
        down = self._channel_down()
        if down is not None:
            self._channel, by = None, ""  # they meet at the command post instead
        opened = log.emit(
            "consultation.opened", self._convener.id, self._name, cause, down or (), invited=ids, channel=by
        )
        ready = [clock.start(self._connect(opened)), clock.start(self._come(self._host, opened, WAIT_S + GATHER_S))]
        for one in self._invited:
            self._invite(one.organization, opened)
        all_read = reduce(and_, self._read.values(), clock.wait(0))
        yield all_read | clock.wait(0 if self._instant else WAIT_S)
        for one in self._invited:
            if (read := self._read[one.organization.id]).triggered and read.value is not None:
                ready.append(clock.start(self._come(one, read.value, GATHER_S)))
        yield from ready
        present = [one for one in everybody if one.is_there and self._host.is_there]
        if len(present) > 1 and not self._instant:
            yield clock.wait(round(self._world.parameters["consultation.length"] * 60))
        there = [one.organization.id for one in present]
        missing = [one for one in ids if one not in there]
        also = tuple(seq for one in everybody for seq in one.also)
        judged, on = self._judged([one.organization for one in present])
        also = (*also, *on)
        held = log.emit(
            "consultation.held", self._convener.id, self._name, opened, also, present=there, missing=missing, **judged
        )
        if self._circuit is not None:
            self._circuit[0].give_back(self._circuit[1], held)
        for one in everybody:
            clock.start(self._go_back(one, held))
        self._put_together([one.organization for one in present], held)

    def _channel_down(self) -> tuple[int, ...] | None:
        """Return None if the conference can be held as ordered, else the numbers of the events by which it cannot."""
        if self._channel is None or self._instant:
            return None
        return self._scene.exchange.outages.down(self._channel, (self._convener.desk.at, None))

    def _connect(self, opened: int) -> Process:
        """Process: find a circuit where the channel has a limited number, and set the conference up."""
        channel, exchange = self._channel, self._scene.exchange
        if channel is None or self._instant:
            return
        line = exchange.desks.line(channel, self._convener.id)
        if line is not None:
            request = line.take()
            if not request.triggered:
                self._host.also += line.ahead
                yield request
                self._host.also += line.freed_by
            line.claim(request, opened)
            self._circuit = (line, request)
        yield self._world.clock.wait(
            self._world.luck.seconds(exchange.terms.part(channel, "set_up"), "set_up", self._name, channel.id)
        )

    def _invite(self, organization: Organization, cause: int) -> None:
        exchange = self._scene.exchange
        text = Text(zh="请参加联合会商", en="Please attend a joint consultation").marked().model_dump()
        ident = exchange.unique(f"{self._name}/invite>{organization.id}")
        self._scene.invitations[ident] = self._read[organization.id]
        exchange.send(Message(ident, self._convener.id, organization.id, "request", text=text), cause)

    def _come(self, one: Attendance, cause: int, patience_s: int) -> Process:
        """Process: find an officer, if that does not take too long, who goes to the command post or calls in."""
        one.also += (cause,)
        if not self._instant and not (yield from one.take_officer(cause, patience_s)):
            return
        down = None
        if self._channel is None:
            way_s = self._way_s(one.organization)
            if way_s >= NO_WAY_S:
                down = tuple(dict.fromkeys(self._scene.county.blocks.values()))
            else:
                yield self._world.clock.wait(way_s)
        elif not self._instant:
            ends = (one.organization.desk.at, self._convener.desk.at)
            down = self._scene.exchange.outages.down(self._channel, ends)
        one.also += down or ()
        one.is_there = down is None
        if down is not None:
            one.give_officer_back(cause)

    def _way_s(self, organization: Organization) -> int:
        """Return how long the way to the command post takes, in seconds; 0 where a desk has no place in the county."""
        here, there = organization.desk.at, self._scene.command_at()
        if self._instant or here is None or there is None:
            return 0
        return self._scene.county.roads.seconds(here, there, siren=False)

    def _go_back(self, one: Attendance, held: int) -> Process:
        """Process: drive back to the desk, if one had to come, and be free there."""
        if self._channel is None and one.is_there:
            yield self._world.clock.wait(min(self._way_s(one.organization), self._world.horizon_s))
        one.give_officer_back(held)

    def _judged(self, present: list[Organization]) -> tuple[dict[str, int], tuple[int, ...]]:
        """Return the gravest grade that the plan knows for what those present hold together, and what it rests on."""
        pooled: dict[str, tuple[int, FactValue, int | None]] = {}
        for one in present:
            for key, held in one.picture.held.items():
                if key not in pooled or held.as_of_s > pooled[key][0]:
                    pooled[key] = held.as_of_s, held.value, one.learned.get(key)

        def value_of(key: str) -> FactValue | None:
            return pooled[key][1] if key in pooled else None

        met = [
            (order.grade, facts_of(task.when))
            for task in self._world.exercise.plan_tasks
            if all_hold(task.when, value_of)
            for order in task.orders
            if isinstance(order, Grade)
        ]
        if not met:
            return {}, ()
        grade, facts = min(met)
        seqs = (pooled[fact][2] for fact in facts if fact in pooled)
        return {"grade": grade}, tuple(seq for seq in seqs if seq is not None)

    def _put_together(self, present: list[Organization], held: int) -> None:
        """Let each learn what the others held when they met, the oldest first, so that the newest is what stands."""
        brought = [
            (stated, one.id, one.learned.get(stated.fact)) for one in present for stated in everything(one.picture)
        ]
        brought.sort(key=lambda item: item[0].as_of_s)
        for one in present:
            for stated, by, seq in brought:
                if by != one.id:
                    one.learn(stated, held, "consultation", () if seq is None else (seq,))


def everything(picture: Picture) -> list[Stated]:
    """Return all that a picture holds, and what stands against it."""
    facts = [Stated.from_held(key, held) for key, held in picture.held.items()]
    return facts + [Stated.from_held(key, one) for key, others in picture.conflicts.items() for one in others]
