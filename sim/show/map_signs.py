"""The signs of a map, drawn at a point of the page; map and key draw them alike.

Each differs from the others in shape as well as in color, so that a map can be read without colors.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyArrowPatch, Polygon, Rectangle

from sim.show import style

DANGER, MEASURE, STOP = style.HAZARD, style.GOOD, style.BAD
"""Colors of what is dangerous, of what protects people, and of what is closed or hurt."""

_UNIT_MARKERS = {"police": "s", "emergency": "^", "health": "P", "transport": "D", "propaganda": "p"}
GROUPS: dict[str, tuple[str, ...]] = {
    "town": ("town",),
    "township": ("township_seat",),
    "village": ("village",),
    "school": ("school", "care_home"),
    "hospital": ("hospital",),
    "works": ("works",),
    "mine": ("mine",),
    "water": ("reservoir", "water_works"),
    "public": ("market", "square", "key_unit"),
    "office": ("office", "station"),
    "shelter": ("shelter",),
    "warehouse": ("warehouse",),
    "supply": ("substation", "base_station", "machine_room"),
    "junction": ("junction", "bridge", "border"),
}
"""Kinds of place that share a sign, in the order of the key."""
GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}
_GROUP_MARKERS: dict[str, tuple[str, float]] = {
    "town": ("o", 9.0),
    "township": ("o", 7.0),
    "village": ("o", 4.6),
    "school": ("p", 6.4),
    "hospital": ("s", 8.0),
    "works": ("s", 5.4),
    "mine": ("X", 6.0),
    "water": ("v", 6.4),
    "public": ("d", 5.6),
    "office": ("h", 5.6),
    "shelter": ("^", 6.4),
    "warehouse": ("D", 4.6),
    "supply": ("2", 6.4),
    "junction": (".", 3.0),
}
_HOLLOW = ("works", "hospital", "school", "shelter", "water", "warehouse")
_ROADS: dict[str, tuple[float, str]] = {
    "expressway": (3.6, "#7C8894"),
    "national": (2.6, "#9AA5AF"),
    "provincial": (2.0, "#A6B0B9"),
    "county": (1.4, "#B3BCC4"),
    "village": (0.9, "#C3CAD1"),
    "street": (0.7, "#C3CAD1"),
}


def road(axes: Axes, ends: Sequence[tuple[float, float]], road_class: str, share: float = 1.0) -> list[Line2D]:
    """Draw a road; an expressway is a double line. Returns what was drawn."""
    wide, color = _ROADS.get(road_class, _ROADS["village"])
    xs, ys = [end[0] for end in ends], [end[1] for end in ends]
    drawn = axes.plot(xs, ys, color=color, linewidth=wide * share, solid_capstyle="round", zorder=2)
    if road_class == "expressway":
        drawn += axes.plot(xs, ys, color=style.PAPER, linewidth=wide * share * 0.4, zorder=2.1)
    return list(drawn)


def place(axes: Axes, x: float, y: float, kind: str, share: float = 1.0) -> None:
    """Draw a place of a kind; kinds that are not known look like villages."""
    group = GROUP_OF.get(kind, "village")
    marker, size = _GROUP_MARKERS[group]
    hollow = group in _HOLLOW
    face = style.PAPER if hollow else style.SOFT
    edge = style.INK if hollow else style.SOFT
    axes.plot(
        [x], [y], marker=marker, markersize=size * share, markerfacecolor=face, markeredgecolor=edge,
        markeredgewidth=0.9, zorder=5,
    )  # fmt: skip
    if group == "hospital":
        axes.plot([x], [y], marker="+", markersize=5.0 * share, color=style.INK, markeredgewidth=1.3, zorder=5.1)


def hazard(axes: Axes, x: float, y: float, *, going_on: bool, size: float = 17) -> None:
    """Draw the site of a hazard: a full star while it goes on, an empty one afterwards."""
    face = STOP if going_on else style.PAPER
    axes.plot(
        [x], [y], marker=(8, 1, 0), markersize=size, markerfacecolor=face, markeredgecolor=STOP, markeredgewidth=1.2,
        zorder=6,
    )  # fmt: skip


def danger(axes: Axes, x: float, y: float, radius: float) -> Circle:
    """Draw a place in danger: a hatched disc."""
    circle = Circle((x, y), radius, facecolor=DANGER + "59", edgecolor="#6E6000", hatch="////", linewidth=1.1, zorder=3)
    axes.add_patch(circle)
    return circle


def order(axes: Axes, x: float, y: float, radius: float, by: str) -> None:
    """Draw how people are told to protect themselves: a ring to shelter, a broken one to leave."""
    dashes = "solid" if by == "shelter" else (0, (2.2, 1.4))
    axes.add_patch(Circle((x, y), radius, fill=False, edgecolor=MEASURE, linewidth=2.2, linestyle=dashes, zorder=4))


def protected(axes: Axes, x: float, y: float, radius: float) -> None:
    """Draw that most people of a place are protected: a tick on the ring."""
    x, y = x + 0.71 * radius, y + 0.71 * radius
    axes.plot([x], [y], marker="o", markersize=8.5, color=MEASURE, markeredgecolor=style.PAPER, zorder=7)
    tick = ((x - 0.032, y), (x - 0.008, y - 0.026), (x + 0.034, y + 0.028))
    axes.plot(*zip(*tick, strict=True), color=style.PAPER, linewidth=1.3, solid_capstyle="round", zorder=7.1)


def closed(axes: Axes, x: float, y: float) -> None:
    """Draw that a place is closed to traffic: a bar in a ring."""
    axes.add_patch(Circle((x, y), 0.088, facecolor=STOP, edgecolor=style.PAPER, linewidth=0.9, zorder=6.4))
    axes.add_patch(Rectangle((x - 0.055, y - 0.017), 0.11, 0.034, facecolor=style.PAPER, zorder=6.5))


def directed(axes: Axes, x: float, y: float) -> None:
    """Draw that police direct the traffic at a place: a disc with arrows both ways, above the place."""
    axes.add_patch(Circle((x, y + 0.19), 0.088, facecolor=MEASURE, edgecolor=style.PAPER, linewidth=0.9, zorder=6.4))
    for turn in (-1, 1):
        arrow = ((turn * 0.066, 0.0), (turn * 0.012, 0.038), (turn * 0.012, -0.038))
        corners = [(x + east, y + 0.19 + north) for east, north in arrow]
        axes.add_patch(Polygon(corners, closed=True, facecolor=style.PAPER, zorder=6.5))


def blocked(axes: Axes, x: float, y: float) -> None:
    """Draw that a road cannot be passed: a cross."""
    for wide, color in ((4.2, style.PAPER), (2.2, STOP)):
        for turn in (-1, 1):
            ends = ([x - 0.07, x + 0.07], [y - 0.07 * turn, y + 0.07 * turn])
            axes.plot(*ends, color=color, linewidth=wide, solid_capstyle="round", zorder=6.4)


def cordon(axes: Axes, corners: Sequence[tuple[float, float]]) -> Polygon:
    """Draw the cordon: a broken line around what is closed."""
    line = Polygon(
        corners, closed=True, fill=False, edgecolor=STOP, linewidth=1.5, linestyle=(0, (6, 2, 1, 2)), zorder=3.5
    )
    axes.add_patch(line)
    return line


def post(axes: Axes, x: float, y: float, tall: float = 0.27) -> None:
    """Draw the on-scene command post: a flag of a height in inches."""
    axes.plot([x, x], [y, y + tall], color=style.INK, linewidth=1.6, solid_capstyle="round", zorder=6.6)
    flag = ((x, y + tall), (x + 0.75 * tall, y + 0.76 * tall), (x, y + 0.52 * tall))
    axes.add_patch(Polygon(flag, closed=True, facecolor=style.INK, edgecolor=style.PAPER, linewidth=0.6, zorder=6.6))


def down(axes: Axes, x: float, y: float) -> None:
    """Draw that an installation does not work: a lightning stroke."""
    shape = ((0.03, 0.12), (-0.06, -0.01), (-0.005, -0.01), (-0.03, -0.12), (0.06, 0.02), (0.005, 0.02))
    stroke = [(x + east, y + north) for east, north in shape]
    axes.add_patch(Polygon(stroke, closed=True, facecolor=style.INK, edgecolor=style.PAPER, linewidth=0.7, zorder=6.7))


def hurt(axes: Axes, x: float, y: float, people: str) -> None:
    """Draw how many of the seriously hurt lie at a place: a number on a dark drop."""
    axes.plot([x], [y], marker="o", markersize=12.5, color=style.INK, markeredgecolor=style.PAPER, zorder=7.2)
    size = 7.2 if len(people) < 3 else 5.6
    axes.text(x, y, people, ha="center", va="center_baseline", fontsize=size, color=style.PAPER, zorder=7.3)


def unit(axes: Axes, x: float, y: float, department: str, *, busy: bool = True, size: float = 8.6) -> None:
    """Draw units of a department: filled at work, empty when idle."""
    color = style.organization_color(department)
    face, edge = (color, style.PAPER) if busy else (style.PAPER, color)
    axes.plot(
        [x],
        [y],
        marker=_UNIT_MARKERS.get(department, "o"),
        markersize=size if department != "transport" else size * 0.85,
        markerfacecolor=face,
        markeredgecolor=edge,
        markeredgewidth=0.7 if busy else 1.3,
        zorder=10,
    )


def crew_hurt(axes: Axes, x: float, y: float) -> None:
    """Cross out a unit whose crew is hurt."""
    axes.plot([x], [y], marker="x", markersize=9.5, color=style.INK, markeredgewidth=1.8, zorder=10.2)


def trip(axes: Axes, start: tuple[float, float], end: tuple[float, float], color: str) -> FancyArrowPatch:
    """Draw where a unit is bound: a thin arrow from where it is."""
    arrow = FancyArrowPatch(
        start, end, arrowstyle="->", mutation_scale=8, color=color, linewidth=0.9, linestyle=(0, (4, 2)), zorder=4.6,
        shrinkA=4, shrinkB=3,
    )  # fmt: skip
    axes.add_patch(arrow)
    return arrow


def moving(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> FancyArrowPatch:
    """Draw where the people of a place go: a broad arrow."""
    arrow = FancyArrowPatch(
        start, end, arrowstyle="simple,head_width=7,head_length=8,tail_width=2.6", connectionstyle="arc3,rad=0.12",
        facecolor=MEASURE + "88", edgecolor="none", shrinkA=14, shrinkB=8, zorder=3.8,
    )  # fmt: skip
    axes.add_patch(arrow)
    return arrow


def wind(axes: Axes, x: float, y: float, east: float, north: float, size: float = 14) -> FancyArrowPatch:
    """Draw the wind: a hollow arrow over a distance in inches."""
    arrow = FancyArrowPatch(
        (x, y), (x + east, y + north), arrowstyle="simple,head_width=0.75,head_length=0.7,tail_width=0.3",
        mutation_scale=size, facecolor=style.PAPER, edgecolor=style.INK, linewidth=1.0, zorder=6.8,
    )  # fmt: skip
    axes.add_patch(arrow)
    return arrow
