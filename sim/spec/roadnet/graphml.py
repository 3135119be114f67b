"""GraphML as OSMnx writes it, read without entities, document types or networks of any size."""

from __future__ import annotations

import math
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from sim.spec.roadnet.raw import MAX_ARCS, MAX_NODES, Arc, Node, Problems, RawNet
from sim.spec.roadnet.values import class_of, direction_of, is_bridge, is_for_vehicles, lanes_of, listed, speed_of
from sim.spec.script.columns import Said
from sim.spec.script.problems import refused

MAX_BYTES = 128 << 20
_GRAPHML = Said("应为 OSMnx 的 save_graphml 写出的文件", "what save_graphml of OSMnx writes")
_DEGREES = re.compile(r"(epsg:)?4326|.*\bWGS ?84\b(?!.*UTM).*", re.IGNORECASE | re.DOTALL)


def read_graphml(path: Path) -> RawNet:
    """Read a road network.

    Raises:
        BadInput: If the file is too large, no GraphML or not safe, and with one problem for each bad node or edge.
    """
    with path.open("rb") as stream:
        raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise refused(
            path.name,
            Said(f"超过 {MAX_BYTES >> 20} MiB", f"larger than {MAX_BYTES >> 20} MiB"),
            Said("请缩小范围", "a smaller area"),
        )
    try:
        return _Reader(path.name).read(raw)
    except DefusedXmlException as error:
        what = Said("含有文档类型或实体定义，可能有害", "defines a document type or entities, which can do harm")
        raise refused(path.name, what, _GRAPHML) from error
    except ParseError as error:
        line, column = error.position
        where = Said(f"{path.name}，第 {line} 行第 {column + 1} 列", f"{path.name}:{line}:{column + 1}")
        raise refused(where, Said("不是 XML", "is no XML"), _GRAPHML) from error


class _Reader:
    """Reads element by element and keeps none of them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems = Problems(name)
        self._names: dict[str, str] = {}
        self._directed = True
        self._crs = ""
        self._nodes: dict[str, dict[str, str]] = {}
        self._arcs: list[Arc] = []
        self._edges = self._left_out = 0

    def read(self, raw: bytes) -> RawNet:
        """Read the bytes of a file."""
        path: list[str] = []
        for event, element in iterparse(BytesIO(raw), events=("start", "end"), forbid_dtd=True):
            tag = str(element.tag).rpartition("}")[2]
            if event == "start":
                path.append(tag)
                self._begin(element, path)
                continue
            self._end(element, path)
            path.pop()
        if not self._nodes:
            raise refused(self.name, Said("没有节点", "holds no nodes"), _GRAPHML)
        in_degrees = self._in_degrees()
        nodes = {ident: self._node(ident, data, in_degrees) for ident, data in self._nodes.items()}
        for arc in self._arcs:
            for end in (arc.tail, arc.head):
                if end not in nodes:
                    self.problems.add(arc.where, Said(f"没有节点“{end}”", f"there is no node {end!r}"))
        self.problems.raise_any()
        good = {ident: node for ident, node in nodes.items() if node is not None}
        return RawNet(self.name, good, tuple(self._arcs), in_degrees, self._left_out)

    def _begin(self, element: Any, path: list[str]) -> None:
        if len(path) == 1 and path[0] != "graphml":
            raise refused(self.name, Said("不是 GraphML", "is no GraphML"), _GRAPHML)
        if path[-1] == "graph":
            self._directed = element.get("edgedefault", "directed") != "undirected"

    def _end(self, element: Any, path: list[str]) -> None:
        if path[-1] == "key":
            self._names[element.get("id", "")] = element.get("attr.name", "")
        elif path[-2:] == ["graph", "data"]:
            if self._names.get(element.get("key", "")) == "crs":
                self._crs = (element.text or "").strip()
        elif path[-1] == "node":
            self._take_node(element)
            element.clear()
        elif path[-1] == "edge":
            self._take_edge(element)
            element.clear()

    def _data(self, element: Any) -> dict[str, str]:
        found = {}
        for child in element:
            if str(child.tag).rpartition("}")[2] == "data":
                found[self._names.get(child.get("key", ""), "")] = (child.text or "").strip()
        return found

    def _take_node(self, element: Any) -> None:
        ident = element.get("id", "")
        where = Said(f"节点 {ident}", f"node {ident}")
        if not ident or ident in self._nodes:
            self.problems.add(where, Said("没有编号，或编号重复", "has no id, or that of another node"))
        self._nodes[ident] = self._data(element)
        if len(self._nodes) > MAX_NODES:
            raise refused(self.name, Said(f"节点超过 {MAX_NODES} 个", f"more than {MAX_NODES} nodes"))

    def _take_edge(self, element: Any) -> None:
        self._edges += 1
        if self._edges > MAX_ARCS:
            raise refused(self.name, Said(f"道路超过 {MAX_ARCS} 条", f"more than {MAX_ARCS} edges"))
        tail, head, data = element.get("source", ""), element.get("target", ""), self._data(element)
        where = Said(
            f"第 {self._edges} 条边（{tail} 至 {head}）", f"edge {self._edges} ({tail} to {head})"
        )  # fmt: skip
        highway = data.get("highway", "")
        if highway and not is_for_vehicles(highway):
            self._left_out += 1
            return
        road_class = class_of(highway)
        if road_class is None:
            kinds = Said("请用 OpenStreetMap 的道路类别", "a road of OpenStreetMap")
            self.problems.add(where, Said(f"不认识的 highway “{highway}”", f"unknown highway {highway!r}"), kinds)
        length_m = _number(data.get("length", ""))
        if length_m is None or length_m <= 0:
            what = Said(f"长度“{data.get('length', '')}”不是正数", f"length {data.get('length', '')!r} is not above 0")
            self.problems.add(where, what, Said("以米为单位的数", "a number of meters"))
        way = direction_of(data.get("oneway", ""))
        if way is None:
            what = Said(f"不认识的 oneway “{data['oneway']}”", f"unknown oneway {data['oneway']!r}")
            self.problems.add(where, what, Said("True 或 False", "True or False"))
        if road_class is None or length_m is None or length_m <= 0 or way is None:
            return
        ends = (head, tail) if way < 0 and "reversed" not in data else (tail, head)
        name = " / ".join(listed(data.get("name", "")))[:200]
        self._arcs.append(
            Arc(
                *ends,
                where=where,
                length_m=length_m,
                road_class=road_class,
                speed_km_h=speed_of(data.get("maxspeed", "")),
                lanes=lanes_of(data.get("lanes", "")),
                bridge=is_bridge(data.get("bridge", "")),
                one_way=way != 0 and self._directed,
                name=(name, name),
            )
        )

    def _in_degrees(self) -> bool:
        if all("lon" in data and "lat" in data for data in self._nodes.values()):
            return True
        if self._crs:
            return _DEGREES.fullmatch(self._crs) is not None
        found = [(_number(data.get("x", "")), _number(data.get("y", ""))) for data in self._nodes.values()]
        return all(abs(x or 0) <= 180 and abs(y or 0) <= 90 for x, y in found)

    def _node(self, ident: str, data: dict[str, str], in_degrees: bool) -> Node | None:
        keys = ("lon", "lat") if in_degrees and "lon" in data and "lat" in data else ("x", "y")
        x, y = (_number(data.get(key, "")) for key in keys)
        if x is None or y is None or (in_degrees and not (abs(x) <= 180 and abs(y) <= 90)):
            where = Said(f"节点 {ident}", f"node {ident}")
            given = ", ".join(f"{key}={data.get(key, '')!r}" for key in keys)
            what = Said(f"坐标不对：{given}", f"is nowhere: {given}")
            self.problems.add(where, what, Said("经度和纬度，或米", "longitude and latitude, or meters"))
            return None
        return Node(x, y)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
