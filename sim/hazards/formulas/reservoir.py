"""The level of a reservoir: what flows in, over the spillway, through the gates and over the dam.

Sources: level-pool routing, Chow, Maidment and Mays, Applied Hydrology (1988), sec. 8.2; weir ``Q = C·L·h^1.5`` and
orifice ``Q = Cd·A·√(2·g·h)`` of any textbook of hydraulics. C of a broad crest is ``(2/3)^1.5·√g = 1.70``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from sim.hazards.formulas.root import rising_root

GRAVITY_M_S2 = 9.81
_CLOSE_M3 = 1e-6
BROAD_CREST = 1.70
"""Weir coefficient of a broad crest, m^0.5/s."""


class PowerStorage(NamedTuple):
    """A basin that holds ``factor·(level − bottom)^exponent``; exponent 1 for vertical walls, near 3 for a valley.

    Attributes:
        bottom_m: Level of the bottom.
        factor: Volume in m³ at one meter of depth.
        exponent: How fast it widens; at least 1.
    """

    bottom_m: float
    factor: float
    exponent: float

    def volume_m3(self, level_m: float) -> float:
        """Return the volume below a level; 0 below the bottom."""
        return self.factor * math.pow(max(0.0, level_m - self.bottom_m), self.exponent)

    def level_m(self, volume_m3: float) -> float:
        """Return the level at which the basin holds a volume."""
        return self.bottom_m + math.pow(max(0.0, volume_m3) / self.factor, 1 / self.exponent)


class Weir(NamedTuple):
    """A spillway, or a dam's crest that water runs over.

    Attributes:
        crest_m: Level of the crest.
        length_m: Length of the crest.
        coefficient: C in m^0.5/s: 1.70 for a broad crest such as a dam's, 2.0 to 2.2 for an ogee (recalled).
    """

    crest_m: float
    length_m: float
    coefficient: float = BROAD_CREST

    def flow_m3_s(self, level_m: float, blocked: float = 0.0) -> float:
        """Return the flow at a level, with a share (0 to 1) of the length blocked, by drift wood for instance."""
        head = max(0.0, level_m - self.crest_m)
        return self.coefficient * self.length_m * (1 - blocked) * head * math.sqrt(head)


class Gate(NamedTuple):
    """A bottom outlet that flows full.

    Attributes:
        center_m: Level of its center.
        area_m2: Area when fully open.
        coefficient: Discharge coefficient Cd; 0.6 for a sharp edge.
    """

    center_m: float
    area_m2: float
    coefficient: float = 0.6

    def flow_m3_s(self, level_m: float, opening: float = 1.0) -> float:
        """Return the flow at a level, with a share (0 to 1) of the area open."""
        head = max(0.0, level_m - self.center_m)
        return self.coefficient * self.area_m2 * opening * math.sqrt(2 * GRAVITY_M_S2 * head)


class Routed(NamedTuple):
    """What a step of routing gives.

    Attributes:
        volume_m3: Water held at its end.
        outflow_m3_s: Mean flow out of it over the step.
    """

    volume_m3: float
    outflow_m3_s: float


def route(
    volume_m3: float, inflow_m3_s: float, later_inflow_m3_s: float, step_s: int, outflow: Callable[[float], float]
) -> Routed:
    """Return the water held after a step: level-pool routing with the means of both ends of the step.

    Solves ``2·S'/Δt + O(S') = I + I' + 2·S/Δt − O(S)`` by false position, then takes the balance of the step, so
    that what came less what went is what stayed, to rounding. A step so long that it would take more water than there
    is empties the reservoir.

    Args:
        volume_m3: Water held at the start.
        inflow_m3_s: Flow into it at the start.
        later_inflow_m3_s: Flow into it at the end.
        step_s: Length of the step.
        outflow: Flow out in m³/s by volume in m³; must not fall as the volume rises.
    """
    came = (inflow_m3_s + later_inflow_m3_s) / 2 * step_s
    now = outflow(volume_m3)
    target = volume_m3 + came - now / 2 * step_s
    if target <= outflow(0.0) / 2 * step_s:
        return Routed(0.0, (volume_m3 + came) / step_s)
    kept = rising_root(lambda some: some + outflow(some) / 2 * step_s - target, 0.0, target, _CLOSE_M3)
    mean = (now + outflow(kept)) / 2
    return Routed(max(0.0, volume_m3 + came - mean * step_s), mean)
