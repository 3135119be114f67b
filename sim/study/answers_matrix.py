"""The figure of a screening of several exercises: which parameter matters in which of them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import Any

from sim.spec.base import Text
from sim.study.answers_figure import outcome_name, parameter_name

MATRICES = ("total_loss", "total", "gap_minutes")
"""Outcomes that have such a figure in the report of a sweep."""
CLEAR = 0.1
"""Share of the largest effect that an interval, and each sample of luck alone, must exceed to be clear. A guess."""
SHADES = ("#EAF2F6", "#C3DBE6", "#8FBDD2", "#4E97B5", "#1F6F8E", "#12455A")
"""From no effect to the largest one of the exercise, in equal steps."""
TOP_IN, HEAD_IN, ROW_IN, NAME_IN, BOTTOM_IN = 0.5, 0.66, 0.27, 4.4, 0.5
HINT = Text(
    zh="格中为该参数的效应占本情景最大效应的百分比；淡色字：95% 区间下端或某一份运气单独得出的效应不足 10%，不确定。",
    en="In the cells: effect in percent of the largest of the exercise. Pale figures are not sure: the lower end of "
    "the 95 % interval, or the effect by one sample of luck alone, is below 10 %.",
)


def blocks(ranks: Sequence[dict[str, Any]]) -> dict[int, str]:
    """Return the exercises of ranks by the number of their block: scenario, and who played if it differs."""
    played = {row["policy"] for row in ranks}
    return {row["block"]: row["scenario"] + (f" {row['policy']}" if len(played) > 1 else "") for row in ranks}


def draw_matrix(ranks: Sequence[dict[str, Any]], outcome: str, lang: str, names: dict[str, str]) -> bytes | None:
    """Return the figure of one outcome as PNG; None if nothing is known of it.

    Args:
        ranks: Rows as ``ranks.csv`` holds them.
        outcome: Name of the outcome.
        lang: ``zh`` or ``en``.
        names: Names of scenarios by id, in that language.

    Raises:
        MissingGlyph: If a character cannot be drawn.
    """
    from sim.show import style
    from sim.show.fonts import shortened

    own = [row for row in ranks if row["outcome"] == outcome]
    if not own:
        return None
    columns = {block: number for number, block in enumerate(blocks(own))}
    largest = {block: max(row["effect"] for row in own if row["block"] == block) or 1.0 for block in columns}
    shares: dict[str, list[float]] = {}
    for row in own:
        shares.setdefault(row["parameter"], []).append(row["effect"] / largest[row["block"]])
    rows = {name: number for number, name in enumerate(sorted(shares, key=lambda name: -fmean(shares[name])))}
    height = TOP_IN + HEAD_IN + ROW_IN * len(rows) + BOTTOM_IN
    wide = (style.WIDTH_IN - NAME_IN - 0.2) / len(columns)
    with style.look():
        figure, page = style.new_page(height)
        page.text(0.16, 0.24, outcome_name(outcome, lang), fontsize=style.TITLE, va="center")
        for block, head in blocks(own).items():
            words = _two_lines(names.get(head, head), wide)
            x = NAME_IN + wide * (columns[block] + 0.5)
            page.text(x, TOP_IN + HEAD_IN - 0.1, words, fontsize=style.SMALL, ha="center", va="bottom")
        for name, number in rows.items():
            y = TOP_IN + HEAD_IN + ROW_IN * (number + 0.5)
            text = shortened(f"{name}　{parameter_name(name, lang)}", style.SMALL, NAME_IN - 0.3)
            page.text(0.16, y, text, fontsize=style.SMALL, va="center")
        for row in own:
            _cell(page, row, largest[row["block"]], columns[row["block"]], rows[row["parameter"]], wide)
        page.text(0.16, height - 0.22, HINT.in_language(lang), fontsize=style.SMALL, color=style.SOFT, va="center")
        return style.to_small_png(figure, 110)


def _two_lines(name: str, wide: float) -> str:
    from sim.show import style
    from sim.show.fonts import shortened

    words = name.split() if " " in name else [name[: (len(name) + 1) // 2], name[(len(name) + 1) // 2 :]]
    half = (len(words) + 1) // 2
    gap = " " if " " in name else ""
    return "\n".join(shortened(gap.join(part), style.SMALL, wide - 0.04) for part in (words[:half], words[half:]))


def _cell(page: Any, row: dict[str, Any], largest: float, column: int, line: int, wide: float) -> None:
    from matplotlib.patches import Rectangle

    from sim.show import style

    share = row["effect"] / largest
    shade = min(len(SHADES) - 1, int(share * len(SHADES)))
    x, y = NAME_IN + wide * column, TOP_IN + HEAD_IN + ROW_IN * line
    page.add_patch(Rectangle((x + 0.01, y + 0.01), wide - 0.02, ROW_IN - 0.02, color=SHADES[shade], linewidth=0))
    dark, clear = shade > 2, is_clear(row, largest)
    color = (style.PAPER if dark else style.INK) if clear else ("#D5DAE0" if dark else "#8A949D")
    middle = (x + wide / 2, y + ROW_IN / 2)
    page.text(*middle, f"{100 * share:.0f}", fontsize=style.SMALL, ha="center", va="center", color=color)


def is_clear(row: dict[str, Any], largest: float) -> bool:
    """Return whether a parameter surely matters: by its interval, and by each sample of luck where that is known."""
    ends = (row["low"], row.get("least"))
    return all(end is None or end > CLEAR * largest for end in ends) and row["low"] is not None
