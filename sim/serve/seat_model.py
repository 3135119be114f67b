"""What the panel of a seat shows, as plain data: made from the seat's view and its own lines of the journal alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.cli.terminal.messages import new_facts
from sim.cli.terminal.orders import KIND_WORDS
from sim.clocktext import after_start
from sim.play.briefing import briefing
from sim.play.free_orders import kinds_for
from sim.record.journal import Entry
from sim.record.view import View
from sim.serve.maps import county_map, marks_seen
from sim.serve.words import plain_words, say
from sim.show.act_words import act_words, plan_task, reason_words
from sim.show.names import Names
from sim.show.style import organization_color

OLD_S = 1800
"""Age from which on a fact is shown as old, in seconds. A guess."""
WAITS_S = (60, 120, 300, 600)
"""For how long a question can be put off by a button, in seconds."""
STATUS = {
    "wanted": ("拟发", "being prepared"),
    "queued": ("排队中", "waiting for a line"),
    "held": ("渠道中断，滞留", "held, channel down"),
    "sent": ("已发出", "sent"),
    "chased": ("已催问", "asked again"),
    "lost": ("未送达", "LOST"),
    "acknowledged": ("已签收", "acknowledged"),
    "expired": ("超时未签收", "NOT ACKNOWLEDGED"),
}
"""How far a message got, in words."""
TASK = {
    "identified": ("已列入", "noted"),
    "assigned": ("已派", "assigned"),
    "waiting": ("等待", "waiting"),
    "working": ("进行中", "under way"),
    "done": ("完成", "done"),
    "failed": ("未完成", "FAILED"),
}
BAD = ("lost", "expired", "failed", "hurt")
GOOD = ("acknowledged", "done")


def seat_model(
    names: Names, seen: View, own: Sequence[Entry], *, charged: str = "", over: bool = False
) -> dict[str, Any]:
    """Return everything that the panel of a seat shows at a moment.

    Args:
        names: Names of the exercise in a language.
        seen: The seat's view.
        own: The seat's own lines of the journal that count, up to the moment of the view.
        charged: How the time of an answer is charged, in words.
        over: Whether the exercise has ended, which everybody is told.
    """
    lang = names.lang
    questions = [_question(row, seen, own, names) for row in seen.questions]
    to_decide = any(one["state"] == "open" for one in questions)
    phase = "over" if over else "before" if seen.at_s == 0 else "decide" if to_decide else "informed"
    return {
        "kind": "seat",
        "lang": lang,
        "words": plain_words(lang),
        "seat": {"id": seen.seat, "name": names.thing(seen.seat), "color": organization_color(seen.seat)},
        "clock": clock_model(seen.at_s, names),
        "phase": {"id": phase, "text": say(f"phase_{phase}", lang)},
        "brief": briefing(names.exercise, lang) if seen.at_s == 0 else [],
        "charged": charged,
        "questions": [] if over else questions,
        "messages": [_message(row, seen, names) for row in reversed(seen.messages)],
        "sent": [_sent(row, seen, names) for row in reversed(seen.sent)],
        "facts": [_fact(row, seen, names) for row in sorted(seen.picture, key=_fact_order)],
        **_forces(seen, names),
        "map": {**county_map(names, marks_seen(seen, names)), "of": say("map_of", lang, seat=names.thing(seen.seat))},
        "orders": [] if over else order_kinds(seen.seat, names),
        "decided": [decided_row(entry, names) for entry in reversed(own)],
    }


def clock_model(at_s: int, names: Names) -> dict[str, Any]:
    """Return a moment: after the start, in local time, and as a share of the whole exercise."""
    scenario = names.exercise.scenario
    return {
        "at_s": at_s,
        "after": after_start(at_s),
        "local": names.local(at_s),
        "share": round(min(1.0, at_s / scenario.duration), 4),
    }


def order_kinds(seat: str, names: Names) -> list[dict[str, str]]:
    """Return the kinds of order of a seat, with their words."""
    at = 0 if names.lang == "zh" else 1
    return [{"id": kind, "text": KIND_WORDS[kind][at]} for kind in kinds_for(names.exercise, seat)]


def age(seconds: int, lang: str) -> str:
    """Return how old something is, to the minute."""
    return say("now", lang) if seconds < 60 else say("minutes", lang, count=seconds // 60)


def answer_given(own: Sequence[Entry], key: str) -> Entry | None:
    """Return a seat's last line of the journal on a question."""
    return next((entry for entry in reversed(own) if entry.key == key and entry.kind != "note"), None)


def _question(row: dict[str, Any], seen: View, own: Sequence[Entry], names: Names) -> dict[str, Any]:
    key, lang = row["key"], names.lang
    left_s = max(0, row["opened_s"] + row["limit_s"] - seen.at_s)
    given, options = answer_given(own, key), names.options(key)
    state = "open"
    told = ""
    if given is not None and given.choice == "wait":
        until_s = given.at_s + int(given.arguments["wait_s"])
        if until_s > seen.at_s:
            state, told = "put_off", say("state_put_off", lang, at=names.local(until_s))
    elif given is not None:
        chosen = options.get(given.choice, say("no_answer", lang))
        state, told = "answered", say("state_answered", lang, choice=chosen)
    return {
        "key": key,
        "text": names.question(key).in_language(lang),
        "options": [{"id": ident, "text": text} for ident, text in options.items()],
        "left": say("limit", lang, left=names.length(left_s)),
        "urgent": left_s <= 120,
        "waits": [
            {"seconds": wait_s, "text": say("put_off_minutes", lang, count=wait_s // 60)}
            for wait_s in WAITS_S
            if wait_s < left_s
        ],
        "state": state,
        "told": told,
        "advice": _advice(key, seen, options, names),
    }


def _advice(key: str, seen: View, options: dict[str, str], names: Names) -> list[str]:
    """Return what the adviser says to a question, line by line."""
    from sim.cli.terminal.words import say as in_terminal

    row = next((one for one in seen.advice if one["question"] == key), None)
    if row is None:
        return []
    lang = names.lang
    checked = {None: "advice_open", True: "advice_sound", False: "advice_unsound"}[row["sound"]]
    nothing = in_terminal("none", lang)
    water = [in_terminal("advice_water_at", lang, place=names.thing(at), count=n) for at, n in row["water_min"].items()]
    return [
        in_terminal("advice_option", lang, option=options.get(row["option"], nothing)),
        in_terminal("advice_places", lang, places=names.things(row["threatened"]) or nothing),
        in_terminal("advice_load", lang, percent=row["load_pct"]),
        *([in_terminal("advice_water", lang, times=in_terminal("comma", lang).join(water))] if water else []),
        in_terminal(checked, lang, percent=row["confidence_pct"]),
    ]


def _content(row: dict[str, Any], names: Names) -> dict[str, Any]:
    """Return what a message says: its words, its questions and orders, and what it states."""
    lang = names.lang
    joint = "；" if lang == "zh" else "; "
    lines = [row["text"][lang]] if row["text"] else []
    if row["asks"]:
        lines.append(say("asks", lang, facts=joint.join(names.fact(one) for one in row["asks"])))
    if row["directs"]:
        lines.append(say("directs", lang, task=plan_task(row["directs"], names)))
    facts = [
        {
            "text": f"{names.fact(one['fact'])}{'：' if lang == 'zh' else ': '}{names.value(one['value'])}",
            "when": say("as_of", lang, at=names.local(one["as_of_s"])),
        }
        for one in row["facts"]
    ]
    if not lines and not facts:
        lines.append(say("no_words", lang))
    return {"lines": lines, "facts": facts}


def _message(row: dict[str, Any], seen: View, names: Names) -> dict[str, Any]:
    new = new_facts(row, seen)
    content = _content({**row, "facts": new}, names)
    if row["facts"] and not new and not (row["text"] or row["asks"] or row["directs"]):
        content["lines"] = [say("nothing_new", names.lang)]
    return {
        "number": row["number"],
        "at": names.local(row["at_s"]),
        "age": age(seen.at_s - row["at_s"], names.lang),
        "new": seen.at_s - row["at_s"] < 300,
        "who": names.thing(row["sender"]),
        "color": organization_color(row["sender"]),
        "how": names.channel(row["channel"]) if row["channel"] else "",
        "sort": names.coded("kind", row["kind"]),
        "calls": bool(row["asks"] or row["directs"] or row["kind"] in ("order", "request", "question")),
        "repeats": len(row["facts"]) - len(new),
        **content,
    }


def _sent(row: dict[str, Any], seen: View, names: Names) -> dict[str, Any]:
    return {
        "number": row["number"],
        "at": names.local(row["at_s"]),
        "age": age(seen.at_s - row["at_s"], names.lang),
        "who": names.thing(row["to"]),
        "color": organization_color(row["to"]),
        "status": STATUS[row["status"]][0 if names.lang == "zh" else 1],
        "tone": _tone(row["status"]),
        "sort": names.coded("kind", row["kind"]),
        **_content(row, names),
    }


def _tone(status: str) -> str:
    return "bad" if status in BAD else "good" if status in GOOD else "plain"


def _fact_order(row: dict[str, Any]) -> tuple[bool, int, str]:
    return not row["conflicts"], -row["since_s"], row["fact"]


def _fact(row: dict[str, Any], seen: View, names: Names) -> dict[str, Any]:
    lang = names.lang
    return {
        "fact": names.fact(row["fact"]),
        "value": names.value(row["value"]),
        "age": age(seen.at_s - row["as_of_s"], lang),
        "old": seen.at_s - row["as_of_s"] >= OLD_S,
        "new": seen.at_s - row["since_s"] < 300,
        "source": say("self", lang) if row["source"] == seen.seat else names.thing(row["source"]),
        "sure": bool(row["verified"]),
        "doubts": [
            say(
                "doubt",
                lang,
                value=names.value(other["value"]),
                source=names.thing(other["source"]),
                age=age(seen.at_s - other["as_of_s"], lang),
            )
            for other in row["conflicts"]
        ],
    }


def _forces(seen: View, names: Names) -> dict[str, Any]:
    """Return a seat's units, those that are free last, and its tasks, those that are over last."""
    lang, at = names.lang, 0 if names.lang == "zh" else 1
    told = {unit["unit"]: unit for unit in seen.units}
    doing = {task["task"]: task["kind"] for task in seen.tasks}
    units = []
    for unit in names.exercise.county.units:
        if unit.department != seen.seat:
            continue
        row = told.get(unit.id, {"status": "idle", "place": unit.base, "task": ""})
        units.append(
            {
                "name": names.thing(unit.id),
                "status": say(f"unit_{row['status']}", lang),
                "place": names.thing(row["place"]),
                "task": names.coded("task", doing[row["task"]]) if row["task"] in doing else "",
                "free": row["status"] == "idle",
                "tone": _tone(row["status"]),
            }
        )
    tasks = [
        {
            "task": names.coded("task", task["kind"]),
            "place": names.thing(task["at"]),
            "status": TASK[task["status"]][at],
            "tone": _tone(task["status"]),
        }
        for task in sorted(seen.tasks, key=lambda task: task["status"] in ("done", "failed"))
    ]
    return {"units": sorted(units, key=lambda unit: bool(unit["free"])), "tasks": tasks}


def decided_row(entry: Entry, names: Names) -> dict[str, str]:
    """Return a line of the journal in words."""
    return {"at": names.local(entry.at_s), "text": entry_words(entry, names), "reason": entry_reason(entry, names)}


def entry_words(entry: Entry, names: Names) -> str:
    """Return a line of the journal in words."""
    if entry.kind in ("answer", "none"):
        asked = names.question(entry.key).in_language(names.lang)
        return f"{asked} → {names.options(entry.key).get(entry.choice, say('no_answer', names.lang))}"
    if entry.choice == "wait":
        return f"{names.question(entry.key).in_language(names.lang)} → {say('put_off', names.lang)}"
    return act_words(entry, names)


def entry_reason(entry: Entry, names: Names) -> str:
    """Return why, as far as it was told; who writes a note tells it in the note."""
    return reason_words(entry.reason, names, names.options(entry.key)) if entry.reason else ""
