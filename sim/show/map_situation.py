"""The county at a moment of a run: everything that a map of it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

Point = tuple[float, float]
"""East and north of the map's origin, in km."""
Road = tuple[str, str]
"""The places at the ends of a road, in the order of their ids."""


class Danger(NamedTuple):
    """Something dangerous at a place: the subject of its facts, and how strong it is in its own unit, if told."""

    of: str
    level: float | None


class UnitAt(NamedTuple):
    """Where a unit is.

    Attributes:
        at: Where it stands or drives, in km east and north.
        place: Where it stands; empty on the way.
        path: From where to where it drives; None when it stands.
        busy: Whether it is on a task.
        hurt: Whether its crew is hurt.
    """

    unit: str
    department: str
    at: Point
    place: str
    path: tuple[Point, Point] | None
    busy: bool
    hurt: bool


@dataclass(frozen=True)
class Situation:
    """The county at a moment.

    Attributes:
        hazards: Places where hazards began, each with whether they still go on.
        danger: What is dangerous, by place.
        closed: Places that are closed to traffic, in order of closing.
        directed: Places where police direct the traffic.
        blocked: Places that no road leads to.
        blocked_roads: Roads that cannot be passed.
        cordon: Whether the cordon is closed.
        post: Place of the on-scene command post, or empty.
        orders: How people are ordered to protect themselves, by place: ``shelter`` or ``evacuate``.
        protected: Places of which most people are sheltered or away.
        exposed: How many people live where it is dangerous and neither shelter nor are away.
        away: How many people are away, by place.
        sealed: How many people shelter, by place.
        lying: How many of the seriously hurt wait where they were hurt, by place.
        treated: How many of the seriously hurt have a treatment bay, by hospital.
        queued: How many of them wait for one, by hospital.
        carried: How many of them are on the way.
        died: How many of them have died.
        units: Every unit, by id.
        down: Installations that do not work.
        toward_deg: Bearing that the wind blows toward, in degrees clockwise from north; None where nothing is told.
        level: Response level that is activated, or None.
    """

    at_s: int
    hazards: Mapping[str, bool]
    danger: Mapping[str, tuple[Danger, ...]]
    closed: tuple[str, ...]
    directed: tuple[str, ...]
    blocked: tuple[str, ...]
    blocked_roads: tuple[Road, ...]
    cordon: bool
    post: str
    orders: Mapping[str, str]
    protected: tuple[str, ...]
    exposed: int
    away: Mapping[str, int]
    sealed: Mapping[str, int]
    lying: Mapping[str, int]
    treated: Mapping[str, int]
    queued: Mapping[str, int]
    carried: int
    died: int
    units: tuple[UnitAt, ...]
    down: tuple[str, ...]
    toward_deg: int | None
    level: int | None
