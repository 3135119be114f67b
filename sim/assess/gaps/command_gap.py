"""``command_gap`` 接力断档: from soon after a hazard has begun until the response ends, somebody must lead."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.command import unled
from sim.assess.gaps.base import COORDINATION, NOWHERE, By, Obligation, Root
from sim.assess.index import Index
from sim.assess.wording import say


def owed(index: Index) -> Iterator[Obligation]:
    """Yield the duty to take the lead: once when a hazard begins, and again whenever whoever led can lead no more.

    Where a body took it that no person plays, it earns nobody anything.
    """
    limit, command = index.rubric.gaps.command_gap, index.exercise.county.desk("command")
    begun = index.first("hazard.started")
    if begun is None:
        return
    ended = index.first("response.ended")
    until_s = index.end_s if ended is None else ended.at_s
    times = unled(index.record.events)
    if not times or times[0][0] > begun.at_s:
        times = [(begun.at_s, begun.at_s), *times]  # somebody led from the first second on
    for number, (start_s, end_s) in enumerate(times, 1):
        taken = next((event for event in index.by_kind["command.taken"] if event.at_s == end_s), None)
        knew = any(span.start_s <= end_s for span in index.held(command, "incident/exists"))
        yield Obligation(
            f"command_gap/{number}",
            "command_gap",
            By.TRUTH if number == 1 else By.ACT,
            (command,),
            None,
            start_s,
            start_s + limit,
            None if taken is None and end_s == until_s else end_s,
            until_s,
            Root.DECISION if knew else Root.NOT_TOLD,
            (begun.seq,) if taken is None else (begun.seq, taken.seq),
            say("险情发生后无人指挥", "nobody led the response"),
            dimension=NOWHERE if taken is not None and taken.actor not in index.seats else COORDINATION,
        )
