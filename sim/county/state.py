"""The county in a run: its roads, its people by place, its casualties and hospitals."""

from __future__ import annotations

from sim.clocktext import hour_of_day
from sim.county.casualties import Casualties
from sim.county.roads import Roads
from sim.county.settlement import Settlement, Where
from sim.county.toxicity import SUBSTANCES
from sim.engine import Line, World
from sim.errors import bad_input

REOPENED_S = 3600
"""How long after the leak is stopped closed roads stay closed, in seconds. A guess."""


class CountyState:
    """What the county is like at the moment.

    Raises:
        BadInput: If the substance of the scenario is not known.
    """

    def __init__(self, world: World) -> None:
        exercise = world.exercise
        hour = hour_of_day(exercise.scenario.starts_at, 0)
        self.night = hour >= 20 or hour < 6
        night = self.night
        self.roads = exercise.derived(f"roads/{night}", lambda: Roads(exercise.county, night=night))
        self.casualties = Casualties(world)
        name = exercise.scenario.hazard.substance
        if name not in SUBSTANCES:
            raise bad_input(
                exercise.sources[0].name, f"no substance {name!r}", ", ".join(SUBSTANCES), "hazard.substance"
            )
        self.substance = SUBSTANCES[name]
        self.places = {
            place.id: Settlement(world, place, self.substance, self.casualties) for place in exercise.county.places
        }
        self.bays: dict[str, Line] = {
            place.id: world.clock.line(place.bays) for place in exercise.county.places if place.bays
        }
        self.closures: dict[str, int] = {}
        self._world = world

    def closed_s(self) -> int:
        """Return for how long places were closed so far, in place-seconds; they open again an hour after the leak."""
        now, truth = self._world.clock.now, self._world.truth
        stopped = truth.seq("leak/stopped") if truth.value("leak/stopped") else None
        end_s = now if stopped is None else min(now, self._world.log.events[stopped].at_s + REOPENED_S)
        return sum(max(0, end_s - start) for start in self.closures.values())

    def close(self, place: str, cause: int) -> None:
        """Close a place to traffic, from now on."""
        self.places[place].cordoned = True
        if place not in self.closures:
            self.closures[place] = self._world.clock.now
            self._world.log.emit("road.closed", "", place, cause)

    def nearest_hospital(self, place: str, *, siren: bool) -> tuple[str, tuple[int, ...]]:
        """Return the hospital that is reached first, those with a free bay before the others.

        Returns:
            The hospital, and the numbers of the events that keep patients waiting elsewhere.
        """

        def rank(hospital: str) -> tuple[bool, int, str]:
            full = self.bays[hospital].waiting > 0
            return full, self.roads.seconds(place, hospital, siren=siren), hospital

        full = tuple(seq for bays in self.bays.values() if bays.waiting for seq in bays.ahead)
        return min(self.bays, key=rank), full

    def people(self, where: Where) -> int:
        """Return how many people of the threatened places are in a situation."""
        return sum(settlement.counts[where] for settlement in self.places.values())
