"""``novice``: knows the plan by half; slow, forgets tasks and addressees, and waits where it is in doubt.

It acts on and passes on whatever it hears, asks only what the plan orders, does not look at acknowledgments, and now
and then sends a crew without checking its protection.
"""

from __future__ import annotations

from sim.actors.policies.base import Policy, by_plan
from sim.actors.policies.skill import Skill

SKILL = Skill(
    thinking=1.8,
    remembers=0.7,
    reminded_after_min=20.0,
    hesitates=0.25,
    addresses=0.8,
    protects=0.85,
    chases=False,
)
"""Guesses: a third of what is due is thought of late, one question in four is put off by the least that can be done."""

NOVICE = Policy("novice", routine=True, knows_truth=False, instant=False, choose=by_plan, skill=SKILL)
