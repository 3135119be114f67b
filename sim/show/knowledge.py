"""The figure of who knew what when: facts down, organizations across, the delay in color."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from sim.assess.beliefs import Cell, Episode, table
from sim.record.folder import RunRecord
from sim.show import style
from sim.show.fonts import shortened, width_in
from sim.show.names import SEATS, Names
from sim.show.timeline_rows import folded

LOOKS = {
    "in_time": (style.GOOD, "white"),
    "late": ("#F3C766", style.INK),
    "very_late": (style.BAD, "white"),
    "never": ("white", style.BAD),
    "open": ("white", style.SOFT),
    "optional": ("#E4E8EC", style.SOFT),
    "blank": ("none", "#B4BCC4"),
}
"""Ground and ink of a cell by its state."""

TOP_IN, HEAD_IN, ROW_IN, BOTTOM_IN = 0.76, 0.6, 0.30, 0.42
NAME_IN, SINCE_IN, WIDE_IN = 2.95, 0.78, 1.14
"""Sizes in inches: what is above and below the rows, and the widths of the columns."""


def knowledge(record: RunRecord, names: Names) -> Figure:
    """Draw who knew what when."""
    rows = table(record, SEATS)
    body_in = HEAD_IN + ROW_IN * max(1, len(rows))
    total_in = TOP_IN + body_in + BOTTOM_IN
    figure, axes = style.new_page(total_in)
    _head(axes, names)
    for number, seat in enumerate(SEATS):
        _column_head(axes, names, seat, number)
    for number, (row, cells) in enumerate(rows):
        y = TOP_IN + HEAD_IN + ROW_IN * number
        if number % 2 == 0:
            axes.add_patch(Rectangle((0.1, y), style.WIDTH_IN - 0.2, ROW_IN, color=style.BAND, zorder=0))
        _row_head(axes, names, row, y)
        for column, seat in enumerate(SEATS):
            _cell(axes, names, cells[seat], _left(column), y)
    axes.text(0.16, total_in - 0.2, names.word("knowledge_note"), fontsize=style.SMALL, color=style.SOFT, va="center")
    return figure


def _left(column: int) -> float:
    return 0.16 + NAME_IN + SINCE_IN + WIDE_IN * column


def _head(axes: Axes, names: Names) -> None:
    title = f"{names.word('fig_knowledge')}　{names.capital(names.exercise.scenario.name.in_language(names.lang))}"
    axes.text(0.16, 0.2, title, fontsize=style.TITLE, va="center")
    x = 0.16
    for state, key in (
        ("in_time", "known_in_time"),
        ("late", "known_late"),
        ("very_late", "known_very_late"),
        ("never", "known_never"),
        ("open", "known_open"),
        ("optional", "known_optional"),
    ):
        ground, ink = LOOKS[state]
        edge = ink if state in ("never", "open") else ground
        axes.add_patch(Rectangle((x, 0.47), 0.24, 0.13, facecolor=ground, edgecolor=edge, linewidth=0.9))
        if state == "never":
            axes.plot([x + 0.12], [0.535], marker="o", markersize=5, markerfacecolor="white", color=style.BAD)
        x = _key(axes, names.word(key), x + 0.3)
    _warning(axes, x + 0.06, 0.535)
    _key(axes, names.word("known_false"), x + 0.17)


def _key(axes: Axes, text: str, x: float) -> float:
    axes.text(x, 0.535, text, fontsize=style.SMALL, va="center_baseline", color=style.SOFT)
    return x + 0.18 + width_in(text, style.SMALL)


def _warning(axes: Axes, x: float, y: float) -> None:
    axes.plot([x], [y], marker="^", markersize=7.5, color=style.BAD, markeredgecolor="white", zorder=6)


def _column_head(axes: Axes, names: Names, seat: str, number: int) -> None:
    color, x = style.organization_color(seat), _left(number)
    axes.add_patch(Rectangle((x + 0.03, TOP_IN + HEAD_IN - 0.07), WIDE_IN - 0.06, 0.045, color=color))
    axes.text(
        x + WIDE_IN / 2,
        TOP_IN + HEAD_IN - 0.14,
        folded(names.capital(names.thing(seat)), names.lang),
        color=color,
        fontsize=style.NORMAL,
        ha="center",
        va="bottom",
        linespacing=1.15,
    )
    if number == 0:
        right = 0.16 + NAME_IN + SINCE_IN - 0.12
        y = TOP_IN + HEAD_IN - 0.14
        axes.text(right, y, names.word("true_since"), ha="right", va="bottom", fontsize=style.SMALL, color=style.SOFT)


def _row_head(axes: Axes, names: Names, row: Episode, y: float) -> None:
    label = names.capital(names.fact(row.key))
    if row.value is not True:
        label += f"{'：' if names.lang == 'zh' else ': '}{names.value(row.value)}"
    middle = y + ROW_IN / 2
    axes.text(0.18, middle, shortened(label, style.NORMAL, NAME_IN), fontsize=style.NORMAL, va="center_baseline")
    axes.text(
        0.16 + NAME_IN + SINCE_IN - 0.12,
        middle,
        names.moment(row.start_s),
        fontsize=style.NORMAL,
        ha="right",
        va="center_baseline",
        color=style.SOFT,
    )


def _cell(axes: Axes, names: Names, cell: Cell, x: float, y: float) -> None:
    ground, ink = LOOKS[cell.state]
    middle, center = y + ROW_IN / 2, x + WIDE_IN / 2
    if cell.state == "blank":
        axes.text(center, middle, "–", ha="center", va="center_baseline", fontsize=style.NORMAL, color=ink)
        if cell.false_s < 60:
            return
    else:
        edge = ink if cell.state in ("never", "open") else ground
        box = FancyBboxPatch(
            (x + 0.055, y + 0.04),
            WIDE_IN - 0.11,
            ROW_IN - 0.08,
            boxstyle="round,pad=0,rounding_size=0.03",
            facecolor=ground,
            edgecolor=edge,
            linewidth=0.9,
            zorder=2,
        )
        axes.add_patch(box)
    false_min = cell.false_s // 60
    shift = -0.19 if false_min else 0.0
    if cell.state == "never":
        axes.plot([center + shift], [middle], marker="o", markersize=7, markerfacecolor="white", color=ink, zorder=4)
    elif cell.known_s is not None:
        text = names.moment(cell.known_s)[2:] + f"  +{cell.delay_s // 60}"
        axes.text(
            center + shift, middle, text, ha="center", va="center_baseline", fontsize=style.SMALL, color=ink, zorder=4
        )
    if false_min:
        _warning(axes, x + WIDE_IN - 0.36, middle)
        axes.text(
            x + WIDE_IN - 0.1,
            middle,
            str(false_min),
            ha="right",
            va="center_baseline",
            fontsize=style.SMALL,
            color="white" if cell.state in ("in_time", "very_late") else style.BAD,
            zorder=6,
        )
