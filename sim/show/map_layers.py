"""The layers of a map, from the ground up: roads, danger, orders, closures, places, units on the way."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Circle, Rectangle

from sim.show import map_signs as signs
from sim.show import style
from sim.show.map_frame import Sheet
from sim.show.map_labels import Box
from sim.show.map_situation import Point, Situation, UnitAt
from sim.spec.county import County, Place

LEAST_RING_IN = 0.17
"""Least radius of what is drawn around a place, in inches."""
MOST_RING_IN = 0.6
TOGETHER_IN = 0.16
"""Units of a department on the way that are closer than this, in inches, are drawn as one sign with their number."""
_MINOR = ("junction", "bridge", "border", "base_station", "machine_room", "substation")
"""Kinds of place that are left out where the map is of a small scale, unless something is there."""
SMALL_SCALE = 0.35
"""Inches for a km below which a map is of a small scale."""


@dataclass(frozen=True)
class Canvas:
    """Where a map is drawn.

    Attributes:
        axes: Axes of the whole page, in inches.
        sheet: The rectangle of the map.
        clip: What cuts it off.
    """

    axes: Axes
    sheet: Sheet
    clip: Rectangle

    def at(self, place: Place) -> Point:
        """Return where a place lies on the page, in inches."""
        return self.sheet.at((place.x_km, place.y_km))

    def near(self, at: Point, far: float) -> bool:
        """Return whether a point of the page lies on the map or within a distance of it, in inches."""
        sheet = self.sheet
        across = sheet.x - far <= at[0] <= sheet.x + sheet.wide + far
        return across and sheet.y - far <= at[1] <= sheet.y + sheet.tall + far

    def ring(self, place: Place) -> float:
        """Return the radius of what is drawn around a place, in inches."""
        return min(MOST_RING_IN, max(LEAST_RING_IN, place.radius_m / 1000 * self.sheet.scale))


def canvas(axes: Axes, sheet: Sheet, ground: str = style.BAND) -> Canvas:
    """Draw the ground of a map and its frame."""
    corner, wide, tall = (sheet.x, sheet.y), sheet.wide, sheet.tall
    clip = Rectangle(corner, wide, tall, facecolor=ground, edgecolor="none", zorder=0)
    axes.add_patch(clip)
    axes.add_patch(Rectangle(corner, wide, tall, fill=False, edgecolor=style.SOFT, linewidth=0.9, zorder=20))
    return Canvas(axes, sheet, clip)


def roads(on: Canvas, county: County, share: float = 1.0) -> None:
    """Draw the roads, minor ones below."""
    places = {place.id: place for place in county.places}
    order = {"street": 0, "village": 1, "county": 2, "provincial": 3, "national": 4, "expressway": 5}
    for road in sorted(county.roads, key=lambda one: order.get(one.road_class, 1)):
        if all(end in places for end in road.ends):
            ends = [on.at(places[end]) for end in road.ends]
            if not on.near(middle(ends), math.dist(*ends) / 2):
                continue
            for line in signs.road(on.axes, ends, road.road_class, share):
                line.set_clip_path(on.clip)


def settled(on: Canvas, county: County) -> None:
    """Draw where people live, as far as it is large enough to see."""
    for place in county.places:
        radius = place.radius_m / 1000 * on.sheet.scale
        x, y = on.at(place)
        if place.people and radius > 0.04 and on.near((x, y), radius):
            area = Circle((x, y), radius, facecolor="#E3E0D8", edgecolor="none", zorder=1)
            on.axes.add_patch(area)
            area.set_clip_path(on.clip)


def danger(on: Canvas, county: County, now: Situation) -> dict[str, float]:
    """Draw where it is dangerous, and how people are told to protect themselves.

    Returns:
        Radius of what was drawn around each such place, in inches.
    """
    rings: dict[str, float] = {}
    for place in county.places:
        if not on.sheet.shows((place.x_km, place.y_km)):
            continue
        x, y = on.at(place)
        ring = on.ring(place)
        if place.id in now.danger:
            signs.danger(on.axes, x, y, ring).set_clip_path(on.clip)
            rings[place.id] = ring
        if place.id in now.orders:
            signs.order(on.axes, x, y, ring + 0.05, now.orders[place.id])
            rings[place.id] = ring + 0.07
        if place.id in now.protected:
            signs.protected(on.axes, x, y, ring + 0.05)
            rings[place.id] = ring + 0.07
    return rings


def moves(on: Canvas, county: County, now: Situation, assembly: str) -> None:
    """Draw where the people who left their places go."""
    places = {place.id: place for place in county.places}
    goal = places.get(assembly)
    for name in now.away:
        if goal is not None and name in places and name != assembly:
            ends = on.at(places[name]), on.at(goal)
            signs.moving(on.axes, *ends).set_clip_path(on.clip)


def closures(on: Canvas, county: County, now: Situation) -> None:
    """Draw the cordon, what is closed, and which roads cannot be passed."""
    places = {place.id: place for place in county.places}
    inside = [places[name] for name in (*now.closed, *now.hazards) if name in places]
    if now.cordon and len(inside) > 1:
        signs.cordon(on.axes, around([on.at(place) for place in inside], 0.2)).set_clip_path(on.clip)
    for name in now.closed:
        if name in places and on.sheet.shows((places[name].x_km, places[name].y_km)):
            x, y = on.at(places[name])
            aside = 0.13 if name in now.hazards else 0.0  # the sign of the hazard stands there
            signs.closed(on.axes, x + aside, y - aside)
    for name in now.directed:
        if name in places and on.sheet.shows((places[name].x_km, places[name].y_km)):
            signs.directed(on.axes, *on.at(places[name]))
    for name in now.blocked:
        if name in places and on.sheet.shows((places[name].x_km, places[name].y_km)):
            signs.blocked(on.axes, *on.at(places[name]))
    for ends in now.blocked_roads:
        if all(end in places for end in ends):
            (x, y), (to_x, to_y) = (on.at(places[end]) for end in ends)
            line = on.axes.plot(
                [x, to_x], [y, to_y], color=signs.STOP, linewidth=1.6, linestyle=(0, (1, 1.4)), zorder=3
            )
            line[0].set_clip_path(on.clip)
            if on.sheet.shows(middle([(places[end].x_km, places[end].y_km) for end in ends])):
                signs.blocked(on.axes, *middle([(x, y), (to_x, to_y)]))


def middle(points: list[Point]) -> Point:
    """Return the point midway between some."""
    return sum(point[0] for point in points) / len(points), sum(point[1] for point in points) / len(points)


def around(points: Iterable[Point], margin: float) -> list[Point]:
    """Return the corners of what lies around points with a margin: the convex hull of circles about them."""
    turns = [math.radians(30 * step) for step in range(12)]
    cloud = sorted({(x + margin * math.cos(turn), y + margin * math.sin(turn)) for x, y in points for turn in turns})

    def half(known: Iterable[Point]) -> list[Point]:
        found: list[Point] = []
        for point in known:
            while len(found) > 1 and _turns_right(found[-2], found[-1], point):
                found.pop()
            found.append(point)
        return found[:-1]

    return half(cloud) + half(reversed(cloud))


def _turns_right(first: Point, second: Point, third: Point) -> bool:
    cross = (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (third[0] - first[0])
    return cross <= 0


def places(on: Canvas, county: County, now: Situation, marked: Iterable[str]) -> dict[str, Box]:
    """Draw the places; returns the room that each takes, for the labels.

    Args:
        on: Where.
        county: The county.
        now: What is going on.
        marked: Places at which something is to be seen; they are drawn at any scale.
    """
    known = dict.fromkeys(marked)
    taken: dict[str, Box] = {}
    for place in county.places:
        small = on.sheet.scale < SMALL_SCALE
        if not on.sheet.shows((place.x_km, place.y_km)) or (small and place.kind in _MINOR and place.id not in known):
            continue
        x, y = on.at(place)
        if place.id in now.hazards:
            signs.hazard(on.axes, x, y, going_on=now.hazards[place.id])
        elif place.id not in now.closed and place.id not in now.blocked:
            signs.place(on.axes, x, y, place.kind)
        if place.id == now.post:
            signs.post(on.axes, x, y)
        far = 0.13 if place.id in now.hazards else 0.1 if place.id in now.closed else 0.07
        high = 0.28 if place.id in now.directed else far
        taken[place.id] = Box(x - far, y - far, x + far + 0.12 * (place.id == now.post), y + high)
    return taken


def wind(on: Canvas, county: County, now: Situation) -> list[Box]:
    """Draw the wind at the sites of hazards; returns the room that it takes."""
    if now.toward_deg is None:
        return []
    east, north = math.sin(math.radians(now.toward_deg)), math.cos(math.radians(now.toward_deg))
    found = []
    for place in county.places:
        if now.hazards.get(place.id) and on.sheet.shows((place.x_km, place.y_km)):
            x, y = on.at(place)
            x, y = x + 0.17 * east, y + 0.17 * north
            signs.wind(on.axes, x, y, 0.5 * east, 0.5 * north).set_clip_path(on.clip)
            for step in range(6):
                at = (x + 0.1 * step * east, y + 0.1 * step * north)
                found.append(Box(at[0] - 0.06, at[1] - 0.06, at[0] + 0.06, at[1] + 0.06))
    return found


def trips(on: Canvas, now: Situation) -> list[Box]:
    """Draw the units that are on their way, those close together as one; returns the room that they take."""
    groups: list[tuple[Point, UnitAt, int]] = []
    for unit in now.units:
        if unit.path is None or unit.hurt:
            continue
        at, goal = on.sheet.at(unit.at), on.sheet.at(unit.path[1])
        signs.trip(on.axes, at, goal, style.organization_color(unit.department)).set_clip_path(on.clip)
        if not on.sheet.shows(unit.at):
            continue
        for number, (near, other, count) in enumerate(groups):
            if other.department == unit.department and math.dist(near, at) < TOGETHER_IN:
                groups[number] = (near, other, count + 1)
                break
        else:
            groups.append((at, unit, 1))
    taken = []
    for (x, y), unit, count in groups:
        signs.unit(on.axes, x, y, unit.department, size=9.4)
        taken.append(Box(x - 0.09, y - 0.09, x + 0.09 + 0.1 * (count > 1), y + 0.09))
        if count > 1:
            color = style.organization_color(unit.department)
            size = style.SMALL
            on.axes.text(x + 0.085, y, str(count), va="center_baseline", fontsize=size, color=color, zorder=8.1)
    return taken
