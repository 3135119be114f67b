"""``plan``: follows the plan on what it knows."""

from __future__ import annotations

from sim.actors.policies.base import Policy, ValueOf
from sim.spec.base import all_hold
from sim.spec.scenario import PausePoint


def by_plan(point: PausePoint, value_of: ValueOf) -> str | None:
    """Return the first option of the plan's rule whose conditions hold, or None."""
    for choice in point.by_plan:
        if all_hold(choice.if_, value_of):
            return choice.choose
    return None


PLAN = Policy("plan", routine=True, knows_truth=False, instant=False, choose=by_plan)
