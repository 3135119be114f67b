"""The run folder: everything about one run, readable by programs and people."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.canon import digest, pretty
from sim.errors import DigestMismatch, RecordBroken
from sim.record.disk import Lock, write_atomic
from sim.record.events import Event, events_digest, from_lines, to_lines
from sim.record.journal import Entry, read_journal
from sim.spec.load import KINDS, TRACE, Exercise, Source, build
from sim.spec.sealed import open_sealed

FORMAT = "tabletop-run/1"
ENVELOPE = "scenario.sealed"
"""File below ``spec/`` that stands for the scenario until a sealed exercise is over."""
RECORDED = "recorded.jsonl"
"""File of a run folder with the journal of another run that plays seats of this one."""
META_TYPES = {
    "scenario": str,
    "seed": int,
    "policy": str,
    "players": dict,
    "thinking_s": int,
    "overrides": dict,
    "decisions": dict,
    "versions": dict,
}
"""What ``run.json`` must hold to run again, besides the digests."""


@dataclass(frozen=True)
class RunRecord:
    """A run: what was run, and what happened.

    Attributes:
        exercise: The specification files of the run.
        meta: The content of ``run.json``.
        events: All events in order.
        journal: All answers in order.
        series: Sampled quantities, one row a sample; the first key is ``at_s``.
    """

    exercise: Exercise
    meta: dict[str, Any]
    events: list[Event]
    journal: list[Entry]
    series: list[dict[str, int]] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Digest of the events."""
        return events_digest(self.events)


def to_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows as CSV with a header row; empty where there is no value."""
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return out.getvalue()


def begin_folder(folder: Path, exercise: Exercise, meta: dict[str, Any], recorded: Sequence[Entry] = ()) -> Lock:
    """Make a run folder with its specification files and ``run.json``, before the run starts.

    Args:
        folder: The folder.
        exercise: Its files are copied.
        meta: What ``run.json`` says.
        recorded: Journal of another run that plays seats of this one; kept as :data:`RECORDED`.

    Returns:
        The right to write the folder.

    Raises:
        RecordBroken: If the folder holds a run already.
        InUse: If another session writes it.
        OSError: If it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = Lock(folder)
    try:
        _put_down(folder, exercise, meta, recorded)
    except BaseException:
        lock.release()
        raise
    return lock


def _put_down(folder: Path, exercise: Exercise, meta: dict[str, Any], recorded: Sequence[Entry]) -> None:
    if (folder / "run.json").exists():
        raise RecordBroken(str(folder), "holds a run already; name another folder with --out")
    (folder / "spec").mkdir(exist_ok=True)
    for source in exercise.sources:
        if source.kind == "scenario" and exercise.envelope:  # nobody reads it before the exercise is over
            write_atomic(folder / "spec" / ENVELOPE, exercise.envelope)
        else:
            write_atomic(folder / "spec" / _file_of(source.kind), source.text)
    if recorded:
        write_atomic(folder / RECORDED, "".join(entry.line() + "\n" for entry in recorded))
    write_atomic(folder / "run.json", pretty({**meta, **_seal(exercise), "finished": False}))


def _file_of(kind: str) -> str:
    return f"{kind}.jsonl" if kind == TRACE else f"{kind}.yaml"


def finish_folder(folder: Path, record: RunRecord) -> None:
    """Write events, series and the final ``run.json``."""
    text = to_lines(record.events)
    if record.exercise.envelope:
        write_atomic(folder / "spec" / "scenario.yaml", record.exercise.sources[0].text)
    write_atomic(folder / "events.jsonl", text)
    write_atomic(folder / "series.csv", to_csv(record.series))
    journal = "".join(entry.line() + "\n" for entry in record.journal)
    path = folder / "journal.jsonl"
    if not path.exists() or path.read_text(encoding="utf-8") != journal:
        write_atomic(path, journal)
    ended = {"finished": True, "events_digest": digest(text)}
    write_atomic(folder / "run.json", pretty({**record.meta, **_seal(record.exercise), **ended}))


def _seal(exercise: Exercise) -> dict[str, str]:
    """Return the commitment of the sealed file that the scenario came in, for ``run.json``."""
    return {"seal": exercise.seal} if exercise.seal else {}


def read_meta(folder: Path) -> dict[str, Any]:
    """Read ``run.json``.

    Raises:
        RecordBroken: If the folder is no run folder.
    """
    path = folder / "run.json"
    try:
        meta = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise RecordBroken(str(path), "cannot be read; this is no run folder") from error
    if not isinstance(meta, dict) or meta.get("format") != FORMAT:
        raise RecordBroken(str(path), f"is not of the format {FORMAT}")
    if not isinstance(meta.get("digests"), dict) or {*meta["digests"]} - {TRACE} != {*KINDS}:
        raise RecordBroken(str(path), f"must have the digests of: {', '.join(KINDS)}")
    if not all(isinstance(one, str) for one in meta["digests"].values()):
        raise RecordBroken(str(path), "a digest is no text")
    if not isinstance(meta.get("parent", ""), dict | None):
        raise RecordBroken(str(path), "parent is missing or says nothing")
    for name, kind in META_TYPES.items():
        if not isinstance(meta.get(name), kind):
            raise RecordBroken(str(path), f"{name} is missing or no {kind.__name__}")
    return meta


def read_exercise(folder: Path, meta: dict[str, Any]) -> Exercise:
    """Read the specification copies of a run folder and hold them against the digests of the run.

    Raises:
        DigestMismatch: If a copy was changed since.
        RecordBroken: If a copy is missing.
        BadInput: If a copy cannot be used.
        SealBroken: If the scenario is still sealed, and not what was sealed.
    """
    sources, envelope = [], ""
    for kind in (*KINDS, *([TRACE] if TRACE in meta["digests"] else [])):
        expected = meta["digests"][kind]
        path = folder / "spec" / _file_of(kind)
        if kind == "scenario" and not path.is_file() and (path.parent / ENVELOPE).is_file():
            envelope = _text(path.parent / ENVELOPE)
            source = Source(kind, path.name, open_sealed(envelope, ENVELOPE).scenario)
        elif path.is_file():
            source = Source(kind, path.name, _text(path))
        else:
            raise RecordBroken(str(path), "is missing")
        if source.digest != expected:
            raise DigestMismatch(str(path), expected, source.digest)
        sources.append(source)
    seal = meta.get("seal", "")
    return build(tuple(sources), seal=seal if isinstance(seal, str) else "", envelope=envelope)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


def read_folder(folder: Path) -> RunRecord:
    """Read a finished run folder.

    Raises:
        RecordBroken: If something is missing or altered, or the run did not finish.
        DigestMismatch: If a file is not what the run left.
    """
    meta = read_meta(folder)
    if not meta.get("finished"):
        raise RecordBroken(str(folder), "the run did not finish; go on with `tabletop resume`")
    exercise = read_exercise(folder, meta)
    path = folder / "events.jsonl"
    if not path.is_file():
        raise RecordBroken(str(path), "is missing")
    raw = path.read_bytes()
    if digest(raw) != meta.get("events_digest"):
        raise DigestMismatch(str(path), str(meta.get("events_digest")), digest(raw))
    events = from_lines(raw.decode("utf-8", errors="replace"), path.name)
    entries, torn = read_journal(folder / "journal.jsonl")
    if torn:
        raise RecordBroken(str(folder / "journal.jsonl"), "its last line is unfinished")
    return RunRecord(exercise, meta, events, entries, _read_series(folder / "series.csv"))


def _read_series(path: Path) -> list[dict[str, int]]:
    try:
        rows = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8")))
        return [{key: int(value) for key, value in row.items()} for row in rows]
    except (OSError, ValueError, TypeError, csv.Error) as error:
        raise RecordBroken(str(path), "is missing, or holds something other than whole numbers") from error
