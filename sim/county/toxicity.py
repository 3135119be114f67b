"""What a toxic gas does to people: toxic load, probit curves, and when the next person is hurt.

The toxic load is ``C^n · t`` with C in mg/m³ and t in minutes; the share of people hurt at least so badly is
``Phi(a + b·ln(load) − 5)``.
"""

from __future__ import annotations

import math
from enum import IntEnum
from statistics import NormalDist
from types import MappingProxyType
from typing import NamedTuple

_NORMAL = NormalDist()


class Severity(IntEnum):
    """How badly somebody is hurt."""

    LIGHT = 0
    SERIOUS = 1
    CRITICAL = 2


class Substance(NamedTuple):
    """A toxic gas.

    Attributes:
        exponent: n of the toxic load.
        slope: b of the probit curves.
        intercepts: a of the probit curve, by severity.
        smell_mg_m3: Concentration that people notice and call about, in mg/m³.
        source: Where the figures come from.
    """

    exponent: float
    slope: float
    intercepts: tuple[float, float, float]
    smell_mg_m3: float
    source: str

    def load_rate(self, mg_m3: float) -> float:
        """Return toxic load per minute at a concentration in mg/m³."""
        return math.pow(mg_m3, self.exponent) if mg_m3 > 0 else 0.0

    def share_hurt(self, load: float, severity: Severity) -> float:
        """Return the share (0 to 1) of people hurt at least so badly by a toxic load, rounded to 1e-9."""
        if load <= 0:
            return 0.0
        return round(_NORMAL.cdf(self.intercepts[severity] + self.slope * math.log(load) - 5), 9)

    def load_for(self, share: float, severity: Severity) -> float:
        """Return the toxic load at which a share (0 to 1) of people is hurt at least so badly."""
        if share <= 0:
            return 0.0
        if share >= 1:
            return math.inf
        return math.exp((5 + _NORMAL.inv_cdf(share) - self.intercepts[severity]) / self.slope)


SUBSTANCES = MappingProxyType(
    {
        "chlorine": Substance(
            exponent=2.75,
            slope=0.5,
            intercepts=(0.69, -3.70, -5.00),
            smell_mg_m3=3.0,
            source=(
                "exponent and slope: lethal probit of the Dutch Purple Book (a = -6.35), recalled, to be verified; "
                "serious: half of those who breathe 140 mg/m3 for 45 min, after 100-180 mg/m3 for 30-60 min = severe "
                "injury; light: half at 10 mg/m3 (strong irritation) for 10 min; critical: between serious and lethal, "
                "a guess"
            ),
        ),
        "ammonia": Substance(
            exponent=2.0,
            slope=1.0,
            intercepts=(-9.0, -12.55, -14.1),
            smell_mg_m3=12.0,
            source=(
                "exponent: half die of 13000, 7500, 5300 or 3700 ppm in 10, 30, 60 or 120 min (Engelhardt and "
                "Holliday, AECB report INFO-0153, 1985, table read in a quotation): C^2 t is constant; slope: a tenth "
                "die of half of that, so about 0.9, and 1 in the Dutch Purple Book (a = -15.6, recalled), whose curve "
                "is within a few percent of the table's half; serious: half of those who breathe 1700 ppm (coughing "
                "and bronchial spasms, Minnesota Department of Agriculture) for 30 min; light: half at 500 ppm (severe "
                "irritation at 400-700 ppm, same source) for 10 min; critical: between serious and lethal, a guess; "
                "smell: within 5-53 ppm (US National Research Council); 1 ppm taken as 0.7 mg/m3"
            ),
        ),
    }
)
"""Substances by id."""
