"""Water in a mine: inflow against pumps, and when it reaches a level.

Source: balance of volumes; exact, as inflow and pumps are constant from one change to the next. Volumes are those that
water can fill; how they depend on the level is a :class:`~sim.hazards.formulas.reservoir.Storage`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_S_PER_H = 3600


class Phase(NamedTuple):
    """Inflow and pumps from a time on, until the next phase.

    Attributes:
        start_s: When it begins; whole seconds since the water broke in.
        inflow_m3_h: Water that comes in.
        pumps_m3_h: What the pumps lift while there is water.
    """

    start_s: int
    inflow_m3_h: float
    pumps_m3_h: float

    @property
    def net_m3_h(self) -> float:
        """How fast the water grows while there is some."""
        return self.inflow_m3_h - self.pumps_m3_h


def volume_after_m3(volume_m3: float, phase: Phase, seconds: float) -> float:
    """Return the water after some seconds of one phase; pumps that could lift more than comes keep it at 0."""
    return max(0.0, volume_m3 + phase.net_m3_h * seconds / _S_PER_H)


def volume_at_m3(volume_m3: float, phases: Sequence[Phase], at_s: float) -> float:
    """Return the water at a time.

    Args:
        volume_m3: Water when the first phase begins.
        phases: Phases in the order of time, at least one.
        at_s: The time, not before the first phase.
    """
    for phase, following in pairwise(phases):
        if following.start_s >= at_s:
            return volume_after_m3(volume_m3, phase, at_s - phase.start_s)
        volume_m3 = volume_after_m3(volume_m3, phase, following.start_s - phase.start_s)
    return volume_after_m3(volume_m3, phases[-1], at_s - phases[-1].start_s)


def seconds_to(volume_m3: float, target_m3: float, net_m3_h: float) -> float:
    """Return the seconds until the water grows or falls to a volume at a constant rate; infinite if it does not."""
    missing = target_m3 - volume_m3
    if missing == 0:
        return 0.0
    return missing / net_m3_h * _S_PER_H if missing * net_m3_h > 0 else math.inf


def reached_at_s(volume_m3: float, phases: Sequence[Phase], target_m3: float) -> float:
    """Return when the water first is at a volume, such as that below a refuge's floor; infinite if never.

    Args:
        volume_m3: Water when the first phase begins.
        phases: Phases in the order of time, at least one.
        target_m3: The volume looked for, more or less than there is.
    """
    ends = [float(phase.start_s) for phase in phases[1:]]
    for phase, end in zip(phases, [*ends, math.inf], strict=True):
        at = phase.start_s + seconds_to(volume_m3, target_m3, phase.net_m3_h)
        if at <= end and at < math.inf:
            return at
        if end < math.inf:
            volume_m3 = volume_after_m3(volume_m3, phase, end - phase.start_s)
    return math.inf
