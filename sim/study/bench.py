"""Benchmarks: what a run costs, as ratios within one measurement where possible; nothing here asserts a time."""

from __future__ import annotations

import cProfile
import os
import pstats
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.play.runs import go_back
from sim.play.session import Session
from sim.record.events import to_lines
from sim.record.folder import RunRecord
from sim.spec.load import Exercise, load
from sim.study.bare import lives_of, run_bare
from sim.study.bench_messages import messages
from sim.study.bench_sweeps import sweeps
from sim.study.timing import Result, cpu
from sim.study.whatif import whatif


def bench(
    scenario: str = "chlorine-leak", repeats: int = 7, runs: int = 24, only: str | None = None, many: int = 2000
) -> list[dict[str, Any]]:
    """Measure and return one row a benchmark.

    Args:
        scenario: Id or path of the scenario to measure with.
        repeats: Runs of which the median is taken.
        runs: Runs of the sweep whose efficiency is measured.
        only: A part: ``runs`` for whole runs, ``messages`` for message lives, ``sweeps`` for sweeps; None for all.
        many: Runs of a stand-in for overhead and memory of sweeps.
    """
    exercise = load(scenario)
    parts: dict[str, Callable[[], list[Result]]] = {
        "messages": lambda: messages(exercise),
        "runs": lambda: whole_runs(exercise, repeats, 3 * runs),
        "sweeps": lambda: sweeps(exercise, runs, many),
    }
    return [row._asdict() for part, measured in parts.items() if only in (None, part) for row in measured()]


def whole_runs(exercise: Exercise, repeats: int, runs: int) -> list[Result]:
    """Measure whole runs, and what is made of them at the table."""
    few = max(3, repeats // 2)
    return [
        *one_run(exercise, repeats),
        *growth(exercise, few),
        *back(exercise, few),
        *whatif_time(exercise),
        *memory(exercise, runs),
        *start_time(),
    ]


def one_run(exercise: Exercise, repeats: int) -> list[Result]:
    """Measure one run against bare SimPy; the times are medians in CPU seconds."""
    record = run_to_text(exercise, 0)
    lives, steps = lives_of(record), clock_steps(exercise, 0)
    lines = {one.id: one.phone_lines for one in exercise.county.organizations}
    until_s = exercise.scenario.duration
    timeouts = steps - run_bare(lives, lines, 0, until_s)
    timeouts -= 40 if timeouts > 40 else 0  # each of the twenty activities also starts and ends
    bare_steps = run_bare(lives, lines, timeouts, until_s)
    ours, bare = [], []
    for _ in range(repeats):  # in turns, so that a slow moment of the machine meets both
        ours.append(cpu(lambda: run_to_text(exercise, 0)))
        bare.append(min(cpu(lambda: run_bare(lives, lines, timeouts, until_s)) for _ in range(3)))
    run_s, bare_s = statistics.median(ours), statistics.median(bare)
    sent = sum(len(life.attempts) for life in lives)
    how = f"{sent} attempts of {len(lives)} messages; {steps} SimPy events in the run, {bare_steps} in bare SimPy"
    return [
        Result("run", round(run_s, 4), "CPU s", "0.1", "0.3", f"median of {repeats}, with canonical JSON of events"),
        Result("bare", round(bare_s, 5), "CPU s", "", "", how),
        Result("run / bare", round(run_s / bare_s, 2), "x", "1.3", "2", "the two above, measured in turns"),
        Result("messages", round(len(lives) / run_s), "per CPU s", "", "", "messages composed in the run"),
        Result("events", round(len(record.events) / run_s), "per CPU s", "", "", f"{len(record.events)} events"),
    ]


def growth(exercise: Exercise, repeats: int) -> list[Result]:
    """Measure how cost grows with the number of events."""
    large = ten_times(exercise)
    base_s: list[float] = []
    large_s: list[float] = []
    base_events = len(run_to_text(exercise, 0).events)
    large_events = len(run_to_text(large, 0).events)
    for _ in range(repeats):
        base_s.append(cpu(lambda: run_to_text(exercise, 0)))
        large_s.append(cpu(lambda: run_to_text(large, 0)))
    ratio = statistics.median(large_s) / statistics.median(base_s)
    events = large_events / base_events
    how = f"ten times the units and injects: {base_events} -> {large_events} events, median of {repeats}"
    return [
        Result("growth", round(ratio, 2), "x", "", "11", how),
        Result("growth per event", round(ratio / events, 2), "x", "1", "", "time per event, large over base"),
    ]


def back(exercise: Exercise, repeats: int) -> list[Result]:
    """Measure how long the trainer waits to go back to the last decision: the run is played again up to it."""
    times, told = [], ""
    for _ in range(repeats):
        session = Session(exercise, seed=0)
        session.advance()
        last = [entry for entry in session.journal if entry.kind in ("answer", "none")][-1]
        started = time.perf_counter()
        again = go_back(session, last.seq)
        times.append(time.perf_counter() - started)
        told = f"to {last.key} at {again.now_s} s, in memory, median of {repeats}"
        again.close()
    return [Result("go back", round(statistics.median(times), 3), "s", "", "2", told)]


def whatif_time(exercise: Exercise, replications: int = 10, jobs: int = 2) -> list[Result]:
    """Measure a what-if at the first question, which leaves most to be played, and reckon it for 4 ways x 100.

    A what-if with one replication goes before; only what the others add to it is scaled, not the start of workers.
    """
    session = Session(exercise, seed=0)
    session.finish()
    key = next(entry.key for entry in session.journal if entry.kind == "answer")
    load_before = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    walls, cpus, runs = [], [], []
    for count in (1, replications):
        cpu_before, started = _cpu_with_children(), time.perf_counter()
        runs.append(len(whatif(session, key, replications=count, jobs=jobs).rows))
        walls.append(time.perf_counter() - started)
        cpus.append(_cpu_with_children() - cpu_before)
    scale = (4 * 100 - runs[0]) / (runs[1] - runs[0])
    wall_s, cpu_s = (few + (many - few) * scale for few, many in (walls, cpus))
    others = f"; load of the machine before: {load_before:.1f}" if load_before is not None else ""
    how = f"4 x 100 from {runs[0]} and {runs[1]} runs at {key}: {walls[0]:.2f} and {walls[1]:.2f} s, {jobs} workers"
    told = round(cpu_s, 1) if hasattr(os, "fork") else None  # otherwise workers outlive the what-if
    return [
        Result("what-if", round(wall_s, 1), "s", "", "30", how + others),
        Result("what-if CPU", told, "CPU s", "", "", f"the same, all processes: {cpus[0]:.2f} and {cpus[1]:.2f} s"),
    ]


def _cpu_with_children() -> float:
    """Return the CPU seconds of this process and of all that it has waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def memory(exercise: Exercise, runs: int) -> list[Result]:
    """Measure what each further run in the same process adds to its memory."""
    try:
        import resource
    except ImportError:
        return [Result("memory", None, "KiB per run", "0", "", "this system does not tell")]
    unit = 1 if sys.platform == "darwin" else 1024

    def peak() -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit

    for seed in range(runs // 3):
        Session(exercise, seed=seed).finish()
    before = peak()
    for seed in range(runs):
        Session(exercise, seed=seed).finish()
    grown = round((peak() - before) / 1024 / runs, 1)
    return [Result("memory", grown, "KiB per run", "0", "", f"growth of the peak over {runs} runs in one process")]


def start_time(repeats: int = 5) -> list[Result]:
    """Measure how long the command line takes to say what it can do, in seconds of wall time."""
    command = Path(sys.executable).with_name("tabletop")
    arguments = [str(command) if command.exists() else "tabletop", "--help"]
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        try:
            done = subprocess.run(arguments, capture_output=True, check=False, timeout=60)
        except (OSError, subprocess.TimeoutExpired) as error:
            return [Result("start", None, "s", "", "", f"tabletop --help could not be run: {error}")]
        if done.returncode:
            return [Result("start", None, "s", "", "", f"tabletop --help ended with {done.returncode}")]
        times.append(time.perf_counter() - started)
    return [Result("start", round(statistics.median(times), 3), "s", "", "", f"tabletop --help, median of {repeats}")]


def run_to_text(exercise: Exercise, seed: int) -> RunRecord:
    """Run an exercise, write its events as text as a run folder would, and return its record."""
    record = Session(exercise, seed=seed).finish()
    to_lines(record.events)
    return record


def clock_steps(exercise: Exercise, seed: int) -> int:
    """Return how many SimPy events a run lets happen."""
    session = Session(exercise, seed=seed)
    profile = cProfile.Profile()
    profile.runcall(session.finish)
    stats: Any = pstats.Stats(profile)
    for (file, _, name), (calls, *_) in stats.stats.items():
        if name == "step" and Path(file).parts[-2:] == ("simpy", "core.py"):
            return int(calls)
    return 0


def ten_times(exercise: Exercise) -> Exercise:
    """Return a copy with ten of each unit, and each inject sent ten times, half a minute apart."""
    units = tuple(
        unit if copy == 0 else unit.model_copy(update={"id": f"{unit.id}-{copy}"})
        for copy in range(10)
        for unit in exercise.county.units
    )
    injects = tuple(
        inject
        if copy == 0
        else inject.model_copy(update={"id": f"{inject.id}-{copy}", "at": (inject.at or 0) + 30 * copy})
        for copy in range(10)
        for inject in exercise.scenario.injects
    )
    scenario = exercise.scenario.model_copy(update={"injects": injects})
    county = exercise.county.model_copy(update={"units": units})
    return Exercise(scenario, county, exercise.plan, exercise.rules, exercise.rubric, exercise.sources)
