"""The figure of how long each response took, and on what: a bar for each, cut into its parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.assess.responses import PARTS
from sim.show import style
from sim.show.fonts import shortened, width_in
from sim.show.names import Names

MOST = 20
"""Responses shown, the longest ones; the others are counted below."""
TOP_IN, ROW_IN, LEFT_IN, SIDE_IN, BOTTOM_IN = 0.86, 0.27, 3.6, 1.1, 0.68
COLORS = {
    "detection": "#6F6F6F",
    "answering": "#B4578F",
    "processing": "#1F2D3D",
    "notification": "#E9A820",
    "turnout": "#9CCBDD",
    "travel": "#3A87AD",
    "set_up": "#CFC08A",
    "waiting": "#C8451B",
    "on_scene": "#009E73",
}
"""Color of a part."""


def answer_times(score: Mapping[str, Any], names: Names) -> Figure:
    """Draw the responses of a score card, in the order in which they began."""
    found = sorted(score["responses"], key=lambda row: (-row["total_s"], row["task"]))
    rows = sorted(found[:MOST], key=lambda row: (row["start_s"], row["task"]))
    total_in = TOP_IN + ROW_IN * max(1, len(rows)) + BOTTOM_IN
    figure, page = style.new_page(total_in)
    title = names.titled("fig_responses")
    page.text(0.16, 0.22, title, fontsize=style.TITLE, va="center")
    if not rows:
        page.text(0.16, TOP_IN, names.word("responses_none"), fontsize=style.LARGE, color=style.SOFT)
        return figure
    _key(page, names)
    longest = max(row["total_s"] for row in rows) or 1
    for number, row in enumerate(rows):
        _bar(page, names, row, TOP_IN + ROW_IN * number, longest, shaded=number % 2 == 0)
    bottom = TOP_IN + ROW_IN * len(rows)
    _axis(page, longest, bottom)
    note = names.word("responses_note", rest=len(found) - len(rows))
    page.text(0.18, bottom + 0.5, note, fontsize=style.SMALL, va="center_baseline", color=style.SOFT)
    return figure


def _key(page: Axes, names: Names) -> None:
    x = 0.16
    for part in PARTS:
        page.add_patch(Rectangle((x, 0.5), 0.24, 0.13, color=COLORS[part]))
        text = names.word(f"part_of_{part}")
        page.text(x + 0.3, 0.565, text, fontsize=style.SMALL, va="center_baseline", color=style.SOFT)
        x += 0.5 + width_in(text, style.SMALL)


def _bar(page: Axes, names: Names, row: Mapping[str, Any], y: float, longest: int, *, shaded: bool) -> None:
    if shaded:
        page.add_patch(Rectangle((0.1, y), style.WIDTH_IN - 0.2, ROW_IN, color=style.BAND, zorder=0))
    middle = y + ROW_IN / 2
    who = names.thing(row["unit"]) if row["unit"] else names.word("responses_no_unit")
    colon = "：" if names.lang == "zh" else ": "
    label = f"{names.capital(names.coded('task', row['kind']))} · {names.thing(row['at'])}{colon}{who}"
    color = style.organization_color(row["department"])
    fitting = shortened(label, style.SMALL, LEFT_IN - 0.3)
    page.text(0.18, middle, fitting, fontsize=style.SMALL, va="center_baseline", color=color)
    wide, x = style.WIDTH_IN - LEFT_IN - SIDE_IN, LEFT_IN
    for part in PARTS:
        long = wide * row["parts"][part] / longest
        page.add_patch(Rectangle((x, y + 0.05), long, ROW_IN - 0.1, color=COLORS[part], linewidth=0, zorder=2))
        x += long
    if row["censored"]:
        page.plot([x + 0.07], [middle], marker=">", markersize=6, color=style.INK, zorder=4)
    text = names.word("responses_minutes", minutes=f"{row['total_s'] / 60:.0f}")
    page.text(style.WIDTH_IN - 0.16, middle, text, fontsize=style.NORMAL, va="center_baseline", ha="right")


def _axis(page: Axes, longest: int, y: float) -> None:
    wide = style.WIDTH_IN - LEFT_IN - SIDE_IN
    step = next(s for s in (5, 10, 20, 30, 60, 120, 240, 480, 1440, 10**9) if longest / 60 / s <= 9)
    page.hlines([y], LEFT_IN, LEFT_IN + wide, color=style.SOFT, linewidth=0.8)
    for minutes in range(0, longest // 60 + 1, step):
        x = LEFT_IN + wide * minutes * 60 / longest
        page.vlines([x], y, y + 0.05, color=style.SOFT, linewidth=0.8)
        page.text(x, y + 0.16, str(minutes), fontsize=style.SMALL, ha="center", va="center", color=style.SOFT)
