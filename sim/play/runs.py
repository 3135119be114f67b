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
from sim.play.answerers import nothing_new
from sim.play.references import YARDSTICKS, references
from sim.play.session import Session
from sim.play.settings import Settings, settings_from
from sim.record.disk import write_atomic
from sim.record.events import Event
from sim.record.folder import RunRecord, read_exercise, read_folder, read_meta
from sim.record.journal import read_journal
from sim.spec.load import Exercise
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
        RecordBroken, DigestMismatch: If the folder is not what the run left, or if this program does not come to the
            views on which the answers were given.
        InUse: If another session writes the run.
    """
    meta = read_meta(folder)
    if meta.get("finished") and not replay:
        raise RecordBroken(str(folder), "the run is finished; nothing is left to go on with")
    exercise = read_exercise(folder, meta)
    entries, torn = read_journal(folder / "journal.jsonl")
    settings = settings_from(exercise, meta)
    if replay:
        return session_of(exercise, settings, journal=entries, answerer=nothing_new), torn
    session = session_of(exercise, settings, journal=entries, folder=folder, resume=True, parent=meta["parent"])
    if torn:  # only now that nobody else writes here
        write_atomic(folder / "journal.torn", torn)
        write_atomic(folder / "journal.jsonl", "".join(entry.line() + "\n" for entry in entries))
    session.catch_up()
    return session, torn


def session_of(exercise: Exercise, settings: Settings, **rest: Any) -> Session:
    """Return a session with settings that were checked before."""
    return Session(
        exercise,
        seed=settings.seed,
        policy=settings.policy,
        players=dict(settings.players),
        overrides=settings.parameters,
        decisions=dict(settings.decisions),
        thinking_s=settings.thinking_s,
        **rest,
    )


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
    if waiting := session.advance():
        at = len(session.events)
        missing = tuple(f"journal {asked.key}: no answer" for asked in waiting)
        return record, first_difference(record.events[:at], session.events) or Difference(at, None, None, missing)
    again = session.finish()
    return record, first_difference(record.events, again.events) or _view_difference(session)


def _view_difference(session: Session) -> Difference | None:
    """Return the answers that were given on another view than the one that the replay shows."""
    return (
        Difference(0, None, None, tuple(f"journal {key}: view" for key in session.unlike)) if session.unlike else None
    )
