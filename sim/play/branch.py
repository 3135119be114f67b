"""Branching: a sibling run that shares a past and differs in one decision."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.errors import AnswerRefused, RecordBroken, Refusal, bad_input
from sim.play.answerers import answers, nothing_new
from sim.play.free_orders import checked_order
from sim.play.questions import NO_ANSWER, Asked
from sim.play.runs import recorded_in, session_of
from sim.play.seats import seat_ids, tasks_done
from sim.play.session import Session
from sim.play.settings import JOURNAL, PERSON, Settings, settings_from
from sim.play.then import ASK, KEPT, Dropped, answer_on, check_then, go_on
from sim.record.disk import Lock, write_atomic
from sim.record.folder import read_exercise, read_meta
from sim.record.journal import Entry, effective, is_undo, read_journal
from sim.spec.load import Exercise


class Other(NamedTuple):
    """What is different in a branch.

    Attributes:
        at: Key of the question that is answered differently, or a time in seconds.
        choice: At a question: an option, or :data:`NO_ANSWER`.
        order: At a time: a free order to give, or None.
        seat: Who gives the order.
        charged_s: Thinking time charged, in seconds; None for that of the parent's answer, or the parent's default.
        then: How it goes on: ``journal``, ``ask`` or the name of a policy.
        seats: Under ``ask``, the seats that persons take; by default those of the parent, or the one that decides.
    """

    at: str | int
    choice: str = ""
    order: dict[str, Any] | None = None
    seat: str = ""
    charged_s: int | None = None
    then: str = JOURNAL
    seats: tuple[str, ...] = ()


class Branched(NamedTuple):
    """A branch, ready to go on, and what of the parent's orders, injects and controls could not be given again."""

    session: Session
    dropped: tuple[Dropped, ...]


class Before(NamedTuple):
    """Lines of a journal before a question was answered, and the answer; None if it was not answered yet."""

    lines: tuple[Entry, ...]
    answer: Entry | None


def branch(parent: Path, other: Other, out: Path) -> Branched:
    """Make a run folder that shares the past of another, which is only read, and differs in one decision.

    Args:
        parent: Run folder, of a finished or of an interrupted run.
        other: What is different.
        out: Run folder to make.

    Returns:
        The session; under ``ask`` it stands where the other decision was taken, otherwise nobody is asked any more.

    Raises:
        BadInput: If there is no such question or time.
        AnswerRefused: If the option or the order does not stand there.
        RecordBroken: If a folder is not what a run left, or ``out`` holds a run.
    """
    check_then(other.then)
    meta = read_meta(parent)
    exercise, (entries, _) = read_exercise(parent, meta), read_journal(parent / "journal.jsonl")
    settings = settings_from(exercise, meta)
    if isinstance(other.at, str):
        lines = _answered(exercise, settings, entries, other)
    else:
        lines = _ordered(exercise, settings, entries, other)
    order = f"{other.seat}: {other.order.get('do')}" if other.order else ""
    about = {
        "folder": parent.resolve().name,
        "digest": meta.get("events_digest", ""),
        "at": other.at,
        "choice": other.choice or order,
        "then": other.then,
    }
    recorded = recorded_in(parent) if settings.by_journal else ()
    if other.then == ASK:
        settings = _asked(exercise, settings, other)
    _begin(out, entries if other.then == JOURNAL else None, lines)
    session = session_of(exercise, settings, journal=lines, recorded=recorded, folder=out, parent=about)
    return Branched(session, go_on(session))


def _asked(exercise: Exercise, settings: Settings, other: Other) -> Settings:
    """Return the settings with persons in the seats that shall be asked."""
    deciding = [point.seat for point in exercise.scenario.pause_points if point.id == other.at] or [other.seat]
    seats = other.seats or settings.seats or tuple(seat for seat in deciding if seat)
    if not seats:
        raise bad_input("seats", "nobody is there to be asked", ", ".join(seat_ids(exercise)))
    players = {
        **{seat: player for seat, player in settings.players if player != PERSON},
        **dict.fromkeys(seats, PERSON),
    }
    meta = {**settings.meta(), "players": players}
    return settings_from(exercise, meta)


def before_answer(entries: Sequence[Entry], key: str) -> Before:
    """Return the lines of a journal that stand before the answer to a question; all if it was not answered."""
    for entry in effective(entries):
        if entry.key == key and entry.kind in ("answer", "none"):
            return Before(tuple(entries[: entry.seq]), entry)
    return Before(tuple(entries), None)


def before_time(entries: Sequence[Entry], at_s: int) -> tuple[Entry, ...]:
    """Return the lines of a journal that stand until a time, in seconds since the start."""
    for entry in effective(entries):
        if entry.at_s > at_s and entry.kind != "note" and not is_undo(entry):
            return tuple(entries[: entry.seq])
    return tuple(entries)


def stand_at(exercise: Exercise, settings: Settings, lines: Sequence[Entry], key: str) -> tuple[Session, Asked]:
    """Return a session in memory that stands where a question waits, before anything of that instant takes effect.

    Every seat is a person's there, so that nothing is answered that the lines do not answer.

    Raises:
        BadInput: If the question is not open there.
        RecordBroken: If this program does not come to the views on which was decided.
    """
    session = session_of(exercise, settings, journal=lines, answerer=nothing_new)
    session.persons = seat_ids(exercise)
    waiting = {asked.key: asked for asked in session.advance()}
    if key not in waiting:
        known = [entry.key for entry in effective(lines) if answers(entry)]
        raise bad_input("at", f"the question {key!r} is not asked there", ", ".join(dict.fromkeys((*known, *waiting))))
    if session.unlike:
        raise RecordBroken("the journal", f"this program does not come to the view of {session.unlike[0]}")
    return session, waiting[key]


def charge(settings: Settings, before: Before, asked: Asked, now_s: int) -> int:
    """Return the thinking time that another option is charged: that of the answer given, or the run's default."""
    if before.answer is not None and before.answer.kind == "answer":
        return before.answer.charged_s
    return max(0, min(settings.thinking_s, asked.limit_s - (now_s - asked.opened_s) - 1))


def _answered(exercise: Exercise, settings: Settings, entries: Sequence[Entry], other: Other) -> tuple[Entry, ...]:
    """Return the journal of the branch up to the other answer."""
    if other.order is not None:
        raise bad_input("order", "an order is given at a time, not at a question", "--at T+35min", "at")
    before = before_answer(entries, str(other.at))
    session, asked = stand_at(exercise, settings, before.lines, str(other.at))
    if not other.choice:
        raise AnswerRefused(Refusal.NO_SUCH_OPTION, asked.key, "", ", ".join((*asked.options, NO_ANSWER)))
    choice = None if other.choice == NO_ANSWER and NO_ANSWER not in asked.options else other.choice
    charged_s = charge(settings, before, asked, session.now_s) if other.charged_s is None else other.charged_s
    session.decide({asked.key: choice}, charged_s=charged_s, reason="branch")
    return session.journal


def _ordered(exercise: Exercise, settings: Settings, entries: Sequence[Entry], other: Other) -> tuple[Entry, ...]:
    """Return the journal of the branch up to its time, with the order if there is one."""
    at_s, end_s = int(other.at), exercise.scenario.duration
    if not 0 <= at_s < end_s:
        raise bad_input("at", f"{at_s} s is not within the exercise", f"0 to {end_s - 1} s")
    if other.choice:
        raise bad_input("choose", "an option answers a question, not a time", "--at QUESTION, or --order")
    lines = before_time(entries, at_s)
    if other.order is None:
        return lines
    seats = seat_ids(exercise)
    if other.seat not in seats:
        raise bad_input("seat", f"no seat {other.seat!r}", ", ".join(seats))
    session = session_of(exercise, settings, journal=lines)
    answer_on(session, other.then, effective(entries))
    if waiting := session.advance(at_s):
        keys = ", ".join(asked.key for asked in waiting)
        raise bad_input("at", f"at {session.now_s} s a person is asked: {keys}", f"times up to {session.now_s} s")
    done = tasks_done(session, other.seat)
    order = checked_order(exercise, other.seat, other.order, session.view(other.seat), done)
    data = {"order": order.model_dump(mode="json", exclude_none=True)}
    charged_s = settings.thinking_s if other.charged_s is None else other.charged_s
    session.act("order", other.seat, data, choice=order.do, charged_s=charged_s, reason="branch")
    return session.journal


def _begin(out: Path, kept: Sequence[Entry] | None, lines: Sequence[Entry]) -> None:
    """Put down the journals before there is a run: a folder without ``run.json`` is none."""
    out.mkdir(parents=True, exist_ok=True)
    lock = Lock(out)
    try:
        if (out / "run.json").exists():
            raise RecordBroken(str(out), "holds a run already; name another folder with --out")
        if kept is not None:
            write_atomic(out / KEPT, "".join(entry.line() + "\n" for entry in kept))
        write_atomic(out / "journal.jsonl", "".join(entry.line() + "\n" for entry in lines))
    finally:
        lock.release()
