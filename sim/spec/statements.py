"""Orders to speak to the public: statements and press conferences."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.spec.base import FactKey, Id, Spec

CONTENT = ("measures", "advice", "hotline", "patients")
"""What a statement can hold besides facts: what is being done, what people shall do, where they can call, and in which
hospital those lie whose families have been told in person."""


class Publish(Spec):
    """Publish a statement to the public.

    Attributes:
        says: Facts that it states, as the publisher holds them.
        path: By the chain of approval, by an authority agreed beforehand, or without asking anybody.
        contains: What it holds besides facts.
        next_update_min: Promise to say more within so many minutes; None for no promise.
        media: Media of the county by which it goes out; none for the usual ones.
    """

    do: Literal["publish"]
    release: Id = Field(description="id of the statement, such as first_notice")
    says: tuple[FactKey, ...] = ()
    tone: Literal["inform", "rebut", "deny"] = "inform"
    path: Literal["chain", "delegated", "direct"] = "chain"
    contains: tuple[Literal["measures", "advice", "hotline", "patients"], ...] = Field(
        default=(), max_length=len(CONTENT)
    )
    next_update_min: int | None = Field(default=None, ge=5, le=1440)
    media: tuple[Id, ...] = ()


class Conference(Spec):
    """Hold a press conference: journalists ask, and whoever speaks answers with what the own body holds.

    Attributes:
        spokesperson: A principal leader of the county, the head of a department, or a spokesperson by profession.
    """

    do: Literal["conference"]
    spokesperson: Literal["leader", "head", "spokesperson"] = "spokesperson"
