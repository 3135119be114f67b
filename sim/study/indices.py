"""Sensitivity: Morris screening, first and total Sobol indices, and a fitted surface, each with its uncertainty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import fsum
from typing import Any

import numpy as np

from sim.study.design import Sweep
from sim.study.sampling import problem, salib
from sim.study.tables import keys_of, rows_by_point, values_of

RESAMPLES = 1000
"""How often trajectories or samples are drawn again, with repetition, for the intervals."""
FEW_RESAMPLES = 10
"""The same where nobody looks at the interval."""
SAME_DRAWS = 1
"""Seed of that drawing: the same table gives the same intervals."""
Analyze = Callable[[Sweep, list[float], int], list[dict[str, Any]]]
"""Returns a row for each parameter from the outcomes of a sample; the number is that of resamples."""
ENOUGH = 3
"""Points for each term of a surface, at least; fewer would fit anything. A guess."""


def indices(plan: Sweep, table: list[dict[str, Any]], names: Sequence[str]) -> list[dict[str, Any]]:
    """Return how much each sampled parameter matters for each outcome, the most important first in each block.

    Morris: ``effect`` is the mean absolute elementary effect μ* (Campolongo and others 2007), the change of the outcome
    over the whole range of the parameter, in the outcome's unit; ``signed`` is the mean effect μ and ``spread`` their
    standard deviation σ. Sobol: ``effect`` is the total index and ``first`` the first-order index, shares of the
    variance (Saltelli and others 2010). Outcomes are means over the replications of a point, under luck that all points
    share. Intervals are 95 % bootstrap intervals of the sample of points; they do not hold for other luck. What luck
    does shows in ``least`` and ``most``, the smallest and the largest effect that a single replication alone would
    give; None with fewer than two replications.

    Args:
        plan: A design with a Morris or Sobol sample.
        table: Its runs.
        names: Outcomes.

    Raises:
        BadInput: If SALib is not installed.
    """
    sampling = plan.design.sampling
    if sampling is None or sampling.method == "latin":
        return []
    analyze: Analyze = _morris if sampling.method == "morris" else _sobol
    found = []
    for block, keys, cells in _blocks(plan, table, names):
        for name in names:
            if not all(name in row for row in cells):
                continue  # a run that failed leaves a hole that the scheme cannot do without
            rows = analyze(plan, _means(cells, name), RESAMPLES)
            ends = _ends(plan, analyze, [row[name] for row in cells])
            for row in rows:
                row |= dict(zip(("least", "most"), ends.get(row["parameter"], (None, None)), strict=True))
            rows.sort(key=lambda row: (-row["effect"], row["parameter"]))
            for rank, row in enumerate(rows, 1):
                found.append({"block": block, **keys, "outcome": name, "rank": rank, **row})
    return found


Cells = list[dict[str, dict[int, float]]]
"""Outcomes by name and replication, a row of the sample after the other."""


def _blocks(
    plan: Sweep, table: list[dict[str, Any]], names: Sequence[str]
) -> Iterator[tuple[int, dict[str, Any], Cells]]:
    """Yield number, keys and the outcomes by row of each block: an exercise, a difficulty, a crew."""
    by_point = rows_by_point(plan, table)
    blocks: dict[int, Cells] = {}
    keys: dict[int, dict[str, Any]] = {}
    for point in plan.points:
        cells = {name: values for name in names if (values := values_of(by_point[point.number], name))}
        blocks.setdefault(point.block, []).append(cells)
        own = keys_of(plan, point)
        keys.setdefault(point.block, {name: own[name] for name in ("scenario", "county", "difficulty", "policy")})
    for block, rows in blocks.items():
        yield block, keys[block], rows


def _means(cells: Cells, name: str) -> list[float]:
    """Return the mean of an outcome over the replications, row by row."""
    return [fsum(row[name][number] for number in sorted(row[name])) / len(row[name]) for row in cells]


def _ends(plan: Sweep, analyze: Analyze, values: list[dict[int, float]]) -> dict[str, tuple[float, float]]:
    """Return the smallest and the largest effect by parameter that single replications give; empty for fewer than 2."""
    whole = sorted(set.intersection(*(set(row) for row in values)))
    if len(whole) < 2:
        return {}
    found: dict[str, list[float]] = {}
    for number in whole:
        for row in analyze(plan, [own[number] for own in values], FEW_RESAMPLES):
            found.setdefault(row["parameter"], []).append(row["effect"])
    return {name: (min(effects), max(effects)) for name, effects in found.items()}


def _morris(plan: Sweep, values: list[float], resamples: int) -> list[dict[str, Any]]:
    salib()
    from SALib.analyze import morris

    sampling, names = plan.design.sampling, plan.design.sampled
    assert sampling is not None
    found = morris.analyze(
        problem(names),
        np.array(plan.cube),
        np.array(values),
        num_levels=sampling.levels,
        num_resamples=resamples,
        seed=SAME_DRAWS,
    )
    rows = []
    for number, name in enumerate(names):
        effect, half = float(found["mu_star"][number]), float(found["mu_star_conf"][number])
        row = {"method": "morris", "parameter": name, "effect": effect, "low": max(0.0, effect - half)}
        more = {"signed": float(found["mu"][number]), "spread": float(found["sigma"][number])}
        rows.append(_rounded({**row, "high": effect + half, **more, "n": sampling.points}))
    return rows


def _sobol(plan: Sweep, values: list[float], resamples: int) -> list[dict[str, Any]]:
    salib()
    from SALib.analyze import sobol

    sampling, names = plan.design.sampling, plan.design.sampled
    assert sampling is not None
    flat = max(values) - min(values) < 1e-12
    rows = []
    found: dict[str, Any] = {}
    if not flat:  # what never varies has no shares
        found = sobol.analyze(
            problem(names), np.array(values), calc_second_order=False, num_resamples=resamples, seed=SAME_DRAWS
        )
    for number, name in enumerate(names):
        total, half, first, first_half = (
            0.0 if flat else float(found[column][number]) for column in ("ST", "ST_conf", "S1", "S1_conf")
        )
        row = {"method": "sobol", "parameter": name, "effect": total, "low": total - half, "high": total + half}
        more = {"first": first, "first_low": first - first_half, "first_high": first + first_half}
        rows.append(_rounded({**row, **more, "n": sampling.points}))
    return rows


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    return {name: round(value, 6) + 0.0 if isinstance(value, float) else value for name, value in row.items()}


def surfaces(plan: Sweep, table: list[dict[str, Any]], names: Sequence[str]) -> list[dict[str, Any]]:
    """Return a surface for each block and outcome of a sampled design, fitted by least squares.

    Terms are the parameters over their ranges (0 to 1) and, where points suffice, their squares. ``explained`` is the
    share of the variance that the surface foretells for points left out one by one (Q²); a surface that foretells
    little is of no use, however well it fits.
    """
    if plan.design.sampling is None:
        return []
    cube = np.array(plan.cube)
    factors = plan.design.sampled
    squares = len(cube) >= ENOUGH * (1 + 2 * len(factors))
    if len(cube) < ENOUGH * (1 + len(factors)):
        return []
    terms = np.column_stack([np.ones(len(cube)), cube, *([cube**2] if squares else [])])
    labels = ["1", *factors, *(f"{name}^2" for name in factors if squares)]
    found = []
    for block, keys, cells in _blocks(plan, table, names):
        for name in names:
            if all(name in row for row in cells):
                values = np.array(_means(cells, name))
                weights, explained = _fitted(terms, values)
                row = {"block": block, **keys, "outcome": name, "explained": explained, "n": len(values)}
                found.append(_rounded({**row, **dict(zip(labels, map(float, weights), strict=True))}))
    return found


def _fitted(terms: Any, values: Any) -> tuple[Any, float | None]:
    """Return the weights, and the share explained of points left out; None if nothing varies."""
    weights, *_ = np.linalg.lstsq(terms, values, rcond=None)
    hat = np.einsum("ij,ji->i", terms, np.linalg.pinv(terms))
    left_out = (values - terms @ weights) / np.maximum(1 - hat, 1e-9)
    spread = float(np.sum((values - values.mean()) ** 2))
    return weights, None if spread < 1e-12 else 1 - float(np.sum(left_out**2)) / spread
