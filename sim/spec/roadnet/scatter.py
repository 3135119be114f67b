"""Points of a made county: spread out, not too near to each other, each with luck of its own."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.rng import Luck

Point = tuple[int, int]
CANDIDATES = 12
"""Points among which the one farthest from all others is taken (Mitchell's best candidate, 1991)."""
ATTEMPTS = 96
"""Most points that are tried until as many candidates were allowed."""


def spread(
    luck: Luck,
    name: str,
    taken: NDArray[np.int64],
    center: Point,
    radius_m: float,
    allowed: Callable[[Point], bool],
) -> Point:
    """Return a point for something, far from what is there already; coordinates in whole m.

    Args:
        luck: The luck of the county.
        name: Id of what gets the point.
        taken: Points that are taken, one row each.
        center: Middle of the circle in which it may lie.
        radius_m: Radius of the circle in m.
        allowed: Whether a point is allowed; if none is, it is the middle of the circle.
    """
    best, farthest, count = center, -1.0, 0
    for number in range(ATTEMPTS):
        turn = 2 * math.pi * luck.uniform("direction", name, str(number))
        out = radius_m * math.sqrt(luck.uniform("distance", name, str(number)))
        point = (center[0] + round(out * math.cos(turn)), center[1] + round(out * math.sin(turn)))
        if not allowed(point):
            continue
        gap = _gap(point, taken, radius_m)
        if gap > farthest:
            best, farthest = point, gap
        count += 1
        if count == CANDIDATES:
            break
    return best


def _gap(point: Point, taken: NDArray[np.int64], default: float) -> float:
    """Return how far the nearest taken point is, in m."""
    if not len(taken):
        return default
    offset = taken - np.array(point)
    return math.sqrt(int((offset * offset).sum(axis=1).min()))


def shares(total: int, weights: list[float]) -> list[int]:
    """Return whole numbers in proportion to weights that make the total exactly (largest remainders)."""
    whole = math.fsum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [math.floor(one) for one in exact]
    order = sorted(range(len(parts)), key=lambda i: (-round(exact[i] - parts[i], 9), i))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts
