"""The hazards of a scenario file: one file for each kind."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.spec.hazards.base import INCIDENT, HazardSpec, Shelter, SiteCasualties
from sim.spec.hazards.crowd import Crowd
from sim.spec.hazards.earthquake import Earthquake
from sim.spec.hazards.explosion import Explosion
from sim.spec.hazards.fire import BuildingFire
from sim.spec.hazards.flood import Flood
from sim.spec.hazards.mine import MineAccident
from sim.spec.hazards.outage import Outage
from sim.spec.hazards.outbreak import Outbreak
from sim.spec.hazards.rumor_only import RumorOnly
from sim.spec.hazards.tanker_accident import TankerAccident
from sim.spec.hazards.toxic_release import ToxicRelease

AnyHazard = Annotated[
    ToxicRelease
    | TankerAccident
    | BuildingFire
    | Crowd
    | Outbreak
    | Flood
    | MineAccident
    | Earthquake
    | Outage
    | Explosion
    | RumorOnly,
    Field(discriminator="kind"),
]
"""A hazard of any kind, told apart by ``kind``."""

__all__ = [
    "INCIDENT",
    "AnyHazard",
    "BuildingFire",
    "Crowd",
    "Earthquake",
    "Explosion",
    "Flood",
    "HazardSpec",
    "MineAccident",
    "Outage",
    "Outbreak",
    "RumorOnly",
    "Shelter",
    "SiteCasualties",
    "TankerAccident",
    "ToxicRelease",
]
