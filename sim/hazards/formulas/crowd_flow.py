"""Density, speed and flow of a crowd, and when it becomes dangerous.

Sources: Weidmann, Transporttechnik der Fußgänger (1993), speed by density (recalled); sending flow,
Daganzo, The cell transmission model (1994); densities, Fruin, The causes and prevention of crowd disasters (1993)
and Still, Introduction to Crowd Science (2014).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

FREE_M_S = 1.34
"""Speed in m/s of people who have room (Weidmann 1993)."""
GAMMA_PER_M2 = 1.913
"""Weidmann's constant of how speed falls with density, in persons/m²."""
JAM_PER_M2 = 5.4
"""Density in persons/m² at which a crowd no longer walks (Weidmann 1993)."""
BUSY_PER_M2 = 4.0
"""Density in persons/m² from which a moving crowd blocks itself (Still 2014, recalled)."""
DANGEROUS_PER_M2 = 5.0
"""Density in persons/m² above which people touch on all sides and may fall together (Still 2014; Fruin 1993: 5.55)."""
CRITICAL_PER_M2 = 7.0
"""Density in persons/m² from which a crowd is nearly a fluid and shock waves lift people (Fruin 1993: 7.1 standing)."""
PACKED_PER_M2 = 9.0
"""Density in persons/m² above which nobody more can be pushed in. A guess; Still shows up to 10."""
LEVELS_PER_M2 = (BUSY_PER_M2, DANGEROUS_PER_M2, CRITICAL_PER_M2)
"""Densities in persons/m² that part a crowd's levels 0, 1, 2 and 3."""
LANE_M = 1.5
"""Width in m of the lane that police open in a crowd. A guess."""
MOVED_ASIDE_PER_S = 1.6
"""Persons whom the head of a wedge moves aside each second. A guess: 70 m at 5 to 7 persons/m² take 5 to 8 min."""


def speed_m_s(density_per_m2: float) -> float:
    """Return the walking speed in m/s at a density, ``1.34 (1 - exp(-1.913 (1/ρ - 1/5.4)))`` (Weidmann 1993)."""
    if density_per_m2 <= 0:
        return FREE_M_S
    if density_per_m2 >= JAM_PER_M2:
        return 0.0
    return -FREE_M_S * math.expm1(-GAMMA_PER_M2 * (1 / density_per_m2 - 1 / JAM_PER_M2))


def flow_per_m_s(density_per_m2: float) -> float:
    """Return the specific flow in persons per m of width and s: density times speed."""
    return max(0.0, density_per_m2) * speed_m_s(density_per_m2)


def _peak_per_m2() -> float:
    """Return the density of greatest flow, where ``(1 + γ/ρ) exp(-γ (1/ρ - 1/ρ_max)) = 1``, by halving."""
    low, high = 0.1, JAM_PER_M2
    for _ in range(60):
        middle = (low + high) / 2
        ratio = GAMMA_PER_M2 / middle
        rising = (1 + ratio) * math.exp(-ratio + GAMMA_PER_M2 / JAM_PER_M2) < 1
        low, high = (middle, high) if rising else (low, middle)
    return round(low, 9)


PEAK_PER_M2 = _peak_per_m2()
"""Density in persons/m² at which most people pass, 1.75."""


def sending_per_m_s(density_per_m2: float) -> float:
    """Return the flow in persons per m and s that an area sends to an exit behind which there is room."""
    return flow_per_m_s(min(density_per_m2, PEAK_PER_M2))


@dataclass(frozen=True, slots=True)
class Area:
    """A place that a crowd fills, with its ways out.

    Attributes:
        size_m2: Area in m² on which people can stand.
        exit_m: Clear width in m of all ways out.
        exit_factor: What stairs or two-way flow leave of the capacity of the ways out, 0 to 1.
    """

    size_m2: float
    exit_m: float
    exit_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who is in an area: whole persons, and the parts of persons that the next step owes.

    Attributes:
        persons: Persons inside.
        owed_in: Part of a person still to come in, 0 to 1.
        owed_out: Part of a person still to go out, 0 to 1.
        entered: Persons who came in with the last step.
        left: Persons who went out with the last step.
        turned_back: Persons who found no room with the last step.
    """

    persons: int
    owed_in: float = 0.0
    owed_out: float = 0.0
    entered: int = 0
    left: int = 0
    turned_back: int = 0


def step(area: Area, crowd: Crowd, arriving_per_s: float, leaving_share: float, seconds: int) -> Crowd:
    """Return the crowd some seconds later, in whole persons.

    People push in until :data:`PACKED_PER_M2`: who stands behind does not see the density ahead (Fruin 1993). Those
    who want to leave walk out at Daganzo's sending flow if all want it, and at Weidmann's flow, which breaks down at
    high density, if the others stand in the way; between the two by the share that wants to leave, and only that share
    of the flow leaves. This mixing is a choice of this program.

    Args:
        area: The place.
        crowd: The crowd now.
        arriving_per_s: Persons/s who come to the entrances and are let in.
        leaving_share: Share of those inside who want to leave, 0 to 1; 1 is a cleared place.
        seconds: Length of the step in s.
    """
    density = crowd.persons / area.size_m2
    sent = leaving_share * sending_per_m_s(density) + (1 - leaving_share) * flow_per_m_s(density)
    per_s = leaving_share * sent * area.exit_m * area.exit_factor
    willing = math.floor(leaving_share * crowd.persons + 1e-9)
    wanting = round(crowd.owed_out + per_s * seconds, 9)
    left = min(willing, math.floor(wanting))
    coming = round(crowd.owed_in + arriving_per_s * seconds, 9)
    arrived = math.floor(coming)
    room = max(0, math.floor(PACKED_PER_M2 * area.size_m2) - crowd.persons + left)
    entered = min(arrived, room)
    return Crowd(
        persons=crowd.persons + entered - left,
        owed_in=round(coming - arrived, 9),
        owed_out=round(min(wanting - left, 0.999999999), 9),
        entered=entered,
        left=left,
        turned_back=arrived - entered,
    )


def level(density_per_m2: float) -> int:
    """Return 0 (free), 1 (busy), 2 (dangerous) or 3 (critical) for a density in persons/m²."""
    return sum(density_per_m2 >= mark for mark in LEVELS_PER_M2)


def push_through_s(distance_m: float, density_per_m2: float) -> float:
    """Return the time in s that a police wedge needs for a distance in m through a standing crowd.

    Its head moves :data:`MOVED_ASIDE_PER_S` persons aside each second in a lane of :data:`LANE_M`, and never goes
    faster than a free walk.
    """
    return distance_m * max(1 / FREE_M_S, density_per_m2 * LANE_M / MOVED_ASIDE_PER_S)
