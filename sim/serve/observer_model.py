"""What an observer's panel shows: one of the seats that the trainer lets observers see, and the observer's own notes.

Nothing of it is the truth or the script that is still to come; what the seats propose and note stays with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.serve.seat_model import clock_model, decided_row, entry_words
from sim.serve.words import plain_words, say
from sim.show.names import Names
from sim.show.style import organization_color

if TYPE_CHECKING:
    from sim.serve.room import Room

RATINGS = ("P", "S", "M", "U")
"""How an objective can be rated: performed, with some or major difficulty, unable."""
SHOWN = ("questions", "messages", "sent", "facts", "units", "tasks", "map", "decided")
"""What is shown of a seat."""


def observer_model(room: Room, names: Names, number: int, of: str) -> dict[str, Any]:
    """Return everything that an observer's panel shows now.

    Args:
        room: The room; the caller has its turn.
        names: Names of the exercise in a language.
        number: Which observer.
        of: The seat that is looked at; the first that may be seen if it may not.
    """
    session, lang, may = room.session, names.lang, room.seen_by_observers
    seat = of if of in may else next(iter(may), "")
    waiting = {asked.seat for asked in session.waiting()}
    phase = "over" if session.finished else "before" if session.now_s == 0 else "asked" if waiting else "running"
    shown = room.seat_model(seat, lang) if seat else {}
    decided = [entry for entry in reversed(room.own(seat)) if entry.kind != "note"] if seat else []
    own = [entry for entry in room.session.entries if entry.seat == room.watcher(number).id]
    return {
        "kind": "observer",
        "lang": lang,
        "words": plain_words(lang),
        "title": say("observer_of", lang, number=number),
        "clock": clock_model(session.now_s, names),
        "phase": {"id": phase, "text": say(f"phase_{phase}", lang)},
        "of": seat,
        "seats": [
            {"id": one, "name": names.thing(one), "color": organization_color(one), "asked": one in waiting}
            for one in may
        ],
        **{name: shown.get(name, []) for name in SHOWN},
        "map": shown.get("map"),
        "decided": [decided_row(entry, names) for entry in decided],
        "about": _about(room, seat, names),
        "ratings": [{"id": one, "text": names.coded("rating", one)} for one in RATINGS],
        "notes": [{"at": names.local(entry.at_s), "text": entry_words(entry, names)} for entry in reversed(own)],
        "alarm": room.alarm(lang),
    }


def _about(room: Room, seat: str, names: Names) -> list[dict[str, Any]]:
    """Return what a note can be about: the objectives, which can be rated, the seats, and what the seat was asked."""
    scenario = names.exercise.scenario
    asked = [entry.key for entry in room.own(seat) if entry.kind in ("answer", "none")] if seat else []
    asked += [row["key"] for row in room.session.view(seat).questions] if seat else []
    known = {one.id for one in scenario.pause_points}
    return [
        *({"id": one.id, "text": one.text.in_language(names.lang), "rated": True} for one in scenario.objectives),
        *({"id": one, "text": names.thing(one), "rated": False} for one in room.seen_by_observers),
        *(
            {"id": key, "text": names.question(key).in_language(names.lang), "rated": False}
            for key in dict.fromkeys(asked)
            if key in known
        ),
    ]
