"""The store of finished runs: a sweep that is killed and started again repeats none of them."""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Any

from sim.canon import canonical, digest, digest_of
from sim.errors import InUse, RecordBroken
from sim.play.many import Task

WAIT_S = 5.0
"""How long another process may take to let go of the file, in seconds; one that was killed lets go at once."""

_SHAPES_A_RUN = ("*.py", "spec", "record", "assess", "engine", "county", "comms", "hazards", "actors", "play")


@lru_cache(maxsize=1)
def code_digest() -> str:
    """Return a digest of the code that shapes runs and scores: results of other code are not taken for ours.

    It is that of the code as this process first saw it; what changes on disk later does not run here.
    """
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

    A row is on disk as soon as it is put, whatever then happens to the program; a power cut may cost the last ones,
    never a whole file, because rows are appended to a log that SQLite takes over from time to time.

    Args:
        path: The file; None keeps everything in memory.
        what: Name of what is measured; part of the key.

    Raises:
        InUse: If another process has the file open.
        RecordBroken: If the file is no store of results.
        OSError: If it cannot be written.
    """

    def __init__(self, path: Path | None, what: str) -> None:
        self._path = path
        self._same = {"version": program_version(), "code": code_digest(), "what": what}
        try:
            self._base = sqlite3.connect(":memory:" if path is None else path, timeout=WAIT_S, isolation_level=None)
            # Alone in the file, SQLite needs no shared memory for its log, so disks in a network will do.
            self._base.executescript(
                "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL"
            )
            self._base.execute("CREATE TABLE IF NOT EXISTS run (key TEXT PRIMARY KEY, row TEXT, digest TEXT)")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise InUse(str(path), "another sweep") from error
            raise OSError(f"{path}: {error}") from error
        except sqlite3.DatabaseError as error:
            raise RecordBroken(str(path), f"is no store of results ({error}); name another folder") from error

    def key(self, task: Task) -> str:
        """Return the key of a task: all that its values depend on, and nothing else."""
        given = task._asdict()
        for name in ("point", "replication", "folder"):
            del given[name]
        return digest_of({**self._same, **given})

    def get(self, key: str) -> dict[str, Any] | None:
        """Return the values of a finished run by its key, or None; a row that is not what was written is not there."""
        for row, checksum in self._base.execute("SELECT row, digest FROM run WHERE key = ?", (key,)):
            if digest(key + row) == checksum:
                values: dict[str, Any] = json.loads(row)
                return values
        return None

    def put(self, key: str, values: dict[str, Any]) -> None:
        """Keep the values of a run.

        Raises:
            OSError: If they cannot be written.
        """
        row = canonical(values)
        try:
            self._base.execute("INSERT OR REPLACE INTO run VALUES (?, ?, ?)", (key, row, digest(key + row)))
        except sqlite3.Error as error:
            raise OSError(f"{self._path}: {error}") from error

    def __enter__(self) -> Results:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()
