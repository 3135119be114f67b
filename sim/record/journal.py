"""The journal: what people and policies decided, each line chained to the one before by a hash."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from sim.canon import canonical, digest, digest_of
from sim.errors import RecordBroken

START = "0" * 64
"""What the first line names as its predecessor."""


class Entry(NamedTuple):
    """One line of the journal.

    Attributes:
        seq: Number of the line, from 0.
        kind: ``answer``, or ``none`` for a seat that did not answer in time.
        key: Key of the question.
        seat: Who answered.
        choice: Id of the option; empty for ``none``.
        arguments: Further fields of the answer.
        at_s: When the question was open.
        charged_s: Thinking time charged; the answer takes effect at ``at_s + charged_s``.
        reason: Why, in the seat's words.
        view: Digest of what the seat saw.
        previous: Digest of the line before.
        own: Digest of this entry without this field, which also guards the last line.
    """

    seq: int
    kind: str
    key: str
    seat: str
    choice: str
    arguments: dict[str, Any]
    at_s: int
    charged_s: int
    reason: str
    view: str
    previous: str
    own: str = ""

    def seal(self) -> str:
        """Return the digest of the entry without its own digest."""
        return digest_of(self._replace(own="")._asdict())

    def line(self) -> str:
        """Return the entry as one line of canonical JSON, without its newline."""
        return canonical(self._asdict())


class Journal:
    """A journal in memory and, if a path is given, on disk: written and synced before an entry counts.

    Args:
        path: File to append to, or None to keep the journal in memory.
        entries: Entries that the file holds already.
    """

    def __init__(self, path: Path | None = None, entries: Iterable[Entry] = ()) -> None:
        self.entries = list(entries)
        self._path = path

    def append(self, **fields: Any) -> Entry:
        """Add an entry; it is on disk when this returns.

        Raises:
            OSError: If it cannot be written; the entry then does not count.
        """
        previous = digest(self.entries[-1].line()) if self.entries else START
        entry = Entry(seq=len(self.entries), previous=previous, **fields)
        entry = entry._replace(own=entry.seal())
        if self._path is not None:
            append_synced(self._path, (entry.line() + "\n").encode())
        self.entries.append(entry)
        return entry


def sync_folder(folder: Path) -> None:
    """Sync a folder, so that files made in it outlive a power cut.

    Raises:
        OSError: If it cannot be synced.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def append_synced(path: Path, data: bytes) -> None:
    """Append bytes to a file and sync it; on failure the file is cut back to what it was.

    Raises:
        OSError: If writing or syncing fails.
    """
    new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        before = os.fstat(handle).st_size
        try:
            rest = data
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
            if new:
                sync_folder(path.parent)
        except BaseException:  # an interrupt between write and sync must not leave bytes that do not count
            os.ftruncate(handle, before)
            raise
    finally:
        os.close(handle)


def read_journal(path: Path) -> tuple[list[Entry], str]:
    """Read a journal and check its chain.

    Returns:
        The entries, and the torn last line that was left out (empty when there is none).

    Raises:
        RecordBroken: If any line but an unfinished last one is not what was written.
    """
    text = path.read_bytes().decode("utf-8", errors="replace") if path.exists() else ""
    *lines, tail = text.split("\n")
    entries: list[Entry] = []
    previous = START
    for number, line in enumerate(lines, 1):
        try:
            entry = Entry(**json.loads(line))
            same = entry.line() == line
        except (ValueError, TypeError, RecursionError) as error:
            raise RecordBroken(f"{path.name}:{number}", "is not a journal entry") from error
        if entry.previous != previous or entry.seq != number - 1 or not same or entry.own != entry.seal():
            raise RecordBroken(f"{path.name}:{number}", "does not follow from the line before; the journal was altered")
        previous = digest(line)
        entries.append(entry)
    return entries, tail
