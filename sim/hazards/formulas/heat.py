"""Heat that a fire radiates, pressure of an explosion, and the fireball of a bursting vessel (BLEVE).

Sources: point source of radiation, Modak (1977), SFPE Handbook; TNT equivalence and fireball, CCPS, Guidelines for
Chemical Process Quantitative Risk Analysis (2000); overpressure, Kinney and Graham, Explosive Shocks in Air (1985).
"""

from __future__ import annotations

import math

RADIANT_SHARE = 0.3
"""Share of a fire's heat that radiates: 0.2 to 0.4 for most fuels (SFPE Handbook, recalled)."""
FIREBALL_SHARE = 0.3
"""The same for a fireball: 0.3 for a vessel that bursts below the pressure of its relief valve, 0.4 at it (Hymes)."""
TNT_KJ_KG = 4680.0
"""Heat of explosion of TNT in kJ/kg (CCPS 2000, recalled; 4,184 by the convention for nuclear weapons)."""
TNT_SHARE = 0.05
"""Share of a vapor cloud's energy that drives the blast. A guess inside the 1 to 10 % that CCPS (2000) reports."""
GROUND_FACTOR = 1.8
"""A burst on the ground acts as this many times its mass would in free air; 2 if the ground gave nothing away."""
AIR_KPA = 101.325
"""Standard pressure of the air in kPa."""
LARGE_FIREBALL_KG = 30_000.0
"""Fuel in kg from which a fireball's duration is governed by buoyancy (CCPS 2000)."""


def radiation_kw_m2(fire_kw: float, distance_m: float, radiant_share: float = RADIANT_SHARE) -> float:
    """Return the radiation in kW/m² at a distance in m from a point source, ``X Q / (4 π r²)``."""
    return radiant_share * fire_kw / (4 * math.pi * distance_m**2)


def radiation_distance_m(fire_kw: float, limit_kw_m2: float, radiant_share: float = RADIANT_SHARE) -> float:
    """Return the distance in m within which a point source radiates at least ``limit_kw_m2`` kW/m²."""
    return math.sqrt(radiant_share * fire_kw / (4 * math.pi * limit_kw_m2))


def tnt_kg(fuel_kg: float, heat_kj_kg: float, share: float = TNT_SHARE) -> float:
    """Return the mass of TNT in kg that explodes like a cloud of fuel.

    Args:
        fuel_kg: Fuel in the cloud, in kg.
        heat_kj_kg: Its heat of combustion in kJ/kg.
        share: Share of the energy that drives the blast.
    """
    return share * fuel_kg * heat_kj_kg / TNT_KJ_KG


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


def overpressure_distance_m(limit_kpa: float, tnt: float, ground_factor: float = GROUND_FACTOR) -> float:
    """Return the distance in m within which ``tnt`` kg of TNT make at least ``limit_kpa`` kPa, to a millimeter.

    Found by halving, for pressures between 0.1 and 10,000 kPa.

    Raises:
        ValueError: If the pressure lies outside of that.
    """
    if not 0.1 <= limit_kpa <= 10_000:
        raise ValueError(f"overpressure must lie between 0.1 and 10000 kPa, not {limit_kpa}")
    near, far = 0.0, 2000.0
    for _ in range(80):
        middle = (near + far) / 2
        near, far = (middle, far) if overpressure_kpa(middle) >= limit_kpa else (near, middle)
    return round(near * math.cbrt(ground_factor * tnt), 3)


def fireball_diameter_m(fuel_kg: float) -> float:
    """Return the greatest diameter in m of the fireball of ``fuel_kg`` kg, ``5.8 M^⅓`` (CCPS 2000)."""
    return 5.8 * math.cbrt(fuel_kg)


def fireball_duration_s(fuel_kg: float) -> float:
    """Return how long in s a fireball burns: ``0.45 M^⅓``, and ``2.6 M^⅙`` from 30 t (CCPS 2000)."""
    return 0.45 * math.cbrt(fuel_kg) if fuel_kg < LARGE_FIREBALL_KG else 2.6 * fuel_kg ** (1 / 6)


def fireball_heat_kw(fuel_kg: float, heat_kj_kg: float) -> float:
    """Return the mean heat release in kW of a fireball: all of its fuel in its duration."""
    return fuel_kg * heat_kj_kg / fireball_duration_s(fuel_kg)


def fireball_radiation_kw_m2(
    fuel_kg: float, heat_kj_kg: float, distance_m: float, radiant_share: float = FIREBALL_SHARE
) -> float:
    """Return the mean radiation in kW/m² at a distance in m along the ground from a fireball.

    A point source at the center of the ball, which stands three quarters of its diameter above the ground
    (CCPS 2000); that the air takes up a part is left out, so the result is on the high side.
    """
    to_center_m = math.hypot(distance_m, 0.75 * fireball_diameter_m(fuel_kg))
    return radiation_kw_m2(fireball_heat_kw(fuel_kg, heat_kj_kg), to_center_m, radiant_share)
