"""A hazard of dying that changes over the time since an injury, constant in pieces."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class Curve(NamedTuple):
    """A hazard that is constant in pieces; made by :func:`curve_of` or :func:`through`.

    Attributes:
        per_h: Hazard of dying per hour in each piece.
        ends_s: Ends of all pieces but the last, which never ends, in seconds since the injury.
        sums: Hazard summed up until each piece begins.
    """

    per_h: tuple[float, ...]
    ends_s: tuple[int, ...]
    sums: tuple[float, ...]

    def until(self, at_s: int) -> float:
        """Return the hazard summed up from the injury to a time since it, in seconds."""
        piece = bisect_right(self.ends_s, at_s)
        start = self.ends_s[piece - 1] if piece else 0
        return self.sums[piece] + self.per_h[piece] * (at_s - start) / 3600

    def between(self, from_s: int, to_s: int) -> float:
        """Return the hazard summed up between two times since the injury, in seconds."""
        if not self.ends_s:
            return self.per_h[0] * (to_s - from_s) / 3600  # to the last digit what a constant rate gives
        return self.until(to_s) - self.until(from_s)

    def reaches(self, from_s: int, amount: float) -> float:
        """Return how many seconds after ``from_s`` the hazard since then has summed up to an amount; inf if never."""
        if amount <= 0:
            return 0.0
        if not self.ends_s:
            return amount / self.per_h[0] * 3600 if self.per_h[0] else math.inf
        target = self.until(from_s) + amount
        piece = bisect_left(self.sums, target) - 1
        if not self.per_h[piece]:
            return math.inf
        start = self.ends_s[piece - 1] if piece else 0
        return max(0.0, start + (target - self.sums[piece]) / self.per_h[piece] * 3600 - from_s)

    def scaled(self, factor: float) -> Curve:
        """Return the curve with all hazards times a factor."""
        return curve_of([rate * factor for rate in self.per_h], self.ends_s)

    def plus(self, other: Curve) -> Curve:
        """Return the sum of two hazards that run from the same moment."""
        ends = sorted(dict.fromkeys((*self.ends_s, *other.ends_s)))
        starts = (0, *ends)
        rates = [
            self.per_h[bisect_right(self.ends_s, start)] + other.per_h[bisect_right(other.ends_s, start)]
            for start in starts
        ]
        return curve_of(rates, ends)


def curve_of(per_h: Sequence[float], ends_s: Sequence[int] = ()) -> Curve:
    """Return a curve by its hazards per hour, and the ends of its pieces in seconds, all but the last."""
    sums = [0.0]
    for rate, start, end in zip(per_h, (0, *ends_s), ends_s, strict=False):
        sums.append(sums[-1] + rate * (end - start) / 3600)
    return Curve(tuple(per_h), tuple(ends_s), tuple(sums))


def through(points: Sequence[tuple[int, float]]) -> Curve:
    """Return the curve by which survival passes through points: seconds since the injury and the share alive by then.

    Before the first point survival falls from 1; the hazard before the last one goes on after it.
    """
    rates, before_s, before = [], 0, 1.0
    for at_s, alive in points:
        rates.append(math.log(before / alive) / (at_s - before_s) * 3600)
        before_s, before = at_s, alive
    return curve_of([*rates], [at_s for at_s, _ in points[:-1]])
