"""``resource_mismatch`` 资源错配: teams come from outside, and nobody has ordered what they must be given."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import By, Obligation, Root
from sim.assess.index import Index
from sim.assess.wording import say
from sim.record.events import Event
from sim.spec.helpers import HOSTED


def owed(index: Index) -> Iterator[Obligation]:
    """Yield what must be ordered for the places to which teams from outside are sent: their fuel, food and the like."""
    county, limit = index.exercise.county, index.rubric.gaps.resource_mismatch
    helpers = [one.id for one in county.helpers if one.kind in HOSTED]
    hosted = {unit.id: None for unit in county.units if unit.helper in helpers}
    if county.logistics is None or not hosted:
        return
    asked: dict[tuple[str, str], Event] = {}
    for event in index.by_kind["supplies.asked"]:
        asked.setdefault((event.data["to"], event.data["item"]), event)
    first: dict[str, Event] = {}
    for sent in index.by_kind["task.assigned"]:
        if sent.data["unit"] in hosted:
            first.setdefault(sent.data["at"], sent)
    for place, sent in first.items():
        for upkeep in county.logistics.upkeep:
            order = asked.get((place, upkeep.item))
            yield Obligation(
                f"resource_mismatch/{place}/{upkeep.item}",
                "resource_mismatch",
                By.ACT,
                (county.logistics.desk,),
                None,
                sent.at_s,
                sent.at_s + limit,
                None if order is None else order.at_s,
                index.end_s,
                Root.DECISION,
                (sent.seq,) if order is None else (sent.seq, order.seq),
                say(
                    "{unit}前往{place}，无人安排其{item}保障",
                    "nobody ordered {item} for {unit}, which was sent to {place}",
                    unit=index.words.thing(sent.data["unit"]),
                    place=index.words.thing(place),
                    item=index.words.thing(upkeep.item),
                ),
            )
