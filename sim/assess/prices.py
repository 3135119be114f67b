"""What gaps cost, measured by runs with each closed: rows by future in, prices with intervals out. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.assess.intervals import interval

FORMAT = "tabletop-prices/1"
ALL = "*"
"""What stands for all gaps at once in a future."""
OWN = -1
"""Number of the future under the run's own luck."""
QUANTITIES = ("loss", "late_min")
"""What a price says: loss saved in equivalents of one death, and minutes of lateness of all milestones saved."""


def saved(row: Mapping[str, Any], name: str, quantity: str) -> float:
    """Return what closing a gap saves in a future; 0 where the gap does not arise there."""
    closed = row["closed"].get(name, row["base"])
    return float(row["base"][quantity]) - float(closed[quantity])


def price_of(rows: Sequence[Mapping[str, Any]], name: str) -> dict[str, Any]:
    """Return the price of a gap, or of all (:data:`ALL`).

    Args:
        rows: One a future: ``replication``, ``base`` (measured without) and ``closed`` (by name).
        name: The gap's id.

    Returns:
        ``own``: saved under the run's own luck; ``loss`` and ``late_min``: means over the replications with 95 %
        intervals; ``arose``: in how many of them; ``difference``: ``none`` if nothing changed in any future,
        ``clear`` if the interval of the loss leaves out 0, else ``unclear``.
    """
    drawn = [row for row in rows if row["replication"] != OWN]
    own = next((row for row in rows if row["replication"] == OWN), None)
    found: dict[str, Any] = {
        "own": None if own is None else {one: _rounded(saved(own, name, one)) for one in QUANTITIES},
        "arose": sum(name in row["closed"] for row in drawn),
    }
    for one in QUANTITIES:
        found[one] = _interval([saved(row, name, one) for row in drawn])
    same = all(abs(saved(row, name, one)) < 1e-9 for row in rows for one in QUANTITIES)
    loss = found["loss"]
    is_clear = loss["low"] is not None and (loss["low"] > 0 or loss["high"] < 0)
    found["difference"] = "none" if same else "clear" if is_clear else "unclear"
    return found


def rest_of(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> dict[str, Any]:
    """Return what closing all saves beyond the sum of closing each: below 0 where gaps cost the same thing twice."""
    drawn = [row for row in rows if row["replication"] != OWN]
    return {
        one: _interval([saved(row, ALL, one) - sum(saved(row, name, one) for name in names) for row in drawn])
        for one in QUANTITIES
    }


def with_prices(gaps: Sequence[dict[str, Any]], prices: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Return the gaps of a score card with what they cost.

    Args:
        gaps: Rows as ``score.json`` has them.
        prices: What ``prices.json`` holds, or None.

    Returns:
        The rows; ``price`` is the mean loss saved by closing the gap in equivalents of one death, and ``priced`` the
        whole of it; both None where it was not measured, and ``priced`` says why where it could not be.
    """
    if prices is None:
        return [{**gap, "priced": None} for gap in gaps]
    known = {row["id"]: row for row in prices["gaps"]}
    cannot = {row["id"]: {"cannot": row["why"]} for row in prices["not_priced"]}
    return [
        {
            **gap,
            "price": known[gap["id"]]["loss"]["mean"] if gap["id"] in known else None,
            "priced": known.get(gap["id"]) or cannot.get(gap["id"]),
        }
        for gap in gaps
    ]


def _interval(values: Sequence[float]) -> dict[str, Any]:
    found = interval(values)
    return {"n": found.n, **{name: _rounded(getattr(found, name)) for name in ("mean", "low", "high")}}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6) + 0.0
