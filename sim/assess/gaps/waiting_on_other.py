"""``waiting_on_other`` 等待空转: a task that stands still because of somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index
from sim.assess.wording import say

NEXT = ("task.assigned", "task.working", "task.done", "task.failed")


def find(index: Index) -> Iterator[Gap]:
    """Find waits that were longer than the limit."""
    limit = index.rubric.gaps.waiting_on_other
    ended: dict[tuple[str, int | None], None] = {}
    for waiting in index.by_kind["task.waiting"]:
        later = index.after(waiting, *NEXT)
        wait = (waiting.subject, None if later is None else later.seq)
        if wait in ended:
            continue  # the same wait, looked at again
        ended[wait] = None
        start_s = waiting.at_s + limit
        end_s = index.end_s if later is None else later.at_s
        if end_s <= start_s:
            continue
        on, what = waiting.data["on"], waiting.data["what"]
        units = (on, waiting.actor) if on != waiting.actor else (on,)
        link = (on, waiting.actor) if on != waiting.actor else None
        chain = (waiting.seq,) if later is None else (waiting.seq, later.seq)
        evidence = say(
            "{actor}的任务停下等待{on}：{what}",
            "a task of {actor} stood still and waited for {on}: {what}",
            actor=index.words.thing(waiting.actor),
            on=index.words.thing(on),
            what=index.words.kind(what),
        )
        root = Root.NO_UNIT if what == "unit" else Root.OTHER_UNIT
        ident = f"waiting_on_other/{waiting.subject}/{waiting.at_s}"
        yield Gap(ident, "waiting_on_other", units, link, start_s, end_s, root, chain, evidence)
