"""``no_mandate`` 无令行动: an order that somebody else must give needs his word first."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import By, Obligation, Root
from sim.assess.index import Index
from sim.assess.wording import say


def owed(index: Index) -> Iterator[Obligation]:
    """Yield orders that were given without the mandate and without asking; each lasts until the command post leads."""
    command = index.exercise.county.desk("command")
    for event in index.by_kind["order.unauthorized"]:
        led = [one for one in index.by_kind["command.taken"] if one.actor == command and one.seq > event.seq]
        yield Obligation(
            f"no_mandate/{event.subject}",
            "no_mandate",
            By.ACT,
            (event.actor, command),
            (event.actor, command),
            event.at_s,
            event.at_s,
            led[0].at_s if led else None,
            index.end_s,
            Root.DECISION,
            (event.seq, *(one.seq for one in led[:1])),
            say(
                "{actor}无权下达该命令，也未请示",
                "{actor} gave an order that is not its own to give, and did not ask",
                actor=index.words.thing(event.actor),
            ),
        )
