"""The world: Mesa keeps agents and never moves time; log, truth, questions and series do what they say."""

from collections import Counter

import mesa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

from sim.engine import Agent, Answer, Series
from sim.engine.series import EVERY_S
from sim.errors import ClockOwnership
from sim.record.events import KINDS
from tests.engine.worlds import HOUR, of_kind, run, whole_exercise, world_of

CLOSED = ("step", "run_model", "run_for", "run_until", "schedule_event", "schedule_recurring")
OF_MESA = [name for name in dir(mesa.Model) if name.startswith(("step", "run", "schedule"))]


@pytest.mark.parametrize("name", sorted({*CLOSED, *OF_MESA} - {"steps"}))
def test_mesa_cannot_move_time(name):
    world = world_of()
    for arguments in ((), (1,), (lambda: None, 1)):
        with pytest.raises(ClockOwnership) as caught:
            getattr(world, name)(*arguments)
        assert ("mesa", 0) == (caught.value.who, caught.value.now)
    assert (0, 0) == (world.time, world.clock.now)


@given(st.integers(1, 10**6), st.integers(-(10**6), 10**6))
def test_time_is_the_clocks_and_cannot_be_set(now, wanted):
    world = world_of()
    run(world, now)
    assert now == world.time == world.clock.now
    if wanted != now:
        with pytest.raises(ClockOwnership):
            world.time = wanted
    assert now == world.time


def test_agents_belong_to_the_world_and_have_ids_in_order():
    world = world_of()
    agents = [Agent(world) for _ in range(3)]
    assert agents == list(world.agents)
    assert [1, 2, 3] == [agent.unique_id for agent in agents]


@given(st.text("aemnorstu.", max_size=12).filter(lambda kind: kind not in KINDS))
def test_an_unknown_kind_of_event_is_refused_and_leaves_no_trace(kind):
    world = world_of()
    with pytest.raises(KeyError):
        world.log.emit(kind, "", "x", None)
    assert [] == world.log.events


@given(st.lists(st.tuples(st.integers(0, 100), st.lists(st.integers(0, 9)))))
def test_events_are_numbered_stamped_and_name_each_predecessor_once(emitted):
    world = world_of()
    for number, (wait, also) in enumerate(emitted):
        run(world, world.clock.now + wait)
        assert number == world.log.emit("unit.free", "", "x", 4, tuple(also), place="here")
    now = 0
    for event, (wait, also) in zip(world.log.events, emitted, strict=True):
        now += wait
        assert now == event.at_s
        assert tuple(sorted(set(also) - {4})) == event.also


@given(st.lists(st.tuples(st.sampled_from(["a/x", "b/x"]), st.sampled_from([True, False, 0, 1, "1"]))))
def test_truth_is_an_event_for_each_change_and_for_nothing_else(changes):
    world, heard, expected, now = world_of(), [], [], {}
    world.truth.watch(lambda key, value, seq: heard.append((key, value, seq)))
    for key, value in changes:
        seq = world.truth.change(key, value, None)
        if key in now and now[key] == value:
            assert seq is None
        else:
            expected.append((key, value, seq))
            now[key] = value
        assert (now[key], expected_seq(expected, key)) == (world.truth.value(key), world.truth.seq(key))
        assert world.truth.change(key, value, None) is None
    assert expected == heard == [(e.subject, e.data["value"], e.seq) for e in world.log.events]
    assert list(now.items()) == world.truth.items()


def expected_seq(changes, key):
    return [seq for changed, _, seq in changes if changed == key][-1]


def test_what_was_never_so_has_no_value_and_no_event():
    world = world_of()
    assert (None, None, []) == (world.truth.value("a/x"), world.truth.seq("a/x"), world.truth.items())


def test_a_question_is_open_until_its_answer_and_each_gets_its_own():
    world, got = world_of(), {}
    points = whole_exercise().scenario.pause_points[:2]

    def wait_for(question):
        answer = yield question.answered
        got[question.key] = (world.clock.now, answer)

    run(world, 100)
    for point in points:
        question = world.pending.ask(point, None, ())
        assert (point.id, point.seat, 100) == (question.key, question.seat, question.opened_s)
        world.clock.start(wait_for(question))
    first, second = (point.id for point in points)
    assert [first, second] == list(world.pending.open)
    run(world, 160)
    world.pending.answer(first, Answer("x", 60, 60))
    assert [second] == list(world.pending.open)
    run(world, 200)
    assert {first: (160, Answer("x", 60, 60))} == got
    with pytest.raises(KeyError):
        world.pending.answer(first, Answer("y", 0, 0))
    opened = of_kind(world, "question.opened")
    assert [{option.id for option in point.options} for point in points] == [set(e.data["options"]) for e in opened]


def test_no_place_in_the_list_of_options_is_a_hint():
    """Over seeds every option comes first about as often as any other: so unlike, one set of seeds in 1,000 is."""
    point = next(one for one in whole_exercise().scenario.pause_points if len(one.options) > 2)
    orders = [world_of(seed=seed).pending.ask(point, None, ()).shown for seed in range(300)]
    assert {tuple(sorted(order)) for order in orders} == {tuple(sorted(option.id for option in point.options))}
    first = Counter(order[0] for order in orders)
    assert chisquare([first[option.id] for option in point.options]).pvalue > 0.001


def test_quantities_are_sampled_at_fixed_times_from_the_start_on():
    world = world_of()
    series = Series(world, {"doubled": lambda: 2 * world.clock.now})
    run(world, HOUR)
    expected = [{"at_s": moment, "doubled": 2 * moment} for moment in range(0, HOUR + 1, EVERY_S)]
    assert expected == series.rows()
