"""``missed_notification`` 通报遗漏: people whom danger reaches must be told what to do."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index


def find(index: Index) -> Iterator[Gap]:
    """Find places that danger reached and whose people did not hear what to do within the limit."""
    limit = index.rubric.gaps.missed_notification
    county = index.exercise.county
    for place in county.places:
        danger = [span for span in index.truth(f"{place.id}/danger") if span.value is True]
        if not index.exercise.present[place.id] or not danger:
            continue
        ordered = index.first("protect.ordered", subject=place.id)
        heard = index.first("protect.heard", subject=place.id)
        start_s = danger[0].start_s + limit
        end_s = danger[-1].end_s if heard is None else min(heard.at_s, danger[-1].end_s)
        if end_s <= start_s:
            continue
        chain = tuple(event.seq for event in (ordered, heard) if event is not None)
        evidence = {
            "zh": f"危险到达{place.name.zh}后群众未及时得到避险通知",
            "en": f"danger reached {place.name.en} and its people were not told in time what to do",
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
            (danger[0].seq, *chain),
            evidence,
        )
