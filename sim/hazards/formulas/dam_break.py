"""A dam that breaks: how much water, how soon, and when it is how strong further down.

Sources: peak outflow, Froehlich (1995); time of formation, Froehlich (2008); both formulas were read in a quotation.
Peak further down: the formula in use for Chinese reservoirs, recalled, to be verified.
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import NamedTuple

from sim.hazards.formulas.reservoir import GRAVITY_M_S2

WAVE_M_S = 2.1
"""Speed of the wave where nothing better is known, in m/s. From one case: two dams in Inner Mongolia, 2021, 13 km
apart, of which the upper broke at 13:48 and the lower about 15:30. So it contains the filling of the lower reservoir,
and a wave in a steep valley is faster."""

SPEED_FACTOR = MappingProxyType({"mountain": 7.15, "hills": 4.76, "plain": 3.13})
"""Speed of the water times a factor, in m/s, by terrain, for the peak further down. Recalled, to be verified."""


def peak_outflow_m3_s(volume_m3: float, head_m: float) -> float:
    """Return the peak outflow through the breach of an embankment dam in m³/s, ``0.607·V^0.295·h^1.24``.

    Froehlich (1995). A regression: a dam's true peak may be half or twice of it (Wahl 2004, recalled).

    Args:
        volume_m3: Water above the bottom of the breach.
        head_m: Depth of the water above the bottom of the breach.
    """
    return 0.607 * math.pow(volume_m3, 0.295) * math.pow(head_m, 1.24)


def formation_s(volume_m3: float, height_m: float) -> float:
    """Return the seconds in which a breach forms, ``63.2·√(V/(g·h²))``; Froehlich (2008).

    Args:
        volume_m3: Water above the bottom of the breach.
        height_m: Height of the breach.
    """
    return 63.2 * math.sqrt(volume_m3 / (GRAVITY_M_S2 * height_m * height_m))


class Breach(NamedTuple):
    """Outflow through a breach as a triangle: up while the breach forms, down until the water is gone.

    Attributes:
        volume_m3: Water that flows out.
        peak_m3_s: Peak of the outflow.
        rise_s: Seconds until the peak; a value longer than the whole outflow is cut to it.
    """

    volume_m3: float
    peak_m3_s: float
    rise_s: float

    @property
    def lasts_s(self) -> float:
        """Seconds until the water is gone: the triangle's area is the volume."""
        return 2 * self.volume_m3 / self.peak_m3_s

    def flow_m3_s(self, elapsed_s: float) -> float:
        """Return the outflow at a time after the breach began to form."""
        lasts = self.lasts_s
        rise = min(self.rise_s, lasts)
        if not 0 < elapsed_s < lasts:
            return 0.0
        if elapsed_s <= rise:
            return self.peak_m3_s * elapsed_s / rise
        return self.peak_m3_s * (lasts - elapsed_s) / (lasts - rise)


def breach(volume_m3: float, height_m: float) -> Breach:
    """Return the outflow through a breach as high as the water is deep, by Froehlich's formulas."""
    return Breach(volume_m3, peak_outflow_m3_s(volume_m3, height_m), formation_s(volume_m3, height_m))


def arrival_s(distance_m: float, wave_m_s: float = WAVE_M_S) -> int:
    """Return the whole seconds that the wave takes over a distance."""
    return round(distance_m / wave_m_s)


def peak_further_down_m3_s(peak_m3_s: float, volume_m3: float, distance_m: float, terrain: str) -> float:
    """Return the peak of the flood in m³/s further down, ``V/(V/Q + L/(v·K))``: a small reservoir's fades sooner.

    Args:
        peak_m3_s: Peak outflow at the dam.
        volume_m3: Water that flows out.
        distance_m: Distance down the river.
        terrain: A key of :data:`SPEED_FACTOR`.
    """
    return volume_m3 / (volume_m3 / peak_m3_s + distance_m / SPEED_FACTOR[terrain])
