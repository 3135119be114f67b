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
from contextlib import closing, contextmanager
from functools import lru_cache, partial
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


class Done(NamedTuple):
    """What became of an item of work: values by name, or the reason why there are none."""

    item: Any
    values: dict[str, Any]
    failed: str


Measure = Callable[[RunRecord, Task], dict[str, Any]]
"""What is kept of a run: plain JSON values by name. Must be importable by workers, so no local function."""
Work = Callable[[Any], dict[str, Any]]
"""Any work on an item."""


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
    done = run_all(tasks, partial(_measured, sources, measure), jobs=jobs, limit_s=limit_s)
    with closing(done):
        for one in done:
            row = Row(*one)
            if on_done is not None:
                on_done(row)
            yield row


def run_one(task: Task, sources: tuple[Source, ...], measure: Measure, limit_s: float = 600.0) -> Row:
    """Run one task; whatever goes wrong in it is the reason in its row."""
    return Row(*_attempt(task, partial(_measured, sources, measure), limit_s))


def _measured(sources: tuple[Source, ...], measure: Measure, task: Task) -> dict[str, Any]:
    session = Session(
        exercise_of(sources),
        seed=task.seed,
        policy=task.policy,
        overrides=dict(task.overrides),
        decisions=dict(task.decisions),
    )
    return measure(session.finish(), task)


def run_all(items: Iterable[Any], work: Work, *, jobs: int = 1, limit_s: float = 600.0) -> Generator[Done, None, None]:
    """Do any work for each item, in this process or in several; yield what became of each as it ends.

    Args:
        items: What to do the work for; hashable, and each only once.
        work: Returns plain JSON values by name for an item. Must be importable by workers, or a partial of such.
        jobs: Worker processes; 1 does everything in this process.
        limit_s: Seconds of wall time after which an item counts as failed.

    Raises:
        BadInput: If the number of jobs is no positive whole number.
    """
    if isinstance(jobs, bool) or not isinstance(jobs, int) or not 1 <= jobs <= 1024:
        raise bad_input("jobs", f"{jobs!r} cannot be a number of workers", "a whole number from 1 to 1024")
    yield from (
        (_attempt(item, work, limit_s) for item in items)
        if jobs == 1
        else _in_processes(list(items), (work, limit_s), jobs)
    )


def _attempt(item: Any, work: Work, limit_s: float) -> Done:
    try:
        with _time_limit(limit_s):
            return Done(item, work(item), "")
    except Exception as error:
        return Done(item, {}, _reason(error))


@lru_cache(maxsize=2)
def exercise_of(sources: tuple[Source, ...]) -> Exercise:
    """Return the exercise made of specification files; built once in a process."""
    return build(sources)


def _in_processes(items: list[Any], rest: tuple[Any, ...], jobs: int) -> Iterator[Done]:
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    todo = dict.fromkeys(items)
    while todo:
        try:
            for done in _parallel(list(todo), rest, jobs, jobs):
                del todo[done.item]
                yield done
        except TerminatedWorkerError:
            for item in list(todo)[: 3 * jobs]:  # nobody else can have been started: joblib keeps 2 a worker ahead
                del todo[item]
                yield _alone(item, rest)


def _parallel(items: Sequence[Any], rest: tuple[Any, ...], jobs: int, ahead: int) -> Iterator[Done]:
    from joblib import Parallel, delayed

    parallel = Parallel(
        n_jobs=max(2, jobs), backend="loky", batch_size=1, pre_dispatch=2 * ahead, return_as="generator_unordered"
    )
    return iter(parallel(delayed(_in_worker)(os.getpid(), item, *rest) for item in items))


def _in_worker(parent: int, item: Any, work: Work, limit_s: float) -> Done:
    _settle_in(parent)
    return _attempt(item, work, limit_s)


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


def _alone(item: Any, rest: tuple[Any, ...]) -> Done:
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    for left in reversed(range(TRIES)):
        try:
            return next(_parallel([item], rest, 1, 1))
        except TerminatedWorkerError:
            if not left:
                break
    return Done(item, {}, f"killed: its worker process died {TRIES} times")


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
