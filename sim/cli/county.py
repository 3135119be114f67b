"""Commands for county files: import a road network, make a county by seed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sim.errors import BadInput
from sim.record.disk import write_atomic
from sim.spec import yamlread
from sim.spec.county import County
from sim.spec.load import find, validate
from sim.spec.roadnet.attach import attach
from sim.spec.roadnet.convert import Part, to_part
from sim.spec.roadnet.graphml import read_graphml
from sim.spec.roadnet.raw import Problems, RawNet
from sim.spec.roadnet.tables import Table, read_matrix, read_net, read_table
from sim.spec.roads import ROAD_CLASSES
from sim.spec.script.columns import Said
from sim.spec.script.problems import refused
from sim.spec.yamlwrite import to_yaml

MOST_TOWNSHIPS, MOST_VILLAGES = 150, 40
_WRITTEN = Said("已写出：{name}（{places} 个地点，{roads} 条道路）", "written: {name} ({places} places, {roads} roads)")
_NEXT = Said("下一步：tabletop check {name}", "next: tabletop check {name}")
_ORIGIN = Said("地图原点：{x}, {y}（--origin 可指定）", "origin of the map: {x}, {y} (--origin sets another)")
_LEFT = Said(
    "略去：不能往返到达的节点 {nodes} 个，不能行车的路 {ways} 条",
    "left out: {nodes} nodes that cannot be reached both ways, {ways} ways that are not for vehicles",
)
_TIMES = Said("行车时间 {count} 项", "{count} travel times")
_PEOPLE = Said("{people} 人，{units} 支力量", "{people} people, {units} units")


def import_roads(arguments: argparse.Namespace) -> int:
    """Turn a road network into places and roads of a county file."""
    lang, out = arguments.lang, _free(arguments.out, arguments.force)
    files = [_existing(name) for name in arguments.files]
    net, matrix = _read(files)
    county = None if arguments.county is None else _county(arguments.county)
    part = None if net is None else to_part(net, origin=_point(arguments.origin), without=_classes(arguments.without))
    if part is None and county is None:
        raise refused(
            files[0].name,
            Said("只有行车时间", "holds travel times alone"),
            Said("请用 --county 指明县文件，或同时给出道路", "--county, or roads with them"),
        )
    data = _joined(part, county, arguments.county)
    if matrix is not None:
        data["travel_times"] = _times(matrix, part, [place["id"] for place in data["places"]])
    text = _text(data, out.name)
    if county is not None:
        validate(County, yamlread.parse(text, out.name))
    write_atomic(out, text)
    print(_WRITTEN.in_language(lang).format(name=out, places=len(data["places"]), roads=len(data["roads"])))
    if part is not None and net is not None:
        print(_ORIGIN.in_language(lang).format(x=part.origin[0], y=part.origin[1]))
        print(_LEFT.in_language(lang).format(nodes=part.cut_off, ways=net.left_out))
    if matrix is not None:
        print(_TIMES.in_language(lang).format(count=len(data["travel_times"])))
    if county is not None:
        print(_NEXT.in_language(lang).format(name=out))
    return 0


def make(arguments: argparse.Namespace) -> int:
    """Make a county by seed."""
    from sim.spec.roadnet.make import Wanted, make_county

    lang, out = arguments.lang, _free(arguments.out, arguments.force)
    for name, low, high in (
        ("townships", 1, MOST_TOWNSHIPS),
        ("villages", 0, MOST_VILLAGES),
        ("people", 1000, 10_000_000),
    ):
        if not low <= getattr(arguments, name) <= high:
            raise refused(
                f"--{name}",
                Said(f"不能是 {getattr(arguments, name)}", f"cannot be {getattr(arguments, name)}"),
                Said(f"{low} 到 {high}", f"{low} to {high}"),
            )
    wanted = Wanted(
        arguments.id or out.stem, arguments.seed, arguments.townships, arguments.people, arguments.villages
    )  # fmt: skip
    data = make_county(wanted, _county(arguments.template))
    text = _text(data, out.name)
    validate(County, yamlread.parse(text, out.name))
    write_atomic(out, text)
    print(_WRITTEN.in_language(lang).format(name=out, places=len(data["places"]), roads=len(data["roads"])))
    print(_PEOPLE.in_language(lang).format(people=data["residents"], units=len(data["units"])))
    print(_NEXT.in_language(lang).format(name=out))
    return 0


def _read(files: list[Path]) -> tuple[RawNet | None, Table | None]:
    """Read the files: one GraphML, or nodes and arcs, and travel times if there are any."""
    graphs = [path for path in files if path.suffix.lower() in (".graphml", ".xml")]
    tables: dict[str, Table] = {}
    for path in files:
        if path in graphs:
            continue
        table = read_table(path)
        if table.kind in tables:
            raise refused(
                path.name,
                Said(f"与 {tables[table.kind].name} 是同类表", f"is a table like {tables[table.kind].name}"),
                Said("每类表一个", "one table of each kind"),
            )
        tables[table.kind] = table
    nodes, arcs = tables.get("nodes"), tables.get("arcs")
    if len(graphs) + (nodes is not None or arcs is not None) > 1 or (nodes is None) != (arcs is None):
        raise refused(
            files[0].name,
            Said("凑不成一个路网", "do not make one network"),
            Said("一个 GraphML，或节点表加道路表", "one GraphML file, or a table of nodes and one of arcs"),
        )
    net = read_graphml(graphs[0]) if graphs else None
    if nodes is not None and arcs is not None:
        net = read_net(nodes, arcs)
    return net, tables.get("matrix")


def _joined(part: Part | None, county: dict[str, Any] | None, name: str | None) -> dict[str, Any]:
    if county is None:
        assert part is not None
        return {"places": part.places, "roads": part.roads}
    return county if part is None else attach(county, part, str(name))


def _times(table: Table, part: Part | None, ids: list[str]) -> list[dict[str, Any]]:
    """Return travel times with the ids of places; times of nodes that were left out are too.

    Raises:
        BadInput: With one problem for each place that there is not.
    """
    known, numbers = dict.fromkeys(ids), {} if part is None else part.number
    problems, times, told = Problems(table.name), [], dict[str, None]()
    for start, end, seconds in read_matrix(table):
        ends = [numbers.get(ident, ident) for ident in (start, end)]
        for ident in ends:
            if ident not in known and ident not in told:
                told[ident] = None
                where = Said(f"“{start}”至“{end}”", f"{start} to {end}")
                problems.add(where, Said(f"没有地点“{ident}”", f"there is no place {ident!r}"))
        times.append({"from": ends[0], "to": ends[1], "seconds": seconds})
    problems.raise_any()
    return times


def _text(data: dict[str, Any], name: str) -> str:
    text = to_yaml(data)
    if len(text.encode()) > yamlread.MAX_BYTES:
        size, most = len(text.encode()) / (1 << 20), yamlread.MAX_BYTES / (1 << 20)
        raise refused(
            name,
            Said(
                f"会有 {size:.1f} MiB，超过县文件的上限 {most:g} MiB", f"would have {size:.1f} MiB, more than {most:g}"
            ),
            Said("请减少地点，或用 --without 略去道路", "fewer places, or fewer roads by --without"),
        )
    return text


def _county(name: str) -> dict[str, Any]:
    """Return the data of a county file, by its path or as a bundled one by its id.

    Raises:
        BadInput: If there is none, or it is no county.
    """
    path = Path(name) if Path(name).suffix in (".yaml", ".yml") else find(Path(), "county", name)
    if path is None:
        raise refused(name, Said("没有这个县", "no such county"), Said("县文件，或编号", "a county file, or an id"))
    document = yamlread.parse(yamlread.read_text(path), path.name)
    validate(County, document)
    return dict(document.data)


def _existing(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise refused(name, Said("没有这个文件", "no such file"), Said("请给出已有的文件", "an existing file"))
    return path


def _free(name: str, force: bool) -> Path:
    path = Path(name)
    if path.suffix not in (".yaml", ".yml"):
        raise refused(name, Said("文件名的结尾不对", "has no such ending"), Said("应为 .yaml", ".yaml"))
    if path.exists() and not (force and path.is_file()):
        raise refused(
            name,
            Said("文件已存在", "is there already"),
            Said("请换一个名称，或用 --force 覆盖", "another name, or --force to write over it"),
        )
    return path


def _point(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    try:
        x, y = (float(part) for part in text.split(","))
    except ValueError as error:
        raise _wrong("--origin", text, "116.4,39.9") from error
    return x, y


def _classes(text: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    for name in names:
        if name not in ROAD_CLASSES:
            raise _wrong("--without", name, ", ".join(ROAD_CLASSES))
    return names


def _wrong(option: str, given: str, allowed: str) -> BadInput:
    what = Said(f"不能是“{given}”", f"cannot be {given!r}")
    return refused(option, what, Said(allowed.replace(", ", "、"), allowed))
