"""Whom a statement reaches: township by township, by the media that work there, for younger and for older people."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sim.spec.county import County
from sim.spec.media import Medium

OLD_SHARE = 0.19
"""Share of the people who are 60 or older: 18.7 % of China in the census of 2020, recalled."""


class Reach(NamedTuple):
    """Whom a statement reaches.

    Attributes:
        people: People whom it is meant for.
        reached: How many of them at least one medium reaches.
        old_missed: How many of 60 and above none reaches.
        cut_missed: How many of those missed live where a medium does not work for want of power or network.
        because: Numbers of the events by which media do not work.
    """

    people: int
    reached: int
    old_missed: int
    cut_missed: int
    because: tuple[int, ...] = ()


Missing = Callable[[Sequence[str], str | None], tuple[int, ...] | None]
"""From kinds of lifeline and a place to the events by which one is missing there; None where none is."""


def share_reached(media: Sequence[Medium], *, old: bool = False) -> float:
    """Return the share of people whom at least one of some media reaches, each reaching them independently."""
    return 1 - math.prod(1 - (one.reach_old if old else one.reach) for one in media)


def reach_of(county: County, media: Sequence[Medium], people: int, missing: Missing) -> Reach:
    """Return whom a statement by some media reaches.

    Args:
        county: The county; without townships all people live in one place that nothing can be missing at.
        media: The media.
        people: People whom it is meant for, spread over the townships as the residents are.
        missing: What lacks where.
    """
    townships: list[tuple[str | None, int]] = [(one.seat, one.residents) for one in county.townships]
    homes = townships or [(None, people)]
    residents = math.fsum(count for _, count in homes) or 1.0
    reached = old_missed = cut_missed = 0.0
    because: tuple[int, ...] = ()
    for place, count in homes:
        lacks = [missing(one.needs, place) if one.needs else None for one in media]
        works = [one for one, why in zip(media, lacks, strict=True) if why is None]
        because += tuple(seq for why in lacks if why is not None for seq in why)
        here = people * count / residents
        old, young = here * OLD_SHARE, here * (1 - OLD_SHARE)
        old_reached, young_reached = old * share_reached(works, old=True), young * share_reached(works)
        reached += old_reached + young_reached
        old_missed += old - old_reached
        if len(works) < len(media):
            cut_missed += here - old_reached - young_reached
    return Reach(people, round(reached), round(old_missed), round(cut_missed), tuple(dict.fromkeys(because)))
