"""The county in a run: its roads, its people by place, its casualties and hospitals."""

from __future__ import annotations

from typing import Protocol, TypeAlias

from sim.clocktext import seconds_of_day
from sim.county.casualties import Casualties
from sim.county.cohorts import Field, Where
from sim.county.dose_response import GASES, RESPONSES
from sim.county.hospitals import Hospitals
from sim.county.lifelines import Lifelines
from sim.county.roads import Roads
from sim.county.settlement import Settlement
from sim.engine import Occurrence, World
from sim.errors import bad_input
from sim.spec.hazards import HazardSpec
from sim.spec.hazards.toxic_release import GasRelease
from sim.spec.orders import TaskKind
from sim.spec.scenario import Population

Way: TypeAlias = tuple[str, str]
"""The way from one place to the next."""
BLOCKED = "blocked"
"""Who closes ways that cannot be passed, among those who close roads."""
NIGHT_H = (20, 6)
"""From which hour to which people drive as by night. A guess."""


def field_of(spec: HazardSpec, people: Population, *, main: bool) -> Field | None:
    """Return what a hazard spreads over places; None if it hurts people in another way.

    Raises:
        KeyError: If its dose-response is not known.
    """
    if spec.harm is None:
        return None
    shelter = people if spec.shelter is None else spec.shelter
    outside = 1.0 if spec.shelter is None else spec.shelter.outside
    shield = {Where.INDOORS: shelter.indoors, Where.SEALED: shelter.sealed, Where.OUTSIDE: outside}
    shield |= {Where.AWAY: 0.0, Where.CAUGHT: 0.0}
    return Field(spec.own, RESPONSES[spec.harm], shield, () if main else (spec.own,))


class Crew(Protocol):
    """Somebody who works in the county and can be hurt at once, such as by an explosion."""

    @property
    def place(self) -> str:
        """Where he is."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def doing(self) -> TaskKind | None:
        """What it is or was last sent to do."""

    def strike(self, number: int, level: float, cause: int) -> None:
        """Meet an intensity of a field for a moment."""

    def bury(self, cause: int) -> None:
        """Be hurt by what falls."""


class CountyState:
    """What the county is like at the moment.

    Attributes:
        roads: Travel times as they are now.
        casualties: All patients.
        night: Whether the exercise begins by night.
        places: The people of each place.
        fields: What the hazards of the scenario can spread over places, in their order.
        hospitals: Treatment bays and beds, and who is there.
        directed: Places where police direct traffic, with the crews that do.
        directions: Numbers of the events by which crews began and ceased to.
        closures: Since when places are closed to traffic.
        blocks: Ways from one place to the next that cannot be passed, by the number of the event that blocked them.
        closed_by: By which events places were closed to traffic, as their numbers.
        crews: All units, in the order in which they were made.
        lifelines: Power, water and network of the county, once they are there.

    Raises:
        BadInput: If what a hazard does to people is not known.
    """

    def __init__(self, world: World) -> None:
        exercise = world.exercise
        self.roads = exercise.derived("roads", lambda: Roads(exercise.county, night=False)).for_run()
        self.roads.weather = exercise.scenario.weather
        self.casualties = Casualties(world)
        self.fields: list[Field] = []
        scenario = exercise.scenario
        for number, spec in enumerate((scenario.hazard, *scenario.secondary)):
            known = GASES if isinstance(spec, GasRelease) else RESPONSES
            if spec.harm is not None and spec.harm not in known:
                what = f"no dose-response {spec.harm!r}"
                raise bad_input(exercise.sources[0].name, what, ", ".join(known), f"hazard {spec.own}")
            field = field_of(spec, scenario.population, main=number == 0)
            if field is not None:
                self.fields.append(field)
        self.places = {
            place.id: Settlement(world, place, exercise.present[place.id], self.fields, self.casualties)
            for place in exercise.county.places
        }
        self.hospitals = Hospitals(world, self.casualties)
        self.closures: dict[str, int] = {}
        self.directed: dict[str, tuple[str, ...]] = {}
        self.directions: tuple[int, ...] = ()
        self.closed_by: dict[str, int] = {}
        self._opened: dict[str, int] = {}
        self._closed_before_s = 0
        self.crews: list[Crew] = []
        self.lifelines: Lifelines | None = None
        self.blocks: dict[Way, int] = {}
        self._cleared = world.clock.occurrence()
        self._world = world
        self._tell_the_hour()

    def field_number(self, of: str) -> int:
        """Return the number of the field that a hazard spreads, by the subject of the hazard's facts."""
        return next(number for number, field in enumerate(self.fields) if field.of == of)

    def _tell_the_hour(self) -> None:
        """Let it be day or night on the roads, now and at each change."""
        clock, (dusk, dawn) = self._world.clock, NIGHT_H
        since_midnight = seconds_of_day(self._world.exercise.scenario.starts_at, clock.now)
        self.roads.night = not dawn * 3600 <= since_midnight < dusk * 3600
        clock.at(min((hour * 3600 - since_midnight - 1) % 86_400 + 1 for hour in NIGHT_H), self._tell_the_hour)

    def closed_s(self) -> int:
        """Return for how long places were closed so far, in place-seconds; they stay so until they are opened."""
        now = self._world.clock.now
        return self._closed_before_s + sum(
            self._opened.get(place, now) - start for place, start in self.closures.items()
        )

    def close(self, place: str, cause: int) -> None:
        """Close a place to traffic, from now on."""
        self.places[place].cordoned = True
        if (opened_s := self._opened.pop(place, None)) is not None:
            self._closed_before_s += opened_s - self.closures.pop(place)
        if place not in self.closures:
            self.closures[place] = self._world.clock.now
            self.closed_by[place] = self._world.log.emit("road.closed", "", place, cause)

    def reopen(self, cause: int) -> None:
        """Open all places to traffic again, from now on."""
        for place, seq in self.closed_by.items():
            if place not in self._opened:
                self._opened[place] = self._world.clock.now
                self.places[place].cordoned = False
                self._world.log.emit("road.opened", "", place, cause, (seq,))

    def direct(self, place: str, unit: str, actor: str, cause: int) -> int:
        """Let a crew direct the traffic at a place from now on; returns the number of the event."""
        crews = self.directed[place] = (*self.directed.get(place, ()), unit)
        if len(crews) == 1:
            self.roads.direct(place, self._world.parameters["traffic.directed"])
        return self._directs("traffic.directed", place, unit, actor, cause)

    def leave_traffic(self, place: str, unit: str, actor: str, cause: int) -> int:
        """Let a crew direct traffic no more; the last one at a place ends it. Returns the number of the event."""
        left = tuple(one for one in self.directed.pop(place) if one != unit)
        if left:
            self.directed[place] = left
        else:
            self.roads.direct(place, 1.0)
        return self._directs("traffic.left", place, unit, actor, cause)

    def _directs(self, kind: str, place: str, unit: str, actor: str, cause: int) -> int:
        seq = self._world.log.emit(kind, actor, place, cause, unit=unit)
        self.directions = (*self.directions, seq)
        return seq

    def traffic_at(self, place: str) -> bool:
        """Return whether any road that meets others at a place carries counted traffic."""
        ends = (road.ends for road in self._world.exercise.county.roads if place in road.ends)
        return any(self.roads.flow(way) for one in ends for way in (one, one[::-1]))

    def block(self, place: str | None, road: tuple[str, str] | None, cause: int) -> None:
        """Block a road between two places, or all that lead to a place, until somebody clears it."""
        ends = [one.ends for one in self._world.exercise.county.roads if place in one.ends] if road is None else [road]
        ways = [way for start, end in ends for way in ((start, end), (end, start)) if way not in self.blocks]
        if ways:
            seq = self._world.log.emit("road.blocked", "", place or f"{ends[0][0]}>{ends[0][1]}", cause)
            self.blocks.update(dict.fromkeys(ways, seq))
            self.roads.close(*ways, by=BLOCKED)

    def clear(self, way: Way, actor: str, cause: int) -> None:
        """Clear a blocked road in both directions."""
        ways = [one for one in (way, way[::-1]) if one in self.blocks]
        if ways:
            also = tuple(self.blocks.pop(one) for one in ways)
            seq = self._world.log.emit("road.cleared", actor, f"{way[0]}>{way[1]}", cause, also)
            self.roads.open(*ways, by=BLOCKED)
            cleared, self._cleared = self._cleared, self._world.clock.occurrence()
            cleared.succeed(seq)

    def clearing(self) -> Occurrence:
        """Return what occurs, with the number of the event, when the next road is cleared."""
        return self._cleared

    def people(self, where: Where) -> int:
        """Return how many people of the threatened places are in a situation."""
        return sum(settlement.counts[where] for settlement in self.places.values())
