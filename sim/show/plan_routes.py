"""Where the arrows of a flow chart run: level out of a box, up or down between two columns, and level into the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sim.spec.plan_flow import Step

CLEAR_IN = 0.1
"""Least distance of an upright stretch from the boxes on either side, in inches."""
Points = tuple[tuple[float, float], ...]


class Box(NamedTuple):
    """A task of the chart: where it stands, in inches from the chart's upper left corner."""

    step: Step
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return self.y + self.height / 2


def routes(boxes: Mapping[str, Box], arrows: Sequence[tuple[str, str, bool]]) -> list[Points]:
    """Return the corners of each arrow; arrows of one task share their upright stretch, others keep apart from it.

    Args:
        boxes: Boxes by task.
        arrows: From which task to which, and whether it says only what should come before.
    """
    columns = sorted({box.x for box in boxes.values()})
    gaps = [_gap(boxes, columns, arrow) for arrow in arrows]
    ranks: dict[int, dict[tuple[str, bool], int]] = {}
    for (start, _, is_order), gap in zip(arrows, gaps, strict=True):
        ranks.setdefault(gap, {}).setdefault((start, is_order), len(ranks.get(gap, {})))
    found = []
    for (start, end, is_order), gap in zip(arrows, gaps, strict=True):
        rank, of = ranks[gap][start, is_order], len(ranks[gap])
        found.append(_corners(boxes[start], boxes[end], _upright(boxes, columns, gap, (rank + 0.5) / of)))
    return found


def _gap(boxes: Mapping[str, Box], columns: list[float], arrow: tuple[str, str, bool]) -> int:
    """Return in which gap an arrow turns: the one before a column, in which it passes behind the fewest boxes."""
    one, other = boxes[arrow[0]], boxes[arrow[1]]
    first, last = columns.index(one.x), columns.index(other.x)
    if first == last:
        return first
    low, high = min(first, last), max(first, last)
    choices = range(low + 1, high + 1)
    return min(choices, key=lambda gap: _behind(boxes, columns, one, other, gap))


def _behind(boxes: Mapping[str, Box], columns: list[float], one: Box, other: Box, gap: int) -> int:
    """Return behind how many boxes an arrow would pass that turns in a gap."""
    lower, upper = (one, other) if one.x < other.x else (other, one)
    count = 0
    for box in boxes.values():
        column = columns.index(box.x)
        level = lower.middle if column < gap else upper.middle
        between = lower.x < box.x < upper.x
        count += between and box.y - 0.04 <= level <= box.y + box.height + 0.04
    return count


def _upright(boxes: Mapping[str, Box], columns: list[float], gap: int, share: float) -> float:
    """Return where an upright stretch stands in a gap, by its share of the room there."""
    right = columns[gap] - CLEAR_IN
    width = next(iter(boxes.values())).width
    left = columns[gap - 1] + width + CLEAR_IN if gap else right - 0.28
    return left + share * (right - left)


def _corners(one: Box, other: Box, upright: float) -> Points:
    """Return the corners of an arrow: along the left sides where both stand in one column."""
    start = one.x + one.width if one.x < other.x else one.x
    end = other.x if one.x <= other.x else other.x + other.width
    return (start, one.middle), (upright, one.middle), (upright, other.middle), (end, other.middle)
