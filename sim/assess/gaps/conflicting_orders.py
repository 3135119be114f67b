"""``conflicting_orders`` 多头指挥: the people of a place must have one order, not two that say different things."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.command import conflicts
from sim.assess.gaps.base import By, Obligation, Root
from sim.assess.index import Index
from sim.assess.wording import say


def owed(index: Index) -> Iterator[Obligation]:
    """Yield orders of two bodies that contradict each other; each lasts until one order stands alone."""
    for found in conflicts(index.record.events):
        one, other = found.issuers
        evidence = say(
            "{one}和{other}对{place}群众下达了相互矛盾的命令",
            "{one} and {other} gave the people of {place} orders that contradict each other",
            one=index.words.thing(one),
            other=index.words.thing(other),
            place=index.words.thing(found.place),
        )
        yield Obligation(
            f"conflicting_orders/{found.place}/{other}",
            "conflicting_orders",
            By.ACT,
            (other, one),
            (other, one),
            found.start_s,
            found.start_s,
            found.end_s if found.end_s < index.end_s else None,
            index.end_s,
            Root.DECISION,
            found.seqs,
            evidence,
        )
