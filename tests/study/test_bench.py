"""Benchmarks measure what they say; no test looks at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.play.many import Task, replication_seed
from sim.play.session import Session
from sim.spec.load import load
from sim.study.bare import lives_of, run_bare
from sim.study.bench import Result, back, clock_steps, one_run, ten_times, whatif_time
from sim.study.bench_mesa import against_mesa, by_mesa, by_sweep
from sim.study.bench_page import million, page
from sim.study.bench_sweeps import busy, memory_of_many, overhead
from sim.study.bench_sweeps import growth as growth_of


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


def states(pid, seconds, cpu_s, waited_s):
    """Return how a worker stands at the beginning and after some seconds."""
    ends = ((0.0, 0.0, 0.0), (seconds, cpu_s, waited_s))
    return [{"pid": pid, "at_s": at, "cpu_s": spent, "waited_s": waited} for at, spent, waited in ends]


def test_a_worker_that_waits_for_a_core_is_not_idle_and_one_that_waits_for_work_is():
    rows = {row.id: row.value for row in busy([*states(1, 10.0, 9.0, 1.0), *states(2, 10.0, 5.0, 3.0)])}
    assert rows == {"workers busy": 70.0, "workers idle": 10.0}
    silent = [{**state, "waited_s": -1.0} for state in states(1, 10.0, 9.0, 0.0)]
    assert [row.id for row in busy(silent)] == ["workers busy"]
    assert busy(states(1, 0.0, 0.0, 0.0)) == []


@given(st.integers(10, 200), st.integers(-50, 50), st.integers(10_000, 20_000))
def test_growth_is_the_slope_of_a_straight_line_and_does_not_see_the_start(count, slope, base):
    sizes = [base + slope * number for number in range(count)]
    assert growth_of(sizes) == pytest.approx(slope)
    assert growth_of([0] * (count // 5) + sizes[count // 5 :]) == pytest.approx(slope)
    assert growth_of(sizes[:9]) is None


def test_the_page_reckons_a_million_runs_from_its_rows():
    values = {"sweep cost": 0.36, "overhead": 2.0, "overhead here": 1.0, "store": 1500, "table": 500}
    rows = [Result(name, value, "", "", "", "a|b")._asdict() for name, value in values.items()]
    assert million(rows) == []
    rows.append(Result("memory of the parent", 4.0, "KiB per run", "", "", "")._asdict())
    reckoned = dict(million(rows))
    assert reckoned["core hours of workers"] == "100.3"
    assert reckoned["workers that one parent keeps busy"] == "361"
    assert reckoned["disk for store and table.csv, GB"] == "2.0"
    text = page(rows)
    assert {line.count("|") for line in text.splitlines() if line.startswith("|")} == {7, 3}
    assert "a/b" in text


@pytest.mark.slow
def test_sweeps_of_stand_ins_are_measured():
    rows = {row.id: row for row in [*overhead(40, 2), *memory_of_many(40, 2)]}
    assert rows["overhead"].value > rows["overhead here"].value > 0
    assert rows["store"].value > rows["table"].value > 0
    assert rows["memory of a worker"].value is not None


@pytest.mark.slow
def test_going_back_is_measured_at_the_last_decision_and_a_what_if_at_the_first(exercise, record):
    (gone,) = back(exercise, 1)
    wall, spent = whatif_time(exercise, 2)
    keys = [entry.key for entry in record.journal if entry.kind == "answer"]
    assert f"to {keys[-1]} at" in gone.how
    assert f"at {keys[0]}:" in wall.how
    assert all(row.value and row.how for row in (gone, wall, spent))


def test_mesas_batch_runner_comes_to_the_values_of_a_sweep(exercise):
    tasks = [Task(0, number, replication_seed(3, number)) for number in range(2)]
    ours, mesas = (way(exercise, tasks, 1) for way in (by_sweep, by_mesa))
    assert list(ours) == tasks
    assert ours == mesas


@pytest.mark.slow
def test_a_sweep_is_measured_against_mesas_batch_runner_in_processes(exercise):
    (row,) = against_mesa(exercise, 2, 2)
    assert row.value is not None  # of so few runs it says nothing
    assert "wall time of 2 runs on 2 workers" in row.how
