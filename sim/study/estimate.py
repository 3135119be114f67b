"""What a sweep would take: runs, time and disk, from a few runs that are made and measured."""

from __future__ import annotations

import tempfile
import time
from math import fsum
from pathlib import Path
from typing import NamedTuple

from sim.canon import canonical
from sim.play.many import play
from sim.play.references import YARDSTICKS
from sim.spec.load import build
from sim.study.design import Sweep
from sim.study.measures import measure
from sim.study.results import Results
from sim.study.running import STORE, How

MOST_MEASURED = 5
"""Runs that are measured, over the design; more would keep people waiting."""
OVERHEAD = 2.2
"""Bytes in store and tables for a byte of a result: the row stands in the store and, without names, in the table."""


class Estimate(NamedTuple):
    """What a sweep would take.

    Attributes:
        points: Settings.
        runs: Runs in all, yardsticks among them.
        same: Runs that are another one over again.
        there: Runs that are finished already.
        n: Runs that were measured.
        run_s: Their mean wall time, in seconds.
        least_s: The shortest.
        most_s: The longest.
        time_s: Wall time of what is still to run, in seconds.
        table_mb: Disk for store and tables, in MB.
        records_mb: Disk for run folders, in MB.
    """

    points: int
    runs: int
    same: int
    there: int
    n: int
    run_s: float
    least_s: float
    most_s: float
    time_s: float
    table_mb: float
    records_mb: float

    def counts(self) -> dict[str, int]:
        """Return the counts, by name."""
        todo = self.runs - self.same - self.there
        return {"points": self.points, "runs": self.runs, "same": self.same, "there": self.there, "todo": todo}


def estimate(plan: Sweep, out: Path, how: How) -> Estimate:
    """Measure a few runs, spread over the design, and say what the whole would take.

    Runs for yardsticks count as runs; whether they are finished already is not looked up.

    Raises:
        TabletopError: If one of the runs fails.
    """
    path = out / STORE if (out / STORE).is_file() else None
    with Results(path, "measure") as results:
        keys = {results.key(task) for task in plan.tasks}
        there = sum(results.get(key) is not None for key in keys)
    yardsticks = len({(task.digest, task.seed, task.overrides) for task in plan.tasks}) * len(YARDSTICKS)
    yardsticks *= plan.design.yardsticks
    times, sizes, folders = _measured(plan)
    mean_s, row_bytes = fsum(times) / len(times), fsum(sizes) / len(sizes)
    runs = len(plan.tasks) + yardsticks
    todo = len(keys) - there + yardsticks
    kept = {"none": 0, "failed": 0, "all": len(keys)}.get(str(how.records), how.records)
    return Estimate(
        points=len(plan.points),
        runs=runs,
        same=len(plan.tasks) - len(keys),
        there=there,
        n=len(times),
        run_s=mean_s,
        least_s=min(times),
        most_s=max(times),
        time_s=mean_s * todo / how.jobs,
        table_mb=runs * row_bytes * OVERHEAD / 1e6,
        records_mb=int(kept) * fsum(folders) / len(folders) / 1e6,
    )


def _measured(plan: Sweep) -> tuple[list[float], list[int], list[int]]:
    """Return wall time, bytes of the result and bytes of the folder of some runs."""
    step = max(1, len(plan.tasks) // MOST_MEASURED)
    times, sizes, folders = [], [], []
    for task in plan.tasks[::step][:MOST_MEASURED]:
        exercise = build(plan.files[task.digest])
        with tempfile.TemporaryDirectory() as base:
            folder = Path(base) / "run"
            started = time.monotonic()
            values = measure(play(exercise, task._replace(folder=str(folder))), task)
            times.append(time.monotonic() - started)
            sizes.append(len(canonical(values)))
            folders.append(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()))
    return times, sizes, folders
