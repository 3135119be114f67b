"""What stands beside the places of a map: names, units, and what happened there."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sim.show import map_signs as signs
from sim.show import style
from sim.show.fonts import width_in
from sim.show.map_labels import Box, Wanted, nearest, placed
from sim.show.map_layers import Canvas
from sim.show.map_situation import Situation
from sim.show.names import SEATS, Names
from sim.spec.county import Place

ROW_IN = 0.165
"""Height of a row of a label, in inches."""
CHIP_IN = 0.17
CROWDED = 14
"""With more places at which something happens than this, only signs say what, and some names are left out. A guess."""
_NAME, _LINE = 9.0, 7.8
"""Sizes of the letters of names and of what stands below them, in points."""


class Chip(NamedTuple):
    """Units of a department in one state at a place."""

    department: str
    state: str
    units: int

    @property
    def wide(self) -> float:
        """Width in inches."""
        return CHIP_IN + (width_in(str(self.units), _LINE) + 0.03 if self.units > 1 else 0.0)


class Label(NamedTuple):
    """What stands beside a place.

    Attributes:
        far: How far away it may stand; see :class:`sim.show.map_labels.Wanted`.
        must: Whether it is put somewhere even if nothing is free.
        plain: Whether nothing happens there.
    """

    place: Place
    name: str
    chips: tuple[Chip, ...]
    lines: tuple[str, ...]
    far: int
    must: bool
    plain: bool

    @property
    def wide(self) -> float:
        """Width in inches."""
        rows = [width_in(self.name, _NAME), sum(chip.wide for chip in self.chips)]
        return max(*rows, *(width_in(line, _LINE) for line in self.lines)) + 0.04

    @property
    def tall(self) -> float:
        """Height in inches."""
        return ROW_IN * (1 + bool(self.chips) + len(self.lines)) + 0.02


def chips_of(now: Situation) -> dict[str, tuple[Chip, ...]]:
    """Return the units that stand at each place, by department and state: ``busy``, ``idle`` or ``hurt``."""
    counts: dict[str, dict[tuple[str, str], int]] = {}
    for unit in now.units:
        if unit.place:
            state = "hurt" if unit.hurt else "busy" if unit.busy else "idle"
            known = counts.setdefault(unit.place, {})
            known[unit.department, state] = known.get((unit.department, state), 0) + 1
    order = {seat: number for number, seat in enumerate(SEATS)}
    return {
        place: tuple(
            Chip(*key, count)
            for key, count in sorted(known.items(), key=lambda one: (one[0][1], order.get(one[0][0], 99), one[0]))
        )
        for place, known in counts.items()
    }


def lines_of(place: Place, now: Situation, names: Names) -> tuple[str, ...]:
    """Return what happened at a place, each thing on a line of its own."""
    ident, word = place.id, names.word
    found = []
    for one in now.danger.get(ident, ()):
        found.append(word("map_in_danger") if one.level is None else f"{number(one.level)}{_unit(one.of, names)}")
    done = [word("map_at_away", n=now.away[ident])] if ident in now.away else []
    done += [word("map_at_sealed", n=now.sealed[ident])] if ident in now.sealed else []
    if ident in now.orders:
        found.append(word(f"map_order_{now.orders[ident]}"))
    if done:
        found.append((" · " if names.lang == "en" else "，").join(done))
    if ident in now.queued:
        found.append(word("map_at_queue", n=now.treated.get(ident, 0), m=now.queued[ident]))
    elif ident in now.treated:
        found.append(word("map_at_hospital", n=now.treated[ident]))
    if ident == now.post:
        found.append(word("map_at_post"))
    down = [one.id for one in names.exercise.county.lifelines if one.at == ident and one.id in now.down]
    if down:
        found.append(word("map_at_down", what=names.things(down)))
    return tuple(dict.fromkeys(found))


def number(level: float) -> str:
    """Return a strength with two or three digits that count."""
    return f"{level:,.0f}" if level >= 10 else f"{level:.1f}"


def _unit(of: str, names: Names) -> str:
    """Return the unit of a danger, by the kind of the hazard with that subject, else of the main one."""
    scenario = names.exercise.scenario
    hazards = [scenario.hazard, *getattr(scenario, "secondary", ())]
    hazard = next((one for one in hazards if getattr(one, "own", "") == of), hazards[0])
    return names.coded("map_unit", hazard.kind) if f"map_unit_{hazard.kind}" in _UNITS else ""


_UNITS = ("map_unit_toxic_release", "map_unit_fire", "map_unit_flood", "map_unit_crowd")


def labels(shown: Mapping[str, Box], now: Situation, names: Names) -> list[Label]:
    """Return the labels of the places that are drawn, the most important first."""
    chips = chips_of(now)
    known = [place for place in names.exercise.county.places if place.id in shown]
    told = {place.id: lines_of(place, now, names) for place in known}
    crowded = sum(map(bool, told.values())) > CROWDED
    found = []
    for place in known:
        here, main = chips.get(place.id, ()), place.id in now.hazards or place.id == now.post
        at_work = place.id in now.closed or any(one.state != "idle" for one in here)
        matters = bool(told[place.id]) or at_work or main
        far = 7 if main or (matters and not crowded) else 4 if matters else 2
        lines = told[place.id] if main or not crowded else ()
        must = main or (matters and not crowded)
        found.append(Label(place, names.thing(place.id), here, lines, far, must, not matters))
    return sorted(found, key=lambda one: (not one.must, one.plain, -one.place.people, not one.chips, one.place.id))


def draw_labels(
    on: Canvas, wanted: Sequence[Label], taken: Mapping[str, Box], rings: Mapping[str, float], also: Sequence[Box]
) -> None:
    """Draw the labels where there is room; those of places where nothing happens are left out where there is none.

    Args:
        on: Where.
        wanted: The labels, the most important first.
        taken: Room that the sign of each place takes.
        rings: Radius of what is drawn around a place, in inches.
        also: Room that other signs take.
    """
    sheet = on.sheet
    page = Box(sheet.x + 0.04, sheet.y + 0.04, sheet.x + sheet.wide - 0.04, sheet.y + sheet.tall - 0.04)
    asked = []
    for one in wanted:
        x, y = on.at(one.place)
        gap = max(taken[one.place.id].right - x, 0.08, rings.get(one.place.id, 0.0)) + 0.04
        asked.append(Wanted(one.place.id, x, y, gap, one.wide, one.tall, one.far, one.must))
    around = [_square(on.at(one.place), 0.92 * rings[one.place.id]) for one in wanted if one.place.id in rings]
    boxes = placed(asked, page, [*taken.values(), *also, *around])
    for one in wanted:
        if one.place.id in boxes:
            _draw(on, one, boxes[one.place.id], rings.get(one.place.id, 0.0))


def _square(at: tuple[float, float], half: float) -> Box:
    return Box(at[0] - half, at[1] - half, at[0] + half, at[1] + half)


def _draw(on: Canvas, label: Label, box: Box, ring: float) -> None:
    axes, (x, y) = on.axes, on.at(label.place)
    near = nearest(box, x, y)
    if math.dist(near, (x, y)) > ring + 0.16:
        axes.plot([x, near[0]], [y, near[1]], color=style.SOFT, linewidth=0.7, zorder=8.8)
    axes.fill(
        [box.left, box.right, box.right, box.left],
        [box.low, box.low, box.high, box.high],
        color=style.PAPER,
        alpha=0.5 if label.plain else 0.78,
        linewidth=0,
        zorder=9,
    )
    side = "left" if box.left >= x - 0.02 else "right" if box.right <= x + 0.02 else "center"
    edge = {"left": box.left + 0.02, "right": box.right - 0.02, "center": (box.left + box.right) / 2}[side]
    row = box.high - 0.01 - ROW_IN / 2
    color = style.SOFT if label.plain else style.INK
    axes.text(edge, row, label.name, ha=side, va="center_baseline", fontsize=_NAME, color=color, zorder=10)
    if label.chips:
        row -= ROW_IN
        wide = sum(chip.wide for chip in label.chips)
        left = {"left": edge, "right": edge - wide, "center": edge - wide / 2}[side]
        for chip in label.chips:
            _chip(on, chip, left, row)
            left += chip.wide
    for line in label.lines:
        row -= ROW_IN
        axes.text(edge, row, line, ha=side, va="center_baseline", fontsize=_LINE, color=style.INK, zorder=10)


def _chip(on: Canvas, chip: Chip, left: float, y: float) -> None:
    x = left + 0.075
    signs.unit(on.axes, x, y, chip.department, busy=chip.state == "busy", size=7.6)
    if chip.state == "hurt":
        signs.crew_hurt(on.axes, x, y)
    if chip.units > 1:
        color = style.organization_color(chip.department)
        size = _LINE
        on.axes.text(left + 0.155, y, str(chip.units), va="center_baseline", fontsize=size, color=color, zorder=10)
