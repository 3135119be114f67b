"""The figure of gaps between organizations: from whom down, to whom across, minutes in the cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.show import style
from sim.show.fonts import shortened
from sim.show.names import SEATS, Names
from sim.show.timeline_rows import folded

MOST = 13
"""Organizations shown: the seven desks, and those others with most minutes; the rest stand together."""
REST = "*"
TOP_IN, HEAD_IN, ROW_IN, NAME_IN, BOTTOM_IN = 0.5, 0.66, 0.36, 2.35, 0.42
HEAD = 7.0
"""Size of the heads of columns in points."""
SHADES = ("#EAF2F6", "#C3DBE6", "#8FBDD2", "#4E97B5", "#1F6F8E", "#12455A")
"""From few to many minutes."""
EDGES = (10, 30, 60, 120, 300)
"""Minutes at which a shade ends."""


def cells(score: Mapping[str, Any]) -> dict[tuple[str, str], tuple[float, int]]:
    """Return minutes and number of gaps by link; a gap of one body alone lies from it to itself."""
    found: dict[tuple[str, str], tuple[float, int]] = {}
    for gap in score["gaps"]:
        ends = gap["link"] or (gap["units"][:1] or [REST]) * 2
        minutes, count = found.get((ends[0], ends[1]), (0.0, 0))
        found[ends[0], ends[1]] = (minutes + float(gap["minutes"]), count + 1)
    return found


def shown(found: Mapping[tuple[str, str], tuple[float, int]]) -> list[str]:
    """Return the organizations that get a row and a column: desks first, then others by their minutes."""
    minutes: dict[str, float] = {}
    for ends, (spent, _) in found.items():
        for end in dict.fromkeys(ends):
            minutes[end] = minutes.get(end, 0.0) + spent
    others = sorted((one for one in minutes if one not in SEATS and one != REST), key=lambda one: (-minutes[one], one))
    kept = [*(seat for seat in SEATS if seat in minutes), *others]
    rest = REST in minutes or len(kept) > MOST
    return [*kept[:MOST], *([REST] if rest else [])]


def matrix(score: Mapping[str, Any], names: Names) -> Figure:
    """Draw the matrix."""
    found = cells(score)
    listed = shown(found)
    place = {ident: number for number, ident in enumerate(listed)}
    together: dict[tuple[int, int], tuple[float, int]] = {}
    for (sender, to), (spent, count) in found.items():
        key = (place.get(sender, len(listed) - 1), place.get(to, len(listed) - 1))
        before = together.get(key, (0.0, 0))
        together[key] = (before[0] + spent, before[1] + count)
    total_in = TOP_IN + HEAD_IN + ROW_IN * max(1, len(listed)) + BOTTOM_IN
    figure = style.new_figure(total_in)
    page = style.sheet(figure)
    page.set_xlim(0, style.WIDTH_IN)
    page.set_ylim(total_in, 0)
    page.axis("off")
    title = f"{names.word('fig_matrix')}　{names.capital(names.exercise.scenario.name.in_language(names.lang))}"
    page.text(0.16, 0.22, shortened(title, style.TITLE, 11.7), fontsize=style.TITLE, va="center")
    if not listed:
        page.text(0.16, TOP_IN + HEAD_IN, names.word("no_gaps"), fontsize=style.LARGE, color=style.SOFT)
        return figure
    wide = (style.WIDTH_IN - NAME_IN - 0.3) / len(listed)
    for number, ident in enumerate(listed):
        _heads(page, names, ident, number, wide)
    for (row, column), (spent, count) in together.items():
        _cell(page, names, NAME_IN + wide * column, TOP_IN + HEAD_IN + ROW_IN * row, wide, spent, count)
    _key(page, names, total_in - 0.2)
    return figure


def _heads(page: Axes, names: Names, ident: str, number: int, wide: float) -> None:
    color = style.organization_color(ident)
    name = names.word("matrix_rest") if ident == REST else names.capital(names.thing(ident))
    y = TOP_IN + HEAD_IN + ROW_IN * number
    if number % 2 == 0:
        page.add_patch(Rectangle((0.1, y), style.WIDTH_IN - 0.2, ROW_IN, color=style.BAND, zorder=0))
    fitting = shortened(name, style.NORMAL, NAME_IN - 0.3)
    page.text(0.18, y + ROW_IN / 2, fitting, fontsize=style.NORMAL, va="center_baseline", color=color)
    lines = [shortened(line, HEAD, wide - 0.02) for line in folded(name, names.lang).split("\n")]
    x = NAME_IN + wide * (number + 0.5)
    page.text(
        x, TOP_IN + HEAD_IN - 0.08, "\n".join(lines), fontsize=HEAD, ha="center", va="bottom", color=color,
        linespacing=1.15,
    )  # fmt: skip


def _cell(page: Axes, names: Names, x: float, y: float, wide: float, spent: float, count: int) -> None:
    shade = sum(spent >= edge for edge in EDGES)
    ink = "white" if shade >= 3 else style.INK
    page.add_patch(Rectangle((x + 0.02, y + 0.02), wide - 0.04, ROW_IN - 0.04, color=SHADES[shade], zorder=2))
    text = names.word("matrix_cell", minutes=f"{spent:.0f}", count=count)
    page.text(
        x + wide / 2, y + ROW_IN / 2, text, fontsize=style.SMALL, ha="center", va="center_baseline", color=ink, zorder=3
    )


def _key(page: Axes, names: Names, y: float) -> None:
    x = 0.16
    for number, shade in enumerate(SHADES):
        low = 0 if number == 0 else EDGES[number - 1]
        text = f"{low}–{EDGES[number]}" if number < len(EDGES) else f"{low}+"
        page.add_patch(Rectangle((x, y - 0.08), 0.3, 0.16, color=shade))
        page.text(x + 0.36, y, text, fontsize=style.SMALL, va="center_baseline", color=style.SOFT)
        x += 0.98
    page.text(x + 0.1, y, names.word("matrix_key"), fontsize=style.SMALL, va="center_baseline", color=style.SOFT)
