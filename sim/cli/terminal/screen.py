"""The screen of a seat at a stop: pure functions from a view and names to lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sim.cli.terminal.layout import Heading, cut, heading, table, wrap
from sim.cli.terminal.messages import news, outbox
from sim.cli.terminal.textmap import marks_of, text_map
from sim.cli.terminal.words import say
from sim.clocktext import after_start
from sim.record.view import View
from sim.show.names import Names
from sim.textwidth import width

if TYPE_CHECKING:
    from sim.play.questions import Asked

MOST_FACTS = 14
"""Most facts that a stop lists; the command ``k`` lists all."""


class Paper(NamedTuple):
    """What a screen is written on: columns, and lines if the terminal has an end."""

    columns: int
    lines: int | None = None


def stop(view: View, before: View | None, asked: Asked | None, names: Names, paper: Paper, what: str = "") -> list[str]:
    """Return everything that a seat is shown when the exercise stops for it.

    Where it is longer than the terminal, the map stands above all else, so that it and no message scrolls away; and it
    is left out while nothing on it has changed.

    Args:
        view: The seat's view now.
        before: What it was shown at its last stop, or None.
        asked: The question that waits for it, if any.
        names: Names of the exercise in a language.
        paper: What it is written on.
        what: Stands in the head instead of the seat's name.
    """
    columns = paper.columns
    lines = [
        *title(view, asked, names, columns, what),
        *news(view, len(before.messages) if before else 0, names, columns),
        *outbox(view, before, names, columns),
        *known(view, before, names, columns),
        *forces(view, names, columns, brief=True),
    ]
    tail = [*advice(view, asked, names, columns), *question(asked, view.at_s, names, columns)] if asked else []
    drawn = text_map(view, names, columns)
    if paper.lines is None or len(lines) + len(drawn) + len(tail) + 3 <= paper.lines:
        return [*lines, *drawn, *tail]
    if before and marks_of(view, names.exercise) == marks_of(before, names.exercise):
        return [*lines, "", f"  ({say('map_same', names.lang)})", *tail]
    return [*drawn, "", *lines, *tail]


def title(view: View, asked: Asked | None, names: Names, columns: int, what: str = "") -> list[str]:
    """Return the head of a screen: mark, seat, exercise time, local time, time left."""
    lang = names.lang
    seat = what or names.thing(view.seat)
    clock = f"{after_start(view.at_s)}  {names.local(view.at_s)}"
    left = f"  {time_left(asked, view.at_s, names)}" if asked else ""
    text = f"{say('mark', lang)} {seat}"
    right = f"{clock}{left}"
    gap = columns - width(text) - width(right)
    rule = "=" * columns
    if gap < 2:
        return [rule, Heading(cut(text, columns)), Heading(cut(right, columns)), rule]
    return [rule, Heading(text + " " * gap + right), rule]


def time_left(asked: Asked, now_s: int, names: Names) -> str:
    """Return how long a seat has for an answer."""
    left = names.length(max(0, asked.opened_s + asked.limit_s - now_s))
    whole = names.length(asked.limit_s)
    return say("limit", names.lang, left=left) if left == whole else say("limit_of", names.lang, left=left, whole=whole)


def known(view: View, before: View | None, names: Names, columns: int, *, everything: bool = False) -> list[str]:
    """Return what a seat holds: how old, from whom, verified or not, and what contradicts it.

    What is new since the last stop comes first, then what is contradicted; ``everything`` leaves nothing out.
    """
    lang = names.lang
    since_s = before.at_s if before else -1
    rows = sorted(view.picture, key=lambda row: (row["since_s"] <= since_s, not row["conflicts"]))
    shown = rows if everything else rows[: max(MOST_FACTS, sum(_stands_out(row, since_s) for row in rows))]
    lines: list[str] = [heading(f"{say('known', lang)} ({len(rows)})", columns)]
    if not rows:
        return [*lines, f"  {say('none', lang)}"]
    cells = [[say(f"head_{name}", lang) for name in ("fact", "value", "age", "source", "sure")]]
    cells += [_fact_cells(row, view.seat, view.at_s, names) for row in shown]
    drawn = table(_shortened(cells, columns), columns, give_way=(3, 0, 1))
    lines.append(drawn[0])
    parts = [row["since_s"] > since_s for row in shown]
    for number, (row, line) in enumerate(zip(shown, drawn[1:], strict=True)):
        if before and (number == 0 or parts[number - 1] != parts[number]):
            lines.append(f" {say('part_new' if parts[number] else 'part_old', lang)}")
        lines.append(line)
        for other in row["conflicts"]:
            told = say(
                "conflict",
                lang,
                value=names.value(other["value"]),
                source=names.thing(other["source"]),
                age=age(view.at_s - other["as_of_s"], names),
            )
            lines += wrap(f"      ? {told}", columns, "        ")
    if len(shown) < len(rows):
        lines.append(f"  {say('more_facts', lang, count=len(rows) - len(shown))}")
    return lines


def _shortened(cells: list[list[str]], columns: int) -> list[list[str]]:
    """Return the rows of facts with long names of places cut, never what is said of the place."""
    others = sum(max(width(row[at]) for row in cells) for at in (1, 2, 4)) + 14
    room = max(16, columns - others - 10)
    found = []
    for name, *rest in cells:
        place, colon, what = name.partition(": ") if ": " in name else name.partition("：")
        if colon and width(name) > room:
            name = cut(place, max(6, room - width(colon + what))) + colon + what
        found.append([name, *rest])
    return found


def _stands_out(row: dict[str, Any], since_s: int) -> bool:
    return row["since_s"] > since_s or bool(row["conflicts"])


def _fact_cells(row: dict[str, Any], seat: str, now_s: int, names: Names) -> list[str]:
    return [
        names.fact(row["fact"]),
        names.value(row["value"]),
        age(now_s - row["as_of_s"], names),
        say("self", names.lang) if row["source"] == seat else names.thing(row["source"]),
        say("verified" if row["verified"] else "unverified", names.lang),
    ]


def age(seconds: int, names: Names) -> str:
    """Return how old something is, to the minute."""
    if seconds < 60:
        return say("now", names.lang)
    return say("minutes", names.lang, count=seconds // 60)


def forces(view: View, names: Names, columns: int, *, brief: bool = False) -> list[str]:
    """Return a seat's units and tasks; ``brief`` leaves out tasks that are over."""
    lang = names.lang
    own = [unit for unit in names.exercise.county.units if unit.department == view.seat]
    seen = {unit["unit"]: unit for unit in view.units}
    doing = {task["task"]: task["kind"] for task in view.tasks}
    away = [unit for unit in view.units if unit["status"] != "idle"]
    lines: list[str] = [heading(say("units", lang), columns)] if own or not brief else []
    rows = [
        [
            names.thing(unit["unit"]),
            say(f"unit_{unit['status']}", lang),
            names.thing(unit["place"]),
            names.coded("task", doing[unit["task"]]) if unit["task"] in doing else "",
        ]
        for unit in away
    ]
    lines += table(rows, columns, give_way=(0, 2))
    if free := [unit for unit in own if seen.get(unit.id, {"status": "idle"})["status"] == "idle"]:
        comma, at = say("comma", lang), dict[str, list[str]]()
        for unit in free:
            place = seen[unit.id]["place"] if unit.id in seen else unit.base
            at.setdefault(names.thing(place), []).append(names.thing(unit.id))
        told = [say("brackets", lang, text=place, inside=comma.join(units)) for place, units in at.items()]
        lines += wrap(f"  {say('free', lang, units=comma.join(told))}", columns, "    ")
    if not own and not brief:
        lines.append(f"  {say('no_units', lang)}")
    tasks = [task for task in view.tasks if not brief or task["status"] not in ("done", "identified")]
    if tasks:
        lines.append(heading(say("tasks", lang), columns))
        cells = [
            [names.coded("task", task["kind"]), names.thing(task["at"]), say(f"task_{task['status']}", lang)]
            for task in tasks
        ]
        lines += table(cells, columns, give_way=(1, 0))
    return lines


def advice(view: View, asked: Asked, names: Names, columns: int) -> list[str]:
    """Return what the adviser says to a question: what it expects, what it would choose, how sure it is, if checked."""
    row = next((one for one in view.advice if one["question"] == asked.key), None)
    if row is None:
        return []
    lang, comma = names.lang, say("comma", names.lang)
    checked = {None: "advice_open", True: "advice_sound", False: "advice_unsound"}[row["sound"]]
    chosen = asked.options.get(row["option"])
    water = [say("advice_water_at", lang, place=names.thing(at), count=low) for at, low in row["water_min"].items()]
    told = [
        say("advice_option", lang, option=chosen.in_language(lang) if chosen else say("none", lang)),
        say("advice_places", lang, places=names.things(row["threatened"]) or say("none", lang)),
        say("advice_load", lang, percent=row["load_pct"]),
        *([say("advice_water", lang, times=comma.join(water))] if water else []),
        say(checked, lang, percent=row["confidence_pct"]),
    ]
    lines: list[str] = ["", heading(say("advice", lang), columns)]
    return [*lines, *(line for text in told for line in wrap(f"  {text}", columns, "    "))]


def question(asked: Asked, now_s: int, names: Names, columns: int) -> list[str]:
    """Return a question with its numbered options."""
    lang = names.lang
    lines: list[str] = [
        "",
        heading(f"{say('question', lang)}{say('colon', lang)}{time_left(asked, now_s, names)}", columns),
    ]
    lines += [Heading(line) for line in wrap(f"  {asked.question.in_language(lang)}", columns, "  ")]
    for number, text in enumerate(asked.options.values(), 1):
        lines += wrap(f"  {number}. {text.in_language(lang)}", columns, "     ")
    return [*lines, f"  0. {say('noanswer', lang)}"]
