"""The way of one thing that became so: every message that brought it as news, and who knew it when.

All of it is computed from the record alone. Times are seconds since the start.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.assess.awareness import Need, deficit_min, needs
from sim.assess.beliefs import Cell, Episode, table
from sim.assess.traffic import PARTS, Life, lives
from sim.record.folder import RunRecord
from sim.spec.base import FactValue


class Step(NamedTuple):
    """A step of a message: its kind without ``message.``, the channel, and why an attempt failed or was the last."""

    at_s: int
    kind: str
    channel: str
    reason: str


class Hop(NamedTuple):
    """A message that carried the thing to somebody who did not know it yet.

    Attributes:
        id: Its id.
        sender: Who sent it: an organization, a unit or the public.
        to: To whom.
        steps: Its steps, in order.
        garbled: Whether the thing arrived changed or not at all.
    """

    id: str
    sender: str
    to: str
    steps: tuple[Step, ...]
    garbled: bool

    def at(self, kind: str) -> int | None:
        """Return when a step first came; None if it did not."""
        return next((step.at_s for step in self.steps if step.kind == kind), None)

    @property
    def composed_s(self) -> int:
        """When it was wanted."""
        return self.steps[0].at_s

    @property
    def departed_s(self) -> int | None:
        """When it left its sender for good: when the attempt that arrived began, or its channel let it go."""
        delivered_s = self.at("delivered")
        left = [step.at_s for step in self.steps if step.kind in ("sent", "let_go")]
        return None if delivered_s is None else max((at_s for at_s in left if at_s <= delivered_s), default=delivered_s)

    @property
    def end_s(self) -> int:
        """When it was read, or its last step if it was not."""
        read_s = self.at("read")
        return self.steps[-1].at_s if read_s is None else read_s


class Way(NamedTuple):
    """The way of one thing that became so.

    Attributes:
        episode: What became so, and when.
        deficit_min: Its awareness deficit, in minutes.
        cells: What each organization that needs it, sends it or is sent it knew of it, in the order of the roles.
        hops: Messages that carried it as news, in the order in which they were wanted.
        repeated: How many messages told it to those who knew it already.
    """

    episode: Episode
    deficit_min: float
    cells: dict[str, Cell]
    hops: tuple[Hop, ...]
    repeated: int


class Share(NamedTuple):
    """What the time until somebody knew was made of, in seconds; the shares add up to all of it.

    Attributes:
        unseen_s: Until somebody at the beginning of the chain reported it.
        passing_s: Lying with those who knew it, until they wanted to pass it on.
        parts_s: The messages of the chain, by part of their lives.
        hops: Their number.
    """

    unseen_s: int
    passing_s: int
    parts_s: dict[str, int]
    hops: int


def ways(record: RunRecord, roles: Sequence[str], count: int) -> list[Way]:
    """Return the ways of the things with the largest awareness deficit, among those that a message carried as news.

    Args:
        record: The run.
        roles: Organizations to look at, in the order in which they shall stand.
        count: How many things at most.
    """
    grouped: dict[tuple[str, int], list[Need]] = {}
    for need in needs(record):
        grouped.setdefault((need.fact, need.start_s), []).append(need)
    rows = {(episode.key, episode.start_s): (episode, cells) for episode, cells in table(record, roles)}
    stories = _stories(record)
    found: list[Way] = []
    for key, own in sorted(grouped.items(), key=lambda item: (-deficit_min(item[1]), item[0])):
        if key in rows and len(found) < count:
            way = _way(*rows[key], deficit_min(own), stories)
            found += [way] if way.hops else []
    return found


class _Story(NamedTuple):
    """A message with what it says, by fact."""

    hop: Hop
    says: dict[str, FactValue]
    garbled: tuple[str, ...]


def _stories(record: RunRecord) -> list[_Story]:
    composed = {event.subject: event for event in record.events if event.kind == "message.composed"}
    steps: dict[str, list[Step]] = {ident: [] for ident in composed}
    garbled: dict[str, tuple[str, ...]] = {}
    for event in record.events:
        if event.kind.startswith("message.") and event.subject in steps:
            channel, reason = event.data.get("channel", ""), event.data.get("reason", "")
            steps[event.subject].append(Step(event.at_s, event.kind.partition(".")[2], channel, reason))
            if event.data.get("garbled"):
                garbled[event.subject] = tuple(event.data["garbled"])
    return [
        _Story(
            Hop(ident, event.actor, event.data["to"], tuple(steps[ident]), False),
            {fact["fact"]: fact["value"] for fact in event.data["facts"]},
            garbled.get(ident, ()),
        )
        for ident, event in composed.items()
    ]


def _way(episode: Episode, cells: dict[str, Cell], deficit: float, stories: Sequence[_Story]) -> Way:
    hops, repeated = [], 0
    for story in stories:
        hop, cell = story.hop, cells.get(story.hop.to)
        is_in_time = episode.start_s <= hop.composed_s < episode.end_s
        if cell is None or not is_in_time or not _says_so(episode, story.says.get(episode.key)):
            continue
        if cell.known_s is not None and cell.known_s <= hop.composed_s:
            repeated += 1
        else:
            hops.append(hop._replace(garbled=episode.key in story.garbled))
    in_it = {name for hop in hops for name in (hop.sender, hop.to)}
    kept = {role: cell for role, cell in cells.items() if cell.needed or role in in_it}
    return Way(episode, deficit, kept, tuple(hops), repeated)


def _says_so(episode: Episode, value: FactValue | None) -> bool:
    if episode.key.endswith("/hurt"):
        return value is not None and value != 0
    return value is not None and value == episode.value


def told_by(way: Way, role: str) -> Hop | None:
    """Return the message by which somebody came to know; None if it learned otherwise or never."""
    known_s = way.cells[role].known_s
    brought = [hop for hop in way.hops if hop.to == role and not hop.garbled and hop.at("read") == known_s]
    return brought[0] if brought and known_s is not None else None


def chain(way: Way, role: str) -> list[Hop]:
    """Return the messages by which the thing came to somebody, the first one first; empty if none brought it."""
    found: list[Hop] = []
    while role in way.cells and (hop := told_by(way, role)) is not None and hop not in found:
        found.insert(0, hop)
        role = hop.sender
    return found


def share(way: Way, role: str, by_id: dict[str, Life]) -> Share:
    """Return what the time until somebody knew was made of.

    Args:
        way: The way of the thing.
        role: Somebody who came to know it by a message.
        by_id: The lives of the messages, by id.

    Raises:
        ValueError: If no message brought it.
    """
    hops = chain(way, role)
    if not hops:
        raise ValueError(f"no message brought {way.episode.key} to {role}")
    first = way.cells.get(hops[0].sender)
    seen_s = hops[0].composed_s
    if first is not None and first.known_s is not None:
        seen_s = min(seen_s, max(first.known_s, way.episode.start_s))
    parts = [by_id[hop.id].parts_s() for hop in hops]
    known_s = way.cells[role].known_s or 0
    said_s = sum(sum(row.values()) for row in parts)
    return Share(
        seen_s - way.episode.start_s,
        known_s - seen_s - said_s,
        {part: sum(row[part] for row in parts) for part in PARTS},
        len(hops),
    )


def lives_by_id(record: RunRecord) -> dict[str, Life]:
    """Return the lives of all messages, by id."""
    return {life.id: life for life in lives(record)}
