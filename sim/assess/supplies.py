"""Supplies, from the record alone: what came of each item, and how long work waited for it."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean
from typing import NamedTuple

from sim.record.events import Event
from sim.record.folder import RunRecord

GOES_ON = ("supplies.used", "task.working", "task.done", "task.failed", "task.waiting")
"""Kinds of event of a task that end its wait for supplies."""


class Wait(NamedTuple):
    """Work that stood still for want of an item, in seconds since the start."""

    task: str
    actor: str
    item: str
    place: str
    start_s: int
    end_s: int


class Delivery(NamedTuple):
    """Something that was handed over: when it was asked for and when it was there, in seconds since the start."""

    order: str
    item: str
    amount: int
    by: str
    asked_s: int
    there_s: int


def stock_outs(record: RunRecord) -> list[Wait]:
    """Return the waits for supplies, in the order in which they began; one that never ended ends with the run."""
    found: list[Wait] = []
    end_s = record.events[-1].at_s if record.events else 0
    of_task: dict[str, list[Event]] = defaultdict(list)
    for event in record.events:
        if event.kind in GOES_ON:
            of_task[event.subject].append(event)
    for event in record.events:
        if event.kind == "task.waiting" and event.data["what"] == "supplies":
            later = (one.at_s for one in of_task[event.subject] if one.seq > event.seq)
            ends = (event.at_s, next(later, end_s))
            found.append(Wait(event.subject, event.actor, event.data["item"], event.data["place"], *ends))
    return found


def deliveries(record: RunRecord) -> list[Delivery]:
    """Return what was handed over, truckload by truckload."""
    asked = {event.subject: event.at_s for event in record.events if event.kind == "supplies.asked"}
    by = {event.subject: event.data["by"] for event in record.events if event.kind == "supplies.issued"}
    found = []
    for event in record.events:
        if event.kind == "supplies.handed_over":
            order = event.subject.rpartition("@")[0]
            item, amount = event.data["item"], event.data["amount"]
            found.append(Delivery(order, item, amount, by[event.subject], asked[order], event.at_s))
    return found


def by_item(record: RunRecord) -> dict[str, dict[str, float | None]]:
    """Return, for each item that anybody asked for, used or lacked: amounts in its unit, and minutes.

    Keys are ``asked``, ``issued``, ``handed_over``, ``used`` (by work and people), ``lacking`` (what orders stayed
    short of, and people went without at first), ``stock_out_min`` and ``delivery_min`` (mean; None without any).
    """
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    columns = {
        "supplies.asked": "asked",
        "supplies.issued": "issued",
        "supplies.handed_over": "handed_over",
        "supplies.used": "used",
        "supplies.given": "used",
        "supplies.short": "lacking",
    }
    for event in record.events:
        if event.kind in columns:
            counts[event.data["item"]][columns[event.kind]] += event.data["amount"]
        if event.kind == "supplies.given" and not event.data["again"]:
            counts[event.data["item"]]["lacking"] += event.data["lacking"]
    times: dict[str, list[float]] = defaultdict(list)
    for one in deliveries(record):
        times[one.item].append((one.there_s - one.asked_s) / 60)
    for wait in stock_outs(record):
        counts[wait.item]["stock_out_min"] += (wait.end_s - wait.start_s) / 60
    keys = ("asked", "issued", "handed_over", "used", "lacking", "stock_out_min")
    return {
        item: {**{key: row[key] for key in keys}, "delivery_min": fmean(times[item]) if times[item] else None}
        for item, row in sorted(counts.items())
    }


def summary(record: RunRecord) -> dict[str, float | None]:
    """Return stock-out minutes of all work, mean delivery time in minutes, calls in vain, and yuan of requisitions."""
    waits, came = stock_outs(record), deliveries(record)
    calls = [event for event in record.events if event.kind == "supplier.called"]
    return {
        "stock_out_min": sum(wait.end_s - wait.start_s for wait in waits) / 60,
        "delivery_min": fmean((one.there_s - one.asked_s) / 60 for one in came) if came else None,
        "calls_in_vain": float(sum(not event.data["answered"] for event in calls)),
        "yuan": float(sum(event.data["yuan"] for event in record.events if event.kind == "supplies.issued")),
    }
