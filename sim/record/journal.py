"""The journal: what people and policies decided, each line chained to the one before by a hash."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from sim.canon import canonical, digest, digest_of
from sim.errors import JournalStopped, RecordBroken
from sim.record.disk import append_synced

START = "0" * 64
"""What the first line names as its predecessor."""
KINDS = ("answer", "none", "order", "inject", "control", "note")
"""Kinds of line: an answer, no answer in time, an order beside the questions, the trainer's inject, the trainer's or a
seat's control of the clock and the run, and a note of somebody who watches."""


class Entry(NamedTuple):
    """One line of the journal.

    Attributes:
        seq: Number of the line, from 0.
        kind: One of :data:`KINDS`.
        key: Key of the question; for all else a key of its own.
        seat: Who: a seat, the trainer, or somebody who watches.
        choice: Id of the option; what a control does; empty for none.
        arguments: Further fields: an order, an inject, a control, a note.
        at_s: When it was given.
        charged_s: Time charged; an answer takes effect then after ``at_s``, all else a second after at the soonest.
        reason: Why, in the words of who gave it.
        view: Digest of what the seat saw; empty for who is no seat.
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

    @property
    def takes_effect_s(self) -> int:
        """When an order, an inject or a control takes effect, in seconds since the start."""
        return self.at_s + max(1, self.charged_s)


class Journal:
    """A journal in memory and, if a path is given, on disk: written and synced before an entry counts.

    Args:
        path: File to append to, or None to keep the journal in memory.
        entries: Entries that the file holds already.
    """

    def __init__(self, path: Path | None = None, entries: Iterable[Entry] = ()) -> None:
        self.entries = list(entries)
        self._path = path
        self._stopped = False

    def append(self, **fields: Any) -> Entry:
        """Add an entry; it is on disk when this returns.

        Raises:
            OSError: If it cannot be written; the entry then does not count. If there was no room, it can be tried
                again; if the disk could not sync, every later try raises :class:`JournalStopped`.
            JournalStopped: If the disk failed before.
        """
        if self._stopped:
            raise JournalStopped(str(self._path))
        entry = self._next(fields)
        if self._path is not None:
            try:
                append_synced(self._path, (entry.line() + "\n").encode())
            except OSError as error:
                self._stopped = getattr(error, "while_syncing", False)
                raise
        self.entries.append(entry)
        return entry

    def _next(self, fields: dict[str, Any]) -> Entry:
        previous = digest(self.entries[-1].line()) if self.entries else START
        entry = Entry(seq=len(self.entries), previous=previous, **fields)
        return entry._replace(own=entry.seal())


def effective(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that count: an undo takes back a line and all answers and acts after it.

    Notes stay, and so do the undoings themselves.
    """
    counted: list[Entry] = []
    for entry in entries:
        if entry.kind == "control" and entry.choice == "undo":
            line = entry.arguments["line"]
            counted = [one for one in counted if one.seq < line or one.kind == "note" or one.choice == "undo"]
        counted.append(entry)
    return counted


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
            same = entry.line() == line and entry.kind in KINDS
        except (ValueError, TypeError, RecursionError) as error:
            raise RecordBroken(f"{path.name}:{number}", "is not a journal entry") from error
        if entry.previous != previous or entry.seq != number - 1 or not same or entry.own != entry.seal():
            raise RecordBroken(f"{path.name}:{number}", "does not follow from the line before; the journal was altered")
        previous = digest(line)
        entries.append(entry)
    return entries, tail
