"""Policies: how a seat that no person takes is played; one file each."""

from sim.actors.policies.base import Policy, by_plan, least
from sim.actors.policies.expert import EXPERT
from sim.actors.policies.follow_plan import PLAN
from sim.actors.policies.no_orders import NONE
from sim.actors.policies.novice import NOVICE
from sim.actors.policies.perfect import PERFECT
from sim.actors.policies.skill import AS_PLANNED, Skill
from sim.actors.policies.trained import TRAINED

POLICIES: dict[str, Policy] = {policy.name: policy for policy in (NONE, NOVICE, PLAN, TRAINED, EXPERT, PERFECT)}
"""Policies by name, from the least to the best."""

__all__ = [
    "AS_PLANNED",
    "EXPERT",
    "NONE",
    "NOVICE",
    "PERFECT",
    "PLAN",
    "POLICIES",
    "TRAINED",
    "Policy",
    "Skill",
    "by_plan",
    "least",
]
