"""Who knew what, and when: each fact that became true against what every organization held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.record.folder import RunRecord
from sim.record.picture import Held, Picture
from sim.spec.base import FactValue
from sim.spec.plan import FactKind


class Episode(NamedTuple):
    """A stretch of time in which a fact truly had a value that matters.

    Attributes:
        key: The fact.
        value: What was so; True for counts, which say that there was somebody at all.
        start_s: Since when, in seconds since the start.
        end_s: Until when.
        kind: The plan's row: who needs to know it, and within how long.
    """

    key: str
    value: FactValue
    start_s: int
    end_s: int
    kind: FactKind


class Cell(NamedTuple):
    """What one organization knew of one episode.

    Attributes:
        needed: Whether the plan says that it must know.
        known_s: When it first held the true value; None if it never did while that mattered.
        delay_s: How long after the fact became true.
        false_s: How long it held another value while this one was true.
        state: in_time, late, very_late, never, open, optional or blank.
    """

    needed: bool
    known_s: int | None
    delay_s: int
    false_s: int
    state: str


def _kind_of(record: RunRecord, key: str) -> FactKind | None:
    kinds = {kind.key: kind for kind in record.exercise.plan.facts}
    return kinds.get(key) or kinds.get("place/" + key.partition("/")[2])


def truths(record: RunRecord) -> dict[str, list[tuple[int, FactValue]]]:
    """Return what was truly so, by fact: time and value of each change, in order."""
    found: dict[str, list[tuple[int, FactValue]]] = {}
    for event in record.events:
        if event.kind == "truth.changed":
            found.setdefault(event.subject, []).append((event.at_s, event.data["value"]))
    return found


def episodes(record: RunRecord) -> list[Episode]:
    """Return the rows of the figure: in the order of the plan, then of time."""
    busy = {place.id for place in record.exercise.county.places if place.kind != "junction"}
    end, rows = end_of(record), []
    order = {kind.key: number for number, kind in enumerate(record.exercise.plan.facts)}
    for key, changes in truths(record).items():
        kind = _kind_of(record, key)
        if (
            kind is None
            or not kind.need_to_know
            or (kind.key.startswith("place/") and key.partition("/")[0] not in busy)
        ):
            continue
        if key.endswith("/hurt"):
            changes = [(changes[0][0], True)]
        stops = [at for at, _ in changes[1:]] + [end]
        for (at_s, value), stop in zip(changes, stops, strict=True):
            if value is not False and stop > at_s:
                rows.append(Episode(key, value, at_s, stop, kind))
    return sorted(rows, key=lambda row: (order[row.kind.key], row.start_s, row.key))


def end_of(record: RunRecord) -> int:
    """Return when the exercise ended, in seconds since the start."""
    ended = [event.at_s for event in record.events if event.kind == "run.ended"]
    return ended[-1] if ended else record.exercise.scenario.duration


def holdings(record: RunRecord, roles: Sequence[str]) -> dict[tuple[str, str], list[tuple[int, FactValue]]]:
    """Return what organizations held, by organization and fact: time and value of each change."""
    pictures = {role: Picture() for role in roles}
    found: dict[tuple[str, str], list[tuple[int, FactValue]]] = {}
    for event in record.events:
        picture = pictures.get(event.actor)
        if event.kind != "fact.learned" or picture is None:
            continue
        data = event.data
        picture.learn(event.subject, Held(data["value"], data["as_of_s"], data["source"], event.at_s, data["verified"]))
        row = found.setdefault((event.actor, event.subject), [])
        value = picture.value(event.subject)
        if value is not None and (not row or row[-1][1] != value):
            row.append((event.at_s, value))
    return found


def cell(episode: Episode, seat: str, held: list[tuple[int, FactValue]], end_s: int) -> Cell:
    """Return what one organization knew of one episode.

    Args:
        episode: The episode.
        seat: The organization.
        held: What it held of the fact, from :func:`holdings`.
        end_s: When the exercise ended.
    """
    needed = seat in episode.kind.need_to_know
    known_s, false_s = None, 0
    is_count = episode.key.endswith("/hurt")
    for number, (since, value) in enumerate(held):
        until = held[number + 1][0] if number + 1 < len(held) else end_s
        start, stop = max(since, episode.start_s), min(until, episode.end_s)
        if stop <= start:
            continue
        if value == episode.value or (is_count and value != 0):
            known_s = since if known_s is None else known_s
        elif not is_count:
            false_s += stop - start
    delay_s = 0 if known_s is None else max(0, known_s - episode.start_s)
    return Cell(needed, known_s, delay_s, false_s, _state(episode, needed, known_s, delay_s, end_s))


def _state(episode: Episode, needed: bool, known_s: int | None, delay_s: int, end_s: int) -> str:
    within = episode.kind.within
    if not needed:
        return "blank" if known_s is None else "optional"
    if known_s is None:
        return "open" if min(end_s, episode.end_s) - episode.start_s <= within else "never"
    if delay_s <= within:
        return "in_time"
    return "late" if delay_s <= 2 * within else "very_late"


def table(record: RunRecord, roles: Sequence[str]) -> list[tuple[Episode, dict[str, Cell]]]:
    """Return all episodes with what each of some organizations knew of them."""
    held, end = holdings(record, roles), end_of(record)
    return [
        (row, {role: cell(row, role, held.get((role, row.key), []), end) for role in roles}) for row in episodes(record)
    ]
