"""How a warning spreads among the people of a place: pure functions of the ways at work and of time.

A broadcast spreads like a new product in the model of Bass (1969), to a ceiling of its own: by the message itself, and
by those who pass it on. Rogers and Sorensen (1988) use the same two terms for warnings. Helpers at the doors go at a
steady pace. Whoever is not reached by one way may be by another, independently.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.spec.warnings import Broadcast, Way

HORIZON_S = 24 * 3600
"""After so many seconds a way reaches nobody any more."""
WAVES = 10
"""Groups, at most, in which the people of a place are told."""


class Begun(NamedTuple):
    """A way at work at a place.

    Attributes:
        way: The way.
        since_s: Since when.
        of: People whom it addresses; all of the place if this is None.
        teams: Teams that knock, where helpers knock; as many as the way has for so many people if this is None.
        until_s: Since when it is at a standstill; None while it works.
    """

    way: Way
    since_s: int
    of: int | None = None
    teams: int | None = None
    until_s: int | None = None


def bass(p: float, q: float, t: float) -> float:
    """Return the share reached after a time: ``(1 - e^{-(p+q)t}) / (1 + (q/p) e^{-(p+q)t})``, Bass (1969).

    Args:
        p: Rate at which the message itself reaches people; above 0.
        q: Rate at which those reached pass it on.
        t: Time, in the unit of which ``p`` and ``q`` are the inverse; 0 before it begins.
    """
    left = math.exp(-(p + q) * max(0.0, t))
    return (1 - left) / (1 + q / p * left)


def bass_peak(p: float, q: float) -> float:
    """Return when most people are reached at a time: ``ln(q/p)/(p+q)``, or 0 where it only slows down."""
    return math.log(q / p) / (p + q) if q > p else 0.0


def teams_for(way: Way, people: int) -> int:
    """Return how many teams knock at the doors of so many people."""
    return 0 if isinstance(way, Broadcast) else max(1, people // way.people_per_team)


def share(begun: Begun, people: int, t_s: int) -> float:
    """Return the share of a place's people whom one way has reached by a time, from 0 to its ceiling.

    Args:
        begun: The way.
        people: People of the place.
        t_s: The time, in seconds on the clock of ``begun``.
    """
    of = people if begun.of is None else min(begun.of, people)
    end_s = t_s if begun.until_s is None else min(t_s, begun.until_s)
    lasted_s = max(0, min(end_s - begun.since_s, HORIZON_S))
    if not of or not lasted_s:
        return 0.0
    way = begun.way
    if isinstance(way, Broadcast):
        told = way.reach * bass(way.tells_per_min, way.spreads_per_min, lasted_s / 60)
    else:
        teams = teams_for(way, of) if begun.teams is None else begun.teams
        told = min(way.reach, teams * (lasted_s // way.per_household) * way.household / of)
    return told * of / people


def reached(people: int, ways: Sequence[Begun], t_s: int) -> int:
    """Return how many people of a place have been reached by at least one way.

    Several uses of one way (cells of a call-out, teams that join) add up, to at most its ceiling; different ways are
    independent: ``1 - prod(1 - r_i)``. It never falls with time, nor with one way more.

    Args:
        people: People of the place.
        ways: The ways at work there.
        t_s: The time, in seconds on their clock.
    """
    if not people:
        return 0
    by_way: dict[str, list[Begun]] = {}
    for begun in ways:
        by_way.setdefault(begun.way.id, []).append(begun)
    missed = 1.0
    for same in by_way.values():
        told = math.fsum(share(begun, people, t_s) for begun in same)
        missed *= 1 - min(same[0].way.reach, told)
    return round(people * round(1 - missed, 9))


def when(people: int, ways: Sequence[Begun], number: int, from_s: int, to_s: int) -> int:
    """Return the first second from ``from_s`` to ``to_s`` at which so many are reached; ``to_s`` if none before is."""
    low, high = from_s, to_s
    while low < high:
        middle = (low + high) // 2
        if reached(people, ways, middle) >= number:
            high = middle
        else:
            low = middle + 1
    return low


def waves(
    people: int, ways: Sequence[Begun], comply: float = 1.0, number: int = WAVES, to_s: int = HORIZON_S
) -> Iterator[tuple[int, int]]:
    """Yield groups of people in the order in which they are reached and comply: delay in seconds, and how many.

    The numbers add up to the people who are reached by ``to_s``, times the share that complies, rounded.

    Args:
        people: People of the place.
        ways: The ways at work there; time 0 on their clock is now.
        comply: Share of those reached that does what it is told.
        number: Groups at most.
        to_s: Time, in seconds from now, after which nobody counts any more.
    """
    total, before = reached(people, ways, to_s), 0
    for wave in range(1, number + 1):
        told = total * wave // number
        moved = round(told * round(comply, 9))
        if moved > before:
            yield when(people, ways, told, 0, to_s), moved - before
            before = moved
