"""The county: places, roads, organizations, units and the channels between them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.spec.base import Count, Delay, Duration, Id, NotNegative, Positive, Share, Spec, Text
from sim.spec.orders import TaskKind

DEPARTMENTS = ("police", "emergency", "health", "transport", "propaganda")
"""The five departments, in the order in which every list and figure shows them."""

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


class Channel(Spec):
    """One way to reach somebody.

    Attributes:
        set_up: Time to get through.
        talk: Time that the message takes on the line.
        holds: What a message occupies: nothing, a phone line of the addressee's desk, or the addressee's radio net,
            on which one talks at a time.
        patience: How long a sender waits for a line before the attempt counts as failed.
        loss: Chance that one attempt fails.
        retry_after: Pause before the next attempt.
        attempts: Attempts before the sender falls back to its next channel.
        reading: Time until the addressee has read it, with a duty officer busy; 0 for a spoken message.
        forgotten: Chance that a message which needs an answer is read and not acknowledged.
        writing: Time to write the message down before it can go out.
    """

    id: Id
    name: Text
    set_up: Delay
    talk: Delay
    writing: Delay
    reading: Delay
    holds: Literal["nothing", "desk", "net"]
    patience: Duration
    loss: Share
    retry_after: Duration
    attempts: int = Field(ge=1, le=10)
    forgotten: Share = 0.0
    source: str


class Organization(Spec):
    """Somebody who sends and receives messages at a duty desk.

    Attributes:
        officers: Duty officers who can read or decide at the same time.
        phone_lines: Lines that ring at this desk.
        channels: Channels by which it is reached, first choice first.
        thinking: Time to decide on a routine matter.
        seat: Whether a person may take this seat in an exercise.
        public: Whether these are the people of the county, whom no policy can reach at once.
    """

    id: Id
    name: Text
    kind: Literal["department", "duty", "command", "outside"]
    officers: int = Field(ge=1, le=50)
    phone_lines: int = Field(ge=1, le=100)
    channels: tuple[Id, ...] = Field(min_length=1)
    thinking: Delay
    seat: bool = False
    public: bool = False


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
    """A county file."""

    format: Literal["tabletop-county/1"]
    id: Id
    name: Text
    superior: Id
    neighbor: Id
    speeds: Speeds
    places: tuple[Place, ...] = Field(min_length=2, max_length=5000)
    roads: tuple[Road, ...] = Field(min_length=1, max_length=20000)
    channels: tuple[Channel, ...] = Field(min_length=1)
    organizations: tuple[Organization, ...] = Field(min_length=1)
    units: tuple[Unit, ...] = Field(min_length=1, max_length=5000)

    def desk(self, kind: Literal["duty", "command"]) -> str:
        """Return the id of the county's duty office or command post."""
        return next(one.id for one in self.organizations if one.kind == kind)

    @property
    def people(self) -> str:
        """Id of the organization that stands for the people of the county."""
        return next(one.id for one in self.organizations if one.public)
