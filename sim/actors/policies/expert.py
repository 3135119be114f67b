"""``expert``: what the trained do, sooner, and looks ahead: acts on forecasts, passes on, asks early, weighs options.

What it does not know it does not know either: it decides on the same picture as any other seat.
"""

from __future__ import annotations

from sim.actors.policies.base import Policy, by_expert
from sim.actors.policies.skill import Skill

SKILL = Skill(
    thinking=0.6,
    says_again=True,
    verifies=True,
    asks_after_min=5.0,
    stale_after_min=45.0,
    passes_on=True,
    foresees=True,
    weighs=True,
)
"""Guesses."""

EXPERT = Policy("expert", routine=True, knows_truth=False, instant=False, choose=by_expert, skill=SKILL)
