"""Traffic: the lives of messages, what held them up, and who talks to whom.

All of it is computed from the record alone. Times are seconds since the start; minutes where the name says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from typing import Any, NamedTuple

import networkx

from sim.record.folder import RunRecord

ENDS = ("acknowledged", "read", "delivered", "expired", "on_the_way")
"""How a message's life can end in a record; each ends in exactly one of these ways."""


class Life(NamedTuple):
    """The life of a message; times are None for steps that did not come.

    Attributes:
        id: Its id.
        sender: Who sent it.
        to: To whom.
        kind: What kind of message.
        channel: Over which channel it arrived, or was last tried.
        composed_s: When it was wanted.
        queue_s: How long it waited for lines and officers, up to its delivery, in seconds.
        held_s: How long a channel that was down kept it, in seconds.
        waited_before_s: What of both came before the attempt that arrived, or the last one.
        sent_s: When the attempt that arrived began, or the last one.
        delivered_s: When it reached the desk.
        read_s: When it was taken in.
        acknowledged_s: When the sender knew.
        acted_s: When the addressee first acted on it.
        approved_s: When the addressee approved what it asks for.
        answered_s: When the sender had taken in the reply to it.
        attempts: Attempts on the way.
        lost: Attempts that failed.
        switched: How often the sender changed the channel.
        chased: How often the sender asked for the receipt.
        end: One of :data:`ENDS`.
    """

    id: str
    sender: str
    to: str
    kind: str
    channel: str
    composed_s: int
    queue_s: int
    held_s: int
    waited_before_s: int
    sent_s: int | None
    delivered_s: int | None
    read_s: int | None
    acknowledged_s: int | None
    acted_s: int | None
    approved_s: int | None
    answered_s: int | None
    attempts: int
    lost: int
    switched: int
    chased: int
    end: str

    def parts_s(self) -> dict[str, int]:
        """Return the parts of its life, in seconds; they add up to the time from composing to reading.

        ``before`` the attempt that arrived (writing, attempts that failed, changing the channel), ``held`` (by a
        channel that was down), ``queue`` (for a line or an officer), ``way`` (set-up and talk), ``desk`` (waiting at
        the desk and reading).

        Raises:
            ValueError: If the message was not read.
        """
        if self.read_s is None or self.delivered_s is None or self.sent_s is None:
            raise ValueError(f"{self.id} was not read")
        return {
            "before": self.sent_s - self.composed_s - self.waited_before_s,
            "held": self.held_s,
            "queue": self.queue_s,
            "way": self.delivered_s - self.sent_s - (self.queue_s + self.held_s - self.waited_before_s),
            "desk": self.read_s - self.delivered_s,
        }


PARTS = ("before", "held", "queue", "way", "desk")
"""The parts of the life of a message that was read."""
_STEPS = {
    "message.sent": "sent_s",
    "message.delivered": "delivered_s",
    "message.read": "read_s",
    "message.acknowledged": "acknowledged_s",
    "message.acted": "acted_s",
    "message.approved": "approved_s",
}
_COUNTED = {
    "message.sent": "attempts",
    "message.lost": "lost",
    "message.switched": "switched",
    "message.chased": "chased",
}
_WAITING = {"message.queued": "queue_s", "message.held": "held_s"}


def lives(record: RunRecord) -> list[Life]:
    """Return the life of every message, in the order in which they were wanted."""
    rows: dict[str, dict[str, Any]] = {}
    for event in record.events:
        kind, data = event.kind, event.data
        if kind == "message.composed":
            about = {"sender": event.actor, "to": data["to"], "kind": data["kind"], "composed_s": event.at_s}
            counts = dict.fromkeys((*_COUNTED.values(), *_WAITING.values(), "waited_before_s"), 0)
            rows[event.subject] = {**about, **counts, "channel": "", "expired": False}
        row = rows.get(event.subject)
        if row is None or not kind.startswith("message."):
            continue
        if "waits" in row:
            began = row.pop("waits")
            row[_WAITING[began.kind]] += event.at_s - began.at_s
        if kind in _WAITING:
            row["waits"] = event
        if kind == "message.sent":
            row["waited_before_s"] = row["queue_s"] + row["held_s"]
        if kind in _STEPS:
            row[_STEPS[kind]] = event.at_s
        if kind in _COUNTED:
            row[_COUNTED[kind]] += 1
        row["expired"] |= kind == "message.expired"
        row["channel"] = data.get("channel", row["channel"])
        asked, is_reply, _ = event.subject.rpartition("/reply>")
        if is_reply and kind == "message.read" and asked in rows:
            rows[asked].setdefault("answered_s", event.at_s)
    return [_life(ident, row) for ident, row in rows.items()]


def _life(ident: str, row: dict[str, Any]) -> Life:
    reached = [step for step in ("acknowledged", "read", "delivered") if f"{step}_s" in row]
    end = reached[0] if reached else "expired" if row["expired"] else "on_the_way"
    fields: dict[str, Any] = {name: row.get(name) for name in Life._fields}
    return Life(**{**fields, "id": ident, "end": end})


def loop_closure(found: Iterable[Life]) -> float | None:
    """Return the share of the messages that need an answer and were acknowledged; None if there are none."""
    owed = [life for life in found if life.kind != "release"]
    return sum(life.end == "acknowledged" for life in owed) / len(owed) if owed else None


def waits_by(found: Iterable[Life], name: str) -> list[tuple[str, int, float]]:
    """Return bottlenecks: id, number of messages, and minutes lost, the worst first.

    Args:
        found: Lives of messages.
        name: ``to`` for the desks at whose lines and officers messages waited, ``channel`` for the channels on which
            they were written, tried in vain, held, or carried.
    """
    parts = {"to": ("queue", "desk"), "channel": ("before", "held", "way")}[name]
    lost: dict[str, list[float]] = {}
    for life in found:
        if life.read_s is not None:
            spent = life.parts_s()
            lost.setdefault(getattr(life, name), []).append(sum(spent[part] for part in parts) / 60)
    rows = [(ident, len(minutes), fsum(minutes)) for ident, minutes in lost.items()]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def contacts(found: Iterable[Life], known: Sequence[str]) -> networkx.DiGraph:
    """Return who reached whom: an edge for each pair with a message that was read, with their number as ``weight``.

    Args:
        found: Lives of messages.
        known: Organizations that count, also those that nobody reached.
    """
    graph = networkx.DiGraph()
    graph.add_nodes_from(known)
    for life in found:
        if life.read_s is not None and life.sender in known and life.to in known and life.sender != life.to:
            before = graph.get_edge_data(life.sender, life.to, {"weight": 0})["weight"]
            graph.add_edge(life.sender, life.to, weight=before + 1)
    return graph


def fragmentation(graph: networkx.Graph) -> float:
    """Return the share of pairs that no path joins: ``1 − Σ s(s − 1) / (n(n − 1))`` over components of size s.

    0 if everybody is joined, 1 if all are isolated (Borgatti 2006, identifying sets of key players).
    """
    count = len(graph)
    if count < 2:
        return 0.0
    sizes = [len(part) for part in networkx.connected_components(graph.to_undirected(as_view=True))]
    return 1 - sum(size * (size - 1) for size in sizes) / (count * (count - 1))


def distance_fragmentation(graph: networkx.Graph) -> float:
    """Return fragmentation by distance: ``1 − Σ 1/d(i, j) / (n(n − 1))`` over ordered pairs (Borgatti 2006)."""
    count = len(graph)
    if count < 2:
        return 0.0
    lengths = networkx.all_pairs_shortest_path_length(graph.to_undirected(as_view=True))
    return 1 - fsum(1 / steps for _, row in lengths for steps in row.values() if steps) / (count * (count - 1))


def betweenness(graph: networkx.DiGraph) -> dict[str, float]:
    """Return, by organization, the share of shortest ways between others that lead through it (Freeman 1977)."""
    return {node: float(value) for node, value in networkx.betweenness_centrality(graph).items()}


def summary(record: RunRecord) -> dict[str, Any]:
    """Return the measures of traffic of a run by name; times in minutes, None where there is nothing to measure."""
    found = lives(record)
    known = [one.id for one in record.exercise.county.organizations if not one.public]
    between = [life for life in found if life.sender in known and life.to in known]
    read = [life.parts_s() for life in between if life.read_s is not None]
    graph = contacts(between, known)
    middle = betweenness(graph)
    arriving = [life for life in found if life.to in known]
    desks, channels = waits_by(arriving, "to"), waits_by(arriving, "channel")
    return {
        "messages": len(between),
        "ends": {end: sum(life.end == end for life in between) for end in ENDS},
        "lost_attempts": sum(life.lost for life in between),
        "loop_closure": loop_closure(between),
        "life_min": {part: fsum(row[part] for row in read) / 60 / len(read) if read else None for part in PARTS},
        "answer_min": _mean_min((life.composed_s, life.answered_s) for life in between),
        "approval_min": _mean_min((life.read_s, life.approved_s) for life in between),
        "busiest_desk": desks[0][0] if desks else None,
        "busiest_channel": channels[0][0] if channels else None,
        "fragmentation": fragmentation(graph),
        "distance_fragmentation": distance_fragmentation(graph),
        "broker": max(known, key=lambda ident: (middle[ident], ident)) if known else None,
        "betweenness": middle,
    }


def _mean_min(spans: Iterable[tuple[int | None, int | None]]) -> float | None:
    """Return the mean length of the times that have a beginning and an end, in minutes; None if there are none."""
    lengths = [end_s - start_s for start_s, end_s in spans if start_s is not None and end_s is not None]
    return fsum(lengths) / 60 / len(lengths) if lengths else None
