"""``no_expert`` 无专家支撑: technical work that begins before an expert of its field was heard.

A type of its own beside the sixteen of the catalog: nobody else's word, order or fact is missing, so that it fits none
of them, and a plan names the work for which it is owed.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import By, Obligation, Root
from sim.assess.index import Index
from sim.assess.wording import say


def owed(index: Index) -> Iterator[Obligation]:
    """Yield technical work that needs an expert's word; without it, it is owed until the work ends."""
    for working in index.by_kind["task.working"]:
        heard = working.data.get("expert")
        if heard is None:
            continue
        later = index.after(working, "task.done", "task.failed")
        called = any(event.at_s <= working.at_s for event in index.by_kind["expert.called"])
        yield Obligation(
            f"no_expert/{working.subject}",
            "no_expert",
            By.ACT,
            (working.actor,),
            None,
            working.at_s,
            working.at_s,
            working.at_s if heard != "none" else None,
            index.end_s if later is None else later.at_s,
            Root.NOT_TOLD if called else Root.NOT_ASKED,
            (working.seq,) if later is None else (working.seq, later.seq),
            say(
                "{actor}未经专家研判即开展技术处置",
                "technical work of {actor} began before an expert was heard",
                actor=index.words.thing(working.actor),
            ),
        )
