"""Sites of a county joined to an imported road network, and the network's places to what serves the county."""

from __future__ import annotations

import copy
import math
from typing import Any

import numpy as np

from sim.errors import bad_input
from sim.spec.roadnet.convert import Part

STEP_KM = 0.001
"""By how much a junction is moved that is where a place of the county is, in km."""
DETOUR = 1.3
"""Length of an access road over the straight line. A guess; such ratios are mostly between 1.2 and 1.4."""
SHORTEST_KM = 0.05
"""Least length of an access road in km. A guess."""
PER_HOUSEHOLD = 2.9
"""People of a household, where an imported place has people. A guess."""


def attach(county: dict[str, Any], part: Part, name: str) -> dict[str, Any]:
    """Return a county file's data with imported roads in place of its own.

    Its junctions go with its roads unless something else of the file names them; every place that stays is joined to
    the nearest imported junction by a village road. An imported place belongs to the township of the nearest place of
    the county, and what serves that place serves it too.

    Args:
        county: The data of a county file.
        part: Imported places and roads, on the map of that county.
        name: File name of the county, for messages.

    Raises:
        BadInput: If a place of the county has the id of an imported one.
    """
    own = [place for place in county["places"] if place.get("kind") != "junction" or _is_named(county, place["id"])]
    taken = dict.fromkeys(place["id"] for place in part.places)
    if twice := [place["id"] for place in own if place["id"] in taken]:
        raise bad_input(name, f"the network has places of the same id: {', '.join(twice)}", "other ids of nodes")
    imported = _apart(own, part.places)
    roads = list(part.roads)
    for place, nearest in zip(own, _nearest(own, imported), strict=True):
        there = imported[nearest]
        straight = math.dist((place["x_km"], place["y_km"]), (there["x_km"], there["y_km"]))
        km = max(SHORTEST_KM, round(straight * DETOUR, 3))
        roads.append({"ends": [place["id"], there["id"]], "km": km, "class": "village"})
    return _served(county | {"roads": roads}, own, imported)


def _nearest(places: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[int]:
    """Return the number of the nearest of others for each place."""
    at = np.array([(place["x_km"], place["y_km"]) for place in others])
    return [int(np.argmin(np.hypot(at[:, 0] - one["x_km"], at[:, 1] - one["y_km"]))) for one in places]


def _apart(own: list[dict[str, Any]], imported: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return imported places, those that are where another place is moved by a few m."""
    taken = dict.fromkeys((place["x_km"], place["y_km"]) for place in own)
    moved = []
    for place in imported:
        at = (place["x_km"], place["y_km"])
        while at in taken:
            at = (round(at[0] + STEP_KM, 3), at[1])
        taken[at] = None
        moved.append(place | {"x_km": at[0], "y_km": at[1]})
    return moved


def _served(
    county: dict[str, Any], own: list[dict[str, Any]], imported: list[dict[str, Any]]
) -> dict[str, Any]:  # fmt: skip
    """Return the county with the imported places, in the townships and on the lifelines of their nearest places."""
    keys = [key for key in ("residents", "townships", "cells", "lifelines") if key in county]
    made = county | {key: copy.deepcopy(county[key]) for key in keys}
    townships = {township["id"]: township for township in made.get("townships", ())}
    gone = dict.fromkeys(place["id"] for place in county["places"])
    placed = []
    for place, nearest in zip(imported, _nearest(imported, own), strict=True):
        near, people = own[nearest], place.get("people", 0)
        for lifeline in made.get("lifelines", ()):
            if near["id"] in lifeline["serves"]:
                lifeline["serves"].append(place["id"])
        if "township" in near:
            townships[near["township"]]["residents"] += people
        if people and "residents" in made:
            made["residents"] += people
        if people and made.get("cells"):
            households = math.ceil(people / PER_HOUSEHOLD)
            cell = {"id": f"cell-{place['id'][:40]}", "place": place["id"], "households": households, "people": people}
            made["cells"].append(cell)
        placed.append(place | {key: near[key] for key in ("township",) if key in near})
        gone.pop(place["id"], None)
    for place in own:
        gone.pop(place["id"], None)
    for lifeline in made.get("lifelines", ()):
        lifeline["serves"] = [place for place in lifeline["serves"] if place not in gone]
    return made | {"places": own + placed}


def _is_named(county: dict[str, Any], ident: str) -> bool:
    """Return whether something other than places, roads and who is served names a place."""
    rest = {key: value for key, value in county.items() if key not in ("places", "roads")}
    return _holds(rest, ident)


def _holds(value: Any, ident: str) -> bool:
    if isinstance(value, dict):
        return any(_holds(one, ident) for key, one in value.items() if key != "serves")
    if isinstance(value, list):
        return any(_holds(one, ident) for one in value)
    return bool(value == ident)
