"""How many aftershocks come when, and how strong they are.

Sources: modified Omori law ``n(t) = K·(t + c)^−p``, Utsu, Ogata and Matsu'ura (1995), p usually 0.9 to 1.5; its K by
magnitude, Reasenberg and Jones (1989); magnitudes by Gutenberg and Richter (1944). Times are days since the main shock.
"""

from __future__ import annotations

import math
from typing import NamedTuple


class Omori(NamedTuple):
    """A modified Omori law ``n(t) = k·(t + c)^−p``.

    Attributes:
        k: Productivity, shocks per day where t + c is one day.
        c_days: What keeps the rate finite at the start, in days.
        p: How fast the rate falls.
    """

    k: float
    c_days: float
    p: float

    def end_days(self, start_days: float, expected: float) -> float:
        """Return the time until which so many shocks are expected from ``start_days`` on: the rate's integral, solved.

        Infinite where the law will not give so many any more, which happens if p is above 1.
        """
        start = start_days + self.c_days
        if self.p == 1:
            return start * math.exp(expected / self.k) - self.c_days
        grown = (1 - self.p) * expected / (self.k * math.pow(start, 1 - self.p))
        if grown <= -1:
            return math.inf
        return start * math.exp(math.log1p(grown) / (1 - self.p)) - self.c_days

    def next_days(self, after_days: float, uniform: float) -> float:
        """Return when the next shock comes after ``after_days``, by inversion; infinite if none comes any more.

        Args:
            after_days: Time since which none came.
            uniform: A uniform draw, from 0 to less than 1.
        """
        return self.end_days(after_days, -math.log1p(-uniform))


def reasenberg_jones(
    main: float, least: float, a: float = -1.67, b: float = 0.91, p: float = 1.08, c_days: float = 0.05
) -> Omori:
    """Return the law of aftershocks of a main shock: rate ``10^(a + b·(main − least))·(t + c)^−p`` per day.

    The defaults are the generic values of California (Reasenberg and Jones 1989), recalled; later fits give fewer.

    Args:
        main: Magnitude of the main shock.
        least: Magnitude from which shocks count.
        a: Productivity.
        b: Slope of the magnitudes.
        p: How fast the rate falls.
        c_days: Offset in days.
    """
    return Omori(math.pow(10.0, a + b * (main - least)), c_days, p)


def magnitude(uniform: float, least: float, b: float = 0.91, greatest: float = math.inf) -> float:
    """Return a magnitude by Gutenberg and Richter: P(above m) = 10^(−b·(m − least)), cut off at ``greatest``.

    Args:
        uniform: A uniform draw, from 0 to less than 1.
        least: Magnitude from which shocks count.
        b: Slope; generic California, recalled.
        greatest: Greatest magnitude; infinite for none.
    """
    beyond = math.pow(10.0, -b * (greatest - least))
    return least - math.log10(1 - uniform * (1 - beyond)) / b
