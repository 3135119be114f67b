"""What a second body orders again within an hour of the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.record.events import Event

AGAIN_S = 60 * 60
"""For how long, in seconds, an order of somebody else for the same thing counts as given twice. A guess."""


class Twice(NamedTuple):
    """Something that two bodies ordered.

    Attributes:
        what: Kind of order and what it is about.
        first: Who ordered it first.
        again: Who ordered it again.
        at_s: When the second did, in seconds since the start.
        seqs: Numbers of the two events.
    """

    what: str
    first: str
    again: str
    at_s: int
    seqs: tuple[int, int]


def given_twice(events: Sequence[Event]) -> list[Twice]:
    """Return what a second body ordered within an hour of the first."""
    first: dict[str, Event] = {}
    found = []
    for event in events:
        if event.kind != "order.given":
            continue
        for what in _about(event):
            earlier = first.setdefault(what, event)
            if earlier.actor != event.actor and event.at_s - earlier.at_s <= AGAIN_S:
                found.append(Twice(what, earlier.actor, event.actor, event.at_s, (earlier.seq, event.seq)))
            if event.at_s - earlier.at_s > AGAIN_S:
                first[what] = event
    return found


def _about(event: Event) -> list[str]:
    data = event.data
    match data["do"]:
        case "send":
            return [f"send/{data['task']}@{data['at']}"]
        case "protect":
            return [f"protect/{data['by']}@{data['place']}"]
        case "ask":
            return [f"ask/{data['to']}:{fact}" for fact in data["facts"]]
        case "publish":
            return [f"publish/{data['tone']}:{','.join(data['says'])}"]
        case _:
            return []
