"""Flood: rain runs off and comes down, reservoirs keep their balance, dams fail when they are overtaxed."""

import math
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.county.state import CountyState
from sim.errors import BadInput
from sim.hazards.dam import Dam
from sim.hazards.flood import FlashFlood
from sim.hazards.formulas.dam_break import arrival_s
from sim.hazards.formulas.runoff import runoff_depth_mm
from sim.hazards.river import BASE_M3_S_KM2, STEP_S, Rating, flow_of_land_m3_s, rain_by_step_mm_h
from sim.play.session import Session
from sim.spec import yamlread
from sim.spec.hazards.flood import Dam as Start
from sim.spec.hazards.flood import Flood, Rain, Reach
from sim.spec.load import build, load
from sim.spec.orders import TaskKind
from tests.engine.worlds import HOUR, of_kind, run, world_of

UPPER, LOWER = "yunyan-dam", "lanmen-dam"
STORM = (Rain(until="1h", mm_h=10), Rain(until="2h", mm_h=60), Rain(until="150min", mm_h=20))


@cache
def exercise():
    return load("flash-flood")


def written():
    """Return the hazard as its file has it."""
    return dict(yamlread.parse(exercise().sources[0].text, "flash-flood.yaml").data["hazard"])


@cache
def record(policy, seed=2):
    return Session(exercise(), seed=seed, policy=policy, audit=True).finish()


def given_dam(place=UPPER):
    return next(one for one in exercise().county.reservoirs if one.place == place)


def begun(seed=0, *, until_s=0, **hazard):
    """Return a world in which the rain has set in, and the flood."""
    spec = Flood.model_validate(written() | {"rain": STORM} | hazard)
    world = world_of(replace(exercise(), scenario=exercise().scenario.model_copy(update={"hazard": spec})), seed=seed)
    flood = FlashFlood(world, CountyState(world), spec, main=True)
    flood.start(world.log.emit("run.started", "", "x", None))
    run(world, until_s)
    return world, flood


def values(world, key):
    return [event.data["value"] for event in of_kind(world, "truth.changed") if event.subject == key]


# --- rain and river --------------------------------------------------------------------------------------------------


@given(st.floats(0.2, 3))
def test_as_much_rain_falls_in_steps_as_in_the_storm(factor):
    fallen = math.fsum(rate * STEP_S / 3600 for rate in rain_by_step_mm_h(STORM, factor))
    assert fallen == pytest.approx(factor * (10 + 60 + 10))


@given(st.floats(0.5, 3), st.floats(1, 80), st.integers(600, 3 * HOUR), st.floats(50, 95))
def test_what_runs_off_is_what_the_curve_number_says(factor, km2, concentration, number):
    rain = rain_by_step_mm_h(STORM, factor)
    flow = flow_of_land_m3_s(rain, km2, concentration, number)
    water = math.fsum(one - BASE_M3_S_KM2 * km2 for one in flow) * STEP_S
    assert water == pytest.approx(runoff_depth_mm(factor * 80, number) * 1000 * km2, rel=1e-6, abs=1)


@given(st.floats(2, 100), st.floats(0.001, 0.02), st.floats(0, 8), st.floats(50, 1500), st.floats(1, 8))
def test_a_river_rises_with_its_flow_and_less_where_the_valley_floor_takes_it(width, slope, bank, plain, ground):
    reach = Reach(place="huawu", below=UPPER, width_m=width, slope=slope, bank=bank, plain_m=plain)
    rating = Rating(reach, ground)
    stages = [rating.stage_m(flow) for flow in (0, 1, 30, 100, 400, 1600, 6400)]
    assert stages == sorted(stages) and stages[0] == 0
    wide = Rating(reach.model_copy(update={"plain_m": 2 * plain}), ground)
    assert all(wide.stage_m(flow) <= rating.stage_m(flow) for flow in (30, 400, 6400))


# --- dams ------------------------------------------------------------------------------------------------------------


def dam(u=0.5, place=UPPER, **start):
    return Dam(
        given_dam(place), Start.model_validate({"place": place, "level_m": 28, "concentration": "1h"} | start), u
    )


def test_a_reservoir_has_the_volumes_and_flow_of_the_county_file():
    file, one = given_dam(), dam(gate_m2=5)
    one.opening = 1.0
    for level, volume in ((file.full_m, file.full_m3), (file.crest_m, file.capacity_m3)):
        assert one._storage.volume_m3(level) == pytest.approx(volume)
    assert one._outflow(file.capacity_m3) == pytest.approx(file.spillway_m3_s)
    assert one.level_m == pytest.approx(28)


@settings(max_examples=30)
@given(st.lists(st.floats(0, 900), min_size=2, max_size=60), st.floats(0, 1))
def test_what_comes_in_stays_or_goes_out(inflows, blocked):
    one = dam(u=1e-9, blocked=blocked)
    held = one.volume_m3
    for number, (flow, later) in enumerate(pairwise(inflows)):
        before = one.volume_m3
        one.step(flow, later, number * STEP_S, STEP_S)
        if one.failed_s is None:
            came = (flow + later) / 2 - one.outflows[-1]
            assert one.volume_m3 - before == pytest.approx(came * STEP_S, abs=5)
    assert held > 0


def test_more_water_and_a_blocked_spillway_bring_a_dam_down_sooner_and_a_sound_one_later():
    def fails_at(flow, **changed):
        one = dam(**changed)
        for number in range(100):
            one.step(flow, flow, number * STEP_S, STEP_S)
        return one.failed_s if one.failed_s is not None else math.inf

    assert fails_at(20) == math.inf
    assert fails_at(600) < fails_at(400) < math.inf
    assert fails_at(300, blocked=0.9) < fails_at(300)
    assert fails_at(400, u=0.9) < fails_at(400, u=0.05)
    assert fails_at(400, level_m=31) < fails_at(400)
    assert fails_at(400, erodes_per_h=80) < fails_at(400)


def test_a_dam_shows_that_it_is_failing_before_it_fails():
    one, seen = dam(u=0.05, seeps_per_h=2), []
    while one.failed_s is None:
        one.step(350, 350, len(seen) * STEP_S, STEP_S)
        seen.append(one.state)
    assert list(dict.fromkeys(seen)) == ["sound", "seeping", "failing", "failed"]
    assert one.wave_m3_s(one.failed_s, 5000, 2.1) == 0
    arrives = one.failed_s + arrival_s(5000, 2.1)
    assert one.wave_m3_s(arrives - 1, 5000, 2.1) == 0 < one.wave_m3_s(arrives + 600, 5000, 2.1)
    assert one.wave_m3_s(arrives + 600, 5000, 2.1) > one.wave_m3_s(arrives + 600 + 3810, 13000, 2.1)


# --- the flood -------------------------------------------------------------------------------------------------------


def test_nothing_is_under_water_before_it_rains():
    dry = [{"until": "2h", "mm_h": 0}]
    world, flood = begun(rain=dry, until_s=4 * HOUR)
    assert values(world, "flood/level") == ["low"] and not of_kind(world, "danger.reached", "road.blocked")
    assert not flood.running and of_kind(world, "hazard.stopped")[0].data["by"] == "recession"


def test_warnings_come_as_the_scenario_has_them():
    world, _ = begun(until_s=6 * HOUR + 60)
    colors = [(e.at_s, e.data["value"]) for e in of_kind(world, "truth.changed") if e.subject == "warning/color"]
    assert colors == [(one.at, one.color) for one in exercise().scenario.hazard.warnings]


@pytest.mark.parametrize("seed", [0, 1])
def test_more_rain_never_makes_less_of_a_flood(seed):
    highest = []
    for factor in (0.2, 0.5, 0.9):
        rain = [one | {"mm_h": factor * one["mm_h"]} for one in written()["rain"]]
        world, _ = begun(seed, rain=rain, until_s=3 * HOUR)
        highest.append(max((e.data["stage_cm"] for e in of_kind(world, "hazard.changed")), default=0))
    assert highest == sorted(highest)


def test_people_at_the_river_go_upstairs_and_nobody_is_lost():
    world, flood = begun(until_s=8 * HOUR, rain=[{"until": "3h", "mm_h": 70}])
    moved = of_kind(world, "people.moved")
    assert moved and {"sealed"} == {event.data["into"] for event in moved}
    for settlement in flood._county.places.values():
        assert sum(settlement.counts.values()) == settlement.people
        assert all(count >= 0 for count in settlement.counts.values())


def test_roads_drown_and_open_again_when_the_water_has_gone():
    world, flood = begun(until_s=24 * HOUR)
    blocked = {event.subject for event in of_kind(world, "road.blocked")}
    assert blocked and blocked == {event.subject for event in of_kind(world, "road.cleared")}
    assert not flood._county.blocks and not flood.running


def test_the_spillway_can_be_cleared_at_each_dam_once():
    world, flood = begun(until_s=600)
    assert flood.effort_at(TaskKind.PUMP, "huawu") is flood.effort_at(TaskKind.CONTAIN, UPPER) is None
    job = flood.effort_at(TaskKind.PUMP, UPPER)
    assert job.pending() and job.tells == "flood/spillway"
    job.done(0)
    assert (flood.dams[0].blocked, flood.dams[0].opening, flood.dams[1].opening) == (0, 1, 0)
    assert not job.pending() and values(world, "flood/spillway") == ["blocked", "open"]
    assert flood.effort_at(TaskKind.PUMP, LOWER).tells == "flood/lower_spillway"


def test_letting_water_out_keeps_the_level_lower():
    levels = []
    for cleared in (False, True):
        world, flood = begun(seed=4, until_s=60)
        if cleared:
            flood.effort_at(TaskKind.PUMP, UPPER).done(0)
        run(world, 100 * 60)
        levels.append(flood.dams[0].level_m)
    assert levels[0] > levels[1]


def test_the_wave_of_one_dam_reaches_the_other_after_about_a_hundred_minutes():
    world, flood = begun(until_s=STEP_S, rain=[{"until": "10h", "mm_h": 0.1}])
    upper, lower = flood.dams
    upper._weakened = math.inf
    run(world, 2 * STEP_S)
    assert upper.failed_s is not None and values(world, "flood/dam") == ["sound", "failed"]
    start = lower.volume_m3
    arrives = upper.failed_s + arrival_s(13000, 2.1)
    assert 95 * 60 < arrives - upper.failed_s < 110 * 60
    run(world, arrives - STEP_S)
    assert lower.volume_m3 == pytest.approx(start, rel=0.02)
    run(world, arrives + 2 * HOUR)
    assert lower.volume_m3 > start + 2e6


def test_what_is_threatened_follows_from_what_is_known():
    _, flood = begun()
    low = ("huawu", "tanping", "shuanghe")

    def threatened(**known):
        facts = {"incident/exists": True} | {key.replace("__", "/"): value for key, value in known.items()}
        return flood.threatened(facts.get)

    assert flood.threatened({}.get) == () == threatened()
    assert threatened(warning__color="red") == low == threatened(flood__level="high")
    assert threatened(flood__dam="seeping") == low
    assert threatened(flood__lower_dam="failing")[0] == "yankou"
    assert threatened(warning__color="red", incident__over=True) == ()


def test_who_stands_at_a_dam_sees_it_and_the_owner_sees_the_upper_one():
    _, flood = begun()
    assert {"flood/dam", "flood/reservoir", "flood/spillway"} <= dict(flood.seen(UPPER)).keys()
    assert "flood/lower_dam" in dict(flood.seen(LOWER)) and not flood.seen("county-town")
    assert dict(flood.owner_holds())["flood/spillway"] == "blocked" and "flood/dam" in flood.owner_sees()


# --- whole runs ------------------------------------------------------------------------------------------------------


def test_people_who_are_moved_ahead_of_the_water_live():
    loss = {policy: record(policy).events[-1].data["expected_deaths_micro"] for policy in ("none", "plan")}
    assert loss["none"] > 4 * loss["plan"]
    ordered = [event.at_s for event in of_kind(record("plan"), "protect.ordered")]
    flooded = [event.at_s for event in of_kind(record("plan"), "danger.reached")]
    assert min(ordered) < min(flooded)


def test_the_flood_takes_power_roads_and_base_stations_with_it():
    led = {event.subject for event in of_kind(record("none"), "cascade.led")}
    assert {"flood-cuts-power", "flood-cuts-cable"} & led
    assert of_kind(record("none"), "road.blocked")


def test_police_township_and_relief_office_name_different_numbers_of_missing():
    learned = [event for event in of_kind(record("plan"), "fact.learned") if event.subject == "flood/missing"]
    named = {event.actor: event.data["value"] for event in learned if event.data["how"] == "own"}
    assert {"police", "emergency", "shuanghe-office"} <= named.keys() and len(set(named.values())) == len(named)
    assert any(event.actor == "duty" for event in learned)


# --- files that cannot be --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"rain": [{"until": "2h", "mm_h": 1}, {"until": "1h", "mm_h": 1}]},
        {"rain": []},
        {"dams": []},
        {"reaches": []},
        {"curve_number": 10},
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValidationError):
        begun(**wrong)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{place: huawu, below", "{place: yunjiao, below", "ground_m"),
        ("{place: huawu, below: yunyan-dam", "{place: yankou, below: yunyan-dam", "does not lie below"),
        ("level_m: 28.3", "level_m: 58.3", "above the crest"),
    ],
)
def test_a_flood_is_checked_against_the_county(old, new, told):
    first, *others = exercise().sources
    assert old in first.text
    with pytest.raises(BadInput, match=told):
        build((replace(first, text=first.text.replace(old, new, 1)), *others))
