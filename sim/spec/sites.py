"""What a county holds that can go wrong or can help: hazardous stores, reservoirs, mines, key units, risks."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.spec.base import Count, Id, NotNegative, Positive, Spec, Text

HazardKind = Literal[
    "toxic_release",
    "tanker_accident",
    "fire",
    "explosion",
    "flood",
    "earthquake",
    "mine_accident",
    "outbreak",
    "crowd",
    "outage",
    "rumor_only",
]
"""Kinds of hazard, as scenario files name them."""

LEAST_DEATHS = (30, 10, 3, 1)
"""Fewest deaths of an accident of grade 1 to 4 (State Council order 493 of 2007, article 3); 1 for an ordinary one."""


class Inventory(Spec):
    """A hazardous substance that is kept at a site or passes it.

    Attributes:
        tons: What all vessels hold together when they are full, in t.
        vessels: Tanks, drums stores or, where it passes, vehicles.
        moving: Whether it passes in vehicles.
        source: Where the amounts come from.
    """

    site: Id
    substance: Id
    name: Text
    tons: Positive
    vessels: int = Field(default=1, ge=1, le=10_000)
    moving: bool = False
    source: str


class Downstream(Spec):
    """A place below a dam; ``km`` is its distance along the river."""

    place: Id
    km: Positive


class Reservoir(Spec):
    """A reservoir behind a dam; heights are in m above the foot of the dam.

    Attributes:
        place: Place of the dam.
        dam: What the dam is made of.
        capacity_m3: Volume up to the crest, in m3.
        full_m3: Volume at the ordinary full level, in m3.
        crest_m: Height of the crest.
        full_m: Ordinary full level.
        area_m2: Surface of the water at the ordinary full level, in m2.
        catchment_km2: Land from which rain runs into it, in km2.
        spillway_m3_s: Greatest flow over the spillway and through the gates, in m3/s.
        safe_m3_s: Flow that the river below carries within its banks, in m3/s.
        downstream: Places below it, the nearest first; a reservoir's place among them receives the flow.
        source: Where the figures come from.
    """

    place: Id
    dam: Literal["earth", "masonry", "concrete"]
    capacity_m3: Positive
    full_m3: Positive
    crest_m: Positive
    full_m: Positive
    area_m2: Positive
    catchment_km2: Positive
    spillway_m3_s: Positive
    safe_m3_s: Positive
    downstream: tuple[Downstream, ...] = Field(min_length=1)
    source: str

    @model_validator(mode="after")
    def _below_the_crest(self) -> Self:
        if self.full_m >= self.crest_m or self.full_m3 >= self.capacity_m3:
            raise ValueError("the ordinary full level must lie below the crest, and so must its volume")
        if self.full_m3 > self.area_m2 * self.full_m:
            raise ValueError("area_m2 and full_m cannot hold full_m3: no reservoir is wider below than on top")
        return self


class Mine(Spec):
    """A mine.

    Attributes:
        place: Place of its main shaft.
        mineral: What is dug; coal mines have firedamp and water.
        underground: People below in a full shift.
        depth_m: Depth of the deepest workings, in m.
        exits: Ways out on foot or by hoist.
        workings_m3: Volume of the workings that water can fill, in m3.
        pumps_m3_h: What the mine's own pumps lift, in m3 an hour.
        inflow_m3_h: Ordinary inflow of water, in m3 an hour.
        source: Where the figures come from.
    """

    place: Id
    mineral: Literal["coal", "gold", "other"]
    underground: Count
    depth_m: Positive
    exits: int = Field(ge=1, le=20)
    workings_m3: Positive
    pumps_m3_h: NotNegative
    inflow_m3_h: NotNegative
    source: str


class KeyUnit(Spec):
    """A place that must be looked after in every emergency.

    Attributes:
        why: What is at stake there.
        needs: Kinds of installation without which it is in danger.
        desk: Organization that answers for it.
    """

    place: Id
    why: Text
    needs: tuple[Id, ...] = ()
    desk: Id | None = None


class RiskEntry(Spec):
    """One row of the county's risk register.

    Attributes:
        hazard: Kind of hazard.
        site: Place where it begins.
        per_year: How often it is to be expected, in events a year.
        harm: Grade of the accident that is to be expected, 1 the gravest, 4 ordinary.
        source: Where frequency and grade come from.
    """

    id: Id
    name: Text
    hazard: HazardKind
    site: Id
    per_year: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
    harm: int = Field(ge=1, le=4)
    source: str

    @property
    def weight(self) -> float:
        """Deaths a year that it stands for at the least: frequency times the fewest deaths of its grade."""
        return self.per_year * LEAST_DEATHS[self.harm - 1]
