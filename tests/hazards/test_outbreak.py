"""The outbreak: whole persons in one state each, onsets as published, and what is closed in time makes nobody ill."""

import math
from functools import cache, partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.county.cohorts import Where
from sim.county.state import CountyState
from sim.hazards.contagion import Group
from sim.hazards.formulas.epidemic import INCUBATION
from sim.hazards.outbreak import STEP_S, Epidemic
from sim.play.session import Session
from sim.rng import Luck
from sim.spec.load import load
from sim.spec.orders import TaskKind
from tests.engine.worlds import HOUR, of_kind, run, world_of


@cache
def exercise():
    return load("school-outbreak")


@cache
def spec(**changes):
    return exercise().scenario.hazard.model_copy(update=changes)


def breaking_out(seed=0, **changes):
    """Return a world in which the outbreak has just begun, and the outbreak."""
    world = world_of(exercise(), seed=seed)
    epidemic = Epidemic(world, CountyState(world), spec(**changes), main=True)
    epidemic.start(world.log.emit("run.started", "", "x", None))
    return world, epidemic


def do(epidemic, task, at, cause=0):
    job = epidemic.effort_at(task, at)
    assert job.pending()
    job.done(cause)
    assert not job.pending()


def group(seed=0, persons=800, **changes):
    return Group(spec(**changes), persons, partial(Luck(seed).uniform, "x"))


@settings(max_examples=20)
@given(st.integers(0, 50), st.integers(1, 2000), st.floats(0, 1), st.floats(0, 0.2))
def test_everybody_is_in_one_state_and_cases_only_grow(seed, persons, attack, catching):
    one = group(seed, persons)
    one.eat("lunch", 0, attack)
    cases = 0
    for slot in range(60):
        new = one.go_on(slot, STEP_S, catching)
        assert persons == one.persons
        assert new >= 0
        cases += new
    assert cases == one.cases <= persons


@pytest.mark.parametrize("agent", ["bacillus_cereus", "norovirus"])
def test_the_median_onset_of_one_meal_is_that_of_the_agent(agent):
    one = group(persons=4000, agent=agent)
    one.eat("lunch", 0, 1.0)
    slot = 0
    while one.cases < 2000:
        one.go_on(slot, STEP_S, 0.0)
        slot += 1
    assert slot * STEP_S / 3600 == pytest.approx(INCUBATION[agent].median_h, rel=0.05)


def test_a_meal_of_some_hours_ago_has_made_some_ill_already():
    hours = 20
    one = group(persons=4000)
    ill = one.eat("dinner", -hours * HOUR, 1.0)
    incubation = INCUBATION["norovirus"]
    z = math.log(hours / incubation.median_h) / math.log(incubation.dispersion)
    expected = 4000 * (1 + math.erf(z / math.sqrt(2))) / 2
    assert expected == pytest.approx(ill, rel=0.1)
    assert ill == one.state.infectious == one.cases


def test_nothing_happens_before_it_begins():
    world = world_of(exercise())
    Epidemic(world, CountyState(world), spec(), main=True)
    run(world, 5 * HOUR)
    assert not of_kind(world, "hazard.changed", "truth.changed", "people.hurt")


def cases_after(hours, *jobs, **changes):
    world, epidemic = breaking_out(**changes)
    for task, at in jobs:
        do(epidemic, task, at)
    run(world, hours * HOUR)
    return epidemic.cases


def test_each_measure_prevents_illness_and_all_together_most():
    none = cases_after(29)
    canteen = cases_after(29, (TaskKind.CLOSE_DOWN, spec().site))
    isolated = cases_after(29, (TaskKind.CONTAIN, spec().site))
    both = cases_after(29, (TaskKind.CLOSE_DOWN, spec().site), (TaskKind.CONTAIN, spec().site))
    assert both <= min(canteen, isolated)
    assert max(canteen, isolated) < none


def test_more_contacts_and_a_higher_attack_rate_make_more_ill():
    assert cases_after(29, contacts_per_h=0.0) < cases_after(29, contacts_per_h=0.3)
    assert cases_after(29, attack=0.1) < cases_after(29, attack=0.6)


def test_it_is_under_control_when_canteen_contacts_and_supplier_are_dealt_with():
    world, epidemic = breaking_out()
    do(epidemic, TaskKind.CLOSE_DOWN, spec().site)
    do(epidemic, TaskKind.CONTAIN, spec().site)
    assert epidemic.running
    do(epidemic, TaskKind.CLOSE_DOWN, spec().supplier)
    assert not epidemic.running
    assert world.truth.value("incident/over") is True
    before = epidemic.cases
    run(world, 20 * HOUR)
    assert epidemic.cases > before, "who was infected before still falls ill"


def test_the_laboratory_speaks_only_after_samples_were_taken():
    world, epidemic = breaking_out()
    run(world, 20 * HOUR)
    assert world.truth.value("outbreak/agent") is None
    do(epidemic, TaskKind.CLOSE_DOWN, spec().site)
    run(world, 35 * HOUR)
    assert world.truth.value("outbreak/agent") == "norovirus"


def test_pupils_who_are_sent_home_infect_their_families():
    world, epidemic = breaking_out()
    school = epidemic._school
    school.move(800, Where.INDOORS, Where.AWAY, 0, "sent home")
    run(world, 29 * HOUR)
    homes = [event for event in of_kind(world, "people.hurt") if event.subject == spec().homes]
    assert epidemic.families.cases > 0
    assert epidemic.families.persons == round(800 * spec().family)
    assert sum(event.data["light"] for event in homes) > epidemic.families.cases


def test_care_keeps_more_from_becoming_serious():
    def serious(*jobs):
        world, epidemic = breaking_out(dehydrates=0.3)
        for task, at in jobs:
            do(epidemic, task, at)
        run(world, 25 * HOUR)
        return len(of_kind(world, "patient.hurt"))

    assert 0 < serious((TaskKind.CONTAIN, spec().site)) < serious()


def test_residents_are_conserved_and_no_two_draws_share_a_name():
    record = Session(exercise(), seed=1, policy="plan", audit=True).finish()
    moved = [event for event in record.events if event.kind == "people.moved" and event.subject == spec().site]
    inside = 860
    for event in moved:
        inside += event.data["people"] * ((event.data["into"] != "away") - (event.data["out_of"] != "away"))
    assert 0 <= inside <= 860
    waves = [event.subject for event in record.events if event.kind == "hazard.started"]
    assert len(waves) == len(dict.fromkeys(waves)) >= 1


def test_sealing_the_supplier_in_time_prevents_the_second_wave():
    def started(policy):
        events = Session(exercise(), seed=1, policy=policy).finish().events
        return sum(event.kind == "hazard.started" for event in events)

    assert started("perfect") < started("none")
