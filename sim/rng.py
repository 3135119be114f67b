"""Luck by name: every draw is keyed by (seed, purpose, cause), so one choice never shifts another's luck.

A draw hashes its names with BLAKE2b to one uniform number, which an inverse distribution function turns into
the wanted value. Names are ids of the things involved, never running numbers. Parameters are not part of a
name, so two runs that differ in a parameter share their luck (common random numbers); a replication number is
part of it through the seed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from statistics import NormalDist

from sim.errors import RepeatedDraw

STAFF = frozenset(
    {
        "thinking",
        "seat thinking",
        "approval",
        "hesitates",
        "remembered",
        "recalled",
        "forgotten task",
        "reminded",
        "left out",
        "unchecked",
    }
)
"""Purposes of draws by which one crew of the same skill differs from another: what staff think of, and how long."""

_STANDARD_NORMAL = NormalDist()
_SPAN = float(1 << 52)


class Shape(StrEnum):
    """The families of durations and amounts that a file may ask for."""

    FIXED = "fixed"
    LOGNORMAL = "lognormal"
    EXPONENTIAL = "exponential"
    TRIANGULAR = "triangular"
    UNIFORM = "uniform"


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution of non-negative amounts, drawn by inverse CDF from one uniform number.

    Attributes:
        shape: The family.
        a: fixed: the value; lognormal: the median; exponential: the mean; triangular and uniform: the low end.
        b: lognormal: standard deviation of the logarithm; triangular: the mode; uniform: the high end.
        c: triangular: the high end.
    """

    shape: Shape
    a: float
    b: float = 0.0
    c: float = 0.0

    def quantile(self, u: float) -> float:
        """Return the value below which a share ``u`` (between 0 and 1, both excluded) of the draws lies."""
        match self.shape:
            case Shape.FIXED:
                return self.a
            case Shape.LOGNORMAL:
                return self.a * math.exp(self.b * _STANDARD_NORMAL.inv_cdf(u))
            case Shape.EXPONENTIAL:
                return -self.a * math.log1p(-u)
            case Shape.UNIFORM:
                return self.a + u * (self.b - self.a)
            case Shape.TRIANGULAR:
                low, mode, high = self.a, self.b, self.c
                if high == low:
                    return low
                knee = (mode - low) / (high - low)
                if u < knee:
                    return low + math.sqrt(u * (high - low) * (mode - low))
                return high - math.sqrt((1 - u) * (high - low) * (high - mode))

    def scaled(self, factor: float) -> Distribution:
        """Return the distribution of ``factor`` times the amount."""
        if factor == 1:
            return self
        if self.shape is Shape.LOGNORMAL:
            return Distribution(self.shape, self.a * factor, self.b, self.c)
        return Distribution(self.shape, self.a * factor, self.b * factor, self.c * factor)


class Luck:
    """The luck of one run: a function from names to draws.

    Args:
        seed: Seed of the run.
        audit: If true, a name used twice raises; costs memory, meant for tests.
    """

    def __init__(self, seed: int, *, audit: bool = False) -> None:
        self.seed = seed
        self._start = blake2b(f"tabletop-luck-1/{seed}\x1f".encode(), digest_size=8)
        self._staff = self._start
        self._used: set[tuple[str, ...]] | None = set() if audit else None

    def turn(self, replication: int) -> None:
        """Let every later draw be that of a replication; what was drawn before stays as it was.

        Args:
            replication: Number of the replication, from 0.
        """
        self._start = blake2b(f"tabletop-luck-1/{self.seed}/then/{replication}\x1f".encode(), digest_size=8)
        self._staff = self._start
        if self._used is not None:
            self._used.clear()

    def crew(self, number: int) -> None:
        """Let the staff be another crew of the same skill; the luck of all else stays as it is.

        Args:
            number: Number of the crew, from 1.
        """
        self._staff = blake2b(f"tabletop-luck-1/{self.seed}/crew/{number}\x1f".encode(), digest_size=8)

    def uniform(self, *names: str) -> float:
        """Return the uniform number in the open interval (0, 1) that belongs to ``names``.

        Raises:
            RepeatedDraw: If auditing and the names were used before.
        """
        if self._used is not None:
            if names in self._used:
                raise RepeatedDraw(names)
            self._used.add(names)
        state = (self._staff if names[0] in STAFF else self._start).copy()
        state.update("\x1f".join(names).encode())
        return ((int.from_bytes(state.digest(), "big") >> 12) + 0.5) / _SPAN

    def chance(self, probability: float, *names: str) -> bool:
        """Return True with the given probability (0 to 1); a larger probability never turns True into False."""
        return probability > 0 and self.uniform(*names) < probability

    def amount(self, distribution: Distribution, *names: str) -> float:
        """Return one draw from ``distribution``, in its own unit."""
        if distribution.shape is Shape.FIXED:
            return distribution.a
        return distribution.quantile(self.uniform(*names))

    def seconds(self, distribution: Distribution, *names: str) -> int:
        """Return one draw from a distribution of seconds, rounded once to whole seconds, at least 0."""
        if distribution.shape is Shape.FIXED:
            return max(0, round(distribution.a))
        return max(0, round(distribution.quantile(self.uniform(*names))))

    def poisson(self, mean: float, *names: str) -> int:
        """Return a Poisson count by inversion; ``mean`` must be below 700.

        The count never falls when the mean rises under the same luck.
        """
        if mean <= 0:
            return 0
        u = self.uniform(*names)
        count, term = 0, math.exp(-mean)
        total = term
        while u > total and count < 10_000:
            count += 1
            term *= mean / count
            total += term
        return count
