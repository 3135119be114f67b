"""Bottlenecks: where the time of messages went, why attempts failed, whose officers had no time, and who gave up.

All of it is computed from the record and the county file. Times are seconds since the start.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sim.assess.beliefs import end_of
from sim.assess.outages import union_s
from sim.assess.traffic import PARTS, Life, lives
from sim.record.events import Event
from sim.record.folder import RunRecord

REASONS = ("busy", "no_answer", "failed", "down", "cut_off")
"""Why an attempt can fail."""
_ON = {"sender": "officer", "officer": "officer", "line": "line", "net": "line", "circuit": "circuit"}
"""What a message waited for, by what the record says of it."""
_WORK = {"officer.awaited": "officer.free", "message.laid_aside": "message.taken_up"}
"""Waiting for an officer of the actor, and how it ends."""


class Spent(NamedTuple):
    """Where the time of the messages of one channel went.

    Attributes:
        channel: Over which channel they arrived, or were last tried; empty for messages that were not read.
        messages: How many.
        parts_s: Seconds by part of a life; for messages that were not read, all of it is ``before``.
    """

    channel: str
    messages: int
    parts_s: dict[str, int]

    @property
    def total_s(self) -> int:
        """All of it, in seconds."""
        return sum(self.parts_s.values())


class Tried(NamedTuple):
    """What became of the attempts on a channel: how many arrived, and how many failed for which reason."""

    channel: str
    arrived: int
    failed: dict[str, int]


class Wait(NamedTuple):
    """A time for which something waited.

    Attributes:
        what: Id of the message, or of what a desk had to do.
        at: The desk at whose officers, phone lines or radio net it waited; the channel for one of its circuits.
        on: ``officer``, ``line`` or ``circuit``.
        start_s: Since when.
        end_s: Until when.
    """

    what: str
    at: str
    on: str
    start_s: int
    end_s: int


class Load(NamedTuple):
    """How busy a desk was.

    Attributes:
        desk: The organization.
        messages: Messages that reached it.
        waits: How often something waited for its officers, phone lines or radio net.
        waited_s: How long, summed.
        longest_s: The longest of these waits.
        all_busy_s: For how long something waited for an officer of it, so that none had time.
        all_busy: The same as a share of the exercise.
    """

    desk: str
    messages: int
    waits: int
    waited_s: int
    longest_s: int
    all_busy_s: int
    all_busy: float


class GaveUp(NamedTuple):
    """Messages that a sender gave up: on which channel last, why, and to whom they were."""

    sender: str
    reason: str
    channel: str
    to: tuple[str, ...]


def spent(found: Iterable[Life], given_up_s: dict[str, int], end_s: int) -> list[Spent]:
    """Return where the time of messages went, by channel, the most first; last those that were not read.

    Args:
        found: Lives of messages.
        given_up_s: When senders gave up messages, by id.
        end_s: When the run ended; messages that were neither read nor given up count until then.
    """
    rows: dict[str, list[dict[str, int]]] = {}
    in_vain = []
    for life in found:
        if life.read_s is not None:
            rows.setdefault(life.channel, []).append(life.parts_s())
        else:
            in_vain.append(given_up_s.get(life.id, end_s) - life.composed_s)
    read = [
        Spent(channel, len(own), {part: sum(row[part] for row in own) for part in PARTS})
        for channel, own in rows.items()
    ]
    read.sort(key=lambda row: (-row.total_s, row.channel))
    lost = [Spent("", len(in_vain), {**dict.fromkeys(PARTS, 0), "before": sum(in_vain)})] if in_vain else []
    return [*read, *lost]


def spent_of(record: RunRecord) -> list[Spent]:
    """Return where the time of a run's messages went; those to the public are left out."""
    public = _public(record)
    given_up_s = {event.subject: event.at_s for event in record.events if event.kind == "message.expired"}
    found = [life for life in lives(record) if life.to not in public]
    return spent(found, given_up_s, end_of(record))


def tried(record: RunRecord) -> list[Tried]:
    """Return what became of attempts by channel, in the order of most failures."""
    arrived: dict[str, int] = {}
    failed: dict[str, dict[str, int]] = {}
    for event in record.events:
        channel = event.data.get("channel", "")
        if event.kind == "message.delivered":
            arrived[channel] = arrived.get(channel, 0) + 1
        elif event.kind == "message.lost":
            row = failed.setdefault(channel, {})
            row[event.data["reason"]] = row.get(event.data["reason"], 0) + 1
    rows = [Tried(one, arrived.get(one, 0), failed.get(one, {})) for one in dict.fromkeys([*failed, *arrived])]
    return sorted(rows, key=lambda row: (-sum(row.failed.values()), -row.arrived, row.channel))


def waits(record: RunRecord) -> list[Wait]:
    """Return everything that waited for an officer, a phone line, a radio net or a circuit."""
    sent_to = {event.subject: event.data["to"] for event in record.events if event.kind == "message.composed"}
    found: list[Wait] = []
    own_work: dict[tuple[str, str, str], int] = {}
    queued: dict[str, Event] = {}
    for event in record.events:
        if event.kind in _WORK:
            own_work[event.actor, event.subject, _WORK[event.kind]] = event.at_s
        began = own_work.pop((event.actor, event.subject, event.kind), None)
        if began is not None:
            found.append(Wait(event.subject, event.actor, "officer", began, event.at_s))
        before = queued.pop(event.subject, None) if event.kind.startswith("message.") else None
        if before is not None:
            at = _where(before, sent_to[event.subject])
            found.append(Wait(event.subject, at, _ON[before.data["awaits"]], before.at_s, event.at_s))
        if event.kind == "message.queued":
            queued[event.subject] = event
    end_s = end_of(record)
    found.extend(Wait(what, desk, "officer", since_s, end_s) for (desk, what, _), since_s in own_work.items())
    found.extend(
        Wait(ident, _where(event, sent_to[ident]), _ON[event.data["awaits"]], event.at_s, end_s)
        for ident, event in queued.items()
    )
    return found


def _where(queued: Event, to: str) -> str:
    """Return at whose desk a message waited, or on which channel for one of its circuits."""
    awaits = queued.data["awaits"]
    if awaits == "sender":
        return queued.actor
    return str(queued.data["channel"]) if awaits == "circuit" else to


def loads(record: RunRecord) -> list[Load]:
    """Return how busy each desk was that had to be waited for, the longest waits first."""
    public, end_s = _public(record), end_of(record)
    reached: dict[str, int] = {}
    for event in record.events:
        if event.kind == "message.delivered":
            reached[event.actor] = reached.get(event.actor, 0) + 1
    by_desk: dict[str, list[Wait]] = {}
    for wait in waits(record):
        if wait.on != "circuit" and wait.at not in public:
            by_desk.setdefault(wait.at, []).append(wait)
    rows = []
    for desk, own in by_desk.items():
        lengths = [wait.end_s - wait.start_s for wait in own]
        busy_s = union_s([(wait.start_s, wait.end_s) for wait in own if wait.on == "officer"])
        share = busy_s / end_s if end_s else 0.0
        rows.append(Load(desk, reached.get(desk, 0), len(own), sum(lengths), max(lengths), busy_s, share))
    return sorted(rows, key=lambda row: (-row.waited_s, row.desk))


def gave_up(record: RunRecord) -> list[GaveUp]:
    """Return which senders gave messages up: those that did not switch first, then by sender and channel."""
    on: dict[str, str] = {}
    to: dict[str, str] = {}
    found: dict[tuple[str, str, str], list[str]] = {}
    for event in record.events:
        if event.kind == "message.composed":
            to[event.subject] = event.data["to"]
        elif event.kind == "message.expired":
            found.setdefault((event.actor, event.data["reason"], on.get(event.subject, "")), []).append(
                to[event.subject]
            )
        elif event.kind.startswith("message.") and "channel" in event.data:
            on[event.subject] = event.data["channel"]
    rows = [GaveUp(*key, tuple(addressees)) for key, addressees in found.items()]
    return sorted(rows, key=lambda row: (row.reason != "did_not_switch", -len(row.to), row.sender, row.channel))


def _public(record: RunRecord) -> set[str]:
    return {one.id for one in record.exercise.county.organizations if one.public}
