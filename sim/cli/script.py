"""Commands about the trainer's script as a table: export and import."""

from __future__ import annotations

import argparse
from pathlib import Path

from sim.errors import BadInput
from sim.spec.load import Exercise, bundled, load
from sim.spec.script.columns import Said
from sim.spec.script.problems import refused
from sim.spec.script.table_read import Tables, find_mark, read_tables

_WRITTEN = Said("已写出：{name}（{count} 条消息）", "written: {name} ({count} injects)")
_NEXT = Said("下一步：tabletop check {name}", "next: tabletop check {name}")
_ENCODING = Said("文件不是 UTF-8，按 {encoding} 读取", "the file is not UTF-8; read as {encoding}")
_BASE = Said("基础情景：{name}", "base scenario: {name}")
_CHANGED = Said(
    "注意：基础情景与导出时不同；若不是这一个，请用 --scenario 指明",
    "note: the base scenario is not the text that the table was exported from; if it is another one, use --scenario",
)
_ELSEWHERE = Said(
    "注意：新文件与基础情景不在同一文件夹，它所用的县、预案等文件须能从新位置找到",
    "note: the new file is not in the base scenario's folder; the county, plan and other files that it names must be "
    "found from there",
)


def export_script(arguments: argparse.Namespace) -> int:
    """Write the injects of a scenario as a table."""
    from sim.spec.script.export import export_csv, export_xlsx

    exercise = load(arguments.scenario)
    if exercise.seal:
        raise refused(
            arguments.scenario,
            Said("情景已封存", "is sealed"),
            Said("请用 `tabletop reveal --out` 写出的文件", "what `tabletop reveal --out` writes"),
        )
    out = _free(arguments.out, (".xlsx", ".csv"), arguments.force)
    export = export_xlsx if out.suffix.lower() == ".xlsx" else export_csv
    out.write_bytes(export(exercise, arguments.lang))
    print(_WRITTEN.in_language(arguments.lang).format(name=arguments.out, count=len(exercise.scenario.injects)))
    return 0


def import_script(arguments: argparse.Namespace) -> int:
    """Make a scenario of a table; nothing is written if a row is bad."""
    from sim.spec.script.convert import read_script, scenario_text
    from sim.spec.script.headers import parse_asked
    from sim.spec.script.words import bad_rows, summary

    lang = arguments.lang
    asked = parse_asked(arguments.map)
    out = _free(arguments.out, (".yaml", ".yml"), arguments.force)
    table = Path(arguments.file)
    tables = read_tables(table)
    if tables.encoding:
        print(_ENCODING.in_language(lang).format(encoding=tables.encoding))
    base, folder = _base(tables, arguments.scenario, table, lang)
    script = read_script(tables, base, asked, arguments.sheet)
    print("\n".join(summary(script, base.scenario.starts_at, lang)))
    try:
        text, exercise = scenario_text(script, base, out.name)
    except BadInput as error:
        print(bad_rows(len({problem.where.partition(", column ")[0] for problem in error.problems}), lang))
        raise
    out.write_bytes(text.encode())
    print(_WRITTEN.in_language(lang).format(name=arguments.out, count=len(exercise.scenario.injects)))
    if folder is not None and folder.resolve() != out.parent.resolve():
        print(_ELSEWHERE.in_language(lang))
    print(_NEXT.in_language(lang).format(name=arguments.out))
    return 0


def _free(name: str, suffixes: tuple[str, ...], force: bool) -> Path:
    path = Path(name)
    if path.suffix.lower() not in suffixes:
        raise refused(
            name,
            Said("文件名的结尾不对", "has no such ending"),
            Said(f"应为 {' 或 '.join(suffixes)}", " or ".join(suffixes)),
        )
    if path.exists() and not (force and path.is_file()):
        raise refused(
            name,
            Said("文件已存在", "is there already"),
            Said("请换一个名称，或用 --force 覆盖", "another name, or --force to write over it"),
        )
    if not path.parent.is_dir():
        raise refused(
            name,
            Said("所在文件夹不存在", "its folder does not exist"),
            Said("请用已有的文件夹", "a name in an existing folder"),
        )
    return path


def _base(tables: Tables, given: str | None, table: Path, lang: str) -> tuple[Exercise, Path | None]:
    """Return the base scenario, and its folder if it is a file of the user's.

    Raises:
        BadInput: If neither the user nor the table names one that is there.
    """
    mark = find_mark(tables)
    if given is not None:
        return load(given), Path(given).parent if Path(given).suffix else None
    if mark is None:
        raise refused(
            table.name,
            Said("没有写明属于哪个情景", "does not say which scenario it belongs to"),
            Said("请用 --scenario 指明情景编号或文件", "--scenario with an id or a file"),
        )
    name = mark.scenario
    beside = table.parent / f"{name}.yaml"
    is_id = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    if is_id and beside.is_file():
        base, folder = load(beside), table.parent
    elif name in bundled("scenario"):
        base, folder = load(name), None
    else:
        raise refused(
            table.name,
            Said(f"属于情景“{name}”，这里没有", f"belongs to the scenario {name!r}, which is not here"),
            Said("请用 --scenario 指明它的文件", "--scenario with its file"),
        )
    print(_BASE.in_language(lang).format(name=name if folder is None else beside))
    if base.digests["scenario"] != mark.digest:
        print(_CHANGED.in_language(lang))
    return base, folder
