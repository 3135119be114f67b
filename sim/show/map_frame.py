"""Which part of a county a map shows, and where a point of it lies on the page."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal, NamedTuple

from sim.record.folder import RunRecord
from sim.show.map_situation import Point
from sim.show.map_state import tracker_of

Zoom = Literal["auto", "site", "county"]
"""``site``: what happened and its surroundings; ``county``: all of it; ``auto``: the site unless that is most of it."""

LEAST_KM = 3.0
"""Least width of what a map shows, in km, so that a single place has surroundings."""
MARGIN = 0.16
"""What is added around what happened, as a share of its width or height."""
MOST_SHARE = 0.6
"""Share of the county's width or height from which on the whole county is shown."""
_HAPPENED = ("hazard.started", "danger.reached", "people.hurt", "road.closed", "road.blocked", "hospital.damaged")


class Area(NamedTuple):
    """A part of a county, in km east and north of the map's origin."""

    west: float
    south: float
    east: float
    north: float

    @property
    def wide(self) -> float:
        """Width in km."""
        return self.east - self.west

    @property
    def tall(self) -> float:
        """Height in km."""
        return self.north - self.south

    def has(self, point: Point) -> bool:
        """Return whether a point lies inside."""
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north

    def grown(self, share: float, least_km: float) -> Area:
        """Return the area with a margin around it, and of a least width and height in km."""
        wide, tall = max(least_km, self.wide * (1 + 2 * share)), max(least_km, self.tall * (1 + 2 * share))
        x, y = (self.west + self.east) / 2, (self.south + self.north) / 2
        return Area(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)


def around(points: Iterable[Point]) -> Area:
    """Return the smallest area that holds all points, of which there must be at least one."""
    known = list(points)
    easts, norths = [point[0] for point in known], [point[1] for point in known]
    return Area(min(easts), min(norths), max(easts), max(norths))


def whole_county(record: RunRecord) -> Area:
    """Return the area of all places of a county, with a margin."""
    places = record.exercise.county.places
    return around((place.x_km, place.y_km) for place in places).grown(0.06, LEAST_KM)


def site_area(record: RunRecord) -> Area:
    """Return where something happened in the whole of a run, so that its maps can be laid side by side."""
    tracker = tracker_of(record)
    names: dict[str, None] = {}
    for event in record.events:
        tracker.take(event)
        if event.kind in _HAPPENED:
            names.update(dict.fromkeys(event.subject.split(">")))
        elif event.kind in ("protect.ordered", "patient.hurt"):
            names[str(event.data["place"])] = None
    names[tracker.post] = None
    points = [(tracker.places[name].x_km, tracker.places[name].y_km) for name in names if name in tracker.places]
    return around(points).grown(MARGIN, LEAST_KM) if points else whole_county(record)


def area_of(record: RunRecord, zoom: Zoom) -> Area:
    """Return the part of the county that a map of a run shows."""
    whole = whole_county(record)
    if zoom == "county":
        return whole
    site = site_area(record)
    too_much = site.wide > MOST_SHARE * whole.wide and site.tall > MOST_SHARE * whole.tall
    return whole if zoom == "auto" and too_much else site


class Sheet(NamedTuple):
    """A rectangle of the page, in inches from its lower left corner, with the area that it shows.

    Attributes:
        scale: Inches of the page for a km.
        middle: What lies in the middle of the rectangle.
    """

    x: float
    y: float
    wide: float
    tall: float
    scale: float
    middle: Point

    def at(self, point: Point) -> Point:
        """Return where a point of the county lies on the page, in inches."""
        return (
            self.x + self.wide / 2 + (point[0] - self.middle[0]) * self.scale,
            self.y + self.tall / 2 + (point[1] - self.middle[1]) * self.scale,
        )

    @property
    def area(self) -> Area:
        """All that lies on this rectangle."""
        east, north = self.wide / self.scale / 2, self.tall / self.scale / 2
        x, y = self.middle
        return Area(x - east, y - north, x + east, y + north)

    def shows(self, point: Point) -> bool:
        """Return whether a point of the county lies on this rectangle."""
        x, y = self.at(point)
        return self.x <= x <= self.x + self.wide and self.y <= y <= self.y + self.tall


def sheet(area: Area, x: float, y: float, wide: float, tall: float) -> Sheet:
    """Return a rectangle of the page that shows at least an area, as large as it can be."""
    scale = min(wide / area.wide, tall / area.tall)
    return Sheet(x, y, wide, tall, scale, ((area.west + area.east) / 2, (area.south + area.north) / 2))


def scale_bar_km(scale: float, room_in: float) -> float:
    """Return the longest round length in km (1, 2 or 5 times a power of ten) that a scale bar has room for.

    Args:
        scale: Inches for a km.
        room_in: Greatest length of the bar in inches.
    """
    most = room_in / scale
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most)
