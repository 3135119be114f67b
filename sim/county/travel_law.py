"""Laws of travel: a trip that starts and ends at rest, a road that fills up, a road under water. Pure functions."""

from __future__ import annotations

import math
from types import MappingProxyType

from sim.spec.roads import Road

BPR_SHARE, BPR_POWER = 0.15, 4
"""The two numbers of the volume-delay function of the Bureau of Public Roads (Traffic Assignment Manual, 1964)."""

LANE_PER_H = MappingProxyType(
    {"expressway": 2000, "national": 1400, "provincial": 1200, "county": 900, "village": 500, "street": 700}
)
"""Vehicles an hour that a lane carries, by class of road. Guesses; a freeway's lane carries about 2,000."""

FORD_M = 0.3
"""Depth of water in m that a vehicle still drives through. Recalled: about a foot of moving water floats many cars."""
BRIDGE_M = 3.0
"""Clearance in m of a bridge of which nothing is known. A guess."""


def trip_time(distance: float, cruise: float, acceleration: float) -> float:
    """Return the time of a trip from rest to rest, by the law of Kolesar, Walker and Hausner (1975).

    The vehicle speeds up, cruises if there is room for that, and brakes. With d = v²/(2a) it takes 2 √(D/a) for
    D ≤ 2d and v/a + D/v beyond; time and slope join there. Distances and times are in any units that fit each other.

    Args:
        distance: D, at least 0.
        cruise: v, the cruising speed, above 0.
        acceleration: a, the same for speeding up and braking, above 0.
    """
    if distance <= cruise * cruise / acceleration:
        return 2 * math.sqrt(distance / acceleration)
    return cruise / acceleration + distance / cruise


def full_road_time(free: float, flow: float, capacity: float) -> float:
    """Return the time on a road that carries a flow: t = t₀ (1 + 0.15 (v/c)⁴), the Bureau of Public Roads' function.

    Args:
        free: t₀, the time on the empty road, in any unit.
        flow: v, vehicles an hour in this direction.
        capacity: c, vehicles an hour that the road carries in this direction.
    """
    return free * (1 + BPR_SHARE * (flow / capacity) ** BPR_POWER)


def capacity_per_h(road: Road) -> float:
    """Return how many vehicles an hour a road carries in a direction, by its class and lanes.

    A road with one lane for both directions counts as half a lane for each.
    """
    lanes = road.lanes if road.one_way else road.lanes / 2
    return LANE_PER_H[road.road_class] * lanes


def is_drowned(road: Road, water_m: float) -> bool:
    """Return whether water closes a road.

    Args:
        road: The road.
        water_m: Depth of the water over ordinary ground at its deeper end, in m; below a bridge it is the rise of the
            water.
    """
    if road.bridge is True:
        return water_m > BRIDGE_M
    return water_m > (road.bridge or FORD_M)
