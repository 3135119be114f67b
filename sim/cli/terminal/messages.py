"""A seat's messages as lines: what came, what of it is new, and what became of what the seat sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sim.cli.terminal.layout import Heading, cut, heading, wrap
from sim.cli.terminal.words import say
from sim.record.view import View
from sim.show.act_words import plan_task
from sim.show.names import Names

MOST_NEWS = 10
"""Most new messages that a screen shows in full."""
ROUTINE = ("report", "notice", "reply")
"""Kinds of message of which nothing is expected."""
HANG = " " * 13
"""Where the words of a message stand."""


def news(view: View, seen: int, names: Names, columns: int) -> list[str]:
    """Return the messages since the last stop; what a message repeats is folded.

    Args:
        view: The seat's view.
        seen: How many of its messages it has been shown.
        names: Names of the exercise in a language.
        columns: Width of the terminal.
    """
    lang = names.lang
    fresh = view.messages[seen:]
    lines: list[str] = [heading(f"{say('news', lang)} ({len(fresh)})", columns)]
    if not fresh:
        return [*lines, f"  {say('no_news', lang)}"]
    telling = [one for one in fresh if says_something(one, view)]
    shown = telling[-MOST_NEWS:]
    if len(telling) > len(shown):
        lines.append(f"  {say('older', lang, count=len(telling) - len(shown))}")
    for message in shown:
        lines += one_message(message, new_facts(message, view), names, columns)
    if quiet := [message["number"] for message in fresh if message not in telling]:
        numbers = ", ".join(map(str, quiet[:6])) + ("..." if len(quiet) > 6 else "")
        folded = say("folded", lang, count=len(quiet), numbers=numbers)
        lines += wrap(f"  {folded}", columns, "  ")
    return lines


def new_facts(message: dict[str, Any], view: View) -> list[dict[str, Any]]:
    """Return what a message states that no message before it did."""
    told: dict[str, Any] = {}
    for earlier in view.messages[: message["number"] - 1]:
        told.update((fact["fact"], fact["value"]) for fact in earlier["facts"])
    return [fact for fact in message["facts"] if fact["fact"] not in told or told[fact["fact"]] != fact["value"]]


def says_something(message: dict[str, Any], view: View) -> bool:
    """Return whether a message has words, a question or an order, or states something new."""
    return bool(message["text"] or message["asks"] or message["directs"] or new_facts(message, view))


def one_message(message: dict[str, Any], facts: Sequence[dict[str, Any]], names: Names, columns: int) -> list[str]:
    """Return a message as it came: when, from whom and how, then its words and these of its facts."""
    lang = names.lang
    comma = "，" if lang == "zh" else ", "
    who = names.thing(message["sender"]) if "sender" in message else say("to", lang, to=names.thing(message["to"]))
    how = [names.channel(message["channel"])] if message.get("channel") else []
    how += [names.coded("kind", message["kind"])] if message["kind"] not in ROUTINE else []
    by = say("by", lang, how=comma.join(how)) if how else ""
    parts = [message["text"][lang]] if message["text"] else []
    told = joined(facts, names)
    left = len(message["facts"]) - len(facts)
    if told:
        parts.append(told + (say("repeats", lang, count=left) if left else ""))
    elif left and not parts:
        parts.append(say("only_repeats", lang, count=left))
    if message["asks"]:
        parts.append(say("asks", lang, facts=listed([names.fact(one) for one in message["asks"]], lang)))
    if message["directs"]:
        parts.append(say("directs", lang, task=plan_task(message["directs"], names)))
    head = f"  {message['number']:>2}  {clock(message['at_s'], names)}  {who}{by}{say('colon', lang)}"
    first, *rest = parts or [say("empty", lang)]
    lines = wrap(head + first, columns, HANG)
    for part in rest:
        lines += wrap(HANG + part, columns, HANG)
    return lines


def clock(at_s: int, names: Names) -> str:
    """Return an instant in local time, without the day."""
    return names.local(at_s).split(" ")[0]


def joined(facts: Sequence[dict[str, Any]], names: Names) -> str:
    """Return facts as one text."""
    return listed([f"{names.fact(fact['fact'])} = {names.value(fact['value'])}" for fact in facts], names.lang)


def listed(items: Sequence[str], lang: str) -> str:
    """Return items in a row."""
    return ("；" if lang == "zh" else "; ").join(items)


def outbox(view: View, before: View | None, names: Names, columns: int) -> list[str]:
    """Return what became of the seat's own messages since the last stop; nothing where nothing changed."""
    lang = names.lang
    was = {one["number"]: one["status"] for one in (before.sent if before else ())}
    changed = [one for one in view.sent if was.get(one["number"]) != one["status"]]
    if not changed:
        return []
    lines: list[str] = [heading(f"{say('outbox', lang)} ({len(changed)})", columns)]
    colon = say("colon", lang)
    bad = [one for one in changed if one["status"] in ("lost", "expired")]
    for one in bad[-6:]:
        status = say(f"status_{one['status']}", lang)
        to = say("to", lang, to=names.thing(one["to"]))
        lines.append(
            cut(
                f"  s{one['number']}  {clock(one['at_s'], names)}  {status}{colon}{to}{colon}{_gist(one, names)}",
                columns,
            )
        )
    for status in ("acknowledged", "chased", "sent", "held", "queued", "wanted"):
        whom = Counter(names.thing(one["to"]) for one in changed if one["status"] == status)
        if whom:
            to = say("comma", lang).join(f"{name} x{count}" if count > 1 else name for name, count in whom.items())
            lines += wrap(f"  {say(f'status_{status}', lang)}{say('colon', lang)}{to}", columns, "    ")
    return lines


def _gist(message: dict[str, Any], names: Names) -> str:
    lang = names.lang
    if message["text"]:
        return str(message["text"][lang])
    if message["asks"]:
        return say("asks", lang, facts=listed([names.fact(one) for one in message["asks"]], lang))
    if message["directs"]:
        return say("directs", lang, task=plan_task(message["directs"], names))
    return joined(message["facts"], names) or say("empty", lang)


def all_messages(view: View, names: Names, columns: int) -> list[str]:
    """Return every message that came or was sent, one a line, in the order of time."""
    lang = names.lang
    rows = [
        (one["at_s"], f"{one['number']}", say("in", lang), names.thing(one["sender"]), one) for one in view.messages
    ]
    rows += [
        (
            one["at_s"],
            f"s{one['number']}",
            say("out", lang),
            f"{names.thing(one['to'])} [{say('status_' + one['status'], lang)}]",
            one,
        )
        for one in view.sent
    ]
    lines: list[str] = [heading(say("all_messages", lang), columns)]
    colon = say("colon", lang)
    for at_s, number, way, who, message in sorted(rows, key=lambda row: row[0]):
        lines.append(cut(f"  {number:>4} {clock(at_s, names)} {way:<3} {who}{colon}{_gist(message, names)}", columns))
    return [*lines, *wrap(f"  {say('more_hint' if rows else 'none', lang)}", columns, "  ")]


def message_in_full(view: View, number: int, *, sent: bool, names: Names, columns: int) -> list[str]:
    """Return one message with everything that it says."""
    lang = names.lang
    found = next((one for one in (view.sent if sent else view.messages) if one["number"] == number), None)
    if found is None:
        return [f"  {say('no_message', lang, number=f's{number}' if sent else number)}"]
    status = [f"{HANG}[{say('status_' + found['status'], lang)}]"] if sent else []
    plain = {**found, "facts": [], "text": found["text"] or ({"zh": "", "en": ""} if found["facts"] else None)}
    first, *rest = one_message(plain, (), names, columns)
    lines: list[str] = [Heading(first), *rest, *status]
    for fact in found["facts"]:
        told = f"{names.fact(fact['fact'])} = {names.value(fact['value'])}"
        when = say("as_of", lang, at=clock(fact["as_of_s"], names))
        lines += wrap(HANG + say("brackets", lang, text=told, inside=when), columns, HANG + "  ")
    return lines
