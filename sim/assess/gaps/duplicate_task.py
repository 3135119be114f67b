"""``duplicate_task`` 重复派单: what one body has ordered, another must not order again while it is being done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sim.assess.duplicates import Twice, given_twice
from sim.assess.gaps.base import By, Obligation, Root
from sim.assess.index import Index
from sim.assess.wording import say
from sim.record.events import Event

OVER = ("task.done", "task.failed")


def owed(index: Index) -> Iterator[Obligation]:
    """Yield crews that two bodies sent for the same work, from the second order until one of the two is carried out."""
    tasks: dict[str, list[Event]] = {}
    for event in index.by_kind["task.identified"]:
        tasks.setdefault(event.data["order"], []).append(event)
    for found in given_twice(index.record.events):
        again = index.record.events[found.seqs[1]]
        ends = [_last(index, tasks.get(index.record.events[seq].subject, ())) for seq in found.seqs]
        if again.data["do"] != "send" or ends[1] is None:
            continue  # it led to no work
        met = min([one for one in ends if one is not None], key=lambda event: (event.kind not in OVER, event.seq))
        met_s = max(met.at_s, again.at_s) if met.kind in OVER else None
        yield Obligation(
            f"duplicate_task/{found.what}/{found.again}",
            "duplicate_task",
            By.ACT,
            (found.again, found.first),
            (found.first, found.again),
            again.at_s,
            again.at_s,
            met_s,
            index.end_s,
            _root(index, found),
            (*found.seqs, met.seq),
            say(
                "{again}重复下达了{first}已安排的工作",
                "{again} ordered again what {first} had ordered already",
                again=index.words.thing(found.again),
                first=index.words.thing(found.first),
            ),
        )


def _last(index: Index, tasks: Iterable[Event]) -> Event | None:
    """Return the event that ended the last task of an order, the last task if none ended, or None without any."""
    return max((index.after(task, *OVER) or task for task in tasks), key=lambda event: event.seq, default=None)


def _root(index: Index, found: Twice) -> Root:
    """Return why: whoever ordered again was not told of the first order."""
    told = any(
        event.data["to"] == found.again and event.seq < found.seqs[1]
        for event in index.by_kind["message.composed"]
        if event.cause == found.seqs[0]
    )
    return Root.DECISION if told else Root.NOT_TOLD
