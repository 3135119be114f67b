"""The runs of a sweep: which are still to be made, where they are made, and what is kept of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

from sim.canon import digest
from sim.errors import bad_input
from sim.play.engines import run_all
from sim.play.mail import Files
from sim.play.many import Measure, Row, Task, run_many
from sim.study.measures import measure, measure_loss
from sim.study.progress import progress_bar
from sim.study.results import Results

STORE = "results.sqlite"
RECORDS = "records"

Model = Callable[[Task], dict[str, Any]]
"""What is run in place of the simulator: values by name for a task, such as a formula or a fitted surface."""


class How(NamedTuple):
    """How the runs of a sweep are made.

    Attributes:
        jobs: Worker processes; 1 runs everything in this process.
        dask: Address of a Dask scheduler, or ``local``; empty for processes of this machine.
        progress: Whether to show a progress bar on standard error.
        limit_s: Seconds of wall time after which a run counts as failed.
        records: Which runs are kept as run folders: ``none``, ``all``, ``failed``, or how many, drawn by luck.
    """

    jobs: int = 1
    dask: str = ""
    progress: bool = False
    limit_s: float = 600.0
    records: str | int = "none"


def checked(how: How, out: Path | None) -> How:
    """Return how runs are made, if it can be used.

    Raises:
        BadInput: If it cannot.
    """
    count = isinstance(how.records, int) and not isinstance(how.records, bool) and how.records > 0
    if not count and how.records not in ("none", "all", "failed"):
        raise bad_input("records", f"{how.records!r} says not what to keep", "none, all, failed, or how many")
    if how.records != "none" and out is None:
        raise bad_input("records", "there is no folder to keep runs in", "a folder for the sweep, or none")
    return how


class Runs(NamedTuple):
    """What tasks are run by.

    Attributes:
        files: Files of the exercises.
        measure: What is kept of a run.
        model: What is run in place of the simulator, or None.
    """

    files: Files
    measure: Measure = measure
    model: Model | None = None

    @property
    def name(self) -> str:
        """Name of what is measured; that of a function from outside says what its text is."""
        what: Any = self.model or self.measure
        name = f"{what.__module__}.{what.__qualname__}"
        if name.startswith("sim."):
            return str(what.__name__)
        try:
            return f"{name} {digest(inspect.getsource(what))[:16]}"
        except (OSError, TypeError):
            return name

    def start(self, tasks: list[Task], how: How) -> Generator[Row, None, None]:
        """Run tasks; yield a row for each as it ends."""
        if self.model is None:
            terms: dict[str, Any] = {"jobs": how.jobs, "dask": how.dask, "limit_s": how.limit_s}
            yield from run_many(tasks, self.files, self.measure, **terms)
            return
        for done in run_all(tasks, self.model, jobs=how.jobs, dask=how.dask, limit_s=how.limit_s):
            yield Row(*done)


def finished(runs: Runs, tasks: Iterable[Task], out: Path | None, how: How) -> list[Row]:
    """Return a row for every task, from the store where it is there; tasks that are the same run are run once.

    Raises:
        InUse: If another process has the store open.
        RecordBroken: If the folder's store is none.
        OSError: If it cannot be written.
    """
    with Results(None if out is None else out / STORE, runs.name) as results:
        same: dict[str, list[Task]] = {}
        for task in tasks:
            same.setdefault(results.key(task), []).append(task)
        rows: list[Row] = []
        keys: dict[Task, str] = {}
        for key, own in same.items():
            values = results.get(key)
            if values is None or (own[0].folder and not (Path(own[0].folder) / "run.json").is_file()):
                keys[own[0]] = key
            else:
                rows += _rows(own, values, "")
        label = {"measure": "runs", "measure_loss": "yardsticks"}.get(runs.name, runs.measure.__name__)
        count = sum(map(len, same.values()))
        bar = progress_bar(count, "run", label, shown=how.progress, initial=len(rows))
        with bar as advance, closing(runs.start(list(keys), how)) as running:
            for row in running:
                key = keys[row.task]
                if not row.failed:
                    results.put(key, row.values)
                rows += _rows(same[key], row.values, row.failed)
                for _ in same[key]:
                    advance()
    return rows


def _rows(tasks: list[Task], values: dict[str, Any], failed: str) -> list[Row]:
    """Return the row of each task; the rows of a sweep share the names of their values, which would fill the memory."""
    shared = {intern(name): value for name, value in values.items()}
    return [Row(task, shared, failed) for task in tasks]


def kept(tasks: list[Task], out: Path | None, how: How) -> list[Task]:
    """Return the tasks, those whose runs are to be kept with the folder to keep them in."""
    if out is None or how.records in ("none", "failed"):
        return tasks
    chosen = set(tasks)
    if isinstance(how.records, int):
        by_luck = sorted(tasks, key=lambda task: digest(f"record/{task.point}/{task.replication}"))
        chosen = set(by_luck[: how.records])
    return [in_folder(task, out) if task in chosen else task for task in tasks]


def in_folder(task: Task, out: Path) -> Task:
    """Return a task whose run is kept below a folder."""
    return task._replace(folder=str(out / RECORDS / f"point-{task.point}-replication-{task.replication}"))


def failed_again(runs: Runs, rows: list[Row], out: Path, how: How) -> list[Row]:
    """Run what failed once more, into folders that can be looked at; what succeeds now counts."""
    again = [in_folder(row.task, out) for row in rows if row.failed]
    found = {(row.task.point, row.task.replication): row for row in finished(runs, again, out, how)}
    return [found.get(row.key, row) if row.failed else row for row in rows]


def losses(runs: Runs) -> Runs:
    """Return what yardsticks are run by."""
    return runs._replace(measure=measure_loss)
