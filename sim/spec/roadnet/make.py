"""A county of any size, made by seed: towns, villages, roads, sites, desks and units, in the pattern of a template."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.rng import Luck
from sim.spec.roadnet.lifelines import make_lifelines
from sim.spec.roadnet.names import names
from sim.spec.roadnet.scatter import Point, shares, spread
from sim.spec.roadnet.staff import make_offices, make_units
from sim.spec.roadnet.template import NEAR_KM, Template
from sim.spec.roadnet.trunk import make_roads

PEOPLE_PER_KM2 = 190
"""Density by which the area of a county follows from its people. A guess, for a county of plains and hills."""
TOWN_SHARE = 0.2
"""Share of a township's people who live at its seat. A guess."""
CELL = 3000
"""People of a grid cell at most, unless the county has more than a thousand such. A guess."""
PER_HOUSEHOLD = 2.9
"""People of a household. A guess."""
VULNERABLE = {"infants": 0.024, "aged_alone": 0.03, "disabled": 0.017, "pregnant": 0.006, "dialysis": 0.0006}
"""Shares of people in each vulnerable group. Guesses."""
CLINIC_EVERY = 3
"""One township in so many has a hospital with treatment bays. A guess."""


class Wanted(NamedTuple):
    """What is asked of a made county.

    Attributes:
        ident: Its id.
        seed: Seed of all its luck.
        townships: Townships, that of the county town among them.
        people: Residents.
        villages: Villages of each township.
    """

    ident: str
    seed: int
    townships: int
    people: int
    villages: int


def make_county(wanted: Wanted, data: dict[str, Any]) -> dict[str, Any]:
    """Return a county as its file writes it; the same wishes and template always give the same.

    Args:
        wanted: What is asked for.
        data: Data of the county file that is the template.
    """
    return _Maker(wanted, Template(data)).county()


class _Maker:
    """Puts a county together, step by step; each step draws by the names of what it makes."""

    def __init__(self, wanted: Wanted, template: Template) -> None:
        self.wanted, self.template = wanted, template
        self.luck = Luck(wanted.seed)
        self.radius_m = 1000 * math.sqrt(wanted.people / PEOPLE_PER_KM2 / math.pi)
        self.scale = wanted.people / max(1, template.residents)
        self.at: dict[str, Point] = {}
        self.points: dict[Point, None] = {}
        most = (wanted.villages + 4) * wanted.townships + len(template.sites) + 1
        self.xy = np.zeros((most, 2), dtype=np.int64)
        self.places: list[dict[str, Any]] = []
        self.seats: list[dict[str, Any]] = []
        self.of_town: dict[str, list[str]] = {}
        self.stems = names(self.luck, dict.fromkeys(place["id"] for place in template.data["places"]))

    def county(self) -> dict[str, Any]:
        """Make the county."""
        self._town_and_sites()
        self._townships()
        self._villages()
        self._people()
        self._services()
        offices = make_offices(self.template, self.seats)
        organizations = self.template.organizations() + offices
        units = make_units(self.luck, self.template, self.seats[1:])
        lifelines = make_lifelines(self.template, self.seats, self.of_town)
        own = [*self.places, *organizations, *units, *lifelines]
        known, kinds = dict.fromkeys(row["id"] for row in own), dict.fromkeys(unit["kind"] for unit in units)
        name = self.template.data["name"]
        number = f"{self.wanted.seed}-{self.wanted.townships}-{self.wanted.people}"
        return {
            **self.template.rest(known, kinds),
            "id": self.wanted.ident,
            "name": {"zh": f"{name['zh']}（生成 {number}）", "en": f"{name['en']} (made {number})"},
            "places": self.places,
            "roads": make_roads(self.luck, self.at, [seat["id"] for seat in self.seats]),
            "residents": self.wanted.people,
            "townships": self._township_rows(offices),
            "cells": self._cells(),
            "lifelines": lifelines,
            "organizations": organizations,
            "units": units,
        }

    def _put(self, place: dict[str, Any], at: Point, seat: str) -> None:
        while at in self.points:
            at = (at[0] + 10, at[1])
        self.points[at] = None
        self.xy[len(self.at)] = at
        self.at[place["id"]] = at
        self.places.append(place | {"x_km": at[0] / 1000, "y_km": at[1] / 1000, "township": seat})
        self.of_town.setdefault(seat, []).append(place["id"])

    def _town_and_sites(self) -> None:
        town = {key: value for key, value in self.template.town.items() if key != "ground_m"}
        self._put(town, (0, 0), town["id"])
        self.seats.append(self.places[0])
        shrink = min(1.0, self.radius_m / 1000 / (1.2 * NEAR_KM))
        for site in self.template.sites:
            at = tuple(round(1000 * km * shrink) for km in self.template.offset_km(site))
            self._put(self._scaled(site), (at[0], at[1]), town["id"])

    def _scaled(self, site: dict[str, Any]) -> dict[str, Any]:
        """Return a site of the template with people, beds and the like in proportion to the people of the county."""
        made = {key: value for key, value in site.items() if key != "ground_m"}
        for key in ("people", "visitors", "beds", "bays", "shelters"):
            if made.get(key):
                made[key] = max(1, math.floor(made[key] * self.scale))
        homes = [home for home in made.get("visitors_from", ()) if home in self.template.kept]
        if "visitors_from" in made and not homes:
            made = {key: value for key, value in made.items() if key not in ("visitors", "visitors_from", "curve")}
        elif homes:
            made["visitors_from"] = homes
        return made

    def _townships(self) -> None:
        pattern = self.template.example("township_seat")
        for _ in range(self.wanted.townships - 1):
            zh, ident = next(self.stems)
            seat = {"id": ident, "name": {"zh": f"{zh}镇", "en": ident.capitalize()}, "kind": "township_seat"}
            seat |= {key: pattern[key] for key in ("buildings", "shelters") if key in pattern}
            at = spread(self.luck, ident, self._taken(), (0, 0), self.radius_m, self._inside)
            self._put(seat, at, ident)
            self.seats.append(self.places[-1])

    def _taken(self) -> NDArray[np.int64]:
        return self.xy[: len(self.at)]

    def _inside(self, point: Point) -> bool:
        return math.hypot(*point) <= self.radius_m

    def _villages(self) -> None:
        pattern = self.template.example("village")
        reach = self.radius_m / math.sqrt(self.wanted.townships)
        for number in range(self.wanted.villages):
            for seat in self.seats:
                zh, ident = next(self.stems, (f"{seat['name']['zh']}第{number + 1}", f"{seat['id']}-{number + 1}"))
                place = {"id": ident, "name": {"zh": f"{zh}村", "en": f"{ident.capitalize()} village"}}
                place |= {"kind": "village"} | {key: pattern[key] for key in ("buildings",) if key in pattern}
                center = self.at[seat["id"]]
                at = spread(self.luck, ident, self._taken(), center, reach, self._inside)
                self._put(place, at, seat["id"])

    def _people(self) -> None:
        """Let every resident live somewhere: at sites by the template, in the town by its share, then in townships."""
        fixed = sum(place.get("people", 0) for place in self.places if place["id"] != self.seats[0]["id"])
        town_weight = self.template.town.get("people", 0) / max(1, self.template.residents)
        townships = len(self.seats)
        rest = self.wanted.people - fixed
        town = rest if townships == 1 and not self.wanted.villages else round(rest * min(0.9, max(town_weight, 0.05)))
        weights, lived_in = [], []
        for place in self.places:
            if place["kind"] not in ("township_seat", "village"):
                continue
            size = 0.6 + 0.8 * self.luck.uniform("size", place["id"])
            others = max(1, self.wanted.villages)
            is_seat = place["kind"] == "township_seat"
            weights.append(size * (TOWN_SHARE / (1 - TOWN_SHARE) * others if is_seat else 1.0))
            lived_in.append(place)
        self.places[0]["people"] = town if lived_in else rest
        for place, count in zip(lived_in, shares(rest - town, weights) if lived_in else [], strict=True):
            place["people"] = count
            place["radius_m"] = round(10 * math.sqrt(max(count, 1)))

    def _services(self) -> None:
        """Give every township a school and a station, and some a hospital."""
        curves = [curve["id"] for curve in self.template.data.get("curves", ())]
        for number, seat in enumerate(self.seats[1:]):
            ident, zh, en, (x, y) = seat["id"], seat["name"]["zh"], seat["name"]["en"], self.at[seat["id"]]
            school: dict[str, Any] = {"id": f"{ident}-school", "kind": "school", "shelters": 300}
            school["name"] = {"zh": f"{zh}中心学校", "en": f"{en} school"}
            if pupils := seat["people"] // 5 if "school" in curves else 0:
                school |= {"visitors": pupils, "curve": "school", "visitors_from": [ident]}
            self._put(school, (x + 300, y + 200), ident)
            name = {"zh": f"{zh}派出所和消防站", "en": f"{en} police and fire station"}
            self._put({"id": f"{ident}-station", "name": name, "kind": "station"}, (x - 250, y + 150), ident)
            if number % CLINIC_EVERY == 0:
                name = {"zh": f"{zh}中心卫生院", "en": f"{en} hospital"}
                clinic = {"id": f"{ident}-hospital", "name": name, "kind": "hospital", "bays": 2, "beds": 60}
                self._put(clinic, (x + 200, y - 300), ident)

    def _township_rows(self, offices: list[dict[str, Any]]) -> list[dict[str, Any]]:
        living = {seat["id"]: 0 for seat in self.seats}
        for place in self.places:
            living[place["township"]] += place.get("people", 0)
        desk = {office["at"]: office["id"] for office in offices}
        rows = []
        for number, seat in enumerate(self.seats):
            ident = seat["id"]
            name = (
                seat["name"]
                if number
                else {"zh": f"{seat['name']['zh']}城关镇", "en": f"{seat['name']['en']} township"}
            )
            row = {"id": ident, "name": name, "kind": "town", "seat": ident, "residents": living[ident]}
            rows.append(row | ({"organization": desk[ident]} if ident in desk else {}))
        return rows

    def _cells(self) -> list[dict[str, Any]]:
        most = max(CELL, math.ceil(self.wanted.people / 1000))
        cells = []
        for place in self.places:
            people = place.get("people", 0)
            parts = shares(people, [1.0] * math.ceil(people / most)) if people else []
            for number, count in enumerate(parts, start=1):
                groups = {key: round(count * share) for key, share in VULNERABLE.items()}
                cell = {"id": f"{place['id'][:40]}-{number}", "place": place["id"], "people": count}
                cells.append(cell | {"households": math.ceil(count / PER_HOUSEHOLD), "vulnerable": groups})
        return cells
