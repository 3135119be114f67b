"""A mine accident in a scenario file: an explosion that shuts people in, or water that breaks in."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.spec.base import Delay, Id, NotNegative, Positive, Share, Spec
from sim.spec.hazards.base import HazardSpec, SiteCasualties


class Group(Spec):
    """People who are together underground, such as in a refuge.

    Attributes:
        people: How many.
        air_m3: Air that they have, sealed off from the rest.
        absorbs: Share of the carbon dioxide that is absorbed; 1 in a refuge chamber that is equipped for it.
        co_ppm: Carbon monoxide in that air.
        floor_m3: Water in the workings, in m³, at which it stands in there; None where it never does.
    """

    id: Id
    people: Annotated[int, Field(ge=1, le=500)]
    air_m3: Positive
    absorbs: Share = 0.0
    co_ppm: Annotated[float, Field(ge=0, le=20_000)] = 0.0
    floor_m3: Positive | None = None


class OutsideHelp(Spec):
    """What teams from outside the county add once they are at work, which a fact makes true (``mine/outside_help``).

    Attributes:
        clears_m_h: How much of the way in they clear, in m/h.
        pumps_m3_h: What they pump, in m³/h.
        drills: Work time of their drill until a hole reaches a group.
    """

    clears_m_h: NotNegative
    pumps_m3_h: NotNegative = 0.0
    drills: Delay


class Alarm(Spec):
    """How a mine calls the rescue team that it has under contract, past the county.

    Attributes:
        helper: The team.
        after: How long it takes to call, from when the accident is noticed.
        hides: Whether the mine hides the accident, and calls only once somebody asks it; ``after`` runs from then.
    """

    helper: Id
    after: Delay
    hides: bool = False


class MineAccident(HazardSpec):
    """People shut in underground, whose air runs out and whose water rises while the way to them is cleared.

    Attributes:
        way_in_m: Length of what must be cleared before anybody can go in, in m.
        groups: Who is where.
        hurt: Those of the first groups who are wounded, trapped like the others.
        inflow_m3_h: Water that comes in; the ordinary inflow where nothing else stands. None for that of the mine.
        broke_in_m3: Water that broke in at once, in m³.
        pumps_left: Share of the mine's own pumps that still run.
        drills: Work time of a drill until a hole reaches a group, through which come air, food and contact.
        outside: What help from outside adds; None where none comes.
        alarm: How the mine calls its rescue team; None where it leaves that to the county.
    """

    SUBJECT = "mine"

    kind: Literal["mine_accident"]
    owner: Id | None = None
    way_in_m: Positive
    groups: tuple[Group, ...] = Field(min_length=1, max_length=50)
    hurt: SiteCasualties = SiteCasualties()
    inflow_m3_h: NotNegative | None = None
    broke_in_m3: NotNegative = 0.0
    pumps_left: Share = 0.0
    drills: Delay
    outside: OutsideHelp | None = None
    alarm: Alarm | None = None

    @model_validator(mode="after")
    def _some_of_them(self) -> Self:
        if self.hurt.serious + self.hurt.critical > sum(group.people for group in self.groups):
            raise ValueError("the wounded are some of the people in the groups")
        if len(dict.fromkeys(group.id for group in self.groups)) < len(self.groups):
            raise ValueError("each group has an id of its own")
        return self
