"""Supplies: what they are, who holds them, how they are got and moved, and what work uses them up."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.spec.base import Count, Delay, Duration, Id, NotNegative, Positive, Spec, Text
from sim.spec.orders import TaskKind


class Item(Spec):
    """A kind of supplies.

    Attributes:
        unit: What it is counted in.
        kg: Weight of one of it with its packing, in kg; it decides how many trucks it takes.
        source: Where the weight comes from.
    """

    id: Id
    name: Text
    unit: Text
    kg: Positive
    source: str = Field(min_length=1)


class Stock(Spec):
    """How much of an item is kept at a place of the county's own, in the item's unit."""

    place: Id
    item: Id
    amount: Count


class Supplier(Spec):
    """Somebody outside the county's own depots who has an item.

    Attributes:
        by: How it is got: by a contract that is called off, by a request to who holds a shared reserve, or by
            requisition, which needs a legal ground and is paid for.
        at: Where the county's trucks fetch it.
        amount: What lies ready, in the item's unit.
        daily: What is made in a day besides, from the call on, in the item's unit.
        lead: Time from the call (or the approval) until what lies ready can be loaded.
        contact: Whether the number in the contract still reaches somebody.
        holder: Organization that is asked, for a request.
        yuan: What one of it costs by requisition, in yuan.
        source: Where the figures come from.
    """

    id: Id
    name: Text
    by: Literal["contract", "request", "requisition"]
    at: Id
    item: Id
    amount: Count
    daily: Count = 0
    lead: Delay
    contact: Literal["valid", "dead"] = "valid"
    holder: Id | None = None
    yuan: NotNegative = 0.0
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.by == "request") != (self.holder is not None):
            raise ValueError("holder goes with by: request, and with nothing else")
        if (self.by == "requisition") != (self.yuan > 0):
            raise ValueError("yuan goes with by: requisition, and with nothing else")
        return self


class Upkeep(Spec):
    """What a team that comes from outside must be given.

    Attributes:
        each: How much for each person of the team, in the item's unit.
        every: How often, from when it begins to work: what it brought is used up on the way.
        source: Where the figures come from.
    """

    item: Id
    each: Positive
    every: Duration = Field(ge=60)
    source: str = Field(min_length=1)


class Meals(Spec):
    """What people who were brought to the assembly point are given: one each, so often."""

    item: Id
    every: Duration = Field(ge=60)
    source: str = Field(min_length=1)


class Logistics(Spec):
    """How the county moves supplies.

    Attributes:
        desk: Organization that runs the depots.
        carrier: Organization whose trucks carry.
        issue: Time an officer of the desk takes to issue something.
        load: Loading one truck.
        unload: Unloading one truck.
        call: One call to a supplier.
        calls: Calls after which a number is taken to be dead.
        find_contact: Finding somebody of the supplier in another way.
        upkeep: What teams that come from outside are given.
        meals: What people at the assembly point are given; None if nothing is asked for.
        source: Where the figures come from.
    """

    desk: Id
    carrier: Id
    issue: Delay
    load: Delay
    unload: Delay
    call: Delay
    calls: int = Field(ge=1, le=10)
    find_contact: Delay
    upkeep: tuple[Upkeep, ...] = ()
    meals: Meals | None = None
    source: str = Field(min_length=1)


class ShelterNeed(Spec):
    """What people need who are taken in because they have no house: one each, except those who bring their own.

    Attributes:
        own: Share who bring their own.
        source: Where the share comes from.
    """

    item: Id
    own: Annotated[float, Field(ge=0, le=1)]
    source: str = Field(min_length=1)


class Need(Spec):
    """What one unit uses up in a kind of work.

    Attributes:
        task: Kind of work.
        units: Kinds of unit that use it; empty for all.
        amount: How much, in the item's unit.
        every: How long it lasts; None if it is used up with each piece of work (a job, a trip, a run).
        source: Where the figures come from.
    """

    task: TaskKind
    item: Id
    amount: int = Field(ge=1, le=1_000_000)
    units: tuple[Id, ...] = ()
    every: Duration | None = Field(default=None, ge=60)
    source: str = Field(min_length=1)
