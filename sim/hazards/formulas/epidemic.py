"""Outbreaks in whole persons: SIR and SEIR by chain-binomial steps or event by event, and food poisoning.

Sources: chain binomial, Reed and Frost as in Abbey (1952), with rates as in Bretó et al. (2009); event by event,
Gillespie (1977); final size, Kermack and McKendrick (1927); its distribution, Black and Ross, Computation of epidemic
final size distributions (2015); incubation, Sartwell, The distribution of incubation periods of infectious disease
(1950). Uniform numbers in (0, 1) are passed in; nothing here draws.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from statistics import NormalDist
from types import MappingProxyType
from typing import TypeVar

Rate = TypeVar("Rate", float, Fraction)

_NORMAL = NormalDist()
_SUMMED_BELOW = 50.0
"""Variance of a binomial up to which it is summed term by term; above, an expansion is off by one at most."""
DAY_S = 86_400
"""A day in s."""


@dataclass(frozen=True, slots=True)
class Outbreak:
    """Persons of one group by state.

    Attributes:
        susceptible: Persons who can fall ill.
        exposed: Infected persons who do not yet infect others.
        infectious: Persons who infect others.
        removed: Persons who recovered, were isolated or died.
    """

    susceptible: int
    exposed: int
    infectious: int
    removed: int

    @property
    def persons(self) -> int:
        """All persons of the group."""
        return self.susceptible + self.exposed + self.infectious + self.removed


@dataclass(frozen=True, slots=True)
class Disease:
    """How fast an infection passes, in hours.

    Attributes:
        contacts_per_h: Persons whom one infectious person would infect per h if all were susceptible.
        latent_h: Mean time in h from infection to infecting others; 0 for SIR.
        infectious_h: Mean time in h in which a person infects others.
    """

    contacts_per_h: float
    latent_h: float
    infectious_h: float

    @property
    def r0(self) -> float:
        """Persons whom the first case infects in the mean."""
        return self.contacts_per_h * self.infectious_h


def binomial(trials: int, chance: float, u: float) -> int:
    """Return how many of ``trials`` come true, by inversion of one uniform number.

    Summed term by term to a variance of 50; above that by the expansion of Cornish and Fisher (1938) to its third
    term, rounded, which differs by one at most (``u`` between 1e-9 and 1 - 1e-9). The count never falls when ``u``
    rises, nor, but for that one, when ``chance`` does.

    Args:
        trials: Number of trials.
        chance: Probability of each, 0 to 1.
        u: Uniform number in (0, 1).
    """
    if trials <= 0 or chance <= 0:
        return 0
    if chance >= 1:
        return trials
    if chance > 0.5:
        return trials - binomial(trials, 1 - chance, 1 - u)
    mean = trials * chance
    spread = math.sqrt(mean * (1 - chance))
    if spread**2 > _SUMMED_BELOW:
        z, skew = _NORMAL.inv_cdf(u), 1 - 2 * chance
        tails = (1 - 6 * chance * (1 - chance)) * (z**3 - 3 * z) / 24 - skew**2 * (2 * z**3 - 5 * z) / 36
        value = mean - 0.5 + spread * z + skew * (z * z - 1) / 6 + tails / spread
        return min(trials, max(0, math.ceil(round(value, 9))))
    count = max(0, int(mean - 9 * spread - 9))
    ways = math.lgamma(trials + 1) - math.lgamma(count + 1) - math.lgamma(trials - count + 1)
    term = math.exp(ways + count * math.log(chance) + (trials - count) * math.log1p(-chance))
    odds, total = chance / (1 - chance), term
    while u > total and count < trials:
        term *= (trials - count) / (count + 1) * odds
        count += 1
        if term < 1e-17 and count > mean:
            break  # rounding may keep the sum below a u that is nearly 1
        total += term
    return count


def share_within(rate_per_h: float, hours: float) -> float:
    """Return the probability that an event of a constant rate per h happens within some hours."""
    return -math.expm1(-rate_per_h * hours)


def mean_share(rate_per_h: float, hours: float) -> float:
    """Return the mean share of a step during which something lasts that ends at a constant rate per h."""
    return share_within(rate_per_h, hours) / (rate_per_h * hours) if rate_per_h * hours > 0 else 1.0


def force_per_h(disease: Disease, outbreak: Outbreak) -> float:
    """Return the rate per h at which one susceptible person of a mixed group is infected."""
    return disease.contacts_per_h * outbreak.infectious / outbreak.persons if outbreak.persons else 0.0


def forces_per_h(contacts_per_h: Sequence[Sequence[float]], outbreaks: Sequence[Outbreak]) -> tuple[float, ...]:
    """Return the rate per h at which one susceptible person of each of several groups is infected.

    Args:
        contacts_per_h: Row g, column h: persons of group g whom one infectious person of group h would infect per h.
        outbreaks: State of each group.
    """
    return tuple(
        math.fsum(rate * other.infectious for rate, other in zip(row, outbreaks, strict=True)) / max(1, own.persons)
        for row, own in zip(contacts_per_h, outbreaks, strict=True)
    )


def step(
    disease: Disease,
    outbreak: Outbreak,
    force: float,
    hours: float,
    uniforms: tuple[float, float, float],
    outside_per_h: float = 0.0,
) -> Outbreak:
    """Return the outbreak after a chain-binomial step, in whole persons.

    Everybody is judged by the rates at the start of the step; the infectious infect only in the part of it before they
    are removed, so that a case infects R0 persons in the mean whatever the step. Who is infected acts from the next
    step on, so the step should be short against the times of the disease, or the outbreak grows too slowly.

    Args:
        disease: The infection.
        outbreak: State of the group.
        force: Rate per h at which one susceptible person is infected, from :func:`force_per_h`.
        hours: Length of the step in h.
        uniforms: Luck of infection, of becoming infectious, of removal.
        outside_per_h: The same rate from outside of the groups, such as water or food.
    """
    catching = force * mean_share(1 / disease.infectious_h, hours) + outside_per_h
    infected = binomial(outbreak.susceptible, share_within(catching, hours), uniforms[0])
    removed = binomial(outbreak.infectious, share_within(1 / disease.infectious_h, hours), uniforms[2])
    turning = infected
    if disease.latent_h > 0:
        turning = binomial(outbreak.exposed, share_within(1 / disease.latent_h, hours), uniforms[1])
    return Outbreak(
        outbreak.susceptible - infected,
        outbreak.exposed + infected - turning,
        outbreak.infectious + turning - removed,
        outbreak.removed + removed,
    )


def reed_frost(susceptible: int, infectious: int, chance: float, u: float) -> tuple[int, int]:
    """Return susceptible and infectious persons one generation later.

    Args:
        susceptible: Persons who can be infected.
        infectious: Persons of this generation, all removed after it.
        chance: Probability that one of them infects a given susceptible person.
        u: Uniform number in (0, 1).
    """
    infected = binomial(susceptible, 1 - (1 - chance) ** infectious, u)
    return susceptible - infected, infected


def next_event(
    disease: Disease, outbreak: Outbreak, u_time: float, u_which: float, outside_per_h: float = 0.0
) -> tuple[float, Outbreak]:
    """Return the hours until the next event and the state after it (Gillespie 1977).

    Args:
        disease: The infection.
        outbreak: State of the group.
        u_time: Luck of the time.
        u_which: Luck of which event: infection, becoming infectious, or removal.
        outside_per_h: Rate per h at which one susceptible person is infected from outside.

    Returns:
        Infinity and the same state if nothing can happen any more.
    """
    force = force_per_h(disease, outbreak) + outside_per_h
    infection = force * outbreak.susceptible
    turning = outbreak.exposed / disease.latent_h if disease.latent_h > 0 else 0.0
    removal = outbreak.infectious / disease.infectious_h
    total = infection + turning + removal
    if total <= 0:
        return math.inf, outbreak
    wait_h = -math.log1p(-u_time) / total
    mark = u_which * total
    if mark < infection:
        field = "exposed" if disease.latent_h > 0 else "infectious"
        moved = {"susceptible": outbreak.susceptible - 1, field: getattr(outbreak, field) + 1}
    elif mark < infection + turning:
        moved = {"exposed": outbreak.exposed - 1, "infectious": outbreak.infectious + 1}
    else:
        moved = {"infectious": outbreak.infectious - 1, "removed": outbreak.removed + 1}
    return wait_h, replace(outbreak, **moved)


def final_share(r0: float) -> float:
    """Return the share that a large outbreak infects, the greatest root of ``z = 1 - exp(-R0 z)``, to 9 digits."""
    if r0 <= 1:
        return 0.0
    low, high = 1e-12, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if -math.expm1(-r0 * middle) > middle else (low, middle)
    return round(low, 9)


def final_sizes(persons: int, pair_rate: Rate, removal_rate: Rate) -> list[Rate]:
    """Return the probabilities that a Markov SIR outbreak from one case infects 1, 2, ... ``persons`` persons.

    Counts infections and removals; each state is reached from those before it (Black and Ross 2015). Exact if the
    rates are fractions.

    Args:
        persons: All persons, with the first case.
        pair_rate: Rate at which one infectious person infects one given susceptible person.
        removal_rate: Rate of removal, in the same unit.
    """
    chances = [removal_rate - removal_rate] * (persons + 1)
    chances[1] = removal_rate / removal_rate
    for removed in range(persons):
        for infected in range(removed + 1, persons):
            # How many are ill is a factor of both rates, so it cancels.
            catching = pair_rate * (persons - infected)
            chances[infected + 1] += chances[infected] * (catching / (catching + removal_rate))
            chances[infected] *= removal_rate / (catching + removal_rate)
    return chances[1:]


@dataclass(frozen=True, slots=True)
class Incubation:
    """Time from a meal or an infection to the first sign, lognormal (Sartwell 1950).

    Attributes:
        median_h: Median in h.
        dispersion: Factor s; two thirds of the cases lie between median / s and median * s.
    """

    median_h: float
    dispersion: float


INCUBATION = MappingProxyType(
    {
        "staphylococcus": Incubation(3.0, 1.42),
        "bacillus_cereus": Incubation(9.0, 1.34),
        "clostridium_perfringens": Incubation(12.0, 1.42),
        "norovirus": Incubation(28.8, 1.56),
        "salmonella": Incubation(45.0, 2.4),
    }
)
"""Times by agent. Norovirus: median Lee et al. (2013), dispersion recalled; salmonella: median Eikmeier et al. (2018),
dispersion so that 29 % lie above 72 h as there; the others from the medians and ranges of a
clinical handbook (3, 1-6 h; 9, 6-16 h; 12, 6-24 h), the upper end taken as that of 95 %."""


def onset_s(incubation: Incubation, u: float) -> int:
    """Return the seconds from infection to the first sign, in whole seconds, for a uniform number in (0, 1)."""
    return round(3600 * incubation.median_h * math.exp(math.log(incubation.dispersion) * _NORMAL.inv_cdf(u)))


def onsets_s(
    incubation: Incubation, attack_rate: float, luck: Sequence[tuple[float, float]]
) -> tuple[tuple[int, int], ...]:
    """Return who falls ill of one meal and when, earliest first.

    Args:
        incubation: Of the agent.
        attack_rate: Share of those who ate that fall ill, 0 to 1; a larger one only adds cases.
        luck: For each person who ate, the luck of falling ill and that of the incubation.

    Returns:
        Pairs of onset in s after the meal and number of the person.
    """
    ill = [(onset_s(incubation, when), who) for who, (falls, when) in enumerate(luck) if falls < attack_rate]
    return tuple(sorted(ill))


def attack_rate(ill: int, exposed: int) -> float:
    """Return the share of those exposed who fell ill, 0 if nobody was exposed."""
    return ill / exposed if exposed else 0.0


@dataclass(frozen=True, slots=True)
class Threshold:
    """When an outbreak must be reported: so many ill within a time, or so many deaths.

    Attributes:
        ill: Persons ill.
        within_s: Time in s in which their onsets lie.
        deaths: Deaths that suffice by themselves; 0 if deaths do not count.
    """

    ill: int
    within_s: int
    deaths: int = 0

    def reached(self, ill: int, deaths: int = 0) -> bool:
        """Return whether persons ill within the time, or deaths, reach the threshold."""
        return ill >= self.ill or 0 < self.deaths <= deaths

    def reached_at_s(self, onsets: Sequence[int]) -> int | None:
        """Return the onset in s that reaches the threshold, from onsets in order, or None."""
        for last in range(self.ill - 1, len(onsets)):
            if onsets[last] - onsets[last - self.ill + 1] <= self.within_s:
                return onsets[last]
        return None


THRESHOLDS = MappingProxyType(
    {
        "food_poisoning": Threshold(30, 3 * DAY_S, 1),
        "food_poisoning_school": Threshold(5, 3 * DAY_S, 1),
        "infectious_diarrhea": Threshold(20, 7 * DAY_S),
        "class_signal": Threshold(3, DAY_S),
        "school_signal": Threshold(5, 3 * DAY_S),
    }
)
"""Chinese thresholds. The first three: 国家突发公共卫生事件相关信息报告管理工作规范（试行）, recalled from a copy:
30 ill or 1 death in one event of poisoning, 5 ill or 1 death in a school, 20 in one unit within a week; that one event
means 3 days is a guess. The signals for schools are from one school's flow chart."""
