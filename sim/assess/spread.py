"""How scores are spread over runs that differ in their luck alone, and where one run lies among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import quantiles
from typing import Any


def spread(scores: Sequence[Mapping[str, Any]], live: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """Return how the numbers of score cards are spread.

    Args:
        scores: Score cards of runs with other seeds; without any, nothing is returned.
        live: The score card of the run that was played, to be shown beside them.

    Returns:
        Rows with ``id`` (``total``, ``response_speed``, ``coordination``, ``outcome`` or a dimension as
        ``dimension/ID``), ``runs``, ``low``, ``quarter``, ``median``, ``three_quarters``, ``high``, ``live`` (None
        without one) and ``below``, the share of runs that scored less than the live one.
    """
    columns: dict[str, list[float]] = {}
    for card in scores:
        for name, value in _numbers(card).items():
            columns.setdefault(name, []).append(value)
    shown = {} if live is None else _numbers(live)
    rows = []
    for name, values in columns.items():
        ranked = sorted(values)
        middle = quantiles(ranked, n=4, method="inclusive") if len(ranked) > 1 else ranked * 3
        own = shown.get(name)
        below = None if own is None else sum(value < own for value in ranked) / len(ranked)
        names = ("low", "quarter", "median", "three_quarters", "high")
        numbers = zip(names, (ranked[0], *middle, ranked[-1]), strict=True)
        row = {"id": name, "runs": len(ranked), **{key: round(value, 4) for key, value in numbers}}
        rows.append({**row, "live": own, "below": None if below is None else round(below, 4)})
    return rows


def _numbers(card: Mapping[str, Any]) -> dict[str, float]:
    found = {name: card[name] for name in ("total", "response_speed", "coordination")}
    found["outcome"] = card["harm"]["outcome"]
    found.update({f"dimension/{row['id']}": row["points"] for row in card["dimensions"]})
    return {name: float(value) for name, value in found.items() if value is not None}
