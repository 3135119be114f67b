"""What a policy is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sim.spec.base import FactValue
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
    """

    name: str
    routine: bool
    knows_truth: bool
    instant: bool
    choose: Callable[[PausePoint, ValueOf], str | None]
