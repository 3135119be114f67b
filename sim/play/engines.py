"""Where work is done: in this process, in processes of this machine, or on a Dask cluster; what comes out is the same.

An item that raises gives a reason in place of values. A worker that dies, hangs or runs out of memory costs what it was
doing one more start, alone; at worst that one item is given up, with its reason.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from shutil import rmtree
from typing import Any, NamedTuple, TextIO

from sim.errors import TabletopError, bad_input
from sim.play.mail import outbox

TRIES = 2
"""How often an item that kills its worker is started alone before it is given up."""
PATIENCE = 1.25
"""A worker that cannot even be interrupted is ended after so many times the limit of an item."""
LOCAL = "local"
"""The address that stands for a Dask cluster on this machine, for as long as the work takes."""


class Done(NamedTuple):
    """What became of an item of work: values by name, or the reason why there are none."""

    item: Any
    values: dict[str, Any]
    failed: str


Work = Callable[[Any], dict[str, Any]]
"""Any work on an item."""


class TimeLimitError(TabletopError):
    """A run took longer than it may."""

    def __init__(self, limit_s: float) -> None:
        super().__init__(limit_s)
        self.limit_s = limit_s

    def __str__(self) -> str:
        return f"timeout: not done after {self.limit_s:g} s"


class Terms(NamedTuple):
    """Under which terms items are worked on.

    Attributes:
        limit_s: Seconds of wall time after which an item counts as failed.
        memory_mb: Memory that a worker of this machine may take, in MB; 0 for its share of what there is.
    """

    limit_s: float = 600.0
    memory_mb: int = 0


class Home(NamedTuple):
    """Whose worker a process of this machine is.

    Attributes:
        process: Number of the process that gives it work.
        outbox: Folder of what that process sends.
    """

    process: int
    outbox: str


def run_all(
    items: Iterable[Any],
    work: Work,
    *,
    jobs: int = 1,
    limit_s: float = 600.0,
    memory_mb: int = 0,
    dask: str = "",
) -> Generator[Done, None, None]:
    """Do any work for each item; yield what became of each as it ends.

    Args:
        items: What to do the work for; hashable, and each only once.
        work: Returns plain JSON values by name for an item. Must be importable by workers, or a partial of such.
        jobs: Worker processes; 1 does everything in this process. With an address they are the cluster's.
        limit_s: Seconds of wall time after which an item counts as failed.
        memory_mb: Memory that a worker process of this machine may take, in MB; 0 for its share of what there is.
        dask: Address of a Dask scheduler, or ``local`` for a cluster on this machine; empty for none.

    Raises:
        BadInput: If the number of jobs is no positive whole number, or the cluster cannot be used.
    """
    if isinstance(jobs, bool) or not isinstance(jobs, int) or not 1 <= jobs <= 1024:
        raise bad_input("jobs", f"{jobs!r} cannot be a number of workers", "a whole number from 1 to 1024")
    terms = Terms(limit_s, memory_mb)
    if dask:
        from sim.play.cluster import on_cluster

        yield from on_cluster(list(items), work, terms, dask, jobs)
    elif jobs == 1:
        yield from (attempt(item, work, limit_s) for item in items)
    else:
        yield from _in_processes(list(items), work, terms, jobs)


def attempt(item: Any, work: Work, limit_s: float) -> Done:
    """Do the work for one item; whatever goes wrong in it is the reason."""
    try:
        with _time_limit(limit_s):
            return Done(item, work(item), "")
    except Exception as error:
        return Done(item, {}, _reason(error))


def attempt_or_die(item: Any, work: Work, limit_s: float) -> Done:
    """Do the work for one item in a process that may be lost: if nothing can interrupt it any more, it ends itself."""
    faulthandler.dump_traceback_later(limit_s * PATIENCE + 1, exit=True, file=_nowhere())
    try:
        return attempt(item, work, limit_s)
    finally:
        faulthandler.cancel_dump_traceback_later()


@lru_cache(maxsize=1)
def _nowhere() -> TextIO:
    """Return where to write what nobody reads; open as long as the process lives."""
    return Path(os.devnull).open("w")


def one_by_one(todo: dict[Any, None], first: int, start: Callable[[Any], Iterator[Done]], lost: Any) -> Iterator[Done]:
    """Do alone what may have been under way when a worker was lost, and take it from what is to be done.

    Args:
        todo: What is not done yet, in the order in which it was started.
        first: How many of them can have been started.
        start: Starts one of them alone.
        lost: The errors that tell that a worker was lost.
    """
    for item in list(todo)[:first]:
        del todo[item]
        for left in reversed(range(TRIES)):
            try:
                yield next(start(item))
                break
            except lost:
                if not left:
                    yield Done(item, {}, f"killed: its worker process died {TRIES} times")


def _in_processes(items: list[Any], work: Work, terms: Terms, jobs: int) -> Iterator[Done]:
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    if terms.memory_mb == 0:
        terms = terms._replace(memory_mb=memory_share_mb(jobs))

    def alone(item: Any) -> Iterator[Done]:
        return _parallel([item], work, terms, 1, 1)

    todo = dict.fromkeys(items)
    while todo:
        starved = []
        try:
            for done in _parallel(list(todo), work, terms, jobs, jobs):
                del todo[done.item]
                if done.failed.startswith("MemoryError"):
                    starved.append(done.item)  # once more when nobody else is at work
                else:
                    yield done
        except TerminatedWorkerError:  # joblib keeps 2 a worker ahead, so nobody else can have been started
            yield from one_by_one(todo, 3 * jobs, alone, TerminatedWorkerError)
        yield from one_by_one(dict.fromkeys(starved), len(starved), alone, TerminatedWorkerError)


def memory_share_mb(jobs: int) -> int:
    """Return the memory of this machine divided by the workers, in MB; 0 where it cannot be told."""
    if not sys.platform.startswith("linux"):
        return 0
    return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20 / jobs)


def _parallel(items: Sequence[Any], work: Work, terms: Terms, jobs: int, ahead: int) -> Iterator[Done]:
    from joblib import Parallel, delayed

    parallel = Parallel(
        n_jobs=max(2, jobs),
        backend="loky",
        batch_size=1,
        pre_dispatch=2 * ahead,
        return_as="generator_unordered",
        initializer=_settle_in,
        initargs=(Home(os.getpid(), outbox()),),
    )
    return iter(parallel(delayed(_in_worker)(item, work, terms) for item in items))


def _in_worker(item: Any, work: Work, terms: Terms) -> Done:
    with _memory_limit(terms.memory_mb):
        done = attempt_or_die(item, work, terms.limit_s)
    _freeze()
    return done


@lru_cache(maxsize=1)
def _freeze() -> None:
    """After the first work: the collector need not look again at what lives as long as the worker."""
    gc.collect()
    gc.freeze()


def _settle_in(home: Home) -> None:
    """Let a worker end soon after its parent, however that ended; otherwise it would wait for minutes.

    What a parent that was killed leaves behind is removed.
    """

    def watch() -> None:
        while os.getppid() == home.process:
            time.sleep(0.5)
        rmtree(home.outbox, ignore_errors=True)
        os._exit(0)

    threading.Thread(target=watch, name="leave with parent", daemon=True).start()


@contextmanager
def _memory_limit(limit_mb: int) -> Iterator[None]:
    """Let the body take only so much memory, so that it fails by itself before the system ends some other process."""
    if not limit_mb or not sys.platform.startswith("linux"):
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    most = limit_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most if before[1] < 0 else min(most, before[1]), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


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
