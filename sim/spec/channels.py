"""Channels: the ways in which somebody can be reached, and who answers at the other end."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from sim.rng import Distribution, Shape
from sim.spec.base import Delay, Duration, Id, Share, Spec, Text


def _local_date(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("expected a date such as 2026-10-01")
    return text


LocalDate = Annotated[str, AfterValidator(_local_date)]
"""A local date such as ``2026-10-01``."""
AT_ONCE = Distribution(Shape.FIXED, 0.0)
Medium = Literal["voice", "radio", "text", "written", "public"]
"""What a channel carries: speech between two, speech on a net, short texts, papers, words to everybody."""
Watch = Literal["day", "night", "handover", "holiday"]
"""Times at which a desk is manned differently."""


class Channel(Spec):
    """One way to reach somebody. Times that are not given are 0.

    Attributes:
        medium: What it carries; a rule that asks for a report by phone or in writing goes by this.
        needs: Kinds of lifeline that must work at both ends, such as ``base_station``.
        by_road: Whether it is carried on the road from sender to addressee.
        switch: Time that changing to this channel from another takes.
        writing: Time to write the message down before it can go out.
        placed: Whether an officer of the sender is busy from when it is placed until it is said.
        set_up: Time to get through.
        answered: Whether somebody must pick up; who does, and how surely, stands with the addressee.
        ring: How long it rings before nobody has answered, where somebody must pick up.
        talk: Time that the message takes on the line.
        per_fact: Time on the line that each fact after the first adds.
        attended: Whether an officer of the addressee is busy while it is said.
        holds: What a message occupies while it is under way: nothing, a phone line of the addressee's desk, the
            addressee's radio net, on which one talks at a time, or one of the channel's own ``capacity`` circuits.
        capacity: Circuits, terminals or messengers of the channel, for ``holds: pool``.
        patience: How long a sender waits for a line, or leaves a message on a channel that is down and keeps it,
            before the attempt counts as failed; without effect on a channel that has no lines and keeps nothing.
        loss: Chance that one attempt fails.
        garbled: Chance, for each fact, that it arrives wrong or not at all.
        when_down: What becomes of a message that is under way when the channel fails.
        retry_after: Pause before the next attempt, if there is one.
        attempts: Attempts before the sender falls back to its next channel.
        reading: Time until the addressee has read it, with a duty officer busy; 0 for a spoken message.
        forgotten: Chance that a message which needs an answer is read and not acknowledged.
    """

    id: Id
    name: Text
    medium: Medium
    needs: tuple[Id, ...] = ()
    by_road: bool = False
    switch: Delay = AT_ONCE
    writing: Delay = AT_ONCE
    placed: bool = False
    set_up: Delay = AT_ONCE
    answered: bool = False
    ring: Duration | None = None
    talk: Delay = AT_ONCE
    per_fact: Delay = AT_ONCE
    attended: bool = False
    holds: Literal["nothing", "desk", "net", "pool"]
    capacity: int | None = Field(default=None, ge=1, le=100_000)
    patience: Duration
    loss: Share
    garbled: Share = 0.0
    when_down: Literal["lost", "held"] = "lost"
    retry_after: Duration
    attempts: int = Field(ge=1, le=10)
    reading: Delay = AT_ONCE
    forgotten: Share = 0.0
    source: str

    @model_validator(mode="after")
    def _pool_has_a_size(self) -> Self:
        if (self.holds == "pool") != (self.capacity is not None):
            raise ValueError("capacity goes with holds: pool, and with nothing else")
        if (self.answered or self.attended) != (self.ring is not None):
            raise ValueError("ring goes with answered or attended, and with nothing else")
        return self


class Contact(Spec):
    """Somebody who can pick up, such as officer, deputy or leader, with the chance of it by the time of the day."""

    id: Id
    name: Text
    day: Share
    night: Share
    handover: Share
    holiday: Share

    def answers(self, watch: Watch) -> float:
        """Return the chance that a call is picked up."""
        chance: float = getattr(self, watch)
        return chance


class Roster(Spec):
    """Who picks up at the first, second ... attempt at the desks that go by this roster."""

    id: Id
    contacts: tuple[Contact, ...] = Field(min_length=1, max_length=9)
    source: str


class DutyHours(Spec):
    """When it is night, when shifts change, and which days are holidays.

    Attributes:
        day_from: First hour of the day watch (0 to 23).
        night_from: First hour of the night watch.
        handover_lasts: How long after each change of watch the desks are busy handing over.
        holidays: Local dates, as ``2026-10-01``.
        source: Where this is from.
    """

    day_from: int = Field(default=8, ge=0, le=23)
    night_from: int = Field(default=18, ge=0, le=23)
    handover_lasts: Duration = 20 * 60
    holidays: tuple[LocalDate, ...] = Field(default=(), max_length=400)
    source: str = "guess"


class Profile(Spec):
    """A named state of the county's communications, chosen by the parameter ``comms.profile``.

    Attributes:
        delay_factor: Factor on set-up, talk and writing times.
        loss_added: Added to the chance that an attempt fails.
        down: What is down: kinds of lifeline, ids of lifelines, or ids of channels.
        at: Since when they are down.
        lasts: For how long.
    """

    id: Id
    name: Text
    delay_factor: float = Field(default=1.0, ge=0, le=20, allow_inf_nan=False)
    loss_added: Share = 0.0
    down: tuple[Id, ...] = ()
    at: Duration = 0
    lasts: Duration = 0
    source: str
