"""Policies: how a seat that no person takes is played; one file each."""

from sim.actors.policies.base import Policy
from sim.actors.policies.follow_plan import PLAN
from sim.actors.policies.no_orders import NONE
from sim.actors.policies.perfect import PERFECT

POLICIES: dict[str, Policy] = {policy.name: policy for policy in (NONE, PLAN, PERFECT)}
"""Policies by name, from the least to the best."""

__all__ = ["NONE", "PERFECT", "PLAN", "POLICIES", "Policy"]
