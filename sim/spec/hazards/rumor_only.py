"""A panic for which there is no reason but a rumor, in a scenario file."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.spec.base import Count, Id, NotNegative, Share, Spec
from sim.spec.hazards.base import HazardSpec


class WayOut(Spec):
    """A road by which people flee.

    Attributes:
        road: Two neighboring places, in the direction in which they flee.
        share: Share of those who flee that takes it.
        at: Place at the road where vehicles meet with accidents, and where traffic police can stand.
        by_water: Whether vehicles can go into water there, such as at a bridge.
    """

    road: tuple[Id, Id]
    share: Share
    at: Id
    by_water: bool = False


class RumorOnly(HazardSpec):
    """People flee from something that a rumor says will happen at a site, and that will not.

    How many flee, and when, follows from the rumor of the scenario, which must have a ``flight``.

    Attributes:
        ways_out: The roads; their shares add up to at most 1, the rest leaves unseen.
        people_per_vehicle: Who leaves together.
        accidents_per_1000: Vehicles with people hurt among 1,000 people who leave by night.
        into_water: Share of the accidents at water in which the vehicle goes into it.
        guarded: Share of the accidents at a place that traffic police who stand there prevent.
        shelters: Places that can be opened for those who leave.
        sheltered: Share of those who leave that opened shelters take in, if all of them are open.
        size_large: Persons away from whom on the flight counts as large.
        neighbor_from: Persons away from whom on the neighbor county has people arriving.
        calm: Share of the greatest number away at which the panic is over.
    """

    SUBJECT = "rumor"

    kind: Literal["rumor_only"]
    ways_out: tuple[WayOut, ...] = Field(min_length=1, max_length=50)
    people_per_vehicle: int = Field(ge=1, le=60)
    accidents_per_1000: NotNegative
    into_water: Share
    guarded: Share
    shelters: tuple[Id, ...] = ()
    sheltered: Share = 0.0
    size_large: Count = 1000
    neighbor_from: Count = 1500
    calm: Share = 0.1
    source: str
