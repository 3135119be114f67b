"""A map as plain data: lines, spots with marks, and labels that do not run into each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sim.cli.terminal.textmap import HEADS, marks_of
from sim.record.view import View
from sim.show.map_frame import LEAST_KM, Area, around
from sim.show.map_situation import Situation
from sim.show.names import Names
from sim.spec.county import County, Place
from sim.textwidth import width

WIDE, TALL = 760.0, 560.0
"""Size of a map, in units of its own; whoever draws it scales it to the room that there is."""
LETTER = 20.0
"""Height of a label, in the same units."""
SIGN = 22.0
"""Width that a mark takes beside its place."""
EDGE = 26.0
"""Left free around everything."""
NEAR = 0.3
"""What is added around the places with marks, as a share of their area."""
MOST_SHARE = 0.6
"""Share of the county from which on the whole county is shown."""
SMALL_SCALE = 20.0
"""Units for a km below which only places where people live are shown, besides those with marks."""
CENTERS = ("town", "township")
"""Kinds of place whose names come first where nothing else tells them apart."""


class Mark(NamedTuple):
    """Something at a place: its kind, as in the words ``mark_*``, and a number beside it if there is one."""

    kind: str
    text: str = ""


class Box(NamedTuple):
    """A rectangle that a label or a spot takes."""

    left: float
    top: float
    right: float
    low: float

    def meets(self, other: Box) -> bool:
        """Return whether two rectangles share a point."""
        return self.left < other.right and other.left < self.right and self.top < other.low and other.top < self.low


def marks_seen(seen: View, names: Names) -> dict[str, list[Mark]]:
    """Return what a seat knows of places, from its view alone."""
    signs = {sign: kind for kind, sign in HEADS.items()}
    hurt = {row["fact"].partition("/")[0]: row["value"] for row in seen.picture if row["fact"].endswith("/hurt")}
    here: dict[str, int] = {}
    for unit in seen.units:
        if unit["status"] != "idle":
            here[unit["place"]] = here.get(unit["place"], 0) + 1
    number = {"hurt": hurt, "unit": here}
    return {
        place: [Mark(signs[one], str(number.get(signs[one], {}).get(place, ""))) for one in found]
        for place, found in marks_of(seen, names.exercise).items()
        if found
    }


def marks_true(now: Situation) -> dict[str, list[Mark]]:
    """Return what is true of places at a moment."""
    found: dict[str, list[Mark]] = {}

    def put(places: Iterable[str], kind: str, amount: Mapping[str, int] | None = None) -> None:
        for place in places:
            found.setdefault(place, []).append(Mark(kind, str(amount[place]) if amount else ""))

    units: dict[str, int] = {}
    for unit in now.units:
        if unit.place and unit.busy:
            units[unit.place] = units.get(unit.place, 0) + 1
    put([place for place, still in now.hazards.items() if still], "hazard")
    put([place for place in now.danger if not now.hazards.get(place)], "danger")
    put(now.lying, "hurt", now.lying)
    for way in ("shelter", "evacuate"):
        put([place for place, by in now.orders.items() if by == way], way)
    put(now.closed, "closed")
    put(now.directed, "directed")
    put(now.blocked, "blocked")
    put([now.post] if now.post else [], "post")
    put(units, "unit", units)
    return found


def county_map(names: Names, marks: Mapping[str, Sequence[Mark]]) -> dict[str, Any]:
    """Return a map: ``wide``, ``tall``, ``roads``, ``places`` with marks and labels, and the kinds of mark on it.

    Args:
        names: Names of the exercise in a language.
        marks: What is at places; the map shows them and what lies around, or the whole county.
    """
    county = names.exercise.county
    known = {place.id: place for place in county.places}
    area = _area(county, [known[place] for place in marks if place in known])
    scale = min((WIDE - 2 * EDGE) / area.wide, (TALL - 2 * EDGE) / area.tall)
    middle = (area.west + area.east) / 2, (area.south + area.north) / 2

    def at(place: Place) -> tuple[float, float]:
        x = WIDE / 2 + (place.x_km - middle[0]) * scale
        return round(x, 1), round(TALL / 2 - (place.y_km - middle[1]) * scale, 1)

    spots = {place.id: at(place) for place in county.places}
    shown = [
        place for place in county.places if _inside(spots[place.id]) and (place.id in marks or _is_told(place, scale))
    ]
    labels = _labels(shown, spots, marks, names)
    return {
        "wide": WIDE,
        "tall": TALL,
        "roads": _roads(county, spots),
        "places": [
            {
                "name": names.thing(place.id),
                "x": spots[place.id][0],
                "y": spots[place.id][1],
                "people": bool(place.people),
                "marks": [mark._asdict() for mark in marks.get(place.id, ())],
                "label": labels.get(place.id),
            }
            for place in shown
        ],
        "kinds": list(dict.fromkeys(mark.kind for place in shown for mark in marks.get(place.id, ()))),
        "km": _bar(scale),
    }


def _is_told(place: Place, scale: float) -> bool:
    if scale < SMALL_SCALE:
        return bool(place.people)
    return bool(place.people) or place.kind not in ("junction", "bridge", "base_station", "machine_room", "substation")


def _inside(spot: tuple[float, float]) -> bool:
    return 8 <= spot[0] <= WIDE - 8 and 8 <= spot[1] <= TALL - 8


def _area(county: County, marked: Sequence[Place]) -> Area:
    whole = around((place.x_km, place.y_km) for place in county.places if place.kind != "border").grown(0.02, LEAST_KM)
    if not marked:
        return whole
    near = around((place.x_km, place.y_km) for place in marked).grown(NEAR, 2 * LEAST_KM)
    return whole if near.wide > MOST_SHARE * whole.wide and near.tall > MOST_SHARE * whole.tall else near


def _roads(county: County, spots: Mapping[str, tuple[float, float]]) -> list[dict[str, Any]]:
    found = []
    for road in county.roads:
        ends = [spots[end] for end in road.ends if end in spots]
        if len(ends) == 2 and any(-WIDE <= x <= 2 * WIDE and -TALL <= y <= 2 * TALL for x, y in ends):
            large = road.road_class in ("expressway", "national", "provincial")
            found.append({"from": [*ends[0]], "to": [*ends[1]], "large": large})
    return found


def _bar(scale: float) -> dict[str, Any]:
    """Return a scale bar: the longest round length in km that a quarter of the map has room for, and its width."""
    most = WIDE / 4 / scale
    power = 10.0 ** math.floor(math.log10(most))
    km = max(step * power for step in (1, 2, 5) if step * power <= most)
    return {"km": f"{km:g}", "wide": round(km * scale, 1)}


def _labels(
    shown: Sequence[Place],
    spots: Mapping[str, tuple[float, float]],
    marks: Mapping[str, Sequence[Mark]],
    names: Names,
) -> dict[str, dict[str, Any]]:
    """Return where names stand: beside, above or below their places, where nothing else stands."""
    taken = [_spot_box(*spots[place.id], len(marks.get(place.id, ()))) for place in shown]
    found: dict[str, dict[str, Any]] = {}
    ranked = sorted(shown, key=lambda one: (one.id not in marks, one.kind not in CENTERS, -one.people, one.id))
    for place in ranked:
        x, y = spots[place.id]
        right = 9 + SIGN * len(marks.get(place.id, ()))
        long = width(names.thing(place.id)) * LETTER * 0.53
        for left, low in ((x + right, y + 6), (x - 10 - long, y + 6), (x - long / 2, y - 16), (x - long / 2, y + 28)):
            box = Box(left - 2, low - LETTER, left + long + 2, low + 4)
            apart = box.left > 2 and box.right < WIDE - 2 and box.top > 2 and box.low < TALL - 26
            if apart and not any(box.meets(other) for other in taken):
                found[place.id] = {"x": round(left, 1), "y": round(low, 1)}
                taken.append(box)
                break
    return found


def _spot_box(x: float, y: float, signs: int) -> Box:
    if signs:
        return Box(x - 8, y - 11, x + 7 + SIGN * signs, y + 11)
    return Box(x - 4, y - 4, x + 4, y + 4)
