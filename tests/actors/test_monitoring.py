"""Monitors: what is so is noticed late, not always, and not without power; false alarms come at the stated rate."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.rng import Distribution, Shape
from sim.spec.monitors import Connected
from tests.actors.watching import GAS, Run, descends, monitor
from tests.engine.worlds import fixed

ALARMS = ("monitor.alarmed", "monitor.cleared")
DAY = 24 * 3600
LEVEL = "monitoring.level"


def test_an_alarm_comes_after_the_delay_and_is_over_after_the_delay():
    watch = Run(monitor(tells=("duty",))).true(100, True).true(500, False).run()
    assert watch.told(*ALARMS) == [(160, "alarmed", True), (560, "cleared", False)]
    alarm = watch.of("monitor.alarmed")[0]
    assert alarm.data == {"fact": GAS, "value": True, "false": False}
    assert watch.world.log.events[alarm.cause].kind == "truth.changed"
    for holder in ("enterprise", "duty"):
        learned = [one for one in watch.of("fact.learned") if one.actor == holder]
        assert [(one.at_s, one.data["value"], one.data["source"]) for one in learned] == [
            (160, True, "gas"),
            (560, False, "gas"),
        ]
        assert not any(one.data["verified"] for one in learned)
    assert learned[0].data["as_of_s"] == 100, "an alarm says since when"
    assert {event.actor for event in watch.of("fact.learned")} == {"enterprise", "duty"}
    assert descends(watch.world.log.events)


def test_a_number_alarms_above_its_limit_once_until_it_has_been_below():
    watch = Run(monitor("level", watches="liuwan/hurt", above=3))
    for at_s, value in ((10, 3), (20, 4), (30, 9), (200, 3), (400, 5)):
        watch.true(at_s, value, "liuwan/hurt")
    assert watch.run().told(*ALARMS) == [(80, "alarmed", 4), (260, "cleared", 3), (460, "alarmed", 5)]


@pytest.mark.parametrize(
    ("senses", "of", "alarms"),
    [(("leak", "fire"), "leak", 1), (("leak",), "flood", 0), (("flood",), "flood", 0), ((), "flood", 1)],
)
def test_a_detector_senses_the_danger_of_its_own_hazards_alone(senses, of, alarms):
    watch = Run(monitor(senses=senses))

    def reach():
        seq = watch.world.log.emit("danger.reached", "", "liuwan", watch.start, of=of, level_milli=9, unit="x")
        watch.world.truth.change(GAS, True, seq)

    assert len(watch.at(100, reach).run().told("monitor.alarmed")) == alarms


def test_what_lasted_less_than_the_delay_is_alarmed_late_and_then_over():
    watch = Run(monitor()).true(100, True).true(110, False).run()
    assert watch.told(*ALARMS) == [(160, "alarmed", True), (220, "cleared", False)]


def test_a_monitor_without_power_is_blind_and_sees_what_is_still_so_when_the_power_is_back():
    watch = Run(monitor(needs=("substation",))).cut(50, 1000).true(100, True).run()
    assert watch.told("monitor.blind", "monitor.back", *ALARMS) == [
        (50, "blind", None),
        (1050, "back", None),
        (1110, "alarmed", True),
    ]
    failed = watch.of("lifeline.failed")[0].seq
    assert failed in (watch.of("monitor.blind")[0].cause, *watch.of("monitor.blind")[0].also)
    assert descends(watch.world.log.events)


def test_power_that_goes_while_it_is_about_to_alarm_loses_the_alarm():
    watch = Run(monitor(needs=("substation",))).true(100, True).cut(130, 1000).true(600, False).run()
    assert watch.told(*ALARMS) == []
    before = Run(monitor(needs=("substation",))).true(100, True).cut(170, 1000).true(600, False).run()
    assert before.told(*ALARMS) == [(160, "alarmed", True), (1230, "cleared", False)]


def test_a_battery_bridges_an_outage_that_is_shorter():
    def blind(lasts_s, **overrides):
        spec = monitor(needs=("substation",), battery=fixed(600))
        return Run(spec, overrides=overrides).cut(50, lasts_s).run().told("monitor.blind", "monitor.back")

    assert blind(500) == []
    assert blind(1000) == [(650, "blind", None), (1050, "back", None)]
    assert blind(1000, **{"lifelines.battery_factor": 2}) == []


OUTAGES = st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 3000)), max_size=4, unique_by=lambda one: one[0])
CHANGES = st.lists(st.integers(1, 9000), min_size=1, max_size=6, unique=True)


def first_alarm(outages, changes, factor=1.0, seed=0, **given):
    delay = Distribution(Shape.LOGNORMAL, 300.0 * factor, 0.8)
    watch = Run(monitor(delay=delay, needs=("substation",), **given), seed=seed)
    for at_s, lasts_s in outages:
        watch.cut(at_s, lasts_s)
    for number, at_s in enumerate(sorted(changes)):
        watch.true(at_s, number % 2 == 0)
    return watch.run(DAY)


@settings(max_examples=60)
@given(OUTAGES, CHANGES, st.floats(1, 20), st.integers(0, 50))
def test_more_delay_never_alarms_earlier(outages, changes, factor, seed):
    sooner, later = (first_alarm(outages, changes, one, seed).told("monitor.alarmed") for one in (1.0, factor))
    assert not later or (sooner and sooner[0][0] <= later[0][0])


@settings(max_examples=60)
@given(OUTAGES, CHANGES, st.integers(0, 50))
def test_no_alarm_comes_while_it_is_blind_and_each_has_a_cause(outages, changes, seed):
    watch, blind = first_alarm(outages, changes, seed=seed, false_per_day=24.0), False
    for event in watch.world.log.events:
        if event.subject == "gas":
            assert not (blind and event.kind in ("monitor.alarmed", "monitor.cleared"))
            blind = event.kind == "monitor.blind" or (blind and event.kind != "monitor.back")
    assert descends(watch.world.log.events)


@settings(max_examples=20)
@given(CHANGES, st.integers(0, 50))
def test_what_always_misses_never_alarms_and_says_so(changes, seed):
    watch = first_alarm([], changes, seed=seed, miss=1.0)
    assert not watch.told("monitor.alarmed")
    assert len(watch.of("monitor.missed")) == (len(changes) + 1) // 2


def test_a_monitor_misses_at_the_stated_rate_and_more_often_the_larger_it_is():
    def missed(miss):
        watch = Run(*(monitor(f"m{number}", miss=miss, owner="duty") for number in range(400)), seed=5)
        return {event.subject for event in watch.true(10, True).run(20).of("monitor.missed")}

    third, half = missed(0.3), missed(0.5)
    assert 120 - 37 < len(third) < 120 + 37  # 4 standard deviations
    assert third < half


def test_false_alarms_come_at_the_stated_rate_and_state_what_is_not_so():
    runs = [Run(monitor(false_per_day=6.0), seed=seed).run(DAY - 1) for seed in range(40)]
    alarms = [event for one in runs for event in one.of("monitor.alarmed")]
    assert 240 - 56 < len(alarms) < 240 + 56  # 4 standard deviations of 960 slots with a chance of 1/4
    assert all(event.data == {"fact": GAS, "value": True, "false": True} for event in alarms)
    assert runs[0].world.truth.value(GAS) is None
    cleared = [event.at_s for event in runs[0].of("monitor.cleared")]
    assert cleared == [event.at_s + 600 for event in runs[0].of("monitor.alarmed")][: len(cleared)]
    assert runs[0].picture().value(GAS) is not None
    assert all(descends(one.world.log.events) for one in runs[:3])


def test_a_false_alarm_never_comes_without_power_nor_on_top_of_a_true_one():
    spec = monitor(false_per_day=24.0, needs=("substation",))
    assert not Run(spec).cut(0, DAY).run(DAY - 1).of("monitor.alarmed")
    assert [one.data["false"] for one in Run(spec).true(0, True).run(DAY - 1).of("monitor.alarmed")] == [False]


def test_at_level_none_nothing_alarms_and_nothing_is_blind():
    spec = monitor(false_per_day=24.0, needs=("substation",))
    watch = Run(spec, overrides={LEVEL: 0}).true(100, True).cut(200, 100).run(DAY - 1)
    assert not [event for event in watch.world.log.events if event.kind.startswith("monitor.")]


CONNECTED = Connected(delay_factor=0.25, miss_factor=0.5, needs=("station",))


def test_connected_monitors_are_faster_and_surer_and_blind_without_the_network():
    spec = monitor(delay=fixed(400), miss=0.6, connected=CONNECTED)
    many = [spec.model_copy(update={"id": f"m{number}"}) for number in range(100)]
    alone, linked = (
        Run(*many, overrides={LEVEL: level}).true(100, True).run(900).told("monitor.alarmed") for level in (1, 2)
    )
    assert {at_s for at_s, *_ in alone} == {500}
    assert {at_s for at_s, *_ in linked} == {200}
    assert 20 < len(alone) < 60 < len(linked) < 85  # means of 40 and 70
    sure = monitor(delay=fixed(400), connected=CONNECTED)
    for level, expected in ((1, [500]), (2, [1150])):
        run = Run(sure, overrides={LEVEL: level}).cut(50, 1000, "network").true(100, True).run()
        assert [at_s for at_s, *_ in run.told("monitor.alarmed")] == expected


def test_the_level_can_be_changed_while_it_runs():
    spec = monitor(delay=fixed(400), connected=CONNECTED)
    assert Run(spec).true(100, True).set(200, LEVEL, 0).run().told(*ALARMS) == []
    assert Run(spec).true(100, True).set(200, LEVEL, 0).set(900, LEVEL, 1).run().told(*ALARMS) == [
        (1300, "alarmed", True)
    ]
    assert Run(spec).true(100, True).set(200, LEVEL, 2).run().told(*ALARMS) == [(300, "alarmed", True)]


def test_monitors_of_facts_and_hazards_that_are_not_in_the_exercise_are_left_out():
    assert not Run(monitor(senses=("flood",), false_per_day=24.0)).run(DAY - 1).of("monitor.alarmed")
    watch = Run(monitor(watches="reservoir/level", above=10, false_per_day=24.0))
    assert not watch.true(10, 20, "reservoir/level").run(DAY - 1).of("monitor.alarmed")


@pytest.mark.parametrize(
    "wrong",
    [{"is": None}, {"above": 3, "is": True}, {"battery": fixed(9)}, {"false_per_day": 25.0}, {"miss": 1.5}],
)
def test_monitors_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValidationError):
        monitor(**wrong)


def test_a_connected_monitor_is_never_free():
    with pytest.raises(ValidationError):
        Connected(needs=())
