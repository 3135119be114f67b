"""``open_loop`` 回路未闭合: the steps of the duty ticket, and the answer that a request is owed."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index
from sim.assess.wording import say

STEPS = {"followed_up": {"zh": "跟踪查询", "en": "followed up"}}
"""Steps of the ticket that no milestone scores."""


def find(index: Index) -> Iterator[Gap]:
    """Find steps of the ticket that came late, and requests that were not answered in time."""
    yield from _ticket(index)
    yield from _requests(index)


def _ticket(index: Index) -> Iterator[Gap]:
    began = [span for span in index.truth("incident/exists") if span.value is True]
    if not began:
        return
    for step, name in STEPS.items():
        done = index.first(f"ticket.{step}")
        start_s = began[0].start_s + index.rubric.gaps.open_loop
        end_s = index.end_s if done is None else done.at_s
        if end_s > start_s:
            chain = (began[0].seq,) if done is None else (began[0].seq, done.seq)
            evidence = {"zh": f"值班记录未按时{name['zh']}", "en": f"the incident was not {name['en']} in time"}
            yield Gap(
                f"open_loop/{step}",
                "open_loop",
                (index.exercise.county.desk("duty"),),
                None,
                start_s,
                end_s,
                Root.NOT_ASKED,
                chain,
                evidence,
            )


def _requests(index: Index) -> Iterator[Gap]:
    limit = index.rubric.gaps.open_loop
    for asked in index.by_kind["message.composed"]:
        if asked.data["kind"] != "request" or "asks" not in asked.data:
            continue
        replies = index.by_subject.get(f"{asked.subject}/reply>{asked.actor}", [])
        answered = next((event for event in replies if event.kind == "message.read"), None)
        start_s = asked.at_s + limit
        end_s = index.end_s if answered is None else answered.at_s
        if end_s <= start_s:
            continue
        to = asked.data["to"]
        lost = any(event.kind == "message.lost" for event in (*replies, *index.by_subject[asked.subject]))
        chain = (asked.seq, *(event.seq for event in replies))
        evidence = say(
            "{sender}向{to}的询问未按时得到答复",
            "a request of {sender} to {to} was not answered in time",
            sender=index.words.thing(asked.actor),
            to=index.words.thing(to),
        )
        root = Root.CHANNEL_LOST if lost else Root.NOT_TOLD
        yield Gap(
            f"open_loop/{asked.subject}",
            "open_loop",
            (to, asked.actor),
            (to, asked.actor),
            start_s,
            end_s,
            root,
            chain,
            evidence,
        )
