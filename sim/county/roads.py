"""Roads in a run: the fastest ways, while roads close and open, fill with traffic, and night and weather slow them.

The ways from one place to all others are found once and kept; a change of a road drops only those that it may change.
"""

from __future__ import annotations

import copy
from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.county.road_graph import Graph, Row
from sim.county.road_state import Change, RoadState, Where
from sim.county.travel_law import is_drowned, trip_time
from sim.spec.county import County
from sim.spec.roads import Weather

NO_WAY_S = 1_000_000_000
"""Travel time where no way leads, in s: longer than any exercise, so that such a place comes last in any ranking."""
MAX_TIMES = 5_000_000
"""Most travel times that are kept; at 2,000 places these are the ways from 2,500 of them, some 90 MB."""

Key: TypeAlias = tuple[int, frozenset[str], tuple[Where, ...] | None]


class Trip(NamedTuple):
    """The trip that a leg belongs to, where each trip starts and ends at rest.

    Attributes:
        mm: Its length in mm.
        seconds: Its civil driving time by day in s, at cruising speed.
        before: The part of that time before the leg.
    """

    mm: int
    seconds: float
    before: float


class Leg(NamedTuple):
    """One stretch of a route.

    Attributes:
        to: The place at its end.
        seconds: Civil driving time by day in s, in the traffic of the moment.
        start: The place where it begins.
        trip: The trip that it belongs to, where the county has a travel law for whole trips; else None.
    """

    to: str
    seconds: float
    start: str = ""
    trip: Trip | None = None


class Roads:
    """The road network of a county.

    Places and roads are named by id; a pair of neighboring places names the one direction from the first to the second.
    A closed place can be reached and left, but not driven through.

    Args:
        county: The county.
        night: Whether night speeds hold, unless a question says otherwise.

    Attributes:
        night: Whether night speeds hold now.
        weather: The weather now.
    """

    def __init__(self, county: County, *, night: bool) -> None:
        self.night = night
        self.weather: Weather = "clear"
        self._speeds = county.speeds
        self._graph = Graph(county)
        self._given: dict[int, dict[int, int]] = {}
        for one in county.travel_times:
            self._given.setdefault(self._graph.number[one.from_], {})[self._graph.number[one.to]] = one.seconds
        self._free_rows: dict[Key, Row] = {}
        self._ways_to: dict[int, Row] = {}
        self._most_rows = max(16, MAX_TIMES // len(self._graph.ids))
        self._begin()

    def _begin(self) -> None:
        self._state = RoadState(self._graph)
        self._rows = self._free_rows

    def for_run(self) -> Roads:
        """Return the same roads, all open and empty, for one run; ways that are the same for all runs are shared."""
        roads = copy.copy(self)
        roads._begin()
        return roads

    def seconds(
        self,
        start: str,
        end: str,
        *,
        siren: bool,
        avoid: tuple[str, ...] = (),
        closed: tuple[Where, ...] | None = None,
        night: bool | None = None,
        weather: Weather | None = None,
    ) -> int:
        """Return travel time in whole seconds; ``NO_WAY_S`` where no way leads.

        Args:
            start: Where it starts.
            end: Where it ends.
            siren: Whether with lights and siren.
            avoid: Places to drive around, where that is possible.
            closed: Places and roads that are taken to be closed; by default those that are.
            night: Whether by night; by default as it is.
            weather: The weather; by default as it is.
        """
        number = self._graph.number[end]
        row = self._row(start, avoid, closed)
        if avoid and row.link[number] < 0:
            row = self._row(start, (), closed)
        how = (siren, self.night if night is None else night, weather or self.weather)
        whole = row.whole.get(how)
        if whole is None:
            whole = row.whole[how] = array("q", self._whole(row, *how).tobytes())
        return int(whole[number])

    def matrix(self, starts: Sequence[str], ends: Sequence[str], *, siren: bool) -> NDArray[np.int64]:
        """Return travel times in whole seconds, a row for each start and a column for each end."""
        columns = [self._graph.number[end] for end in ends]
        self.prepare(starts)
        times = np.empty((len(starts), len(columns)), dtype=np.int64)
        for line, start in zip(times, starts, strict=True):
            row = self._row(start, (), None)
            self.seconds(start, start, siren=siren)
            line[:] = np.asarray(row.whole[siren, self.night, self.weather])[columns]
        return times

    def prepare(self, starts: Sequence[str] | None = None) -> None:
        """Find the ways from many places at once (by default from all), faster than one place at a time."""
        numbers = [self._graph.number[start] for start in (self._graph.ids if starts is None else starts)]
        missing = [number for number in dict.fromkeys(numbers) if (number, frozenset(), None) not in self._rows]
        state = self._state
        for row in self._graph.rows(missing, state.seconds, state.blocked):
            self._keep((row.start, frozenset(), None), row)

    def leg_seconds(
        self, leg: Leg, *, siren: bool, night: bool | None = None, weather: Weather | None = None
    ) -> int:  # fmt: skip
        """Return the time in whole seconds that a vehicle takes for a leg."""
        factor = self._factor(siren, self.night if night is None else night, weather or self.weather)
        if leg.trip is None:
            return max(1, round(leg.seconds / factor))
        metres, (_, usual, before) = leg.trip.mm / 1000, leg.trip
        total = trip_time(metres, metres / usual * factor, self._speeds.acceleration or 0.0)
        return round(total * ((before + leg.seconds) / usual)) - round(total * (before / usual))

    def route(
        self, start: str, end: str, avoid: tuple[str, ...] = (), *, closed: tuple[Where, ...] | None = None
    ) -> list[Leg]:
        """Return the legs of the fastest route.

        Where no way leads, it is the way to the place, among those that can be reached, from which the end would be
        nearest if all roads were open: as far as one gets. So whoever travels asks where the last leg ends.

        Args:
            start: Where it starts.
            end: Where it ends.
            avoid: Places to drive around; where that is not possible, the route goes through them.
            closed: Places and roads that are taken to be closed; by default those that are.
        """
        if start == end:
            return []
        goal = self._graph.number[end]
        row = self._row(start, avoid, closed)
        if avoid and row.link[goal] < 0:
            around, row = row, self._row(start, (), closed)
            if row.link[goal] < 0:
                row = around
        if row.link[goal] < 0:
            goal = self._nearest_reached(row, goal)
        return self._legs(row, goal)

    def reaches(self, start: str, end: str, *, closed: tuple[Where, ...] | None = None) -> bool:
        """Return whether a way leads from one place to another."""
        return start == end or self._row(start, (), closed).link[self._graph.number[end]] >= 0

    def close(self, *where: Where, by: str = "") -> None:
        """Close places to through traffic, and roads.

        Args:
            where: The places and roads.
            by: Who or what closes them; what several close opens when all of them have opened it.

        Raises:
            KeyError: If there is no such place or road.
        """
        self._apply(self._state.close(where, by))

    def open(self, *where: Where, by: str = "") -> None:
        """Lift a closure of places and roads; see :meth:`close`."""
        self._apply(self._state.open(where, by))

    def load(self, road: Where, vehicles_per_h: int, *, by: str = "") -> None:
        """Set how many vehicles an hour somebody sends over a road; with those of others they slow it.

        The time on a road grows with its traffic by the function of the Bureau of Public Roads; its capacity follows
        from class and lanes (:mod:`sim.county.travel_law`).

        Args:
            road: The road (each direction gets this flow), or two neighboring places for one direction.
            vehicles_per_h: The flow in vehicles an hour; 0 once they are through.
            by: Whose vehicles they are.
        """
        self._loaded(self._state.load(road, vehicles_per_h, by))

    def direct(self, place: str, factor: float) -> None:
        """Let the roads that meet at a place carry more by a factor, such as while police direct it; 1 ends that."""
        self._loaded(self._state.direct(place, factor))

    def let_through(self, leg: Leg, share: float) -> Leg:
        """Return a leg as those drive it who are let through, and meet a share of the delay by its traffic."""
        jam = self._state.jam((leg.start, leg.to))
        return leg._replace(seconds=leg.seconds * (1 + share * (jam - 1)) / jam)

    def _loaded(self, change: Change) -> None:
        self._apply(change)
        if self._rows is not self._free_rows:
            for key in [key for key in self._rows if key[2] is not None]:
                del self._rows[key]

    def flow(self, road: Where) -> int:
        """Return how many counted vehicles an hour use a road, in both directions together or in the one named."""
        return self._state.flow(road)

    def delay_factor(self, start: str, end: str) -> float:
        """Return how many times as long as without traffic the road between two neighbors takes; infinite if closed."""
        link = self._graph.links[start, end]
        return float(self._state.seconds[link] / self._graph.free_links[link])

    def drowned(self, water_m: Mapping[str, float]) -> list[str]:
        """Return the ids of the roads that water closes, in the order of the county file.

        Args:
            water_m: Depth of the water by place, in m; the deeper end of a road counts.
        """
        roads = dict.fromkeys(self._graph.lanes)
        return list(
            dict.fromkeys(
                road.key for road in roads if is_drowned(road, max(water_m.get(end, 0.0) for end in road.ends))
            )
        )

    def _row(self, start: str, avoid: tuple[str, ...], closed: tuple[Where, ...] | None) -> Row:
        number = self._graph.number[start]
        key = (number, frozenset(avoid) - {start} if avoid else frozenset(), closed)
        row = self._rows.get(key)
        return self._found(key, avoid) if row is None else row

    def _found(self, key: Key, avoid: tuple[str, ...]) -> Row:
        start, _, closed = key
        seconds, blocked = self._state.seconds, self._state.blocked
        if closed is not None:
            seconds, blocked = self._state.believed(closed)
        if avoid:
            blocked = blocked.copy()
            blocked[[self._graph.number[place] for place in avoid]] = True
        row = self._graph.rows((start,), seconds, blocked)[0]
        return self._keep(key, row if closed is None else row._replace(times=seconds))

    def _keep(self, key: Key, row: Row) -> Row:
        if len(self._rows) >= self._most_rows:
            del self._rows[next(iter(self._rows))]
        self._rows[key] = row
        return row

    def _apply(self, change: Change) -> None:
        if self._state.is_free:
            self._rows = self._free_rows
        elif len(change.links):
            kept = self._rows.items()
            self._rows = {
                key: row for key, row in kept if key[2] is not None or not change.touches(row, self._graph)
            }  # fmt: skip

    def _factor(self, siren: bool, night: bool, weather: Weather) -> float:
        speeds = self._speeds
        by_hour = speeds.night_factor if night else 1.0
        return by_hour * (speeds.siren_factor if siren else 1.0) * speeds.weather_factors.factor(weather)

    def _whole(self, row: Row, siren: bool, night: bool, weather: Weather) -> NDArray[np.int64]:
        """Return the whole seconds to every place: those of the legs of the way, added up."""
        factor = self._factor(siren, night, weather)
        if self._speeds.acceleration is None:
            times = self._state.seconds if row.times is None else row.times
            usable = np.where(np.isfinite(times), times, 0.0)
            legs = np.maximum(1, np.rint(usable / factor)).astype(np.int64)
            whole = self._graph.totals(row, legs)
        else:
            metres = self._graph.totals(row, self._state.mm) / 1000
            whole = np.zeros(len(metres), dtype=np.int64)
            for end in np.flatnonzero(row.link >= 0).tolist():
                cruise = float(metres[end]) / float(row.seconds[end]) * factor
                whole[end] = round(trip_time(float(metres[end]), cruise, self._speeds.acceleration))
        for end in self._given.get(row.start, {}):
            legs_s = [self.leg_seconds(leg, siren=siren, night=night, weather=weather) for leg in self._legs(row, end)]
            whole[end] = sum(legs_s)
        whole[row.link < 0] = NO_WAY_S
        whole[row.start] = 0
        return whole

    def _legs(self, row: Row, end: int) -> list[Leg]:
        graph, links = self._graph, self._graph.way(row, end)
        times = self._state.seconds if row.times is None else row.times
        given = self._given.get(row.start, {}).get(end)
        legs = [Leg(graph.ids[graph.head[i]], float(times[i]), graph.ids[graph.tail[i]]) for i in links]
        if given is not None:  # a way around keeps the ratio of what was measured to what was computed
            ratio = given / float(self._free_row(row.start).seconds[end])
            return [leg._replace(seconds=leg.seconds * ratio) for leg in legs]
        if self._speeds.acceleration is None:
            return legs
        mm, total = sum(int(self._state.mm[i]) for i in links), float(row.seconds[end])
        return [
            leg._replace(trip=Trip(mm, total, float(row.seconds[graph.tail[i]])))
            for i, leg in zip(links, legs, strict=True)
        ]

    def _free_row(self, start: int) -> Row:
        key: Key = (start, frozenset(), None)
        if key not in self._free_rows:
            graph = self._graph
            row = graph.rows((start,), graph.free_links, np.zeros(len(graph.ids), dtype=np.bool_))[0]
            self._free_rows[key] = row
        return self._free_rows[key]

    def _nearest_reached(self, row: Row, goal: int) -> int:
        graph = self._graph
        if goal not in self._ways_to:
            nowhere = np.zeros(len(graph.ids), dtype=np.bool_)
            self._ways_to[goal] = graph.rows((goal,), graph.free_links, nowhere, backward=True)[0]
        reached = np.flatnonzero(np.isfinite(row.seconds))
        left = self._ways_to[goal].seconds[reached]
        return int(reached[np.lexsort((reached, row.seconds[reached], left))[0]])
