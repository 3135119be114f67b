"""A rumor that people tell each other, and an official message that competes with it.

Who hears a rumor tells it on (a spreader) until the person told knows of it already; then he stops (a stifler).

Sources: Maki and Thompson, Mathematical Models and Applications (1973), after Daley and Kendall (1965); the official
message is the same argument with more classes, made for this program. Uniform numbers in (0, 1) are passed in;
nothing here draws.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sim.hazards.formulas.epidemic import binomial, mean_share, share_within

Draw = Callable[[int, str], float]
"""From number of the group and name of the luck to a uniform number in (0, 1); asked once at most for each."""
Toss = Callable[[int, float, str], int]
"""From persons, chance and name of the luck to how many of them it happens to."""


@dataclass(frozen=True, slots=True)
class Group:
    """Persons of one group by what they have heard and do; whole in :func:`step`.

    Attributes:
        ignorant: Heard nothing.
        spreaders: Tell the rumor, and have not heard the official message.
        defiant: Tell the rumor although they heard the message, which they do not trust.
        stiflers: Believe the rumor and no longer tell it; have not heard the message.
        unmoved: The same, and do not trust the message that they heard.
        immune: Heard the message before the rumor.
        corrected: Believed the rumor until they heard the message.
    """

    ignorant: float
    spreaders: float = 0
    defiant: float = 0
    stiflers: float = 0
    unmoved: float = 0
    immune: float = 0
    corrected: float = 0

    @property
    def persons(self) -> float:
        """All persons of the group."""
        return self.ignorant + self.telling + self.stiflers + self.unmoved + self.immune + self.corrected

    @property
    def telling(self) -> float:
        """Those who tell the rumor."""
        return self.spreaders + self.defiant

    @property
    def believers(self) -> float:
        """Those who believe the rumor, telling or not."""
        return self.telling + self.stiflers + self.unmoved


@dataclass(frozen=True, slots=True)
class Town:
    """How the groups of a population meet, and what reaches them.

    Attributes:
        tellings_per_h: Row g, column h: persons of group h whom one spreader of group g tells in an hour.
        official_per_h: Rate per h at which a person of each group hears the official message; 0 without one.
        trust: Share of each group's spreaders and stiflers whom the message convinces, 0 to 1.
    """

    tellings_per_h: Sequence[Sequence[float]]
    official_per_h: Sequence[float]
    trust: Sequence[float]


def announce_anew(group: Group) -> Group:
    """Return the group when a new message is out: who did not trust the last one may listen again."""
    return replace(
        group,
        spreaders=group.spreaders + group.defiant,
        defiant=0,
        stiflers=group.stiflers + group.unmoved,
        unmoved=0,
    )


def _rates(town: Town, groups: Sequence[Group], hours: float = 0.0) -> list[tuple[float, float]]:
    """Return for each group the rates per h at which an ignorant person hears the rumor and a telling one stops.

    Over a step of some hours, spreaders tell only in the part of it in which they still are spreaders.
    """
    persons = [group.persons for group in groups]
    stops = []
    for own, row in enumerate(town.tellings_per_h):
        # One who tells within his own group tells one of the others there, never himself.
        parts = [
            per_h * (persons[other] - group.ignorant - (other == own)) / max(1, persons[other] - (other == own))
            for other, (per_h, group) in enumerate(zip(row, groups, strict=True))
        ]
        stops.append(max(0.0, math.fsum(parts)))
    telling = [
        group.spreaders * mean_share(stop + official, hours) + group.defiant * mean_share(stop, hours)
        for group, stop, official in zip(groups, stops, town.official_per_h, strict=True)
    ]
    rates = []
    for own, stop in enumerate(stops):
        parts = [
            town.tellings_per_h[other][own] * tell / max(1, persons[own] - (other == own))
            for other, tell in enumerate(telling)
            if tell
        ]
        rates.append((math.fsum(parts), stop))
    return rates


def step(town: Town, groups: Sequence[Group], hours: float, draw: Draw) -> tuple[Group, ...]:
    """Return the groups after a chain-binomial step, in whole persons, none lost and none made.

    Everybody is judged by the rates at the start of the step: one who hears nothing stays, one who hears the rumor
    tells it, one who hears the message first is immune; one who tells stops by telling somebody who knows, or hears
    the message and, with the group's trust, is corrected. Who begins to tell does so from the next step on, so a rumor
    grows too slowly in long steps: keep a step below a fifth of the time between tellings.

    Args:
        town: How groups meet and what reaches them.
        groups: Whole persons of each group.
        hours: Length of the step in h.
        draw: Luck, asked by group and by the names "hear", "rumor first", "change", "told first", "trust", "stop",
            "late", "late trust"; only for classes that are not empty.
    """
    rates = _rates(town, groups, hours)
    return tuple(_step_group(town, group, own, rates[own], hours, draw) for own, group in enumerate(groups))


def _split(count: int, one: float, other: float, hours: float, luck: tuple[str, str], toss: Toss) -> tuple[int, int]:
    """Return how many of some persons meet one of two competing events first in a step, and how many the other."""
    met = toss(count, share_within(one + other, hours), luck[0])
    first = toss(met, one / (one + other), luck[1]) if met else 0
    return first, met - first


def _step_group(town: Town, group: Group, own: int, rates: tuple[float, float], hours: float, draw: Draw) -> Group:
    trust, official = town.trust[own], town.official_per_h[own]
    rumor, stop = rates

    def toss(count: int, chance: float, name: str) -> int:
        return binomial(count, chance, draw(own, name)) if count and 0 < chance < 1 else count if chance >= 1 else 0

    heard, immune = _split(int(group.ignorant), rumor, official, hours, ("hear", "rumor first"), toss)
    stifled, told = _split(int(group.spreaders), stop, official, hours, ("change", "told first"), toss)
    corrected = toss(told, trust, "trust")
    tired = toss(int(group.defiant), share_within(stop, hours), "stop")
    late = toss(int(group.stiflers), share_within(official, hours), "late")
    convinced = toss(late, trust, "late trust")
    return Group(
        ignorant=group.ignorant - heard - immune,
        spreaders=group.spreaders + heard - stifled - told,
        defiant=group.defiant + told - corrected - tired,
        stiflers=group.stiflers + stifled - late,
        unmoved=group.unmoved + tired + late - convinced,
        immune=group.immune + immune,
        corrected=group.corrected + corrected + convinced,
    )
