"""The crowd: nobody is lost, it breaks down on the stairs, somebody falls, and what is done in time prevents it."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.county.dose_response import RESPONSES
from sim.county.state import CountyState
from sim.hazards.crowd import LEVELS, Gathering
from sim.hazards.crowd_flows import STEP_S, Flows, Measures, Now, per_min_at
from sim.hazards.formulas.crowd_flow import PACKED_PER_M2, push_through_s
from sim.hazards.squeezed import Squeezed
from sim.play.session import Session
from sim.spec.load import load
from sim.spec.orders import TaskKind
from tests.engine.worlds import HOUR, of_kind, run, world_of


@cache
def exercise():
    return load("crowd-crush")


@cache
def spec(**changes):
    return exercise().scenario.hazard.model_copy(update=changes)


def gathering(seed=0, **changes):
    """Return a world in which the crowd begins to grow, and the crowd."""
    world = world_of(exercise(), seed=seed)
    crowd = Gathering(world, CountyState(world), spec(**changes), main=True)
    crowd.start(world.log.emit("run.started", "", "x", None))
    return world, crowd


def counted(flows):
    return flows.square.persons + flows.on_stairs + flows.gone + flows.held_back + flows.stayed_away + flows.turned_back


def flowing(minutes=300, there=1000, **measures):
    flows = Flows(spec(), there)
    densest = 0.0
    for minute in range(1, minutes):
        flows.go_on(Now(minute * STEP_S), Measures(**measures))
        densest = max(densest, flows.stairs_per_m2)
        assert flows.came == counted(flows)
    return flows, densest


@settings(max_examples=25)
@given(
    st.integers(0, 5000),
    st.floats(0, 20),
    st.floats(0, 20),
    st.booleans(),
    st.booleans(),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_whoever_comes_is_in_exactly_one_place(there, holding, regulating, skip, informed, leave, stay):
    flows, densest = flowing(
        there=there,
        holding=holding,
        regulating=regulating,
        buses_skip=skip,
        informed=informed,
        told_to_leave=leave,
        told_to_stay=stay,
    )
    assert densest <= PACKED_PER_M2
    assert min(flows.square.persons, flows.stairs.persons, flows.gone, flows.held_back, flows.stayed_away) >= 0


def test_the_stairs_break_down_unless_something_is_done():
    _, alone = flowing()
    assert alone >= 7
    for done in (
        {"regulating": 6.0},
        {"holding": 8.0},
        {"told_to_leave": 0.9},
        {"holding": 2.0, "buses_skip": True, "informed": True},
    ):
        _, better = flowing(**done)
        assert better < 5, done


@pytest.mark.parametrize("name", ["holding", "regulating", "told_to_leave"])
def test_more_of_a_measure_never_makes_the_stairs_denser(name):
    densest = [flowing(**{name: share})[1] for share in (0.0, 0.3, 0.6, 0.9)]
    assert densest == sorted(densest, reverse=True)


def test_arrivals_change_evenly_between_two_times_and_end():
    first, second = spec().arriving[:2]
    assert (first.per_min + second.per_min) / 2 == per_min_at(spec().arriving, (first.at + second.at) / 2)
    assert per_min_at(spec().arriving, spec().arriving[-1].at) == 0


@settings(max_examples=30)
@given(st.lists(st.tuples(st.floats(0, 12), st.integers(0, 300)), min_size=1, max_size=20))
def test_pressure_hurts_no_more_than_are_there_and_only_above_seven(steps):
    group = Squeezed(RESPONSES["crowd_density"], (0.5, 0.5, 0.5))
    for per_m2, people in steps:
        light, serious, critical = group.press(people, per_m2, 1.0)
        assert 0 <= critical <= serious <= light <= people
        if per_m2 <= 7 and not group.dose:
            assert light == 0


def test_longer_pressure_hurts_more():
    hurt = []
    for minutes in (5, 10, 20, 40):
        group = Squeezed(RESPONSES["crowd_density"], (0.5, 0.5, 0.5))
        for _ in range(minutes):
            group.press(200, 10.8, 1.0)
        hurt.append(group.hurt[1:])
    assert hurt == sorted(hurt)
    assert hurt[0] < hurt[-1]


def test_those_who_come_later_have_gathered_nothing():
    group = Squeezed(RESPONSES["crowd_density"], (0.5, 0.5, 0.5))
    group.press(100, 9.0, 5.0)
    before = group.dose
    group.renew(100, 100)
    assert before / 2 == group.dose


def test_nothing_happens_before_it_begins_and_it_ends_when_all_have_gone():
    world = world_of(exercise())
    crowd = Gathering(world, CountyState(world), spec(), main=True)
    run(world, HOUR)
    assert not of_kind(world, "hazard.changed", "truth.changed", "people.hurt")
    world, crowd = gathering()
    run(world, 7 * HOUR)
    (stopped,) = of_kind(world, "hazard.stopped")
    assert ("dispersed", True) == (stopped.data["by"], world.truth.value("incident/over"))
    assert stopped.at_s >= spec().ends
    assert not crowd.running


@pytest.mark.parametrize("seed", range(3))
def test_left_alone_somebody_falls_and_the_pile_comes_apart_by_itself(seed):
    world, crowd = gathering(seed)
    run(world, 7 * HOUR)
    (fell,) = of_kind(world, "crowd.fell")
    levels = [event.data["value"] for event in of_kind(world, "truth.changed") if event.subject == "crowd/level"]
    assert list(LEVELS) == levels[:4]
    assert not of_kind(world, "crowd.reached")
    (freed,) = of_kind(world, "people.freed")
    assert 20 * 60 <= freed.at_s - fell.at_s <= 60 * 60
    assert crowd.pile.people == 0
    patients = [event for event in of_kind(world, "patient.hurt") if event.data.get("trapped")]
    assert len(patients) > 50
    assert all(event.data["injury"] == "crush" for event in patients)


def test_police_who_push_in_reach_those_who_fell_and_fewer_are_hurt():
    alone, _ = gathering(1)
    run(alone, 6 * HOUR)
    (fell,) = of_kind(alone, "crowd.fell")
    world, crowd = gathering(1)
    run(world, fell.at_s)
    stand = crowd.effort_at(TaskKind.CONTROL_FLOW, spec().site)
    stand.join("crowd-1", 0.0, crowd.seq)
    run(world, 6 * HOUR)
    (pushed,) = of_kind(world, "crowd.pushed_in")
    (reached,) = of_kind(world, "crowd.reached")
    assert fell.at_s == pushed.at_s
    assert 5 * 60 <= reached.at_s - pushed.at_s <= 8 * 60
    assert push_through_s(spec().wedge_m, 4) <= reached.at_s - pushed.at_s
    critical = [sum(event.data["critical"] for event in of_kind(one, "people.hurt")) for one in (alone, world)]
    assert critical[1] < critical[0] / 2
    assert not crowd.hinders(TaskKind.SEARCH, spec().stairs)


def test_nobody_gets_to_those_who_lie_there_before_the_police_do():
    world, crowd = gathering(1)
    assert crowd.hinders(TaskKind.SEARCH, spec().stairs) is None
    while not of_kind(world, "crowd.fell"):
        run(world, world.clock.now + STEP_S)
    assert crowd.hinders(TaskKind.SEARCH, spec().stairs) is not None
    assert crowd.hinders(TaskKind.TREAT, spec().stairs) is None
    lane = (spec().site, spec().stairs)
    assert lane in crowd._county.blocks


def test_no_two_draws_share_a_name_and_orders_prevent_most():
    runs = [Session(exercise(), seed=1, policy=policy, audit=True).finish() for policy in ("none", "perfect")]
    hurt = [sum(event.data["serious"] for event in of_kind(one, "people.hurt")) for one in runs]
    assert hurt[0] > 100
    assert hurt[1] < hurt[0] / 20
