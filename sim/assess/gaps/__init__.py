"""Coordination gaps: obligations that were not met in time. One file for each type; add yours to the list."""

from __future__ import annotations

from sim.assess.gaps import (
    command_gap,
    conflicting_orders,
    duplicate_task,
    inconsistent_figures,
    missed_notification,
    no_expert,
    no_fallback,
    no_mandate,
    open_loop,
    orphan_task,
    published_beyond,
    release_outside_chain,
    resource_mismatch,
    stale_fact,
    unacknowledged,
    unprotected_entry,
    waiting_on_other,
    wrong_level,
)
from sim.assess.gaps.base import Obligation, late
from sim.assess.index import Index

RULES = (
    stale_fact.owed,
    orphan_task.owed,
    missed_notification.owed,
    open_loop.owed,
    command_gap.owed,
    wrong_level.owed,
    no_fallback.owed,
    unacknowledged.owed,
    waiting_on_other.owed,
    duplicate_task.owed,
    conflicting_orders.owed,
    no_mandate.owed,
    release_outside_chain.owed,
    inconsistent_figures.owed,
    published_beyond.owed,
    resource_mismatch.owed,
    unprotected_entry.owed,
    no_expert.owed,
)
"""The rules by which obligations are found; where gaps of one chain overlap, the one of the earlier rule counts."""


def obligations(index: Index) -> list[Obligation]:
    """Return everything that was owed, met or not, in the order of the rules."""
    return [one for rule in RULES for one in rule(index)]


def find_gaps(index: Index) -> list[Obligation]:
    """Return all gaps, longest first."""
    return longest_first(obligations(index))


def longest_first(owed: list[Obligation]) -> list[Obligation]:
    """Return those of some obligations that are gaps, longest first."""
    return sorted(late(owed), key=lambda gap: (-gap.late_s, gap.id))
