"""The map shows the county as the record has it, in both languages, with nothing over anything else."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from functools import cache
from itertools import combinations
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Text as FigureText

from sim.record.events import KINDS, Event
from sim.record.folder import RunRecord
from sim.show import map_key, map_names, map_signs, map_state, style
from sim.show.map import county_map, map_svg
from sim.show.map_frame import LEAST_KM, Area, area_of, around, scale_bar_km, sheet, whole_county
from sim.show.map_labels import Box, Wanted, placed
from sim.show.map_layers import around as hull
from sim.show.map_situation import Situation, UnitAt
from sim.show.map_state import key_times, situation_at
from sim.show.names import SEATS, Names
from sim.show.words import WORDS
from sim.spec.county import DEPARTMENTS
from sim.spec.load import load
from sim.spec.places import PlaceKind
from sim.spec.roads import ROAD_CLASSES

EXERCISE = load("chlorine-leak")
COUNTY = EXERCISE.county
SITE = EXERCISE.scenario.hazard.site
HOUR = 3600
PLACES = {place.id: (place.x_km, place.y_km) for place in COUNTY.places}
VILLAGE, OTHER = [place.id for place in COUNTY.places if place.people and place.kind == "village"][:2]
HOSPITAL = next(place.id for place in COUNTY.places if place.kind == "hospital")
UNIT = next(unit for unit in COUNTY.units if unit.department == "emergency")
POLICE = next(unit for unit in COUNTY.units if unit.department == "police")
ROAD = COUNTY.roads[0].ends

Row = tuple[int, str, str, dict[str, Any]]


def made(*rows: Row, end_s: int = 2 * HOUR) -> RunRecord:
    """Return a record of rows (at_s, kind, subject, data), put in the order of time."""
    known: list[Row] = [(0, "run.started", "", {}), *sorted(rows, key=lambda row: row[0]), (end_s, "run.ended", "", {})]
    events = [Event(seq, at, kind, "", subject, None, (), data) for seq, (at, kind, subject, data) in enumerate(known)]
    return RunRecord(EXERCISE, {}, events, [])


EVERYTHING: tuple[Row, ...] = (
    (0, "hazard.started", SITE, {"of": "leak"}),
    (60, "danger.reached", SITE, {"of": "leak", "level_milli": 9_152_622}),
    (300, "danger.reached", VILLAGE, {"of": "leak", "level_milli": 93_557}),
    (400, "patient.hurt", f"{VILLAGE}/p1", {"place": VILLAGE, "severity": "serious"}),
    (410, "patient.hurt", f"{VILLAGE}/p2", {"place": VILLAGE, "severity": "serious"}),
    (420, "patient.hurt", f"{VILLAGE}/p3", {"place": VILLAGE, "severity": "serious"}),
    (500, "unit.left", UNIT.id, {"to": VILLAGE, "task": "t", "arrives_s": 900}),
    (600, "protect.ordered", VILLAGE, {"place": VILLAGE, "by": "evacuate"}),
    (600, "protect.ordered", OTHER, {"place": OTHER, "by": "shelter"}),
    (700, "people.moved", VILLAGE, {"into": "outside", "out_of": "indoors", "people": 400}),
    (800, "people.moved", VILLAGE, {"into": "away", "out_of": "outside", "people": 300}),
    (800, "people.moved", OTHER, {"into": "sealed", "out_of": "indoors", "people": 500}),
    (850, "people.protected", OTHER, {}),
    (900, "unit.arrived", UNIT.id, {"place": VILLAGE, "task": "t"}),
    (950, "patient.loaded", f"{VILLAGE}/p1", {"unit": "a"}),
    (1000, "road.closed", SITE, {}),
    (1000, "road.closed", OTHER, {}),
    (1000, "truth.changed", "cordon/closed", {"value": True}),
    (1050, "traffic.directed", VILLAGE, {"unit": POLICE.id}),
    (1100, "road.blocked", ">".join(ROAD), {}),
    (1100, "lifeline.failed", COUNTY.lifelines[0].id, {}),
    (1200, "post.set_up", "order", {"at": EXERCISE.scenario.population.assembly}),
    (1250, "level.activated", "order", {"level": 3}),
    (1300, "patient.waiting", f"{VILLAGE}/p1", {"hospital": HOSPITAL}),
    (1400, "patient.admitted", f"{VILLAGE}/p1", {"hospital": HOSPITAL}),
    (1450, "patient.died", f"{VILLAGE}/p2", {"where": "none"}),
    (1500, "weather.turned", "wind", {"toward_deg": 126}),
    (1600, "unit.left", POLICE.id, {"to": OTHER, "task": "u", "arrives_s": 2400}),
    (5000, "hazard.stopped", SITE, {"of": "leak", "by": "plug"}),
    (5600, "danger.left", VILLAGE, {"of": "leak"}),
    (5650, "traffic.left", VILLAGE, {"unit": POLICE.id}),
    (5700, "road.cleared", ">".join(ROAD), {}),
    (5800, "lifeline.restored", COUNTY.lifelines[0].id, {}),
)
RECORD = made(*EVERYTHING)


def unit_at(now: Situation, ident: str) -> UnitAt:
    return next(unit for unit in now.units if unit.unit == ident)


@cache
def drawn(at_s: int, lang: str, zoom: Any = "auto") -> Figure:
    with style.look():
        figure = county_map(RECORD, Names(EXERCISE, lang), at_s, zoom)
        figure.draw_without_rendering()
    return figure


def texts(figure: Figure) -> list[FigureText]:
    return [one for one in figure.findobj(FigureText) if one.get_visible() and one.get_text().strip()]


def written(at_s: int, lang: str) -> set[str]:
    return {one.get_text() for one in texts(drawn(at_s, lang))}


def key_of(record: RunRecord, at_s: int) -> set[str]:
    shown = [place.id for place in COUNTY.places]
    return {text for _, text in map_key.entries(COUNTY, situation_at(record, at_s), shown, Names(EXERCISE, "en"))}


def test_the_situation_is_what_the_events_say() -> None:
    now = situation_at(RECORD, 1700)
    assert now.hazards == {SITE: True}
    assert {place: [(one.of, one.level) for one in dangers] for place, dangers in now.danger.items()} == {
        SITE: [("leak", 9152.622)],
        VILLAGE: [("leak", 93.557)],
    }
    assert (now.closed, now.blocked, now.blocked_roads) == ((SITE, OTHER), (), (tuple(sorted(ROAD)),))
    assert (now.cordon, now.post, now.level) == (True, EXERCISE.scenario.population.assembly, 3)
    assert now.directed == (VILLAGE,)
    assert now.orders == {VILLAGE: "evacuate", OTHER: "shelter"}
    assert (now.protected, now.away, now.sealed) == ((OTHER,), {VILLAGE: 300}, {OTHER: 500})
    assert (now.lying, now.carried, now.queued, now.treated, now.died) == ({VILLAGE: 1}, 0, {}, {HOSPITAL: 1}, 1)
    assert (now.down, now.toward_deg) == ((COUNTY.lifelines[0].id,), 126)
    assert now.exposed == next(place.people for place in COUNTY.places if place.id == VILLAGE) - 300


def test_what_ends_is_gone() -> None:
    now = situation_at(RECORD, 6000)
    assert now.hazards == {SITE: False}
    assert list(now.danger) == [SITE]
    assert (now.blocked_roads, now.down, now.directed) == ((), (), ())


def test_before_anything_happens_the_wind_is_the_scenario_s_and_units_are_at_their_bases() -> None:
    now = situation_at(made((10, "hazard.started", SITE, {})), 5)
    assert not now.hazards and not now.danger and now.level is None
    assert now.toward_deg == getattr(EXERCISE.scenario.hazard, "wind_toward_deg", None)
    assert {unit.unit: unit.place for unit in now.units} == {unit.id: unit.base for unit in COUNTY.units}


@given(st.integers(500, 899))
@settings(max_examples=40, deadline=None)
def test_a_unit_on_its_way_is_on_the_line_in_proportion_to_the_time(at_s: int) -> None:
    unit = unit_at(situation_at(RECORD, at_s), UNIT.id)
    start, end = PLACES[UNIT.base], PLACES[VILLAGE]
    share = (at_s - 500) / 400
    assert unit.path == (start, end) and unit.busy and not unit.place
    for axis in (0, 1):
        assert unit.at[axis] == pytest.approx(start[axis] + share * (end[axis] - start[axis]))


def test_a_unit_that_is_late_waits_at_the_end_of_the_line_and_then_is_there() -> None:
    late = made((0, "unit.left", UNIT.id, {"to": VILLAGE, "arrives_s": 100}))
    assert unit_at(situation_at(late, 500), UNIT.id).at == pytest.approx(PLACES[VILLAGE])
    there = unit_at(situation_at(RECORD, 900), UNIT.id)
    assert (there.place, there.path, there.at) == (VILLAGE, None, PLACES[VILLAGE])


def test_a_crew_that_is_hurt_stays_and_is_marked() -> None:
    hurt = made(
        (0, "unit.left", UNIT.id, {"to": VILLAGE, "arrives_s": 100}), (50, "unit.hurt", UNIT.id, {"place": OTHER})
    )
    unit = unit_at(situation_at(hurt, 60), UNIT.id)
    assert (unit.place, unit.path, unit.hurt, unit.busy) == (OTHER, None, True, False)


@given(st.integers(0, 2 * HOUR))
@settings(max_examples=40, deadline=None)
def test_nobody_who_is_seriously_hurt_is_lost(at_s: int) -> None:
    now = situation_at(RECORD, at_s)
    hurt = sum(event.kind == "patient.hurt" and event.at_s <= at_s for event in RECORD.events)
    parts = sum(now.lying.values()), sum(now.treated.values()), sum(now.queued.values()), now.carried, now.died
    assert sum(parts) == hurt


@pytest.mark.parametrize(
    ("data", "level"),
    [({"of": "x", "level_milli": 1500}, 1.5), ({"of": "x", "level": 7}, 7), ({"ug_m3": 2000}, 2.0), ({}, None)],
)
def test_strengths_are_read_in_their_own_unit(data: dict[str, Any], level: float | None) -> None:
    (one,) = situation_at(made((0, "danger.reached", VILLAGE, data)), 0).danger[VILLAGE]
    assert one.level == level
    left = made((0, "danger.reached", VILLAGE, data), (1, "danger.left", VILLAGE, {}))
    assert not situation_at(left, 1).danger


def test_two_dangers_at_a_place_end_one_by_one() -> None:
    record = made(
        (0, "danger.reached", VILLAGE, {"of": "flood", "level_milli": 900}),
        (0, "danger.reached", VILLAGE, {"of": "fire", "level_milli": 10}),
        (9, "danger.left", VILLAGE, {"of": "flood"}),
    )
    assert [one.of for one in situation_at(record, 0).danger[VILLAGE]] == ["flood", "fire"]
    assert [one.of for one in situation_at(record, 9).danger[VILLAGE]] == ["fire"]


def test_key_times_are_the_start_of_danger_the_worst_and_the_end() -> None:
    assert key_times(RECORD) == (60, 420, 2 * HOUR)
    assert key_times(made((30, "hazard.started", SITE, {}))) == (30, 30, 2 * HOUR)
    assert key_times(made()) == (0, 0, 2 * HOUR)
    exposed = made((40, "danger.reached", VILLAGE, {}), (90, "danger.reached", OTHER, {}))
    assert key_times(exposed) == (40, 90, 2 * HOUR)


def test_every_kind_of_event_that_changes_a_map_exists() -> None:
    assert set(map_state._HANDLE) <= set(KINDS)


def test_the_map_frames_what_happened_and_the_county_holds_it() -> None:
    whole, site = area_of(RECORD, "county"), area_of(RECORD, "site")
    assert whole == whole_county(RECORD) and all(whole.has(point) for point in PLACES.values())
    assert all(site.has(PLACES[name]) for name in (SITE, VILLAGE, OTHER, EXERCISE.scenario.population.assembly))
    everywhere = made(*[(0, "danger.reached", place.id, {}) for place in COUNTY.places])
    assert area_of(everywhere, "auto") == whole
    assert area_of(made(), "auto") == whole
    alone = area_of(made((0, "hazard.started", SITE, {})), "site")
    assert alone.wide == pytest.approx(LEAST_KM) and alone.has(PLACES[SITE])


coordinates = st.tuples(st.floats(-50, 50), st.floats(-50, 50))


@given(st.lists(coordinates, min_size=1, max_size=8), st.floats(1, 9), st.floats(1, 9))
@settings(max_examples=60, deadline=None)
def test_a_sheet_shows_its_area_in_one_scale(points: list[tuple[float, float]], wide: float, tall: float) -> None:
    area = around(points).grown(0.1, LEAST_KM)
    page = sheet(area, 2, 1, wide, tall)
    assert all(page.shows(point) for point in points)
    (x, y), (to_x, to_y) = page.at((area.west, area.south)), page.at((area.east, area.north))
    assert (to_x - x, to_y - y) == pytest.approx((area.wide * page.scale, area.tall * page.scale))
    assert page.area.wide >= area.wide - 1e-9 and page.area.tall >= area.tall - 1e-9


@given(st.floats(0.01, 50), st.floats(0.5, 3))
@settings(max_examples=60, deadline=None)
def test_the_scale_bar_is_round_and_fits(scale: float, room: float) -> None:
    km = scale_bar_km(scale, room)
    assert km * scale <= room * (1 + 1e-9) < 2.6 * km * scale
    assert f"{km:e}"[0] in "125" and f"{km:e}"[1:8] in (".000000", ".00000")


@given(st.lists(st.tuples(st.floats(0, 8), st.floats(0, 5), st.booleans()), max_size=25))
@settings(max_examples=40, deadline=None)
def test_labels_that_may_be_left_out_cover_nothing(spots: list[tuple[float, float, bool]]) -> None:
    page = Box(0, 0, 8, 5)
    wanted = [Wanted(str(n), x, y, 0.1, 0.9, 0.3, 4, must) for n, (x, y, must) in enumerate(spots)]
    signs = [Box(x - 0.05, y - 0.05, x + 0.05, y + 0.05) for x, y, _ in spots]
    found = placed(wanted, page, signs)
    free = [box for key, box in found.items() if not wanted[int(key)].must]
    assert all(box.inside(page) for box in found.values())
    assert all(box.overlap(sign) == 0 for box in free for sign in signs)
    assert all(one.overlap(other) == 0 for one, other in combinations(free, 2))
    assert {one.key for one in wanted if one.must} <= set(found)


@given(st.lists(coordinates, min_size=2, max_size=8))
@settings(max_examples=40, deadline=None)
def test_the_cordon_goes_around_all_that_is_closed(points: list[tuple[float, float]]) -> None:
    corners = hull(points, 0.3)
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        assert all((bx - ax) * (y - ay) - (by - ay) * (x - ax) > -1e-6 for x, y in points)


@pytest.mark.parametrize(("at_s", "zoom", "lang"), [(1700, "auto", "zh"), (1700, "auto", "en"), (6000, "county", "en")])
def test_no_two_texts_overlap_and_none_leaves_the_page(at_s: int, zoom: str, lang: str) -> None:
    figure = drawn(at_s, lang, zoom)
    page = figure.bbox
    boxes = [(one.get_text(), one.get_window_extent()) for one in texts(figure)]
    assert not [text for text, box in boxes if box.x0 < 0 or box.x1 > page.x1 or box.y0 < 0 or box.y1 > page.y1]
    assert not [
        (text, other)
        for (text, one), (other, two) in combinations(boxes, 2)
        if min(one.x1, two.x1) - max(one.x0, two.x0) > 1 and min(one.y1, two.y1) - max(one.y0, two.y0) > 3
    ]


def test_a_map_says_what_it_shows_and_is_marked_as_an_exercise() -> None:
    names = Names(EXERCISE, "en")
    said = written(1700, "en")
    assert {names.thing(SITE), names.thing(VILLAGE), "T+0:28", "9,153 mg/m³", "told to leave", "300 away"} <= said
    assert {names.thing(seat) for seat in SEATS if seat in DEPARTMENTS} <= said
    assert any(text.startswith("EXERCISE") for text in said)
    assert any(text.startswith("【演练】态势图") for text in written(1700, "zh"))


def test_the_key_lists_only_what_is_there() -> None:
    blocked, cordon = WORDS["map_key_blocked"][1], WORDS["map_key_cordon"][1]
    assert {blocked, cordon} <= key_of(RECORD, 1700)
    assert not {blocked, cordon} & key_of(RECORD, 500)
    assert {blocked, cordon} <= written(1700, "en")
    assert WORDS["map_key_hazard"][1] not in key_of(made(), 0)


def test_a_crowded_map_leaves_names_out_rather_than_covering_signs() -> None:
    everywhere = made(*[(0, "danger.reached", place.id, {"of": "x", "level": 3}) for place in COUNTY.places])
    now, names = situation_at(everywhere, 10), Names(EXERCISE, "en")
    shown = {place.id: Box(0, 0, 1, 1) for place in COUNTY.places}
    crowded = map_names.labels(shown, now, names)
    few = map_names.labels({place: shown[place] for place in (SITE, VILLAGE, OTHER)}, now, names)
    assert not any(one.lines or one.must for one in crowded)
    assert all(one.lines == ("3.0 mg/m³",) and one.must for one in few)


def test_signs_differ_in_shape_not_only_in_color() -> None:
    markers = [map_signs._UNIT_MARKERS[department] for department in DEPARTMENTS]
    assert len(set(markers)) == len(markers)
    assert set(get_args(PlaceKind)) == set(map_signs.GROUP_OF)
    looks = [map_signs._GROUP_MARKERS[group] for group in map_signs.GROUPS]
    assert len(set(looks)) == len(looks)
    assert {f"map_group_{group}" for group in map_signs.GROUPS} <= set(WORDS)
    assert set(ROAD_CLASSES) == set(map_signs._ROADS)


def test_a_map_of_any_area_can_be_compared() -> None:
    assert Area(0, 0, 2, 1).grown(0.5, 1) == Area(-1, -0.5, 3, 1.5)


@pytest.mark.slow
def test_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib, sys; from tests.show.test_map import RECORD; from sim.show.map import map_svg;"
        "sys.stdout.write(hashlib.sha256(map_svg(RECORD, 1700, 'zh')).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77"}
    other = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert other.stdout == hashlib.sha256(map_svg(RECORD, 1700, "zh")).hexdigest()
