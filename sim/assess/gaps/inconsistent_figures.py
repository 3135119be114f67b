"""``inconsistent_figures`` 口径不一: bodies that speak to the public must give the same figures."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index
from sim.assess.wording import say
from sim.spec.base import Text


def find(index: Index) -> Iterator[Gap]:
    """Find figures in which two bodies differed; each lasts until one of them gives the figure of the other.

    What people post who saw something is no body's figure.
    """
    bodies = {one.id for one in index.exercise.county.organizations if not one.public}
    spoken = sorted((*index.by_kind["release.published"], *index.by_kind["release.beside"]), key=lambda one: one.seq)
    for event in index.by_kind["release.differs"]:
        other, figure = event.data["other"], event.data["figure"]
        if not {event.actor, other} <= bodies:
            continue
        one, two = (str(value) for value in event.data["values"])
        last = {event.actor: event.data["values"][0], other: event.data["values"][1]}
        end_s, chain = index.end_s, (*event.also, event.seq)
        for later in spoken:
            if later.seq > event.seq and later.actor in last and figure in later.data["figures"]:
                last[later.actor] = later.data["figures"][figure]
                if len(set(last.values())) == 1:
                    end_s, chain = later.at_s, (*chain, later.seq)
                    break
        if end_s == event.at_s:
            continue
        yield Gap(
            f"inconsistent_figures/{event.subject}/{event.at_s}",
            "inconsistent_figures",
            (event.actor, other),
            (event.actor, other),
            event.at_s,
            end_s,
            Root.WRONG_PICTURE,
            chain,
            say(
                "{actor}与{other}公布的数字不一致：{one}、{two}",
                "{actor} and {other} published different figures: {one} and {two}",
                actor=index.words.thing(event.actor),
                other=index.words.thing(other),
                one=Text(zh=one, en=one),
                two=Text(zh=two, en=two),
            ),
        )
