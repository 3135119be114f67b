"""From rain to a river's discharge and stage.

Sources: curve numbers, Soil Conservation Service, Urban Hydrology for Small Watersheds, TR-55 (1986), eq. 2-3 and 2-4;
triangular unit hydrograph, SCS National Engineering Handbook, sec. 4 (base of 8/3 of the time to the peak, hence the
0.208 of its metric form); normal depth, Manning (1891).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

_BASE_TO_PEAK = 8 / 3


def retention_mm(curve_number: float) -> float:
    """Return the potential retention S in mm of a curve number (above 0, at most 100)."""
    return 25400 / curve_number - 254


def runoff_depth_mm(rain_mm: float, curve_number: float, abstraction: float = 0.2) -> float:
    """Return the depth of runoff in mm of a storm, ``(P − Ia)²/(P − Ia + S)``; 0 while P is at most Ia.

    Args:
        rain_mm: Rain P since the storm began.
        curve_number: Curve number of the catchment.
        abstraction: Initial abstraction Ia as a share of the retention S; 0.2 in TR-55.
    """
    retention = retention_mm(curve_number)
    excess = rain_mm - abstraction * retention
    return excess * excess / (excess + retention) if excess > 0 else 0.0


def runoff_by_step_mm(rain_mm_h: Sequence[float], step_s: int, curve_number: float) -> list[float]:
    """Return the runoff in mm of each step of a storm; together they are the runoff of the whole storm.

    Args:
        rain_mm_h: Rain rate in each step.
        step_s: Length of a step.
        curve_number: Curve number of the catchment.
    """
    fallen = accumulate((rate * step_s / 3600 for rate in rain_mm_h), initial=0.0)
    return [after - before for before, after in pairwise(runoff_depth_mm(rain, curve_number) for rain in fallen)]


def time_to_peak_s(concentration_s: float, rain_s: float) -> float:
    """Return the seconds to the peak of a unit hydrograph: half of the rain and 0.6 of the time of concentration."""
    return rain_s / 2 + 0.6 * concentration_s


def triangle_share(elapsed_s: float, peak_s: float) -> float:
    """Return which share of the water has passed ``elapsed_s`` after the start of a triangular unit hydrograph."""
    base = _BASE_TO_PEAK * peak_s
    if elapsed_s >= base:
        return 1.0
    if elapsed_s <= peak_s:
        return max(elapsed_s, 0.0) ** 2 / (peak_s * base)
    return 1 - (base - elapsed_s) ** 2 / (base * (base - peak_s))


def triangle_weights(peak_s: float, step_s: int) -> list[float]:
    """Return which share of the water passes in each step; they are 1 together, whatever the step.

    Args:
        peak_s: Time to the peak.
        step_s: Length of a step.
    """
    steps = math.ceil(_BASE_TO_PEAK * peak_s / step_s)
    passed = [triangle_share(number * step_s, peak_s) for number in range(steps)]
    return [after - before for before, after in pairwise([*passed, 1.0])]


def discharge_m3_s(
    runoff_mm: Sequence[float], weights: Sequence[float], area_km2: float, step_s: int, base_m3_s: float = 0.0
) -> list[float]:
    """Return the mean discharge in m³/s of each step: runoff convolved with the weights of a unit hydrograph.

    Args:
        runoff_mm: Runoff of each step.
        weights: Share of a step's runoff that passes in that step and in each later one.
        area_km2: Area of the catchment.
        step_s: Length of a step.
        base_m3_s: Flow of the river before the storm.
    """
    flows = []
    for step in range(len(runoff_mm) + len(weights) - 1):
        first, last = max(0, step - len(weights) + 1), min(step, len(runoff_mm) - 1)
        depth_mm = math.fsum(runoff_mm[index] * weights[step - index] for index in range(first, last + 1))
        flows.append(base_m3_s + 1000 * area_km2 * depth_mm / step_s)
    return flows


class Channel(NamedTuple):
    """A straight channel with a trapezoidal cross-section; a rectangle if ``side`` is 0.

    Attributes:
        width_m: Width of the bottom.
        slope: Slope of the bottom, m per m.
        roughness: Manning's n, s/m^(1/3).
        side: How far each bank goes outward per meter of height.
    """

    width_m: float
    slope: float
    roughness: float
    side: float = 0.0

    def area_m2(self, depth_m: float) -> float:
        """Return the wetted area."""
        return (self.width_m + self.side * depth_m) * depth_m

    def discharge_m3_s(self, depth_m: float) -> float:
        """Return the discharge of uniform flow by Manning, ``A·R^(2/3)·S^(1/2)/n``."""
        if depth_m <= 0:
            return 0.0
        area = self.area_m2(depth_m)
        perimeter = self.width_m + 2 * depth_m * math.hypot(1, self.side)
        return area * math.pow(area / perimeter, 2 / 3) * math.sqrt(self.slope) / self.roughness

    def depth_m(self, discharge_m3_s: float) -> float:
        """Return the normal depth of a discharge, by bisection; the inverse of the discharge."""
        if discharge_m3_s <= 0:
            return 0.0
        low, high = 0.0, 1.0
        while self.discharge_m3_s(high) < discharge_m3_s:
            low, high = high, 2 * high
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if self.discharge_m3_s(middle) < discharge_m3_s else (low, middle)
        return (low + high) / 2

    def speed_m_s(self, discharge_m3_s: float) -> float:
        """Return the mean speed of the water at a discharge."""
        depth = self.depth_m(discharge_m3_s)
        return discharge_m3_s / self.area_m2(depth) if depth > 0 else 0.0
