"""``trained``: goes by the plan, and sees to it that what was said arrived and what it needs to know comes."""

from __future__ import annotations

from sim.actors.policies.base import Policy, by_plan
from sim.actors.policies.skill import Skill

SKILL = Skill(says_again=True, verifies=True, asks_after_min=12.0)
"""Guesses: who has trained asks after the time within which the plan lets most facts arrive."""

TRAINED = Policy("trained", routine=True, knows_truth=False, instant=False, choose=by_plan, skill=SKILL)
