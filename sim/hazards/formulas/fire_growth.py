"""Growth of one fire, water on it, and how far its smoke rises, as an energy balance.

Sources: t-squared growth and its four classes as in NFPA 92 (1,055 kW after 600, 300, 150 or 75 s); decay after 70 %
of the fuel, and the peak allowed by openings, EN 1991-1-2 annex E.4; heat that water takes up, Särdqvist, Water and
Other Extinguishing Agents (2002); heat of combustion, Tewarson in the SFPE Handbook (recalled); rise of smoke, Briggs
(1969, 1975) as used in EPA-454/B-95-003b (recalled).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType

REFERENCE_KW = 1055.0
"""Heat release in kW that names a growth class by the time until it is reached (1,000 BTU/s)."""
ALPHA_KW_S2 = MappingProxyType({"slow": 0.002931, "medium": 0.011722, "fast": 0.046889, "ultra_fast": 0.187556})
"""Growth coefficient in kW/s² by class: 1,055 kW over the square of 600, 300, 150 and 75 s, to six places."""
DECAY_FROM = 0.7
"""Share of the fuel after which a fire dies down by itself (EN 1991-1-2, E.4)."""
WATER_KJ_PER_L = 2600.0
"""Heat in kJ that one liter takes up from 10 °C to steam at 100 °C: 4.19 × 90 + 2,257, rounded (Särdqvist 2002)."""
WATER_EFFICIENCY = 0.32
"""Share of the water that does so: 0.84 of 2.6 MW for 1 L/s in practice, as Grimwood gives it. An editable default."""
KNOCKDOWN_S = 300.0
"""Time in s in which hot fuel gives way to water; twice the needed flow puts a fire out in 0.69 of it. A guess."""
OUT_KW = 1.0
"""Heat release in kW below which a fire under water counts as out. A guess."""
CONVECTIVE_SHARE = 0.7
"""Share of the heat that rises with the smoke; the rest radiates (SFPE Handbook, recalled)."""
HEAT_KJ_G = MappingProxyType({"wood": 12.4, "polyurethane": 17.8, "polystyrene": 27.0, "diesel": 41.2})
"""Chemical heat of combustion in kJ/g by fuel: red oak, flexible foam, polystyrene, heptane for diesel (Tewarson, SFPE
Handbook; recalled)."""


@dataclass(frozen=True, slots=True)
class Fuel:
    """What may burn, and how fast at most.

    Attributes:
        alpha_kw_s2: Growth coefficient in kW/s².
        peak_kw: Greatest heat release in kW that fuel and openings allow.
        load_kj: Heat in kJ that the whole fuel holds.
    """

    alpha_kw_s2: float
    peak_kw: float
    load_kj: float

    def __post_init__(self) -> None:
        """Refuse what is not positive.

        Raises:
            ValueError: If a number is not above 0.
        """
        if min(self.alpha_kw_s2, self.peak_kw, self.load_kj) <= 0:
            raise ValueError(f"growth, peak and load of a fire must be positive: {self}")


@dataclass(frozen=True, slots=True)
class Fire:
    """A fire at one time.

    Attributes:
        heat_kw: Heat release in kW.
        burned_kj: Heat in kJ that it has released so far.
        out: Whether it is out for good.
    """

    heat_kw: float = 0.0
    burned_kj: float = 0.0
    out: bool = False


def heat_kw(alpha_kw_s2: float, seconds: float) -> float:
    """Return the heat release in kW of an unchecked fire, ``alpha t²``, a time in s after it took hold."""
    return alpha_kw_s2 * seconds**2


def time_to_heat_s(alpha_kw_s2: float, wanted_kw: float) -> float:
    """Return the time in s until an unchecked fire releases ``wanted_kw`` kW."""
    return math.sqrt(wanted_kw / alpha_kw_s2)


def ventilation_peak_kw(opening_m2: float, opening_height_m: float) -> float:
    """Return the greatest heat release in kW of a room with one opening.

    EN 1991-1-2, E.4 (8): 0.10 m Hu A √h MW with wood (Hu = 17.5 MJ/kg) and m = 0.8.
    """
    return 1000 * 0.10 * 0.8 * 17.5 * opening_m2 * math.sqrt(opening_height_m)


def limit_kw(fuel: Fuel, burned_kj: float) -> float:
    """Return the greatest heat release in kW that is left when ``burned_kj`` kJ are gone.

    After :data:`DECAY_FROM` of the load it falls so that the fire dies down linearly in time and uses up its load
    (EN 1991-1-2, E.4): the heat falls as the root of what is left.
    """
    tail_kj = (1 - DECAY_FROM) * fuel.load_kj
    left_kj = max(0.0, fuel.load_kj - burned_kj)
    return fuel.peak_kw if left_kj >= tail_kj else fuel.peak_kw * math.sqrt(left_kj / tail_kj)


def water_needed_l_s(fire_kw: float, efficiency: float = WATER_EFFICIENCY) -> float:
    """Return the flow in L/s that takes up the heat of a fire, when a share ``efficiency`` of it evaporates."""
    return fire_kw / (WATER_KJ_PER_L * efficiency)


def absorbed_kw(water_l_s: float, efficiency: float = WATER_EFFICIENCY) -> float:
    """Return the heat in kW that a flow of water in L/s takes up."""
    return water_l_s * WATER_KJ_PER_L * efficiency


def _second(fuel: Fuel, fire: Fire, taken_kw: float, knockdown_s: float) -> Fire:
    """Return the fire one second later."""
    before = fire.heat_kw
    if before < taken_kw:
        after = taken_kw - (taken_kw - before) * math.exp(1 / knockdown_s)
        if after < OUT_KW:
            return Fire(0.0, fire.burned_kj, True)
    else:
        free = 1.0 if taken_kw == 0 else 1 - taken_kw / before
        after = (math.sqrt(before) + math.sqrt(fuel.alpha_kw_s2) * free) ** 2
    after = min(after, limit_kw(fuel, fire.burned_kj))
    # The mean of a heat release whose root is linear in time: exact while it grows.
    mean = (before + math.sqrt(before * after) + after) / 3
    burned = min(fuel.load_kj, fire.burned_kj + mean)
    spent = burned > DECAY_FROM * fuel.load_kj and after < OUT_KW
    return Fire(0.0 if spent else after, burned, spent)


def step(
    fuel: Fuel,
    fire: Fire,
    seconds: int,
    water_l_s: float = 0.0,
    efficiency: float = WATER_EFFICIENCY,
    knockdown_s: float = KNOCKDOWN_S,
) -> Fire:
    """Return the fire some seconds later under a steady flow of water.

    Let A be the heat in kW that the water takes up. While the fire releases Q ≥ A it grows as if t-squared, slowed in
    the share that is taken up: ``dQ/dt = 2 √(α Q) (1 - A/Q)``. While Q < A, what is left over cools the fuel:
    ``dQ/dt = -(A - Q)/τ``, so ``s`` times the needed flow puts it out in ``τ ln(s / (s - 1))``. The balance is of this
    program; that heat release must be exceeded by what water absorbs is Särdqvist (2002). Heat and energy are rounded
    to 6 digits.

    Args:
        fuel: What burns.
        fire: The fire now.
        seconds: Whole seconds to go on.
        water_l_s: Water that reaches the fire, in L/s.
        efficiency: Share of it that evaporates, 0 to 1.
        knockdown_s: Time constant τ in s.
    """
    taken = absorbed_kw(water_l_s, efficiency)
    for _ in range(seconds):
        if fire.out:
            break
        fire = _second(fuel, fire, taken, knockdown_s)
    return Fire(round(fire.heat_kw, 6), round(fire.burned_kj, 6), fire.out)


def smoke_rise_m(fire_kw: float, wind_m_s: float, stability: str, convective_share: float = CONVECTIVE_SHARE) -> float:
    """Return how far in m hot smoke rises before it drifts level, for Pasquill class A to F.

    Briggs: buoyancy F = g Q_c / (π c_p ρ T) in m⁴/s³; 21.425 F^¾/u below 55, 38.71 F^⅗/u above; in stable air
    2.6 (F/(u s))^⅓ with a potential temperature that rises by 0.020 (E) or 0.035 (F) K/m. The smaller of the two
    holds in stable air. The air is at 293 K.
    """
    flux: float = 9.81 * convective_share * fire_kw / (math.pi * 1.005 * 1.204 * 293.0)
    neutral = (21.425 * math.pow(flux, 0.75) if flux < 55 else 38.71 * math.pow(flux, 0.6)) / wind_m_s
    gradient = {"E": 0.020, "F": 0.035}.get(stability)
    if gradient is None:
        return neutral
    return min(neutral, 2.6 * math.cbrt(flux / (wind_m_s * 9.81 * gradient / 293.0)))
