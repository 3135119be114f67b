"""Supplies, from the record alone: what came of each item, how long work waited for it, and the balance."""

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


class Balance(NamedTuple):
    """What became of all that there was, by item.

    Attributes:
        start: What was counted at the beginning, and what was made since.
        held: What is left, wherever it is: at places, with suppliers, on board, set aside, on the way.
        gone: What was used up, given to people, or lost.
        least: The least that anybody ever held of it; below 0 it would have come out of nothing.
    """

    start: dict[str, int]
    held: dict[str, int]
    gone: dict[str, int]
    least: dict[str, int]


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


def balance(record: RunRecord) -> Balance:
    """Return what became of all supplies, by taking every move of the record where it says that it was taken."""
    held: dict[tuple[str, str], int] = defaultdict(int)
    start, gone, least = defaultdict(int), defaultdict(int), defaultdict(int)  # type: ignore[var-annotated]
    for event in record.events:
        if event.kind == "supplies.counted":
            for where, items in event.data["held"].items():
                for item, amount in items.items():
                    held[where, item] += amount
                    start[item] += amount
        for origin, end, amount in _moves(event):
            item = event.data["item"]
            if origin:
                held[origin, item] -= amount
                least[item] = min(least[item], held[origin, item])
            else:
                start[item] += amount
            if end:
                held[end, item] += amount
            else:
                gone[item] += amount
    left: dict[str, int] = defaultdict(int)
    for (_, item), amount in held.items():
        left[item] += amount
    return Balance(dict(start), dict(left), dict(gone), dict(least))


def _moves(event: Event) -> list[tuple[str, str, int]]:
    """Return from whom to whom an event moves how much; empty where it is made, used up or lost."""
    data = event.data
    match event.kind:
        case "supplies.issued":
            return [(data["source"], event.subject, data["amount"])]
        case "supplies.made":
            return [("", event.subject, data["amount"])]
        case "supplies.loaded":
            return [(event.subject, data["unit"], data["amount"])]
        case "supplies.handed_over":
            return [(data["unit"], data["place"], data["amount"])]
        case "supplies.lost":
            return [(data["unit"], "", data["amount"])]
        case "supplies.refilled":
            return [(data["place"], data["unit"], data["amount"])]
        case "supplies.used":
            return [(data["unit"], "", data["board"]), (data["place"], "", data["amount"] - data["board"])]
        case "supplies.given":
            return [(data["place"], "", data["amount"])]
    return []
