"""``release_outside_chain`` 多头发布: a statement must pass the body that may publish."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index
from sim.assess.wording import say


def find(index: Index) -> Iterator[Gap]:
    """Find statements published without approval; each lasts until an approved one stands.

    A higher body needs no approval of the county.
    """
    command = index.exercise.county.desk("command")
    releases = index.by_kind["release.published"]
    alone = [one for one in index.by_kind["release.beside"] if not one.data["official"]]
    for release in [one for one in releases if not one.data["approved"]] + alone:
        after = next((other for other in releases if other.seq > release.seq and other.data["approved"]), None)
        end_s = index.end_s if after is None else after.at_s
        evidence = say(
            "{actor}未经审批发布信息",
            "{actor} published a statement without approval",
            actor=index.words.thing(release.actor),
        )
        chain = (release.seq,) if after is None else (release.seq, after.seq)
        yield Gap(
            f"release_outside_chain/{release.subject}",
            "release_outside_chain",
            (release.actor, command),
            (release.actor, command),
            release.at_s,
            end_s,
            Root.DECISION,
            chain,
            evidence,
        )
