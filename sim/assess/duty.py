"""The watch (应急值守) from the record: the duty ticket, whom calls reached, and checks of who answers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from sim.record.events import Event
from sim.record.folder import RunRecord
from sim.spec.controls import DUTY_MATTER

STEPS = ("registered", "verified", "followed_up", "fed_back")
"""The four times of the ticket, in their order."""
FIRST = "officer"
"""Who picks up at the first attempt; anybody else is an escalation."""


class Call(NamedTuple):
    """One attempt to reach a person of a desk's roster.

    Attributes:
        at_s: When, in seconds since the start.
        caller: Who called.
        to: Which desk.
        who: Which person of its roster.
        channel: Over which channel.
        failed: Why nobody was reached; empty if somebody was.
    """

    at_s: int
    caller: str
    to: str
    who: str
    channel: str
    failed: str


class Check(NamedTuple):
    """One check of the watch.

    Attributes:
        to: Which desk.
        at_s: When the call was wanted.
        answered_s: When whoever took it had named the leader; None if nobody was reached.
        attempt: At which attempt; 1 is within the rings of the first call. None if nobody was reached.
        right: Whether the leader on shift was named rightly; None if nobody was reached.
    """

    to: str
    at_s: int
    answered_s: int | None
    attempt: int | None
    right: bool | None


def contact_log(events: Sequence[Event]) -> list[Call]:
    """Return every attempt to reach a person of a roster, in order; those under way when the run ended are left out."""
    to = {event.subject: event.data["to"] for event in events if event.kind == "message.composed"}
    open_calls: dict[str, Event] = {}
    found: list[tuple[int, Call]] = []
    for event in events:
        if event.kind == "message.sent" and "who" in event.data:
            open_calls[event.subject] = event
        elif event.kind in ("message.lost", "message.delivered") and event.subject in open_calls:
            sent = open_calls.pop(event.subject)
            failed = event.data.get("reason", "") if event.kind == "message.lost" else ""
            who, channel = sent.data["who"], sent.data.get("channel", "")
            found.append((sent.seq, Call(sent.at_s, sent.actor, to[event.subject], who, channel, failed)))
    return [call for _, call in sorted(found)]


def ticket(events: Sequence[Event]) -> dict[str, int | None]:
    """Return the times of the duty ticket by step, in seconds since the start; None for steps that never came."""
    at: dict[str, int | None] = dict.fromkeys(STEPS)
    for event in events:
        step = event.kind.removeprefix("ticket.")
        if event.kind.startswith("ticket.") and at[step] is None:
            at[step] = event.at_s
    return at


def checks(events: Sequence[Event]) -> list[Check]:
    """Return the checks of the watch, in order."""
    asked = [event for event in events if event.kind == "message.composed" and event.data.get("matter") == DUTY_MATTER]
    answers = {event.subject: event for event in events if event.kind == "duty.answered"}
    found = []
    for event in asked:
        answer = answers.get(event.subject)
        rest = (None, None, None) if answer is None else (answer.at_s, answer.data["attempt"], answer.data["right"])
        found.append(Check(event.data["to"], event.at_s, *rest))
    return found


def summary(record: RunRecord) -> dict[str, Any]:
    """Return the measures of the watch by name: shares from 0 to 1, times in minutes; None where there are none."""
    calls, steps, checked = contact_log(record.events), ticket(record.events), checks(record.events)
    times = [at_s for at_s in steps.values() if at_s is not None]
    between = [later - sooner for sooner, later in pairwise(times)]
    reached = [call for call in calls if not call.failed]
    unanswered = [call for call in calls if call.failed == "no_answer"]
    answered = [one for one in checked if one.attempt is not None]
    return {
        "ticket_closure": len(times) / len(STEPS),
        "ticket_step_min": median(between) / 60 if between else None,
        "ticket_open": steps["registered"] is not None and steps["fed_back"] is None,
        "calls": len(calls),
        "reached": _share(len(reached), len(calls)),
        "unanswered": len(unanswered),
        "escalated": _share(sum(call.who != FIRST for call in calls), len(calls)),
        "checks": len(checked),
        "checks_answered": _share(sum(one.attempt == 1 for one in answered), len(checked)),
        "leader_named": _share(sum(one.right is True for one in answered), len(checked)),
    }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
