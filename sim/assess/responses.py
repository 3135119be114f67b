"""How long each response took, and on what: detection, answering, processing, notification, turnout, travel and so on.

A response is a task of a department's crew, from what first showed that something is wrong until the work is done. Its
parts are the steps of its critical path: the events from its end back along the binding predecessor of each. Every step
belongs to one part, so that the parts add up to the total exactly. Names of the parts: NFPA 1710 and county duty rules;
waiting (for a free crew, for another body) is a part of its own. Work that has not ended when the run does is censored,
never dropped: its last part is still running.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from sim.assess.index import Index
from sim.record.events import Event

PARTS = (
    "detection",
    "answering",
    "processing",
    "notification",
    "turnout",
    "travel",
    "set_up",
    "waiting",
    "on_scene",
)
"""Parts of a response, in the order in which they first come."""
_ENDS = ("task.done", "task.failed")
_STEPS = {
    "task.identified": "processing",
    "task.assigned": "waiting",
    "unit.left": "turnout",
    "unit.arrived": "travel",
    "task.waiting": "set_up",
    "task.working": "set_up",
    "unit.resting": "on_scene",
    "unit.rested": "waiting",
}
"""The part that ends with an event of a kind, once the department has its task."""
_AFTER = {
    "task.identified": "waiting",
    "task.assigned": "turnout",
    "unit.left": "travel",
    "unit.arrived": "set_up",
    "task.waiting": "waiting",
    "unit.resting": "waiting",
}
"""The part that runs after an event of a kind; after any other, the work on the scene."""


class Response(NamedTuple):
    """A response and its parts.

    Attributes:
        task: Id of the task.
        kind: What work it is.
        department: Whose.
        unit: The crew that had it last; empty where none was free.
        at: Place.
        start_s: When what made it necessary began to be seen, in seconds since the start.
        end_s: When the work was done, or the run ended.
        censored: Whether it was still going on then.
        parts: Seconds by part; they add up to the total.
        chain: Numbers of the events of its critical path.
    """

    task: str
    kind: str
    department: str
    unit: str
    at: str
    start_s: int
    end_s: int
    censored: bool
    parts: dict[str, int]
    chain: tuple[int, ...]

    def row(self) -> dict[str, Any]:
        """Return the response as ``score.json`` has it."""
        return {**self._asdict(), "total_s": self.end_s - self.start_s, "chain": list(self.chain)}


def responses(index: Index) -> list[Response]:
    """Return the responses of all departments, in the order in which their tasks arose."""
    departments = {unit.department: None for unit in index.exercise.county.units}
    return [_of(index, task) for task in index.by_kind["task.identified"] if task.actor in departments]


def summary(found: Sequence[Response]) -> list[dict[str, Any]]:
    """Return, for all departments and for each, number, median and 90th percentile of the total and of each part.

    Percentiles are over responses that ended; those that had not are counted as censored.
    """
    groups = {"all": list(found)}
    for response in found:
        groups.setdefault(response.department, []).append(response)
    rows = []
    for name, group in groups.items():
        ended = [one for one in group if not one.censored]
        series = {"total": [one.end_s - one.start_s for one in ended]}
        series.update({part: [one.parts[part] for one in ended] for part in PARTS})
        rows.append(
            {
                "department": name,
                "responses": len(group),
                "censored": len(group) - len(ended),
                "median_s": {part: percentile(values, 50) for part, values in series.items()},
                "p90_s": {part: percentile(values, 90) for part, values in series.items()},
            }
        )
    return rows


def percentile(values: Sequence[int], percent: int) -> int | None:
    """Return the smallest value that at least so many percent of the values do not exceed; None without values."""
    ranked = sorted(values)
    return ranked[max(0, -(-len(ranked) * percent // 100) - 1)] if ranked else None


def _of(index: Index, task: Event) -> Response:
    last, unit = task, ""
    for event in index.life(task):
        unit = event.data.get("unit", unit)
        if event.kind in _ENDS or last.kind not in _ENDS:
            last = event
    last = _furthest(index, last, unit)
    censored = last.kind not in _ENDS
    path = _path(index, last)
    end_s = index.end_s if censored else last.at_s
    parts = dict.fromkeys(PARTS, 0)
    for part, before, event in steps(path):
        parts[part] += event.at_s - before.at_s
    if censored:
        parts[_AFTER.get(last.kind, "on_scene")] += end_s - last.at_s
    kind, at = task.data["task"], task.data["at"]
    chain = tuple(event.seq for event in path)
    return Response(task.subject, kind, task.actor, unit, at, path[0].at_s, end_s, censored, parts, chain)


def _furthest(index: Index, last: Event, unit: str) -> Event:
    """Return how far a crew came with a task that it was given and that goes on: on its way, or on the scene."""
    if last.kind != "task.assigned":
        return last
    moves = [one for one in index.by_subject.get(unit, ()) if one.data.get("task") == last.subject]
    return max([last, *moves], key=lambda event: event.seq)


def _path(index: Index, last: Event) -> list[Event]:
    """Return the critical path to an event, from the last change of the world that it rests on, which nobody made."""
    path = [last]
    while path[-1].cause is not None:
        path.append(index.record.events[path[-1].cause])
    path.reverse()
    done = next((number for number, event in enumerate(path) if event.actor), len(path) - 1)
    first = max(0, done - 1)
    return path[first + (path[first].seq == 0 and len(path) > 1) :]  # that the run begins changes nothing


def steps(path: Sequence[Event]) -> Iterator[tuple[str, Event, Event]]:
    """Yield the steps of a critical path: the part to which each belongs, and the events between which it lies.

    Once a crew works on the scene, everything is part of that but waiting.
    """
    tasks = [number for number, event in enumerate(path) if event.kind == "task.identified"]
    given = tasks[-1] if tasks else len(path)
    heard = works = False
    for number, (before, event) in enumerate(pairwise(path)):
        if number >= given and before.kind in ("task.waiting", "unit.resting"):
            part = "waiting"
        elif number >= given:
            part = "on_scene" if works else _STEPS.get(event.kind, "on_scene")
        else:
            part = _before_task(event, heard=heard)
        yield part, before, event
        heard = heard or event.kind == "message.read"
        works = works or (number >= given and event.kind == "task.working")


def _before_task(event: Event, *, heard: bool) -> str:
    if event.kind.startswith("message.") and event.kind != "message.composed":
        return "notification" if heard else "answering"
    return "processing" if heard else "detection"
