"""``resource_mismatch`` 资源错配: teams come from outside, and nobody has ordered what they must be given."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index
from sim.assess.wording import say
from sim.spec.helpers import HOSTED


def find(index: Index) -> Iterator[Gap]:
    """Find places to which teams from outside were sent and nobody ordered their fuel, food and the like in time."""
    county, limit = index.exercise.county, index.rubric.gaps.resource_mismatch
    helpers = [one.id for one in county.helpers if one.kind in HOSTED]
    hosted = {unit.id: None for unit in county.units if unit.helper in helpers}
    if county.logistics is None or not hosted:
        return
    desk, seen = county.logistics.desk, dict[tuple[str, str], None]()
    for sent in index.by_kind["task.assigned"]:
        if sent.data["unit"] not in hosted:
            continue
        place = sent.data["at"]
        for upkeep in county.logistics.upkeep:
            if (place, upkeep.item) in seen:
                continue
            seen[place, upkeep.item] = None
            asked = [
                event
                for event in index.by_kind["supplies.asked"]
                if event.data["to"] == place and event.data["item"] == upkeep.item
            ]
            start_s = sent.at_s + limit
            end_s = min([index.end_s, *(event.at_s for event in asked)])
            if end_s <= start_s:
                continue
            evidence = say(
                "{unit}前往{place}，无人安排其{item}保障",
                "nobody ordered {item} for {unit}, which was sent to {place}",
                unit=index.words.thing(sent.data["unit"]),
                place=index.words.thing(place),
                item=index.words.thing(upkeep.item),
            )
            chain = (sent.seq, *(event.seq for event in asked[:1]))
            ident = f"resource_mismatch/{place}/{upkeep.item}"
            yield Gap(ident, "resource_mismatch", (desk,), None, start_s, end_s, Root.DECISION, chain, evidence)
