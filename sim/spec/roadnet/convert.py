"""A network as it was read, to places and roads of a county file."""

from __future__ import annotations

import math
import re
from typing import Any, NamedTuple

from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

from sim.spec.roadnet.raw import Arc, Node, Problems, RawNet
from sim.spec.script.columns import Said
from sim.spec.script.problems import refused

EARTH_KM = 6371.0088
"""Mean radius of the earth in km (IUGG)."""
FARTHEST_KM = 500
MOST_PLACES, MOST_ROADS = 5000, 20000
"""What a county file holds at most."""
TOO_SHORT = 0.9
"""A road of less than this share of the straight line between its ends has a wrong length or a wrong unit. A guess."""
SAME_LENGTH = 0.01
"""Share by which the lengths of the two directions of one road may differ. A guess."""


class Part(NamedTuple):
    """Places and roads as a county file writes them.

    Attributes:
        places: Places.
        roads: Roads.
        number: Id of the place that each node became.
        origin: The point of the map that is 0, 0, in the coordinates of the file.
        cut_off: How many nodes were left out because no way leads there and back.
    """

    places: list[dict[str, Any]]
    roads: list[dict[str, Any]]
    number: dict[str, str]
    origin: tuple[float, float]
    cut_off: int


def to_part(net: RawNet, *, origin: tuple[float, float] | None = None, without: tuple[str, ...] = ()) -> Part:
    """Return the places and roads of the largest part of a network from which every place reaches every other.

    Args:
        net: The network.
        origin: The point that becomes 0, 0 on the map of the county, in the coordinates of the file; by default the
            middle of the network.
        without: Classes of road to leave out.

    Raises:
        BadInput: If roads have impossible lengths, or the network is too large, too far off, or empty.
    """
    arcs = [arc for arc in net.arcs if arc.road_class not in without and arc.tail != arc.head]
    kept = _strongest({end: None for arc in arcs for end in (arc.tail, arc.head)}, arcs)
    if len(kept) < 2:
        raise refused(net.name, Said("没有可用的道路", "no roads are left that could be used"))
    arcs = _both_ways([arc for arc in arcs if arc.tail in kept and arc.head in kept])
    _check_size(net, len(kept), len(arcs))
    nodes = {ident: net.nodes[ident] for ident in net.nodes if ident in kept}
    origin = origin or _middle(nodes)
    at = {ident: flat(node, origin, in_degrees=net.in_degrees) for ident, node in nodes.items()}
    _check_places(net, at, arcs)
    ids = _ids(net, nodes)
    places = [_place(ids[ident], node, at[ident]) for ident, node in nodes.items()]
    roads = [_road(arc, ids) for arc in arcs]
    return Part(places, roads, ids, origin, len(net.nodes) - len(kept))


def flat(node: Node, origin: tuple[float, float], *, in_degrees: bool) -> tuple[float, float]:
    """Return where a node is, in km east and north of the origin.

    Degrees are laid out on a plane that touches the earth near the origin, which over a county of 100 km is right to
    some tenths of a percent.
    """
    if not in_degrees:
        return round((node.x - origin[0]) / 1000, 3), round((node.y - origin[1]) / 1000, 3)
    km = math.radians(1) * EARTH_KM
    east = (node.x - origin[0]) * math.cos(math.radians(origin[1])) * km
    return round(east, 3), round((node.y - origin[1]) * km, 3)


def _middle(nodes: dict[str, Node]) -> tuple[float, float]:
    xs, ys = [node.x for node in nodes.values()], [node.y for node in nodes.values()]
    return round((min(xs) + max(xs)) / 2, 5), round((min(ys) + max(ys)) / 2, 5)


def _strongest(ends: dict[str, None], arcs: list[Arc]) -> dict[str, None]:
    """Return the largest set of nodes that all reach each other; of several as large the one that comes first."""
    number = {ident: index for index, ident in enumerate(ends)}
    pairs = [(number[arc.tail], number[arc.head]) for arc in arcs]
    pairs += [(b, a) for (a, b), arc in zip(pairs, arcs, strict=True) if not arc.one_way]
    if not pairs:
        return {}
    tails, heads = zip(*pairs, strict=True)
    graph = csr_matrix(([1] * len(pairs), (tails, heads)), shape=(len(number), len(number)))
    _, labels = connected_components(graph, directed=True, connection="strong")
    members: dict[int, list[str]] = {}
    for ident, label in zip(number, labels.tolist(), strict=True):
        members.setdefault(label, []).append(ident)
    largest = max(len(group) for group in members.values())
    return dict.fromkeys(next(group for group in members.values() if len(group) == largest))


def _both_ways(arcs: list[Arc]) -> list[Arc]:
    """Return the arcs without those that are the other direction of a two-way road."""
    waiting: dict[tuple[str, str], list[Arc]] = {}
    kept = []
    for arc in arcs:
        opposite = waiting.get((arc.head, arc.tail), [])
        twin = next((one for one in opposite if _is_same(one, arc)), None)
        if twin is not None:
            opposite.remove(twin)
            continue
        kept.append(arc)
        if not arc.one_way:
            waiting.setdefault((arc.tail, arc.head), []).append(arc)
    return kept


def _is_same(one: Arc, other: Arc) -> bool:
    return (
        not other.one_way
        and one.road_class == other.road_class
        and one.ident == other.ident
        and abs(one.length_m - other.length_m) <= SAME_LENGTH * max(one.length_m, other.length_m)
    )


def _check_size(net: RawNet, places: int, roads: int) -> None:
    if places > MOST_PLACES or roads > MOST_ROADS:
        raise refused(
            net.name,
            Said(f"有 {places} 个路口、{roads} 条道路，太多", f"has {places} junctions and {roads} roads, too many"),
            Said(
                f"最多 {MOST_PLACES} 个路口、{MOST_ROADS} 条道路；可用 --without street 略去街道，或缩小范围",
                f"at most {MOST_PLACES} and {MOST_ROADS}; leave streets out with --without street, or take less",
            ),
        )


def _check_places(net: RawNet, at: dict[str, tuple[float, float]], arcs: list[Arc]) -> None:
    problems = Problems(net.name)
    for ident, (x, y) in at.items():
        if max(abs(x), abs(y)) > FARTHEST_KM:
            where = Said(f"节点 {ident}", f"node {ident}")
            problems.add(
                where,
                Said(f"离地图原点 {math.hypot(x, y):.0f} 公里", f"is {math.hypot(x, y):.0f} km from the origin"),
                Said(f"最多 {FARTHEST_KM} 公里", f"at most {FARTHEST_KM} km"),
            )
    for arc in arcs:
        straight_m = math.dist(at[arc.tail], at[arc.head]) * 1000
        if arc.length_m < TOO_SHORT * straight_m - 5:
            problems.add(
                arc.where,
                Said(
                    f"长 {arc.length_m:.0f} 米，两端相距却有 {straight_m:.0f} 米",
                    f"is {arc.length_m:.0f} m long, but its ends are {straight_m:.0f} m apart",
                ),
                Said("长度以米为单位", "a length in m, not shorter than the straight line"),
            )
    problems.raise_any()


def _ids(net: RawNet, nodes: dict[str, Node]) -> dict[str, str]:
    """Return an id of a county file for each node, as near to its own as the rules allow.

    Raises:
        BadInput: If two nodes would get the same.
    """
    problems, ids, taken = Problems(net.name), {}, dict[str, str]()
    for ident in nodes:
        made = re.sub(r"[^a-z0-9_-]+", "-", ident.lower())
        made = (made if re.match("[a-z]", made) else f"n{made}")[:48]
        if made in taken:
            where = Said(f"节点 {ident}", f"node {ident}")
            other = taken[made]
            what = Said(f"编号会与节点 {other} 相同：{made}", f"would get the id of node {other}: {made}")
            problems.add(where, what, Said("请改编号", "another id"))
        taken[made], ids[ident] = ident, made
    problems.raise_any()
    return ids


def _place(ident: str, node: Node, at: tuple[float, float]) -> dict[str, Any]:
    zh, en = node.name
    name = {"zh": zh or f"路口 {ident}", "en": en or f"junction {ident}"}
    place: dict[str, Any] = {"id": ident, "name": name, "kind": node.kind, "x_km": at[0], "y_km": at[1]}
    return place | ({"people": node.people} if node.people else {})


def _road(arc: Arc, ids: dict[str, str]) -> dict[str, Any]:
    road: dict[str, Any] = {
        "ends": [ids[arc.tail], ids[arc.head]],
        "km": max(0.001, round(arc.length_m / 1000, 3)),
        "class": arc.road_class,
    }
    if arc.ident:
        road["id"] = arc.ident
    if any(arc.name):
        road["name"] = {"zh": arc.name[0], "en": arc.name[1]}
    if arc.lanes is not None:
        road["lanes"] = arc.lanes
    if arc.speed_km_h is not None:
        road["speed_km_h"] = arc.speed_km_h
    if arc.bridge:
        road["bridge"] = arc.bridge
    if arc.one_way:
        road["one_way"] = True
    return road
