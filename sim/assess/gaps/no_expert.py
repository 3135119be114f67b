"""``no_expert`` 无专家支撑: technical work that begins before an expert of its field was heard."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index
from sim.assess.wording import say


def find(index: Index) -> Iterator[Gap]:
    """Find technical work without an expert's word, until it ends."""
    for working in index.by_kind["task.working"]:
        if working.data.get("expert") != "none":
            continue
        later = index.after(working, "task.done", "task.failed")
        end_s = index.end_s if later is None else later.at_s
        if end_s <= working.at_s:
            continue
        called = any(event.at_s <= working.at_s for event in index.by_kind["expert.called"])
        evidence = say(
            "{actor}未经专家研判即开展技术处置",
            "technical work of {actor} began before an expert was heard",
            actor=index.words.thing(working.actor),
        )
        root = Root.NOT_TOLD if called else Root.NOT_ASKED
        chain = (working.seq,) if later is None else (working.seq, later.seq)
        ident = f"no_expert/{working.subject}"
        yield Gap(ident, "no_expert", (working.actor,), None, working.at_s, end_s, root, chain, evidence)
