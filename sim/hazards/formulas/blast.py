"""Pressure of an explosion by distance: the fit of Kinney and Graham, Explosive Shocks in Air (1985)."""

from __future__ import annotations

import math

GROUND_FACTOR = 1.8
"""A burst on the ground acts as this many times its mass would in free air; 2 if the ground gave nothing away."""
AIR_KPA = 101.325
"""Standard pressure of the air in kPa."""


def scaled_distance(distance_m: float, tnt: float, ground_factor: float = GROUND_FACTOR) -> float:
    """Return Hopkinson's scaled distance in m/kg^⅓ to ``tnt`` kg of TNT on the ground (factor 1: in free air)."""
    return distance_m / math.cbrt(ground_factor * tnt)


def overpressure_kpa(scaled_m: float) -> float:
    """Return the side-on peak overpressure in kPa at a scaled distance in m/kg^⅓ in free air.

    The fit of Kinney and Graham (1985) for chemical explosions:
    ``808 (1 + (Z/4.5)²) / (√(1 + (Z/0.048)²) √(1 + (Z/0.32)²) √(1 + (Z/1.35)²))`` times the pressure of the air.
    """
    bottom = math.hypot(1, scaled_m / 0.048) * math.hypot(1, scaled_m / 0.32) * math.hypot(1, scaled_m / 1.35)
    return AIR_KPA * 808 * (1 + (scaled_m / 4.5) ** 2) / bottom
