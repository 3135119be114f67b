"""An earthquake in a scenario file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.rng import Distribution, Shape
from sim.spec.base import Delay, Id, NotNegative, Share, Spec
from sim.spec.hazards.base import HazardSpec, Shelter

Magnitude = Annotated[float, Field(ge=3, le=8.5, allow_inf_nan=False)]
Celsius = Annotated[float, Field(ge=-45, le=45, allow_inf_nan=False)]


class Aftershocks(Spec):
    """Shocks that follow the main one. Defaults are guesses unless a source is named.

    Attributes:
        least: Magnitude from which they count.
        greatest: Magnitude that none exceeds; by the rule of Båth (1965) it is 1.2 less than that of the main shock.
        along_km: How far from the main epicenter they lie at most, either way along the fault; half the length of the
            rupture, which is 12.6 km at magnitude 6 by Wells and Coppersmith (1994), recalled.
        weakened_deg: By how many degrees more strongly a shock works on buildings that the main shock has cracked.
        strong: Magnitude from which one makes people talk of a still bigger one.
        crew_hurt: Chance that a crew is hurt that searches where buildings fall again.
    """

    least: Magnitude = 4.0
    greatest: Magnitude = 4.8
    along_km: NotNegative = 6.3
    weakened_deg: NotNegative = 0.7
    strong: Magnitude = 4.4
    crew_hurt: Share = 0.02


class Neighbors(Spec):
    """Those on the spot who dig with their hands. Defaults are guesses.

    Attributes:
        share: Share of the buried whom they can free: those who do not lie deep.
        frees: How long it takes them.
    """

    share: Share = 0.5
    frees: Delay = Distribution(Shape.LOGNORMAL, 4500.0, 0.7)


class Earthquake(HazardSpec):
    """An earthquake below its site, with its aftershocks, in whatever weather there is.

    Attributes:
        magnitude: Surface-wave magnitude of the main shock.
        region: Attenuation relation by which its intensity falls with distance.
        strike_deg: Bearing of the fault, along which it reaches farthest, degrees clockwise from north.
        scatter_deg: Standard deviation of the intensity of a place about the relation, in degrees: ground and
            building stock. A guess.
        earth: Share of the houses of brick, earth or stone under wooden roofs that have walls of earth. A guess.
        tied: Share of the brick buildings with concrete floors that have ties. A guess.
        air_c: Temperature of the air in degrees C.
        clothing: Share of the cold that reaches people outside in coats and quilts, by fires. A guess.
        own_shelter_per_h: Share of those outside who find cars, relatives or a safe house by themselves in each hour.
            A guess.
        works: Place of the works whose valves can be shut by way of precaution; None for none.
        check: How long a crew takes to shut them. A guess.
    """

    SUBJECT = "quake"

    kind: Literal["earthquake"]
    owner: Id | None = None
    shelter: Shelter | None = Shelter(indoors=0.0, sealed=0.1)
    magnitude: Magnitude
    region: Literal["qinghai_tibet", "xinjiang", "east", "moderate", "west_2000", "east_2000"]
    strike_deg: int = Field(ge=0, lt=360)
    scatter_deg: Annotated[float, Field(ge=0, le=1.5, allow_inf_nan=False)] = 0.4
    earth: Share = 0.4
    tied: Share = 0.5
    air_c: Celsius
    clothing: Share = 0.35
    own_shelter_per_h: Share = 0.25
    works: Id | None = None
    check: Delay = Distribution(Shape.LOGNORMAL, 1200.0, 0.4)
    neighbors: Neighbors = Neighbors()
    aftershocks: Aftershocks = Aftershocks()

    @property
    def harm(self) -> str:
        """What people outside suffer."""
        return "cold"
