"""The layout of the figure of the way of one thing: what stands where, and how much room it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sim.assess.beliefs import Cell, end_of
from sim.assess.fact_way import Hop, Way
from sim.assess.outages import Stretch, without
from sim.record.folder import RunRecord
from sim.show import style
from sim.show.fonts import width_in
from sim.show.message_way_head import BADGE, badge
from sim.show.names import Names

LEFT_IN, RIGHT_IN, AXIS_IN, LIMIT_IN = 1.62, 1.72, 0.62, 0.26
"""Margins of the drawing in inches; the last is the strip above the lanes that says when it had to be known."""
LEVEL_IN, PAD_IN, LANE_IN, OUTAGE_IN = 0.175, 0.06, 0.54, 0.17
"""Heights in inches: a level of messages, the air around a lane, a lane at least, and its strip for outages."""
BODY_IN = style.WIDTH_IN - LEFT_IN - RIGHT_IN
SOURCES = ""
"""Id of the lane of all who are no organization of the figure: the public, crews, others."""


class Part(NamedTuple):
    """What a message occupies on a lane: on which level, from when until when."""

    hop: Hop
    is_outgoing: bool
    start_s: float
    end_s: float
    level: int


@dataclass(frozen=True)
class Lane:
    """A lane, with its top and its height in inches."""

    role: str
    cell: Cell | None
    parts: tuple[Part, ...]
    outages: tuple[Stretch, ...]
    top: float
    height: float

    def y(self, level: int) -> float:
        """Return the middle of a level."""
        strip = OUTAGE_IN if self.outages else 0.0
        levels = 1 + max((part.level for part in self.parts), default=0)
        slack = self.height - 2 * PAD_IN - strip - levels * LEVEL_IN
        return self.top + PAD_IN + strip + slack / 2 + (level + 0.5) * LEVEL_IN


class Span(NamedTuple):
    """The stretch of time that is drawn, in seconds since the start."""

    start_s: float
    end_s: float

    def of_inches(self, inches: float) -> float:
        """Return how many seconds some inches are."""
        return inches * (self.end_s - self.start_s) / BODY_IN


def span_of(record: RunRecord, way: Way, names: Names) -> Span:
    """Return the stretch of time to draw: from the first message or what became so, until all is read or given up."""
    knew = [cell.known_s for cell in way.cells.values() if cell.needed and cell.known_s is not None]
    first = min([hop.composed_s for hop in way.hops] + [at_s for at_s in knew if at_s >= way.episode.start_s])
    last = max([hop.end_s for hop in way.hops] + knew)
    length = max(240, last - first)
    room_in = max([label_in(hop, way, names) for hop in way.hops], default=0.0)
    start_s = first - length * (0.03 + (room_in + 0.1) / BODY_IN)
    if way.episode.start_s > start_s - 0.25 * length:
        start_s = min(start_s, way.episode.start_s - 0.02 * length)
    return Span(max(start_s, -0.02 * length), min(last + 0.07 * length, max(end_of(record), last) + 0.01 * length))


def label_in(hop: Hop, way: Way, names: Names) -> float:
    """Return how much room the sender's name takes before the message, in inches; 0 if its lane is named."""
    return 0.0 if hop.sender in way.cells else min(1.2, width_in(names.thing(hop.sender), style.SMALL)) + 0.1


def lanes_of(record: RunRecord, way: Way, names: Names, span: Span) -> list[Lane]:
    """Return the lanes from top to bottom, with the messages on them on levels."""
    desks = {one.id: one for one in record.exercise.county.organizations}
    roles = list(way.cells)
    if any(hop.sender not in way.cells for hop in way.hops):
        roles.insert(0, SOURCES)
    lanes, top = [], LIMIT_IN
    for role in roles:
        parts = _packed(role, way, names, span)
        outages = tuple(
            row
            for row in (without(record, desks[role]) if role in desks else [])
            if row.start_s < span.end_s and row.end_s > span.start_s
        )
        levels = 1 + max((part.level for part in parts), default=0)
        height = max(LANE_IN, levels * LEVEL_IN + 2 * PAD_IN) + (OUTAGE_IN if outages else 0.0)
        lanes.append(Lane(role, way.cells.get(role), parts, outages, top, height))
        top += height
    return lanes


def _packed(role: str, way: Way, names: Names, span: Span) -> tuple[Part, ...]:
    """Return the parts of messages on a lane, on levels so that no two overlap."""
    parts = []
    for hop in way.hops:
        if hop.sender == role or (role == SOURCES and hop.sender not in way.cells):
            start_s = hop.composed_s - span.of_inches(label_in(hop, way, names))
            end_s = hop.departed_s if hop.departed_s is not None else hop.steps[-1].at_s + span.of_inches(0.25)
            parts.append(Part(hop, True, start_s, max(end_s, _badges_end(hop, names, span)), 0))
        if hop.to == role and (delivered_s := hop.at("delivered")) is not None:
            parts.append(Part(hop, False, delivered_s - span.of_inches(0.05), hop.end_s, 0))
    parts.sort(key=lambda part: (part.start_s, part.hop.id, part.is_outgoing))
    free_s: list[float] = []
    placed = []
    for part in parts:
        level = next((number for number, at_s in enumerate(free_s) if part.start_s >= at_s), len(free_s))
        free_s[level : level + 1] = [part.end_s + span.of_inches(0.16)]
        placed.append(part._replace(level=level))
    return tuple(placed)


class Badge(NamedTuple):
    """Attempts that failed for one reason, close together: where the mark begins, and how many."""

    x_s: float
    reason: str
    number: int


def wide_in(one: Badge, names: Names) -> float:
    """Return the width of a mark of failed attempts, in inches."""
    return width_in(badge(one.reason, one.number, names), BADGE) + 0.06


def badges_of(hop: Hop, names: Names, span: Span) -> list[Badge]:
    """Return the marks of the failed attempts of a message; those that would overlap are one mark or moved apart."""
    found: list[Badge] = []
    for step in hop.steps:
        if step.kind != "lost":
            continue
        last = found[-1] if found else None
        room_s = span.of_inches(wide_in(last, names) + 0.03) if last else 0.0
        if last is not None and last.reason == step.reason and step.at_s - last.x_s < room_s:
            found[-1] = last._replace(number=last.number + 1)
        else:
            free_s = hop.composed_s + span.of_inches(0.09) if last is None else last.x_s + room_s
            found.append(Badge(max(step.at_s, free_s), step.reason, 1))
    return found


def _badges_end(hop: Hop, names: Names, span: Span) -> float:
    ends = [one.x_s + span.of_inches(wide_in(one, names) + 0.06) for one in badges_of(hop, names, span)]
    return max(ends, default=float("-inf"))
