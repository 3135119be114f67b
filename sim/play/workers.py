"""Futures of one past in several processes: forked from it where the system can, otherwise each from the beginning."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from sim.canon import canonical
from sim.errors import RecordBroken, bad_input
from sim.play.engines import TRIES, Done, run_all
from sim.play.works import Past, again

SLACK_S = 60.0
"""Seconds beyond the limit of a run after which a worker that does not answer is given up."""
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
"""Settings that keep libraries from starting threads in a process that will fork."""


def futures(
    past: Past, items: Sequence[Any], *, jobs: int = 1, limit_s: float = 600.0, fork: bool = True
) -> Generator[Done, None, None]:
    """Run the items and yield what became of each, in the order in which they end.

    Args:
        past: The run up to some moment, and which work is done on it.
        items: What to do there, and under which luck; named tuples of plain values.
        jobs: Worker processes.
        limit_s: Seconds of wall time after which a run counts as failed.
        fork: Run the past once in each worker and fork from there, where the system can.

    Raises:
        BadInput: If the number of jobs is no positive whole number.
    """
    if isinstance(jobs, bool) or not isinstance(jobs, int) or not 1 <= jobs <= 1024:
        raise bad_input("jobs", f"{jobs!r} cannot be a number of workers", "a whole number from 1 to 1024")
    if fork and hasattr(os, "fork"):
        return _forked(past, list(items), jobs, limit_s)
    return run_all(items, partial(again, past.work, past.text()), jobs=jobs, limit_s=limit_s)


class _Worker:
    """A process of :mod:`sim.play.forked`, and the item that it runs."""

    def __init__(self, past: Past, limit_s: float) -> None:
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sim.play.forked"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": path},
            start_new_session=True,  # an interrupt from the keyboard is for who waits for the rows
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self.replies = self._process.stdin, self._process.stdout
        self._limit_s = limit_s
        self.item: Any = None
        self._send({"work": past.work, "past": past.text(), "limit_s": limit_s})

    @property
    def pid(self) -> int:
        """Id of the process."""
        return self._process.pid

    @property
    def is_late(self) -> bool:
        """Whether it should have answered long ago."""
        return time.monotonic() > self._until

    def run(self, item: Any) -> None:
        """Let it run an item."""
        self.item = item
        self._send(list(item))

    def answer(self) -> dict[str, Any] | None:
        """Return its answer; None if it died."""
        line = self.replies.readline()
        found: dict[str, Any] | None = json.loads(line) if line.endswith(b"\n") else None
        return found

    def leave(self) -> None:
        """End the process, and with it what it has forked."""
        with suppress(BrokenPipeError):
            self._requests.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.replies.close()

    def _send(self, what: Any) -> None:
        self._until = time.monotonic() + self._limit_s + SLACK_S
        with suppress(BrokenPipeError):  # one that is gone shows when its answer is read
            self._requests.write(canonical(what).encode() + b"\n")
            self._requests.flush()


def _forked(past: Past, items: list[Any], jobs: int, limit_s: float) -> Generator[Done, None, None]:
    """Keep workers busy: each has one item at a time, and an item that kills two workers is given up."""
    todo, tries = items[::-1], dict.fromkeys(items, 0)
    crew: list[_Worker] = []
    try:
        while todo or any(worker.item for worker in crew):
            while len(crew) < jobs and len(crew) < len(todo) + sum(worker.item is not None for worker in crew):
                crew.append(_Worker(past, limit_s))
            for worker in _heard(crew):
                answer = None if worker.is_late else worker.answer()
                item, worker.item = worker.item, None
                if answer is None:
                    crew.remove(worker)
                    worker.leave()
                    item = item or todo.pop()
                    tries[item] += 1
                    if tries[item] < TRIES:
                        todo.append(item)
                    else:
                        yield Done(item, {}, f"killed: its worker process died {TRIES} times")
                elif item is not None:
                    yield Done(item, answer["values"], answer["failed"])
                elif answer["failed"]:
                    raise RecordBroken("the past", answer["failed"])
                if answer is not None and todo:
                    worker.run(todo.pop())
    finally:
        for worker in crew:
            worker.leave()


def _heard(crew: Sequence[_Worker]) -> list[_Worker]:
    """Wait for a moment and return the workers that have something to say, or should have had."""
    with selectors.DefaultSelector() as selector:
        for worker in crew:
            selector.register(worker.replies, selectors.EVENT_READ, worker)
        ready = [key.data for key, _ in selector.select(1.0)]
    return [worker for worker in crew if worker in ready or worker.is_late]
