"""A dam in a run: the level behind it, what it lets go, and when it fails; driven step by step by the flood."""

from __future__ import annotations

import math

from sim.hazards.formulas.dam_break import Breach, arrival_s, breach, peak_further_down_m3_s
from sim.hazards.formulas.reservoir import Gate, PowerStorage, Weir, route
from sim.spec.hazards.flood import Dam as Start
from sim.spec.sites import Reservoir

OGEE = 2.0
"""Weir coefficient of a spillway in m^0.5/s (recalled: 2.0 to 2.2)."""
SIGNS = ((1.0, "failed"), (0.6, "failing"), (0.15, "seeping"))
"""What a dam looks like, by the share of the way to its failure. Shares are guesses."""
CREST_BY_HEIGHT = 5
"""Length of a dam's crest as a multiple of its height. A guess."""
TERRAIN = "mountain"
"""Terrain by which the peak of a breach fades (:data:`sim.hazards.formulas.dam_break.SPEED_FACTOR`)."""


class Dam:
    """A dam and its reservoir.

    The basin holds ``factor·h^exponent``, so that it has the county file's volumes at the full level and at the crest.
    The spillway begins at the full level; at the crest it and the open gate together let the file's greatest flow go.
    It fails when a hazard that grows with the level has added up to what luck set: seepage by the square of the height
    above the full level, erosion by the depth of water over the crest. Both rates are guesses.

    Args:
        given: The reservoir of the county file.
        start: What it is like in the scenario.
        u: Uniform number that sets how much it withstands.

    Attributes:
        place: Place of the dam.
        volume_m3: Water that it holds.
        blocked: Share of the spillway that is blocked.
        opening: Share of the gate that is open.
        failed_s: When it failed; None while it stands.
        outflows: Mean flow over and through it in each step so far, in m³/s, without a breach.
    """

    def __init__(self, given: Reservoir, start: Start, u: float) -> None:
        exponent = math.log(given.capacity_m3 / given.full_m3) / math.log(given.crest_m / given.full_m)
        self.place = start.place
        self._storage = PowerStorage(0.0, given.full_m3 / math.pow(given.full_m, exponent), exponent)
        self._full_m, self._crest_m = given.full_m, given.crest_m
        self._gate = Gate(start.gate_m, start.gate_m2)
        over = given.crest_m - given.full_m
        length = max(0.0, given.spillway_m3_s - self._gate.flow_m3_s(given.crest_m)) / (OGEE * math.pow(over, 1.5))
        self._spillway = Weir(given.full_m, length, OGEE)
        self._dam = Weir(given.crest_m, CREST_BY_HEIGHT * given.crest_m)
        self._start = start
        self.volume_m3 = self._storage.volume_m3(start.level_m)
        self.blocked = start.blocked
        self.opening = 0.0
        self.failed_s: int | None = None
        self.outflows: list[float] = []
        self._weakened = 0.0
        self._withstands = -math.log(u)
        self._breach: Breach | None = None

    @property
    def level_m(self) -> float:
        """Level of the water above the foot of the dam."""
        return self._storage.level_m(self.volume_m3)

    @property
    def state(self) -> str:
        """What it looks like: sound, seeping, failing or failed."""
        if self.failed_s is not None:
            return "failed"
        share = min(self._weakened / self._withstands, 0.999)
        return next((sign for least, sign in SIGNS if share >= least), "sound")

    @property
    def water(self) -> str:
        """How high the water stands: normal, high (above the full level), critical (less than 1 m free), over."""
        level = round(self.level_m, 3)
        if level > self._crest_m:
            return "over"
        if level > self._crest_m - 1:
            return "critical"
        return "high" if level > self._full_m else "normal"

    def step(self, inflow_m3_s: float, later_m3_s: float, now_s: int, step_s: int) -> None:
        """Let a step pass.

        Args:
            inflow_m3_s: Flow into it at the start of the step.
            later_m3_s: Flow into it at its end.
            now_s: When the step begins.
            step_s: Length of the step.
        """
        if self.failed_s is not None:
            self.outflows.append((inflow_m3_s + later_m3_s) / 2)
            self.volume_m3 = 0.0
            return
        routed = route(self.volume_m3, inflow_m3_s, later_m3_s, step_s, self._outflow)
        self.volume_m3 = routed.volume_m3
        self.outflows.append(routed.outflow_m3_s)
        self._weakened += self.rate_per_h(self.level_m) * step_s / 3600
        if self._weakened >= self._withstands:
            self.failed_s = now_s + step_s
            self._breach = breach(self.volume_m3, self.level_m)

    def rate_per_h(self, level_m: float) -> float:
        """Return the rate at which it fails at a level, per hour."""
        above = max(0.0, min(level_m, self._crest_m) - self._full_m) / (self._crest_m - self._full_m)
        return self._start.seeps_per_h * above * above + self._start.erodes_per_h * max(0.0, level_m - self._crest_m)

    def wave_m3_s(self, at_s: int, distance_m: float, wave_m_s: float) -> float:
        """Return the flow of its breach at a distance down the river; 0 while it stands.

        Args:
            at_s: When.
            distance_m: How far down.
            wave_m_s: Speed of the wave.
        """
        if self._breach is None or self.failed_s is None:
            return 0.0
        gone = self._breach
        peak = peak_further_down_m3_s(gone.peak_m3_s, gone.volume_m3, distance_m, TERRAIN)
        return Breach(gone.volume_m3, peak, gone.rise_s).flow_m3_s(
            at_s - self.failed_s - arrival_s(distance_m, wave_m_s)
        )

    def _outflow(self, volume_m3: float) -> float:
        level = self._storage.level_m(volume_m3)
        flow = self._spillway.flow_m3_s(level, self.blocked) + self._gate.flow_m3_s(level, self.opening)
        return flow + self._dam.flow_m3_s(level)
