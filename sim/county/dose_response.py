"""What a dose does to people: of gas, smoke, heat, pressure, water, crowding or cold, and whom it hurts how badly.

A dose gathers while an intensity lasts: the integral of ``(intensity - above)^n`` over minutes, or the greatest
intensity that was met. The share of people hurt at least so badly is the probit ``Phi(a + b·ln(dose) − 5)``, the form
of Finney (1971); a lognormal response is the same with ``b = 1/sigma``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import IntEnum
from statistics import NormalDist
from types import MappingProxyType
from typing import Literal, NamedTuple

_NORMAL = NormalDist()


class Severity(IntEnum):
    """How badly somebody is hurt."""

    LIGHT = 0
    SERIOUS = 1
    CRITICAL = 2


class DoseResponse(NamedTuple):
    """What something that people meet does to them.

    Attributes:
        exponent: n of the dose.
        slope: b of the probit curves.
        intercepts: a of the probit curve, by severity.
        noticed_from: Intensity that people notice and call about, in ``unit``.
        unit: Unit of the intensity.
        injury: Id of the kind of injury that it makes.
        source: Where the figures come from.
        status: Whether the published part was read (verified), is remembered (recalled), or there is none (guess).
        accumulates: Whether the dose is an integral over time, in minutes, or the greatest intensity met.
        above: Intensity up to which nothing is gathered, in ``unit``.
        looked_at_s: How often those who meet it are looked at for newly hurt people, in seconds.
    """

    exponent: float
    slope: float
    intercepts: tuple[float, float, float]
    noticed_from: float
    unit: str
    injury: str
    source: str
    status: Literal["verified", "recalled", "guess"]
    accumulates: Literal["integral", "peak"] = "integral"
    above: float = 0.0
    looked_at_s: int = 120

    def dose_rate(self, intensity: float) -> float:
        """Return the dose per minute at an intensity; where the peak counts, the dose itself."""
        return math.pow(intensity - self.above, self.exponent) if intensity > self.above else 0.0

    def minutes_until(self, wanted: float, dose: float, intensity: float) -> float:
        """Return after how many minutes at an intensity a dose has become the wanted one; infinite if never.

        Args:
            wanted: The wanted dose.
            dose: What was gathered before.
            intensity: What is met from then on, in ``unit``.
        """
        rate = self.dose_rate(intensity)
        if self.accumulates == "peak":
            return 0.0 if rate >= wanted else math.inf
        return (wanted - dose) / rate if rate > 0 else math.inf

    def after(self, dose: float, intensity: float, minutes: float) -> float:
        """Return the dose after some more minutes at an intensity; a peak counts however short it is.

        Args:
            dose: What was gathered before.
            intensity: What was met, in ``unit``.
            minutes: For how long.
        """
        if self.accumulates == "peak":
            return max(dose, self.dose_rate(intensity))
        return dose + self.dose_rate(intensity) * minutes

    def share_hurt(self, dose: float, severity: Severity) -> float:
        """Return the share (0 to 1) of people hurt at least so badly by a dose, rounded to 1e-9."""
        if dose <= 0:
            return 0.0
        return round(_NORMAL.cdf(self.intercepts[severity] + self.slope * math.log(dose) - 5), 9)

    def dose_for(self, share: float, severity: Severity) -> float:
        """Return the dose at which a share (0 to 1) of people is hurt at least so badly."""
        if share <= 0:
            return 0.0
        if share >= 1:
            return math.inf
        return math.exp((5 + _NORMAL.inv_cdf(share) - self.intercepts[severity]) / self.slope)


def _half(slope: float, dose: float) -> float:
    """Return the intercept of the curve by which half of the people are hurt at a dose."""
    return 5 - slope * math.log(dose)


_CHLORINE = DoseResponse(
    exponent=2.75,
    slope=0.5,
    intercepts=(0.69, -3.70, -5.00),
    noticed_from=3.0,
    unit="mg/m3",
    injury="toxic",
    source=(
        "exponent and slope: lethal probit of the Dutch Purple Book (a = -6.35), recalled, to be verified; "
        "serious: half of those who breathe 140 mg/m3 for 45 min, after 100-180 mg/m3 for 30-60 min = severe "
        "injury; light: half at 10 mg/m3 (strong irritation) for 10 min; critical: between serious and lethal, "
        "a guess"
    ),
    status="recalled",
)
_AMMONIA = DoseResponse(
    exponent=2.0,
    slope=1.0,
    intercepts=(-9.0, -12.55, -14.1),
    noticed_from=12.0,
    unit="mg/m3",
    injury="toxic",
    source=(
        "exponent: half die of 13000, 7500, 5300 or 3700 ppm in 10, 30, 60 or 120 min (Engelhardt and "
        "Holliday, AECB report INFO-0153, 1985, table read in a quotation): C^2 t is constant; slope: a tenth "
        "die of half of that, so about 0.9, and 1 in the Dutch Purple Book (a = -15.6, recalled), whose curve "
        "is within a few percent of the table's half; serious: half of those who breathe 1700 ppm (coughing "
        "and bronchial spasms, Minnesota Department of Agriculture) for 30 min; light: half at 500 ppm (severe "
        "irritation at 400-700 ppm, same source) for 10 min; critical: between serious and lethal, a guess; "
        "smell: within 5-53 ppm (US National Research Council); 1 ppm taken as 0.7 mg/m3"
    ),
    status="verified",
)
_HYDROGEN_CYANIDE = DoseResponse(
    exponent=2.4,
    slope=1.0,
    intercepts=(_half(1.0, 11.0**2.4 * 60), _half(1.0, 58.0**2.4 * 30), _half(1.0, 82.0**2.4 * 30)),
    noticed_from=2.2,
    unit="mg/m3",
    injury="toxic",
    source=(
        "exponent and slope: lethal probit of the Dutch Purple Book (a = -9.8, so half die of 116 mg/m3 in 30 min), "
        "recalled; serious: half at half of that concentration, a guess (50 ppm = 55 mg/m3 for 30 min is immediately "
        "dangerous: US NIOSH, read in National Research Council 2008); critical: between serious and lethal, a guess; "
        "light: half at 10 ppm (AEGL-2, recalled) for 60 min; smell: 2 ppm, a guess, and many smell nothing"
    ),
    status="recalled",
)
_CARBON_MONOXIDE = DoseResponse(
    exponent=1.0,
    slope=1.0,
    intercepts=(_half(1.0, 10_000.0), _half(1.0, 40_100.0), _half(1.0, 98_700.0)),
    noticed_from=460.0,
    unit="mg/m3",
    injury="toxic",
    source=(
        "exponent and slope: lethal probit of the Dutch Purple Book (a = -7.4, so half die of 242800 mg/m3 min); its "
        "worked example, probit 5.97 at 21.3 g/m3 for 30 min, read in a quotation; serious: half at 35000 ppm min, "
        "incapacitation by ISO 13571, recalled (1 ppm = 1.145 mg/m3); critical: between serious and lethal, a guess; "
        "light: half at a quarter of serious, a guess; it has no smell: noticed by headaches, which 400 ppm makes in "
        "1-2 h (table of a public page)"
    ),
    status="verified",
)
_SMOKE = DoseResponse(
    exponent=1.0,
    slope=2.0,
    intercepts=(_half(2.0, 3_000.0 * 5), _half(2.0, 7_000.0 * 30), _half(2.0, 10_000.0 * 30)),
    noticed_from=10.0,
    unit="mg/m3",
    injury="toxic",
    source=(
        "intensity: mass of what burned in the air, not of soot; serious: half at 7 g/m3 for 30 min (incapacitation) "
        "and death of half at 15 g/m3, smoke of underventilated fires, rats (Neviaser and Gann 2004, abstract read); "
        "critical: between the two, a guess; light: half at 3 g/m3 for 5 min, which incapacitates the sensitive "
        "(Gann 2004, abstract read); that the dose is C t, the slope, and what is smelled: guesses"
    ),
    status="verified",
)
_PER_MINUTE = 60.0  # the published doses of heat are in seconds
_HEAT_RADIATION = DoseResponse(
    exponent=4 / 3,
    slope=2.56,
    intercepts=(
        5 - 2.56 * ((5 + 39.83) / 3.0186 - math.log(_PER_MINUTE)),
        5 - 2.56 * ((5 + 43.14) / 3.0186 - math.log(_PER_MINUTE)),
        -36.38 + 2.56 * math.log(_PER_MINUTE),
    ),
    noticed_from=1_600.0,
    unit="W/m2",
    injury="burn",
    source=(
        "critical: lethal probit -36.38 + 2.56 ln(t I^(4/3)), t in s, I in W/m2, of Tsao and Perry (1979), after "
        "Eisenberg et al. (1975); in the Dutch Purple Book and the Chinese AQ/T 3046-2013 (read in quotations); light "
        "and serious: half where half have burns of first and second degree, probits -39.83 and -43.14 + 3.0186 "
        "ln(t I^(4/3)) of the TNO Green Book, recalled; noticed: 1.6 kW/m2 (API 521, recalled)"
    ),
    status="verified",
)
_BLAST_OVERPRESSURE = DoseResponse(
    exponent=1.0,
    slope=6.91,
    intercepts=(_half(6.91, 20.0), _half(6.91, 43.2), -77.1 + 6.91 * math.log(1000)),
    noticed_from=1.0,
    unit="kPa",
    injury="trauma",
    source=(
        "critical: death by bleeding lungs, -77.1 + 6.91 ln(p), p in Pa, of Eisenberg et al. (1975), read in "
        "quotations; serious: half where half of the eardrums burst, 43.2 kPa by -15.6 + 1.93 ln(p), same source; "
        "light: half at 20 kPa (flying glass), a guess; noticed: panes break from 1 kPa, recalled"
    ),
    status="verified",
    accumulates="peak",
)
_FLOOD_DEPTH = DoseResponse(
    exponent=1.0,
    slope=1 / 0.28,
    intercepts=(_half(1 / 0.28, 1.5), _half(1 / 0.28, 2.1), 5 - 1.46 / 0.28),
    noticed_from=0.1,
    unit="m",
    injury="drowning",
    source=(
        "critical: mortality by depth in rapidly rising water, lognormal with mean 1.46 and standard deviation 0.28 of "
        "ln(depth), Jonkman (2007), recalled; serious: half at 2.1 m, from where that function holds, recalled; light: "
        "half at 1.5 m, a guess; noticed: 0.1 m, a guess"
    ),
    status="recalled",
    accumulates="peak",
)
_CROWD_DENSITY = DoseResponse(
    exponent=1.0,
    slope=1.5,
    intercepts=(_half(1.5, 10.0), _half(1.5, 40.0), _half(1.5, 80.0)),
    noticed_from=5.0,
    unit="persons/m2",
    injury="crush",
    source=(
        "A guess: nothing up to 7 persons/m2, where a crowd becomes a fluid mass (Fruin 1993, recalled); beyond that, "
        "half are lightly, seriously and critically hurt after 5, 20 and 40 min at 9 persons/m2"
    ),
    status="guess",
    above=7.0,
)
_COLD = DoseResponse(
    exponent=1.0,
    slope=2.0,
    intercepts=(_half(2.0, 3_600.0), _half(2.0, 18_000.0), _half(2.0, 36_000.0)),
    noticed_from=5.0,
    unit="K below 10 degrees C",
    injury="hypothermia",
    source=(
        "A guess: of people without shelter half are lightly, seriously and critically hurt after 3, 15 and 30 h at "
        "20 K below 10 degrees C"
    ),
    status="guess",
    looked_at_s=900,
)

RESPONSES: Mapping[str, DoseResponse] = MappingProxyType(
    {
        "chlorine": _CHLORINE,
        "ammonia": _AMMONIA,
        "hydrogen_cyanide": _HYDROGEN_CYANIDE,
        "carbon_monoxide": _CARBON_MONOXIDE,
        "smoke": _SMOKE,
        "heat_radiation": _HEAT_RADIATION,
        "blast_overpressure": _BLAST_OVERPRESSURE,
        "flood_depth": _FLOOD_DEPTH,
        "crowd_density": _CROWD_DENSITY,
        "cold": _COLD,
    }
)
"""Dose-responses by id."""

GASES: Mapping[str, DoseResponse] = MappingProxyType(
    {name: one for name, one in RESPONSES.items() if one.unit == "mg/m3"}
)
"""What can leak and drift with the wind, by id."""
