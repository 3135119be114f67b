"""Decisions of a run: what each seat held and did not hold, what another choice would have cost, and how it erred.

The two regrets come from what-ifs that were made of the run, if any: in hindsight, against the best way in every
future, and against what an expert chooses on the same view.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum
from typing import Any

from sim.assess.index import Index
from sim.record.journal import Entry, effective
from sim.spec.base import facts_of

FIELDS = ("key", "seat", "choice", "at_s", "charged_s", "reason")
MEASURES = ("displaced", "sheltered", "closure", "requisitioned")
"""Parts of the loss that are the cost of measures, not of harm."""
NO_ANSWER = "no_answer"


def decisions(index: Index, whatifs: Mapping[str, Mapping[str, Any]] | None = None) -> list[dict[str, Any]]:
    """Return a row for each decision.

    Args:
        index: The run.
        whatifs: By question, what `tabletop whatif` left of the run; None for nothing.

    Returns:
        ``key``, ``seat``, ``choice``, ``at_s``, ``charged_s``, ``reason`` as the journal has them; ``right``,
        ``wrong`` and ``unknown``: facts that the seat needs to know by the plan or for the question, and that were so,
        by how it held them; ``regret``: None without a what-if, see :func:`regret_of`.
    """
    counted = [entry for entry in effective(index.record.journal) if entry.kind in ("answer", "none")]
    return [
        {
            **{name: getattr(entry, name) for name in FIELDS},
            **_held(index, entry),
            "regret": regret_of((whatifs or {}).get(entry.key), _orders(index, entry.key), entry.choice or NO_ANSWER),
        }
        for entry in counted
    ]


def regret_of(whatif: Mapping[str, Any] | None, orders: Mapping[str, int], taken: str) -> dict[str, Any] | None:
    """Return what a decision cost against the other ways to act.

    Args:
        whatif: What the what-if of the question says, or None.
        orders: How many orders each option gives.
        taken: The way that was taken.

    Returns:
        ``hindsight`` and ``expert``: mean, low and high in equivalents of one death; ``best`` and ``confidence``;
        ``replications``; ``reaction``: ``over`` where the best way orders less and the paired difference is clear,
        ``under`` where it orders more, ``fit`` where the way taken is not clearly worse, ``other`` where both order as
        much;
        ``measures`` and ``measures_of_best``: the cost of measures, which harm avoided must outweigh.
    """
    row = next((one for one in whatif["ways"] if one["way"] == taken), None) if whatif is not None else None
    if whatif is None or row is None or not row["n"]:
        return None
    best = str(whatif["best"])
    return {
        "hindsight": {part: row[f"hindsight.{part}"] for part in ("mean", "low", "high")},
        "expert": {part: row[f"regret.{part}"] for part in ("mean", "low", "high")},
        "best": best,
        "confidence": whatif["confidence"],
        "replications": row["n"],
        "reaction": _reaction(whatif, best, orders, taken),
        "measures": _measures(row),
        "measures_of_best": _measures(next(one for one in whatif["ways"] if one["way"] == best)),
    }


def _reaction(whatif: Mapping[str, Any], best: str, orders: Mapping[str, int], taken: str) -> str:
    least = next(one for one in whatif["ways"] if one["way"] == best)
    high = least["difference.high"] if whatif["compared_with"] == taken else None
    if best == taken or high is None or high >= 0:
        return "fit"
    mine, other = orders.get(taken, 0), orders.get(best, 0)
    return "over" if mine > other else "under" if mine < other else "other"


def _measures(row: Mapping[str, Any]) -> float:
    return round(fsum(float(row[f"part.{part}"]) for part in MEASURES), 6)


def _orders(index: Index, key: str) -> dict[str, int]:
    point = _point(index, key)
    return {} if point is None else {option.id: len(option.orders) for option in point.options}


def _point(index: Index, key: str) -> Any:
    points = index.exercise.scenario.pause_points
    return next((point for point in points if point.id == key.partition("#")[0]), None)


def _held(index: Index, entry: Entry) -> dict[str, list[str]]:
    """Return the facts that the seat needed and that were so when it decided, by how it held them."""
    found: dict[str, list[str]] = {"right": [], "wrong": [], "unknown": []}
    kinds = {kind.key: kind for kind in index.exercise.plan.facts}
    point = _point(index, entry.key)
    asked = () if point is None else facts_of(point.when)
    for key in sorted(index.true_facts()):
        kind = kinds.get(key) or kinds.get(f"place/{key.partition('/')[2]}")
        needed = key in asked or (kind is not None and entry.seat in kind.need_to_know)
        true = index.true_value_at(key, entry.at_s)
        if not needed or true in (None, False):
            continue
        held = next((span.value for span in reversed(index.held(entry.seat, key)) if span.start_s <= entry.at_s), None)
        is_count = isinstance(true, int) and not isinstance(true, bool)
        so = held == true or (is_count and bool(held))
        found["unknown" if held is None else "right" if so else "wrong"].append(key)
    return found
