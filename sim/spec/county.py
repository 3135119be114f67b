"""The county: places, roads, organizations, units and the channels between them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.spec.base import Count, Delay, Id, NotNegative, Positive, Spec, Text
from sim.spec.channels import Channel, DutyHours, Profile, Roster
from sim.spec.lifelines import Lifeline
from sim.spec.orders import TaskKind

DEPARTMENTS = ("police", "emergency", "health", "transport", "propaganda")
"""The five departments, in the order in which every list and figure shows them."""

LEVELS = ("nation", "province", "city", "county", "department", "local")
"""Levels of government, the highest first; ``local`` are townships, villages, enterprises and the people."""
_LEVEL_OF_KIND = {"duty": "county", "command": "county", "department": "department", "outside": "local"}

Coordinate = Annotated[float, Field(ge=-500, le=500, allow_inf_nan=False)]
RoadClass = Literal["expressway", "national", "county", "village"]


class Place(Spec):
    """A point of the county where people live, pass or work.

    Attributes:
        x_km: East of the map's origin, in km.
        y_km: North of the map's origin, in km.
        people: Residents or workers present at night.
        radius_m: Radius of the area in which they live, in m.
        passing_per_min: Travellers who pass, in persons a minute.
        bays: Treatment bays of a hospital.
    """

    id: Id
    name: Text
    kind: Literal["town", "village", "school", "works", "junction", "station", "hospital", "office"]
    x_km: Coordinate
    y_km: Coordinate
    people: Count = 0
    radius_m: NotNegative = 0.0
    passing_per_min: NotNegative = 0.0
    bays: Count = 0


class Road(Spec):
    """A road between two places, usable both ways."""

    ends: tuple[Id, Id]
    km: Positive
    road_class: RoadClass = Field(alias="class")


class Unit(Spec):
    """A team with its vehicle.

    Attributes:
        crew: Persons on board.
        seats: People that it can carry besides the crew.
        protected: Whether the crew has closed suits and breathing apparatus.
    """

    id: Id
    name: Text
    department: Literal["police", "emergency", "health", "transport", "propaganda"]
    kind: Id
    base: Id
    crew: int = Field(ge=1, le=60)
    seats: Count = 0
    protected: bool = False
    siren: bool = True
    skills: tuple[TaskKind, ...] = Field(min_length=1)
    turnout: Delay


class Organization(Spec):
    """Somebody who sends and receives messages at a duty desk.

    Attributes:
        officers: Duty officers who can read or decide at the same time.
        phone_lines: Lines that ring at this desk.
        channels: Channels by which it is reached, first choice first.
        sends: Channels by which it sends, first choice first; of those that the addressee has none of, the
            addressee's order holds.
        roster: Roster of those who pick up; None where somebody always does.
        group: Talk group that its radio net shares with others: one talks at a time to all of them, and each hears what
            is said to another; None for a net of its own.
        at: Place where its desk is; None outside the county and for those who are everywhere.
        thinking: Time to decide on a routine matter.
        seat: Whether a person may take this seat in an exercise.
        public: Whether these are the people of the county, whom no policy can reach at once.
        platform: Whether the desk is on the unified platform, where there is one, although it is no seat.
        level: Level of government; None for what its kind says (outside: local).
    """

    id: Id
    name: Text
    kind: Literal["department", "duty", "command", "outside"]
    officers: int = Field(ge=1, le=50)
    phone_lines: int = Field(ge=1, le=100)
    channels: tuple[Id, ...] = Field(min_length=1)
    sends: tuple[Id, ...] = ()
    roster: Id | None = None
    group: Id | None = None
    at: Id | None = None
    thinking: Delay
    seat: bool = False
    public: bool = False
    platform: bool = False
    level: Literal["nation", "province", "city", "county", "department", "local"] | None = None

    @property
    def tier(self) -> int:
        """Its level of government as a number, 0 the highest."""
        return LEVELS.index(self.level or _LEVEL_OF_KIND[self.kind])


class Speeds(Spec):
    """Travel speeds in km/h by road class, with the factors of siren and night."""

    expressway: Positive
    national: Positive
    county: Positive
    village: Positive
    siren_factor: Positive
    night_factor: Positive
    source: str


class County(Spec):
    """A county file.

    Attributes:
        superior: Organization of the next level up.
        neighbor: Organization of the neighboring county.
        region: Regions whose reporting rules hold here, the nearest first; ``default`` and ``national`` ones hold
            everywhere.
        unit_channels: Channels by which units talk to their department, first choice first.
        repair_crews: Crews that can repair lifelines at the same time.
    """

    format: Literal["tabletop-county/1"]
    id: Id
    name: Text
    superior: Id
    neighbor: Id
    region: tuple[Id, ...] = Field(default=(), max_length=20)
    speeds: Speeds
    places: tuple[Place, ...] = Field(min_length=2, max_length=5000)
    roads: tuple[Road, ...] = Field(min_length=1, max_length=20000)
    channels: tuple[Channel, ...] = Field(min_length=1)
    unit_channels: tuple[Id, ...] = Field(min_length=1)
    duty_hours: DutyHours = DutyHours()
    rosters: tuple[Roster, ...] = ()
    profiles: tuple[Profile, ...] = ()
    lifelines: tuple[Lifeline, ...] = Field(default=(), max_length=5000)
    repair_crews: int = Field(default=2, ge=1, le=100)
    organizations: tuple[Organization, ...] = Field(min_length=1)
    units: tuple[Unit, ...] = Field(min_length=1, max_length=5000)

    def desk(self, kind: Literal["duty", "command"]) -> str:
        """Return the id of the county's duty office or command post."""
        return next(one.id for one in self.organizations if one.kind == kind)

    def profile(self, ident: str) -> Profile | None:
        """Return a profile of the communications; None for ``full``, and for one that the county does not have."""
        return next((one for one in self.profiles if one.id == ident), None)

    @property
    def people(self) -> str:
        """Id of the organization that stands for the people of the county."""
        return next(one.id for one in self.organizations if one.public)
