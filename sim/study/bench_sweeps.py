"""What a sweep costs besides its runs: overhead of a run, how busy workers are, and what memory does over many runs."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from math import fsum
from pathlib import Path
from typing import Any, NamedTuple

from sim.canon import canonical
from sim.play.many import Row, Task, replication_seed, run_many
from sim.record.folder import RunRecord, to_csv
from sim.spec.load import Exercise
from sim.study.bench_mesa import against_mesa
from sim.study.measures import measure
from sim.study.running import STORE, How, Runs, finished
from sim.study.timing import Result, cpu

COLUMNS = 40
"""Values of a stand-in's row; about as many as a run's."""
EVENTS = 1500
"""Events of a stand-in's record; about as many as those of a short exercise."""


def light(task: Task) -> dict[str, Any]:
    """Return a row of the size of a run's at once: what is left is what a sweep adds."""
    return {**_row(task), **_state()}


def heavy(task: Task) -> dict[str, Any]:
    """Make a record of the size of a run's, write it as text, and return a row: memory is used as by a run."""
    events = [
        {"seq": number, "at_s": 5 * number, "kind": "message.read", "data": {"share": task.seed % (number + 7) / 7}}
        for number in range(EVENTS)
    ]
    return {**_row(task), "length": len(canonical(events)), **_state()}


def played(record: RunRecord, task: Task) -> dict[str, Any]:
    """Return what a sweep keeps of a run, and how its worker stands."""
    return {**measure(record, task), **_state()}


def _row(task: Task) -> dict[str, Any]:
    return {f"value_{number}": task.seed % (number + 7) / 7 for number in range(COLUMNS)}


def _state() -> dict[str, Any]:
    """Return which process this is, its clock, its CPU time, its waits for a core, and its memory."""
    waited_s = 0.0
    try:
        waited_s = int(Path("/proc/self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        waited_s = -1.0  # this system does not tell
    state = {"pid": os.getpid(), "at_s": time.monotonic(), "cpu_s": time.process_time(), "waited_s": waited_s}
    return {**state, "rss_kib": rss_kib()}


def rss_kib() -> int:
    """Return the memory that this process holds, in KiB; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def sweeps(exercise: Exercise, runs: int, many: int, jobs: int = 2) -> list[Result]:
    """Measure sweeps.

    Args:
        exercise: What is played.
        runs: Runs that are played.
        many: Runs of a stand-in, for overhead and memory.
        jobs: Worker processes.
    """
    return [
        *rate(exercise, runs, jobs),
        *against_mesa(exercise, runs, jobs),
        *overhead(many, jobs),
        *memory_of_many(many, jobs),
    ]


def rate(exercise: Exercise, runs: int, jobs: int) -> list[Result]:
    """Measure how well workers are used, their start left out."""
    tasks = [Task(0, number, replication_seed(0, number)) for number in range(runs)]
    warm = [Task(1, number, number) for number in range(2 * jobs)]
    list(run_many(warm, exercise.sources, played, jobs=jobs))  # workers have started and loaded by now
    load_before = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    started = time.perf_counter()
    rows = list(run_many(tasks, exercise.sources, played, jobs=jobs))
    wall_s = time.perf_counter() - started
    others = f"; load of the machine before: {load_before:.1f}" if load_before is not None else ""
    serial_s = cpu(lambda: list(run_many(tasks, exercise.sources, played)))
    cores = min(jobs, os.cpu_count() or 1)
    how = f"CPU of {runs} serial runs ({serial_s:.2f} s) / (wall {wall_s:.2f} s x {cores} cores), workers started"
    return [
        Result("sweep efficiency", round(100 * serial_s / (wall_s * cores), 1), "%", "95", "", how + others),
        Result("sweep rate", round(runs / wall_s, 1), "runs per s", "", "", f"{jobs} workers"),
        Result("sweep cost", round(serial_s / runs, 4), "CPU s per run", "", "", "play, score and measure, one by one"),
        *busy([row.values for row in rows]),
    ]


def busy(states: Sequence[dict[str, Any]]) -> list[Result]:
    """Return how much of the time workers compute, and how much they have nothing to do.

    A worker that waits for a core which other programs use is not busy, but it has something to do.
    """
    shares, idle = [], []
    for own in _by_worker(states).values():
        first, last = own[0], own[-1]
        wall_s = last["at_s"] - first["at_s"]
        if wall_s <= 0:
            continue  # one run only
        worked_s = last["cpu_s"] - first["cpu_s"]
        shares.append(100 * worked_s / wall_s)
        if first["waited_s"] >= 0:
            idle.append(100 * max(0.0, 1 - (worked_s + last["waited_s"] - first["waited_s"]) / wall_s))
    if not shares:
        return []
    how = f"CPU of each of {len(shares)} workers over its wall time between its first and last run"
    rows = [Result("workers busy", round(statistics.fmean(shares), 1), "%", "95", "", f"{how}")]
    if idle:
        how = "neither computing nor waiting for a core that others use"
        rows.append(Result("workers idle", round(statistics.fmean(idle), 1), "%", "0", "5", how))
    return rows


def _by_worker(states: Sequence[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for state in sorted(states, key=lambda one: one["at_s"]):
        found.setdefault(state["pid"], []).append(state)
    return found


def overhead(runs: int, jobs: int) -> list[Result]:
    """Measure what a sweep adds to a run: keys, queue, guards, store."""
    made = _many(light, runs, jobs)
    table = [row.values for row in made.rows]
    workers_s = fsum(own[-1]["cpu_s"] - own[0]["cpu_s"] for own in _by_worker(table).values())
    workers_s -= cpu(lambda: [light(row.task) for row in made.rows])  # the stand-in itself is no overhead
    each = f"{runs} runs of a stand-in with {COLUMNS} values, {jobs} workers"
    return [
        Result("overhead", round(1e3 * (made.spent_s + workers_s) / runs, 3), "CPU ms per run", "", "2", each),
        Result("overhead here", round(1e3 * made.spent_s / runs, 3), "CPU ms per run", "", "", "of it in the parent"),
        Result("overhead wall", round(1e3 * made.wall_s / runs, 3), "ms per run", "", "2", "wall time, all workers"),
        Result("store", round(made.disk / runs), "bytes per run", "", "", "the file of finished runs"),
        Result("table", round(len(to_csv(table)) / runs), "bytes per run", "", "", "table.csv"),
    ]


def memory_of_many(runs: int, jobs: int) -> list[Result]:
    """Measure how memory grows with runs, in a worker and in the parent, which keeps the rows."""
    tracemalloc.start()  # what was freed before would hide in the memory of the process
    try:
        rows = _many(heavy, runs, jobs).rows
        held_kib = tracemalloc.get_traced_memory()[0] / 1024
    finally:
        tracemalloc.stop()
    told = []
    for own in _by_worker([row.values for row in rows]).values():
        sizes = [state["rss_kib"] for state in own]
        grown = growth(sizes)
        if grown is not None:
            told.append((grown, sizes))
    if not told or not rss_kib():
        return [
            Result("memory of a worker", None, "KiB per run", "0", "", "too few runs, or this system does not tell")
        ]
    slope, sizes = max(told)
    marks = [sizes[len(sizes) * tenth // 10] // 1024 for tenth in range(10)] + [sizes[-1] // 1024]
    how = f"{runs} stand-ins with {EVENTS} events; by tenths of the runs: {' '.join(map(str, marks))} MiB"
    held = f"{held_kib / 1024:.1f} MiB for {runs} runs; it keeps all rows"
    return [
        Result("memory of a worker", round(slope, 2), "KiB per run", "0", "", how),
        Result("memory of the parent", round(held_kib / runs, 2), "KiB per run", "", "", held),
    ]


def growth(sizes: Sequence[int]) -> float | None:
    """Return by how much sizes grow from one to the next: the last fifth against the second; None for too few.

    The first fifth is left out: there a worker loads what it needs.
    """
    fifth = len(sizes) // 5
    if fifth < 2:
        return None
    early, late = sizes[fifth : 2 * fifth], sizes[-fifth:]
    return (statistics.fmean(late) - statistics.fmean(early)) / (len(sizes) - 2 * fifth)


class _Made(NamedTuple):
    """What a sweep of a stand-in took: CPU seconds of this process, wall seconds, bytes on disk."""

    rows: list[Row]
    spent_s: float
    wall_s: float
    disk: int


def _many(model: Callable[[Task], dict[str, Any]], runs: int, jobs: int) -> _Made:
    """Run a stand-in as a sweep does, with a store on disk."""
    how, files = How(jobs=jobs), Runs({}, model=model)
    finished(files, [Task(1, number, number) for number in range(2 * jobs)], None, how)  # workers have started by now
    tasks = [Task(0, number, replication_seed(0, number)) for number in range(runs)]
    with tempfile.TemporaryDirectory() as base:
        spent_s, started = time.process_time(), time.perf_counter()
        rows = finished(files, tasks, Path(base), how)
        wall_s, spent_s = time.perf_counter() - started, time.process_time() - spent_s
        return _Made(rows, spent_s, wall_s, (Path(base) / STORE).stat().st_size)
