"""Places of a county: who lives there, who comes at which hour, how they are built, and who looks after them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.spec.base import Count, Id, NotNegative, Share, Spec, Text

Coordinate = Annotated[float, Field(ge=-500, le=500, allow_inf_nan=False)]
Height = Annotated[float, Field(ge=-500, le=5000, allow_inf_nan=False)]

PlaceKind = Literal[
    "town", "township_seat", "village", "school", "care_home", "works", "mine", "reservoir", "hospital", "market",
    "station", "office", "shelter", "warehouse", "water_works", "substation", "base_station", "machine_room", "square",
    "junction", "bridge", "border", "key_unit",
]  # fmt: skip
"""What a place is."""

SETTLEMENTS = ("town", "township_seat", "village")
"""Kinds of place that people call by its name alone, and live in."""


class DayCurve(Spec):
    """Which share of those who come to a place at its busiest hour is there, hour by hour.

    Attributes:
        hours: Shares from 0:00 to 23:00, on working days.
        rest_day: The same on Saturdays, Sundays and holidays; as on working days if not given.
        source: Where the shares come from.
    """

    id: Id
    name: Text
    hours: tuple[Share, ...] = Field(min_length=24, max_length=24)
    rest_day: tuple[Share, ...] = ()
    source: str

    @model_validator(mode="after")
    def _whole_day(self) -> Self:
        if len(self.rest_day) not in (0, 24):
            raise ValueError("rest_day needs 24 shares, one for each hour")
        return self

    def share(self, hour: int, *, rest_day: bool = False) -> float:
        """Return the share (0 to 1) that is there in an hour of the day (0 to 23)."""
        return (self.rest_day if rest_day and self.rest_day else self.hours)[hour]


class BuildingMix(Spec):
    """In which kinds of building people sleep, as shares that make 1; it decides what an earthquake does to them.

    Attributes:
        brick_wood: Walls of brick, earth or stone under wooden roofs.
        brick_concrete: Brick walls with concrete floors.
        frame: Frames of reinforced concrete or steel.
        source: Where the shares come from.
    """

    id: Id
    brick_wood: Share
    brick_concrete: Share
    frame: Share
    source: str

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if abs(self.brick_wood + self.brick_concrete + self.frame - 1) > 1e-9:
            raise ValueError("brick_wood, brick_concrete and frame must make 1 together")
        return self


class Vulnerable(Spec):
    """People who cannot save themselves, as counts; somebody may be in several groups.

    Attributes:
        infants: Below three years.
        aged_alone: Old people who live alone.
        disabled: Who cannot walk by themselves.
        pregnant: Expectant mothers.
        dialysis: Who need dialysis every two or three days.
    """

    infants: Count = 0
    aged_alone: Count = 0
    disabled: Count = 0
    pregnant: Count = 0
    dialysis: Count = 0

    @property
    def helpless(self) -> int:
        """How many cannot leave without somebody's help; who is in two groups counts twice."""
        return sum(getattr(self, name) for name in type(self).model_fields)

    def plus(self, other: Vulnerable) -> Vulnerable:
        """Return the groups of both."""
        return Vulnerable(**{name: getattr(self, name) + getattr(other, name) for name in type(self).model_fields})


class Place(Spec):
    """A point of the county where people live, pass or work.

    Attributes:
        x_km: East of the map's origin, in km.
        y_km: North of the map's origin, in km.
        township: Township that it belongs to.
        people: Who lives and sleeps there, or works there at night.
        radius_m: Radius of the area in which they live, in m.
        visitors: Who comes by day from elsewhere in the county, at the busiest hour: pupils, workers, patients, buyers.
        curve: Day curve that says how many of the visitors are there at which hour.
        visitors_from: Places where the visitors live.
        passing_per_min: Travellers who pass, in persons a minute.
        ground_m: Height of the ground above the ordinary level of the water nearest to it, in m; None where no water
            can come.
        buildings: Mix of buildings in which people sleep.
        bays: Treatment bays of a hospital.
        beds: Beds of a hospital.
        shelters: How many people it can put up.
        backup_power_h: For how many hours it makes its own power; 0 for not at all.
        power_room_m: Height of its own switchgear and generator above its ground, in m; negative in a basement.
    """

    id: Id
    name: Text
    kind: PlaceKind
    x_km: Coordinate
    y_km: Coordinate
    township: Id | None = None
    people: Count = 0
    radius_m: NotNegative = 0.0
    visitors: Count = 0
    curve: Id | None = None
    visitors_from: tuple[Id, ...] = ()
    passing_per_min: NotNegative = 0.0
    ground_m: Height | None = None
    buildings: Id | None = None
    bays: Count = 0
    beds: Count = 0
    shelters: Count = 0
    backup_power_h: NotNegative = 0.0
    power_room_m: Height | None = None


class Township(Spec):
    """A township of the county.

    Attributes:
        seat: Place of its government.
        organization: Desk that answers for it.
        residents: How many people live in its places together.
        leader: Who is responsible, as a role.
    """

    id: Id
    name: Text
    kind: Literal["town", "township", "subdistrict"]
    seat: Id
    organization: Id | None = None
    residents: Count
    leader: Text = Text(zh="乡镇带班领导", en="township leader on duty")


class GridCell(Spec):
    """A part of a place whose households one person answers for.

    Attributes:
        place: Place that it is a part of.
        households: Households.
        people: Who lives there.
        wardens: How many go from door to door besides the one responsible.
        responsible: Who answers for it, as a role.
        reachable: How surely that person answers a call at night; a guess unless the file says otherwise.
        vulnerable: Who cannot save themselves.
    """

    id: Id
    place: Id
    households: Count
    people: Count
    wardens: int = Field(default=1, ge=1, le=1000)
    responsible: Text = Text(zh="网格长", en="grid leader")
    reachable: Share = 0.75
    vulnerable: Vulnerable = Vulnerable()
