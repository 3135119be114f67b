"""What a made county takes over from the county file that is its template: desks, channels, sites near the town."""

from __future__ import annotations

import copy
import math
from typing import Any

NEAR_KM = 10.0
"""How far from the county town, in km, sites of the template are taken over."""
_LIVED_IN = ("town", "township_seat", "village")
_OF_THE_LAND = (*_LIVED_IN, "junction", "border", "reservoir", "mine", "bridge")
_MADE = ("places", "roads", "travel_times", "residents", "townships", "cells", "lifelines", "organizations", "units")


class Template:
    """A county file as a template.

    Attributes:
        data: Its data.
        town: Its county town.
        sites: Sites that are taken over.
        offices: Offices of townships, that of the county town first.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        places = data["places"]
        self.town = max((place for place in places if place["kind"] == "town"), key=lambda one: one.get("people", 0))
        self.sites = [
            place for place in places if place["kind"] not in _OF_THE_LAND and self._km(place) <= NEAR_KM
        ]  # fmt: skip
        self.kept = dict.fromkeys([self.town["id"], *(site["id"] for site in self.sites)])
        lived_in = {place["id"]: None for place in places if place["kind"] in _LIVED_IN}
        names = [one.get("organization") for one in data.get("townships", ())]
        self.offices = [one for one in data["organizations"] if one["id"] in names] or [
            one for one in data["organizations"] if one.get("at") in lived_in and one["kind"] == "outside"
        ]
        self.offices.sort(key=lambda one: one.get("at") != self.town["id"])

    def _km(self, place: dict[str, Any]) -> float:
        return math.hypot(*self.offset_km(place))

    def offset_km(self, place: dict[str, Any]) -> tuple[float, float]:
        """Return where a place is from the county town, in km east and north."""
        return place["x_km"] - self.town["x_km"], place["y_km"] - self.town["y_km"]

    @property
    def residents(self) -> int:
        """How many people live in the template."""
        return sum(place.get("people", 0) for place in self.data["places"])

    def example(self, kind: str) -> dict[str, Any]:
        """Return the first place of a kind with people, or the first with shelter; empty if there is none."""
        found = [place for place in self.data["places"] if place["kind"] == kind]
        return next(iter(found), {})

    def organizations(self) -> list[dict[str, Any]]:
        """Return the desks that stand at a place that is kept, or at none; those of townships are left out."""
        offices = dict.fromkeys(one["id"] for one in self.offices)
        return [
            one
            for one in self.data["organizations"]
            if one["id"] not in offices and one.get("at") in (None, *self.kept)
        ]

    def units(self) -> list[dict[str, Any]]:
        """Return the units whose base is kept."""
        return [unit for unit in self.data["units"] if unit["base"] in self.kept]

    def township_units(self) -> list[tuple[dict[str, Any], float]]:
        """Return one unit of each kind that stands in townships, and how many of a township's size there are of it."""
        seats = dict.fromkeys(place["id"] for place in self.data["places"] if place["kind"] in _LIVED_IN)
        count = max(1, len(self.data.get("townships", ())) - 1)
        kinds: dict[str, list[dict[str, Any]]] = {}
        for unit in self.data["units"]:
            if unit["base"] in seats and unit["base"] != self.town["id"]:
                kinds.setdefault(unit["kind"], []).append(unit)
        return [(units[0], min(1.0, len(units) / count)) for units in kinds.values()]

    def rest(self, known: dict[str, None], unit_kinds: dict[str, None]) -> dict[str, Any]:
        """Return what a made county takes over as it stands: all else, without rows that name what it does not have.

        Args:
            known: Ids that the made county has.
            unit_kinds: Kinds of unit that it has.
        """
        own = [row["id"] for key in ("places", "organizations", "lifelines", "units") for row in self.data.get(key, ())]
        gone = dict.fromkeys(ident for ident in own if ident not in known)
        rest = {}
        for key, value in self.data.items():
            if key in _MADE:
                continue
            if isinstance(value, list) and key not in ("region", "unit_channels", "channels"):
                value = [row for row in value if not _mentions(row, gone)]
            rest[key] = copy.deepcopy(value)
        manned = [unit.get("helper") for unit in self.data["units"] if unit["id"] in known]
        rest["helpers"] = [helper for helper in rest.get("helpers", ()) if helper["id"] in manned]
        for preset in rest.get("presets", ()):
            preset["units"] = {kind: factor for kind, factor in preset["units"].items() if kind in unit_kinds}
        return rest


def _mentions(value: Any, gone: dict[str, None]) -> bool:
    if isinstance(value, dict):
        return any(_mentions(one, gone) for key, one in value.items() if key not in ("id", "kind", "unit", "item"))
    if isinstance(value, list):
        return any(_mentions(one, gone) for one in value)
    return isinstance(value, str) and value in gone
