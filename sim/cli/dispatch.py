"""The command that runs the dispatch of units by itself, on a list of calls."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

from sim.cli.tables import number, table_lines
from sim.errors import BadInput, Problem
from sim.record.disk import write_atomic
from sim.spec.script.columns import Said
from sim.spec.script.problems import refused
from sim.study.dispatch import Call, Run, dispatch, workloads

_CALLS = ("id", "at_s", "node", "service_s")
_UNITS = ("id", "base")
_TRAVEL = ("from", "to", "seconds")
_SUM = Said(
    "呼叫 {calls} 起，无力量可派 {lost} 起；等待派出平均 {wait} 分钟，到达平均 {reach} 分钟",
    "{calls} calls, {lost} lost; mean wait until a unit is sent {wait} min, until it arrives {reach} min",
)
_HEAD = (Said("力量", "unit"), Said("派出次数", "calls"), Said("忙碌比例", "workload"))


def run_dispatch(arguments: argparse.Namespace) -> int:
    """Send units to the calls of a list, and write what became of each."""
    out = Path(arguments.out)
    if out.exists() and not arguments.force:
        raise refused(out.name, Said("文件已存在", "is there already"), Said("--force 覆盖", "--force writes over it"))
    calls = list(_calls(Path(arguments.calls)))
    units = {row["id"]: row["base"] for _, row in _rows(Path(arguments.units), _UNITS)}
    travel = _travel(Path(arguments.travel))
    runs = dispatch(
        calls,
        units,
        travel,
        rule=arguments.rule,
        queue=arguments.queue,
        room=arguments.room,
        on_the_way=arguments.on_the_way,
    )
    write_atomic(out, _text(runs))
    for line in _summary(runs, units, arguments.lang):
        print(line)
    return 0


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and cells of each row of a table with a header.

    Raises:
        BadInput: If the file is no such table.
    """
    try:
        reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True)
        rows = [(reader.line_num, {key: value or "" for key, value in row.items() if key}) for row in reader]
    except (csv.Error, UnicodeDecodeError) as error:
        raise refused(path.name, Said(f"不是 UTF-8 编码的 CSV：{error}", f"is no CSV in UTF-8: {error}")) from error
    missing = [name for name in needed if name not in (reader.fieldnames or ())]
    if missing:
        wanted = ",".join(needed)
        raise refused(path.name, Said(f"缺少列 {missing}", f"lacks the columns {missing}"), Said(wanted, wanted))
    yield from rows


def _travel(path: Path) -> dict[tuple[str, str], int]:
    try:
        return {(row["from"], row["to"]): int(row["seconds"]) for _, row in _rows(path, _TRAVEL)}
    except ValueError as error:
        raise refused(path.name, Said(f"不是整秒数：{error}", f"no whole seconds: {error}")) from error


def _calls(path: Path) -> Iterator[Call]:
    problems = []
    for line, row in _rows(path, _CALLS):
        try:
            at_s, service_s, severity = (int(row.get(name) or "0") for name in ("at_s", "service_s", "severity"))
        except ValueError:
            problems.append(Problem(f"{path.name}:{line}", "", "a time or severity is no whole number", "seconds"))
            continue
        prefer = tuple((row.get("prefer") or "").split())
        yield Call(row["id"], at_s, row["node"], service_s, row.get("ends_at") or "", severity, prefer)
    if problems:
        raise BadInput(tuple(problems))


def _text(runs: list[Run]) -> str:
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(Run._fields)
    table.writerows(runs)
    return text.getvalue()


def _summary(runs: list[Run], units: dict[str, str], lang: str) -> Iterator[str]:
    sent = [run for run in runs if run.unit]
    if not sent:
        return
    wait = fmean(run.sent_s - run.called_s for run in sent) / 60
    reach = fmean(run.arrived_s - run.called_s for run in sent) / 60
    lost = len(runs) - len(sent)
    yield _SUM.in_language(lang).format(calls=len(runs), lost=lost, wait=number(wait), reach=number(reach))
    busy = workloads(sent, list(units), 0, max(1, max(run.free_s for run in sent)))
    counts = {unit: sum(run.unit == unit for run in sent) for unit in units}
    rows = [(unit, str(counts[unit]), number(share, 3)) for unit, share in busy.items()]
    yield from table_lines([head.in_language(lang) for head in _HEAD], rows)
