"""What the roads are like at a moment: which are closed, by whom, and how much traffic each carries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.county.road_graph import Flags, Floats, Graph, Row
from sim.county.travel_law import capacity_per_h, full_road_time

Where: TypeAlias = str | tuple[str, str]
"""A road by its id (both directions, all roads of that id), a place by its id, or one direction by its two places."""


class Change(NamedTuple):
    """What changed on the links, one entry each: the link, its seconds before and after, and for whom it is the same.

    Attributes:
        same_for: Number of the place from which nothing changed, because a closed place can still be left; -1 for none.
    """

    links: NDArray[np.int64]
    old: Floats
    new: Floats
    same_for: NDArray[np.int64]

    def touches(self, row: Row, graph: Graph) -> bool:
        """Return whether the ways from a place may have changed: one leads over what is slower, or could over the rest.

        The ways stand where nothing on them became slower and nothing else became fast enough to join them.
        """
        tail, head = graph.tail[self.links], graph.head[self.links]
        worse = (self.new > self.old) & (row.link[head] == self.links)
        better = (self.new < self.old) & (row.seconds[tail] + self.new <= row.seconds[head])
        return bool(((worse | better) & (self.same_for != row.start)).any())


class RoadState:
    """Closures and traffic of the roads of a county.

    Attributes:
        seconds: Civil driving time by day of each link in s; infinite while it is closed.
        mm: Length of each link in mm, that of the fastest road between its places, open ones first.
        blocked: Whether each place is closed to through traffic.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._closed: dict[Where, dict[str, None]] = {}
        self._flows: dict[int, dict[str, int]] = {}
        self._loaded_s = list(graph.free_s)
        self._carries: dict[int, float] = {}
        self._shut = [0] * len(graph.free_s)
        self.blocked: Flags = np.zeros(len(graph.ids), dtype=np.bool_)
        self.seconds: Floats = graph.free_links
        self._open_s: Floats = graph.free_links
        self.mm = np.array([self._length_mm(link) for link in range(len(graph.lanes_of))], dtype=np.int64)

    @property
    def is_free(self) -> bool:
        """Whether nothing is closed and no road carries counted traffic."""
        return not self._closed and not self._flows

    def lanes(self, where: Where) -> list[int]:
        """Return the lanes of a road or of one direction between two places; none against a one-way road.

        Raises:
            KeyError: If there is no such road.
        """
        if isinstance(where, tuple):
            links = self._graph.links
            if where not in links and where[::-1] in links:
                return []
            return self._graph.lanes_of[links[where]]
        return self._graph.lanes_by_key[where]

    def close(self, places_and_roads: Iterable[Where], by: str) -> Change:
        """Close places and roads; whoever closed one is remembered, and closing it twice changes nothing."""
        return self._switch(places_and_roads, by, closing=True)

    def open(self, places_and_roads: Iterable[Where], by: str) -> Change:
        """Lift a closure; what others closed too stays closed."""
        return self._switch(places_and_roads, by, closing=False)

    def _switch(self, places_and_roads: Iterable[Where], by: str, *, closing: bool) -> Change:
        graph, places, lanes = self._graph, [], []
        for where in places_and_roads:
            place = graph.number.get(where) if isinstance(where, str) else None
            own = [] if place is not None else self.lanes(where)
            who = self._closed.get(where, {})
            was = bool(who)
            who = {**who, by: None} if closing else {one: None for one in who if one != by}
            if who:
                self._closed[where] = who
            else:
                self._closed.pop(where, None)
            if was == bool(who):
                continue
            if place is not None:
                places.append(place)
            for lane in own:
                self._shut[lane] += 1 if closing else -1
            lanes += own
        blocked = self.blocked.copy()
        blocked[places] = closing
        self.blocked = blocked
        return self._changed(lanes, places, closing=closing)

    def load(self, road: Where, vehicles_per_h: int, by: str) -> Change:
        """Let somebody's vehicles use a road; on several roads between two places they take the fastest open one."""
        lanes = self.lanes(road)
        if isinstance(road, tuple) and lanes:
            lanes = [min(lanes, key=lambda lane: (self._shut[lane] > 0, self._graph.free_s[lane], lane))]
            for lane in self.lanes(road):  # traffic moves over when the fastest road closes
                if lane not in lanes and by in self._flows.get(lane, {}):
                    lanes.append(lane)
        for number, lane in enumerate(lanes):
            flows = {one: flow for one, flow in self._flows.get(lane, {}).items() if one != by}
            if vehicles_per_h and (number == 0 or not isinstance(road, tuple)):
                flows[by] = vehicles_per_h
            if flows:
                self._flows[lane] = flows
            else:
                self._flows.pop(lane, None)
            self._fill(lane)
        return self._changed(lanes, [], closing=False)

    def direct(self, place: str, factor: float) -> Change:
        """Let the roads that meet at a place carry more by a factor; 1 ends that."""
        number, graph = self._graph.number[place], self._graph
        self._carries[number] = factor
        lanes = [lane for lane, link in enumerate(graph.link_of) if number in (graph.tail[link], graph.head[link])]
        for lane in lanes:
            self._fill(lane)
        return self._changed(lanes, [], closing=False)

    def _fill(self, lane: int) -> None:
        """Reckon how long a lane takes by the traffic that it carries now."""
        graph, link = self._graph, self._graph.link_of[lane]
        more = max(self._carries.get(int(end), 1.0) for end in (graph.tail[link], graph.head[link]))
        flow, capacity = sum(self._flows.get(lane, {}).values()), capacity_per_h(graph.lanes[lane])
        self._loaded_s[lane] = full_road_time(graph.free_s[lane], flow, capacity * more)

    def jam(self, way: tuple[str, str]) -> float:
        """Return how many times as long as empty the road takes that is the fastest between two places now."""
        lane = self._fastest(self._graph.links[way])
        return self._loaded_s[lane] / self._graph.free_s[lane]

    def flow(self, road: Where) -> int:
        """Return the vehicles an hour on a road, in one direction or both."""
        return sum(sum(self._flows.get(lane, {}).values()) for lane in self.lanes(road))

    def believed(self, closed: Iterable[Where]) -> tuple[Floats, Flags]:
        """Return the seconds of links and the closed places if just these places and roads were closed."""
        graph, shut, blocked = self._graph, [], np.zeros(len(self._graph.ids), dtype=np.bool_)
        for where in closed:
            if isinstance(where, str) and where in graph.number:
                blocked[graph.number[where]] = True
            else:
                shut += self.lanes(where)
        gone, times = dict.fromkeys(shut), self._open_s.copy()
        for link in dict.fromkeys(graph.link_of[lane] for lane in shut):
            left = (self._loaded_s[lane] for lane in graph.lanes_of[link] if lane not in gone)
            times[link] = min(left, default=np.inf)
        return times, blocked

    def _changed(self, lanes: list[int], places: list[int], *, closing: bool) -> Change:
        graph = self._graph
        links = list(dict.fromkeys(graph.link_of[lane] for lane in lanes))
        old = [float(self.seconds[link]) for link in links]
        new = [min(self._loaded_s[i] if not self._shut[i] else np.inf for i in graph.lanes_of[link]) for link in links]
        seconds = self.seconds.copy()
        seconds[links] = new
        self.seconds, self.mm, self._open_s = seconds, self.mm.copy(), self._open_s.copy()
        self._open_s[links] = [min(self._loaded_s[lane] for lane in graph.lanes_of[link]) for link in links]
        self.mm[links] = [self._length_mm(link) for link in links]
        same_for = [-1] * len(links)
        for place in places:
            for link in np.flatnonzero(graph.tail == place).tolist():
                usual = float(seconds[link])
                links.append(link)
                old.append(usual if closing else np.inf)
                new.append(np.inf if closing else usual)
                same_for.append(place)
        numbers = np.array(links, dtype=np.int64), np.array(same_for, dtype=np.int64)
        return Change(numbers[0], np.array(old), np.array(new), numbers[1])

    def _length_mm(self, link: int) -> int:
        return round(self._graph.lanes[self._fastest(link)].km * 1e6)

    def _fastest(self, link: int) -> int:
        """Return the fastest lane of a link, open ones first."""
        return min(self._graph.lanes_of[link], key=lambda lane: (self._shut[lane] > 0, self._loaded_s[lane], lane))
