"""A sweep against Mesa's own batch runner: the same runs, the same values, the same number of workers."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sim.engine.batched import batch_run
from sim.play.many import Task, replication_seed, run_many, values_of
from sim.spec.load import Exercise
from sim.study.measures import measure
from sim.study.timing import Result


def by_sweep(exercise: Exercise, tasks: Sequence[Task], jobs: int) -> dict[Task, dict[str, Any]]:
    """Return the values of tasks as a sweep runs them."""
    return {row.task: row.values for row in run_many(tasks, exercise.sources, measure, jobs=jobs)}


def by_mesa(exercise: Exercise, tasks: Sequence[Task], jobs: int) -> dict[Task, dict[str, Any]]:
    """Return the values of tasks as Mesa's batch runner runs them."""
    return dict(batch_run(partial(values_of, exercise.sources, measure), tasks, jobs))


def against_mesa(exercise: Exercise, runs: int, jobs: int) -> list[Result]:
    """Measure both, in turns; a few runs go before and are taken off: no start of workers counts."""
    few = [Task(1, number, number) for number in range(2 * jobs)]
    tasks = [*few, *(Task(0, number, replication_seed(0, number)) for number in range(runs))]
    walls = []
    for way in (by_sweep, by_mesa):
        first = wall(partial(way, exercise, few, jobs))
        walls.append(wall(partial(way, exercise, tasks, jobs)) - first)
    ours, mesas = walls
    how = f"wall time of {runs} runs on {jobs} workers: {ours:.2f} s, and {mesas:.2f} s under mesa.batch_run"
    return [Result("sweep / mesa.batch_run", round(ours / mesas, 2), "x", "1", "1.1", f"{how}, their start left out")]


def wall(body: Callable[[], object]) -> float:
    """Return how long something takes, in seconds of wall time."""
    started = time.perf_counter()
    body()
    return time.perf_counter() - started
