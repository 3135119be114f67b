"""How a run goes on after a decision: as another run did, by a policy, or by asking persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from sim.actors.policies import POLICIES
from sim.canon import canonical
from sim.errors import AnswerRefused, RecordBroken, bad_input
from sim.play.acts import takes_effect
from sim.play.answerers import answers, by_other_run
from sim.play.free_orders import checked_order
from sim.play.seats import tasks_done
from sim.play.session import Session
from sim.play.settings import JOURNAL
from sim.play.trainer import Trainer
from sim.record.journal import Entry, effective, read_journal

ASK = "ask"
"""To go on by asking the persons of the seats."""
STAND_IN = "trained"
"""The policy that answers what another run's journal does not."""
KEPT = "parent.jsonl"
"""File of a run folder that holds the journal of the run that it branches from, if it goes on as that did."""
ON_INJECTS = ("hold", "release", "skip", "send")
"""Controls that may no longer fit where another run comes to another state of the script."""


class Dropped(NamedTuple):
    """Something that the other run was given and that could not be given here."""

    entry: Entry
    why: str


def check_then(then: str, also: tuple[str, ...] = (JOURNAL, ASK)) -> str:
    """Return a way to go on if there is such a way.

    Raises:
        BadInput: If there is none.
    """
    allowed = (*also, *POLICIES)
    if then not in allowed:
        raise bad_input("then", f"{then!r} is no way to go on", ", ".join(allowed))
    return then


def answer_on(session: Session, then: str, recorded: Iterable[Entry] = ()) -> None:
    """Set who answers from now on.

    Args:
        session: The session.
        then: ``journal``, ``ask`` or the name of a policy.
        recorded: What counts of the other run's journal.
    """
    if then == JOURNAL:
        session.play_on(by_other_run(recorded, None, session.by_policy(POLICIES[STAND_IN])))
    elif then != ASK:
        session.play_on(session.by_policy(POLICIES[then]))


def give_again(session: Session, recorded: Iterable[Entry]) -> tuple[Dropped, ...]:
    """Run on and give the orders, injects and controls of another run at their times.

    What the session's own journal holds already is not given twice, and what has become impossible is left out.

    Args:
        session: A session in which nobody is asked.
        recorded: What counts of the other run's journal.

    Returns:
        What was left out, and why.
    """
    known = Counter(_content(entry) for entry in session.entries)
    dropped = []
    for entry in recorded:
        if not takes_effect(entry):
            continue
        if known[_content(entry)]:
            known[_content(entry)] -= 1
        elif entry.at_s >= session.now_s:
            session.advance(entry.at_s)
            try:
                _give(session, entry)
            except AnswerRefused as refused:
                dropped.append(Dropped(entry, str(refused)))
    return tuple(dropped)


def go_on(session: Session) -> tuple[Dropped, ...]:
    """Bring a session that was opened on its folder to where its journal ends; a branch goes on as it was meant to.

    Raises:
        RecordBroken: If the journal, or the journal of the run that it branches from, is not what was written.
    """
    then = (session.parent or {}).get("then", ASK)
    recorded = kept_journal(session.folder) if then == JOURNAL and session.folder is not None else []
    answer_on(session, then, recorded)
    session.catch_up()
    return give_again(session, recorded)


def kept_journal(folder: Path) -> list[Entry]:
    """Return what counts of the journal of the run that a run branches from.

    Raises:
        RecordBroken: If it is not there or was altered.
    """
    path = folder / KEPT
    if not path.is_file():
        raise RecordBroken(str(path), "is missing; the branch cannot go on without it")
    entries, torn = read_journal(path)
    if torn:
        raise RecordBroken(str(path), "its last line is unfinished")
    return effective(entries)


def unmatched(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the questions that only a branch was asked, and those that only its parent was.

    The first are answered by the stand-in.

    Args:
        folder: Run folder of a branch that went on as its parent did.

    Raises:
        RecordBroken: If a journal is not what was written.
    """
    here = [entry.key for entry in effective(read_journal(folder / "journal.jsonl")[0]) if answers(entry)]
    there = [entry.key for entry in kept_journal(folder) if answers(entry)]
    only_here = tuple(dict.fromkeys(key for key in here if key not in there))
    return only_here, tuple(dict.fromkeys(key for key in there if key not in here))


def _content(entry: Entry) -> tuple[object, ...]:
    """Return what an entry says, without where it stands and what was seen."""
    arguments = {name: value for name, value in entry.arguments.items() if name != "seen"}
    return entry.kind, entry.seat, entry.choice, entry.at_s, entry.charged_s, canonical(arguments)


def _give(session: Session, entry: Entry) -> None:
    arguments = {name: value for name, value in entry.arguments.items() if name != "seen"}
    if entry.kind == "control" and entry.choice in ON_INJECTS:
        getattr(Trainer(session), entry.choice)(arguments["inject"], entry.reason)
        return
    if entry.kind == "order":
        done = tasks_done(session, entry.seat)
        checked_order(session.exercise, entry.seat, arguments["order"], session.view(entry.seat), done)
    session.act(entry.kind, entry.seat, arguments, choice=entry.choice, charged_s=entry.charged_s, reason=entry.reason)
