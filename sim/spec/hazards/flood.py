"""A flash flood in a valley with reservoirs, in a scenario file."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.spec.base import Duration, Id, NotNegative, Positive, Share, Spec
from sim.spec.hazards.base import HazardSpec


class Rain(Spec):
    """Rain at a rate in mm/h until a time; before the first ``until`` it begins with the hazard."""

    until: Annotated[Duration, Field(ge=60)]
    mm_h: NotNegative


class ColorAt(Spec):
    """The weather warning that stands from a time on, by its color; ``none`` lifts it."""

    at: Duration
    color: Literal["blue", "yellow", "orange", "red", "none"]


class Reach(Spec):
    """The river at a place, by its cross-section there; the place's ``ground_m`` counts from its bottom.

    Attributes:
        place: A place with ``ground_m``, among those below the dam in the county file.
        below: The next dam up the river.
        side_km2: Land from which rain runs to it other than by that dam or by a place between, in km².
        concentration: Time of concentration of that land.
        width_m: Width of the bottom.
        slope: Slope of the bottom, m per m.
        roughness: Manning's n, in s/m^(1/3).
        bank: How far the water widens on each side, in m for each m that it rises, up to the ground.
        plain_m: Width of the valley floor that the water takes beyond, at the height of the ground.
        plain_roughness: Manning's n of the valley floor; about 0.06 on fields, more between houses (textbook).
        relief_m: How much lower and higher than the center the ground is at the edge of the place. A guess.
    """

    place: Id
    below: Id
    side_km2: NotNegative = 0.0
    concentration: Annotated[Duration, Field(ge=60)] = 3600
    width_m: Positive
    slope: Annotated[float, Field(gt=0, le=0.2)]
    roughness: Annotated[float, Field(ge=0.01, le=0.2)] = 0.05
    bank: NotNegative = 0.0
    plain_m: Positive
    plain_roughness: Annotated[float, Field(ge=0.01, le=0.3)] = 0.08
    relief_m: NotNegative = 1.0


class Dam(Spec):
    """What a dam of the county file is like when the rain begins, the upper one first.

    Attributes:
        place: Place of the dam.
        level_m: Level of the water above the foot of the dam.
        blocked: Share of the spillway that is blocked, such as by drift wood.
        gate_m2: Area of the bottom outlet, which is shut; 0 for none.
        gate_m: Height of its center above the foot.
        rain_km2: Land on which the rain falls and runs into it other than by a dam further up; None for
            its whole catchment. The land of the reaches between the dams is part of it.
        concentration: Time of concentration of that land.
        seeps_per_h: Rate at which it fails from inside when the water is at its crest, per hour; it grows with the
            square of the height above the full level. A guess.
        erodes_per_h: Rate at which it fails for each m of water over its crest, per hour. A guess.
    """

    place: Id
    level_m: Positive
    blocked: Share = 0.0
    gate_m2: NotNegative = 0.0
    gate_m: NotNegative = 2.0
    rain_km2: Positive | None = None
    concentration: Annotated[Duration, Field(ge=60)]
    seeps_per_h: NotNegative = 0.4
    erodes_per_h: NotNegative = 8.0


class Flood(HazardSpec):
    """Rain that runs off into a river and its reservoirs.

    Attributes:
        rain: The storm, step by step.
        rain_sigma: Standard deviation of the logarithm of how much more or less falls. A guess.
        upstairs: Share of those in houses who go upstairs by themselves when the water comes. A guess.
        curve_number: Curve number of the land (SCS), from about 60 for woods on deep soil to 90 on clay.
        wave_m_s: Speed at which a flood moves down the river.
        warnings: Weather warnings, as the weather service decides on them.
        dams: The dams, the upper one first.
        reaches: The river at places, from the spring down.
    """

    SUBJECT = "flood"

    kind: Literal["flood"]
    owner: Id | None = None
    rain: tuple[Rain, ...] = Field(min_length=1, max_length=200)
    rain_sigma: Annotated[float, Field(ge=0, le=1)] = 0.15
    upstairs: Share = 0.5
    curve_number: Annotated[float, Field(ge=30, le=100)] = 80.0
    wave_m_s: Annotated[float, Field(ge=0.5, le=20)] = 2.1
    warnings: tuple[ColorAt, ...] = ()
    dams: tuple[Dam, ...] = Field(default=(), max_length=9)
    reaches: tuple[Reach, ...] = Field(min_length=1, max_length=100)

    @property
    def harm(self) -> str:
        """The depth of the water that somebody meets."""
        return "flood_depth"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(later.until <= one.until for one, later in pairwise(self.rain)):
            raise ValueError("the times of the rain must rise")
        named = [dam.place for dam in self.dams]
        if len(dict.fromkeys(named)) < len(named) or not all(reach.below in named for reach in self.reaches):
            raise ValueError("each dam stands once, and each reach lies below one of them")
        return self
