"""A road network as it was read, before it is part of a county, and the list of what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from sim.errors import BadInput, Problem
from sim.spec.roads import RoadClass
from sim.spec.script.columns import Said
from sim.spec.script.problems import NO_ADVICE, problem_of

MAX_PROBLEMS = 100
"""Most problems that are told of one file."""
MAX_NODES, MAX_ARCS = 200_000, 500_000
"""Largest network that is read."""


class Node(NamedTuple):
    """A junction or site.

    Attributes:
        x: Longitude in degrees, or meters east.
        y: Latitude in degrees, or meters north.
        name: Name in Chinese and in English; empty for none.
        kind: Kind of place.
        people: Residents.
    """

    x: float
    y: float
    name: tuple[str, str] = ("", "")
    kind: str = "junction"
    people: int = 0


class Arc(NamedTuple):
    """A road as it was read.

    Attributes:
        tail: Id of the node where it begins.
        head: Id of the node where it ends.
        where: Where it stands, for messages.
        length_m: Length in m.
        road_class: Class.
        speed_km_h: Speed in km/h; None for that of the class.
        lanes: Lanes of both directions together; None where nothing is known.
        bridge: Whether it is a bridge, or its clearance in m.
        one_way: Whether it leads only from tail to head.
        name: Name in Chinese and in English; empty for none.
        ident: Id of the road; empty for none.
    """

    tail: str
    head: str
    where: Said
    length_m: float
    road_class: RoadClass
    speed_km_h: float | None = None
    lanes: int | None = None
    bridge: bool | float = False
    one_way: bool = False
    name: tuple[str, str] = ("", "")
    ident: str = ""


@dataclass
class Problems:
    """What is wrong with a file; every problem is kept up to a limit, none hides another.

    Attributes:
        name: Name of the file.
    """

    name: str
    found: list[Problem] = field(default_factory=list)
    more: int = 0

    def add(self, where: Said, what: Said, allowed: Said = NO_ADVICE) -> None:
        """Note a problem.

        Args:
            where: Where in the file, such as ``row 7``.
            what: What is wrong.
            allowed: What would be right.
        """
        if len(self.found) >= MAX_PROBLEMS:
            self.more += 1
            return
        self.found.append(problem_of(Said(f"{self.name}，{where.zh}", f"{self.name}, {where.en}"), what, allowed))

    def raise_any(self) -> None:
        """Raise what was noted.

        Raises:
            BadInput: If there is a problem.
        """
        if self.more:
            self.found.append(problem_of(self.name, Said(f"另有 {self.more} 处问题", f"{self.more} more problems")))
            self.more = 0
        if self.found:
            raise BadInput(tuple(self.found))


@dataclass(frozen=True)
class RawNet:
    """A network as it was read.

    Attributes:
        name: Name of the file, for messages.
        nodes: Nodes by id.
        arcs: Roads.
        in_degrees: Whether coordinates are longitude and latitude; else they are meters.
        left_out: How many ways were left out because vehicles cannot use them.
    """

    name: str
    nodes: dict[str, Node]
    arcs: tuple[Arc, ...]
    in_degrees: bool
    left_out: int = 0
