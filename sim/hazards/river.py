"""The river of a flood: rain that falls, runs off and comes down, and how high it stands at places."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

from sim.county.settlement import Settlement
from sim.hazards.formulas.runoff import Channel, discharge_m3_s, runoff_by_step_mm, time_to_peak_s, triangle_weights
from sim.spec.hazards.flood import Rain, Reach

STEP_S = 300
"""Step of the flood, in seconds."""
BASE_M3_S_KM2 = 0.02
"""Flow of a river before the storm, in m³/s for each km² of its land. A guess."""
RATING_STEP_M, RATING_TOP_M = 0.05, 30.0


def rain_by_step_mm_h(rain: Sequence[Rain], factor: float) -> list[float]:
    """Return the mean rain rate of each step, in mm/h.

    Args:
        rain: The storm.
        factor: How much of it falls.
    """
    steps = math.ceil(rain[-1].until / STEP_S)
    found = []
    for step in range(steps):
        start, mm = step * STEP_S, 0.0
        since = 0
        for part in rain:
            lasts = min(part.until, start + STEP_S) - max(since, start)
            mm += part.mm_h * max(0, lasts) / STEP_S
            since = part.until
        found.append(factor * mm)
    return found


def flow_of_land_m3_s(rain_mm_h: Sequence[float], area_km2: float, concentration_s: int, number: float) -> list[float]:
    """Return the flow from land on which rain falls, as the mean of each step; curve number and triangle of the SCS.

    Args:
        rain_mm_h: Mean rain of each step.
        area_km2: Area of the land.
        concentration_s: Its time of concentration.
        number: Curve number.
    """
    runoff = runoff_by_step_mm(rain_mm_h, STEP_S, number)
    weights = triangle_weights(time_to_peak_s(concentration_s, STEP_S), STEP_S)
    return discharge_m3_s(runoff, weights, area_km2, STEP_S, BASE_M3_S_KM2 * area_km2)


def at_step(flows: Sequence[float], step: int) -> float:
    """Return the flow in a step; before the first it is as in the first, and after the last as in the last."""
    return flows[min(max(step, 0), len(flows) - 1)] if flows else 0.0


class Rating:
    """How high a river stands by its flow: Manning's normal depth, computed once and read between two rows.

    Channel and valley floor are taken as two channels side by side, as in any textbook (divided-channel method).

    Args:
        reach: The river's cross-section.
        ground_m: Height of the valley floor above the bottom of the river.
    """

    def __init__(self, reach: Reach, ground_m: float) -> None:
        bed = Channel(reach.width_m, reach.slope, reach.roughness, reach.bank)
        floor = Channel(reach.plain_m, reach.slope, reach.plain_roughness)
        top = Channel(reach.width_m + 2 * reach.bank * ground_m, reach.slope, reach.roughness)

        def flow_m3_s(stage: float) -> float:
            if stage <= ground_m:
                return bed.discharge_m3_s(stage)
            over = stage - ground_m
            whole = bed.area_m2(ground_m) + top.width_m * over
            wetted = reach.width_m + 2 * ground_m * math.hypot(1, reach.bank)
            inside = whole * math.pow(whole / wetted, 2 / 3) * math.sqrt(reach.slope) / reach.roughness
            return inside + floor.discharge_m3_s(over)

        rows = round(RATING_TOP_M / RATING_STEP_M)
        self._flows = [flow_m3_s(row * RATING_STEP_M) for row in range(rows + 1)]

    def stage_m(self, flow_m3_s: float) -> float:
        """Return the stage above the bottom; at most :data:`RATING_TOP_M`."""
        row = bisect_left(self._flows, flow_m3_s)
        if row == 0 or row == len(self._flows):
            return 0.0 if row == 0 else RATING_TOP_M
        low, high = self._flows[row - 1], self._flows[row]
        return (row - 1 + (flow_m3_s - low) / (high - low)) * RATING_STEP_M


class Bank:
    """A place at the river: the stage there, and how deep the water stands in its cells.

    The ground of a place is a plane, so that of its cells one edge is lower than the center and the other higher.

    Attributes:
        place: The place.
        below: The next dam up the river.
        km: Distance from that dam.
        ground_m: Height of the center above the bottom of the river.
        stage_m: Present stage.
        settlement: Its people.
    """

    def __init__(self, reach: Reach, settlement: Settlement, km: float, rating: Rating) -> None:
        ground = settlement.place.ground_m
        assert ground is not None
        self.place, self.below, self.km, self.ground_m = reach.place, reach.below, km, ground
        self.settlement = settlement
        self.stage_m = 0.0
        self._rating = rating
        center_x, center_y = settlement.cells[0].x_m, settlement.cells[0].y_m
        edge = max((math.hypot(c.x_m - center_x, c.y_m - center_y) for c in settlement.cells), default=0.0) or 1.0
        self._grounds = [ground + reach.relief_m * (cell.x_m - center_x) / edge for cell in settlement.cells]
        self._shown = [0.0] * len(self._grounds)

    @property
    def depth_m(self) -> float:
        """Depth of the water over the ground of the center, in m."""
        return max(0.0, self.stage_m - self.ground_m)

    def rises_to(self, flow_m3_s: float) -> None:
        """Let a flow come by."""
        self.stage_m = round(self._rating.stage_m(flow_m3_s), 3)

    def changed_depths(self, least_m: float) -> list[float] | None:
        """Return the depths in the cells, if one differs by so much from those returned last, or is dry or wet now."""
        depths = [round(max(0.0, self.stage_m - ground), 2) for ground in self._grounds]
        pairs = zip(depths, self._shown, strict=True)
        if not any(abs(now - before) >= least_m or (now > 0) != (before > 0) for now, before in pairs):
            return None
        self._shown = depths
        return depths
