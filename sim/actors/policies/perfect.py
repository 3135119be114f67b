"""``perfect``: the yardstick. Knows the present truth at once, its messages arrive at once; work takes its time."""

from __future__ import annotations

from sim.actors.policies.base import Policy
from sim.actors.policies.follow_plan import by_plan

PERFECT = Policy("perfect", routine=True, knows_truth=True, instant=True, choose=by_plan)
