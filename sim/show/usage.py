"""The figure of resources: what units of each kind did with their time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.assess.resources import resources
from sim.record.folder import RunRecord
from sim.show import style
from sim.show.act_words import UNIT_KINDS
from sim.show.fonts import shortened, width_in
from sim.show.names import Names

TOP_IN, ROW_IN, LEFT_IN, SIDE_IN = 0.86, 0.27, 2.5, 1.75
LOOKS: dict[str, tuple[str, str]] = {
    "working": ("#1F6F8E", ""),
    "waiting": ("#E9A820", ""),
    "travelling": ("#8FBDD2", ""),
    "turnout": ("#5E6A75", ""),
    "posted": ("#009E73", ""),
    "resting": ("#C9B7D6", ""),
    "hurt": ("#C8451B", ""),
    "idle": ("#E4E8EC", ""),
    "absent": ("white", "////"),
}
"""Color and hatch by what a unit is at, in the order of the bar."""
BUSY = ("working", "travelling", "turnout", "waiting", "posted")
USED = (*BUSY, "resting", "hurt")


def usage(record: RunRecord, names: Names) -> Figure:
    """Draw a bar for each kind of unit, as long as its time, cut by what its units were at."""
    found = resources(record)["kinds"]
    rows = [row for row in found if any(row["minutes"].get(status) for status in USED)]
    total_in = TOP_IN + ROW_IN * (len(rows) + 1) + 0.15
    figure, page = style.new_page(total_in)
    title = names.titled("fig_resources")
    page.text(0.16, 0.22, title, fontsize=style.TITLE, va="center")
    _key(page, names)
    for number, row in enumerate(rows):
        _bar(page, names, row, TOP_IN + ROW_IN * number)
    if len(rows) < len(found):
        units = sum(row["units"] for row in found) - sum(row["units"] for row in rows)
        text = names.word("usage_idle", kinds=len(found) - len(rows), units=units)
        y = TOP_IN + ROW_IN * (len(rows) + 0.5)
        page.text(0.18, y, text, fontsize=style.NORMAL, va="center_baseline", color=style.SOFT)
    return figure


def _key(page: Axes, names: Names) -> None:
    x = 0.16
    for status, (color, hatch) in LOOKS.items():
        page.add_patch(
            Rectangle((x, 0.5), 0.24, 0.13, facecolor=color, hatch=hatch, edgecolor=style.SOFT, linewidth=0.5)
        )
        text = names.word(f"res_{status}")
        page.text(x + 0.3, 0.565, text, fontsize=style.SMALL, va="center_baseline", color=style.SOFT)
        x += 0.48 + width_in(text, style.SMALL)
    right = style.WIDTH_IN - 0.16
    page.text(right, 0.72, names.word("usage_side"), fontsize=style.SMALL, color=style.SOFT, ha="right", va="center")


def _bar(page: Axes, names: Names, row: Mapping[str, Any], y: float) -> None:
    own = names.word("row_enterprise")
    kind = UNIT_KINDS.get(row["kind"], (row["kind"], row["kind"]))[names.lang != "zh"] or own
    label = shortened(f"{names.capital(kind)} ×{row['units']}", style.NORMAL, LEFT_IN - 0.4)
    color = style.organization_color(row["department"])
    middle = y + ROW_IN / 2
    page.text(0.18, middle, label, fontsize=style.NORMAL, va="center_baseline", color=color)
    in_all = sum(row["minutes"].values()) or 1.0
    wide, x = style.WIDTH_IN - LEFT_IN - SIDE_IN, LEFT_IN
    for status, (face, hatch) in LOOKS.items():
        long = wide * row["minutes"].get(status, 0.0) / in_all
        if long > 0:
            page.add_patch(
                Rectangle(
                    (x, y + 0.04), long, ROW_IN - 0.08, facecolor=face, hatch=hatch, edgecolor="#B4BCC4", linewidth=0.4
                )
            )
            x += long
    busy = sum(row["minutes"].get(status, 0.0) for status in BUSY)
    waited = row["minutes"].get("waiting", 0.0)
    text = names.word("usage_numbers", busy=f"{100 * busy / in_all:.0f}", waited=f"{waited:.0f}")
    page.text(style.WIDTH_IN - 0.16, middle, text, fontsize=style.NORMAL, va="center_baseline", ha="right")
