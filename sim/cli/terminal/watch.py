"""Observing and lecturing: nobody takes a seat; the exercise plays under its policy and stops to be looked at."""

from __future__ import annotations

from sim.actors.policies import PLAN
from sim.cli.terminal.dialog import Cancelled, choose
from sim.cli.terminal.handle import look, may, tell_refusal
from sim.cli.terminal.helptext import LECTURE, OBSERVE
from sim.cli.terminal.layout import Heading, heading, wrap
from sim.cli.terminal.prompt import Answer, Command, Note, Nothing, Words, parse
from sim.cli.terminal.screen import stop
from sim.cli.terminal.table import WATCHER, Table
from sim.cli.terminal.training import trainer_menu
from sim.cli.terminal.words import say
from sim.errors import AnswerRefused
from sim.play.answerers import answers
from sim.play.questions import NO_ANSWER, Asked
from sim.play.seats import Watcher
from sim.record.journal import Entry
from sim.record.view import View
from sim.show.names import Names
from sim.spec.base import Clause, all_hold
from sim.spec.scenario import PausePoint

STEP_S = 900
"""How far an observed exercise goes on where nobody is asked anything, in seconds."""


def observe(table: Table) -> None:
    """Show how the exercise plays under its policy, stop by stop, and take the observer's notes.

    Raises:
        StopHere, RealEventCalled: If somebody ends it.
    """
    watcher = Watcher(table.session, WATCHER, table.sitting.seats)
    while not table.session.finished:
        decided = _play_on(table, watcher.seats, STEP_S)
        if table.session.finished:
            return
        table.seat = decided[0].seat if decided else table.seat or watcher.seats[0]
        _draw(table, watcher, decided)
        while not isinstance(command := parse(table.console.read(f"{say('watch_prompt', table.lang)} > ")), Nothing):
            if isinstance(command, Words) and command.name == "look":
                _other_seat(table, watcher, command)
                _draw(table, watcher, decided)
            elif isinstance(command, Words) and command.name in ("lang", "again"):
                look(table, watcher.view(table.seat), command, OBSERVE)
                _draw(table, watcher, decided)
            else:
                _common(table, watcher, table.seat, command, OBSERVE)
        for seat in watcher.seats:
            table.shown(watcher.view(seat))


def lecture(table: Table) -> None:
    """Show each question with its seat's picture, then the model answer and why.

    Raises:
        StopHere, RealEventCalled: If somebody ends it.
    """
    watcher = Watcher(table.session, WATCHER, table.sitting.seats)
    while not table.session.finished:
        for decided in _play_on(table, watcher.seats, table.session.world.horizon_s):
            seen = watcher.view(decided.seat)
            _teach(table, watcher, seen, decided)
            table.shown(seen)


def _play_on(table: Table, seats: tuple[str, ...], most_s: int) -> list[Entry]:
    """Let the exercise play until a watched seat has been asked, or for so long; return what was decided."""
    session = table.session
    known, until_s = len(session.entries), session.now_s + most_s
    while not session.finished and session.now_s < until_s:
        session.step()
        if found := [one for one in session.entries[known:] if answers(one) and one.seat in seats]:
            return found
    return []


def _draw(table: Table, watcher: Watcher, decided: list[Entry]) -> None:
    """Show what a seat sees, and what the seats decided."""
    names, columns, lang = table.names, table.columns, table.lang
    seen = watcher.view(table.seat)
    what = say("watching", lang, seat=names.thing(table.seat))
    lines = stop(seen, table.before(table.seat), None, names, table.console.paper(), what)
    told: list[str] = [heading(say("since", lang), columns)] if decided else []
    for entry in decided:
        told += wrap(f"  {names.thing(entry.seat)}: {names.question(entry.key).in_language(lang)}", columns, "  ")
        told += [Heading(line) for line in wrap(f"    -> {_choice(entry, names)}", columns, "       ")]
    table.console.show(["", *lines, *told, ""])


def _choice(entry: Entry, names: Names) -> str:
    return names.options(entry.key).get(entry.choice, say("model_none", names.lang))


def _other_seat(table: Table, watcher: Watcher, command: Words) -> None:
    """Look at another seat."""
    names = table.names
    choices = [(seat, names.thing(seat)) for seat in watcher.seats]
    word = " ".join(command.words)
    found = next((seat for seat, name in choices if word and word.lower() in (seat, name.lower())), "")
    if not found:
        try:
            (found,) = choose(table.console, say("seats_to_watch", table.lang), choices, table.lang)
        except Cancelled:
            return
    table.seat = found


def _common(table: Table, watcher: Watcher, seat: str, command: Command, rows: tuple[str, ...]) -> None:
    """Do what an observer and a lecturer can both do."""
    lang = table.lang
    if isinstance(command, Words) and command.name == "trainer" and may(table, command):
        trainer_menu(table, clock=False)
    elif isinstance(command, Note):
        try:
            watcher.note(command.text, about=command.about, rating=command.rating)
        except AnswerRefused as refused:
            tell_refusal(table, refused)
        else:
            table.console.show([say("noted", lang)])
    elif not look(table, watcher.view(seat), command, rows):
        table.console.show([say("not_here", lang)])
    elif isinstance(command, Words) and command.name == "help":
        names = ", ".join(one.id for one in table.session.exercise.scenario.objectives)
        table.console.show(wrap(f"  {say('objectives', lang, names=names)}", table.columns, "  "))


def _teach(table: Table, watcher: Watcher, seen: View, decided: Entry) -> None:
    """Show a question, wait, show the model answer, wait."""
    point = next(one for one in table.session.exercise.scenario.pause_points if one.id == decided.key.partition("#")[0])
    asked = _asked(table, point, decided)
    shown = list(asked.options)
    _show_question(table, seen, asked)
    guess: Answer | None = None
    while not isinstance(command := parse(table.console.read(f"{say('lecture_prompt', table.lang)} > ")), Nothing):
        if isinstance(command, Answer) and command.number <= len(shown):
            guess = command
            taken = shown[command.number - 1] if command.number else NO_ANSWER
            watcher.note(f"{say('class_note', table.lang)}: {taken} {command.reason}".strip(), about=point.id)
            break
        if isinstance(command, Words) and command.name in ("lang", "again"):
            look(table, seen, command, LECTURE)
            _show_question(table, seen, asked)
        else:
            _common(table, watcher, decided.seat, command, LECTURE)
    table.console.show(
        ["", *model_answer(seen, point, decided, table.names, table.columns, table.session.settings.policy)]
    )
    if guess:
        option = shown[guess.number - 1] if guess.number else ""
        same = option == decided.choice
        words = asked.options[option].in_language(table.lang) if option else say("model_none", table.lang)
        told = say("class_same", table.lang) if same else say("class_other", table.lang, choice=words)
        table.console.show(wrap(f"  {told}", table.columns, "  "))
    while not isinstance(command := parse(table.console.read(f"{say('next_prompt', table.lang)} > ")), Nothing):
        _common(table, watcher, decided.seat, command, LECTURE)


def _asked(table: Table, point: PausePoint, decided: Entry) -> Asked:
    """Return a question that has been answered, with its options in the order in which the seat got them."""
    events = reversed(table.session.world.log.events)
    opened = next(one for one in events if one.kind == "question.opened" and one.subject == decided.key)
    texts = {option.id: option.text for option in point.options}
    options = {option: texts[option] for option in opened.data["options"]}
    return Asked(decided.key, decided.seat, point.question, options, decided.at_s, point.limit)


def _show_question(table: Table, seen: View, asked: Asked) -> None:
    names = table.names
    what = say("lecture", table.lang, seat=names.thing(seen.seat))
    table.console.show(["", *stop(seen, table.before(seen.seat), asked, names, table.console.paper(), what), ""])


def model_answer(
    seen: View, point: PausePoint, decided: Entry, names: Names, columns: int, policy: str = PLAN.name
) -> list[str]:
    """Return what the policy chose and, where it went by the plan, the line of the plan whose conditions hold.

    Args:
        seen: The view of the seat when it decided.
        point: The question.
        decided: The policy's answer.
        names: Names of the exercise in a language.
        columns: Width of the terminal.
        policy: The policy that chose.
    """
    lang = names.lang
    lines: list[str] = [heading(say("model", lang, policy=names.coded("policy", policy)), columns)]
    lines += [Heading(line) for line in wrap(f"  {_choice(decided, names)}", columns, "  ")]
    held = {row["fact"]: row["value"] for row in seen.picture}
    for number, line in enumerate(point.by_plan):
        if all_hold(line.if_, held.get):
            if line.choose == decided.choice:
                why = clauses_in_words(line.if_, names) or say("otherwise" if number else "always", lang)
                lines += wrap(f"  {say('because', lang, why=why)}", columns, "  ")
            break
    return lines


def clauses_in_words(clauses: tuple[Clause, ...], names: Names) -> str:
    """Return conditions in words."""
    return say("and", names.lang).join(_clause(clause, names) for clause in clauses)


def _clause(clause: Clause, names: Names) -> str:
    lang = names.lang
    if clause.any_of:
        return say("or", lang).join(_clause(one, names) for one in clause.any_of)
    fact = names.fact(clause.fact or "")
    if clause.known is not None:
        return say("fact_known" if clause.known else "fact_unknown", lang, fact=fact)
    for key, value in (("is", clause.is_), ("is_not", clause.is_not), ("above", clause.above), ("below", clause.below)):
        if value is not None:
            return say(f"fact_{key}", lang, fact=fact, value=names.value(value))
    return fact
