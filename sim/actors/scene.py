"""The scene: who and what an actor can reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.actors.policies import Policy
from sim.comms.exchange import Exchange
from sim.county.state import CountyState
from sim.engine import World
from sim.hazards.release import Release

if TYPE_CHECKING:
    from sim.actors.organization import Organization
    from sim.actors.public import Public


@dataclass
class Scene:
    """World, county, channels, hazard and organizations of one run.

    Attributes:
        policy: How everybody without a person is played.
        organizations: By id, in the order of the county file.
        public: The people.
    """

    world: World
    policy: Policy
    county: CountyState
    exchange: Exchange
    release: Release
    organizations: dict[str, Organization] = field(default_factory=dict)
    public: Public = field(init=False)
    _place_facts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def place_facts(self, key: str) -> tuple[str, ...]:
        """Return the keys that ``place/attribute`` stands for; any other key stands for itself."""
        if not key.startswith("place/"):
            return (key,)
        if key not in self._place_facts:
            self._place_facts[key] = tuple(f"{place}{key[5:]}" for place in self.county.places)
        return self._place_facts[key]
