"""What the big screen shows to everybody in the room: no words of a question, and no picture but one that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.play.briefing import briefing
from sim.serve.maps import county_map, marks_seen
from sim.serve.seat_model import clock_model
from sim.serve.words import plain_words, say
from sim.show.names import Names
from sim.show.style import organization_color

if TYPE_CHECKING:
    from sim.serve.room import Room


def screen_model(room: Room, names: Names) -> dict[str, Any]:
    """Return everything that the big screen shows now.

    Args:
        room: The room; the caller has its turn.
        names: Names of the exercise in a language.
    """
    session, lang, shows = room.session, names.lang, room.kept.screen
    marks = marks_seen(session.view(shows), names) if shows else {}
    waiting = {asked.seat: asked for asked in session.waiting()}
    title, *rest = briefing(session.exercise, lang)
    phase = "over" if session.finished else "before" if session.now_s == 0 else "asked" if waiting else "running"
    return {
        "kind": "screen",
        "lang": lang,
        "words": plain_words(lang),
        "title": title,
        "brief": rest,
        "address": room.address,
        "clock": clock_model(session.now_s, names),
        "phase": {"id": phase, "text": say(f"phase_{phase}", lang)},
        "seats": [
            {
                "name": names.thing(seat),
                "color": organization_color(seat),
                "left": _left(waiting[seat].opened_s + waiting[seat].limit_s - session.now_s, names)
                if seat in waiting
                else "",
            }
            for seat in session.settings.seats
        ],
        "timeline": _timeline(room, names),
        "map": {
            **county_map(names, marks),
            "of": say("map_of", lang, seat=names.thing(shows)) if shows else say("map_bare", lang),
        },
        "alarm": room.alarm(lang),
    }


def _left(seconds: int, names: Names) -> str:
    return say("limit", names.lang, left=names.length(max(0, seconds)))


def _timeline(room: Room, names: Names) -> list[dict[str, Any]]:
    """Return when each seat of a person was asked something and when that was answered, not what."""
    whole = names.exercise.scenario.duration
    rows: dict[str, list[dict[str, Any]]] = {seat: [] for seat in room.session.settings.seats}
    opened: dict[str, dict[str, Any]] = {}
    for event in room.session.events:
        if event.kind == "question.opened" and event.actor in rows:
            span: dict[str, Any] = {"from": round(event.at_s / whole, 4), "to": None, "at": names.local(event.at_s)}
            opened[event.subject] = span
            rows[event.actor].append(span)
        elif event.kind == "question.answered" and event.subject in opened:
            opened.pop(event.subject)["to"] = round(event.at_s / whole, 4)
    return [
        {"name": names.thing(seat), "color": organization_color(seat), "spans": spans} for seat, spans in rows.items()
    ]
