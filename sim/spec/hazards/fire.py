"""A fire in a building full of people, in a scenario file."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.spec.base import Count, Delay, Duration, Positive, Share, Spec
from sim.spec.hazards.base import HazardSpec, SiteCasualties

Percent = Annotated[int, Field(ge=0, le=100)]


class Inside(Spec):
    """Who is in the building, and how they get out. Defaults are guesses.

    Attributes:
        people: How many are in it when the fire begins; they live elsewhere.
        off_roster: How many of them stand on no list of the owner: contractors, visitors.
        cannot_walk: How many must be carried: patients in bed.
        alarm: From the beginning until everybody in it has heard of the fire.
        leave: From then until one of them is out.
        volume_m3: Air in m³ in which the smoke of the part that burns mixes.
        lost_way_mg_m3: Smoke in which nobody finds out by himself any more, in mg/m³ of what burned.
        refuge: Share of that smoke which reaches those who are trapped, behind doors and under ceilings.
        slipped_away_pct: Of those who got out, how many went home or to relatives without a word, in percent.
        roll_call: When the owner first counts those who are out; from then on he does it every 20 min.
    """

    people: Annotated[int, Field(ge=1, le=20_000)]
    off_roster: Count = 0
    cannot_walk: Count = 0
    alarm: Delay
    leave: Delay
    volume_m3: Positive
    lost_way_mg_m3: Positive = 1000.0
    refuge: Share = 0.03
    slipped_away_pct: Percent = 12
    roll_call: Duration

    @model_validator(mode="after")
    def _some_of_them(self) -> Self:
        if self.off_roster > self.people or self.cannot_walk > self.people:
            raise ValueError("off_roster and cannot_walk are some of the people")
        return self


class BuildingFire(HazardSpec):
    """A fire that grows with the square of time, to what fuel and openings allow.

    Attributes:
        growth: Class of growth.
        material: What burns, for heat and smoke.
        peak_kw: Greatest heat release in kW that the fuel on the floor allows.
        load_mj: Heat in MJ that all of it holds.
        opening_m2: Doors and windows in m²; with their height they may hold the fire below the peak of its fuel.
        opening_height_m: Height of the openings in m.
        water_supply_l_s: Water in L/s that mains and hydrants give at most.
        large_kw: Heat release in kW from which the fire counts as large.
        cover: Share of the water that would hold the fire, from which crews can go in under its cover. A guess.
        low_smoke: Share of the smoke that stays near the ground, in the wake of the building or cooled. A guess.
        outside: Smoke at the doors, as a share of that inside, which crews and patients there meet. A guess.
        cylinders: Whether there are gas cylinders or dust that may explode.
    """

    SUBJECT = "fire"

    kind: Literal["fire"]
    growth: Literal["slow", "medium", "fast", "ultra_fast"]
    material: Literal["wood", "polyurethane", "polystyrene", "diesel"]
    peak_kw: Positive
    load_mj: Positive
    opening_m2: Positive
    opening_height_m: Positive
    water_supply_l_s: Positive
    large_kw: Positive = 5000.0
    cover: Share = 0.4
    low_smoke: Share = 0.1
    outside: Share = 0.005
    cylinders: bool = False
    wind_m_s: Annotated[float, Field(ge=0.5, le=30, allow_inf_nan=False)]
    wind_toward_deg: int = Field(ge=0, lt=360)
    stability: Literal["A", "B", "C", "D", "E", "F"]
    inside: Inside
    hurt_at_once: SiteCasualties = SiteCasualties()

    @property
    def harm(self) -> str:
        """Smoke, as the mass of what burned in the air."""
        return "smoke"
