"""The commands ``play`` and ``resume``, and going on with a session that somebody else made."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sim.cli.exercise import finish, folder_for, overrides_from, players_from, with_difficulty
from sim.cli.terminal.console import Console, RealEventCalled, StopHere
from sim.cli.terminal.layout import Alarm, Heading, wrap
from sim.cli.terminal.loop import serve
from sim.cli.terminal.messages import listed
from sim.cli.terminal.refusals import refusal
from sim.cli.terminal.table import Sitting, Table, checked_sitting, read_sitting
from sim.cli.terminal.undone import decision_words
from sim.cli.terminal.watch import lecture, observe
from sim.cli.terminal.words import say
from sim.errors import AnswerRefused, bad_input
from sim.play.briefing import briefing
from sim.play.runs import session_from
from sim.play.seats import seat_ids
from sim.play.session import Session
from sim.play.settings import PERSON
from sim.play.trainer import Trainer
from sim.show.names import Names
from sim.spec.load import load

ALONE = ("observe", "lecture")
"""Modes in which nobody takes a seat."""


def play(arguments: argparse.Namespace) -> int:
    """Play an exercise from the start."""
    exercise = load(arguments.scenario)
    everybody = seat_ids(exercise)
    named = _names(arguments.seats)
    given = {
        "mode": arguments.mode,
        "seats": named if arguments.mode in ALONE else (),
        "members": _names(arguments.members),
        "rule": arguments.group_rule,
        "pace": arguments.pace,
        "trainer": arguments.trainer,
        "every_s": arguments.every * 60,
    }
    sitting = checked_sitting(given, everybody)
    players, recorded = players_from(arguments.player)
    if sitting.mode in ALONE and PERSON in players.values():
        raise bad_input("--player", f"nobody takes a seat in the mode {sitting.mode}", "a policy or a run folder")
    folder = folder_for(arguments, exercise.scenario.id)
    session = Session(
        exercise,
        seed=arguments.seed,
        policy=arguments.policy,
        seats=() if sitting.mode in ALONE else named or [seat for seat in everybody if seat not in players],
        players=players,
        recorded=recorded,
        overrides=with_difficulty(exercise, arguments.difficulty, overrides_from(arguments.set)),
        folder=folder,
        thinking_s=arguments.thinking,
        trace=arguments.trace,
    )
    sitting.keep(folder)
    table = Table(session, folder, arguments.lang, sitting, Console())
    return _sit(table, with_report=not arguments.no_report, begin=True)


def resume(arguments: argparse.Namespace) -> int:
    """Go on with an interrupted run; what was decided is not asked again."""
    folder = Path(arguments.folder)
    session, torn = session_from(folder, replay=False)
    if torn:
        print(say("torn", arguments.lang), file=sys.stderr)
    sitting, damaged = read_sitting(folder, seat_ids(session.exercise))
    if damaged:
        print(say("sitting_lost", arguments.lang))
    return _sit(Table(session, folder, arguments.lang, sitting, Console()), with_report=True)


def sit(session: Session, folder: Path, lang: str, with_report: bool = True) -> int:
    """Let people play on in a session that was made before, such as a branch.

    Args:
        session: The session; persons take some of its seats.
        folder: Its run folder.
        lang: ``zh`` or ``en``.
        with_report: Whether to write the report at the end.

    Returns:
        The exit code.
    """
    return _sit(Table(session, folder, lang, Sitting(), Console()), with_report=with_report)


def _sit(table: Table, *, with_report: bool, begin: bool = False) -> int:
    """Let people play to the end, or until somebody stops it."""
    console = table.console
    run = {"observe": observe, "lecture": lecture}.get(table.sitting.mode, serve)
    try:
        if begin:
            _brief(console, table.session, table.lang)
        run(table)
    except RealEventCalled:
        return _stopped_for_real(table)
    except (StopHere, KeyboardInterrupt):
        table.session.close()
        for entry in table.again:
            what = decision_words(entry, table.session, table.names)
            console.show(wrap(say("again_lost", table.lang, what=what), table.columns, "  "))
        console.show(["", say("stopped", table.lang, folder=table.folder)])
        return 0
    console.show(["", Heading(f"{say('mark', table.lang)} {say('over', table.lang)}")])
    finish(table.folder, table.session.finish(), table.lang, with_report=with_report)
    return 0


def _brief(console: Console, session: Session, lang: str) -> None:
    """Say what participants may be told beforehand."""
    first, *rest = briefing(session.exercise, lang)
    columns, mark = console.paper().columns, say("mark", lang)
    console.show([Heading(line) for line in wrap(first, columns)])
    for text in rest:
        console.show(wrap(f"  {text.removeprefix(mark).strip()}", columns, "    "))
    names, scenario = Names(session.exercise, lang), session.exercise.scenario
    if scenario.visibility == "open":
        trained = listed([one.text.in_language(lang) for one in scenario.objectives], lang)
        console.show(wrap(f"  {say('trains', lang, what=trained)}", columns, "    "))
    taken = session.settings.seats
    told = say("you_play", lang, seats=names.things(taken)) if taken else say("nobody_plays", lang)
    console.show(wrap(f"  {told}", columns, "    "))
    console.show(wrap(f"  {say('stop_word', lang)}", columns, "    "))
    if console.is_terminal:
        console.read(f"\n  {say('press', lang)} > ")


def _stopped_for_real(table: Table) -> int:
    """Stop everything at once and say so clearly; nothing is asked and nothing else is worked out."""
    lang, console = table.lang, table.console
    console.clear()
    columns = table.columns
    rule = "#" * columns
    lines: list[str] = ["", rule]
    for one in (lang, "en" if lang == "zh" else "zh"):
        lines += [Alarm(f"  {say('real_title', one)}"), *wrap(f"  {say('real_text', one)}", columns, "  "), ""]
    console.show([*lines, rule])
    try:
        Trainer(table.session).real_event(f"typed at the terminal{f', seat {table.seat}' if table.seat else ''}")
    except AnswerRefused as refused:  # it came in the last second: the exercise ends anyway
        console.show([refusal(refused, table.names)])
        table.session.close()
        return 0
    table.session.finish()
    console.show([f"  {say('real_record', lang, folder=table.folder)}"])
    return 0


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.replace("，", ",").split(",") if name.strip())
