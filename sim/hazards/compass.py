"""Directions: bearings in degrees clockwise from north, and the eighths of the compass."""

from __future__ import annotations

import math

SECTORS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")


def sector(bearing: float) -> str:
    """Return the eighth of the compass that a bearing (degrees clockwise from north) lies in."""
    return SECTORS[round(bearing / 45) % 8]


def bearing_deg(east_m: float, north_m: float) -> float:
    """Return the bearing of a point, in degrees clockwise from north."""
    return math.degrees(math.atan2(east_m, north_m)) % 360
