"""The county as a map in text: places in their order, and what one seat knows of them."""

from __future__ import annotations

import math
import string
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from sim.cli.terminal.layout import heading, pad, side_by_side, wrap
from sim.cli.terminal.words import say
from sim.record.view import View
from sim.show.names import Names
from sim.spec.county import Place
from sim.spec.load import Exercise
from sim.textwidth import width

LABELS = string.ascii_uppercase + string.ascii_lowercase
MOST_OF_A_LARGE_COUNTY = 30
"""How many places of a county with too many for letters are shown, so that the map can still be read."""
ROWS = 13
"""Height of the map in lines."""
HEADS = {"danger": "!", "doubt": "?", "hurt": "*", "shelter": "^", "evacuate": ">", "cordon": "#", "unit": "+"}
"""Marks, in the order in which they stand behind a place's letter."""


class Spot(NamedTuple):
    """Where a place stands on the map: line from above and column from the left, from 0."""

    line: int
    column: int


def marks_of(view: View, exercise: Exercise) -> dict[str, str]:
    """Return the marks of each place that a seat knows something of; from its view alone."""
    found: dict[str, set[str]] = {}
    places = {place.id for place in exercise.county.places}
    for row in view.picture:
        place, _, what = row["fact"].partition("/")
        if place not in places:
            continue
        if what == "danger" and row["conflicts"]:
            found.setdefault(place, set()).add("doubt")
        if what == "danger" and row["value"] is True:
            found.setdefault(place, set()).add("danger")
        elif what == "hurt" and type(row["value"]) is int and row["value"] > 0:
            found.setdefault(place, set()).add("hurt")
        elif what == "ordered" and row["value"] in ("shelter", "evacuate"):
            found.setdefault(place, set()).add(str(row["value"]))
    for task in view.tasks:
        if task["kind"] == "cordon" and task["at"] in places and task["status"] in ("working", "done"):
            found.setdefault(task["at"], set()).add("cordon")
    for unit in view.units:
        if unit["place"] in places and unit["status"] != "idle":
            found.setdefault(unit["place"], set()).add("unit")
    return {place: "".join(sign for name, sign in HEADS.items() if name in marks) for place, marks in found.items()}


def worth_drawing(places: Iterable[Place], marks: Mapping[str, str]) -> list[Place]:
    """Return the places that are shown: all of a small county; else the marked, what lies near them, and the towns."""
    known = list(places)
    marked = [place for place in known if marks.get(place.id)]

    def rank(place: Place) -> tuple[bool, int, int, str]:
        """Marked places, then the nearest to any of them, in km; where none is marked, the most peopled."""
        apart = (math.dist((place.x_km, place.y_km), (one.x_km, one.y_km)) for one in marked)
        return not marks.get(place.id), round(min(apart, default=0.0)), -place.people, place.id

    ranked = sorted(known, key=rank)
    most = len(known) if len(known) <= len(LABELS) else max(MOST_OF_A_LARGE_COUNTY, len(marked))
    return ranked[: min(most, len(LABELS))]


def spots(places: Iterable[Place], columns: int, rows: int) -> dict[str, Spot]:
    """Return where each place stands; order east to west and north to south is kept, wide gaps are shortened.

    Args:
        places: The places.
        columns: Columns of the map.
        rows: Lines of the map.
    """
    known = list(places)
    across = _scale([place.x_km for place in known], columns - 1)
    down = _scale([-place.y_km for place in known], rows - 1)
    taken: dict[Spot, str] = {}
    for place in sorted(known, key=lambda one: (-one.y_km, one.x_km, one.id)):
        taken[_free(Spot(down[-place.y_km], across[place.x_km]), taken, columns, rows)] = place.id
    return {ident: spot for spot, ident in taken.items()}


def _scale(values: Iterable[float], most: int) -> dict[float, int]:
    """Return a whole number from 0 to ``most`` for each value; gaps count with their square root."""
    known = sorted(set(values))
    steps = [0.0]
    for low, high in pairwise(known):
        steps.append(steps[-1] + (high - low) ** 0.5)
    whole = steps[-1] or 1.0
    return {value: round(step / whole * max(0, most)) for value, step in zip(known, steps, strict=True)}


def _free(wanted: Spot, taken: Mapping[Spot, str], columns: int, rows: int) -> Spot:
    """Return the free spot nearest to where a place belongs; spots two columns apart leave room for marks."""
    if all(Spot(wanted.line, wanted.column + away) not in taken for away in (-1, 0, 1)):
        return wanted
    everywhere = (Spot(line, column) for line in range(rows) for column in range(columns))
    near = sorted(everywhere, key=lambda one: (3 * abs(one.line - wanted.line) + abs(one.column - wanted.column), one))
    for gap in (2, 1):
        for spot in near:
            if all(Spot(spot.line, spot.column + away) not in taken for away in range(1 - gap, gap)):
                return spot
    return wanted


def text_map(view: View, names: Names, columns: int) -> list[str]:
    """Return the map of a county with what a seat knows, and the legend.

    A place stands as a letter with its marks, and with its name where there is room; the others are listed below.
    """
    county, lang = names.exercise.county, names.lang
    inner = columns - 4
    marks = marks_of(view, names.exercise)
    where = spots(worth_drawing(county.places, marks), inner - 4, ROWS)
    order = sorted(where, key=lambda ident: where[ident])
    labels = dict(zip(order, LABELS, strict=False))
    grid = [[" "] * inner for _ in range(ROWS)]
    for ident in order:
        _write(grid, where[ident], labels[ident])
    drawn = {ident for ident in order if _put_if_free(grid, where[ident], marks.get(ident, ""))}
    named = {
        ident
        for ident in sorted(order, key=lambda ident: (ident not in marks, order.index(ident)))
        if _put_name(grid, where[ident], names.thing(ident), len(marks[ident]) if ident in drawn else 0)
    }
    frame = "+" + "-" * (columns - 2) + "+"
    lines: list[str] = [heading(say("map", lang), columns), frame]
    lines += [f"| {pad(''.join(row), inner)} |" for row in grid]
    lines.append(frame)
    rest = [ident for ident in order if ident not in named or (ident in marks and ident not in drawn)]
    told = [f"{labels[ident]} {names.thing(ident)} {marks.get(ident, '')}".rstrip() for ident in rest]
    return [*lines, *side_by_side(told, columns), *wrap(f"  {say('map_key', lang)}", columns, "  ")]


def _write(grid: list[list[str]], spot: Spot, text: str) -> None:
    column = spot.column
    for one in text:
        grid[spot.line][column] = one
        for hidden in range(1, width(one)):
            grid[spot.line][column + hidden] = ""
        column += width(one)


def _put_if_free(grid: list[list[str]], spot: Spot, text: str, *, gap: int = 0) -> bool:
    """Write a text behind a place's letter if nothing is in the way; return whether it was."""
    start = spot.column + 1
    end = start + width(text)
    if not text or end > len(grid[0]) or any(one != " " for one in grid[spot.line][start : end + gap]):
        return False
    _write(grid, Spot(spot.line, start), text)
    return True


def _put_name(grid: list[list[str]], spot: Spot, name: str, marks: int) -> bool:
    """Write a place's name behind its letter and marks, else before its letter; return whether there was room."""
    if _put_if_free(grid, Spot(spot.line, spot.column + marks), f" {name}", gap=1):
        return True
    start = spot.column - width(name) - 2
    if start < 0 or any(one != " " for one in grid[spot.line][start : spot.column]):
        return False
    _write(grid, Spot(spot.line, start + 1), f"{name} ")
    return True
