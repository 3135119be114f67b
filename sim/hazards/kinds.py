"""The kinds of hazard: which process runs which entry of a scenario file."""

from __future__ import annotations

from sim.county.state import CountyState
from sim.engine import World
from sim.hazards.base import Hazard
from sim.hazards.crowd import Gathering
from sim.hazards.earthquake import Quake
from sim.hazards.explosion import Blast
from sim.hazards.fire import Fire
from sim.hazards.flood import FlashFlood
from sim.hazards.mine_accident import Mine
from sim.hazards.outage import Blackout
from sim.hazards.outbreak import Epidemic
from sim.hazards.rumor_only import Panic
from sim.hazards.tanker_accident import Tanker
from sim.hazards.toxic_release import Release
from sim.spec.hazards import HazardSpec

KINDS: dict[str, type[Hazard]] = {
    "toxic_release": Release,
    "tanker_accident": Tanker,
    "fire": Fire,
    "flood": FlashFlood,
    "mine_accident": Mine,
    "earthquake": Quake,
    "outage": Blackout,
    "explosion": Blast,
    "crowd": Gathering,
    "outbreak": Epidemic,
    "rumor_only": Panic,
}
"""Processes by the ``kind`` of the scenario file."""


def hazards_of(world: World, county: CountyState) -> tuple[Hazard, ...]:
    """Return the hazards of a scenario, the main one first; none of them has begun."""
    scenario = world.exercise.scenario
    return tuple(
        _hazard(world, county, spec, main=number == 0)
        for number, spec in enumerate((scenario.hazard, *scenario.secondary))
    )


def _hazard(world: World, county: CountyState, spec: HazardSpec, *, main: bool) -> Hazard:
    return KINDS[getattr(spec, "kind")](world, county, spec, main=main)  # noqa: B009 - every kind has one
