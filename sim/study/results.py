"""The store of finished runs: a sweep that is killed and started again repeats none of them."""

from __future__ import annotations

import json
import sqlite3
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Any

from sim.canon import canonical, digest, digest_of
from sim.errors import RecordBroken
from sim.play.many import Task

COMMIT_EVERY = 20
"""Rows that are kept in memory before they are written; a killed sweep repeats at most these."""

_SHAPES_A_RUN = ("*.py", "spec", "record", "assess", "engine", "county", "comms", "hazards", "actors", "play")


def code_digest() -> str:
    """Return a digest of the code that shapes runs and scores: results of other code are not taken for ours."""
    package = Path(__file__).resolve().parent.parent
    state = sha256()
    for name in _SHAPES_A_RUN:
        for path in sorted(package.glob(name if name.endswith(".py") else f"{name}/**/*.py")):
            state.update(f"{path.relative_to(package).as_posix()}\n".encode() + path.read_bytes())
    return state.hexdigest()


def program_version() -> str:
    """Return the version of the simulator."""
    try:
        return version("tabletop-sim")
    except PackageNotFoundError:
        return "not installed"


class Results:
    """Measured values by key, in an SQLite file or in memory.

    Args:
        path: The file; None keeps everything in memory.
        what: Name of what is measured; part of the key.

    Raises:
        RecordBroken: If the file is no store of results.
        OSError: If it cannot be written.
    """

    def __init__(self, path: Path | None, what: str) -> None:
        self._path = path
        self._same = {"version": program_version(), "code": code_digest(), "what": what}
        self._waiting: dict[str, str] = {}
        self._known: dict[str, dict[str, Any]] = {}
        try:
            self._base = sqlite3.connect(":memory:" if path is None else path, timeout=60)
            with self._base:
                self._base.execute("CREATE TABLE IF NOT EXISTS run (key TEXT PRIMARY KEY, row TEXT, digest TEXT)")
            for key, row, checksum in self._base.execute("SELECT key, row, digest FROM run"):
                if digest(key + row) == checksum:  # a row that is not what was written counts as not there
                    self._known[key] = json.loads(row)
        except sqlite3.OperationalError as error:
            raise OSError(f"{path}: {error}") from error
        except sqlite3.DatabaseError as error:
            raise RecordBroken(str(path), f"is no store of results ({error}); name another folder") from error

    def key(self, task: Task) -> str:
        """Return the key of a task: all that its values depend on, and nothing else."""
        given = task._asdict()
        for name in ("point", "replication", "folder"):
            del given[name]
        return digest_of({**self._same, **given})

    def get(self, task: Task) -> dict[str, Any] | None:
        """Return the values of a finished run, or None."""
        return self._known.get(self.key(task))

    def put(self, task: Task, values: dict[str, Any]) -> None:
        """Keep the values of a run; they are on disk after :data:`COMMIT_EVERY` more at the latest."""
        key, row = self.key(task), canonical(values)
        self._known[key] = json.loads(row)
        self._waiting[key] = row
        if len(self._waiting) >= COMMIT_EVERY:
            self.flush()

    def flush(self) -> None:
        """Write what waits.

        Raises:
            OSError: If it cannot be written.
        """
        rows = [(key, row, digest(key + row)) for key, row in self._waiting.items()]
        try:
            with self._base:
                self._base.executemany("INSERT OR REPLACE INTO run VALUES (?, ?, ?)", rows)
        except sqlite3.Error as error:
            raise OSError(f"{self._path}: {error}") from error
        self._waiting.clear()

    def __enter__(self) -> Results:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.flush()
        finally:
            self._base.close()
