"""Warnings, measured: how long before the onset they came, who acted on them, who confirmed, and whom they reached.

All of it is computed from the record. Times are seconds since the start.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.record.events import Event
from sim.record.folder import RunRecord
from sim.spec.base import FactValue

ISSUES = ("monitor.alarmed", "warning.issued")
"""Events that warn organizations."""
ACTS = (
    "message.acted",
    "plan.triggered",
    "order.given",
    "question.answered",
    "protect.ordered",
    "level.activated",
    "grade.judged",
)
"""Events by which somebody acts on what he has learned."""
PASSES_ON = ("message.", "fact.", "platform.", "officer.", "question.opened")
"""Beginnings of the kinds of events by which a warning comes to whoever acts on it."""


class Issued(NamedTuple):
    """A warning to organizations: the alarm of a monitor, or a weather warning.

    Attributes:
        by: The monitor, or ``warning/color``.
        at_s: When.
        fact: What it is about.
        value: What it says.
        false: Whether it was a false alarm.
        lead_s: Onset minus warning: how long before the onset it came, negative if after it; None without an onset.
        acted_s: When somebody first acted on it, or None.
    """

    by: str
    at_s: int
    fact: str
    value: FactValue
    false: bool
    lead_s: int | None
    acted_s: int | None


class Watched(NamedTuple):
    """What became of one monitor.

    Attributes:
        monitor: Its id.
        alarms: True alarms.
        false: False alarms.
        missed: How often its value was reached and it did not notice.
        blind_s: How long it showed nothing for want of power or network.
    """

    monitor: str
    alarms: int
    false: int
    missed: int
    blind_s: int


class Summary(NamedTuple):
    """The warnings of a run in a few numbers.

    Attributes:
        issued: Warnings to organizations, false ones included.
        acted: Those on which somebody acted.
        false: Those that were false.
        lead_s: Lead of the first that was not false; None if there was none, or no onset.
        cells: Cells of which somebody responsible was to be called.
        confirmed: Those that confirmed.
        reached: People whom warnings reached.
        addressed: People of the places that were warned.
    """

    issued: int
    acted: int
    false: int
    lead_s: int | None
    cells: int
    confirmed: int
    reached: int
    addressed: int


def onset_s(record: RunRecord, fact: str) -> int | None:
    """Return when something that was warned of began: when a fact first truly held; None if it never did."""
    for event in record.events:
        if event.kind == "truth.changed" and event.subject == fact and event.data["value"] is not False:
            return event.at_s
    return None


def issued(record: RunRecord, onset: str) -> list[Issued]:
    """Return the warnings to organizations, in their order; a warning that is lifted is none.

    Args:
        record: The record.
        onset: Key of the fact that is warned of, such as that of the incident.
    """
    began_s = onset_s(record, onset)
    rows = []
    for event in record.events:
        color = event.data.get("color")
        if event.kind not in ISSUES or color == "none":
            continue
        rows.append(
            Issued(
                event.subject,
                event.at_s,
                event.data.get("fact", event.subject),
                event.data["value"] if color is None else color,
                bool(event.data.get("false", False)),
                None if began_s is None else began_s - event.at_s,
                _acted_s(record.events, event),
            )
        )
    return rows


def _acted_s(events: Sequence[Event], warning: Event) -> int | None:
    """Return when somebody first acted on a warning: an act that goes back to it by messages and pictures alone."""
    carriers = {warning.seq}
    for event in events[warning.seq + 1 :]:
        if event.kind in ACTS and (event.cause in carriers or not carriers.isdisjoint(event.also)):
            return event.at_s
        if event.cause in carriers and event.kind.startswith(PASSES_ON):  # what only waited for it learned nothing
            carriers.add(event.seq)
    return None


def watched(record: RunRecord) -> list[Watched]:
    """Return what became of the monitors of which there is anything to say, in the order of the county file."""
    end_s = record.events[-1].at_s if record.events else 0
    counts: dict[str, dict[str, int]] = {}
    since: dict[str, int] = {}
    for event in record.events:
        if not event.kind.startswith("monitor."):
            continue
        row = counts.setdefault(event.subject, {"alarms": 0, "false": 0, "missed": 0, "blind_s": 0})
        if event.kind == "monitor.alarmed":
            row["false" if event.data["false"] else "alarms"] += 1
        elif event.kind == "monitor.missed":
            row["missed"] += 1
        elif event.kind == "monitor.blind":
            since[event.subject] = event.at_s
        elif event.kind == "monitor.back":
            row["blind_s"] += event.at_s - since.pop(event.subject)
    for ident, at_s in since.items():
        counts[ident]["blind_s"] += end_s - at_s
    return [Watched(one.id, **counts[one.id]) for one in record.exercise.county.monitors if one.id in counts]


def confirmed_share(record: RunRecord, within_s: int) -> float | None:
    """Return the share of the cells to be called that confirmed so soon after the order; None without a call-out.

    Args:
        record: The record.
        within_s: How soon, in seconds.
    """
    events = record.events
    ordered_s = {event.seq: _at_s(events, event) for event in events if event.kind == "callout.begun"}
    cells: int = sum(events[seq].data["cells"] for seq in ordered_s)
    if not cells:
        return None
    in_time = 0
    for event in events:
        if event.kind == "callout.confirmed":
            seq = event.cause
            while seq is not None and seq not in ordered_s:
                seq = events[seq].cause
            in_time += seq is not None and event.at_s - ordered_s[seq] <= within_s
    return in_time / cells


def _at_s(events: Sequence[Event], begun: Event) -> int:
    """Return when a call-out was ordered."""
    return begun.at_s if begun.cause is None else events[begun.cause].at_s


def reached(record: RunRecord) -> dict[str, tuple[int, int]]:
    """Return, by place, how many people warnings reached, and of how many."""
    found: dict[str, tuple[int, int]] = {}
    for event in record.events:
        if event.kind == "warning.reached":
            found[event.subject] = found.get(event.subject, (0, 0))[0] + event.data["people"], event.data["of"]
    return found


def summary(record: RunRecord, onset: str) -> Summary:
    """Return the warnings of a run in a few numbers.

    Args:
        record: The record.
        onset: Key of the fact that is warned of.
    """
    rows = issued(record, onset)
    leads = [row.lead_s for row in rows if not row.false and row.lead_s is not None]
    confirmed = [event for event in record.events if event.kind == "callout.confirmed"]
    people = reached(record)
    return Summary(
        len(rows),
        sum(row.acted_s is not None for row in rows),
        sum(row.false for row in rows),
        leads[0] if leads else None,
        sum(event.data["cells"] for event in record.events if event.kind == "callout.begun"),
        len(confirmed),
        sum(told for told, _ in people.values()),
        sum(of for _, of in people.values()),
    )
