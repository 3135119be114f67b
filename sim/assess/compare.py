"""Two runs side by side: the first event in which they differ, and what that did to the scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import fsum
from typing import Any, NamedTuple

from sim.assess.loss import PARTS
from sim.record.events import Event
from sim.record.folder import RunRecord


class Difference(NamedTuple):
    """The first event in which two runs differ, and the names of the fields that differ."""

    seq: int
    recorded: Event | None
    again: Event | None
    fields: tuple[str, ...]


class Line(NamedTuple):
    """One quantity of two runs.

    Attributes:
        group: ``score`` (points), ``loss`` (equivalents of one death), ``gaps`` or ``milestone`` (minutes).
        name: Id of the quantity within its group.
        first: Its value in the first run; None where there is none, such as a milestone that was never reached.
        second: Its value in the second run.
    """

    group: str
    name: str
    first: float | None
    second: float | None

    @property
    def change(self) -> float | None:
        """The second value minus the first; None where one is missing."""
        return None if self.first is None or self.second is None else round(self.second - self.first, 6)


class Comparison(NamedTuple):
    """Two runs side by side.

    Attributes:
        difference: The first event in which they differ; None if all events are equal.
        files: Kinds of specification file that differ.
        lines: Scores, parts of the loss, gaps and milestones.
        closed: Gaps of the first run that the second does not have, as ``score.json`` has them.
        opened: Gaps of the second run that the first does not have.
    """

    difference: Difference | None
    files: tuple[str, ...]
    lines: tuple[Line, ...]
    closed: tuple[dict[str, Any], ...]
    opened: tuple[dict[str, Any], ...]


def compare(first: RunRecord, first_card: Mapping[str, Any], second: RunRecord, card: Mapping[str, Any]) -> Comparison:
    """Compare two runs.

    Args:
        first: The run that counts as before.
        first_card: Its score card.
        second: The other run.
        card: Its score card; scored by the same rubric and against yardsticks as the first, or neither.
    """
    before, after = _by_id(first_card["gaps"]), _by_id(card["gaps"])
    files = (first.exercise.digests, second.exercise.digests)
    return Comparison(
        first_difference(first.events, second.events),
        tuple(kind for kind in {**files[0], **files[1]} if files[0].get(kind) != files[1].get(kind)),
        tuple(_lines(first_card, card)),
        tuple(gap for ident, gap in before.items() if ident not in after),
        tuple(gap for ident, gap in after.items() if ident not in before),
    )


def first_difference(recorded: list[Event], again: list[Event]) -> Difference | None:
    """Return the first difference of two lists of events, or None if they are equal."""
    for left, right in zip(recorded, again, strict=False):
        if left != right:
            names = tuple(name for name, a, b in zip(Event._fields, left, right, strict=True) if a != b)
            return Difference(left.seq, left, right, names)
    if len(recorded) == len(again):
        return None
    at = min(len(recorded), len(again))
    left_over = recorded[at] if at < len(recorded) else None
    return Difference(at, left_over, again[at] if at < len(again) else None, ("length",))


def changed_fields(difference: Difference) -> list[tuple[str, Any, Any]]:
    """Return name and both values of every field in which two events differ, with the fields of ``data`` by name.

    The numbers of events (``seq``, ``cause``, ``also``) are left out unless nothing else differs.
    """
    left, right = difference.recorded, difference.again
    if left is None or right is None:
        return []
    names = [name for name in difference.fields if name not in ("data", "cause", "also", "seq")]
    found = [(name, getattr(left, name), getattr(right, name)) for name in names]
    if left.kind == right.kind:
        keys = [key for key in {**left.data, **right.data} if left.data.get(key) != right.data.get(key)]
        found += [(key, left.data.get(key), right.data.get(key)) for key in keys]
    return found or [(name, getattr(left, name), getattr(right, name)) for name in difference.fields]


def _by_id(gaps: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {gap["id"]: gap for gap in gaps}


def _lines(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[Line]:
    for name in ("total", "response_speed", "coordination"):
        yield Line("score", name, first[name], second[name])
    yield Line("loss", "all", first["harm"]["actual"], second["harm"]["actual"])
    before, after = first["harm"]["parts"]["actual"], second["harm"]["parts"]["actual"]
    for part in PARTS:
        yield Line("loss", part, before[part], after[part])
    yield Line("gaps", "count", len(first["gaps"]), len(second["gaps"]))
    minutes = [round(fsum(gap["minutes"] for gap in card["gaps"]), 1) for card in (first, second)]
    yield Line("gaps", "minutes", *minutes)
    times = [{row["id"]: row["at_s"] for row in card["milestones"]} for card in (first, second)]
    for ident in {**times[0], **times[1]}:
        yield Line("milestone", ident, _minutes(times[0].get(ident)), _minutes(times[1].get(ident)))


def _minutes(at_s: int | None) -> float | None:
    return None if at_s is None else round(at_s / 60, 2)
