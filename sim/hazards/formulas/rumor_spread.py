"""A rumor that people tell each other, and an official message that competes with it.

Who hears a rumor tells it on (a spreader) until the person told knows of it already; then he stops (a stifler).

Sources: Maki and Thompson, Mathematical Models and Applications (1973), after Daley and Kendall (1965); share that
never hears, Sudbury (1985); several failed tellings before stopping and the official message are the same argument
with more classes, made for this program. Uniform numbers in (0, 1) are passed in; nothing here draws.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sim.hazards.formulas.epidemic import binomial, mean_share, share_within

Draw = Callable[[int, str], float]
"""From number of the group and name of the luck to a uniform number in (0, 1); asked once at most for each."""
Toss = Callable[[int, float, str], int]
"""From persons, chance and name of the luck to how many of them it happens to."""


def never_hear_share(failures: int = 1) -> float:
    """Return the share of a large group that never hears a rumor, to 9 digits.

    The root below 1 of ``x = exp(-(k + 1)(1 - x))``, where a spreader stops after ``k`` failed tellings (Sudbury
    1985 for k = 1: 0.203188).
    """
    low, high = 0.0, 1 / (failures + 1)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if math.exp(-(failures + 1) * (1 - middle)) > middle else (low, middle)
    return round(low, 9)


def survivors(ignorant: int, spreaders: int = 1) -> list[Fraction]:
    """Return the exact probabilities that 0, 1, ... ``ignorant`` persons never hear the rumor in one mixed group.

    From state to state of the Markov chain: a spreader tells one of the others at random. Fractions grow long; for
    large groups use :func:`mean_survivors`.
    """
    others = ignorant + spreaders - 1
    states = {spreaders: Fraction(1)}
    result = [Fraction(0)] * (ignorant + 1)
    for left in range(ignorant, -1, -1):
        hears = Fraction(left, others) if others else Fraction(0)
        below: dict[int, Fraction] = {}
        for telling in range(max(states, default=0), 0, -1):
            chance = states.pop(telling, Fraction(0))
            below[telling + 1] = chance * hears
            states[telling - 1] = states.get(telling - 1, Fraction(0)) + chance * (1 - hears)
        result[left] = states.get(0, Fraction(0))
        states = below
    return result


def mean_survivors(ignorant: int, spreaders: int = 1) -> float:
    """Return the mean number of persons who never hear the rumor in one mixed group, from the chain in floats."""
    others = ignorant + spreaders - 1
    most = ignorant + spreaders
    states = [0.0] * (most + 2)
    states[spreaders] = 1.0
    ended: list[float] = []
    for left in range(ignorant, -1, -1):
        hears = left / others if others else 0.0
        below = [0.0] * (most + 2)
        for telling in range(most, 0, -1):
            chance = states[telling]
            below[telling + 1] = chance * hears
            states[telling - 1] += chance * (1 - hears)
        ended.append(left * states[0])
        states = below
    return math.fsum(ended)


def spread(ignorant: int, spreaders: int, uniforms: Iterator[float], failures: int = 1) -> int:
    """Return how many persons of one mixed group never hear the rumor, telling by telling.

    Args:
        ignorant: Persons who have not heard it.
        spreaders: Persons who tell it.
        uniforms: Luck, one number for each telling.
        failures: Failed tellings after which a spreader stops.
    """
    others = ignorant + spreaders - 1
    telling = [0] * failures  # spreaders by failed tellings so far
    telling[0] = spreaders
    active = spreaders
    while active and ignorant:
        # One number says who tells (its whole part) and whom (what is left of it).
        place = next(uniforms) * active
        who = int(place)
        if (place - who) * others < ignorant:
            ignorant -= 1
            telling[0] += 1
            active += 1
            continue
        so_far = 0
        while who >= telling[so_far]:
            who -= telling[so_far]
            so_far += 1
        telling[so_far] -= 1
        if so_far + 1 < failures:
            telling[so_far + 1] += 1
        else:
            active -= 1
    return ignorant


@dataclass(frozen=True, slots=True)
class Group:
    """Persons of one group by what they have heard and do; whole in :func:`step`, of any size in :func:`mean_step`.

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


def rate_of_share(share: float, hours: float) -> float:
    """Return the rate per h at which a message reaches a share (below 1) of people within some hours."""
    return -math.log1p(-share) / hours


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


def _slopes(town: Town, groups: Sequence[Group]) -> list[Group]:
    """Return the change per h of every class in every group, in the mean."""
    slopes = []
    for own, ((rumor, stop), group) in enumerate(zip(_rates(town, groups), groups, strict=True)):
        official, trust = town.official_per_h[own], town.trust[own]
        slopes.append(
            Group(
                ignorant=-(rumor + official) * group.ignorant,
                spreaders=rumor * group.ignorant - (stop + official) * group.spreaders,
                defiant=official * (1 - trust) * group.spreaders - stop * group.defiant,
                stiflers=stop * group.spreaders - official * group.stiflers,
                unmoved=stop * group.defiant + official * (1 - trust) * group.stiflers,
                immune=official * group.ignorant,
                corrected=official * trust * (group.spreaders + group.stiflers),
            )
        )
    return slopes


_CLASSES = ("ignorant", "spreaders", "defiant", "stiflers", "unmoved", "immune", "corrected")


def _along(groups: Sequence[Group], slopes: Sequence[Group], hours: float) -> tuple[Group, ...]:
    return tuple(
        Group(**{name: getattr(group, name) + hours * getattr(slope, name) for name in _CLASSES})
        for group, slope in zip(groups, slopes, strict=True)
    )


def mean_step(town: Town, groups: Sequence[Group], hours: float) -> tuple[Group, ...]:
    """Return the groups after a step of the mean-field equations, rounded to 9 digits (Runge and Kutta, order 4).

    Args:
        town: How groups meet and what reaches them.
        groups: Persons of each group, not necessarily whole.
        hours: Length of the step in h.
    """
    first = _slopes(town, groups)
    second = _slopes(town, _along(groups, first, hours / 2))
    third = _slopes(town, _along(groups, second, hours / 2))
    fourth = _slopes(town, _along(groups, third, hours))
    after = []
    for number, group in enumerate(groups):
        parts = first[number], second[number], third[number], fourth[number]
        moved = {}
        for name in _CLASSES:
            one, two, three, four = (getattr(part, name) for part in parts)
            moved[name] = round(getattr(group, name) + hours / 6 * (one + 2 * two + 2 * three + four), 9)
        after.append(Group(**moved))
    return tuple(after)
