"""``release_outside_chain`` 多头发布: a statement must pass the body that may publish."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from sim.assess.gaps.base import By, Obligation, Root
from sim.assess.index import Index
from sim.assess.wording import say


def owed(index: Index) -> Iterator[Obligation]:
    """Yield the word that each statement of a body of the county needs; it is owed until an approved one stands.

    A higher body needs no approval of the county.
    """
    command = index.exercise.county.desk("command")
    releases = index.by_kind["release.published"]
    approved = [one for one in releases if one.data["approved"]]
    alone = [one for one in index.by_kind["release.beside"] if not one.data["official"]]
    for release in [*releases, *alone]:
        had = release.data.get("approved", False)
        after = approved[bisect_right(approved, release.seq, key=attrgetter("seq")) :][:1]
        met = [release] if had else after
        yield Obligation(
            f"release_outside_chain/{release.subject}",
            "release_outside_chain",
            By.ACT,
            (release.actor, command),
            (release.actor, command),
            release.at_s,
            release.at_s,
            met[0].at_s if met else None,
            index.end_s,
            Root.DECISION,
            tuple(dict.fromkeys((release.seq, *(one.seq for one in met)))),
            say(
                "{actor}未经审批发布信息",
                "{actor} published a statement without approval",
                actor=index.words.thing(release.actor),
            ),
        )
