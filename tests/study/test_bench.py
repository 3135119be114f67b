"""Benchmarks measure what they say; no test looks at a time."""

import pytest

from sim.play.session import Session
from sim.spec.load import load
from sim.study.bare import lives_of, run_bare
from sim.study.bench import Result, back, clock_steps, one_run, ten_times, whatif_time


@pytest.fixture(scope="module")
def exercise():
    return load("chlorine-leak")


@pytest.fixture(scope="module")
def record(exercise):
    return Session(exercise, seed=0).finish()


def test_every_attempt_and_every_reading_of_the_run_is_in_the_lives(record):
    lives = lives_of(record)
    kinds = [event.kind for event in record.events]
    assert len(lives) == kinds.count("message.composed")
    assert sum(life.reading_s is not None for life in lives) == kinds.count("message.read")
    ended = kinds.count("message.sent")
    assert ended - 5 <= sum(len(life.attempts) for life in lives) <= ended  # some are under way at the end
    assert all(seconds >= 0 for life in lives for seconds in life.attempts)


def test_bare_simpy_lets_as_many_events_happen_as_the_run(exercise):
    run, bare = one_run(exercise, 1)[:2]
    assert (run.id, bare.id) == ("run", "bare")
    words = bare.how.replace(",", "").split()
    in_run, in_bare = int(words[words.index("SimPy") - 1]), int(words[-4])
    assert in_run == clock_steps(exercise, 0)
    assert abs(in_run - in_bare) <= 40


def test_time_outs_add_to_bare_simpy(exercise, record):
    lines = {one.id: one.phone_lines for one in exercise.county.organizations}
    lives = lives_of(record)
    without, more = (run_bare(lives, lines, count, 21600) for count in (0, 500))
    assert more == without + 500 + 40


def test_ten_times_the_units_and_injects_can_be_run(exercise):
    large = ten_times(exercise)
    units = [unit.id for unit in large.county.units]
    assert len(units) == len(set(units)) == 10 * len(exercise.county.units)
    assert len({inject.id for inject in large.scenario.injects}) == 10 * len(exercise.scenario.injects)
    assert Session(large, seed=0).finish().events[-1].kind == "run.ended"


def test_rows_say_how_they_were_measured(exercise):
    rows = one_run(exercise, 1)
    assert all(isinstance(row, Result) and row.value and row.how for row in rows)


@pytest.mark.slow
def test_going_back_is_measured_at_the_last_decision_and_a_what_if_at_the_first(exercise, record):
    (gone,) = back(exercise, 1)
    wall, spent = whatif_time(exercise, 2)
    keys = [entry.key for entry in record.journal if entry.kind == "answer"]
    assert f"to {keys[-1]} at" in gone.how
    assert f"at {keys[0]}:" in wall.how
    assert all(row.value and row.how for row in (gone, wall, spent))
