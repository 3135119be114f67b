"""Cascades: what one thing leads to, as links with a condition, a chance, a delay and what prevents them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.spec.base import Clause, Count, Delay, Duration, FactKey, FactValue, Id, Share, Spec, Text


class StartHazard(Spec):
    """Another hazard of the scenario begins, named by its subject."""

    do: Literal["start"]
    hazard: Id


class CutLifeline(Spec):
    """An installation is cut: for a time, or until a repair crew has mended it."""

    do: Literal["cut"]
    lifeline: Id
    lasts: Duration | None = None


class Block(Spec):
    """A road between two places cannot be passed, or none that leads to a place."""

    do: Literal["block"]
    place: Id | None = None
    road: tuple[Id, Id] | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.place is None) == (self.road is None):
            raise ValueError("either a place or a road between two places")
        return self


class ComeTrue(Spec):
    """Something becomes so."""

    do: Literal["make"]
    fact: FactKey
    value: FactValue


class Damage(Spec):
    """A hospital loses treatment bays and beds."""

    do: Literal["damage"]
    hospital: Id
    bays: Count = 0
    beds: Count = 0


class SpreadRumor(Spec):
    """A rumor begins, if none goes round yet."""

    do: Literal["rumor"]


Effect = Annotated[StartHazard | CutLifeline | Block | ComeTrue | Damage | SpreadRumor, Field(discriminator="do")]


class Link(Spec):
    """One thing leads to another, at most once.

    Attributes:
        when: What must truly be so; all must hold.
        unless: What prevents it, if it is truly so by the time of the effect.
        chance: Probability that it happens once the condition is met.
        delay: From the condition to the effect.
        source: Where chance and delay are from.
    """

    id: Id
    name: Text
    when: tuple[Clause, ...] = Field(min_length=1)
    unless: tuple[Clause, ...] = ()
    chance: Share = 1.0
    delay: Delay
    effect: Effect
    source: str
