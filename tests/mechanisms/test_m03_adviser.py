"""M03: an adviser that reasons from what the seat holds, says how sure it is, can be wrong, and can be checked."""

from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.actors.command.adviser import advise, forecast
from sim.assess.advice import advised, summary
from sim.play.seats import Seat
from sim.play.session import Session
from sim.record.picture import Held
from sim.spec.load import load
from tests.mechanisms.paired import SEEDS, falls
from tests.play.made import short

ON = {"adviser.on": "on"}
NOW_S = 3600


def held(value, as_of_s=NOW_S, verified=False):
    return Held(value, as_of_s, "someone", as_of_s, verified)


def unchecked(seed, **overrides):
    """Return how much of the advice that was followed did not follow from the picture of its seat."""
    found = summary(Session(short(), seed=seed, overrides=ON | overrides).finish().events)
    return found["followed_unsound"] / found["given"]


@SEEDS
def test_who_checks_advice_follows_less_that_is_unsound(seeds):
    never, always = (
        [unchecked(seed, **{"adviser.checking": share, "adviser.accuracy": 0.3}) for seed in range(seeds)]
        for share in (0, 1)
    )
    falls(never, always)
    assert not any(one for one in always), "whoever has checked does not follow what he found wrong"


@SEEDS
def test_a_better_adviser_misleads_less(seeds):
    poor, good = (
        [unchecked(seed, **{"adviser.checking": 0, "adviser.accuracy": share}) for seed in range(seeds)]
        for share in (0.2, 0.95)
    )
    falls(poor, good)


@SEEDS
def test_checking_takes_time_before_the_question_comes(seeds):
    def answered_s(seed, minutes):
        overrides = ON | {"adviser.checking": 1, "adviser.check_time": minutes}
        events = Session(short(), seed=seed, overrides=overrides).finish().events
        return fmean(event.at_s for event in events if event.kind == "question.opened")

    slow, quick = ([answered_s(seed, minutes) for seed in range(seeds)] for minutes in (20, 2))
    falls(slow, quick)


@pytest.mark.parametrize("checking", [0, 1])
def test_every_advice_is_recorded_with_what_became_of_it(checking):
    record = Session(short(), seed=1, overrides=ON | {"adviser.checking": checking}, audit=True).finish()
    found = advised(record.events)
    asked = [event.subject for event in record.events if event.kind == "question.opened"]
    assert asked
    assert dict.fromkeys(asked).keys() <= dict.fromkeys(one.question for one in found).keys()
    assert all(one.checked_before == bool(checking) for one in found if one.followed_s is not None)
    assert summary(record.events)["checked_before"] == checking
    shown = Session(short(), seed=1, overrides=ON, seats=("command",))
    while not (waiting := shown.advance()):
        pass
    (row,) = shown.view("command").advice
    assert row["question"] == waiting[0].key
    assert row["sound"] is None, "only a check tells whether it is sound"


def test_a_person_checks_advice_by_an_order_while_the_question_waits():
    session = Session(short(), seed=3, overrides=ON | {"adviser.accuracy": 0}, seats=("command",))
    (asked,) = session.advance()
    seat = Seat(session, "command")
    seat.order({"do": "check_advice", "question": asked.key}, charged_s=30)
    seat.wait(asked.key, 540)
    while not [one for one in session.advance() if one.key == asked.key]:
        pass
    (row,) = [one for one in seat.view().advice if one["question"] == asked.key]
    assert row["sound"] is False


def test_places_are_threatened_downwind_of_what_is_known_and_nowhere_else():
    exercise = load("chlorine-leak")
    assert () == forecast(exercise, {}).threatened
    known = {"incident/exists": held(True), "wind/toward": held("southeast")}
    assert "liuwan" in forecast(exercise, known).threatened
    assert "shiqiao" not in forecast(exercise, known).threatened
    turned = known | {"wind/forecast": held("north")}
    assert "shiqiao" in forecast(exercise, turned).threatened
    assert "shiqiao" not in forecast(exercise, turned | {"shiqiao/danger": held(True)}).threatened


def test_water_of_a_failing_dam_arrives_later_further_down():
    exercise = load("flash-flood")
    minutes = dict(forecast(exercise, {"flood/dam": held("failing")}).water_min)
    below = exercise.county.reservoirs[0].downstream
    assert [one.place for one in below] == list(minutes)
    assert sorted(minutes.values()) == list(minutes.values())
    assert {} == dict(forecast(exercise, {"flood/dam": held("seeping")}).water_min)


@given(st.floats(0, 1), st.floats(0, 1, exclude_max=True), st.booleans())
def test_advice_is_sound_as_often_as_the_adviser_is_accurate_and_says_so(accuracy, luck, stale):
    exercise = load("chlorine-leak")
    point = next(one for one in exercise.scenario.pause_points if one.id == "villages")
    picture = {"incident/exists": held(True, 0 if stale else NOW_S), "wind/forecast": held("north", 0)}
    advice = advise(exercise, point, picture, NOW_S, accuracy, luck)
    assert advice.sound == (luck < accuracy)
    assert advice.sound == (advice.option == "evacuate-shiqiao")
    assert advice.option in [one.id for one in point.options]
    assert advice.confidence_pct <= round(100 * accuracy)
    fresh = advise(exercise, point, {key: held(one.value) for key, one in picture.items()}, NOW_S, accuracy, luck)
    assert fresh.confidence_pct >= advice.confidence_pct
