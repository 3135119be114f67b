"""The outage: a hospital that lives on its generator, hands that tire, lifts, and who cannot do without power."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.county.cohorts import Where
from sim.county.injuries import Care
from sim.county.lifelines import Lifelines
from sim.county.state import CountyState
from sim.engine import World
from sim.hazards.outage import Blackout
from sim.play.session import Session
from sim.rng import Luck
from sim.spec.hazards.outage import Dependents, Lifts, Outage, Ward
from sim.spec.load import load
from sim.spec.orders import TaskKind
from sim.spec.parameters import parse_overrides
from tests.engine.worlds import HOUR, fixed, of_kind, run

WARD = Ward(at="county-hospital", ventilated=20, batteries=fixed(600), hands=12)
HOSPITAL = "county-hospital"


@cache
def exercise():
    return load("three-outages")


def begun(seed=0, **hazard):
    """Return a world in which the outage has begun but nothing has failed yet."""
    base = exercise()
    changes = {"ward": WARD, "dependents": (), "lifts": (), **hazard}
    spec = base.scenario.hazard.model_copy(update=changes)
    changed = replace(base, scenario=base.scenario.model_copy(update={"hazard": spec}))
    world = World(changed, parse_overrides({}), Luck(seed))
    county, lines = CountyState(world), Lifelines(world)
    county.lifelines = lines
    outage = Blackout(world, county, spec, main=True)
    outage.start(world.log.emit("run.started", "", "x", None))
    return world, county, lines, outage


def dark(seed=0, basement=True, lasts=20 * HOUR, **hazard):
    """Return a world in which the town has just gone dark, and the basement of the hospital is flooded or not."""
    world, county, lines, outage = begun(seed, **hazard)
    lines.cut("substation-town", "water", 0, lasts)
    if basement:
        lines.cut("hospital-power", "water", 0, 20 * HOUR)
    return world, county, lines, outage


def hands_at_work(county):
    patients = county.casualties.within(HOSPITAL).all
    return [sum(one.care is care and not one.dead for one in patients) for care in Care]


def test_nothing_happens_while_there_is_power():
    world, county, _, outage = begun()
    run(world, 3 * HOUR)
    assert ["on", "mains"] == [world.truth.value(f"outage/{name}") for name in ("power", "hospital")]
    assert [] == county.casualties.everybody()
    assert outage.running


def test_the_generator_of_the_hospital_bridges_its_hours_of_fuel():
    world, county, _, _ = dark(basement=False)
    assert "generator" == world.truth.value("outage/hospital")
    run(world, 8 * HOUR - 1)
    assert [] == county.casualties.everybody()
    run(world, 8 * HOUR + 601)
    assert "hand" == world.truth.value("outage/hospital")
    assert 20 == len(county.casualties.everybody())


def test_ventilators_run_on_their_batteries_and_then_hands_take_over():
    world, county, _, outage = dark()
    assert "hand" == world.truth.value("outage/hospital")
    assert "flooded" == world.truth.value("outage/basement")
    run(world, 599)
    assert [] == county.casualties.everybody()
    run(world, 600)
    assert [8, 12, 0] == hands_at_work(county)
    assert {"by_hand": 12, "in_lifts": 0} == outage.extent()


def test_hands_tire():
    world, _, _, outage = dark(ward=WARD.model_copy(update={"hands": 20, "tires": HOUR, "tired": 0.25}))
    run(world, HOUR - 1)
    assert outage.care.by_hand > 5
    run(world, HOUR + 300)
    assert 5 == outage.care.by_hand


@settings(max_examples=8)
@given(st.integers(0, 500), st.integers(0, 19))
def test_more_hands_never_cost_a_life(seed, hands):
    deaths = []
    for some in (hands, 20):
        world, county, _, _ = dark(seed, ward=WARD.model_copy(update={"hands": some}))
        run(world, 3 * HOUR)
        deaths.append(county.casualties.deaths)
    assert deaths[0] >= deaths[1]


def test_a_generator_from_outside_puts_everybody_on_a_machine_again():
    world, county, _, outage = dark()
    job = outage.effort_at(TaskKind.RESTORE, HOSPITAL)
    run(world, 900)
    assert HOSPITAL in county.hospitals.dark
    assert "tcm-hospital" == county.hospitals.nearest(HOSPITAL, county.roads, siren=True)[0]
    job.done(0)
    assert not job.pending()
    assert "mobile" == world.truth.value("outage/hospital")
    assert {} == county.hospitals.dark
    assert HOSPITAL == county.hospitals.nearest(HOSPITAL, county.roads, siren=True)[0]
    alive = [one for one in county.casualties.everybody() if not one.dead]
    assert {Care.HOSPITAL} == {one.care for one in alive}
    assert [] == county.casualties.within(HOSPITAL).here()


def test_a_generator_in_time_leaves_nobody_hurt():
    world, county, _, outage = dark(basement=False)
    outage.effort_at(TaskKind.RESTORE, HOSPITAL).done(0)
    run(world, 19 * HOUR)
    assert [] == county.casualties.everybody()


def test_work_elsewhere_does_nothing_to_it():
    _, _, _, outage = dark()
    for task in TaskKind:
        assert outage.effort_at(task, "county-hall") is None


def test_pumps_keep_the_basement_dry_until_it_is_flooded():
    world, _, _, outage = dark(basement=False)
    job = outage.effort_at(TaskKind.PUMP, HOSPITAL)
    assert job.pending()
    job.done(0)
    assert "dry" == world.truth.value("outage/basement")
    assert not job.pending()


def test_people_in_lifts_fall_ill_are_led_out_and_freed_when_power_is_back():
    world, county, _, outage = dark(basement=False, lasts=2 * HOUR, lifts=(Lifts(at="mall", people=60, ill_per_h=0.2),))
    assert 60 == outage.shut_in("mall") == world.truth.value("mall/trapped")
    outage.lead_out("mall", 3, "engine", "emergency", 0)
    assert 57 == outage.shut_in("mall")
    run(world, 2 * HOUR - 1)
    ill = len(county.casualties.within("mall").all)
    assert 10 < ill < 40
    assert 57 - ill == outage.shut_in("mall")
    run(world, 2 * HOUR)
    assert 0 == outage.shut_in("mall")
    assert [57 - ill] == [event.data["people"] for event in of_kind(world, "people.freed")]


@pytest.mark.parametrize(("lasts_h", "back_h", "hurt"), [(3, 2, 0), (3, 4, 7)])
def test_who_hangs_on_the_mains_falls_ill_unless_power_is_back_in_time(lasts_h, back_h, hurt):
    group = Dependents(at="county-town", people=7, lasts=fixed(lasts_h * HOUR))
    world, county, _, _ = dark(basement=False, lasts=back_h * HOUR, dependents=(group,))
    run(world, 6 * HOUR)
    assert hurt == len(county.casualties.within("county-town").all)


def test_who_was_taken_away_has_what_he_needs():
    group = Dependents(at="care-home", people=30, lasts=fixed(3 * HOUR))
    ill = []
    for moved in (0, 260):
        world, county, _, _ = dark(basement=False, dependents=(group,))
        home = county.places["care-home"]
        home.move(moved, Where.INDOORS, Where.AWAY, 0, "moved")
        run(world, 4 * HOUR)
        ill.append(len(county.casualties.within("care-home").all))
        assert home.people == sum(home.counts.values())
    assert [30, 0] == ill


def test_water_falls_when_the_works_have_no_power_left():
    world, _, _, _ = dark(basement=False)
    run(world, HOUR - 1)
    assert "on" == world.truth.value("outage/water")
    run(world, HOUR)
    assert "low" == world.truth.value("outage/water")


def test_it_is_over_when_town_and_hospital_have_power_again():
    world, _, _, outage = dark(basement=False, lasts=2 * HOUR)
    run(world, 2 * HOUR - 1)
    assert outage.running
    run(world, 2 * HOUR)
    assert not outage.running
    world, _, _, outage = dark(lasts=2 * HOUR)
    run(world, 3 * HOUR)
    assert outage.running  # the hospital is still dark
    outage.effort_at(TaskKind.RESTORE, HOSPITAL).done(0)
    assert not outage.running


def test_a_run_by_the_plan_loses_fewer_than_one_without_orders():
    deaths = [
        Session(exercise(), seed=2, policy=policy, audit=True).finish().events[-1].data["expected_deaths_micro"]
        for policy in ("none", "plan")
    ]
    assert deaths[0] > deaths[1]


def test_two_groups_of_one_place_and_need_are_refused():
    lifts = [{"at": "mall", "people": 2}, {"at": "mall", "people": 3}]
    given_ = exercise().scenario.hazard.model_dump(mode="json", exclude={"lifts", "dependents", "ward"})
    ward = {"at": HOSPITAL, "ventilated": 1, "hands": 1}
    keep = {key: given_[key] for key in ("kind", "site", "serves")}
    with pytest.raises(ValueError, match="same place"):
        Outage.model_validate({**keep, "ward": ward, "lifts": lifts})
