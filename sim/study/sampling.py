"""Samples of the unit cube for designs that do not run every combination, by SALib."""

from __future__ import annotations

from typing import Any

from sim.play.extras import extra
from sim.study.factors import Sampling

EXACT = 12
"""Decimals that are kept of a coordinate: the rest differs between machines."""


def salib() -> Any:
    """Return SALib.

    Raises:
        BadInput: If it is not installed.
    """
    return extra("SALib", "study", "sampling", "a design without sampling")


def problem(names: tuple[str, ...]) -> dict[str, Any]:
    """Return the factors as SALib takes them, each from 0 to 1."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def sample(names: tuple[str, ...], sampling: Sampling) -> tuple[tuple[float, ...], ...]:
    """Return the points of a sample of the unit cube, one coordinate a factor.

    Raises:
        BadInput: If SALib is not installed.
    """
    salib()
    from SALib.sample import latin, morris, sobol

    factors = problem(names)
    if sampling.method == "latin":
        found = latin.sample(factors, sampling.points, seed=sampling.seed)
    elif sampling.method == "sobol":
        found = sobol.sample(factors, sampling.points, calc_second_order=False, seed=sampling.seed)
    else:
        found = morris.sample(factors, sampling.points, num_levels=sampling.levels, seed=sampling.seed)
    return tuple(tuple(round(float(one), EXACT) for one in row) for row in found)


def points_of(sampling: Sampling, factors: int) -> int:
    """Return how many points a sample has."""
    per = {"latin": 1, "sobol": factors + 2, "morris": factors + 1}
    return sampling.points * per[sampling.method]
