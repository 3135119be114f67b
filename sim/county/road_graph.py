"""The road graph as arrays, and fastest ways from one place to all others, by scipy's Dijkstra."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from copy import copy
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from scipy.sparse.csgraph import dijkstra  # type: ignore[import-untyped]

from sim.spec.county import County
from sim.spec.roads import Road, Speeds

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]

SHORTEST_S = 0.001
"""Least time for a road in s, so that each road takes time whatever the rounding; 2.5 cm at 90 km/h."""


class Row(NamedTuple):
    """The fastest ways from one place.

    Attributes:
        start: Number of the place.
        seconds: Civil driving time by day to each place in s; infinite where no way leads.
        link: Number of the last link of the way to each place; -1 at the start and where no way leads.
        times: Seconds of each link that was reckoned with; None for those that hold now.
        whole: Whole seconds to each place, by siren, night and weather, as far as they were asked for.
    """

    start: int
    seconds: Floats
    link: Ints
    times: Floats | None
    whole: dict[tuple[bool, bool, str], array[int]]


class Graph:
    """Places and links of a county as arrays.

    A *link* leads from a place to a neighbor, over the fastest of the *lanes* between them; a lane is one direction of
    one road.

    Attributes:
        ids: Ids of the places by number.
        number: Number of each place by its id.
        tail: Number of the place where each link begins.
        head: Number of the place where it ends.
        links: Number of the link by its two places' ids.
        lanes_of: Lanes of each link.
        lanes: The roads of the lanes.
        free_s: Civil driving time by day of each lane in s.
        free_links: The same of each link, an array.
        lanes_by_key: Lanes by the id of their road.
        link_of: Number of the link of each lane.
    """

    def __init__(self, county: County) -> None:
        self.ids = [place.id for place in county.places]
        self.number = {ident: number for number, ident in enumerate(self.ids)}
        ends: list[tuple[int, int]] = []
        self.lanes: list[Road] = []
        self.lanes_by_key: dict[str, list[int]] = {}
        for road in county.roads:
            a, b = (self.number[end] for end in road.ends)
            for way in ((a, b),) if road.one_way else ((a, b), (b, a)):
                self.lanes_by_key.setdefault(road.key, []).append(len(ends))
                ends.append(way)
                self.lanes.append(road)
        pairs = sorted(dict.fromkeys(ends))
        link = {pair: number for number, pair in enumerate(pairs)}
        self.lanes_of: list[list[int]] = [[] for _ in pairs]
        for lane, way in enumerate(ends):
            self.lanes_of[link[way]].append(lane)
        self.link_of = [link[way] for way in ends]
        self.links = {(self.ids[a], self.ids[b]): number for (a, b), number in link.items()}
        self.tail = np.array([a for a, _ in pairs], dtype=np.int32)
        self.head = np.array([b for _, b in pairs], dtype=np.int32)
        links = np.arange(1, len(pairs) + 1)  # a link of number 0 would be no entry
        by_end = csr_matrix((links, (self.head, self.tail)), shape=(len(self.ids), len(self.ids)))
        by_start = csr_matrix((links, (self.tail, self.head)), shape=(len(self.ids), len(self.ids)))
        self._backward = (by_end.data - 1, by_end)
        self._forward = (by_start.data - 1, by_start)
        self.free_s = [drive_s(road, county.speeds) for road in self.lanes]
        self.free_links: Floats = np.array([min(self.free_s[lane] for lane in lanes) for lanes in self.lanes_of])

    def row(self, start: int, seconds: Floats, blocked: Flags) -> Row:
        """Return the fastest ways from a place.

        Args:
            start: Number of the place.
            seconds: Driving time of each link in s; infinite for one that is closed.
            blocked: Whether each place cannot be driven through; the start can always be left.
        """
        return self.rows((start,), seconds, blocked)[0]

    def rows(self, starts: Iterable[int], seconds: Floats, blocked: Flags, *, backward: bool = False) -> list[Row]:
        """Return the fastest ways from several places, or to them if ``backward``."""
        tail, head = (self.head, self.tail) if backward else (self.tail, self.head)
        starts = list(starts)
        found = []
        together = bool(starts) and not blocked.any()
        for group in [starts] if together else [[start] for start in starts]:
            through = blocked[tail] & (tail != group[0])
            times = np.where(through, np.inf, seconds)
            reached = self._search(group, times, backward)
            found += [
                Row(start, row, self._last_links(row, tail, head, times), None, {})
                for start, row in zip(group, reached, strict=True)
            ]
        return found

    def _search(self, starts: list[int], times: Floats, backward: bool) -> Floats:
        order, empty = self._backward if backward else self._forward
        matrix = copy(empty)  # the places of its entries never change; a closed link is one of infinite time
        matrix.data = times[order]
        return np.asarray(dijkstra(matrix, directed=True, indices=starts), dtype=np.float64)

    @staticmethod
    def _last_links(reached: Floats, tail: Ints, head: Ints, times: Floats) -> Ints:
        """Return the last link of each way; of ways equally fast the same one whatever the library's order of search.

        Distances are the same in any order of search, since each is the least of sums that begin at the start.
        """
        begins = reached[tail]
        tight = np.flatnonzero((begins + times == reached[head]) & np.isfinite(begins) & np.isfinite(times))
        order = np.lexsort((tail[tight], begins[tight]))[::-1]
        last = np.full(len(reached), -1, dtype=np.int32)
        last[head[tight[order]]] = tight[order]  # of several for one place the last written stays: the one begun first
        return last

    def way(self, row: Row, end: int) -> list[int]:
        """Return the links of the way to a place, in order; none where no way leads or at the start."""
        links: list[int] = []
        while (link := int(row.link[end])) >= 0:
            links.append(link)
            end = int(self.tail[link])
        links.reverse()
        return links

    def totals(self, row: Row, amounts: NDArray[Any]) -> NDArray[Any]:
        """Return the sum of a whole amount of each link along the way to each place, 0 where no way leads."""
        on_way = row.link >= 0
        total = np.where(on_way, amounts[row.link], 0)
        before = np.where(on_way, self.tail[row.link], np.arange(len(row.link), dtype=np.int32))
        while not np.array_equal(further := before[before], before):  # each round doubles how much of a way is summed
            total, before = total + total[before], further
        return total


def drive_s(road: Road, speeds: Speeds) -> float:
    """Return the civil driving time by day on a road without traffic jams, in s."""
    speed = road.speed_km_h or getattr(speeds, road.road_class)
    return max(SHORTEST_S, road.km / (speed * speeds.congestion_factor) * 3600)
