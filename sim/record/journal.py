"""The journal: what people and policies decided, each line chained to the one before by a hash."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from sim.canon import canonical, digest, digest_of
from sim.errors import JournalStopped, RecordBroken
from sim.record.disk import Lock, append_synced

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
        self._size = sum(len(entry.line()) + 1 for entry in self.entries)
        self._stopped = False
        self._closed = False
        self._held_back: list[Entry] | None = None

    def append(self, **fields: Any) -> Entry:
        """Add an entry; it is on disk when this returns, unless entries are held back.

        Raises:
            OSError: If it cannot be written; the entry then does not count. If there was no room, it can be tried
                again; if nobody can say what the disk holds, every later try raises :class:`JournalStopped`.
            JournalStopped: If the disk failed before.
            InUse: If the journal was closed and another session writes it.
            RecordBroken: If another session has gone on with the file.
        """
        self.check()
        entry = self._next(fields)
        if self._held_back is None:
            self._write([entry])
        else:
            self._held_back.append(entry)
        self.entries.append(entry)
        return entry

    def check(self) -> None:
        """Refuse if the disk failed before.

        Raises:
            JournalStopped: If nobody can say what the disk holds.
        """
        if self._stopped:
            raise JournalStopped(str(self._path))

    def hold_back(self) -> None:
        """Write nothing until :meth:`write_held`: what is added until then has not been promised to anybody."""
        self._held_back = []

    def write_held(self) -> None:
        """Write what was held back, and each later entry at once.

        Raises:
            OSError, JournalStopped, InUse, RecordBroken: As :meth:`append` does.
        """
        held, self._held_back = self._held_back, None
        if held:
            self._write(held)

    def close(self) -> None:
        """Let another session write the file; an entry that comes later is written only if none has."""
        self._closed = True

    def _write(self, entries: list[Entry]) -> None:
        if self._path is None:
            return
        lock = Lock(self._path.parent) if self._closed else None
        data = "".join(entry.line() + "\n" for entry in entries).encode()
        try:
            if self._size != (self._path.stat().st_size if self._path.exists() else 0):
                raise RecordBroken(str(self._path), "another session has gone on with this run; nothing was written")
            append_synced(self._path, data)
        except OSError as error:
            self._stopped = getattr(error, "unsure", False)
            raise
        finally:
            if lock is not None:
                lock.release()
        self._size += len(data)

    def _next(self, fields: dict[str, Any]) -> Entry:
        previous = digest(self.entries[-1].line()) if self.entries else START
        entry = Entry(seq=len(self.entries), previous=previous, **fields)
        return entry._replace(own=entry.seal())


def is_undo(entry: Entry) -> bool:
    """Return whether an entry takes back others."""
    return entry.kind == "control" and entry.choice == "undo"


def _is_sound(entry: Entry) -> bool:
    """Return whether every field is of its type, and the arguments are there without which nobody could go on."""
    texts = (entry.kind, entry.key, entry.seat, entry.choice, entry.reason, entry.view, entry.previous, entry.own)
    numbers = (entry.seq, entry.at_s, entry.charged_s)
    told = entry.arguments
    if not all(isinstance(text, str) for text in texts) or not isinstance(told, dict) or entry.kind not in KINDS:
        return False
    if not all(type(number) is int and number >= 0 for number in numbers):
        return False
    if is_undo(entry):
        return type(told.get("line")) is int and 0 <= told["line"] < entry.seq
    if entry.kind == "control" and entry.choice == "wait":
        return type(told.get("wait_s")) is int and told["wait_s"] > 0
    return entry.kind != "order" or (type(told.get("seen")) is int and told["seen"] >= 0)


def effective(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that count: an undo takes back a line and all answers and acts after it.

    Notes stay, and so do the undoings themselves.
    """
    counted: list[Entry] = []
    for entry in entries:
        if is_undo(entry):
            line = entry.arguments["line"]
            counted = [one for one in counted if one.seq < line or one.kind == "note" or is_undo(one)]
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
            same = entry.line() == line and _is_sound(entry)
        except (ValueError, TypeError, RecursionError) as error:
            raise RecordBroken(f"{path.name}:{number}", "is not a journal entry") from error
        if entry.previous != previous or entry.seq != number - 1 or not same or entry.own != entry.seal():
            raise RecordBroken(f"{path.name}:{number}", "does not follow from the line before; the journal was altered")
        previous = digest(line)
        entries.append(entry)
    return entries, tail
