"""Slips: what a desk forgets, whom it leaves out, and which crews it sends unchecked, by the skill of its seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.rng import Distribution, Shape
from sim.spec.orders import Order, Send, Tell

if TYPE_CHECKING:
    from sim.actors.organization import Organization

REMINDED_SIGMA = 0.6
"""Standard deviation of the logarithm of the time until somebody thinks of what was forgotten. A guess."""


def forgotten_s(organization: Organization, what: str) -> int:
    """Return for how long nobody at a desk thinks of something that is due, in seconds.

    Args:
        organization: Whose desk.
        what: Id of what is due; the luck of thinking of it goes by this and the desk.
    """
    skill, luck = organization.skill, organization.world.luck
    if not luck.chance(1 - skill.remembers, "forgotten task", organization.id, what):
        return 0
    late = Distribution(Shape.LOGNORMAL, skill.reminded_after_min * 60, REMINDED_SIGMA)
    return luck.seconds(late, "reminded", organization.id, what)


def as_given(organization: Organization, order: Order, name: str) -> Order | None:
    """Return an order of routine as the desk gives it: without those who are forgotten, None if nobody is left.

    Args:
        organization: Who gives it.
        order: The order, as the plan has it.
        name: Id of the order.
    """
    skill, chance = organization.skill, organization.world.luck.chance
    if isinstance(order, Tell):
        left_out = [to for to in order.to if chance(1 - skill.addresses, "left out", name, to)]
        to = tuple(one for one in order.to if one not in left_out)
        return order.model_copy(update={"to": to}) if to else None
    if isinstance(order, Send) and chance(1 - skill.protects, "unchecked", name):
        return order.model_copy(update={"wait_outside": False, "avoid_danger": False})
    return order
