"""Water in a mine: inflow against pumps.

Source: balance of volumes; exact, as inflow and pumps are constant from one change to the next. Volumes are those that
water can fill.
"""

from __future__ import annotations

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
