"""How long a crew can work, and how fast: team quality, equipment, fatigue and rest, and the air of those in suits.

Crews left as posts are relieved where they stand, which is not modeled; nor do drivers grow tired of driving.
"""

from __future__ import annotations

from math import ceil
from types import MappingProxyType

from sim.engine import World
from sim.spec.county import Equipment
from sim.spec.county import Unit as Spec
from sim.spec.orders import TaskKind

FRESH_S = 4 * 3600
"""How long, in seconds, a crew can be out before it slows down. A guess."""
EQUIPMENT: MappingProxyType[Equipment, dict[str, float]] = MappingProxyType(
    {
        "drone": {TaskKind.FIND_OUT: 0.6},
        "gas_detector": {TaskKind.FIND_OUT: 0.8, TaskKind.CONTAIN: 0.95},
        "life_detector": {TaskKind.SEARCH: 0.75},
        "search_dogs": {TaskKind.SEARCH: 0.8},
        "thermal_camera": {TaskKind.SEARCH: 0.85, TaskKind.RESCUE: 0.9},
    }
)
"""Share of the time of a task that is left with a piece of equipment; of several, the product. Guesses."""


def slowed(out_s: float, per_hour: float) -> float:
    """Return by what factor work takes longer for a crew that has been out for a time.

    Args:
        out_s: How long it has been out, in seconds, less what it rested.
        per_hour: Share by which each hour beyond the fourth lengthens work.
    """
    return 1.0 + per_hour * max(0.0, out_s - FRESH_S) / 3600


def with_air(used_s: int, seconds: int, air_s: int, change_s: int) -> tuple[int, int]:
    """Return how long work takes with all changes of cylinders, and how much air is used up then, in seconds.

    Args:
        used_s: Air that was used before.
        seconds: How long the work itself takes.
        air_s: How long the air lasts.
        change_s: How long a crew takes to go out, change cylinders and come back.
    """
    changes, left = divmod(used_s + seconds, air_s)
    return seconds + changes * change_s, left


class Crew:
    """The condition of a crew while a run lasts.

    Args:
        world: The world.
        spec: The unit as the county file says.
    """

    def __init__(self, world: World, spec: Spec) -> None:
        self._world, self._spec = world, spec
        ready = world.parameters["units.equipment"]
        self._at_hand = [one for one in spec.equipment if world.luck.chance(ready, "equipment works", spec.id, one)]
        self._tired_s = 0.0
        self._since_s = 0
        self._out = False
        self._air_used_s = 0

    def out(self) -> None:
        """Set out to a task, with full cylinders."""
        self._tired_s, self._since_s, self._out = self.tired_s(), self._world.clock.now, True
        self._air_used_s = 0

    def back(self) -> None:
        """Be done with a task."""
        self._tired_s, self._since_s, self._out = self.tired_s(), self._world.clock.now, False

    def rested(self) -> None:
        """Be fresh again, or relieved."""
        self._tired_s, self._since_s = 0.0, self._world.clock.now

    def tired_s(self) -> float:
        """Return how long it has been out, less what it rested while idle, in seconds."""
        seconds = self._world.clock.now - self._since_s
        if self._out:
            return self._tired_s + seconds
        rest_s = self._world.parameters["units.rest"] * 3600
        return max(0.0, self._tired_s - seconds * self.endurance_s / rest_s)

    @property
    def endurance_s(self) -> float:
        """How long it can be out before it must rest or be relieved, in seconds."""
        own = self._spec.endurance
        return self._world.parameters["units.endurance"] * 3600 if own is None else float(own)

    @property
    def lasts_s(self) -> int:
        """Whole seconds until it must rest or be relieved."""
        return max(0, ceil(self.endurance_s - self.tired_s()))

    @property
    def slowed(self) -> float:
        """By what factor it is slower, and makes more mistakes, than when it is fresh."""
        return slowed(self.tired_s(), self._world.parameters["units.fatigue"])

    def right(self, share: float) -> float:
        """Return the share of judgments that are right, of which a fresh crew has a given share right."""
        return max(0.0, 1.0 - (1.0 - share) * self.slowed)

    def work_s(self, kind: str, seconds: int, *, in_danger: bool) -> int:
        """Return how long a piece of work takes this crew, in seconds.

        Args:
            kind: What it does.
            seconds: How long a fresh full-time crew without equipment takes.
            in_danger: Whether it works on air, if it has any.
        """
        factor = self.slowed
        if self._spec.quality == "part_time":
            factor *= self._world.parameters["units.part_time_factor"]
        for one in self._at_hand:
            factor *= EQUIPMENT[one].get(kind, 1.0)
        needed = round(seconds * factor)
        if not (in_danger and self._spec.protected):
            return needed
        own, parameters = self._spec.air, self._world.parameters
        air_s = round(parameters["units.air"] * 60) if own is None else own
        needed, self._air_used_s = with_air(
            self._air_used_s, needed, max(1, air_s), round(parameters["units.air_change"] * 60)
        )
        return needed
