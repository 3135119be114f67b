"""The figure of who sent how much to whom, when, and how long it took to be read."""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.assess.beliefs import end_of
from sim.assess.traffic import Life, lives
from sim.record.folder import RunRecord
from sim.show import style
from sim.show.fonts import shortened, width_in
from sim.show.names import Names
from sim.show.timeline_rows import last_moment

LINKS = 16
"""Links shown, those with most messages; the others are counted below."""
BINS = 24
"""Stretches into which the time is cut at most."""
QUICK_S, SLOW_S = 5 * 60, 15 * 60
"""A message is quick when it was read within 5 minutes, slow from 15 on. A guess."""
TOP_IN, ROW_IN, BOTTOM_IN, LEFT_IN, SIDE_IN = 0.86, 0.29, 0.74, 3.3, 1.55


class Dot(NamedTuple):
    """Messages of one link in one stretch: how many, and how many of them were read quickly, late or never."""

    bin: int
    messages: int
    worst: str


def flow(record: RunRecord, names: Names) -> Figure:
    """Draw the messages of the busiest links over time."""
    links: dict[tuple[str, str], list[Life]] = {}
    for life in lives(record):
        links.setdefault((life.sender, life.to), []).append(life)
    ranked = sorted(links.items(), key=lambda item: (-len(item[1]), item[0]))
    shown, rest = ranked[:LINKS], ranked[LINKS:]
    total_in = TOP_IN + ROW_IN * max(1, len(shown)) + BOTTOM_IN
    figure, page = style.new_page(total_in)
    span_s = max(600, min(end_of(record), last_moment(record) + 600))
    _head(page, names)
    for number, (link, found) in enumerate(shown):
        _row(page, names, link, found, TOP_IN + ROW_IN * number, span_s, shaded=number % 2 == 0)
    bottom = TOP_IN + ROW_IN * max(1, len(shown))
    _axis(page, names, span_s, bottom)
    count = sum(len(found) for _, found in rest)
    if count:
        text = names.word("flow_rest", links=len(rest), count=count)
        page.text(style.WIDTH_IN - 0.16, bottom + 0.56, text, fontsize=style.SMALL, color=style.SOFT, ha="right")
    return figure


def dots(found: list[Life], span_s: int) -> list[Dot]:
    """Return the messages of a link by stretch of time; the slowest of a stretch gives its color."""
    by_bin: dict[int, list[Life]] = {}
    for life in found:
        by_bin.setdefault(min(BINS - 1, life.composed_s * BINS // span_s), []).append(life)
    return [Dot(number, len(own), max((speed(one) for one in own), key=ORDER.index)) for number, own in by_bin.items()]


ORDER = ("quick", "medium", "slow", "never")
COLORS = {"quick": style.GOOD, "medium": style.FAIR, "slow": style.BAD, "never": style.BAD}


def speed(life: Life) -> str:
    """Return how soon a message was read: ``quick``, ``medium``, ``slow`` or ``never``."""
    if life.read_s is None:
        return "never"
    taken = life.read_s - life.composed_s
    return "quick" if taken <= QUICK_S else "medium" if taken < SLOW_S else "slow"


def _head(page: Axes, names: Names) -> None:
    title = names.titled("fig_flow")
    page.text(0.16, 0.22, title, fontsize=style.TITLE, va="center")
    x = 0.16
    for kind in ORDER:
        _dot(page, x + 0.08, 0.56, 1, kind)
        text = names.word(f"flow_{kind}")
        page.text(x + 0.24, 0.56, text, fontsize=style.SMALL, va="center_baseline", color=style.SOFT)
        x += 0.46 + width_in(text, style.SMALL)
    page.text(x, 0.56, names.word("flow_size"), fontsize=style.SMALL, va="center_baseline", color=style.SOFT)
    right = style.WIDTH_IN - 0.16
    page.text(right, 0.72, names.word("flow_side"), fontsize=style.SMALL, color=style.SOFT, ha="right", va="center")


def _dot(page: Axes, x: float, y: float, count: int, kind: str) -> None:
    size = min(15.0, 5.0 + 2.4 * (count - 1) ** 0.7)
    face = "white" if kind == "never" else COLORS[kind]
    page.plot([x], [y], marker="o", markersize=size, color=COLORS[kind], markerfacecolor=face, markeredgewidth=1.3)
    if count > 2:
        ink = style.BAD if kind == "never" else style.INK if kind == "medium" else "white"
        page.text(x, y, str(count), ha="center", va="center_baseline", fontsize=6.4, color=ink, zorder=5)


def _row(
    page: Axes, names: Names, link: tuple[str, str], found: list[Life], y: float, span_s: int, *, shaded: bool
) -> None:
    if shaded:
        page.add_patch(Rectangle((0.1, y), style.WIDTH_IN - 0.2, ROW_IN, color=style.BAND, zorder=0))
    middle = y + ROW_IN / 2
    label = f"{names.capital(names.thing(link[0]))} → {names.thing(link[1])}"
    color = style.organization_color(link[0])
    label = shortened(label, style.NORMAL, LEFT_IN - 0.4)
    page.text(0.18, middle, label, fontsize=style.NORMAL, va="center_baseline", color=color)
    wide = style.WIDTH_IN - LEFT_IN - SIDE_IN
    page.hlines([middle], LEFT_IN, LEFT_IN + wide, color=style.LINE, linewidth=0.6)
    for one in dots(found, span_s):
        _dot(page, LEFT_IN + wide * (one.bin + 0.5) / BINS, middle, one.messages, one.worst)
    read = [life.read_s - life.composed_s for life in found if life.read_s is not None]
    typical = f"{median(read) / 60:.1f}" if read else "—"
    text = names.word("flow_numbers", count=len(found), minutes=typical)
    right = style.WIDTH_IN - 0.16
    page.text(right, middle, text, fontsize=style.NORMAL, va="center_baseline", ha="right")


def _axis(page: Axes, names: Names, span_s: int, y: float) -> None:
    wide = style.WIDTH_IN - LEFT_IN - SIDE_IN
    step = next(s for s in (600, 1200, 1800, 3600, 7200, 14400, 43200, 86400, 10**9) if span_s / s <= 9)
    page.hlines([y], LEFT_IN, LEFT_IN + wide, color=style.SOFT, linewidth=0.8)
    for at_s in range(0, span_s + 1, step):
        x = LEFT_IN + wide * at_s / span_s
        page.vlines([x], y, y + 0.05, color=style.SOFT, linewidth=0.8)
        page.text(x, y + 0.14, names.moment(at_s), fontsize=style.SMALL, ha="center", va="center", color=style.SOFT)
        page.text(x, y + 0.29, names.local(at_s), fontsize=style.SMALL, ha="center", va="center", color=style.SOFT)
