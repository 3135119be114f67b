"""Lots: luck by name for one attempt of a draw, turned into choices, counts, times and amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log, sqrt
from typing import TypeVar

from sim.rng import Luck
from sim.spec.risks import Numbers, Range, Times

_T = TypeVar("_T")


class Lot:
    """The luck of one attempt.

    Args:
        seed: Seed of the draw.
        attempt: Number of the attempt, from 0.
    """

    def __init__(self, seed: int, attempt: int) -> None:
        self._luck = Luck(seed)
        self._attempt = str(attempt)

    def uniform(self, *names: str) -> float:
        """Return the number between 0 and 1 that belongs to the names."""
        return self._luck.uniform("draw", self._attempt, *names)

    def chance(self, probability: float, *names: str) -> bool:
        """Return True with a probability."""
        return self.uniform(*names) < probability

    def among(self, options: Sequence[_T], weights: Sequence[float], *names: str) -> _T:
        """Return one of the options, each as likely as its weight says; one of weight 0 never."""
        left = self.uniform(*names) * sum(weights)
        for option, weight in zip(options, weights, strict=True):
            if left < weight:
                return option
            left -= weight
        return next(option for option, weight in zip(reversed(options), reversed(weights), strict=True) if weight)

    def keyed(self, weights: Mapping[_T, float], *names: str) -> _T:
        """Return one of the keys, each as likely as its weight says."""
        return self.among(list(weights), list(weights.values()), *names)

    def whole(self, numbers: Numbers, *names: str) -> int:
        """Return a count between two ends."""
        return numbers.low + int(self.uniform(*names) * (numbers.high - numbers.low + 1))

    def minutes(self, times: Times, *names: str) -> int:
        """Return a time in seconds, on a whole minute between two ends."""
        return times.low + 60 * int(self.uniform(*names) * ((times.high - times.low) // 60 + 1))

    def amount(self, between: Range, *names: str) -> float:
        """Return an amount between two ends, even on a logarithmic scale, with two significant digits."""
        span = log(between.high) - log(between.low)
        return rounded(exp(log(between.low) + self.uniform(*names) * span))

    def triangular(self, low: float, mode: float, high: float, *names: str) -> float:
        """Return an amount that is likeliest at a mode, rounded to a tenth."""
        u = self.uniform(*names)
        knee = (mode - low) / (high - low) if high > low else 0.0
        if u < knee:
            return round(low + sqrt(u * (high - low) * (mode - low)), 1)
        return round(high - sqrt((1 - u) * (high - low) * (high - mode)), 1)


def rounded(value: float) -> float:
    """Return a value with two significant digits; whole from 10 up."""
    short = float(f"{value:.2g}")
    return int(short) if short >= 10 else short
