"""Roads: shortest routes by travel time, by a graph library."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import networkx as nx

from sim.spec.county import County


class Leg(NamedTuple):
    """One stretch of a route: the place at its end, and civil driving time by day in seconds."""

    to: str
    seconds: float


class Roads:
    """The road network of a county; routes are found once and kept.

    Args:
        county: The county.
        night: Whether night speeds hold.
    """

    def __init__(self, county: County, *, night: bool) -> None:
        self._speeds = county.speeds
        self._night = county.speeds.night_factor if night else 1.0
        self._graph = nx.Graph()
        self._graph.add_nodes_from(place.id for place in county.places)
        for road in county.roads:
            seconds = road.km / getattr(county.speeds, road.road_class) * 3600
            kept = self._graph.get_edge_data(*road.ends)
            if kept is None or seconds < kept["seconds"]:
                self._graph.add_edge(*road.ends, seconds=seconds)
        self._found: dict[tuple[str, tuple[str, ...]], tuple[dict[str, float], dict[str, list[str]]]] = {}

    def seconds(self, start: str, end: str, *, siren: bool, avoid: tuple[str, ...] = ()) -> int:
        """Return travel time in whole seconds."""
        return sum(self.leg_seconds(leg, siren=siren) for leg in self.route(start, end, avoid))

    def leg_seconds(self, leg: Leg, *, siren: bool) -> int:
        """Return the time in whole seconds that a vehicle takes for a leg."""
        return max(1, round(leg.seconds / (self._night * (self._speeds.siren_factor if siren else 1.0))))

    def route(self, start: str, end: str, avoid: tuple[str, ...] = ()) -> list[Leg]:
        """Return the legs of the fastest route.

        Args:
            start: Where it starts.
            end: Where it ends.
            avoid: Places to drive around; where that is not possible, the route goes through them.
        """
        if start == end:
            return []
        avoid = tuple(sorted({place for place in avoid if place not in (start, end)}))
        paths = self._from(start, avoid)[1]
        if end not in paths:
            paths = self._from(start, ())[1]
        path = paths[end]
        return [Leg(b, self._graph.edges[a, b]["seconds"]) for a, b in pairwise(path)]

    def _from(self, start: str, avoid: tuple[str, ...]) -> tuple[dict[str, float], dict[str, list[str]]]:
        key = (start, avoid)
        if key not in self._found:
            graph = self._graph
            if avoid:
                graph = graph.subgraph([node for node in graph if node not in avoid])
            self._found[key] = nx.single_source_dijkstra(graph, start, weight="seconds")
        return self._found[key]
