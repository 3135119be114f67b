"""``missed_notification`` 通报遗漏: people whom the gas reaches must be told what to do."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index


def find(index: Index) -> Iterator[Gap]:
    """Find places that gas reached and whose people did not hear what to do within the limit."""
    limit = index.rubric.gaps.missed_notification
    county = index.exercise.county
    for place in county.places:
        gas = [span for span in index.truth(f"{place.id}/gas") if span.value is True]
        if not place.people or not gas:
            continue
        ordered = index.first("protect.ordered", subject=place.id)
        heard = index.first("protect.heard", subject=place.id)
        start_s = gas[0].start_s + limit
        end_s = gas[-1].end_s if heard is None else min(heard.at_s, gas[-1].end_s)
        if end_s <= start_s:
            continue
        chain = tuple(event.seq for event in (ordered, heard) if event is not None)
        evidence = {
            "zh": f"毒气到达{place.name.zh}后群众未及时得到避险通知",
            "en": f"gas reached {place.name.en} and its people were not told in time what to do",
        }
        root = Root.CHANNEL_LOST if ordered is not None and ordered.at_s <= start_s else Root.DECISION
        yield Gap(
            f"missed_notification/{place.id}",
            "missed_notification",
            (county.desk("command"),),
            (county.desk("command"), county.people),
            start_s,
            end_s,
            root,
            (gas[0].seq, *chain),
            evidence,
        )
