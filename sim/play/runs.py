"""Whole runs on disk: run, score, report; go on with an interrupted one; replay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from sim.assess.loss import PARTS
from sim.assess.score import FORMAT as SCORE_FORMAT
from sim.assess.score import score
from sim.canon import pretty
from sim.errors import RecordBroken
from sim.play.answerers import by_journal
from sim.play.references import YARDSTICKS, references
from sim.play.session import Session
from sim.record.events import Event
from sim.record.folder import RunRecord, read_exercise, read_folder, read_meta, write_atomic
from sim.record.journal import read_journal
from sim.spec.parameters import parse_overrides


def keep_score(folder: Path, record: RunRecord) -> dict[str, Any]:
    """Run the yardsticks of a run, score it, and keep both beside the record.

    Returns:
        The score card.
    """
    parameters = parse_overrides(record.meta["overrides"], "run.json")
    found = references(record.exercise, record.meta["seed"], parameters)
    write_atomic(folder / "references.json", pretty(found))
    card = score(record, found)
    write_atomic(folder / "score.json", pretty(card))
    return card


def read_references(folder: Path) -> dict[str, Any]:
    """Read the harm of the yardsticks.

    Raises:
        RecordBroken: If the file is not what a run leaves.
    """
    path = folder / "references.json"
    found = _read_json(path)
    for name in YARDSTICKS:
        amounts = found.get(name, {}).get("quantities") if isinstance(found.get(name), dict) else None
        if not isinstance(amounts, dict) or sorted(amounts) != sorted(PARTS):
            raise RecordBroken(str(path), f"does not hold the harm under {name}")
    return found


def read_card(folder: Path) -> dict[str, Any]:
    """Read the score card of a run.

    Raises:
        RecordBroken: If the file is not what a run leaves.
    """
    path = folder / "score.json"
    card = _read_json(path)
    if card.get("format") != SCORE_FORMAT:
        raise RecordBroken(str(path), f"is not of the format {SCORE_FORMAT}")
    return card


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise RecordBroken(str(path), "cannot be read") from error
    if not isinstance(found, dict):
        raise RecordBroken(str(path), "is no mapping")
    return found


def session_from(folder: Path, *, replay: bool) -> tuple[Session, str]:
    """Return the session of a run folder, ready to go on with its journal.

    Args:
        folder: The run folder.
        replay: If true, nothing is written and every answer must come from the journal; otherwise the session
            goes on where the journal ends, and what persons had decided is not asked again.

    Returns:
        The session, and the unfinished last line of the journal that was left out (empty if there was none).

    Raises:
        RecordBroken, DigestMismatch: If the folder is not what the run left.
    """
    meta = read_meta(folder)
    if meta.get("finished") and not replay:
        raise RecordBroken(str(folder), "the run is finished; nothing is left to go on with")
    exercise = read_exercise(folder, meta)
    entries, torn = read_journal(folder / "journal.jsonl")
    if torn and not replay:
        whole = "".join(entry.line() + "\n" for entry in entries)
        write_atomic(folder / "journal.torn", torn)
        write_atomic(folder / "journal.jsonl", whole)
    settings: dict[str, Any] = {
        "seed": meta["seed"],
        "policy": meta["policy"],
        "overrides": parse_overrides(meta["overrides"], "run.json"),
        "thinking_s": meta["thinking_s"],
        "decisions": meta["decisions"],
    }
    if replay:
        return Session(exercise, answerer=by_journal(entries, None), **settings), torn
    return Session(exercise, seats=meta["seats"], folder=folder, journal=entries, resume=True, **settings), torn


class Difference(NamedTuple):
    """The first event in which two runs differ, and the names of the fields that differ."""

    seq: int
    recorded: Event | None
    again: Event | None
    fields: tuple[str, ...]


def first_difference(recorded: list[Event], again: list[Event]) -> Difference | None:
    """Return the first difference of two lists of events, or None if they are equal."""
    for left, right in zip(recorded, again, strict=False):
        if left != right:
            names = tuple(name for name, a, b in zip(Event._fields, left, right, strict=True) if a != b)
            return Difference(left.seq, left, right, names)
    if len(recorded) == len(again):
        return None
    at = min(len(recorded), len(again))
    left_over = recorded[at] if at < len(recorded) else None
    return Difference(at, left_over, again[at] if at < len(again) else None, ("length",))


def replay(folder: Path) -> tuple[RunRecord, Difference | None]:
    """Run a finished run again from its files, seed and journal, and compare event by event.

    Raises:
        RecordBroken, DigestMismatch: If the folder is not what the run left.
    """
    record = read_folder(folder)
    session, _ = session_from(folder, replay=True)
    again = session.finish()
    return record, first_difference(record.events, again.events) or _view_difference(record, again)


def _view_difference(record: RunRecord, again: RunRecord) -> Difference | None:
    """Return the first answer that was given on another view than the one that the replay shows."""
    seen = {entry.key: entry for entry in again.journal}
    for entry in record.journal:
        names = tuple(
            name for name in ("view", "at_s", "seat") if getattr(entry, name) != getattr(seen[entry.key], name)
        )
        if names:
            return Difference(entry.seq, None, None, tuple(f"journal {entry.key}: {name}" for name in names))
    return None
