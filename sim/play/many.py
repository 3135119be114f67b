"""Many runs, in this process or in several: the same rows whatever the number of workers and the order.

A run that fails becomes a row with its reason; what becomes of workers that die is told in :mod:`sim.play.engines`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from sim.play.engines import attempt, run_all
from sim.play.mail import Files, Mailed, Sources, mailed, received
from sim.play.session import Session
from sim.play.then import give_again
from sim.record.folder import RunRecord
from sim.record.journal import Entry
from sim.spec.load import Exercise, build


class Task(NamedTuple):
    """One run among many.

    Attributes:
        point: Number of the point of the design that the run belongs to, from 0.
        replication: Number of the replication, from 0.
        seed: Seed of the run's luck; all points share the seeds of the replications.
        policy: How seats and desks are played.
        overrides: Parameters that differ from their defaults, by name, sorted.
        decisions: Options decided beforehand, by question, sorted.
        digest: Digest of the specification files, for keys; the files themselves go to the workers.
        references: Canonical JSON of what the score needs from other runs; empty for nothing.
        players: Seats that are played by another policy, sorted.
        crew: Number of the crew whose luck the staff has; 0 for the luck of the run itself.
        steps: Lines of a journal that are given again, such as what a trainer did.
        folder: Where to keep the run; empty for nowhere.
    """

    point: int
    replication: int
    seed: int
    policy: str = "plan"
    overrides: tuple[tuple[str, float], ...] = ()
    decisions: tuple[tuple[str, str], ...] = ()
    digest: str = ""
    references: str = ""
    players: tuple[tuple[str, str], ...] = ()
    crew: int = 0
    steps: tuple[str, ...] = ()
    folder: str = ""


class Row(NamedTuple):
    """What became of a task: measured values, or the reason why there are none."""

    task: Task
    values: dict[str, Any]
    failed: str

    @property
    def key(self) -> tuple[int, int]:
        """By what rows are sorted: point, then replication."""
        return self.task.point, self.task.replication


Measure = Callable[[RunRecord, Task], dict[str, Any]]
"""What is kept of a run: plain JSON values by name. Must be importable by workers, so no local function."""


def replication_seed(root: int, replication: int) -> int:
    """Return the seed of a replication, from 0 to 2^63 - 1; it depends on nothing else."""
    state = blake2b(f"sweep/{root}/{replication}".encode(), digest_size=8)
    return int.from_bytes(state.digest(), "big") >> 1


def run_many(
    tasks: Iterable[Task],
    files: Files | Sources,
    measure: Measure,
    *,
    jobs: int = 1,
    limit_s: float = 600.0,
    dask: str = "",
    on_done: Callable[[Row], None] | None = None,
) -> Generator[Row, None, None]:
    """Run tasks and yield a row for each, in the order in which they end; sort by :attr:`Row.key`.

    Args:
        tasks: What to run.
        files: The specification files of each exercise by its digest, or those of the one exercise of all tasks;
            each worker builds an exercise from them once.
        measure: What to keep of a run.
        jobs: Worker processes; 1 runs everything in this process.
        limit_s: Seconds of wall time after which a run counts as failed.
        dask: Address of a Dask scheduler, or ``local``; empty for processes of this machine.
        on_done: Called with each row, in this process, before it is yielded.

    Raises:
        BadInput: If the number of jobs is no positive whole number, or the cluster cannot be used.
    """
    sent = files if jobs == 1 or dask else mailed(files)
    done = run_all(tasks, partial(values_of, sent, measure), jobs=jobs, limit_s=limit_s, dask=dask)
    with closing(done):
        for one in done:
            row = Row(*one)
            if on_done is not None:
                on_done(row)
            yield row


def run_one(task: Task, files: Files | Sources, measure: Measure, limit_s: float = 600.0) -> Row:
    """Run one task; whatever goes wrong in it is the reason in its row."""
    return Row(*attempt(task, partial(values_of, files, measure), limit_s))


def values_of(files: Files | Sources | Mailed, measure: Measure, task: Task) -> dict[str, Any]:
    """Run one task and return what is kept of it; workers build each exercise once."""
    if isinstance(files, Mailed):
        files = received(files)
    return measure(play(build(files if isinstance(files, tuple) else files[task.digest]), task), task)


def play(exercise: Exercise, task: Task) -> RunRecord:
    """Run one task to its end and return its record.

    Raises:
        BadInput: If the exercise cannot be run as the task says.
    """
    folder = Path(task.folder) if task.folder else None
    if folder is not None and folder.exists():
        shutil.rmtree(folder)  # of a run that was broken off
    session = Session(
        exercise,
        seed=task.seed,
        policy=task.policy,
        players=dict(task.players),
        overrides=dict(task.overrides),
        decisions=dict(task.decisions),
        folder=folder,
    )
    if task.crew:
        session.world.luck.crew(task.crew)
    give_again(session, [Entry(**json.loads(line)) for line in task.steps])
    return session.finish()
