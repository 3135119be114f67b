"""What stands beside a map: moment, wind, facts in figures, the whole county in small, scale, and the key of signs."""

from __future__ import annotations

import math
from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.patches import Circle, Rectangle

from sim.show import map_layers as layers
from sim.show import map_signs as signs
from sim.show import style
from sim.show.fonts import shortened, width_in
from sim.show.map_frame import Area, Sheet, scale_bar_km
from sim.show.map_layers import Canvas
from sim.show.map_situation import Situation
from sim.show.names import SEATS, Names
from sim.spec.county import County

SECTORS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
ROW_IN = 0.196
"""Height of a row of facts or of the key, in inches."""
Entry = tuple[Callable[[Axes, float, float], object], str]
"""How a sign is drawn, and what it means."""


def moment(axes: Axes, x: float, y: float, now: Situation, names: Names) -> None:
    """Draw the time of a map in large letters."""
    text = names.moment(now.at_s)
    axes.text(x, y, text, fontsize=22, va="center_baseline")
    local = names.word("map_local", time=names.local(now.at_s))
    axes.text(x, y - 0.34, local, fontsize=style.LARGE, va="center_baseline", color=style.SOFT)


def compass(axes: Axes, x: float, y: float, now: Situation, names: Names) -> None:
    """Draw the wind and where north is, in a circle around a point."""
    axes.add_patch(Circle((x, y), 0.235, facecolor=style.BAND, edgecolor=style.SOFT, linewidth=0.8, zorder=5))
    axes.text(x, y + 0.315, "N", fontsize=style.SMALL, ha="center", va="center_baseline", color=style.SOFT)
    axes.plot([x, x], [y + 0.235, y + 0.185], color=style.SOFT, linewidth=1.4, zorder=5.1)
    if now.toward_deg is None:
        text = names.word("map_wind_none")
    else:
        turn = math.radians(now.toward_deg)
        east, north = 0.21 * math.sin(turn), 0.21 * math.cos(turn)
        signs.wind(axes, x - east, y - north, 2 * east, 2 * north, 15)
        text = names.word("map_wind", to=names.value(SECTORS[round(now.toward_deg / 45) % 8]))
    axes.text(x - 0.34, y, text, fontsize=style.NORMAL, ha="right", va="center_baseline")


def facts_of(now: Situation, names: Names) -> list[tuple[str, str]]:
    """Return the figures beside a map: what each is of, and how many."""
    word = names.word

    def people(count: int) -> str:
        return word("map_people", n=f"{count:,}")

    treated = f"{sum(now.treated.values()):,} ({sum(now.queued.values()):,})"
    rows = [
        ("map_exposed", people(now.exposed)),
        ("map_away", people(sum(now.away.values()))),
        ("map_sealed", people(sum(now.sealed.values()))),
        ("map_lying", people(sum(now.lying.values()))),
        ("map_carried", people(now.carried)),
        ("map_treated", treated),
        ("map_died", people(now.died)),
        ("map_level", word("map_level_none") if now.level is None else word("map_level_is", level=now.level)),
    ]
    if now.down:
        rows.append(("map_down", str(len(now.down))))
    return [(names.capital(word(key)), value) for key, value in rows]


def facts(axes: Axes, x: float, top: float, wide: float, now: Situation, names: Names) -> float:
    """Draw the figures beside a map; returns where they end."""
    going_on = [name for name, runs in now.hazards.items() if runs]
    key = "map_going_on" if going_on else "map_over" if now.hazards else "map_not_yet"
    color = style.BAD if going_on else style.GOOD
    y = top - ROW_IN / 2
    axes.add_patch(Rectangle((x, y - 0.105), wide, 0.21, facecolor=color, edgecolor="none"))
    where = names.things(going_on or list(now.hazards))
    text = names.capital(names.word(key)) + (
        f": {where}" if where and names.lang == "en" else f"：{where}" if where else ""
    )
    text = shortened(text, style.NORMAL, wide - 0.16)
    axes.text(x + 0.08, y, text, fontsize=style.NORMAL, color=style.PAPER, va="center_baseline")
    y -= 0.04
    rows = facts_of(now, names)
    tall = (len(rows) + 1) // 2
    for number, (name, value) in enumerate(rows):
        left, row = x + (wide / 2 + 0.03) * (number // tall), y - ROW_IN * (number % tall + 1)
        axes.text(left + 0.06, row, name, fontsize=style.NORMAL, va="center_baseline", color=style.SOFT)
        axes.text(left + wide / 2 - 0.09, row, value, fontsize=style.NORMAL, va="center_baseline", ha="right")
    return y - ROW_IN * (tall + 0.5)


def small_county(on: Canvas, county: County, now: Situation, shown: Area) -> None:
    """Draw the whole county in small, with what is shown at large in a frame."""
    layers.roads(on, county, 0.45)
    for place in county.places:
        x, y = on.at(place)
        if place.id in now.danger:
            on.axes.add_patch(Circle((x, y), 0.05, facecolor=signs.DANGER, edgecolor="none", zorder=3))
        if place.kind in ("town", "township_seat", "hospital"):
            signs.place(on.axes, x, y, place.kind, 0.5)
    for unit in now.units:
        x, y = on.sheet.at(unit.at)
        if unit.busy:
            signs.unit(on.axes, x, y, unit.department, size=3.6)
    (west, south), (east, north) = on.sheet.at((shown.west, shown.south)), on.sheet.at((shown.east, shown.north))
    frame = Rectangle(
        (west, south), east - west, north - south, fill=False, edgecolor=style.INK, linewidth=1.3, zorder=12
    )
    on.axes.add_patch(frame)
    frame.set_clip_path(on.clip)


def scale_bar(axes: Axes, x: float, y: float, sheet: Sheet, names: Names) -> None:
    """Draw the scale bar of a map."""
    km = scale_bar_km(sheet.scale, 1.7)
    wide = km * sheet.scale
    for part in range(4):
        face = style.INK if part % 2 == 0 else style.PAPER
        left = x + wide * part / 4
        axes.add_patch(Rectangle((left, y - 0.03), wide / 4, 0.06, facecolor=face, edgecolor=style.INK, linewidth=0.8))
    text = names.word("map_km", n=f"{km:g}") if km >= 1 else names.word("map_m", n=f"{km * 1000:g}")
    axes.text(x + wide + 0.1, y, text, fontsize=style.NORMAL, va="center_baseline")


def entries(county: County, now: Situation, shown: list[str], names: Names) -> list[Entry]:
    """Return the key of a map: only signs that it has, and kinds of place that it shows."""
    word = names.word
    places = {place.id: place for place in county.places}
    found: list[Entry] = []

    def add(there: object, draw: Callable[[Axes, float, float], object], key: str) -> None:
        if there:
            found.append((draw, word(key)))

    going_on = any(now.hazards.values()) or not now.hazards
    add(now.hazards, lambda a, x, y: signs.hazard(a, x, y, going_on=going_on, size=12), "map_key_hazard")
    add(now.danger, lambda a, x, y: signs.danger(a, x, y, 0.085), "map_key_danger")
    for by in ("shelter", "evacuate"):
        add(by in now.orders.values(), _ring(by), f"map_key_{by}")
    add(now.protected, lambda a, x, y: signs.protected(a, x - 0.07, y - 0.07, 0.1), "map_key_protected")
    add(now.away, lambda a, x, y: signs.moving(a, (x - 0.3, y), (x + 0.22, y)), "map_key_moving")
    add(now.closed, signs.closed, "map_key_closed")
    add(now.directed, lambda a, x, y: signs.directed(a, x, y - 0.19), "map_key_directed")
    add(now.blocked or now.blocked_roads, signs.blocked, "map_key_blocked")
    add(now.cordon, _cordon, "map_key_cordon")
    add(now.post, lambda a, x, y: signs.post(a, x - 0.06, y - 0.08, 0.17), "map_key_post")
    add(now.down, signs.down, "map_key_down")
    add(now.lying, lambda a, x, y: signs.hurt(a, x, y, "n"), "map_key_hurt")
    add(any(unit.path for unit in now.units), _trip, "map_key_trip")
    add(any(unit.hurt for unit in now.units), _crew_hurt, "map_key_crew_hurt")
    departments = dict.fromkeys(unit.department for unit in now.units)
    for seat in SEATS:
        if seat in departments:
            found.append((_unit(seat), names.thing(seat)))
    kinds = [places[name].kind for name in shown if name not in now.hazards]
    groups = dict.fromkeys(signs.GROUP_OF.get(kind, "village") for kind in kinds)
    found += [(_place(signs.GROUPS[one][0]), word(f"map_group_{one}")) for one in signs.GROUPS if one in groups]
    classes = dict.fromkeys(road.road_class for road in county.roads)
    add(classes, lambda a, x, y: _roads(a, x, y, list(classes)), "map_key_roads")
    return found


def _ring(by: str) -> Callable[[Axes, float, float], object]:
    return lambda axes, x, y: signs.order(axes, x, y, 0.075, by)


def _unit(department: str) -> Callable[[Axes, float, float], object]:
    def draw(axes: Axes, x: float, y: float) -> None:
        signs.unit(axes, x - 0.075, y, department, size=7.6)
        signs.unit(axes, x + 0.075, y, department, busy=False, size=7.6)

    return draw


def _place(kind: str) -> Callable[[Axes, float, float], object]:
    return lambda axes, x, y: signs.place(axes, x, y, kind)


def _crew_hurt(axes: Axes, x: float, y: float) -> None:
    signs.unit(axes, x, y, "emergency", busy=False, size=7.6)
    signs.crew_hurt(axes, x, y)


def _trip(axes: Axes, x: float, y: float) -> None:
    signs.unit(axes, x - 0.1, y, "police", size=6.4)
    signs.trip(axes, (x - 0.1, y), (x + 0.17, y), style.organization_color("police"))


def _cordon(axes: Axes, x: float, y: float) -> None:
    signs.cordon(axes, [(x - 0.15, y - 0.055), (x + 0.15, y - 0.055), (x + 0.15, y + 0.055), (x - 0.15, y + 0.055)])


def _roads(axes: Axes, x: float, y: float, classes: list[str]) -> None:
    order = ("expressway", "national", "provincial", "county", "village", "street")
    known = [one for one in order if one in classes]
    for number, road_class in enumerate(known):
        at = y + 0.07 - 0.14 * (number + 0.5) / len(known)
        signs.road(axes, [(x - 0.15, at), (x + 0.15, at)], road_class, 0.8)


def key(axes: Axes, x: float, top: float, wide: float, low: float, listed: list[Entry], names: Names) -> None:
    """Draw the key of signs in two columns between two heights; rows come closer where there are many."""
    title = names.capital(names.word("map_key"))
    hint = names.word("map_key_units")
    axes.text(x, top - 0.1, title, fontsize=style.LARGE, va="center_baseline")
    axes.text(x + wide, top - 0.1, hint, fontsize=style.SMALL, va="center_baseline", ha="right", color=style.SOFT)
    axes.hlines([top - 0.21], x, x + wide, color=style.LINE, linewidth=0.8)
    rows = math.ceil(len(listed) / 2)
    tall = min(0.235, (top - 0.24 - low) / max(1, rows))
    for number, (draw, text) in enumerate(listed):
        left = x + wide / 2 * (number // rows)
        y = top - 0.24 - tall * (number % rows + 0.5)
        draw(axes, left + 0.18, y)
        room = wide / 2 - 0.42
        size = max(6.4, min(style.SMALL, style.SMALL * room / max(room, width_in(text, style.SMALL))))
        axes.text(left + 0.38, y, shortened(text, size, room + 0.01), fontsize=size, va="center_baseline")
