"""What a timeline shows, taken from the record: what each unit did, where gas was, and who decided what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sim.assess.beliefs import end_of
from sim.assess.resources import stays
from sim.assess.why import strand
from sim.record.events import Event
from sim.record.folder import RunRecord
from sim.show.names import Names


class Stretch(NamedTuple):
    """A stretch of time in one state.

    Attributes:
        state: ``ready``, ``travel``, ``waiting`` or ``work`` of a unit; otherwise what held, such as a value.
        task: Kind of task, where there is one.
    """

    state: str
    start_s: int
    end_s: int
    task: str = ""


class Mark(NamedTuple):
    """Something that an organization did at an instant."""

    at_s: int
    organization: str
    kind: str
    label: str


class Path(NamedTuple):
    """The critical path: the milestone to which it leads, and its events in order of time."""

    milestone: str
    events: tuple[Event, ...]


ENDS = ("under_control", "people_protected", "protection_ordered", "cordon_closed", "first_on_scene")
"""Milestones to whose first that was reached the critical path leads."""
_STATES = {"turnout": "ready", "travelling": "travel", "waiting": "waiting", "working": "work"}
"""States of a timeline by what a unit is at; of anything else it shows nothing."""


def unit_stretches(record: RunRecord) -> dict[str, list[Stretch]]:
    """Return what each unit did, by unit; units that did nothing are left out."""
    kinds = {event.subject: event.data["task"] for event in record.events if event.kind == "task.identified"}
    shown = {
        unit: [
            Stretch(_STATES[stay.status], stay.start_s, stay.end_s, kinds.get(stay.task, ""))
            for stay in own
            if stay.status in _STATES
        ]
        for unit, own in stays(record).items()
    }
    return {unit: _joined(shown[unit]) for unit in sorted(shown) if shown[unit]}


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for one in stretches:
        last = joined[-1] if joined else None
        if last and (last.state, last.task, last.end_s) == (one.state, one.task, one.start_s):
            joined[-1] = last._replace(end_s=one.end_s)
        else:
            joined.append(one)
    return joined


def hurt_crews(record: RunRecord) -> list[tuple[str, int]]:
    """Return unit and time of each crew that was hurt."""
    return [(event.subject, event.at_s) for event in record.events if event.kind == "unit.hurt"]


def fact_stretches(record: RunRecord, key: str) -> list[Stretch]:
    """Return the values that a fact truly had, one after another; the state is the value as text."""
    changes = [(e.at_s, str(e.data["value"])) for e in record.events if e.kind == "truth.changed" and e.subject == key]
    if not changes:
        return []
    ends = [at for at, _ in changes[1:]] + [end_of(record)]
    return [Stretch(value, at, end) for (at, value), end in zip(changes, ends, strict=True) if end > at]


def between(record: RunRecord, start: str, stop: str, subject: str) -> list[Stretch]:
    """Return the stretches from events of one kind to events of another with the same subject."""
    since: int | None = None
    found = []
    for event in record.events:
        if event.subject != subject:
            continue
        if event.kind == start and since is None:
            since = event.at_s
        elif event.kind == stop and since is not None:
            found.append(Stretch("on", since, event.at_s))
            since = None
    if since is not None:
        found.append(Stretch("on", since, end_of(record)))
    return [one for one in found if one.end_s > one.start_s]


def message_times(record: RunRecord, organization: str) -> tuple[list[int], list[int]]:
    """Return when an organization sent messages, and when it had read some."""
    sent = [e.at_s for e in record.events if e.kind == "message.composed" and e.actor == organization]
    read = [e.at_s for e in record.events if e.kind == "message.read" and e.actor == organization]
    return sent, read


def critical_path(record: RunRecord, milestones: Sequence[Mapping[str, Any]]) -> Path:
    """Return the chain of causes to the end of the danger, or where it did not end, to people being protected.

    Args:
        record: The run.
        milestones: Those of its score card.
    """
    reached = [row for row in milestones if row["at_s"] is not None and row.get("event") is not None]
    for ident in ENDS:
        for row in reached:
            if row["id"] == ident:
                chain = strand("cause", record.events, record.events[row["event"]])
                return Path(ident, tuple(step.event for step in chain.steps))
    return Path("", ())


def marks(record: RunRecord, names: Names) -> list[Mark]:
    """Return decisions and actions of all organizations, in order of time."""
    found = []
    for event in record.events:
        label = _LABELS[event.kind](event, names) if event.kind in _LABELS else ""
        if label:
            kind = "decision" if event.kind == "question.answered" else "action"
            found.append(Mark(event.at_s, event.actor, kind, label))
    return found


def _answer(event: Event, names: Names) -> str:
    choice = event.data.get("choice") or ""
    return names.options(event.subject).get(choice, choice) if choice else names.word("no_answer")


def _protect(event: Event, names: Names) -> str:
    return names.word(f"act_protect_{event.data['by']}", place=names.thing(event.data["place"]))


_LABELS: dict[str, Callable[[Event, Names], str]] = {
    "question.answered": _answer,
    "protect.ordered": _protect,
    "level.activated": lambda event, names: names.word("act_level", level=event.data["level"]),
    "grade.judged": lambda event, names: names.word("act_grade", grade=event.data["grade"]),
    "post.set_up": lambda _, names: names.word("act_post"),
    "release.published": lambda event, names: names.word(f"act_{event.data['tone']}"),
    "report.made": lambda event, names: names.word(f"act_report_{event.data['by']}", to=names.thing(event.data["to"])),
    "report.withheld": lambda _, names: names.word("act_withheld"),
}
