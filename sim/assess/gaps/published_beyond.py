"""``wrong_level`` 越权/缺位 in public information: what another body alone may publish, and who must face the press."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import By, Obligation, Root
from sim.assess.index import Index
from sim.assess.wording import say
from sim.spec.base import Text

GRAVE = 2
"""Grades up to this one ask for a principal leader before the press (State Council General Office 2016 no. 80)."""
GROUND = Text(zh="国办发〔2016〕80号", en="State Council General Office 2016 no. 80")


def owed(index: Index) -> Iterator[Obligation]:
    """Yield statements beyond the publisher's authority, and grave incidents' conferences, which a leader must hold."""
    yield from _beyond(index)
    yield from _leaders(index)


def _beyond(index: Index) -> Iterator[Obligation]:
    withdrawn = {event.subject: event for event in index.by_kind["release.withdrawn"]}
    asks = {fact: row.asks for row in index.exercise.rules.reserved for fact in row.facts}
    for event in index.by_kind["release.published"]:
        for fact in event.data.get("beyond", ()):
            end = withdrawn.get(event.subject)
            owner = asks.get(fact, index.exercise.county.superior)
            yield Obligation(
                f"wrong_level/{event.subject}/{fact}",
                "wrong_level",
                By.ACT,
                (event.actor, owner),
                (event.actor, owner),
                event.at_s,
                event.at_s,
                None if end is None else end.at_s,
                index.end_s,
                Root.DECISION,
                (event.seq,) if end is None else (event.seq, end.seq),
                say(
                    "{actor}发布了应由有权机关发布的“{fact}”",
                    "{actor} published what another body alone may publish: {fact}",
                    actor=index.words.thing(event.actor),
                    fact=index.words.fact(fact),
                ),
            )


def _leaders(index: Index) -> Iterator[Obligation]:
    held = index.by_kind["conference.held"]
    grades = index.by_kind["grade.judged"]
    for event in held:
        judged = next((one for one in reversed(grades) if one.seq < event.seq), None)
        if judged is None or judged.data["grade"] > GRAVE:
            continue
        led = next((one for one in held if one.seq >= event.seq and one.data["spokesperson"] == "leader"), None)
        yield Obligation(
            f"wrong_level/{event.subject}",
            "wrong_level",
            By.ACT,
            (event.actor, index.exercise.county.desk("command")),
            None,
            event.at_s,
            event.at_s,
            None if led is None else led.at_s,
            index.end_s,
            Root.DECISION,
            tuple(dict.fromkeys((judged.seq, event.seq, *(() if led is None else (led.seq,))))),
            say(
                "重大以上事件的新闻发布会，主要领导未出面",
                "a press conference on a grave incident was held without a principal leader",
            ),
            GROUND,
        )
