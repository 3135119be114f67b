"""What a shock does to the people of a place: whom falling buildings bury and kill, and who stays outside."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from sim.hazards.formulas.ground_motion import BUILDINGS, share_inside, share_of_occupants_buried, share_struck
from sim.spec.hazards.earthquake import Earthquake
from sim.spec.places import BuildingMix, Place

STAY_OUT = ((6.5, 0.0), (7.0, 0.05), (7.5, 0.2), (8.0, 0.5), (9.0, 0.9))
"""Intensity in degrees and share of the people of a place who stay outside, because their house has fallen or they dare
not go back. A guess."""
USE = {"school": "school", "works": "work", "office": "work", "market": "work", "station": "work", "mine": "work"}
"""What the buildings of a place are used for besides living there, by its kind."""


class Toll(NamedTuple):
    """What a shock does to the people of a place, as whole persons; nobody is counted twice.

    Attributes:
        struck: Lightly hurt, and free.
        buried: Buried, and not critically hurt.
        critical: Buried and critically hurt.
        killed: Dead at once, or beyond help.
    """

    struck: int
    buried: int
    critical: int
    killed: int


def classes_of(mix: BuildingMix | None, spec: Earthquake) -> tuple[tuple[str, float], ...]:
    """Return the classes of buildings of a place with the share of its people in each.

    Places without a mix, such as hospitals and shops, are taken to be built of concrete frames.
    """
    if mix is None:
        return (("concrete_frame", 1.0),)
    return (
        ("earth", mix.brick_wood * spec.earth),
        ("brick_timber", mix.brick_wood * (1 - spec.earth)),
        ("brick_plain", mix.brick_concrete * (1 - spec.tied)),
        ("brick_designed", mix.brick_concrete * spec.tied),
        ("concrete_frame", mix.frame),
    )


def inside(place: Place, hour: float) -> float:
    """Return the share (0 to 1) of those who are at a place who are inside at an hour: in bed, or where they work."""
    return max(share_inside("home", hour), share_inside(USE.get(place.kind, "home"), hour))


def stay_out(intensity: float) -> float:
    """Return the share (0 to 1) of the people of a place who stay outside after a shock, rounded to 1e-9."""
    before = STAY_OUT[0]
    for after in STAY_OUT:
        if intensity < after[0]:
            rise = (after[1] - before[1]) / (after[0] - before[0]) if after is not before else 0.0
            return round(before[1] + rise * (intensity - before[0]) if after is not before else 0.0, 9)
        before = after
    return STAY_OUT[-1][1]


def toll(
    people: int, share_within: float, intensity: float, classes: tuple[tuple[str, float], ...],
    luck: Callable[[str], float], weakened_deg: float = 0.0,
) -> Toll:  # fmt: skip
    """Return whom a shock hurts at a place: whole persons out of shares.

    Args:
        people: How many are there.
        share_within: Share of them in buildings.
        intensity: How strongly the place is shaken, in degrees.
        classes: Classes of buildings, and the share of the people in each.
        luck: Gives a uniform number by name; each name is asked for once.
        weakened_deg: By how many degrees more strongly buildings feel it that are cracked already.
    """
    buried = critical = killed = 0
    for name, share in classes:
        building = BUILDINGS[name]
        mean = people * share_within * share * share_of_occupants_buried(building, intensity + weakened_deg)
        under = _whole(mean, luck(f"{name} fallen"))
        _, _, badly, dead = building.injuries
        u = luck(f"{name} injuries")
        die = min(under, _whole(under * dead, u))
        worst = min(under, _whole(under * (dead + badly), u))
        killed, critical, buried = killed + die, critical + worst - die, buried + under - worst
    free = people - buried - critical - killed
    return Toll(max(0, _whole(free * share_struck(intensity), luck("struck"))), buried, critical, killed)


def _whole(mean: float, u: float) -> int:
    return math.floor(round(mean, 9) + u)
