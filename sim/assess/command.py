"""Command in a record: who led when, each order with its issuer, time, addressee and status, who decided, what waited.

All of it is a pure function of the events.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sim.record.events import Event
from sim.spec.command import FIRST_RESPONSE

EFFECTS = ("level.activated", "protect.ordered", "release.published", "post.set_up", "return.allowed", "response.ended")
"""Events by which an order takes effect, as descendants of its giving."""
TO_PEOPLE = ("protect", "return_home", "publish")
"""Kinds of order that the people of the county carry out."""


class Spell(NamedTuple):
    """A time in which one body led: from ``start_s`` to ``end_s``, in seconds since the start.

    Attributes:
        leader: Id of the body.
        by: Rank or crew of whoever led there, empty where that is not known.
        facts: How many facts the briefing passed on.
        seq: Number of the event by which it took the lead.
    """

    leader: str
    by: str
    start_s: int
    end_s: int
    facts: int
    seq: int


class Given(NamedTuple):
    """An order as a register of orders has it.

    Attributes:
        id: Its id.
        issuer: Who gave it.
        at_s: When, in seconds since the start.
        addressees: Whom it is for: bodies, kinds of unit, or the people of a place.
        what: Kind of order.
        status: ``given``, ``awaiting approval``, ``returned``, ``in force`` or ``superseded``.
        seq: Number of the event by which it was given.
    """

    id: str
    issuer: str
    at_s: int
    addressees: tuple[str, ...]
    what: str
    status: str
    seq: int


def spells(events: Sequence[Event]) -> list[Spell]:
    """Return who led when, in order; times in which nobody led lie between them."""
    found: list[Spell] = []
    end_s = events[-1].at_s if events else 0
    learned = [one.cause for one in events if one.kind == "fact.learned" and one.data["how"] == "briefing"]
    passed_on = Counter(learned)
    for event in events:
        if event.kind in ("command.taken", "command.left") and found and found[-1].end_s == end_s:
            found[-1] = found[-1]._replace(end_s=event.at_s)
        if event.kind == "command.taken":
            found.append(Spell(event.actor, event.data["by"], event.at_s, end_s, passed_on[event.seq], event.seq))
    return found


def unled(events: Sequence[Event]) -> list[tuple[int, int]]:
    """Return the times in which a hazard was there and nobody led, each from and to a second since the start.

    They begin with the first hazard and end with the declared end of the response, or with the run.
    """
    begun = next((event.at_s for event in events if event.kind == "hazard.started"), None)
    if begun is None:
        return []
    ended = next((event.at_s for event in events if event.kind == "response.ended"), events[-1].at_s)
    found, at_s = [], begun
    for spell in spells(events):
        if spell.start_s > at_s:
            found.append((at_s, min(spell.start_s, ended)))
        at_s = max(at_s, spell.end_s)
    if at_s < ended:
        found.append((at_s, ended))
    return [(start, end) for start, end in found if end > start]


def minutes_unled(events: Sequence[Event]) -> float:
    """Return for how many minutes nobody led, rounded to a tenth."""
    return round(sum(end - start for start, end in unled(events)) / 60, 1)


def orders(events: Iterable[Event]) -> list[Given]:
    """Return the register of orders: what was given by whom when to whom, and how far it got."""
    found: dict[str, Given] = {}
    in_force: dict[str, str] = {}
    for event in events:
        if event.kind == "order.given":
            found[event.subject] = Given(
                event.subject, event.actor, event.at_s, _addressees(event), event.data["do"], "given", event.seq
            )
        elif event.kind == "order.approval_asked" and event.subject in found:
            found[event.subject] = found[event.subject]._replace(status="awaiting approval")
        elif event.kind == "order.returned" and event.subject in found:
            found[event.subject] = found[event.subject]._replace(status="returned")
        elif event.kind == "order.superseded":
            if (last := in_force.get(f"{event.data['issuer']} {event.subject}")) in found:
                found[last] = found[last]._replace(status="superseded")
        elif event.kind in EFFECTS:
            ident = str(event.data.get("order", event.subject))
            if ident in found:
                found[ident] = found[ident]._replace(status="in force")
                in_force[f"{event.actor} {event.subject}"] = ident
    return list(found.values())


def _addressees(event: Event) -> tuple[str, ...]:
    data = event.data
    if data["do"] in TO_PEOPLE:
        return (str(data.get("place", "public")),)
    named = data.get("to") or data.get("tell") or data.get("joins") or data.get("units") or ()
    return (named,) if isinstance(named, str) else tuple(named) or (event.actor,)


class Conflict(NamedTuple):
    """Two orders to the people of a place that say different things, from when the second came until one stood alone.

    Attributes:
        place: Where.
        issuers: Who gave the first and the second.
        start_s: When the second was given, in seconds since the start.
        end_s: When they agreed again, were lifted, or the run ended.
        seqs: Numbers of the two events.
    """

    place: str
    issuers: tuple[str, str]
    start_s: int
    end_s: int
    seqs: tuple[int, int]


def conflicts(events: Sequence[Event]) -> list[Conflict]:
    """Return orders of different bodies that contradicted each other and of which none was superseded."""
    standing: dict[str, Event] = {}
    open_: dict[str, Conflict] = {}
    found: list[Conflict] = []
    superseded = {(event.subject, event.cause) for event in events if event.kind == "order.superseded"}
    for event in events:
        if event.kind not in ("protect.ordered", "return.allowed"):
            continue
        place, before = event.subject, standing.get(event.subject)
        if place in open_:
            found.append(open_.pop(place)._replace(end_s=event.at_s))
        if event.kind == "return.allowed":
            standing.pop(place, None)
            continue
        standing[place] = event
        other = before is not None and before.actor != event.actor and before.data["by"] != event.data["by"]
        if before is not None and other and (place, event.seq) not in superseded:
            issuers, seqs = (before.actor, event.actor), (before.seq, event.seq)
            open_[place] = Conflict(place, issuers, event.at_s, events[-1].at_s, seqs)
    return sorted((*found, *open_.values()), key=lambda one: (one.start_s, one.place))


def unmandated(events: Iterable[Event]) -> int:
    """Return how many tasks beyond the first response bodies took up before they knew that the response was active."""
    knows: dict[str, None] = {}
    found = 0
    for event in events:
        if event.kind == "fact.learned" and event.subject == "response/level":
            knows[event.actor] = None
        elif event.kind == "task.identified" and event.actor not in knows:
            found += event.data["task"] not in FIRST_RESPONSE
    return found


def summary(events: Sequence[Event]) -> dict[str, int | float | None]:
    """Return the figures of command, for tables and comparisons.

    ``decided_below`` counts decisions on a response level by a rank below the one whose right it is; ``calls_in_vain``
    counts calls to those who decide that nobody answered.
    """
    kinds = [event.kind for event in events]
    ranks = {"officer": 0, "deputy": 1, "leader": 2}
    levels = [event for event in events if event.kind == "level.activated"]
    return {
        "unled_min": minutes_unled(events),
        "hand_overs": max(0, kinds.count("command.taken") - 1),
        "facts_passed": sum(spell.facts for spell in spells(events)),
        "calls_in_vain": sum(event.kind == "leader.called" and not event.data["answered"] for event in events),
        "decided_below": sum(ranks[event.data["by"]] < ranks[event.data["wanted"]] for event in levels),
        "returned": kinds.count("order.returned"),
        "unauthorized": kinds.count("order.unauthorized"),
        "unmandated": unmandated(events),
        "conflicts": len(conflicts(events)),
        "disputed": kinds.count("task.disputed"),
        "lapsed": kinds.count("level.lapsed"),
        "activated_min": None if not levels else round(levels[0].at_s / 60, 1),
    }
