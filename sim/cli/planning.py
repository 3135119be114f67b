"""The command that shows a plan: the table of its tasks, the responsibility matrix, a flow chart, its blind spots."""

from __future__ import annotations

import argparse
from pathlib import Path

from sim.cli.files import plan_with
from sim.errors import InChinese, bad_input
from sim.show.plan_table import Paper, as_csv, matrix, task_table
from sim.spec.blind import blind_spots
from sim.spec.load import bundled, data_folder
from sim.textwidth import padded, width

FORMATS = ("text", "csv", "png", "svg")
WORDS = {
    "blind": {"en": "blind spots: {count}", "zh": "责任盲区：{count} 处"},
    "none": {"en": "no blind spots", "zh": "无责任盲区"},
    "written": {"en": "written: {name}", "zh": "已写入：{name}"},
}


def show_plan(arguments: argparse.Namespace) -> int:
    """Print a plan, or write it as tables or pictures; 1 if it has blind spots."""
    lang = arguments.lang
    formats = tuple(dict.fromkeys(arguments.format.split(",")))
    for name in formats:
        if name not in FORMATS:
            allowed = ", ".join(FORMATS)
            raise bad_input(
                "--format", f"no format {name!r}", allowed, zh=InChinese("--format", f"没有格式 {name!r}", allowed)
            )
    path = _path(arguments.plan)
    plan, county, rules = plan_with(path, arguments.county, arguments.rules)
    paper = Paper(plan, county, rules, lang)
    if "text" in formats:
        _print(paper)
    files = _files(paper, formats)
    if files:
        folder = Path(arguments.out)
        _check_free([folder / name for name in files], force=arguments.force)
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
            print(WORDS["written"][lang].format(name=folder / name))
    spots = blind_spots(plan, county, rules)
    print(WORDS["blind" if spots else "none"][lang].format(count=len(spots)))
    for spot in spots:
        print(f"  {'.'.join(map(str, spot.path))}: {spot.what.in_language(lang)}")
    return 1 if spots else 0


def _path(name: str) -> Path:
    if name.endswith((".yaml", ".yml")):
        return Path(name)
    if name not in bundled("plan"):
        allowed = f"a .yaml file, or one of: {', '.join(bundled('plan'))}"
        raise bad_input(
            name,
            "no such plan",
            allowed,
            zh=InChinese(name, "没有这个预案", f"请用 .yaml 文件，或 {'、'.join(bundled('plan'))}"),
        )
    return data_folder() / "plans" / f"{name}.yaml"


def _print(paper: Paper) -> None:
    print(f"{paper.plan.name.in_language(paper.lang)} ({paper.plan.id}): {paper.status()}")
    head, *rows = task_table(paper)
    for row in rows:
        print(f"\n{row[0]}. {row[1]}")
        for label, cell in zip(head[2:], row[2:], strict=True):
            if cell:
                print(f"   {padded(label, max(map(width, head)))}  {cell}")
    print(f"\n{paper.word('matrix')}  {paper.word('legend')}")
    title, *bodies = matrix(paper)[0]
    for number, name in enumerate(bodies, 1):
        print(f"  {number:>2} {name}")
    lines = matrix(paper)[1:]
    first = max(width(line[0]) for line in lines)
    print("  ".join((padded(title, first), *(f"{number:>3}" for number in range(1, len(bodies) + 1)))))
    for task, *marks in lines:
        print("  ".join((padded(task, first), *(f"{mark or '·':>3}" for mark in marks))))


def _files(paper: Paper, formats: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files to write, by name."""
    ident, files = f"{paper.plan.id}-{paper.lang}", {}
    if "csv" in formats:
        files[f"{ident}-tasks.csv"] = as_csv(task_table(paper))
        files[f"{ident}-matrix.csv"] = as_csv(matrix(paper))
    for ending in ("png", "svg"):
        if ending in formats:
            from sim.show import style
            from sim.show.plan_figures import FIGURES, plan_figure

            with style.look():
                for name in FIGURES:
                    figure = plan_figure(paper, name)
                    drawn = style.to_png(figure, 130) if ending == "png" else style.to_svg(figure)
                    files[f"{ident}-{name}.{ending}"] = drawn
    return files


def _check_free(paths: list[Path], *, force: bool) -> None:
    """Make sure that nothing is written over.

    Raises:
        BadInput: If a file is there already and may not be written over.
    """
    for path in paths:
        if path.exists() and not (force and path.is_file()):
            what, allowed = "is there already", "another folder, or --force to write over it"
            zh = InChinese(str(path), "文件已存在", "请换一个文件夹，或用 --force 覆盖")
            raise bad_input(str(path), what, allowed, zh=zh)
