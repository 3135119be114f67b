"""Names on a map: each beside its sign, none over another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.float64]


class Box(NamedTuple):
    """A rectangle on the page, in inches."""

    left: float
    low: float
    right: float
    high: float

    def overlap(self, other: Box) -> float:
        """Return the area that two rectangles share, in square inches."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.high, other.high) - max(self.low, other.low)
        return wide * tall if wide > 0 and tall > 0 else 0.0

    def inside(self, other: Box) -> bool:
        """Return whether this rectangle lies wholly in another."""
        return (
            self.left >= other.left and self.right <= other.right and self.low >= other.low and self.high <= other.high
        )


class Wanted(NamedTuple):
    """A label that looks for room.

    Attributes:
        x: Where its sign stands, in inches.
        gap: Room that the sign itself takes around that, in inches.
        far: How far from its sign it may stand, as a number of the steps of :data:`_AWAY`.
        must: Whether it is put somewhere even if nothing is free.
    """

    key: str
    x: float
    y: float
    gap: float
    wide: float
    tall: float
    far: int
    must: bool


APART_IN = 0.05
"""How far labels side by side keep apart, in inches."""
NEARER_COST = 0.01
"""What it costs to stand nearer to another sign than to one's own, in square inches of overlap. A guess."""
STEP_COST = 0.004
"""What each step away from its sign costs a label, in square inches of overlap. A guess."""
_TURNS = (0, 180, 90, 270, 45, 315, 135, 225, 22, 338, 158, 202, 67, 293, 112, 248)
_AWAY = (0.0, 0.18, 0.4, 0.7, 1.1, 1.6, 2.2)
"""Angles, counterclockwise from the right, and distances in inches, in the order in which they are tried."""


def _place(one: Wanted, turn: int, away: float) -> Box:
    east, north = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    far = one.gap + away
    x = one.x + east * far + (one.wide / 2) * (round(east, 3) > 0.3) - (one.wide / 2) * (round(east, 3) < -0.3)
    y = one.y + north * far + (one.tall / 2) * (round(north, 3) > 0.3) - (one.tall / 2) * (round(north, 3) < -0.3)
    return Box(x - one.wide / 2, y - one.tall / 2, x + one.wide / 2, y + one.tall / 2)


def placed(wanted: Sequence[Wanted], page: Box, taken: Iterable[Box]) -> dict[str, Box]:
    """Return where each label stands, by its key; the first come first, and those without room are left out.

    Args:
        wanted: The labels, the most important first.
        page: What they must not leave.
        taken: What they must not cover, such as signs.
    """
    covered = np.array([*taken], dtype=float).reshape(-1, 4)
    spots = np.array([(one.x, one.y) for one in wanted], dtype=float).reshape(-1, 2)
    found: dict[str, Box] = {}
    for one in wanted:
        box = _best(one, spots, page, covered)
        if box is not None:
            found[one.key] = box
            wider = (box.left - APART_IN, box.low, box.right + APART_IN, box.high)
            covered = np.vstack([covered, wider])
    return found


def _best(one: Wanted, spots: Table, page: Box, covered: Table) -> Box | None:
    """Return where a label stands best: free, not nearer to another sign, not far away; None where there is no room."""
    best: Box | None = None
    least = math.inf
    for step, away in enumerate(_AWAY[: one.far]):
        if least <= step * STEP_COST:
            break
        for turn in _TURNS:
            box = _place(one, turn, away)
            if not box.inside(page):
                continue
            over = _covers(box, covered)
            cost = over + STEP_COST * step
            if cost >= least - 1e-9 or (over and not one.must):
                continue
            cost += NEARER_COST * _nearer_to_another(box, one, spots)
            if cost < least - 1e-9:
                best, least = box, cost
    return best


def _covers(box: Box, covered: Table) -> float:
    """Return the area that a rectangle shares with others, in square inches."""
    wide = np.minimum(box.right, covered[:, 2]) - np.maximum(box.left, covered[:, 0])
    tall = np.minimum(box.high, covered[:, 3]) - np.maximum(box.low, covered[:, 1])
    return float(np.sum(np.maximum(wide, 0) * np.maximum(tall, 0)))


def _nearer_to_another(box: Box, one: Wanted, spots: Table) -> bool:
    """Return whether a reader would take a label for that of another sign."""
    own = math.dist(nearest(box, one.x, one.y), (one.x, one.y))
    east = spots[:, 0] - np.clip(spots[:, 0], box.left, box.right)
    north = spots[:, 1] - np.clip(spots[:, 1], box.low, box.high)
    return bool(np.any(np.hypot(east, north) < own - 1e-6))


def nearest(box: Box, x: float, y: float) -> tuple[float, float]:
    """Return the point of a rectangle that is nearest to a point."""
    return min(max(x, box.left), box.right), min(max(y, box.low), box.high)
