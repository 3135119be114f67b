"""``command_gap`` 接力断档: from soon after a hazard has begun until the response ends, somebody must lead."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.command import unled
from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index
from sim.assess.wording import say


def find(index: Index) -> Iterator[Gap]:
    """Find times without a leader that were longer than the limit."""
    command = index.exercise.county.desk("command")
    begun = index.first("hazard.started")
    if begun is None:
        return
    for number, (start_s, end_s) in enumerate(unled(index.record.events), 1):
        if end_s - start_s <= index.rubric.gaps.command_gap:
            continue
        taken = next((event for event in index.by_kind["command.taken"] if event.at_s == end_s), None)
        knew = any(span.start_s <= end_s for span in index.held(command, "incident/exists"))
        chain = (begun.seq,) if taken is None else (begun.seq, taken.seq)
        evidence = say("险情发生后无人指挥", "nobody led the response")
        yield Gap(
            f"command_gap/{number}",
            "command_gap",
            (command,),
            None,
            start_s + index.rubric.gaps.command_gap,
            end_s,
            Root.DECISION if knew else Root.NOT_TOLD,
            chain,
            evidence,
        )
