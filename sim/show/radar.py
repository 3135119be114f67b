"""The figure of dimensions and competencies: each a ray, its share of the points as distance from the middle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, pi, sin
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon

from sim.show import style
from sim.show.names import Names
from sim.show.timeline_rows import folded

HEIGHT_IN, RADIUS_IN = 4.3, 1.42
RINGS = (0.2, 0.4, 0.6, 0.8, 1.0)


def competency_shares(score: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Return the competencies of a score card that have a share of their points, from 0 to 1."""
    found = []
    for row in score["competencies"]:
        if row["points"] is not None:  # of 100
            found.append((str(row["id"]), row["points"] / 100))
    return found


def radar(score: Mapping[str, Any], names: Names) -> Figure:
    """Draw the profile of dimensions and, where the score card has them, that of competencies."""
    figure = style.new_figure(HEIGHT_IN)
    page = style.sheet(figure)
    page.set_xlim(0, style.WIDTH_IN)
    page.set_ylim(0, HEIGHT_IN)
    page.axis("off")
    page.text(0.16, HEIGHT_IN - 0.22, names.word("fig_radar"), fontsize=style.TITLE, va="center")
    dimensions = [
        (names.capital(names.rubric(row["id"])), row["points"] / row["out_of"])
        for row in score["dimensions"]
        if row["out_of"]
    ]
    competencies = [
        (names.capital(names.coded("competency", ident)), share) for ident, share in competency_shares(score)
    ]
    panels = [("dimension", dimensions), ("competency", competencies)]
    panels = [(title, rows) for title, rows in panels if len(rows) > 2]
    for number, (title, rows) in enumerate(panels):
        x = style.WIDTH_IN * (number + 0.5) / len(panels)
        _profile(page, x, 1.88, names.capital(names.word(title)), rows, names.lang)
    return figure


def _profile(page: Axes, x: float, y: float, title: str, rows: Sequence[tuple[str, float]], lang: str) -> None:
    angles = [pi / 2 - 2 * pi * number / len(rows) for number in range(len(rows))]
    for ring in RINGS:
        page.add_patch(Circle((x, y), RADIUS_IN * ring, fill=False, edgecolor=style.LINE, linewidth=0.8))
        if ring < 1:
            page.text(
                x + 0.03, y + RADIUS_IN * ring, f"{ring:.0%}", fontsize=6.4, color=style.SOFT, va="center", zorder=5
            )
    for angle, (label, share) in zip(angles, rows, strict=True):
        across, up = cos(angle), sin(angle)
        page.plot([x, x + RADIUS_IN * across], [y, y + RADIUS_IN * up], color=style.LINE, linewidth=0.8)
        side = "center" if abs(across) < 0.2 else "left" if across > 0 else "right"
        foot = "bottom" if up > 0.6 else "top" if up < -0.6 else "center"
        at = (x + (RADIUS_IN + 0.12) * across, y + (RADIUS_IN + 0.12) * up)
        color = style.GOOD if share >= 0.8 else style.INK if share >= 0.6 else style.BAD
        page.text(*at, f"{folded(label, lang)}  {share:.0%}", fontsize=style.NORMAL, ha=side, va=foot, color=color)
    corners = [
        (x + RADIUS_IN * max(0.0, min(1.0, share)) * cos(angle), y + RADIUS_IN * max(0.0, min(1.0, share)) * sin(angle))
        for angle, (_, share) in zip(angles, rows, strict=True)
    ]
    page.add_patch(Polygon(corners, closed=True, facecolor=style.GOOD, alpha=0.25, edgecolor="none", zorder=3))
    page.add_patch(Polygon(corners, closed=True, fill=False, edgecolor=style.GOOD, linewidth=2, zorder=4))
    for corner in corners:
        page.plot([corner[0]], [corner[1]], marker="o", markersize=5, color=style.GOOD, zorder=5)
    page.text(x, y - RADIUS_IN - 0.32, title, fontsize=style.SMALL, color=style.SOFT, ha="center", va="center")
