"""Roads of a made county: neighbors are joined, and classes follow from which towns a road joins."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np

from sim.rng import Luck
from sim.spec.roadnet.proximity import gabriel_edges
from sim.spec.roadnet.scatter import Point

STRAIGHT, WINDING = 1.1, 1.45
"""Least and greatest length of a road over the straight line. Guesses; such ratios are mostly between 1.2 and 1.4."""
STREET_M = 2500
"""Roads within this distance of the middle of the county town, in m, are streets unless they lead on. A guess."""
BRIDGES = 0.04
"""Share of roads that cross water on a bridge. A guess."""
LANES = {"national": 4, "provincial": 2, "county": 2, "village": 1, "street": 2}


def make_roads(luck: Luck, at: dict[str, Point], towns: list[str]) -> list[dict[str, Any]]:
    """Return the roads of a county as its file writes them.

    Args:
        luck: The luck of the county.
        at: Where each place is, in m.
        towns: Towns, the county town first.
    """
    ids, graph = list(at), nx.Graph()
    graph.add_nodes_from(ids)
    for a, b in gabriel_edges(np.array(list(at.values()), dtype=np.int64)):
        pair = (ids[a], ids[b])
        winding = STRAIGHT + (WINDING - STRAIGHT) * luck.uniform("winding", *pair)
        graph.add_edge(*pair, m=max(30, round(math.dist(at[pair[0]], at[pair[1]]) * winding)))
    classes = _classes(graph, at, towns)
    return [_road(luck, [a, b], length, classes.get(_key(a, b), "village")) for a, b, length in graph.edges(data="m")]


def _classes(graph: Any, at: dict[str, Point], towns: list[str]) -> dict[tuple[str, str], str]:
    """Return the class of each road that is no village road, the highest that it gets, by its sorted ends."""
    found: dict[tuple[str, str], str] = {}
    middle = at[towns[0]]
    for a, b in graph.edges:
        if all(math.dist(at[end], middle) < STREET_M for end in (a, b)):
            found[_key(a, b)] = "street"
    from_town = nx.single_source_dijkstra_path(graph, towns[0], weight="m")
    seats = np.array([at[town] for town in towns], dtype=np.int64)
    for a, b in gabriel_edges(seats) if len(towns) > 1 else []:
        path = nx.shortest_path(graph, towns[a], towns[b], weight="m")
        _mark(found, path, "county")
    for town in towns[1:]:
        _mark(found, from_town[town], "provincial")
    for quarter in range(4):
        if there := [town for town in towns[1:] if _quarter(at[town], middle) == quarter]:
            _mark(found, from_town[max(there, key=lambda town: (math.dist(at[town], middle), town))], "national")
    return found


def _mark(found: dict[tuple[str, str], str], path: list[str], road_class: str) -> None:
    for a, b in pairwise(path):
        found[_key(a, b)] = road_class


def _key(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _quarter(point: Point, middle: Point) -> int:
    east, north = point[0] >= middle[0], point[1] >= middle[1]
    return 2 * east + north


def _road(luck: Luck, pair: list[str], length_m: int, road_class: str) -> dict[str, Any]:
    road: dict[str, Any] = {"ends": pair, "km": round(length_m / 1000, 3), "class": road_class}
    if LANES[road_class] != 2:
        road["lanes"] = LANES[road_class]
    if luck.chance(BRIDGES, "bridge", *pair):
        road["bridge"] = True
    return road
