"""A map of the county at a moment of a run: hazard, people, closures and units, from the record alone."""

from __future__ import annotations

from matplotlib.figure import Figure

from sim.record.folder import RunRecord
from sim.show import map_key as beside
from sim.show import map_layers as layers
from sim.show import map_signs as signs
from sim.show import style
from sim.show.fonts import shortened
from sim.show.map_frame import Area, Zoom, area_of, around, sheet, whole_county
from sim.show.map_labels import Box
from sim.show.map_layers import Canvas
from sim.show.map_names import draw_labels, labels
from sim.show.map_situation import Situation
from sim.show.map_state import key_times, situation_at
from sim.show.names import Names

__all__ = ["HEIGHT_IN", "county_map", "key_times", "map_png", "map_svg"]

HEIGHT_IN = 6.9
"""Height of the figure in inches."""
_LEFT, _LOW, _WIDE, _TALL = 0.14, 0.5, 8.2, 5.86
_SIDE, _SIDE_WIDE = 8.5, 3.36


def county_map(record: RunRecord, names: Names, at_s: int, zoom: Zoom = "auto") -> Figure:
    """Return the map of the county at a moment.

    Args:
        record: The run.
        names: Names in the reader's language.
        at_s: The moment, in seconds since the exercise began.
        zoom: ``site`` shows what happened in the run and its surroundings, ``county`` the whole county, ``auto`` the
            site unless it is most of the county.
    """
    now, area = situation_at(record, at_s), area_of(record, zoom)
    figure = style.new_figure(HEIGHT_IN)
    axes = style.sheet(figure)
    axes.set_xlim(0, style.WIDTH_IN)
    axes.set_ylim(0, HEIGHT_IN)
    axes.axis("off")
    name = names.capital(names.exercise.scenario.name.in_language(names.lang))
    title = names.word("map_title", mark=names.word("mark"), name=name)
    title = shortened(title, style.TITLE, _WIDE)
    axes.text(_LEFT, HEIGHT_IN - 0.3, title, fontsize=style.TITLE, va="center_baseline")
    on = layers.canvas(axes, sheet(area, _LEFT, _LOW, _WIDE, _TALL))
    shown = _draw_map(on, record, now, names)
    note = names.word("map_note")
    axes.text(_LEFT + _WIDE, 0.25, note, fontsize=style.SMALL, ha="right", va="center_baseline", color=style.SOFT)
    beside.scale_bar(axes, _LEFT, 0.25, on.sheet, names)
    _draw_side(on, record, now, shown, area, names)
    return figure


def _draw_map(on: Canvas, record: RunRecord, now: Situation, names: Names) -> list[str]:
    """Draw the map itself; returns the places that it shows."""
    county = record.exercise.county
    layers.settled(on, county)
    layers.roads(on, county)
    rings = layers.danger(on, county, now)
    layers.moves(on, county, now, record.exercise.scenario.population.assembly)
    layers.closures(on, county, now)
    busy = [unit.place for unit in now.units if unit.place and (unit.busy or unit.hurt)]
    at_down = [one.at for one in county.lifelines if one.id in now.down]
    marked = [*now.hazards, *now.danger, *now.closed, *now.orders, *now.lying, *now.treated, now.post, *busy, *at_down]
    taken = layers.places(on, county, now, marked)
    also = [*layers.wind(on, county, now), *layers.trips(on, now), *_numbers(on, record, now, taken)]
    draw_labels(on, labels(taken, now, names), taken, rings, also)
    return list(taken)


def _numbers(on: Canvas, record: RunRecord, now: Situation, taken: dict[str, Box]) -> list[Box]:
    """Draw signs of what is at places beside them: the seriously hurt, and installations that are down."""
    found = []
    at_down = {one.at for one in record.exercise.county.lifelines if one.id in now.down}
    for place in record.exercise.county.places:
        if place.id not in taken:
            continue
        x, y = on.at(place)
        if place.id in now.lying:
            signs.hurt(on.axes, x - 0.15, y + 0.13, str(now.lying[place.id]))
            found.append(Box(x - 0.25, y + 0.03, x - 0.05, y + 0.23))
        if place.id in at_down:
            signs.down(on.axes, x - 0.15, y - 0.1)
            found.append(Box(x - 0.22, y - 0.22, x - 0.08, y + 0.02))
    return found


def _draw_side(on: Canvas, record: RunRecord, now: Situation, shown: list[str], area: Area, names: Names) -> None:
    """Draw the column beside the map, from above: moment, wind, facts, the whole county, key."""
    axes, county = on.axes, record.exercise.county
    beside.moment(axes, _SIDE, HEIGHT_IN - 0.32, now, names)
    beside.compass(axes, _SIDE + _SIDE_WIDE - 0.26, HEIGHT_IN - 0.52, now, names)
    end = beside.facts(axes, _SIDE, HEIGHT_IN - 0.92, _SIDE_WIDE, now, names)
    whole = whole_county(record)
    if area != whole:
        tall = 1.12
        frame = on.sheet.area
        both = around([(whole.west, whole.south), (whole.east, whole.north), frame[:2], frame[2:]])
        small = layers.canvas(axes, sheet(both.grown(0.02, 1), _SIDE, end - 0.06 - tall, _SIDE_WIDE, tall))
        beside.small_county(small, county, now, frame)
        text = names.word("map_inset")
        end -= tall + 0.16
        axes.text(_SIDE, end, text, fontsize=style.SMALL, va="center_baseline", color=style.SOFT)
        end -= 0.1
    listed = beside.entries(county, now, shown, names)
    beside.key(axes, _SIDE, end - 0.02, _SIDE_WIDE, 0.12, listed, names)


def map_png(record: RunRecord, at_s: int, lang: str, zoom: Zoom = "auto", dpi: int = 160) -> bytes:
    """Return the map of a moment as PNG.

    Args:
        record: The run.
        at_s: The moment, in seconds since the exercise began.
        lang: ``zh`` or ``en``.
        zoom: See :func:`county_map`.
        dpi: Dots an inch; the figure is 12 inches wide.

    Raises:
        MissingGlyph: If a character of its texts cannot be drawn.
    """
    with style.look():
        return style.to_png(county_map(record, Names(record.exercise, lang), at_s, zoom), dpi)


def map_svg(record: RunRecord, at_s: int, lang: str, zoom: Zoom = "auto") -> bytes:
    """Return the map of a moment as SVG; see :func:`map_png`.

    Raises:
        MissingGlyph: If a character of its texts cannot be drawn.
    """
    with style.look():
        return style.to_svg(county_map(record, Names(record.exercise, lang), at_s, zoom))
