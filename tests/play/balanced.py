"""What became of all supplies of a run, by every move that its record holds."""

from collections import defaultdict
from typing import NamedTuple

from sim.record.events import Event
from sim.record.folder import RunRecord


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


def balance(record: RunRecord) -> Balance:
    """Return what became of all supplies, by taking every move of the record where it says that it was taken."""
    held: dict[tuple[str, str], int] = defaultdict(int)
    start, gone, least = defaultdict(int), defaultdict(int), defaultdict(int)
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
