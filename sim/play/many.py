"""Many runs, in this process or in several: the same rows whatever the number of workers and the order.

A run that fails becomes a row with its reason. A worker that dies takes nothing with it: what it was running is
tried again, alone, and only the run that kills its worker twice is given up.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from sim.errors import TabletopError, bad_input
from sim.play.session import Session
from sim.record.folder import RunRecord
from sim.spec.load import Exercise, Source, build

TRIES = 2
"""How often a run that kills its worker is started alone before it is given up."""


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
    """

    point: int
    replication: int
    seed: int
    policy: str = "plan"
    overrides: tuple[tuple[str, float], ...] = ()
    decisions: tuple[tuple[str, str], ...] = ()
    digest: str = ""
    references: str = ""


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


class TimeLimitError(TabletopError):
    """A run took longer than it may."""

    def __init__(self, limit_s: float) -> None:
        super().__init__(limit_s)
        self.limit_s = limit_s

    def __str__(self) -> str:
        return f"timeout: not done after {self.limit_s:g} s"


def replication_seed(root: int, replication: int) -> int:
    """Return the seed of a replication, from 0 to 2^63 - 1; it depends on nothing else."""
    state = blake2b(f"sweep/{root}/{replication}".encode(), digest_size=8)
    return int.from_bytes(state.digest(), "big") >> 1


def run_many(
    tasks: Iterable[Task],
    sources: tuple[Source, ...],
    measure: Measure,
    *,
    jobs: int = 1,
    limit_s: float = 600.0,
    on_done: Callable[[Row], None] | None = None,
) -> Generator[Row, None, None]:
    """Run tasks and yield a row for each, in the order in which they end; sort by :attr:`Row.key`.

    Args:
        tasks: What to run.
        sources: The specification files of all the runs; each worker builds the exercise from them once.
        measure: What to keep of a run.
        jobs: Worker processes; 1 runs everything in this process.
        limit_s: Seconds of wall time after which a run counts as failed.
        on_done: Called with each row, in this process, before it is yielded.

    Raises:
        BadInput: If the number of jobs is no positive whole number.
    """
    if isinstance(jobs, bool) or not isinstance(jobs, int) or not 1 <= jobs <= 1024:
        raise bad_input("jobs", f"{jobs!r} cannot be a number of workers", "a whole number from 1 to 1024")
    rows = (run_one(task, sources, measure, limit_s) for task in tasks)
    for row in rows if jobs == 1 else _in_processes(list(tasks), (sources, measure, limit_s), jobs):
        if on_done is not None:
            on_done(row)
        yield row


def run_one(task: Task, sources: tuple[Source, ...], measure: Measure, limit_s: float = 600.0) -> Row:
    """Run one task; whatever goes wrong in it is the reason in its row."""
    try:
        with _time_limit(limit_s):
            session = Session(
                exercise_of(sources),
                seed=task.seed,
                policy=task.policy,
                overrides=dict(task.overrides),
                decisions=dict(task.decisions),
            )
            return Row(task, measure(session.finish(), task), "")
    except Exception as error:
        return Row(task, {}, _reason(error))


@lru_cache(maxsize=2)
def exercise_of(sources: tuple[Source, ...]) -> Exercise:
    """Return the exercise made of specification files; built once in a process."""
    return build(sources)


def _in_processes(tasks: list[Task], rest: tuple[Any, ...], jobs: int) -> Iterator[Row]:
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    todo = dict.fromkeys(tasks)
    while todo:
        try:
            for row in _parallel(list(todo), rest, jobs, jobs):
                del todo[row.task]
                yield row
        except TerminatedWorkerError:
            for task in list(todo)[: 3 * jobs]:  # nobody else can have been started: joblib keeps 2 a worker ahead
                del todo[task]
                yield _alone(task, rest)


def _parallel(tasks: Sequence[Task], rest: tuple[Any, ...], jobs: int, ahead: int) -> Iterator[Row]:
    from joblib import Parallel, delayed

    parallel = Parallel(
        n_jobs=max(2, jobs), backend="loky", batch_size=1, pre_dispatch=2 * ahead, return_as="generator_unordered"
    )
    return iter(parallel(delayed(_in_worker)(os.getpid(), task, *rest) for task in tasks))


def _in_worker(parent: int, task: Task, *rest: Any) -> Row:
    _settle_in(parent)
    return run_one(task, *rest)


@lru_cache(maxsize=1)
def _settle_in(parent: int) -> threading.Thread:
    """Prepare a worker once.

    Modules live as long as it does, so the garbage collector need not look at them again after every few runs. And
    it ends soon after its parent, however that ended; otherwise it would wait for minutes.
    """
    gc.collect()
    gc.freeze()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(0)

    thread = threading.Thread(target=watch, name="leave with parent", daemon=True)
    thread.start()
    return thread


def _alone(task: Task, rest: tuple[Any, ...]) -> Row:
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    for left in reversed(range(TRIES)):
        try:
            return next(_parallel([task], rest, 1, 1))
        except TerminatedWorkerError:
            if not left:
                break
    return Row(task, {}, f"killed: its worker process died {TRIES} times")


def _reason(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if isinstance(error, TimeLimitError) else f"{type(error).__name__}: {text}"


@contextmanager
def _time_limit(limit_s: float) -> Iterator[None]:
    """Raise :class:`TimeLimitError` in the body after a time; only where the system has timers for the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: object) -> None:
        raise TimeLimitError(limit_s)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
