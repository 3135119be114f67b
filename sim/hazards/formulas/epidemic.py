"""Outbreaks in whole persons: SIR and SEIR by chain-binomial steps, and food poisoning.

Sources: chain binomial, Reed and Frost as in Abbey (1952), with rates as in Bretó et al. (2009); final size, Kermack
and McKendrick (1927); incubation, Sartwell, The distribution of incubation periods of infectious disease (1950).
Uniform numbers in (0, 1) are passed in; nothing here draws.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from types import MappingProxyType

_NORMAL = NormalDist()
_SUMMED_BELOW = 50.0
"""Variance of a binomial up to which it is summed term by term; above, an expansion is off by one at most."""


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
        force: Rate per h at which one susceptible person is infected.
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


def final_share(r0: float) -> float:
    """Return the share that a large outbreak infects, the greatest root of ``z = 1 - exp(-R0 z)``, to 9 digits."""
    if r0 <= 1:
        return 0.0
    low, high = 1e-12, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if -math.expm1(-r0 * middle) > middle else (low, middle)
    return round(low, 9)


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


def share_ill(incubation: Incubation, seconds: float) -> float:
    """Return the share of those infected whose first sign comes within some seconds, to 12 digits."""
    if seconds <= 0:
        return 0.0
    return round(_NORMAL.cdf(math.log(seconds / 3600 / incubation.median_h) / math.log(incubation.dispersion)), 12)
