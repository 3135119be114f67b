"""Hands-on and group play: the seats that are taken are asked in turn before one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.cli.terminal.console import StopHere
from sim.cli.terminal.handle import act, complain, look, may, put_off, show_whatif, tell_refusal
from sim.cli.terminal.helptext import GROUP, HANDS_ON
from sim.cli.terminal.layout import Heading, wrap
from sim.cli.terminal.prompt import Answer, Command, Nothing, Wait, Words, parse
from sim.cli.terminal.screen import stop
from sim.cli.terminal.table import Table
from sim.cli.terminal.training import trainer_menu
from sim.cli.terminal.turns import run
from sim.cli.terminal.words import say
from sim.errors import AnswerRefused
from sim.play.group import Group
from sim.play.seats import Seat

if TYPE_CHECKING:
    from sim.play.questions import Asked


def serve(table: Table) -> None:
    """Ask the persons until the exercise is over.

    Raises:
        StopHere, RealEventCalled: If somebody ends it.
    """
    seats, turns = table.session.settings.seats, table.turns
    turns.begin(seats, table.session.now_s)
    if table.sitting.trainer and table.sitting.every_s and seats and not table.session.journal:
        turns.stop_at(seats[0], 0)  # the trainer begins
    while not table.session.finished:
        waiting = table.session.waiting()
        if not waiting and not table.interrupted:
            waiting = run(table, turns.next_s())
        if waiting:
            table.interrupted = False
            asked = min(waiting, key=lambda one: (one.seat != table.seat, one.key))
            _hand_over(table, asked.seat)
            _ask(table, asked)
        elif not table.session.finished:
            _look_in(table)


def _look_in(table: Table) -> None:
    """Let every seat whose stop is due and that has news look at it and act though nothing is asked.

    With a trainer at the table somebody gets a stop in any case.
    """
    seats, turns, now_s = table.session.settings.seats, table.turns, table.session.now_s
    last = table.seat if table.seat in seats else seats[0] if seats else ""
    if table.interrupted:
        if not last:
            raise StopHere
        table.interrupted = False
        table.console.show(["", *wrap(say("interrupted", table.lang), table.columns)])
        _free_stop(table, last)
        return
    stopped = False
    for seat in turns.due(now_s):
        if not turns.is_sure(seat) and not _has_news(table, seat):
            turns.had(seat, now_s)
            continue
        stopped = True
        if _free_stop(table, seat):
            return
    if not stopped and last and table.sitting.trainer:
        _free_stop(table, last)


def _has_news(table: Table, seat: str) -> bool:
    before = table.before(seat)
    return len(table.session.view(seat).messages) != (len(before.messages) if before else 0)


def _free_stop(table: Table, seat: str) -> bool:
    """Let a seat look and act though nothing is asked; return whether the exercise stands elsewhere now."""
    _hand_over(table, seat)
    session, seen, wait_s = table.session, table.session.view(seat), 0
    _draw(table, seat, None)
    table.start_thinking()
    while not isinstance(command := parse(table.console.read(f"{say('free_prompt', table.lang)} > ")), Nothing):
        if isinstance(command, Wait):
            if wait_s := command.seconds:
                break
            table.console.show([say("bad_wait", table.lang)])
        elif _other(table, seat, None, command, HANDS_ON):
            if table.session is session:
                table.shown(seen)
            return True
    table.turns.had(seat, session.now_s, wait_s)
    table.shown(seen)
    return False


def _hand_over(table: Table, seat: str) -> None:
    """Let the person of another seat come before the screen."""
    several = len(table.session.settings.seats) > 1
    if several and seat != table.seat and table.sitting.mode == "hands-on" and table.console.is_terminal:
        table.console.clear()
        lang = table.lang
        rule = "=" * table.columns
        told = say("handover", lang, seat=table.names.thing(seat))
        table.console.show(
            ["", rule, Heading(f"  {say('mark', lang)} {told}"), f"  {say('handover_why', lang)}", rule, ""]
        )
        table.console.read(f"  {say('press', lang)} > ")
        table.console.clear()
    table.seat = seat


def _ask(table: Table, asked: Asked) -> None:
    """Show a question to its seat and take commands until something makes the screen old."""
    session = table.session
    seen = session.view(asked.seat)
    _draw(table, asked.seat, asked)
    table.start_thinking(asked.key)
    decide = _group_decides if table.sitting.mode == "group" else _person_decides
    decide(table, asked)
    if table.session is session:
        table.shown(seen)


def _draw(table: Table, seat: str, asked: Asked | None) -> None:
    seen = table.session.view(seat)
    lines = stop(seen, table.before(seat), asked, table.names, table.console.paper())
    table.console.show(["", *lines, ""])


def _person_decides(table: Table, asked: Asked) -> None:
    while True:
        command = parse(table.console.read(f"{say('prompt', table.lang)} > "))
        if isinstance(command, Answer) and command.number <= len(asked.options):
            charged_s = table.charged_s()
            choice = [*asked.options][command.number - 1] if command.number else None
            try:
                Seat(table.session, asked.seat).answer(asked.key, choice, charged_s=charged_s, reason=command.reason)
            except AnswerRefused as refused:
                tell_refusal(table, refused)
                continue
            _confirm(table, asked, choice, charged_s)
            return
        if _other(table, asked.seat, asked, command, HANDS_ON):
            return


def _other(table: Table, seat: str, asked: Asked | None, command: Command, rows: tuple[str, ...]) -> bool:
    """Do what is no answer; return whether the screen is old now."""
    if isinstance(command, Words) and command.name in ("lang", "again", "trainer") and may(table, command):
        if command.name == "trainer":
            if trainer_menu(table):
                return True
        elif command.name == "lang":
            look(table, table.session.view(seat), command, rows)
        _draw(table, seat, asked)
        return False
    if isinstance(command, Wait) and asked:
        return put_off(table, asked, command)
    if isinstance(command, Words) and command.name == "whatif" and asked:
        show_whatif(table, asked)
        return False
    if look(table, table.session.view(seat), command, rows):
        return False
    done = act(table, seat, command)
    if done is None:
        complain(table, command, len(asked.options) if asked else None)
    return bool(done)


def _confirm(table: Table, asked: Asked, choice: str | None, charged_s: int) -> None:
    """Say what was decided and what it cost."""
    lang, names = table.lang, table.names
    late = choice is not None and table.session.entries[-1].kind == "none"
    if choice is None:
        told = say("decided_none", lang)
    elif late:
        told = say("too_late", lang, charged=names.length(charged_s))
    else:
        text = asked.options[choice].in_language(lang)
        told = say("decided", lang, choice=text, charged=names.length(charged_s))
    table.console.show([Heading(line) for line in wrap(told, table.columns, "  ")])


def _group_decides(table: Table, asked: Asked) -> None:
    """Let every member propose, then answer by the group's rule."""
    group = Group(Seat(table.session, asked.seat), table.sitting.members, table.sitting.rule)
    while True:
        for member in group.members:
            if _proposes(table, group, member, asked):
                return
        try:
            votes = group.tally(asked.key).votes
            charged_s = table.charged_s()
            choice = group.decide(asked.key, charged_s=charged_s)
        except AnswerRefused:
            table.console.show([say("nobody", table.lang)])
            continue
        lang, numbers = table.lang, {option: str(at) for at, option in enumerate(asked.options, 1)}
        told = ", ".join(f"{numbers.get(one, '0')} x{count}" for one, count in votes.items())
        text = say("tally_none", lang) if choice is None else asked.options[choice].in_language(lang)
        rule = say(f"rule_{group.rule}", lang)
        table.console.show(
            [
                f"  {say('tally', lang, votes=told)}",
                *(
                    Heading(line)
                    for line in wrap(f"  {say('group_decided', lang, rule=rule, choice=text)}", table.columns, "  ")
                ),
            ]
        )
        _confirm(table, asked, choice, charged_s)
        return


def _proposes(table: Table, group: Group, member: str, asked: Asked) -> bool:
    """Let one member propose; return whether something else made the screen old."""
    while True:
        command = parse(table.console.read(f"{say('propose', table.lang, member=member)} > "))
        if isinstance(command, Nothing):
            return False
        if isinstance(command, Answer) and command.number <= len(asked.options):
            choice = [*asked.options, None][command.number - 1]
            try:
                group.propose(member, asked.key, choice, reason=command.reason)
            except AnswerRefused as refused:
                tell_refusal(table, refused)
                continue
            return False
        if _other(table, asked.seat, asked, command, GROUP):
            return True
