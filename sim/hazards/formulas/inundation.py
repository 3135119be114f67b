"""Where the water stands how deep, and who can still pass.

Sources: limits for vehicles, Shand, Cox, Blacka and Smith (2011), Australian Rainfall and Runoff, project 10; for
people, Cox, Shand and Blacka (2010), same project; both recalled, to be verified. Later tests with whole cars
(University of New South Wales, 2016, read in a report) moved a car of 1.05 t in 0.15 m of water at 1 m/s, half of its
limit here, and floated it in 0.6 m; one of 2.5 t at 0.45 m and 0.95 m. So the limits are not on the safe side.
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import NamedTuple


class Limit(NamedTuple):
    """Up to where somebody or something passes through water.

    Attributes:
        depth_m: Greatest depth, in still water.
        depth_speed_m2_s: Greatest depth times speed of the water.
        speed_m_s: Greatest speed of the water.
        source: Where it comes from.
    """

    depth_m: float
    depth_speed_m2_s: float
    speed_m_s: float
    source: str

    def can_pass(self, depth_m: float, speed_m_s: float = 0.0) -> bool:
        """Return whether water so deep and so fast can be passed; dry ground always can."""
        if depth_m <= 0:
            return True
        is_shallow = depth_m <= self.depth_m and depth_m * speed_m_s <= self.depth_speed_m2_s
        return is_shallow and speed_m_s <= self.speed_m_s


_VEHICLES = "Shand and others (2011), recalled"
_PEOPLE = "Cox and others (2010), recalled"

LIMITS = MappingProxyType(
    {
        "car": Limit(0.3, 0.3, 3.0, _VEHICLES),
        "large_car": Limit(0.4, 0.45, 3.0, _VEHICLES),
        "off_road": Limit(0.5, 0.6, 3.0, _VEHICLES),
        "truck": Limit(0.7, 0.9, 3.0, "a guess: fire engine, army truck, wheel loader"),
        "adult": Limit(1.2, 0.8, 3.0, _PEOPLE + "; from 0.8 m2/s on significant hazard"),
        "child": Limit(0.5, 0.4, 3.0, _PEOPLE + "; from 0.4 m2/s on significant hazard; the frail too"),
    }
)
"""Limits by who or what passes."""


def depth_m(stage_m: float, ground_m: float) -> float:
    """Return how deep the water stands at a place: its stage less the level of the ground, at least 0."""
    return max(0.0, stage_m - ground_m)


def speed_m_s(depth_m: float, slope: float, roughness: float) -> float:
    """Return the speed of a wide sheet of water in m/s by Manning, ``h^(2/3)·S^(1/2)/n``.

    Args:
        depth_m: Depth of the water.
        slope: Slope of the ground, m per m.
        roughness: Manning's n, s/m^(1/3); about 0.06 on fields, 0.03 in a river (textbook).
    """
    return math.pow(max(0.0, depth_m), 2 / 3) * math.sqrt(slope) / roughness


def is_road_open(stage_m: float, road_m: float, limit: Limit, speed_m_s: float = 0.0) -> bool:
    """Return whether a road at a level can be passed at a stage of the water."""
    return limit.can_pass(depth_m(stage_m, road_m), speed_m_s)


def is_bridge_open(stage_m: float, underside_m: float, clearance_m: float = 0.0) -> bool:
    """Return whether a bridge can be used: the water is at least ``clearance_m`` below its underside.

    Water that presses on a deck, with what drifts in it, can carry a bridge away, so it closes before it is flooded.

    Args:
        stage_m: Stage of the river at the bridge.
        underside_m: Level of the underside of the deck.
        clearance_m: What must stay free under it; a rule of whoever closes it.
    """
    return stage_m + clearance_m <= underside_m
