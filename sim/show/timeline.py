"""The timeline: one lane a department, one row a unit, milestones as numbered flags, decisions as lettered marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.assess.beliefs import end_of
from sim.record.folder import RunRecord
from sim.show import style
from sim.show.fonts import width_in
from sim.show.names import SEATS, Names
from sim.show.timeline_legend import draw_key, draw_legend, legend_height, letter
from sim.show.timeline_rows import Lane, Row, in_order, lanes_of, last_moment
from sim.show.tracks import (
    Mark,
    Path,
    Stretch,
    critical_path,
    fact_stretches,
    hurt_crews,
    marks,
    message_times,
)

LEFT_IN, RIGHT_IN, TOP_IN, AXIS_IN = 2.55, 0.2, 0.92, 0.5
"""Margins of the drawing in inches."""
UNIT_IN, LEVEL_IN, RUG_IN, PAD_IN = 0.19, 0.215, 0.15, 0.07
"""Heights in inches: a unit's row, a level of marks, the rug of messages, and the air around a lane."""


class Place(NamedTuple):
    """Where something numbered sits: its time, its level in the row, and its number or letter."""

    at_s: int
    level: int
    text: str


def staggered(times: Sequence[int], apart_s: float) -> list[int]:
    """Return a level for each time, so that two on one level are never closer than ``apart_s``."""
    last: list[float] = []
    levels = []
    for at_s in times:
        level = next((i for i, x in enumerate(last) if at_s - x >= apart_s), len(last))
        if level == len(last):
            last.append(at_s)
        last[level] = at_s
        levels.append(level)
    return levels


def timeline(record: RunRecord, milestones: Sequence[Mapping[str, Any]], names: Names) -> Figure:
    """Draw the timeline.

    Args:
        record: The run.
        milestones: Those of its score card.
        names: Names in the language of the figure.
    """
    span_s = max(600.0, min(end_of(record), last_moment(record) * 1.03 + 60))
    apart_s = 0.215 * span_s / (style.WIDTH_IN - LEFT_IN - RIGHT_IN)
    ordered = in_order(milestones)
    reached = [row for row in ordered if row["at_s"] is not None]
    acts = marks(record, names)
    flags = [Place(m["at_s"], 0, str(i)) for i, m in enumerate(reached, 1)]
    flags = [f._replace(level=k) for f, k in zip(flags, staggered([f.at_s for f in flags], apart_s), strict=True)]
    places = {seat: _lettered(acts, seat, apart_s) for seat in SEATS}
    lanes = lanes_of(record, names, {seat: 1 + max([p.level for p in places[seat]], default=-1) for seat in SEATS})
    flags_in = 0.14 + LEVEL_IN * (1 + max([f.level for f in flags], default=0))
    body_in = flags_in + sum(_lane_height(lane) for lane in lanes)
    legend_in = legend_height(len(milestones), len(acts))
    total_in = TOP_IN + body_in + AXIS_IN + legend_in
    figure = style.new_figure(total_in)
    axes = style.sheet(
        figure,
        LEFT_IN / style.WIDTH_IN,
        (legend_in + AXIS_IN) / total_in,
        1 - (LEFT_IN + RIGHT_IN) / style.WIDTH_IN,
        body_in / total_in,
    )
    axes.set_xlim(0, span_s)
    axes.set_ylim(body_in, 0)
    _time_axis(axes, record, names, span_s)
    _draw_flags(axes, flags, reached, names)
    y = flags_in
    for number, lane in enumerate(lanes):
        _draw_lane(axes, record, names, lane, places.get(lane.organization, []), y, number)
        y += _lane_height(lane)
    _wind_lines(axes, record, flags_in, y)
    path = critical_path(record, milestones)
    _draw_path(axes, record, path, _lane_lines(lanes, flags_in))
    draw_key(figure, names, total_in, names.milestone(path.milestone) if path.events else "")
    draw_legend(figure, names, ordered, acts, legend_in, total_in)
    return figure


def _lettered(acts: Sequence[Mark], seat: str, apart_s: float) -> list[Place]:
    own = [(mark.at_s, letter(index)) for index, mark in enumerate(acts) if mark.organization == seat]
    levels = staggered([at for at, _ in own], apart_s)
    return [Place(at, level, text) for (at, text), level in zip(own, levels, strict=True)]


def _row_height(row: Row) -> float:
    return UNIT_IN if row.kind != "desk" else RUG_IN + LEVEL_IN * max(1, row.levels)


def _lane_height(lane: Lane) -> float:
    return 2 * PAD_IN + sum(_row_height(row) for row in lane.rows)


def _time_axis(axes: Axes, record: RunRecord, names: Names, span_s: float) -> None:
    step = next(s for s in (600, 900, 1200, 1800, 3600, 7200, 14400, 43200, 86400, 10**9) if span_s / s <= 11)
    ticks = list(range(0, int(span_s) + 1, step))
    axes.set_xticks(ticks, [f"{names.moment(t)}\n{names.local(t)}" for t in ticks], fontsize=style.SMALL)
    axes.set_yticks([])
    axes.tick_params(axis="x", length=3, color=style.LINE)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=style.LINE, linewidth=0.6, zorder=0.5)
    end = end_of(record)
    if span_s < end:
        note = names.word("rest_empty", end=names.moment(end))
        axes.text(
            1, 1.004, note, transform=axes.transAxes, ha="right", va="bottom", fontsize=style.SMALL, color=style.SOFT
        )


def _draw_flags(axes: Axes, flags: Sequence[Place], reached: Sequence[Mapping[str, Any]], names: Names) -> None:
    axes.text(
        -0.008,
        0.16,
        names.capital(names.word("lane_milestones")),
        transform=axes.get_yaxis_transform(),
        ha="right",
        va="center",
        fontsize=style.NORMAL,
        color=style.SOFT,
    )
    for flag, milestone in zip(flags, reached, strict=True):
        late, due = bool(milestone["late_s"]), milestone["limit_s"] is not None
        y = 0.15 + flag.level * LEVEL_IN
        axes.plot(
            [flag.at_s],
            [y],
            marker="s" if late else "o",
            markersize=12.5 if late else 13.5,
            linestyle="none",
            color=style.BAD if late else style.GOOD if due else style.SOFT,
            clip_on=False,
            zorder=4,
        )
        axes.text(flag.at_s, y, flag.text, ha="center", va="center_baseline", fontsize=7.4, color="white", zorder=5)


def _draw_lane(
    axes: Axes, record: RunRecord, names: Names, lane: Lane, places: Sequence[Place], top: float, number: int
) -> None:
    height = _lane_height(lane)
    color = style.HAZARD if lane.organization == "hazard" else style.organization_color(lane.organization)
    across = axes.get_yaxis_transform()
    left = -LEFT_IN / (style.WIDTH_IN - LEFT_IN - RIGHT_IN)
    if number % 2 == 0:
        ground = Rectangle((left, top), 1 - left, height, transform=across, clip_on=False, color=style.BAND, zorder=0)
        axes.add_patch(ground)
    block = Rectangle((left + 0.012, top + 0.03), 0.008, height - 0.06, transform=across, clip_on=False, color=color)
    axes.add_patch(block)
    axes.text(
        left + 0.026,
        top + height / 2,
        lane.label,
        transform=across,
        ha="left",
        va="center",
        fontsize=style.NORMAL,
        color=color if lane.organization != "hazard" else "#6E6000",
        linespacing=1.15,
    )
    y = top + PAD_IN
    hurt = hurt_crews(record)
    for row in lane.rows:
        middle = y + _row_height(row) / 2
        axes.text(
            -0.008,
            middle,
            names.capital(row.label),
            transform=across,
            ha="right",
            va="center",
            fontsize=style.SMALL,
            color=style.SOFT,
        )
        if row.kind == "desk":
            _draw_desk(axes, record, lane.organization, places, y, color)
        for stretch in row.stretches:
            _draw_stretch(axes, names, row, stretch, middle, color)
        for at_s in [at for unit, at in hurt if unit == row.ident]:
            axes.plot([at_s], [middle], marker="X", markersize=8, color=style.BAD, markeredgecolor="white", zorder=6)
        y += _row_height(row)


def _draw_desk(
    axes: Axes, record: RunRecord, organization: str, places: Sequence[Place], top: float, color: str
) -> None:
    deep = max([place.level for place in places], default=0) + 1
    base = top + deep * LEVEL_IN + RUG_IN / 2
    sent, read = message_times(record, organization)
    axes.vlines(sent, base - 0.065, base, color=color, linewidth=0.9, zorder=3)
    axes.vlines(read, base, base + 0.065, color=style.SOFT, linewidth=0.9, alpha=0.7, zorder=3)
    axes.hlines([base], 0, axes.get_xlim()[1], color=style.LINE, linewidth=0.6, zorder=2)
    decisions = {e.at_s for e in record.events if e.kind == "question.answered" and e.actor == organization}
    for place in places:
        y = top + (place.level + 0.5) * LEVEL_IN
        is_decision = place.at_s in decisions
        axes.plot(
            [place.at_s],
            [y],
            marker="D" if is_decision else "p",
            markersize=11 if is_decision else 13.5,
            color=color,
            linestyle="none",
            markerfacecolor=color if is_decision else "white",
            zorder=4,
            clip_on=False,
        )
        ink = "white" if is_decision else color
        axes.text(place.at_s, y, place.text, ha="center", va="center_baseline", fontsize=7.2, color=ink, zorder=5)


def _draw_stretch(axes: Axes, names: Names, row: Row, stretch: Stretch, middle: float, color: str) -> None:
    start, tall = stretch.start_s, 0.135
    length = min(stretch.end_s, axes.get_xlim()[1]) - start
    if length <= 0:
        return
    color = style.organization_color(row.organization) if row.organization else color
    looks: dict[str, Any] = {
        "ready": {"facecolor": color, "alpha": 0.35},
        "travel": {"facecolor": "white", "edgecolor": color, "hatch": "/////", "linewidth": 0.6},
        "waiting": {"facecolor": "white", "edgecolor": color, "linewidth": 0.9, "linestyle": (0, (1.5, 1.5))},
    }.get(stretch.state, {"facecolor": color})
    if stretch.state == "ready":
        tall = 0.04
    if row.kind == "wind":
        looks = {"facecolor": "#E4E8EC", "edgecolor": "white"}
    axes.add_patch(Rectangle((start, middle - tall / 2), length, tall, zorder=3, **looks))
    text = names.coded("task", stretch.task) if stretch.task and stretch.state == "work" else ""
    text = names.coded("value", stretch.state) if row.kind == "wind" else text
    room_in = length / axes.get_xlim()[1] * (style.WIDTH_IN - LEFT_IN - RIGHT_IN)
    if text and room_in > 0.04 + width_in(text, 6.6):
        ink = style.SOFT if row.kind == "wind" else "white"
        axes.text(
            start + length / 2, middle, text, ha="center", va="center_baseline", fontsize=6.6, color=ink, zorder=5
        )


def _lane_lines(lanes: Sequence[Lane], top: float) -> dict[str, float]:
    """Return the height of each lane's line of desk and messages; of the first lane, its middle."""
    heights, y = {}, top
    for lane in lanes:
        deep = max([row.levels for row in lane.rows if row.kind == "desk"], default=0)
        inside = (
            LEVEL_IN * max(1, deep) + RUG_IN / 2 if deep or lane.organization != "hazard" else _lane_height(lane) / 2
        )
        heights[lane.organization] = y + PAD_IN + inside
        y += _lane_height(lane)
    return heights


def _draw_path(axes: Axes, record: RunRecord, path: Path, heights: Mapping[str, float]) -> None:
    """Draw the chain of causes as a line from lane to lane, below all signs."""
    of_unit = {unit.id: unit.department for unit in record.exercise.county.units}
    xs: list[int] = []
    ys: list[float] = []
    for event in path.events:
        lane = of_unit.get(event.actor, event.actor)
        height = heights.get(lane, heights["hazard"])
        if ys and height != ys[-1]:
            xs.append(event.at_s)
            ys.append(ys[-1])
        xs.append(event.at_s)
        ys.append(height)
    axes.plot(xs, ys, color=style.PATH, linewidth=4.5, alpha=0.5, solid_joinstyle="round", zorder=1.5)


def _wind_lines(axes: Axes, record: RunRecord, top: float, bottom: float) -> None:
    for stretch in fact_stretches(record, "wind/toward")[1:]:
        axes.vlines([stretch.start_s], top, bottom, color=style.HAZARD, linewidth=1, linestyle=(0, (4, 3)), zorder=2)
