"""The figure of the way of one thing that became so: time to the right, a lane for each organization."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.assess.awareness import roles_of
from sim.assess.beliefs import Cell
from sim.assess.fact_way import Way, told_by, ways
from sim.assess.outages import Stretch
from sim.record.folder import RunRecord
from sim.show import style
from sim.show.fonts import shortened
from sim.show.message_way_head import OUTAGE, OUTAGE_LINES, draw_head, head_height, wrapped
from sim.show.message_way_hops import draw_hop
from sim.show.message_way_layout import (
    AXIS_IN,
    BODY_IN,
    LEFT_IN,
    LIMIT_IN,
    OUTAGE_IN,
    RIGHT_IN,
    SOURCES,
    Lane,
    Span,
    lanes_of,
    span_of,
)
from sim.show.names import SEATS, Names
from sim.show.timeline_rows import folded


def message_way(record: RunRecord, names: Names, rank: int) -> Figure:
    """Draw the way of the thing whose awareness deficit is the largest, the second largest, and so on.

    Args:
        record: The run.
        names: Names in the language of the figure.
        rank: 0 for the largest among those that a message carried.
    """
    found = ways(record, tuple(dict.fromkeys((*SEATS, *roles_of(record)))), rank + 1)
    if len(found) <= rank:
        return _nothing(names)
    way = found[rank]
    span = span_of(record, way, names)
    lanes = lanes_of(record, way, names, span)
    head_in = head_height(record, way, names)
    body_in = LIMIT_IN + sum(lane.height for lane in lanes)
    total_in = head_in + body_in + AXIS_IN
    figure = style.new_figure(total_in)
    draw_head(figure, record, way, names, total_in)
    axes = style.sheet(
        figure, LEFT_IN / style.WIDTH_IN, AXIS_IN / total_in, BODY_IN / style.WIDTH_IN, body_in / total_in
    )
    axes.set_xlim(span.start_s, span.end_s)
    axes.set_ylim(body_in, 0)
    _time_axis(axes, names, span)
    for number, lane in enumerate(lanes):
        _draw_lane(axes, record, way, lane, names, span, number)
    _draw_limit(axes, way, names, span, body_in)
    for lane in lanes:
        for part in lane.parts:
            if part.is_outgoing:
                draw_hop(axes, part, lane, lanes, names, span)
    return figure


def _nothing(names: Names) -> Figure:
    figure = style.new_figure(0.9)
    figure.text(0.16 / style.WIDTH_IN, 0.72, names.word("fig_way"), fontsize=style.TITLE, va="center")
    text = names.word("way_none")
    figure.text(0.16 / style.WIDTH_IN, 0.3, text, fontsize=style.LARGE, va="center", color=style.SOFT)
    return figure


def _time_axis(axes: Axes, names: Names, span: Span) -> None:
    length = span.end_s - span.start_s
    step = next(
        s for s in (60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 14400, 43200, 86400, 10**9) if length / s <= 9
    )
    first = -(-int(span.start_s) // step) * step
    ticks = list(range(max(0, first), int(span.end_s) + 1, step))
    axes.set_xticks(ticks, [f"{names.moment(at)}\n{names.local(at)}" for at in ticks], fontsize=style.SMALL)
    axes.set_yticks([])
    axes.tick_params(axis="x", length=3, color=style.LINE)
    axes.spines["left"].set_visible(False)
    axes.set_axisbelow(True)
    axes.grid(axis="x", color=style.LINE, linewidth=0.6)
    axes.text(
        0.5,
        -0.5 / (axes.get_ylim()[0] + 0.01),
        names.word("time_axis"),
        transform=axes.transAxes,
        ha="center",
        va="center",
        fontsize=style.SMALL,
        color=style.SOFT,
    )


def _draw_lane(axes: Axes, record: RunRecord, way: Way, lane: Lane, names: Names, span: Span, number: int) -> None:
    across = axes.get_yaxis_transform()
    color = style.organization_color(lane.role) if lane.role else style.SOFT
    middle = lane.top + lane.height / 2
    if number % 2 == 0:
        wide = style.WIDTH_IN / BODY_IN
        axes.add_patch(
            Rectangle(
                (-(LEFT_IN - 0.1) / BODY_IN, lane.top),
                wide - 0.2 / BODY_IN,
                lane.height,
                transform=across,
                clip_on=False,
                color=style.BAND,
                zorder=0,
            )
        )
    axes.add_patch(
        Rectangle(
            (-0.075 / BODY_IN, lane.top + 0.03),
            0.05 / BODY_IN,
            lane.height - 0.06,
            transform=across,
            clip_on=False,
            color=color,
        )
    )
    title = names.word("way_sources") if lane.role == SOURCES else names.thing(lane.role)
    axes.text(
        -0.14 / BODY_IN,
        middle,
        folded(names.capital(title), names.lang),
        transform=across,
        ha="right",
        va="center",
        fontsize=style.NORMAL,
        color=color,
        linespacing=1.15,
    )
    for stretch in lane.outages:
        _draw_outage(axes, lane, stretch, names, span)
    if lane.cell is None:
        return
    _draw_knowing(axes, way, lane, color, span)
    known, how = _knew(record, way, lane.role, lane.cell, names)
    ink = {"never": style.BAD, "very_late": style.BAD, "late": "#9A6700", "in_time": style.GOOD}.get(
        lane.cell.state, style.SOFT
    )
    small = style.SMALL - 0.4
    lines = wrapped(how, small, RIGHT_IN - 0.2)[:2]
    y = middle - 0.07 * len(lines)
    look: dict[str, Any] = {"transform": across, "va": "center_baseline"}
    axes.text(1 + 0.08 / BODY_IN, y, known, fontsize=style.NORMAL, color=ink, **look)
    for line, text in enumerate(lines):
        axes.text(1 + 0.08 / BODY_IN, y + 0.165 + 0.135 * line, text, fontsize=small, color=style.SOFT, **look)


def _draw_outage(axes: Axes, lane: Lane, stretch: Stretch, names: Names, span: Span) -> None:
    start_s, end_s = max(stretch.start_s, span.start_s), min(stretch.end_s, span.end_s)
    axes.add_patch(
        Rectangle(
            (start_s, lane.top),
            end_s - start_s,
            lane.height,
            facecolor=OUTAGE,
            edgecolor=OUTAGE_LINES,
            hatch="//",
            linewidth=0,
            alpha=0.75,
            zorder=0.3,
        )
    )
    comma = "、" if names.lang == "zh" else ", "
    text = names.word("way_without", channels=comma.join(names.channel(one) for one in stretch.channels))
    text = shortened(text, style.SMALL - 0.6, (end_s - start_s) / span.of_inches(1) - 0.1)
    if len(text) > 4:
        axes.text(
            start_s + span.of_inches(0.05),
            lane.top + OUTAGE_IN / 2 + 0.02,
            text,
            fontsize=style.SMALL - 0.6,
            color=style.SOFT,
            va="center_baseline",
            zorder=1,
            bbox={"facecolor": OUTAGE, "linewidth": 0, "pad": 0.8},
        )


def _draw_knowing(axes: Axes, way: Way, lane: Lane, color: str, span: Span) -> None:
    cell = lane.cell
    assert cell is not None
    known_s = None if cell.known_s is None else max(cell.known_s, way.episode.start_s)
    until_s = span.end_s if known_s is None else min(known_s, span.end_s)
    if cell.needed:
        limit_s, y = way.episode.start_s + way.episode.kind.within, lane.top + lane.height - 0.03
        start_s = max(span.start_s, way.episode.start_s)
        axes.hlines([y], start_s, max(start_s, min(limit_s, until_s)), color=style.SOFT, linewidth=1.6, zorder=1.5)
        if until_s > limit_s:
            axes.hlines([y], max(start_s, limit_s), until_s, color=style.BAD, linewidth=3.2, zorder=1.5)
    if known_s is not None and known_s < span.end_s:
        axes.add_patch(
            Rectangle(
                (known_s, lane.top + 0.015),
                span.end_s - known_s,
                lane.height - 0.03,
                color=color,
                alpha=0.16,
                linewidth=0,
                zorder=0.4,
            )
        )
        axes.vlines([known_s], lane.top + 0.015, lane.top + lane.height - 0.015, color=color, linewidth=2.2, zorder=2)


def _knew(record: RunRecord, way: Way, role: str, cell: Cell, names: Names) -> tuple[str, str]:
    """Return when somebody knew, and how it came to know."""
    if cell.known_s is None:
        return names.word("way_unknown"), "" if cell.needed else names.word("way_not_required")
    text = names.word("way_knew", at=names.moment(cell.known_s), minutes=cell.delay_s // 60)
    note = "" if cell.needed else names.word("way_also")
    hop = told_by(way, role)
    if hop is not None:
        channels = [step.channel for step in hop.steps if step.kind == "delivered"]
        how = names.word("way_by", sender=names.thing(hop.sender), channel=names.channel(channels[0]))
        return text, note + how
    learned = [
        event.data.get("how", "own")
        for event in record.events
        if event.kind == "fact.learned"
        and (event.actor, event.subject, event.at_s) == (role, way.episode.key, cell.known_s)
    ]
    return text, note + names.coded("how", learned[0] if learned else "own")


def _draw_limit(axes: Axes, way: Way, names: Names, span: Span, body_in: float) -> None:
    limit_s = way.episode.start_s + way.episode.kind.within
    text, x, align = names.word("way_limit", at=names.moment(limit_s)), float(limit_s), "center"
    if limit_s < span.start_s:
        text, x, align = f"◂ {text}", span.start_s, "left"
    elif limit_s > span.end_s:
        text, x, align = f"{text} ▸", span.end_s, "right"
    else:
        axes.vlines(
            [limit_s], LIMIT_IN - 0.05, body_in, color=style.INK, linewidth=1.1, linestyle=(0, (4, 3)), zorder=2
        )
        near = (limit_s - span.start_s) / (span.end_s - span.start_s)
        align = "left" if near < 0.15 else "right" if near > 0.85 else "center"
    ground = {"facecolor": style.PAPER, "linewidth": 0, "pad": 1.2}
    axes.text(
        x, LIMIT_IN / 2 - 0.03, text, ha=align, va="center_baseline", fontsize=style.SMALL, color=style.INK, bbox=ground
    )
