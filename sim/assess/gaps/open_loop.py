"""``open_loop`` 回路未闭合: the steps of the duty ticket, and the answer that a request is owed."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import COORDINATION, NOWHERE, By, Obligation, Root
from sim.assess.gaps.unacknowledged import is_asked_for
from sim.assess.index import Index
from sim.assess.wording import say
from sim.spec.base import Text

STEPS = {"followed_up": Text(zh="跟踪查询", en="followed up")}
"""Steps of the ticket that no milestone scores."""


def owed(index: Index) -> Iterator[Obligation]:
    """Yield the steps of the ticket that are owed since the incident exists, and the answers that requests wait for."""
    yield from _ticket(index)
    yield from _requests(index)


def _ticket(index: Index) -> Iterator[Obligation]:
    began = next((span for span in index.truth("incident/exists") if span.value is True), None)
    if began is None:
        return
    for step, name in STEPS.items():
        done = index.first(f"ticket.{step}")
        yield Obligation(
            f"open_loop/{step}",
            "open_loop",
            By.TRUTH,
            (index.exercise.county.desk("duty"),),
            None,
            began.start_s,
            began.start_s + index.rubric.gaps.open_loop,
            None if done is None else done.at_s,
            index.end_s,
            Root.NOT_ASKED,
            (began.seq,) if done is None else (began.seq, done.seq),
            say("值班记录未按时{step}", "the incident was not {step} in time", step=name),
        )


def _requests(index: Index) -> Iterator[Obligation]:
    for asked in index.by_kind["message.composed"]:
        if asked.data["kind"] != "request" or "asks" not in asked.data:
            continue
        replies = index.by_subject.get(f"{asked.subject}/reply>{asked.actor}", [])
        answered = next((event for event in replies if event.kind == "message.read"), None)
        to = asked.data["to"]
        lost = any(event.kind == "message.lost" for event in (*replies, *index.life(asked)))
        yield Obligation(
            f"open_loop/{asked.subject}",
            "open_loop",
            By.ACT,
            (to, asked.actor),
            (to, asked.actor),
            asked.at_s,
            asked.at_s + index.rubric.gaps.open_loop,
            None if answered is None else answered.at_s,
            index.end_s,
            Root.CHANNEL_LOST if lost else Root.NOT_TOLD,
            (asked.seq, *(event.seq for event in replies)),
            say(
                "{sender}向{to}的询问未按时得到答复",
                "a request of {sender} to {to} was not answered in time",
                sender=index.words.thing(asked.actor),
                to=index.words.thing(to),
            ),
            dimension=COORDINATION if is_asked_for(index, asked) else NOWHERE,
        )
