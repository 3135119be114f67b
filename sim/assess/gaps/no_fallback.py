"""``no_fallback`` 通信中断未切换: whose channel fails must get through by another way, or carry on until it is back."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import By, Obligation, Root
from sim.assess.index import Index
from sim.assess.wording import say
from sim.record.events import Event

THROUGH = ("message.switched", "message.delivered", "message.let_go")


def owed(index: Index) -> Iterator[Obligation]:
    """Yield messages whose channel was down, or whose sender gave up without trying his other channels.

    Each is met when its sender changes the channel, when it arrives after all, or when he reaches the addressee by
    another message.
    """
    bodies = {one.id for one in index.exercise.county.organizations if not one.public}
    reached: dict[tuple[str, str], list[Event]] = {}
    composed = {event.subject: event for event in index.by_kind["message.composed"]}
    for event in index.by_kind["message.delivered"]:
        sent = composed.get(event.subject)
        if sent is not None:
            reached.setdefault((sent.actor, sent.data["to"]), []).append(event)
    failed: dict[str, Event] = {}
    for kind in ("message.held", "message.lost", "message.expired"):
        for event in index.by_kind[kind]:
            if kind == "message.held" or event.data["reason"] in ("down", "did_not_switch"):
                other = failed.setdefault(event.subject, event)
                failed[event.subject] = min(other, event, key=lambda one: one.seq)
    for ident, event in sorted(failed.items(), key=lambda item: item[1].seq):
        sent = composed.get(ident)
        if sent is not None and {sent.actor, sent.data["to"]} <= bodies:
            yield _of(index, sent, event, reached.get((sent.actor, sent.data["to"]), []))


def _of(index: Index, sent: Event, failed: Event, reached: list[Event]) -> Obligation:
    through = index.after(failed, *THROUGH)
    later = next((event for event in reached if event.seq > failed.seq), None)
    met = min([one for one in (through, later) if one is not None], key=lambda event: event.seq, default=None)
    return Obligation(
        f"no_fallback/{sent.subject}",
        "no_fallback",
        By.ACT,
        (sent.actor, sent.data["to"]),
        (sent.actor, sent.data["to"]),
        failed.at_s,
        failed.at_s + index.rubric.gaps.no_fallback,
        None if met is None else met.at_s,
        index.end_s,
        Root.DECISION if failed.data.get("reason") == "did_not_switch" else Root.CHANNEL_LOST,
        (sent.seq, failed.seq, *(() if met is None else (met.seq,))),
        say(
            "{sender}联系{to}的渠道不通，未及时改用其他渠道",
            "the channel of {sender} to {to} did not work, and no other was used in time",
            sender=index.words.thing(sent.actor),
            to=index.words.thing(sent.data["to"]),
        ),
    )
