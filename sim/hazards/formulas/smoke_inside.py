"""Smoke of a burning building: inside, as one well-mixed room, and over the ground around it.

Sources: air that an opening lets in, 0.52 A √h kg/s, Kawagoe (1958), as in the SFPE Handbook (recalled); mass balance
of a mixed room (textbook). The smoke is counted as the mass of fuel that burned, as in the dose-response ``smoke``.
"""

from __future__ import annotations

import math

from sim.hazards.formulas.plume import NEAREST_M, along_and_across, concentration, sigma_y, sigma_z

AIR_KG_M3 = 1.2
"""Density of air at 20 °C in kg/m³."""
KAWAGOE_KG_S = 0.52
"""Air in kg/s for an opening of 1 m² and 1 m height once a room burns throughout (Kawagoe 1958, recalled)."""


def exchange_m3_s(opening_m2: float, opening_height_m: float) -> float:
    """Return how much air in m³/s an opening exchanges in a fully developed fire, at the density outside."""
    return KAWAGOE_KG_S * opening_m2 * math.sqrt(opening_height_m) / AIR_KG_M3


def mixed_g_m3(before_g_m3: float, source_g_s: float, volume_m3: float, exchange: float, seconds: float) -> float:
    """Return the concentration in g/m³ in a mixed room some seconds later, the exact end of ``V dC/dt = S - E C``.

    Args:
        before_g_m3: Concentration at first, in g/m³.
        source_g_s: What is given off in the room, in g/s.
        volume_m3: Volume of the room in m³.
        exchange: Air that leaves it, in m³/s.
        seconds: Time in s.
    """
    settled = source_g_s / exchange
    return settled + (before_g_m3 - settled) * math.exp(-exchange * seconds / volume_m3)


def at_ground(dx_m: float, dy_m: float, toward_deg: float, wind_m_s: float, stability: str, height_m: float) -> float:
    """Return the concentration in mg/m³ per g/s at the ground of smoke that drifts level at a height; 0 upwind.

    Gaussian plume with the rural coefficients of Briggs (1973), as for gas; points within 100 m lie at 100 m.

    Args:
        dx_m: East of the fire in m.
        dy_m: North of the fire in m.
        toward_deg: Bearing that the wind blows toward, degrees clockwise from north.
        wind_m_s: Wind speed in m/s.
        stability: Pasquill class A to F.
        height_m: Height in m to which the smoke has risen.
    """
    along, across = along_and_across(dx_m, dy_m, toward_deg)
    if math.hypot(dx_m, dy_m) <= NEAREST_M:
        along, across = NEAREST_M, 0.0
    if along <= 0:
        return 0.0
    along = max(along, NEAREST_M)
    spread_y, spread_z = sigma_y(stability, along), sigma_z(stability, along)
    if abs(across) > 5 * spread_y or height_m > 6 * spread_z:
        return 0.0
    return round(1000 * concentration(1.0, wind_m_s, spread_y, spread_z, across, 0.0, height_m), 9)
