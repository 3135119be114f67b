"""Coordination gaps: obligations that were not met in time. One file for each type; add yours to the list."""

from __future__ import annotations

from sim.assess.gaps import (
    command_gap,
    conflicting_orders,
    inconsistent_figures,
    missed_notification,
    no_expert,
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
from sim.assess.gaps.base import Gap
from sim.assess.index import Index

RULES = (
    unacknowledged.find,
    open_loop.find,
    orphan_task.find,
    stale_fact.find,
    missed_notification.find,
    waiting_on_other.find,
    resource_mismatch.find,
    release_outside_chain.find,
    inconsistent_figures.find,
    published_beyond.find,
    unprotected_entry.find,
    command_gap.find,
    conflicting_orders.find,
    no_mandate.find,
    wrong_level.find,
    no_expert.find,
)
"""The rules by which gaps are found."""


def find_gaps(index: Index) -> list[Gap]:
    """Return all gaps, longest first."""
    gaps = [gap for rule in RULES for gap in rule(index)]
    return sorted(gaps, key=lambda gap: (gap.start_s - gap.end_s, gap.id))
