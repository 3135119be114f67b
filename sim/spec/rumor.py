"""A rumor in a scenario file: how it is told on, who hears the official word, and who leaves home because of it."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.spec.base import Delay, Duration, Id, NotNegative, Positive, Share, Spec


class RumorGroup(Spec):
    """People who tell a rumor mostly among themselves.

    Attributes:
        townships: Townships of the county where they live.
        tells: Share of their tellings that goes to each other group; the rest stays among them.
        leave_share: Share of the believers among them who leave home; None for that of the rumor.
    """

    id: Id
    townships: tuple[Id, ...] = Field(min_length=1)
    tells: dict[Id, Share] = Field(default_factory=dict)
    leave_share: Share | None = None


class Flight(Spec):
    """How people who believe a rumor leave their homes, all in a short time.

    Attributes:
        from_share: Share of a group that must believe it before people see others leave, and leave too; before that
            nobody calls those in office either.
        packs: Mean time until who means to leave is on the road; who stops believing it before stays at home.
        stays: How long who has left stays away if nobody tells him better.
    """

    from_share: Share
    packs: Duration
    stays: Annotated[Duration, Field(ge=300)]
    source: str


class Rumor(Spec):
    """How a rumor grows and what it does.

    Attributes:
        starts: When the first people hear it.
        seed_share: Share of the county's people who hear it then, all in the first group.
        growth_per_h: How many people who have not heard it one who tells it tells in an hour, while all are such;
            then it grows at that rate.
        answered_per_h: Rate per hour at which somebody hears and heeds an official statement, once one stands.
        trust: Share of the believers who heed it whom it convinces.
        unverified: Factor on how many heed a statement that says nothing verified.
        calls_per_h: Calls to the duty office per hour if everybody believed it.
        call_length: How long such a call holds a line.
        leave_share: Share of believers who leave home.
        denial_growth: Factor on growth after a denial that people see to be wrong.
        denial_trust: Factor on compliance, and on how many heed a statement, after such a denial.
        groups: Groups of people, the one where it begins first; none for all people of the county together.
        flight: How people flee; None where who leaves does so as soon as he believes it, and hurts nobody.
    """

    starts: Duration
    seed_share: Share
    growth_per_h: NotNegative
    answered_per_h: NotNegative
    trust: Share = 0.8
    unverified: Share = 1.0
    calls_per_h: NotNegative
    call_length: Delay
    leave_share: Share
    denial_growth: Positive
    denial_trust: Share
    groups: tuple[RumorGroup, ...] = Field(default=(), max_length=30)
    flight: Flight | None = None
    source: str

    @model_validator(mode="after")
    def _groups_fit(self) -> Self:
        names = [group.id for group in self.groups]
        townships = [township for group in self.groups for township in group.townships]
        for what, given in (("group", names), ("township", townships)):
            if len(given) != len(dict.fromkeys(given)):
                raise ValueError(f"each {what} of a rumor stands once")
        for group in self.groups:
            for other in group.tells:
                if other not in names or other == group.id:
                    raise ValueError(f"group {group.id!r} cannot tell {other!r}: {', '.join(names)}")
            if sum(group.tells.values()) > 1:
                raise ValueError(f"group {group.id!r} gives away more than all of its tellings")
        return self
