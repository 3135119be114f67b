"""``unacknowledged`` 未签收: whoever is sent an order, a report or a notice owes its receipt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.assess.gaps.base import COORDINATION, NOWHERE, By, Obligation, Root
from sim.assess.index import Index
from sim.assess.wording import say
from sim.record.events import Event

NOBODY_FREE = ("busy", "no_answer")
"""Why an attempt fails although the channel works."""
OWED = ("order", "request", "report", "notice", "reply")
ASKED_FOR = ("plan.triggered", "question.answered", "report.due", "inject.sent", "control.given")
"""What messages descend from that the plan, a rule, a decision or the exercise asks for."""
WITHIN = ("message", "order")
"""Kinds of event between a message and what asked for it."""


def owed(index: Index) -> Iterator[Obligation]:
    """Yield the receipt of each message between organizations.

    What somebody says beyond that of his own accord is listed and counts nowhere: to say more neither earns nor costs,
    unless it crowds out what the plan asks for.
    """
    limit = index.rubric.gaps.unacknowledged
    desks = {one.id: None for one in index.exercise.county.organizations if not one.public}
    for composed in index.by_kind["message.composed"]:
        to = composed.data["to"]
        if composed.actor not in desks or to not in desks or composed.data["kind"] not in OWED:
            continue
        life = list(index.life(composed))
        answered = next((event for event in life if event.kind == "message.acknowledged"), None)
        yield Obligation(
            f"unacknowledged/{composed.subject}",
            "unacknowledged",
            By.ACT,
            (to, composed.actor),
            (composed.actor, to),
            composed.at_s,
            composed.at_s + limit,
            None if answered is None else answered.at_s,
            index.end_s,
            _root(life),
            (composed.seq, *(event.seq for event in life)),
            say(
                "{sender}发给{to}的{kind}未在时限内签收",
                "{kind} of {sender} to {to}: not acknowledged in time",
                sender=index.words.thing(composed.actor),
                to=index.words.thing(to),
                kind=index.words.kind(composed.data["kind"]),
            ),
            dimension=COORDINATION if is_asked_for(index, composed) else NOWHERE,
        )


def is_asked_for(index: Index, composed: Event) -> bool:
    """Return whether a message descends from what the plan, a rule, a decision or the exercise asks for."""
    event = composed
    while event.cause is not None:
        event = index.record.events[event.cause]
        if event.kind.partition(".")[0] not in WITHIN:
            return event.kind in ASKED_FOR
    return False


def _root(life: Sequence[Event]) -> Root:
    kinds = {event.kind: None for event in life}
    lost = {event.data.get("reason"): None for event in life if event.kind == "message.lost"}
    if any(reason not in NOBODY_FREE for reason in lost):
        return Root.CHANNEL_LOST
    if lost or "message.queued" in kinds or "message.laid_aside" in kinds:
        return Root.DESK_BUSY
    return Root.NOT_ASKED if "message.read" in kinds else Root.NOT_TOLD
