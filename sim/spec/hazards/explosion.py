"""An explosion in a scenario file."""

from __future__ import annotations

from typing import Literal

from sim.spec.base import Count, Id, Positive
from sim.spec.hazards.base import HazardSpec


class Explosion(HazardSpec):
    """An explosion: a blow of pressure at a moment, which suits and masks do not hold off.

    Attributes:
        tnt_kg: Mass of TNT that would explode like it, in kg.
        crews_m: How far from it crews stand that work at the site, in m. A guess.
        onlookers: How many others stand at the site: those who got out, neighbors, families.
        onlookers_m: How far from it they stand, in m. A guess.
        kept_off_m: How far from it they stand once the cordon is closed, in m. A guess.
        felt_kpa: Pressure in kPa from which a place feels it.
    """

    SUBJECT = "blast"

    kind: Literal["explosion"]
    owner: Id | None = None
    tnt_kg: Positive
    crews_m: Positive = 20.0
    onlookers: Count = 0
    onlookers_m: Positive = 30.0
    kept_off_m: Positive = 150.0
    felt_kpa: Positive = 1.0

    @property
    def harm(self) -> str:
        """The pressure that somebody meets."""
        return "blast_overpressure"
