"""``wrong_level`` 越权/缺位 in public information: what another body alone may publish, and who must face the press."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index
from sim.assess.wording import say

GRAVE = 2
"""Grades up to this one ask for a principal leader before the press (State Council General Office 2016 no. 80)."""


def find(index: Index) -> Iterator[Gap]:
    """Find statements beyond the publisher's authority, and conferences without a leader on a grave incident."""
    withdrawn = {event.subject: event for event in index.by_kind["release.withdrawn"]}
    asks = {fact: row.asks for row in index.exercise.rules.reserved for fact in row.facts}
    for event in index.by_kind["release.published"]:
        for fact in event.data.get("beyond", ()):
            end = withdrawn.get(event.subject)
            if end is not None and end.at_s == event.at_s:
                continue
            owner = asks.get(fact, index.exercise.county.superior)
            yield Gap(
                f"wrong_level/{event.subject}/{fact}",
                "wrong_level",
                (event.actor, owner),
                (event.actor, owner),
                event.at_s,
                index.end_s if end is None else end.at_s,
                Root.DECISION,
                (event.seq,) if end is None else (event.seq, end.seq),
                say(
                    "{actor}发布了应由有权机关发布的“{fact}”",
                    "{actor} published what another body alone may publish: {fact}",
                    actor=index.words.thing(event.actor),
                    fact=index.words.fact(fact),
                ),
            )
    yield from _without_leader(index)


def _without_leader(index: Index) -> Iterator[Gap]:
    for event in index.by_kind["conference.held"]:
        judged = [one for one in index.by_kind["grade.judged"] if one.seq < event.seq]
        if not judged or judged[-1].data["grade"] > GRAVE or event.data["spokesperson"] == "leader":
            continue
        later = index.by_kind["conference.held"]
        end = next((one for one in later if one.seq > event.seq and one.data["spokesperson"] == "leader"), None)
        yield Gap(
            f"wrong_level/{event.subject}",
            "wrong_level",
            (event.actor, index.exercise.county.desk("command")),
            None,
            event.at_s,
            index.end_s if end is None else end.at_s,
            Root.DECISION,
            (judged[-1].seq, event.seq) if end is None else (judged[-1].seq, event.seq, end.seq),
            say(
                "重大以上事件的新闻发布会，主要领导未出面",
                "a press conference on a grave incident was held without a principal leader",
            ),
        )
