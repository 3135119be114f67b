"""``plan``: follows the plan on what it knows, forgets nothing of it, and does nothing besides."""

from __future__ import annotations

from sim.actors.policies.base import Policy, by_plan

PLAN = Policy("plan", routine=True, knows_truth=False, instant=False, choose=by_plan)
