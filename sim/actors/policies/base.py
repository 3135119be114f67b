"""What a policy is, and the rules by which it picks an option."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sim.actors.policies.skill import AS_PLANNED, Skill
from sim.spec.base import FactValue, all_hold
from sim.spec.orders import Choice
from sim.spec.scenario import PausePoint

ValueOf = Callable[[str], FactValue | None]


class Policy(NamedTuple):
    """How seats and desks are played.

    Attributes:
        name: Its name on the command line.
        routine: Whether departments and command carry out the plan's tasks by themselves.
        knows_truth: Whether they know the present truth at once (never the future).
        instant: Whether their messages, approvals and thoughts take no time.
        choose: Picks an option of a pause point by what the seat holds to be so; None gives no answer.
        skill: What they check, ask, tell and foresee.
    """

    name: str
    routine: bool
    knows_truth: bool
    instant: bool
    choose: Callable[[PausePoint, ValueOf], str | None]
    skill: Skill = AS_PLANNED


def by_plan(point: PausePoint, value_of: ValueOf) -> str | None:
    """Return the first option of the plan's rule whose conditions hold, or None."""
    return _first(point.by_plan, value_of)


def by_expert(point: PausePoint, value_of: ValueOf) -> str | None:
    """Return the first option of the expert's rule whose conditions hold; without one, the plan's."""
    return _first(point.by_expert, value_of) or by_plan(point, value_of)


def least(point: PausePoint) -> str:
    """Return the option that commits to the least: the one with the fewest orders, the first of those."""
    return min(point.options, key=lambda option: len(option.orders)).id


def _first(rule: tuple[Choice, ...], value_of: ValueOf) -> str | None:
    return next((line.choose for line in rule if all_hold(line.if_, value_of)), None)
