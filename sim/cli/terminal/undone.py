"""Taking back a seat's last decision: what else goes with it, and the trainer's steps that are given again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.cli.terminal.injects import masked
from sim.cli.terminal.layout import Heading, wrap
from sim.cli.terminal.words import say
from sim.errors import AnswerRefused
from sim.play.acts import takes_effect
from sim.play.then import give_again
from sim.play.trainer import Trainer
from sim.show.act_words import act_words

if TYPE_CHECKING:
    from sim.cli.terminal.table import Table
    from sim.play.session import Session
    from sim.record.journal import Entry
    from sim.show.names import Names

YES = ("y", "yes", "是")
MOST_LISTED = 12
"""Most entries that are listed one by one."""


def is_decision(entry: Entry) -> bool:
    """Return whether an entry of the journal is something that a seat decided."""
    return entry.kind in ("answer", "none", "order") or (entry.kind == "control" and entry.choice == "wait")


def decision_words(entry: Entry, session: Session, names: Names) -> str:
    """Return a decision, an order, a step of the trainer or a note in words."""
    lang = names.lang
    if entry.kind not in ("answer", "none"):
        told = act_words(masked(session, entry), names)
        return say(f"entry_{entry.kind}", lang, what=told) if entry.kind in ("order", "note") else told
    asked = names.question(entry.key).in_language(lang)
    return f"{asked} -> {names.options(entry.key).get(entry.choice, say('noanswer', lang))}"


def undo(table: Table, seat: str) -> bool:
    """Take back a seat's last decision; return whether it was."""
    from sim.play.runs import go_back

    mine = [entry for entry in table.session.entries if is_decision(entry) and entry.seat == seat]
    if not mine:
        table.console.show([say("nothing_to_undo", table.lang)])
        return False
    last = mine[-1]
    also = _goes_too(table.session, last)
    if also:
        _list(table, also)
        if table.console.read(say("undo_sure", table.lang)).lower() not in YES:
            table.console.show([say("undo_not", table.lang)])
            return False
    what = decision_words(last, table.session, table.names)
    try:
        table.went_back(go_back(table.session, last.seq, f"undo by {seat}"))
    except AnswerRefused as refused:
        from sim.cli.terminal.handle import tell_refusal

        tell_refusal(table, refused)
        return False
    told = say("undone", table.lang, what=what, at=table.names.local(table.session.now_s))
    table.console.show([Heading(line) for line in wrap(told, table.columns, "  ")])
    _offer_again(table, [entry for entry in also if _is_trainers(entry)])
    return True


def _is_trainers(entry: Entry) -> bool:
    """Return whether an entry is a step of the trainer that does something."""
    steps = entry.kind == "control" and (takes_effect(entry) or entry.choice == "allow_whatif")
    return (steps and entry.choice != "wait") or entry.kind == "inject"


def _goes_too(session: Session, last: Entry) -> list[Entry]:
    """Return what persons and the trainer gave after an entry, and what is taken back with it."""
    persons = session.settings.seats
    return [
        entry
        for entry in session.entries
        if entry.seq > last.seq and (_is_trainers(entry) or (is_decision(entry) and entry.seat in persons))
    ]


def _list(table: Table, also: list[Entry]) -> None:
    lang, names = table.lang, table.names
    seats = names.things(tuple(dict.fromkeys(entry.seat for entry in also if not _is_trainers(entry))))
    decided = sum(not _is_trainers(entry) for entry in also)
    lines: list[str] = []
    if decided:
        lines.append(say("undo_others", lang, count=decided, seats=seats))
    if decided < len(also):
        lines.append(say("undo_trainer", lang, count=len(also) - decided))
    for entry in also[:MOST_LISTED]:
        who = say("the_trainer", lang) if _is_trainers(entry) else names.thing(entry.seat)
        told = decision_words(entry, table.session, names)
        lines.append(f"  {names.local(entry.at_s)}  {who}{say('colon', lang)}{told}")
    if len(also) > MOST_LISTED:
        lines.append(f"  ... +{len(also) - MOST_LISTED}")
    for line in lines:
        table.console.show(wrap(line, table.columns, "         "))


def _offer_again(table: Table, steps: list[Entry]) -> None:
    """Ask whether the trainer's steps shall be given again at their times, and do so."""
    if not steps:
        return
    if table.console.read(say("again_sure", table.lang, count=len(steps))).lower() not in YES:
        table.console.show([say("again_not", table.lang)])
        return
    table.again += steps
    table.give_due()
    table.console.show(wrap(say("again_later", table.lang), table.columns, "  "))


def given_again(session: Session, steps: Iterable[Entry], names: Names) -> list[str]:
    """Give steps of the trainer again, now; return in words what was given and what could not be.

    Args:
        session: The session, at the time of the steps.
        steps: Entries of the journal that were taken back.
        names: Names of the exercise in a language.
    """
    told = []
    for entry in steps:
        what, why = decision_words(entry, session, names), ""
        if entry.at_s < session.now_s:
            why = say("again_past", names.lang)
        elif entry.choice == "allow_whatif":
            Trainer(session).allow_whatif(entry.arguments["seat"], entry.reason)
        elif dropped := give_again(session, [entry]):
            why = dropped[0].why
        told.append(say("again_dropped" if why else "again_given", names.lang, what=what, why=why))
    return told
