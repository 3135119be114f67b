"""Mine accident: air and water run against time, nobody gets in before the way is clear, and everybody is counted."""

import math
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.county.dose_response import Severity
from sim.county.state import CountyState
from sim.hazards.effort import Job, Stand
from sim.hazards.formulas.mine_air import CO_HURT, carbon_dioxide_minutes, carboxyhemoglobin, oxygen_minutes
from sim.hazards.mine_accident import STEP_S, Mine
from sim.hazards.underground import CO_BOUND, CO_STEP_MIN, air_lasts_min, poisoned_min
from sim.play.session import Session
from sim.spec.hazards.mine import Group, MineAccident, OutsideHelp
from sim.spec.load import load
from sim.spec.orders import TaskKind
from tests.engine.worlds import HOUR, fixed, of_kind, run, world_of

SITE, COAL = "gold-mine", "coal-mine"
ROOMY = {"id": "refuge", "people": 5, "air_m3": 5000.0}


@cache
def exercise():
    return load("mine-explosion")


def spec(**changed):
    given = {
        "kind": "mine_accident",
        "site": SITE,
        "way_in_m": 10,
        "drills": {"fixed": "5h"},
        "groups": [ROOMY],
        "inflow_m3_h": 0,
    }
    return MineAccident.model_validate(given | changed)


def begun(seed=0, **changed):
    """Return a world in which the accident has just happened, and the mine."""
    hazard = spec(**changed)
    scenario = exercise().scenario.model_copy(update={"hazard": hazard})
    world = world_of(replace(exercise(), scenario=scenario), seed=seed)
    mine = Mine(world, CountyState(world), hazard, main=True)
    mine.start(world.log.emit("run.started", "", "x", None))
    return world, mine


def hurt_by(world, injury):
    return [event for event in of_kind(world, "patient.worse") if event.data.get("injury") == injury]


def join(mine, task, unit, amount):
    stand = mine.effort_at(task, SITE)
    assert isinstance(stand, Stand)
    stand.join(unit, amount, 0)
    return stand


@given(st.integers(1, 100), st.floats(1, 1e5), st.floats(0, 1))
def test_air_lasts_as_the_formulas_say_and_longer_if_the_gas_is_absorbed(people, air_m3, absorbs):
    assert air_lasts_min(people, air_m3, 0.0) == carbon_dioxide_minutes(people, air_m3)
    assert air_lasts_min(people, air_m3, 1.0) == oxygen_minutes(people, air_m3)
    assert air_lasts_min(people, air_m3, 0.0) <= air_lasts_min(people, air_m3, absorbs)
    assert air_lasts_min(people, air_m3, absorbs) <= oxygen_minutes(people, air_m3)


def test_nobody_is_poisoned_by_little_gas_and_sooner_by_more():
    times = [poisoned_min(ppm, 48 * 60) for ppm in (0, 50, 400, 800, 1600, 6400)]
    assert times[0] == times[1] == math.inf
    assert times[2:] == sorted(times[2:], reverse=True) and times[3] < math.inf
    reached = carboxyhemoglobin(CO_BOUND, 1600, times[4])
    assert carboxyhemoglobin(CO_BOUND, 1600, times[4] - CO_STEP_MIN) < CO_HURT[2] <= reached + 1e-9


def test_those_below_are_trapped_and_known_to_nobody_above():
    world, mine = begun(hurt={"serious": 2, "critical": 1})
    everybody = mine.groups[0].alive()
    assert 5 == len(everybody) == mine.extent()["trapped"] == world.truth.value("mine/trapped")
    assert [Severity.CRITICAL, *[Severity.SERIOUS] * 4] == [one.severity for one in everybody]
    assert [*["trauma"] * 3, *["entrapped"] * 2] == [one.injury.id for one in everybody]
    assert world.truth.value(f"{SITE}/hurt") is world.truth.value(f"{SITE}/trapped") is None


@settings(max_examples=10, deadline=None)
@given(st.integers(20, 200), st.integers(2, 20))
def test_air_ends_when_it_is_used_up_and_not_before(air_m3, people):
    world, mine = begun(groups=[{"id": "raise", "people": people, "air_m3": air_m3}])
    for patient in mine.groups[0].alive():
        patient.threshold, patient.plans = math.inf, -1  # nobody dies of anything, so that all go on breathing
    lasts_s = air_lasts_min(people, air_m3, 0.0) * 60
    run(world, min(200 * HOUR, math.ceil(lasts_s) + STEP_S))
    choked = hurt_by(world, "crush")
    if lasts_s < 200 * HOUR:
        assert people == len(choked)
        assert -0.001 <= choked[0].at_s - lasts_s <= STEP_S
    else:
        assert not choked


def test_water_rises_until_it_is_with_the_lowest_and_pumps_hold_it():
    low = {"id": "low", "people": 3, "air_m3": 5000.0, "floor_m3": 100.0}
    world, mine = begun(groups=[ROOMY, low], inflow_m3_h=50)
    run(world, 2 * HOUR + STEP_S)
    drowned = hurt_by(world, "drowning")
    assert 3 == len(drowned)
    assert 2 * HOUR <= drowned[0].at_s <= 2 * HOUR + STEP_S
    world, mine = begun(groups=[ROOMY, low], inflow_m3_h=50)
    run(world, HOUR)
    join(mine, TaskKind.PUMP, "pump-1", 80.0)
    run(world, 4 * HOUR)
    assert not hurt_by(world, "drowning")
    assert mine.water_m3 == 0 == mine.extent()["water_m3"]


def test_the_mine_s_own_pumps_and_inflow_count_unless_the_scenario_says_otherwise():
    given = next(one for one in exercise().county.mines if one.place == SITE)
    for left, flow in ((0.0, given.inflow_m3_h), (1.0, given.inflow_m3_h - given.pumps_m3_h)):
        world, mine = begun(inflow_m3_h=None, pumps_left=left, broke_in_m3=1000)
        run(world, HOUR)
        assert mine.water_m3 == pytest.approx(1000 + flow, abs=1e-3)


def test_the_way_in_is_cleared_by_all_together_and_nobody_searches_before():
    world, mine = begun()
    assert mine.hinders(TaskKind.SEARCH, SITE) is not None
    assert mine.hinders(TaskKind.TREAT, SITE) is mine.hinders(TaskKind.SEARCH, COAL) is None
    opened = mine.hinders(TaskKind.SEARCH, SITE)
    first = join(mine, TaskKind.CLEAR_ROAD, "one", 1.0)
    run(world, 2 * HOUR)
    join(mine, TaskKind.CLEAR_ROAD, "two", 3.0)
    run(world, 3 * HOUR)
    first.leave("one", 0)
    run(world, 4 * HOUR - 1)
    assert not opened.triggered and mine.cleared_m == pytest.approx(8.75, abs=0.3)
    run(world, 4 * HOUR + HOUR // 3 + STEP_S)
    assert opened.triggered
    assert mine.hinders(TaskKind.SEARCH, SITE) is None
    assert (round(mine.cleared_m, 6), world.truth.value("mine/way_in")) == (10, "clear")
    assert len(mine.groups[0].alive()) <= world.truth.value(f"{SITE}/hurt") == 5


def test_a_hole_brings_air_and_care():
    world, mine = begun(groups=[{"id": "raise", "people": 8, "air_m3": 20.0}])
    job = mine.effort_at(TaskKind.RESTORE, SITE)
    assert isinstance(job, Job) and job.seconds == 5 * HOUR and job.pending()
    run(world, 5 * HOUR)
    job.done(0)
    assert {"field"} == {one.care.value for one in mine.groups[0].alive()}
    run(world, 40 * HOUR)
    assert not hurt_by(world, "crush") and not job.pending() and mine.effort_at(TaskKind.RESTORE, SITE) is None
    assert world.truth.value("mine/contact") is True


def test_help_from_outside_clears_pumps_and_drills():
    helped = OutsideHelp(clears_m_h=5, pumps_m3_h=100, drills=fixed(HOUR))
    world, mine = begun(inflow_m3_h=50, broke_in_m3=60)
    mine.spec = mine.spec.model_copy(update={"outside": helped})
    world.truth.change("mine/outside_help", True, 0)
    run(world, HOUR + STEP_S)
    assert mine.groups[0].reached and mine.water_m3 == pytest.approx(60 - 50 * 7 / 6, abs=2)
    run(world, 2 * HOUR)
    assert world.truth.value("mine/way_in") == "clear"


def test_the_owner_knows_and_sees_and_his_own_attempt_opens_the_way():
    _, mine = begun()
    held = dict(mine.owner_holds())
    assert held["incident/exists"] is True and held["mine/trapped"] == 5
    mine.attempted(0)
    assert mine.hinders(TaskKind.SEARCH, SITE) is None and mine.running


def test_it_is_over_when_nobody_is_below():
    world, mine = begun()
    within = mine._county.casualties
    run(world, HOUR)
    for patient in mine.groups[0].alive():
        within.rescue(patient, "x", "emergency", 0, ())
    run(world, HOUR + STEP_S)
    assert not mine.running and world.truth.value("incident/over") is True
    seq = len(world.log.events)
    run(world, 5 * HOUR)
    assert not [event for event in world.log.events[seq:] if event.kind.startswith("hazard")]


def test_a_coal_mine_into_which_water_breaks_is_the_same_with_other_numbers():
    groups = [
        {"id": "crosscut", "people": 13, "air_m3": 2600.0, "floor_m3": 30000.0},
        {"id": "face", "people": 8, "air_m3": 900.0, "floor_m3": 9000.0},
    ]
    flooded = {"site": COAL, "way_in_m": 400, "groups": groups, "inflow_m3_h": 800, "broke_in_m3": 5000}
    world, mine = begun(**flooded)
    run(world, 12 * HOUR)
    assert {"mine/trapped", "mine/water"} <= {event.subject for event in of_kind(world, "truth.changed")}
    assert 0 < len(hurt_by(world, "drowning")) <= 8
    assert mine.water_m3 == pytest.approx(5000 + 12 * 800)


@pytest.mark.parametrize(
    "wrong",
    [
        {"hurt": {"serious": 5, "critical": 1}},
        {"groups": [ROOMY, ROOMY]},
        {"groups": []},
        {"way_in_m": 0},
        {"pumps_left": 2},
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValidationError):
        spec(**wrong)


def test_a_group_needs_somebody():
    with pytest.raises(ValidationError):
        Group(id="nobody", people=0, air_m3=1)


@cache
def record(policy, seed=1):
    return Session(exercise(), seed=seed, policy=policy, audit=True).finish()


def test_the_plan_brings_out_more_than_nobody_does_and_reports_when_the_villager_has_spoken():
    plan, none = record("plan"), record("none")
    deaths = [one.events[-1].data["expected_deaths_micro"] for one in (none, plan)]
    assert deaths[0] > deaths[1] + 1_000_000
    assert len(of_kind(plan, "patient.rescued")) > 5 == 5 + len(of_kind(none, "patient.rescued"))
    told = next(event for event in plan.events if event.subject == "superior/told")
    assert 5.5 * HOUR < told.at_s < 7 * HOUR
    assert not [event for event in none.events if event.subject == "superior/told"]


def test_holding_the_report_back_costs_lives():
    held = Session(exercise(), seed=1, policy="plan", decisions={"report-or-wait": "hold-back"}).finish()
    assert not [event for event in held.events if event.subject == "mine/outside_help"]
    late, soon = (one.events[-1].data["expected_deaths_micro"] for one in (held, record("plan")))
    assert late > soon
