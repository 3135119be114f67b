"""``perfect``: the yardstick. Knows the present truth at once, its messages arrive at once; work takes its time.

It foresees and weighs as an expert does, on forecasts that are public; it needs not ask, and never knows the future.
"""

from __future__ import annotations

from sim.actors.policies.base import Policy, by_expert
from sim.actors.policies.skill import Skill

SKILL = Skill(foresees=True, weighs=True)

PERFECT = Policy("perfect", routine=True, knows_truth=True, instant=True, choose=by_expert, skill=SKILL)
