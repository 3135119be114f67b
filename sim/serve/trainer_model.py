"""What the trainer's panel shows, as plain data: the clock, every seat, the script, what is true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.cli.terminal.injects import STATES, inject_id, inject_rows, is_hidden, masked
from sim.cli.terminal.undone import is_decision
from sim.record.folder import RunRecord
from sim.record.journal import Entry
from sim.serve.access import OBSERVER_PAGE, SCREEN_PAGE, page_of
from sim.serve.group_model import missing_words
from sim.serve.maps import county_map, marks_true
from sim.serve.results import result_table
from sim.serve.seat_model import clock_model, entry_reason, entry_words
from sim.serve.words import plain_words, say
from sim.show.map_state import situation_at
from sim.show.names import Names
from sim.show.style import organization_color
from sim.spec.controls import TRAINER
from sim.spec.registry import REGISTRY

if TYPE_CHECKING:
    from sim.serve.room import Room

PACES = (1.0, 10.0, 30.0, 60.0, 180.0, None)
"""Paces that are offered: seconds of the exercise in a real second; None for as many as can."""
MOST_LOGGED = 60
"""Most lines of the log that are shown."""
EVALUATOR = "evaluator"
"""Observers are called so, with the number of their device."""
KINDS = ("report", "request", "notice", "question")
"""Kinds of message that a made-up inject can be."""


def trainer_model(room: Room, names: Names) -> dict[str, Any]:
    """Return everything that the trainer's panel shows now.

    Args:
        room: The room; the caller has its turn.
        names: Names of the exercise in a language.
    """
    session, lang = room.session, names.lang
    phase = _phase(room)
    record = RunRecord(session.exercise, {}, session.events, [])
    hidden = is_hidden(session)
    marks = {} if hidden else marks_true(situation_at(record, session.now_s))
    scenario = session.exercise.scenario
    return {
        "kind": "trainer",
        "lang": lang,
        "words": plain_words(lang),
        "title": say("trainer", lang) if hidden else scenario.name.in_language(lang),
        "clock": clock_model(session.now_s, names),
        "phase": {"id": phase, "text": say(f"phase_{phase}", lang)},
        "begun": session.now_s > 0 or any(entry.choice == "start" for entry in session.entries),
        "moving": room.motion is not None,
        "pace": room.kept.pace,
        "paces": [{"pace": pace, "text": _pace(pace, names)} for pace in PACES],
        "address": room.address,
        "seats": [_seat(room, seat, names) for seat in session.settings.seats],
        "played": names.things([one for one, who in session.settings.players if who != "person"]),
        "screen": {**_page(room, SCREEN_PAGE, names), "shows": room.kept.screen},
        "observers": {**_page(room, OBSERVER_PAGE, names), "sees": list(room.seen_by_observers)},
        "rule": say(f"rule_{room.kept.rule}", lang) if room.kept.rule else "",
        "injects": _injects(room, names),
        "log": _log(room, names),
        "last": entry_words(last, names) if (last := last_decision(room)) else "",
        "map": {**county_map(names, marks), "of": say("map_bare" if hidden else "map_truth", lang)},
        "result": None if room.result is None else result_rows(room.result, names),
        "groups": result_table(room.groups, names) if room.groups else None,
        "scoring": room.scoring,
        "trouble": room.trouble,
        "alarm": room.alarm(lang),
    }


def result_rows(card: dict[str, Any], names: Names) -> dict[str, str]:
    """Return the head of a score card in words."""
    return {
        "total": f"{card['total']:.1f} {names.rubric(card['band'])}",
        "speed": f"{card['response_speed']:.1f}",
        "coordination": f"{card['coordination']:.1f}",
        "gaps": str(len(card["gaps"])),
    }


def trainer_choices(room: Room, names: Names) -> dict[str, Any]:
    """Return what can stand in the forms of the trainer; the same for the whole exercise but for the values."""
    county, parameters = names.exercise.county, room.session.parameters
    outside = [one for one in county.organizations if not one.seat]
    seats = [{"id": one.id, "text": names.thing(one.id)} for one in county.organizations if one.seat]
    return {
        "sender": [{"id": one.id, "text": names.thing(one.id)} for one in outside],
        "to": seats,
        "sort": [{"id": kind, "text": names.coded("kind", kind)} for kind in KINDS],
        "what": [
            *({"id": one.id, "text": names.channel(one.id)} for one in county.channels),
            *({"id": one.id, "text": names.thing(one.id)} for one in county.lifelines),
        ],
        "organization": [{"id": "", "text": say("by_lot", names.lang)}, *seats],
        "name": [
            {
                "id": one.name,
                "text": f"{one.name}: {one.meaning.in_language(names.lang)}",
                "now": f"{parameters[one.name]} {one.unit}",
            }
            for one in REGISTRY
        ],
    }


def last_decision(room: Room) -> Entry | None:
    """Return the last thing that a person in a seat decided."""
    persons = room.session.settings.seats
    mine = (entry for entry in reversed(room.session.entries) if is_decision(entry) and entry.seat in persons)
    return next(mine, None)


def _phase(room: Room) -> str:
    if room.finished:
        return "over"
    if room.session.waiting():
        return "asked"
    if room.motion is not None:
        return "running"
    return "before" if room.session.now_s == 0 else "standing"


def _pace(pace: float | None, names: Names) -> str:
    if pace is None:
        return say("pace_most", names.lang)
    return say("pace_of", names.lang, time=names.length(round(pace)))


def _page(room: Room, scope: str, names: Names) -> dict[str, Any]:
    """Return how devices join a page, and how many have."""
    devices = room.access.devices(scope)
    code = room.access.code(scope)
    return {
        "scope": scope,
        "code": code[0] if code else "",
        "code_left": say("code_left", names.lang, left=names.length(max(60, code[1] // 60 * 60))) if code else "",
        "devices": [{"number": number, "online": online} for number, online in devices.items()],
        "online": sum(devices.values()),
    }


def _seat(room: Room, seat: str, names: Names) -> dict[str, Any]:
    group = room.group(seat)
    asked = [
        {
            "key": one.key,
            "text": one.question.in_language(names.lang),
            "left": say(
                "limit", names.lang, left=names.length(max(0, one.opened_s + one.limit_s - room.session.now_s))
            ),
            "missing": missing_words(group.tally(one.key).missing, names) if group else "",
        }
        for one in room.session.waiting()
        if one.seat == seat
    ]
    return {
        "id": seat,
        "name": names.thing(seat),
        "color": organization_color(seat),
        "asked": asked,
        "group": group is not None,
        **_page(room, page_of(seat), names),
    }


def _injects(room: Room, names: Names) -> dict[str, Any]:
    session = room.session
    at, hidden = 0 if names.lang == "zh" else 1, is_hidden(session)
    rows = []
    for shown, told in inject_rows(session, names.lang):
        ident = inject_id(session, shown)
        held = session.scene.script.is_held(ident)
        settled = ident in session.scene.script.settled
        can = [] if settled or room.finished else ["release", "skip"] if held else ["send", "hold", "skip"]
        rows.append({"id": shown, "text": told, "can": can, "past": settled})
    return {"rows": rows, "note": STATES["sealed"][at] if hidden else ""}


def _who(ident: str, names: Names) -> str:
    """Return who wrote a line of the journal."""
    if ident == TRAINER:
        return say("the_trainer", names.lang)
    stem, _, number = ident.rpartition("-")
    return say("observer_of", names.lang, number=number) if stem == EVALUATOR else names.thing(ident)


def _log(room: Room, names: Names) -> list[dict[str, str]]:
    session = room.session
    known = session.settings.seats
    rows: list[dict[str, str]] = []
    for entry in reversed(session.entries):
        if len(rows) == MOST_LOGGED:
            break
        by_person = entry.seat in known or entry.seat == "trainer" or entry.kind == "note"
        if not by_person or entry.choice in ("start", "run_to", "run_to_question", "step"):
            continue
        rows.append(
            {
                "at": names.local(entry.at_s),
                "who": _who(entry.seat, names),
                "color": organization_color(entry.seat),
                "text": entry_words(masked(session, entry), names),
                "reason": entry_reason(entry, names),
            }
        )
    return rows
