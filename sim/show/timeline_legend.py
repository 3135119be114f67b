"""What surrounds a timeline: its title, the key of its signs, and the tables of numbers and letters below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.show import style
from sim.show.fonts import shortened, width_in
from sim.show.names import Names
from sim.show.tracks import Mark

LINE_IN, HEAD_IN = 0.185, 0.42
"""Height of a line of the tables, and of their heads, in inches."""


def letter(index: int) -> str:
    """Return A, B, ... Z, AA, AB, ... for 0, 1, ..."""
    return (letter(index // 26 - 1) if index >= 26 else "") + chr(65 + index % 26)


def legend_height(milestones: int, acts: int) -> float:
    """Return the height of the tables in inches."""
    return HEAD_IN + LINE_IN * max((milestones + 1) // 2, (acts + 1) // 2 if acts > 14 else acts, 1) + 0.12


def _page(figure: Figure, height_in: float, total_in: float, bottom_in: float = 0.0) -> Axes:
    axes = style.sheet(figure, 0, bottom_in / total_in, 1, height_in / total_in)
    axes.set_xlim(0, style.WIDTH_IN)
    axes.set_ylim(height_in, 0)
    axes.axis("off")
    return axes


def draw_key(figure: Figure, names: Names, total_in: float, path: str = "") -> None:
    """Draw title and key above the timeline; ``path`` is what the critical path leads to, if there is one."""
    axes = _page(figure, 0.74, total_in, total_in - 0.74)
    title = names.titled("fig_timeline")
    axes.text(0.16, 0.2, title, fontsize=style.TITLE, va="center")
    x, ink = 0.16, style.SOFT
    for state, looks in (
        ("ready", {"facecolor": ink, "alpha": 0.45}),
        ("travel", {"facecolor": "white", "edgecolor": ink, "hatch": "/////", "linewidth": 0.6}),
        ("waiting", {"facecolor": "white", "edgecolor": ink, "linestyle": (0, (1.5, 1.5))}),
        ("work", {"facecolor": ink}),
    ):
        tall = 0.04 if state == "ready" else 0.13
        axes.add_patch(Rectangle((x, 0.52 - tall / 2), 0.32, tall, **looks))
        x = _key_text(axes, names.word(f"state_{state}"), x + 0.38)
    axes.vlines([x, x + 0.04, x + 0.1], 0.45, 0.52, color=ink, linewidth=1)
    x = _key_text(axes, names.word("key_message_out"), x + 0.16)
    axes.vlines([x, x + 0.05, x + 0.09], 0.52, 0.59, color=ink, linewidth=1)
    x = _key_text(axes, names.word("key_message_in"), x + 0.15)
    for key, marker, size, face, edge in (
        ("key_decision", "D", 7.5, ink, ink),
        ("key_action", "p", 9.5, "white", ink),
        ("key_on_time", "o", 9.5, style.GOOD, style.GOOD),
        ("key_late", "s", 8.5, style.BAD, style.BAD),
        ("key_hurt", "X", 8, style.BAD, "white"),
    ):
        axes.plot([x + 0.05], [0.52], marker=marker, markersize=size, color=edge, markerfacecolor=face)
        x = _key_text(axes, names.word(key), x + 0.17)
    if path:
        text = names.capital(names.word("critical_path", what=path))
        left = style.WIDTH_IN - 0.2 - width_in(text, style.SMALL)
        axes.plot([left - 0.42, left - 0.08], [0.2, 0.2], color=style.PATH, linewidth=4.5, alpha=0.5)
        axes.text(left, 0.2, text, fontsize=style.SMALL, va="center_baseline", color=style.SOFT)


def _key_text(axes: Axes, text: str, x: float) -> float:
    axes.text(x, 0.52, text, fontsize=style.SMALL, va="center_baseline", color=style.SOFT)
    return x + 0.2 + width_in(text, style.SMALL)


def draw_legend(
    figure: Figure,
    names: Names,
    milestones: Sequence[Mapping[str, Any]],
    acts: Sequence[Mark],
    height_in: float,
    total_in: float,
) -> None:
    """Draw the tables of milestones and of decisions and actions."""
    axes = _page(figure, height_in, total_in)
    axes.hlines([0.06], 0.16, style.WIDTH_IN - 0.16, color=style.LINE, linewidth=0.8)
    axes.text(0.16, 0.25, names.capital(names.word("legend_milestones")), fontsize=style.LARGE, va="center_baseline")
    half = (len(milestones) + 1) // 2
    for index, milestone in enumerate(milestones):
        _milestone_line(axes, names, index, milestone, 0.16 + 2.42 * (index // half), _line_y(index % half))
    left, columns = 5.05, 2 if len(acts) > 14 else 1
    axes.text(left, 0.25, names.capital(names.word("legend_marks")), fontsize=style.LARGE, va="center_baseline")
    tall = (len(acts) + columns - 1) // columns
    wide = (style.WIDTH_IN - left - 0.16) / columns
    for index, act in enumerate(acts):
        _act_line(axes, names, index, act, left + wide * (index // max(1, tall)), _line_y(index % max(1, tall)), wide)


def _line_y(line: int) -> float:
    return HEAD_IN + LINE_IN * (line + 0.5)


def _milestone_line(axes: Axes, names: Names, index: int, milestone: Mapping[str, Any], x: float, y: float) -> None:
    at_s, limit_s, late = milestone["at_s"], milestone["limit_s"], bool(milestone["late_s"])
    never = at_s is None
    due = limit_s is not None
    color = style.SOFT if not due else style.BAD if late or never else style.GOOD
    axes.plot(
        [x + 0.08],
        [y],
        marker="s" if late and not never else "o",
        markersize=9.5,
        color=color,
        markerfacecolor="white" if never else color,
    )
    text = "–" if never else str(index + 1)
    axes.text(x + 0.08, y, text, ha="center", va="center_baseline", fontsize=6, color=color if never else "white")
    times = names.word("key_never" if due else "not_due") if never else names.moment(at_s)[2:]
    limit = f" / {names.moment(limit_s)[2:]}" if due else ""
    room = 1.98 - width_in(times + limit, style.SMALL)
    name = shortened(names.capital(names.milestone(milestone["id"])), style.SMALL, room)
    axes.text(x + 0.2, y, name, va="center_baseline", fontsize=style.SMALL)
    axes.text(
        x + 2.24,
        y,
        times + limit,
        ha="right",
        va="center_baseline",
        fontsize=style.SMALL,
        color=color if late or never else style.SOFT,
    )


def _act_line(axes: Axes, names: Names, index: int, act: Mark, x: float, y: float, wide: float) -> None:
    color = style.organization_color(act.organization)
    decision = act.kind == "decision"
    axes.plot(
        [x + 0.08],
        [y],
        marker="D" if decision else "p",
        markersize=8 if decision else 10,
        color=color,
        markerfacecolor=color if decision else "white",
    )
    ink = "white" if decision else color
    axes.text(x + 0.08, y, letter(index), ha="center", va="center_baseline", fontsize=5.8, color=ink)
    axes.text(x + 0.22, y, names.moment(act.at_s)[2:], va="center_baseline", fontsize=style.SMALL, color=style.SOFT)
    text = shortened(names.capital(act.label), style.SMALL, wide - 0.68)
    axes.text(x + 0.55, y, text, va="center_baseline", fontsize=style.SMALL, color=color)
