"""Whole runs on disk: run, score, report; go on with an interrupted one; replay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sim.assess.compare import Difference, first_difference
from sim.assess.loss import PARTS
from sim.assess.score import score
from sim.canon import pretty
from sim.errors import AnswerRefused, RecordBroken, Refusal
from sim.play.acts import moves_time
from sim.play.answerers import nothing_new
from sim.play.references import YARDSTICKS, references
from sim.play.session import Session
from sim.play.settings import Settings, settings_from
from sim.play.then import ASK, check_then, go_on
from sim.record.disk import Lock, write_atomic
from sim.record.folder import RECORDED, RunRecord, read_exercise, read_folder, read_meta
from sim.record.journal import Entry, effective, read_journal
from sim.spec.controls import TRAINER
from sim.spec.load import Exercise
from sim.spec.parameters import parse_overrides


def keep_score(folder: Path, record: RunRecord) -> dict[str, Any]:
    """Run the yardsticks of a run, score it, and keep both beside the record.

    Returns:
        The score card.
    """
    parameters = parse_overrides(record.meta["overrides"], "run.json")
    found = references(record.exercise, record.meta["seed"], parameters, effective(record.journal))
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
        if not all(type(one) in (int, float) and 0 <= one < 1e15 for one in amounts.values()):
            raise RecordBroken(str(path), f"does not hold the harm under {name}")
    return found


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
    if replay:
        exercise = read_exercise(folder, meta)
        entries, torn = read_journal(folder / "journal.jsonl")
        return session_of(exercise, settings_from(exercise, meta), journal=entries, answerer=nothing_new), torn
    lock = Lock(folder)  # before anything is read: what is read must still be so when it is written
    try:
        return _resumed(folder, lock)
    except BaseException:
        lock.release()
        raise


def _resumed(folder: Path, lock: Lock) -> tuple[Session, str]:
    meta = read_meta(folder)
    if meta.get("finished"):
        raise RecordBroken(str(folder), "the run is finished; nothing is left to go on with")
    exercise = read_exercise(folder, meta)
    entries, torn = read_journal(folder / "journal.jsonl")
    settings = settings_from(exercise, meta)
    check_then((meta["parent"] or {}).get("then", ASK))
    if torn:
        write_atomic(folder / "journal.torn", torn)
        write_atomic(folder / "journal.jsonl", "".join(entry.line() + "\n" for entry in entries))
    session = session_of(
        exercise,
        settings,
        journal=entries,
        recorded=recorded_in(folder) if settings.by_journal else (),
        folder=folder,
        resume=lock,
        parent=meta["parent"],
    )
    go_on(session)
    return session, torn


def recorded_in(folder: Path) -> list[Entry]:
    """Return the journal that plays seats of a run.

    Raises:
        RecordBroken: If it is missing or was altered.
    """
    if not (folder / RECORDED).is_file():
        raise RecordBroken(str(folder / RECORDED), "is missing; the seats that it plays cannot go on")
    return read_journal(folder / RECORDED)[0]


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


def go_back(session: Session, line: int, reason: str = "") -> Session:
    """Take back a line of the journal and all that was given after it.

    Args:
        session: The session; it is closed.
        line: Number of the line in the journal, from 0.
        reason: Why.

    Returns:
        A new session, from the folder or in memory, that stands where that line was given.

    Raises:
        AnswerRefused: If the line does not count, or the run's record was written already: branch from it instead.
        OSError: If the journal cannot be written; then nothing was taken back.
    """
    counted = {entry.seq: entry for entry in session.entries if moves_time(entry)}
    if line not in counted:
        last = ", ".join(str(seq) for seq in list(counted)[-5:])
        raise AnswerRefused(Refusal.NOTHING_TO_UNDO, "line", str(line), last or "nothing was given yet")
    if session.folder is not None and read_meta(session.folder).get("finished"):
        raise AnswerRefused(Refusal.EXERCISE_OVER, "line", str(line), "a branch of this run")
    session.act("control", TRAINER, {"do": "undo", "line": line}, choice="undo", reason=reason)
    session.close()
    if session.folder is None:
        again = session_of(session.exercise, session.settings, journal=session.journal, parent=session.parent)
        again.catch_up()
    else:
        again, _ = session_from(session.folder, replay=False)
    again.advance(counted[line].at_s)
    return again


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
