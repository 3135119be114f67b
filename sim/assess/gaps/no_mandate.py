"""``no_mandate`` 无令行动: an order that somebody else must give needs his word first."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index
from sim.assess.wording import say


def find(index: Index) -> Iterator[Gap]:
    """Find orders that were given without the mandate and without asking; each lasts until the command post leads."""
    command = index.exercise.county.desk("command")
    for event in index.by_kind["order.unauthorized"]:
        led = [one.at_s for one in index.by_kind["command.taken"] if one.actor == command and one.at_s > event.at_s]
        evidence = say(
            "{actor}无权下达该命令，也未请示",
            "{actor} gave an order that is not its own to give, and did not ask",
            actor=index.words.thing(event.actor),
        )
        yield Gap(
            f"no_mandate/{event.subject}",
            "no_mandate",
            (event.actor, command),
            (event.actor, command),
            event.at_s,
            min(led, default=index.end_s),
            Root.DECISION,
            (event.seq,),
            evidence,
        )
