"""Means with 95 % intervals, for single samples and for pairs that share their luck."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import cos, fsum, pi, sin, sqrt, tan
from statistics import NormalDist
from typing import NamedTuple


class Interval(NamedTuple):
    """A mean with its 95 % t-interval, in the unit of the sample; low and high are None for fewer than two values."""

    n: int
    mean: float | None
    low: float | None
    high: float | None


def interval(values: Sequence[float]) -> Interval:
    """Return the mean of values and its 95 % interval: mean ± t · s / √n."""
    n = len(values)
    if n == 0:
        return Interval(0, None, None, None)
    mean = fsum(values) / n
    if n == 1:
        return Interval(1, mean, None, None)
    deviation = sqrt(fsum((value - mean) ** 2 for value in values) / (n - 1))
    half = t_quantile(0.975, n - 1) * deviation / sqrt(n)
    return Interval(n, mean, mean - half, mean + half)


def paired(values: dict[int, float], baseline: dict[int, float]) -> Interval:
    """Return the mean difference ``values − baseline`` with its interval, over the replications that both have."""
    return interval([values[number] - baseline[number] for number in sorted(values) if number in baseline])


@lru_cache(maxsize=256)
def t_quantile(share: float, freedom: int) -> float:
    """Return Student's t below which a share (0.5 to 1, excluded) lies, for whole degrees of freedom from 1."""
    if freedom > 200:
        return _far_quantile(NormalDist().inv_cdf(share), freedom)
    low, high = 0.0, pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if 0.5 + _within(middle, freedom) / 2 < share else (low, middle)
    return sqrt(freedom) * tan(low)


def _within(angle: float, freedom: int) -> float:
    """Return the chance that |t| is below √freedom · tan(angle), by the finite series for whole degrees."""
    cosine, odd = cos(angle), freedom % 2
    term = cosine if odd else 1.0
    total, number = 0.0, 3 if odd else 2
    for _ in range((freedom - odd) // 2):
        total += term
        term *= cosine * cosine * (number - 1) / number
        number += 2
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total


def _far_quantile(z: float, freedom: int) -> float:
    """Return Student's t from the normal quantile by the Cornish-Fisher expansion; exact to 1e-8 beyond 200."""
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + (z**3 + z) / 4 / freedom + second / freedom**2 + third / freedom**3
