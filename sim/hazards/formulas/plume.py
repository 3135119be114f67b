"""Gaussian plume of a continuous release near the ground, with Briggs' rural dispersion coefficients.

Sources: Briggs (1973), rural coefficients as printed in Vallero, Fundamentals of Air Pollution, ch. on plume
dispersion; valid from 100 m to 10 km. Chlorine is a heavy gas, so near the source the result is illustrative.
"""

from __future__ import annotations

import math

NEAREST_M = 100.0
"""Nearest distance, in m, for which the coefficients hold; nearer points are treated as lying there."""

_SIGMA_Y = {"A": 0.22, "B": 0.16, "C": 0.11, "D": 0.08, "E": 0.06, "F": 0.04}


def sigma_y(stability: str, x_m: float) -> float:
    """Return the crosswind spread in m at a distance of ``x_m`` m, for Pasquill class A to F."""
    return _SIGMA_Y[stability] * x_m / math.sqrt(1 + 0.0001 * x_m)


def sigma_z(stability: str, x_m: float) -> float:
    """Return the vertical spread in m at a distance of ``x_m`` m, for Pasquill class A to F."""
    match stability:
        case "A":
            return 0.20 * x_m
        case "B":
            return 0.12 * x_m
        case "C":
            return 0.08 * x_m / math.sqrt(1 + 0.0002 * x_m)
        case "D":
            return 0.06 * x_m / math.sqrt(1 + 0.0015 * x_m)
        case "E":
            return 0.03 * x_m / (1 + 0.0003 * x_m)
        case _:
            return 0.016 * x_m / (1 + 0.0003 * x_m)


def concentration(
    rate_g_s: float, wind_m_s: float, spread_y_m: float, spread_z_m: float, y_m: float, z_m: float, height_m: float
) -> float:
    """Return the concentration in g/m³ of a plume that the ground reflects.

    Args:
        rate_g_s: Release rate in g/s.
        wind_m_s: Wind speed in m/s.
        spread_y_m: Crosswind spread in m.
        spread_z_m: Vertical spread in m.
        y_m: Distance from the center line in m.
        z_m: Height of the point in m.
        height_m: Height of the release in m.
    """
    across = math.exp(-0.5 * (y_m / spread_y_m) ** 2)
    below = math.exp(-0.5 * ((z_m - height_m) / spread_z_m) ** 2)
    mirrored = math.exp(-0.5 * ((z_m + height_m) / spread_z_m) ** 2)
    return rate_g_s / (2 * math.pi * wind_m_s * spread_y_m * spread_z_m) * across * (below + mirrored)


def along_and_across(dx_m: float, dy_m: float, toward_deg: float) -> tuple[float, float]:
    """Return the distance along the wind and across it, in m.

    Args:
        dx_m: East of the source in m.
        dy_m: North of the source in m.
        toward_deg: Bearing that the wind blows toward, degrees clockwise from north.
    """
    angle = math.radians(toward_deg)
    east, north = math.sin(angle), math.cos(angle)
    return dx_m * east + dy_m * north, dx_m * north - dy_m * east


def per_unit_rate(dx_m: float, dy_m: float, toward_deg: float, wind_m_s: float, stability: str) -> float:
    """Return the ground concentration in mg/m³ per g/s of a ground release at a point; 0 upwind.

    A point within :data:`NEAREST_M` of the source is taken to lie on the center line at that distance, whatever
    the wind: eddies fill the near field.
    """
    if math.hypot(dx_m, dy_m) <= NEAREST_M:
        along, across = NEAREST_M, 0.0
    else:
        along, across = along_and_across(dx_m, dy_m, toward_deg)
    if along <= 0:
        return 0.0
    along = max(along, NEAREST_M)
    spread_y = sigma_y(stability, along)
    if abs(across) > 5 * spread_y:
        return 0.0
    value = 1000 * concentration(1.0, wind_m_s, spread_y, sigma_z(stability, along), across, 0.0, 0.0)
    return round(value, 9)
