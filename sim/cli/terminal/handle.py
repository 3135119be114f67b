"""What every prompt can do besides answering: show, order, note, undo, switch the language, call the trainer."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sim.cli.terminal.console import StopHere
from sim.cli.terminal.dialog import Cancelled, guided_order
from sim.cli.terminal.helptext import help_lines
from sim.cli.terminal.layout import heading, wrap
from sim.cli.terminal.messages import all_messages, message_in_full
from sim.cli.terminal.orders import from_one_line
from sim.cli.terminal.prompt import Command, Messages, Note, Wait, Words, Wrong
from sim.cli.terminal.refusals import refusal
from sim.cli.terminal.screen import forces, known
from sim.cli.terminal.table import Table
from sim.cli.terminal.textmap import text_map
from sim.cli.terminal.undone import decision_words, is_decision, undo
from sim.cli.terminal.words import say
from sim.errors import AnswerRefused
from sim.record.view import View
from sim.show.act_words import order_words, reason_words

REPLICATIONS = 20
"""Futures of each option that a seat may look at while it decides."""

if TYPE_CHECKING:
    from sim.play.questions import Asked


def look(table: Table, seen: View, command: Command, rows: tuple[str, ...]) -> bool:
    """Do what only shows something, or switches or stops; return whether it was that.

    Raises:
        StopHere: If the person stops.
    """
    names, columns, lang = table.names, table.columns, table.lang
    lines: list[str]
    if isinstance(command, Messages):
        number = command.number
        lines = (
            message_in_full(seen, number, sent=command.sent, names=names, columns=columns)
            if number is not None
            else all_messages(seen, names, columns)
        )
        table.console.show(lines)
        return True
    if not isinstance(command, Words):
        return False
    name = command.name
    if name == "quit":
        raise StopHere
    if name == "help":
        lines = help_lines(rows, lang, columns, trainer=table.sitting.trainer)
    elif name == "known":
        lines = known(seen, table.before(seen.seat), names, columns, everything=True)
    elif name == "map":
        lines = text_map(seen, names, columns)
    elif name == "units":
        lines = forces(seen, names, columns)
    elif name == "lang":
        table.lang = "en" if lang == "zh" else "zh"
        lines = [say("languages", table.lang)]
    else:
        return False
    table.console.show(lines)
    return True


def act(table: Table, seat: str, command: Command) -> bool | None:
    """Do what a seat can do besides answering, whether it is asked something or not.

    Returns:
        True if the question must be looked at again, False if it was done, None if the command is something else.
    """
    if isinstance(command, Note):
        note(table, seat, command)
    elif isinstance(command, Words) and command.name == "order":
        order(table, seat, command.words)
    elif isinstance(command, Words) and command.name == "summary":
        table.console.show(summary(table, seat))
    elif isinstance(command, Words) and command.name == "undo":
        return undo(table, seat)
    else:
        return None
    return False


def may(table: Table, command: Words) -> bool:
    """Return whether a command is there at this table."""
    return command.name != "trainer" or table.sitting.trainer


def complain(table: Table, command: Command, most: int | None) -> None:
    """Say what could be typed; ``most`` is the last option, or None where nothing is asked."""
    lang = table.lang
    if isinstance(command, Wrong):
        table.console.show(wrap(say("bad_word", lang, given=command.given[:40]), table.columns))
    elif isinstance(command, Words):
        table.console.show([say("not_here", lang)])
        return
    if most is not None:
        table.console.show([say("bad", lang, most=most)])
    elif not isinstance(command, Wrong):
        table.console.show([say("bad_free", lang)])


def note(table: Table, seat: str, command: Note) -> None:
    """Write a note of a seat."""
    from sim.play.seats import Seat

    text = f"@{command.about} {command.rating} {command.text}".strip() if command.about else command.text
    if not text:
        table.console.show([say("bad_note", table.lang)])
        return
    try:
        Seat(table.session, seat).note(text)
        table.console.show([say("noted", table.lang)])
    except AnswerRefused as refused:
        tell_refusal(table, refused)


def put_off(table: Table, asked: Asked, command: Wait) -> bool:
    """Put a question off; return whether it was."""
    from sim.play.seats import Seat

    names = table.names
    left_s = asked.opened_s + asked.limit_s - table.session.now_s
    if command.seconds < 1:
        table.console.show([say("bad_wait", table.lang)])
    elif command.seconds >= left_s:
        table.console.show(wrap(say("wait_long", table.lang, left=names.length(max(0, left_s))), table.columns))
    else:
        try:
            Seat(table.session, asked.seat).wait(asked.key, command.seconds)
        except AnswerRefused as refused:
            tell_refusal(table, refused)
            return False
        table.keep_thinking(asked.key)
        table.console.show([say("waiting", table.lang, time=names.length(command.seconds))])
        return True
    return False


def show_whatif(table: Table, asked: Asked) -> None:
    """Show what each option would lead to, if the trainer lets the seat look."""
    from sim.cli.whatif import lines
    from sim.play.seats import Seat
    from sim.study.whatif import whatif

    try:
        with table.watch_stopped():
            found = whatif(
                Seat(table.session, asked.seat),
                asked.key,
                replications=REPLICATIONS,
                jobs=os.cpu_count() or 1,
                progress=table.console.is_terminal,
            )
    except AnswerRefused as refused:
        tell_refusal(table, refused)
    else:
        table.console.show(lines(found, table.lang))


def order(table: Table, seat: str, words: tuple[str, ...]) -> None:
    """Give an order, typed in one line or put together step by step."""
    from sim.play.seats import Seat

    door, names = Seat(table.session, seat), table.names
    try:
        given = (
            from_one_line(words, names)
            if words
            else guided_order(
                table.console, door.may_order(), seat, door.view(), names, lambda: names.length(table.charged_s())
            )
        )
        charged_s = table.charged_s()
        door.order(given, charged_s=charged_s)
    except Cancelled:
        table.console.show([say("cancelled", table.lang)])
    except AnswerRefused as refused:
        tell_refusal(table, refused)
    else:
        table.start_thinking()
        told = order_words(given, names)
        line = say("ordered", table.lang, order=told, time=names.length(max(1, charged_s)))
        table.console.show(wrap(line, table.columns, "  "))


def tell_refusal(table: Table, refused: AnswerRefused) -> None:
    """Say why something was refused."""
    table.console.show(wrap(refusal(refused, table.names), table.columns, "  "))


def summary(table: Table, seat: str) -> list[str]:
    """Return what a seat has decided and noted so far."""
    names, lang = table.names, table.lang
    lines: list[str] = [heading(say("summary", lang), table.columns)]
    for entry in table.session.entries:
        if entry.seat != seat or not (is_decision(entry) or entry.kind == "note"):
            continue
        told = decision_words(entry, table.session, names)
        lines += wrap(f"  {names.local(entry.at_s)}  {told}", table.columns, "         ")
        if entry.reason and entry.kind != "note":
            why = say("reason", lang, reason=reason_words(entry.reason, names, names.options(entry.key)))
            lines += wrap(f"         {why}", table.columns, "         ")
    return lines if len(lines) > 1 else [*lines, f"  {say('no_decisions', lang)}"]
