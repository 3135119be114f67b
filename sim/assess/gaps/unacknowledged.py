"""``unacknowledged`` 未签收: whoever is sent an order, a report or a notice owes its receipt."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index
from sim.assess.wording import say

NOBODY_FREE = ("busy", "no_answer")
"""Why an attempt fails although the channel works."""
OWED = ("order", "request", "report", "notice", "reply")


def find(index: Index) -> Iterator[Gap]:
    """Find messages between organizations that were not acknowledged within the limit."""
    limit = index.rubric.gaps.unacknowledged
    desks = {one.id: None for one in index.exercise.county.organizations if not one.public}
    for composed in index.by_kind["message.composed"]:
        to = composed.data["to"]
        if composed.actor not in desks or to not in desks or composed.data["kind"] not in OWED:
            continue
        answered = index.after(composed, "message.acknowledged")
        start_s = composed.at_s + limit
        end_s = index.end_s if answered is None else answered.at_s
        if end_s <= start_s:
            continue
        life = [event for event in index.by_subject[composed.subject] if event.seq > composed.seq]
        kinds = [event.kind for event in life]
        lost = {event.data.get("reason"): None for event in life if event.kind == "message.lost"}
        if any(reason not in NOBODY_FREE for reason in lost):
            root = Root.CHANNEL_LOST
        elif lost or "message.queued" in kinds or "message.laid_aside" in kinds:
            root = Root.DESK_BUSY
        else:
            root = Root.NOT_ASKED if "message.read" in kinds else Root.NOT_TOLD
        chain = (composed.seq, *(event.seq for event in life))
        evidence = say(
            "{sender}发给{to}的{kind}未在时限内签收",
            "{kind} of {sender} to {to}: not acknowledged in time",
            sender=index.words.thing(composed.actor),
            to=index.words.thing(to),
            kind=index.words.kind(composed.data["kind"]),
        )
        ident = f"unacknowledged/{composed.subject}"
        yield Gap(
            ident, "unacknowledged", (to, composed.actor), (composed.actor, to), start_s, end_s, root, chain, evidence
        )
