"""The order to have supplies brought."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.spec.base import Id, Spec

ANY_SOURCE = "any"
"""Source of an order for supplies that may come from anybody who has them."""


class Supply(Spec):
    """Have supplies brought to a place.

    Attributes:
        source: Depot (a place) or supplier they shall come from; ``any`` for the depots, the nearest first, and then
            the others in turn until there is enough.
    """

    do: Literal["supply"]
    item: Id
    amount: int = Field(ge=1, le=1_000_000, description="in the unit of the item")
    at: Id
    source: Id = ANY_SOURCE
    wait_outside: bool = Field(default=True, description="trucks stop where no danger is known, and hand over there")
    avoid_danger: bool = Field(default=True, description="route around places known to be in danger")
    escort: bool | None = Field(default=None, description="loaded trucks meet and drive behind a police escort")
