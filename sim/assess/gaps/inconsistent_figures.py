"""``inconsistent_figures`` 口径不一: bodies that speak to the public must give the same figures."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import By, Obligation, Root
from sim.assess.index import Index
from sim.assess.wording import say
from sim.record.events import Event
from sim.spec.base import Text


def owed(index: Index) -> Iterator[Obligation]:
    """Yield figures in which two bodies differed; each lasts until one of them gives the figure of the other.

    What people post who saw something is no body's figure.
    """
    bodies = {one.id for one in index.exercise.county.organizations if not one.public}
    spoken = sorted((*index.by_kind["release.published"], *index.by_kind["release.beside"]), key=lambda one: one.seq)
    for event in index.by_kind["release.differs"]:
        other = event.data["other"]
        if not {event.actor, other} <= bodies:
            continue
        same = _same_again(event, spoken)
        one, two = (str(value) for value in event.data["values"])
        yield Obligation(
            f"inconsistent_figures/{event.subject}/{event.at_s}",
            "inconsistent_figures",
            By.ACT,
            (event.actor, other),
            (event.actor, other),
            event.at_s,
            event.at_s,
            None if same is None else same.at_s,
            index.end_s,
            Root.WRONG_PICTURE,
            (*event.also, event.seq, *(() if same is None else (same.seq,))),
            say(
                "{actor}与{other}公布的数字不一致：{one}、{two}",
                "{actor} and {other} published different figures: {one} and {two}",
                actor=index.words.thing(event.actor),
                other=index.words.thing(other),
                one=Text(zh=one, en=one),
                two=Text(zh=two, en=two),
            ),
        )


def _same_again(event: Event, spoken: list[Event]) -> Event | None:
    """Return the statement by which two bodies that differed came to give the same figure."""
    figure = event.data["figure"]
    last = {event.actor: event.data["values"][0], event.data["other"]: event.data["values"][1]}
    for later in spoken:
        if later.seq > event.seq and later.actor in last and figure in later.data["figures"]:
            last[later.actor] = later.data["figures"][figure]
            if len(set(last.values())) == 1:
                return later
    return None
