"""Many runs: seeds that depend on nothing else, rows that do not depend on workers, failures that stay single."""

import os
import random
import time
from pathlib import Path

import pytest

from sim.errors import BadInput, RecordBroken
from sim.play.mail import mailed, received
from sim.play.many import Task, replication_seed, run_many, run_one
from sim.spec.load import load

TASKS = [
    Task(point, number, replication_seed(3, number), "plan", overrides)
    for number in range(2)
    for point, overrides in enumerate([(), (("duty.phone_lines", 1.0),)])
]


@pytest.fixture(scope="module")
def sources():
    return load("chlorine-leak").sources


@pytest.fixture(scope="module")
def serial(sources):
    return sorted(run_many(TASKS, sources, digest_of_run), key=lambda row: row.key)


def digest_of_run(record, _task):
    return {"digest": record.digest}


def kills_its_worker(_record, task):
    if task.seed == TASKS[1].seed and task.point == 1:
        os._exit(9)
    return {"seed": task.seed}


def raises_for_point_one(_record, task):
    if task.point:
        raise ValueError("not\nthis one")
    return {}


def never_ends(_record, _task):
    while True:
        pass


def test_seeds_of_replications_are_pinned():
    assert [replication_seed(1, number) for number in range(3)] == [
        3500111060928002891,
        4814869748182558263,
        5494282894253559213,
    ]
    assert replication_seed(0, 0) == 4138811664249069686


def test_seeds_differ_and_fit_a_session():
    seeds = {replication_seed(root, number) for root in range(40) for number in range(50)}
    assert len(seeds) == 2000
    assert all(0 <= seed < 2**63 for seed in seeds)


def test_rows_are_the_same_in_two_processes_and_in_another_order(serial, sources):
    shuffled = random.Random(1).sample(TASKS, len(TASKS))
    parallel = list(run_many(shuffled, sources, digest_of_run, jobs=2))
    assert sorted(parallel, key=lambda row: row.key) == serial
    assert len({row.values["digest"] for row in serial}) == len(TASKS)


def test_a_run_that_raises_is_a_row_with_its_reason(sources):
    seen = []
    rows = list(run_many(TASKS, sources, raises_for_point_one, on_done=seen.append))
    assert rows == seen
    assert [row.failed for row in rows] == ["", "ValueError: not this one"] * 2
    assert all(row.values == {} for row in rows)


def test_a_task_that_cannot_be_run_is_a_row_with_its_reason(sources):
    for task in (TASKS[0]._replace(policy="magic"), TASKS[0]._replace(decisions=(("q", "a"),))):
        assert run_one(task, sources, digest_of_run).failed.startswith("BadInput: ")


def test_a_run_that_hangs_is_a_row_with_its_reason(sources):
    started = time.monotonic()
    row = run_one(TASKS[0], sources, never_ends, limit_s=1.5)
    assert row.failed == "timeout: not done after 1.5 s"
    assert time.monotonic() - started < 30


@pytest.mark.slow
def test_a_run_that_kills_its_worker_takes_no_other_run_with_it(sources):
    rows = sorted(run_many(TASKS, sources, kills_its_worker, jobs=2), key=lambda row: row.key)
    assert [row.task for row in rows] == sorted(TASKS, key=lambda task: (task.point, task.replication))
    assert [bool(row.failed) for row in rows] == [False, False, True, False]
    assert rows[2].failed == "killed: its worker process died 2 times"


def test_leaving_early_starts_no_further_run(sources):
    rows = run_many(TASKS, sources, digest_of_run)
    next(rows)
    rows.close()
    assert list(rows) == []


@pytest.mark.parametrize("jobs", [0, -1, True, 2.0, "2", 10**6])
def test_the_number_of_workers_is_checked(sources, jobs):
    with pytest.raises(BadInput):
        list(run_many(TASKS, sources, digest_of_run, jobs=jobs))


def test_a_worker_takes_no_other_files_than_those_that_were_sent(sources):
    sent = mailed({"a": sources})
    path = Path(sent.folder, sent.digest)
    assert received(sent) == {"a": sources}
    assert received(mailed(sources)) == sources
    path.write_text('{"a": []}')
    try:
        with pytest.raises(RecordBroken):
            received.__wrapped__(sent)
    finally:
        path.unlink()
