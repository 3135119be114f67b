"""Road networks and travel times as CSV tables: nodes, arcs, and a matrix of seconds."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, get_args

from sim.spec.places import PlaceKind
from sim.spec.roadnet.raw import MAX_ARCS, MAX_NODES, Arc, Node, Problems, RawNet
from sim.spec.roadnet.values import class_of, direction_of, is_for_vehicles
from sim.spec.script.columns import Said
from sim.spec.script.problems import refused

MAX_BYTES = 64 << 20
_KINDS: tuple[str, ...] = get_args(PlaceKind)
_ALIASES = MappingProxyType(
    {
        "lon": "x", "longitude": "x", "x_m": "x", "lat": "y", "latitude": "y", "y_m": "y", "osmid": "id", "node": "id",
        "u": "from", "source": "from", "v": "to", "target": "to", "length": "length_m", "highway": "class",
        "maxspeed": "speed_km_h", "oneway": "one_way", "name_cn": "name_zh",
    }
)  # fmt: skip
"""Other names of columns."""


class Table(NamedTuple):
    """A table: its columns by their usual names, and its rows with their line numbers."""

    name: str
    columns: Mapping[str, str]
    rows: tuple[tuple[int, dict[str, str]], ...]

    @property
    def kind(self) -> str:
        """What the columns make it: ``nodes``, ``arcs``, ``matrix``, or empty for neither."""
        has = self.columns.keys()
        if {"from", "to"} <= has:
            return "matrix" if "seconds" in has and not has & {"length_m", "km"} else "arcs"
        return "nodes" if {"id", "x", "y"} <= has else ""


def read_table(path: Path) -> Table:
    """Read a CSV file with a header, in UTF-8 or GB18030, with commas, semicolons or tabs between.

    Raises:
        BadInput: If it is too large, no text, or has no known columns.
    """
    with path.open("rb") as stream:
        raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise refused(path.name, Said(f"超过 {MAX_BYTES >> 20} MiB", f"larger than {MAX_BYTES >> 20} MiB"))
    text = _decoded(raw, path.name)
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        lines = list(_lines(text, delimiter))
    except csv.Error as error:
        raise refused(path.name, Said(f"不是 CSV：{error}", f"is no CSV: {error}")) from error
    header = [cell.strip().lower() for cell in lines[0][1]] if lines else []
    columns = {_ALIASES.get(name, name): name for name in header}
    usual = [_ALIASES.get(name, name) for name in header]
    rows = tuple((line, dict(zip(usual, (cell.strip() for cell in cells), strict=False))) for line, cells in lines[1:])
    table = Table(path.name, columns, rows)
    if not table.kind:
        what = Said("认不出列", f"its columns are not known: {', '.join(header)[:200]}")
        raise refused(path.name, what, _COLUMNS)
    return table


_COLUMNS = Said(
    "节点表：id,x,y（或 lon,lat）；道路表：from,to,length_m（或 km）；行车时间表：from,to,seconds",
    "nodes: id,x,y (or lon,lat); arcs: from,to,length_m (or km); travel times: from,to,seconds",
)


def _decoded(raw: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise refused(name, Said("不是文本文件", "is no text file"), Said("UTF-8 编码的 CSV", "CSV in UTF-8"))


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def read_net(nodes: Table, arcs: Table) -> RawNet:
    """Return the network that two tables describe.

    Raises:
        BadInput: With one problem for each value that cannot be used, with its row.
    """
    found, in_degrees = _nodes(nodes)
    problems, left_out, roads = Problems(arcs.name), 0, []
    for line, row in arcs.rows:
        if row.get("class") and not is_for_vehicles(row["class"]):
            left_out += 1
        elif (arc := _arc(line, row, problems)) is not None:
            for end in (arc.tail, arc.head):
                if end not in found:
                    what = Said(f"节点表里没有“{end}”", f"there is no node {end!r}")
                    problems.add(arc.where, what, Said(f"{nodes.name} 里的编号", f"an id of {nodes.name}"))
            roads.append(arc)
    if len(roads) > MAX_ARCS:
        raise refused(arcs.name, Said(f"道路超过 {MAX_ARCS} 条", f"more than {MAX_ARCS} arcs"))
    problems.raise_any()
    return RawNet(arcs.name, found, tuple(roads), in_degrees, left_out)


def _nodes(table: Table) -> tuple[dict[str, Node], bool]:
    in_degrees = table.columns["x"] in ("lon", "longitude")
    problems, nodes = Problems(table.name), {}
    if len(table.rows) > MAX_NODES:
        raise refused(table.name, Said(f"节点超过 {MAX_NODES} 个", f"more than {MAX_NODES} nodes"))
    for line, row in table.rows:
        where, ident = _row(line), row.get("id", "")
        x, y = (_number(row, key, where, problems, sign="any") for key in ("x", "y"))
        if not ident:
            problems.add(where, Said("没有编号", "has no id"))
        elif ident in nodes:
            problems.add(where, Said(f"编号“{ident}”重复", f"the id {ident!r} stands twice"))
        if in_degrees and x is not None and y is not None and not (abs(x) <= 180 and abs(y) <= 90):
            problems.add(where, Said("经纬度超出范围", "is nowhere"), Said("经度、纬度", "longitude and latitude"))
        kind = row.get("kind") or "junction"
        if kind not in _KINDS:
            problems.add(where, Said(f"没有地点类别“{kind}”", f"no kind {kind!r} of place"), _of(_KINDS))
        people = _number(row, "people", where, problems, sign="not_negative", default=0.0)
        if x is not None and y is not None:
            nodes[ident] = Node(x, y, _name(row), kind, round(people or 0))
    problems.raise_any()
    if not nodes:
        raise refused(table.name, Said("没有节点", "holds no nodes"))
    return nodes, in_degrees


def _arc(line: int, row: dict[str, str], problems: Problems) -> Arc | None:
    where = _row(line)
    before = len(problems.found) + problems.more
    for end in ("from", "to"):
        if not row.get(end):
            problems.add(where, Said(f"{end} 是空的", f"{end} is empty"))
    in_km = not row.get("length_m") and bool(row.get("km"))
    length = _number(row, "km" if in_km else "length_m", where, problems)
    road_class = class_of(row.get("class") or "county")
    if road_class is None:
        what = Said(f"没有道路类别“{row['class']}”", f"no class {row['class']!r} of road")
        problems.add(where, what, Said("本县道路类别，或 OpenStreetMap 的 highway", "a class of roads, or a highway"))
    speed = _number(row, "speed_km_h", where, problems, high=200, default=math.nan)
    lanes = _number(row, "lanes", where, problems, high=16, default=math.nan)
    way = direction_of(row.get("one_way", ""))
    if way is None:
        given = row["one_way"]
        problems.add(where, Said(f"单行“{given}”看不懂", f"one_way {given!r} is neither yes nor no"))
    bridge = _bridge(row.get("bridge", ""), where, problems)
    if row.get("id") and not re.fullmatch(r"[a-z][a-z0-9_-]{0,47}", row["id"]):
        what = Said(f"编号“{row['id']}”写法不对", f"the id {row['id']!r} is not of the usual form")
        problems.add(where, what, Said("小写字母开头，只用小写字母、数字、- 和 _", "a-z first, then a-z, 0-9, - and _"))
    if len(problems.found) + problems.more > before or length is None or road_class is None or way is None:
        return None
    ends = (row["to"], row["from"]) if way < 0 else (row["from"], row["to"])
    return Arc(
        *ends,
        where=Said(f"第 {line} 行", f"row {line}"),
        length_m=length * 1000 if in_km else length,
        road_class=road_class,
        speed_km_h=None if speed is None or math.isnan(speed) else speed,
        lanes=None if lanes is None or math.isnan(lanes) else max(1, round(lanes)),
        bridge=bridge,
        one_way=way != 0,
        name=_name(row),
        ident=row.get("id", ""),
    )


def _bridge(text: str, where: Said, problems: Problems) -> bool | float:
    way = direction_of(text)
    if way is not None:
        return way == 1
    try:
        clearance = float(text)
    except ValueError:
        clearance = math.nan
    if not 0 < clearance <= 500:
        what = Said(f"桥梁“{text}”看不懂", f"bridge {text!r} is no yes, no or clearance")
        problems.add(where, what, Said("是、否，或净空（米）", "yes, no, or its clearance in m"))
    return clearance


def read_matrix(table: Table) -> list[tuple[str, str, int]]:
    """Return travel times as from, to and whole seconds, in the order of the table.

    Raises:
        BadInput: With one problem for each row that cannot be used.
    """
    problems, found = Problems(table.name), {}
    for line, row in table.rows:
        where, pair = _row(line), (row.get("from", ""), row.get("to", ""))
        seconds = _number(row, "seconds", where, problems, high=1_000_000)
        if not all(pair):
            problems.add(where, Said("from 或 to 是空的", "from or to is empty"))
        elif pair in found:
            problems.add(where, Said("这一对地点已有时间", "there is a time for these two already"))
        elif pair[0] != pair[1] and seconds is not None:
            found[pair] = max(1, round(seconds))
    problems.raise_any()
    return [(*pair, seconds) for pair, seconds in found.items()]


def _number(
    row: dict[str, str],
    key: str,
    where: Said,
    problems: Problems,
    *,
    sign: str = "positive",
    high: float = 1e9,
    default: float | None = None,
) -> float | None:
    """Return a number of a row; where there is none, ``default`` if there is one, else a problem is noted.

    Args:
        row: The row.
        key: Its column.
        where: Where the row stands, for messages.
        problems: Where problems are noted.
        sign: What it may be: ``positive``, ``not_negative`` or ``any``.
        high: Its size must not be above this.
        default: What an empty cell means; None if it must not be empty.
    """
    text = row.get(key, "")
    if not text and default is not None:
        return default
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if abs(value) <= high and (sign == "any" or value > 0 or (sign == "not_negative" and value == 0)):
        return value
    span = Said("数", "a number")
    if sign != "any":
        span = Said(f"0 到 {high:g} 的数", f"a number from 0 to {high:g}")
    problems.add(where, Said(f"{key} 为“{text}”", f"{key} is {text!r}"), span)
    return None


def _row(line: int) -> Said:
    return Said(f"第 {line} 行", f"row {line}")


def _of(names: tuple[str, ...]) -> Said:
    return Said("、".join(names), ", ".join(names))


def _name(row: dict[str, str]) -> tuple[str, str]:
    zh, en = row.get("name_zh", ""), row.get("name_en", "")
    both = row.get("name", "")
    return (zh or both or en)[:200], (en or both or zh)[:200]
