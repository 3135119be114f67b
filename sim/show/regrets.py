"""The figure of what decisions cost: a row for each whose what-if was made, with both regrets and their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.show import style
from sim.show.fonts import shortened, width_in
from sim.show.names import Names

TOP_IN, ROW_IN, LEFT_IN, SIDE_IN, BOTTOM_IN = 0.86, 0.46, 4.6, 1.6, 0.72
TICKS = 6
"""About how many marks the axis has."""
WORDS: dict[str, tuple[str, str]] = {
    "hindsight": ("事后看，与最佳选项相比", "in hindsight, against the best option"),
    "expert": ("与同样所知的专家相比", "against an expert who knew the same"),
    "axis": (
        "损失之差（折合死亡人数），横线为 95% 区间；0 为不比所比较者差",
        "difference of loss in equivalents of a death, with 95 % intervals; 0: no worse than what it is compared with",
    ),
    "none": ("尚未对任何决策做过 what-if 推演。", "No what-if of a decision has been made yet."),
    "no_answer": ("未作答", "no answer"),
    "fit": ("处置适度", "fitting"),
    "over": ("反应过度", "over-reaction"),
    "under": ("反应不足", "under-reaction"),
    "other": ("选错方向", "wrong direction"),
}
_MARKS = (("hindsight", "o", style.INK, -0.08), ("expert", "D", style.BAD, 0.08))


class _Scale(NamedTuple):
    """Where an amount lies on the page, in inches."""

    low: float
    high: float

    def x(self, amount: float) -> float:
        return LEFT_IN + (style.WIDTH_IN - LEFT_IN - SIDE_IN) * (amount - self.low) / (self.high - self.low)


def measured(score: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the decisions of a score card whose regrets are known, in the order in which they were made."""
    return [row for row in score.get("decisions", ()) if row.get("regret")]


def regrets(score: Mapping[str, Any], names: Names) -> Figure:
    """Draw both regrets of each decision whose what-if was made."""
    rows = measured(score)
    total_in = TOP_IN + ROW_IN * max(1, len(rows)) + BOTTOM_IN
    figure, page = style.new_page(total_in)
    title = names.titled("fig_regrets")
    page.text(0.16, 0.22, title, fontsize=style.TITLE, va="center")
    if not rows:
        page.text(0.16, TOP_IN, _say("none", names), fontsize=style.LARGE, color=style.SOFT)
        return figure
    _key(page, names)
    scale = _scale(rows)
    for number, row in enumerate(rows):
        _row(page, names, row, TOP_IN + ROW_IN * number, scale, shaded=number % 2 == 0)
    _axis(page, names, scale, TOP_IN + ROW_IN * len(rows))
    return figure


def _scale(rows: list[Mapping[str, Any]]) -> _Scale:
    amounts = [0.0]
    for row in rows:
        for kind, *_ in _MARKS:
            amounts += [float(value) for value in row["regret"][kind].values() if value is not None]
    low, high = min(amounts), max(amounts)
    room = 0.05 * (high - low) or 0.5
    return _Scale(low - room, high + room)


def _key(page: Axes, names: Names) -> None:
    x = 0.24
    for kind, marker, color, _ in _MARKS:
        page.plot([x], [0.57], marker=marker, markersize=6, color=color)
        text = _say(kind, names)
        page.text(x + 0.16, 0.575, text, fontsize=style.SMALL, va="center_baseline", color=style.SOFT)
        x += 0.5 + width_in(text, style.SMALL)


def _row(page: Axes, names: Names, row: Mapping[str, Any], y: float, scale: _Scale, *, shaded: bool) -> None:
    if shaded:
        page.add_patch(Rectangle((0.1, y), style.WIDTH_IN - 0.2, ROW_IN, color=style.BAND, zorder=0))
    middle, room = y + ROW_IN / 2, LEFT_IN - 0.4
    question = names.question(row["key"]).in_language(names.lang)
    chosen = names.options(row["key"]).get(row["choice"]) or _say("no_answer", names)
    who = f"{names.moment(row['at_s'])} {names.thing(row['seat'])}  {question}"
    color = style.organization_color(row["seat"])
    for text, up, ink in ((who, -0.1, color), (f"→ {chosen}", 0.1, style.INK)):
        fitting = shortened(text, style.SMALL, room)
        page.text(0.18, middle + up, fitting, fontsize=style.SMALL, va="center_baseline", color=ink)
    for kind, marker, ink, up in _MARKS:
        found = row["regret"][kind]
        if found["low"] is not None:
            page.hlines(
                [middle + up], scale.x(found["low"]), scale.x(found["high"]), color=ink, linewidth=1.6, zorder=3
            )
        page.plot([scale.x(found["mean"])], [middle + up], marker=marker, markersize=6, color=ink, zorder=4)
    said = _say(row["regret"]["reaction"], names)
    page.text(style.WIDTH_IN - 0.16, middle, said, fontsize=style.NORMAL, va="center_baseline", ha="right")


def _axis(page: Axes, names: Names, scale: _Scale, y: float) -> None:
    page.hlines([y], scale.x(scale.low), scale.x(scale.high), color=style.SOFT, linewidth=0.8)
    page.vlines([scale.x(0.0)], TOP_IN, y, color=style.SOFT, linewidth=1.0, linestyle=(0, (4, 3)), zorder=1)
    wide = (scale.high - scale.low) / TICKS
    step = next(base * 10.0**power for power in range(-6, 9) for base in (1, 2, 5) if base * 10.0**power >= wide)
    for number in range(round(scale.low / step), round(scale.high / step) + 1):
        if scale.low <= number * step <= scale.high:
            x = scale.x(number * step)
            page.vlines([x], y, y + 0.05, color=style.SOFT, linewidth=0.8)
            page.text(
                x, y + 0.16, f"{number * step:g}", fontsize=style.SMALL, ha="center", va="center", color=style.SOFT
            )
    page.text(0.18, y + 0.5, _say("axis", names), fontsize=style.SMALL, va="center_baseline", color=style.SOFT)


def _say(key: str, names: Names) -> str:
    return WORDS[key][0 if names.lang == "zh" else 1]
