"""Commands over many runs: sweep, ladder, bench."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.study.design import Sweep
    from sim.study.ladder import Ladder
    from sim.study.running import How


WORDS = {
    "points": {"en": "settings", "zh": "设定数"},
    "runs": {"en": "runs", "zh": "推演次数"},
    "same": {"en": "of these, the same run more than once", "zh": "其中重复的相同推演"},
    "there": {"en": "already finished", "zh": "已完成"},
    "todo": {"en": "still to run", "zh": "尚需运行"},
    "measured": {
        "en": "measured: {n} runs of {run_s:.2f} s each (least {least_s:.2f}, most {most_s:.2f})",
        "zh": "实测：{n} 次推演，每次 {run_s:.2f} 秒（最短 {least_s:.2f}，最长 {most_s:.2f}）",
    },
    "time": {"en": "time on {jobs} workers", "zh": "{jobs} 个进程所需时间"},
    "disk": {
        "en": "disk: tables {table_mb:.1f} MB, run folders {records_mb:.1f} MB",
        "zh": "磁盘：表格 {table_mb:.1f} MB，推演文件夹 {records_mb:.1f} MB",
    },
    "most": {"en": "at most, as replications may end earlier", "zh": "为上限，达到精度后提前结束"},
    "done": {"en": "{n} runs, {failed} failed: {files}", "zh": "推演 {n} 次，失败 {failed} 次：{files}"},
}  # fmt: skip


def sweep(arguments: argparse.Namespace) -> int:
    """Run a design, or say what running it would take."""
    from sim.study.design import find_design
    from sim.study.export import needs_parquet
    from sim.study.running import How
    from sim.study.sweep import sweep as run_sweep

    out, lang, plan = Path(arguments.out), arguments.lang, find_design(arguments.design)
    records = int(arguments.records) if arguments.records.isdecimal() else arguments.records
    jobs = arguments.jobs or os.cpu_count() or 1
    how = How(jobs=jobs, dask=arguments.dask, progress=True, limit_s=arguments.limit, records=records)
    if arguments.dry_run:
        return _dry_run(plan, out, how, lang)
    if arguments.parquet:
        needs_parquet()
    rows = run_sweep(plan, out, how=how, lang=lang)
    if arguments.parquet:
        from sim.study.export import to_parquet

        to_parquet(out)
    failed = sum(1 for row in rows if row.get("failed"))
    written = [
        name
        for name in ("report.html", "table.csv", "summary.csv", "figure.png", "table.parquet")
        if (out / name).is_file()
    ]
    files = ", ".join(str(out / name) for name in written)
    print(WORDS["done"][lang].format(n=len(rows), failed=failed, files=files))
    return 1 if failed else 0


def _dry_run(plan: Sweep, out: Path, how: How, lang: str) -> int:
    from sim.clocktext import length
    from sim.study.estimate import estimate

    found = estimate(plan, out, how)
    for name, count in found.counts().items():
        print(f"{WORDS[name][lang]}: {count}")
    if plan.design.precision is not None:
        print(WORDS["most"][lang])
    print(WORDS["measured"][lang].format(**found._asdict()))
    print(f"{WORDS['time'][lang].format(jobs=how.jobs)}: {length(round(found.time_s), lang)}")
    print(WORDS["disk"][lang].format(**found._asdict()))
    return 0


def ladder(arguments: argparse.Namespace) -> int:
    """Place a run among simulated crews of each skill."""
    from sim.show.crew_ladder import AXES, RUNGS, place_of, sentence

    folder, lang = Path(arguments.folder), arguments.lang
    out = Path(arguments.out) if arguments.out else folder / "ladder"
    found = place_among_crews(folder, arguments.crews, lang, out, arguments.jobs)
    about = found.about()
    for quantity, axis in AXES.items():
        print(f"{axis.in_language(lang)}: {found.own[quantity]:.2f}")
        for rung in RUNGS:
            print(f"  {sentence(place_of(about, rung, quantity), lang)}")
    print(out / "ladder.png")
    failed = sorted({row["failed"] for row in found.table if row["failed"]})
    for reason in failed:
        print(reason, file=sys.stderr)
    return 1 if failed else 0


def place_among_crews(folder: Path, crews: int, lang: str, out: Path | None = None, jobs: int = 0) -> Ladder:
    """Place a run among crews and keep what was found in its folder, for the report.

    Args:
        folder: The run folder.
        crews: Crews of each skill.
        lang: Language of the figure, ``zh`` or ``en``.
        out: Folder for the crews and the figure; None for ``ladder`` in the run folder.
        jobs: Worker processes; 0 for one a core.
    """
    from sim.study.ladder import ladder as place_run
    from sim.study.running import How

    out = out or folder / "ladder"
    found = place_run(folder, crews, out=out, how=How(jobs=jobs or os.cpu_count() or 1, progress=True))
    found.save(folder, out, lang)
    return found


def bench(arguments: argparse.Namespace) -> int:
    """Measure speed."""
    from sim.study.bench import bench as run_bench

    found = [] if arguments.only == "room" else run_bench(only=arguments.only, many=arguments.many)
    if arguments.only in (None, "room"):
        from sim.serve.bench import room_bench

        found += [row._asdict() for row in room_bench()]
    if arguments.format == "markdown":
        from sim.study.bench_page import page

        print(page(found), end="")
        return 0
    rows = [{name: "" if value is None else str(value) for name, value in row.items()} for row in found]
    widths = {name: max(len(name), *(len(row[name]) for row in rows)) for name in rows[0]}
    for row in ({name: name for name in widths}, *rows):
        print("  ".join(row[name].ljust(width) for name, width in widths.items()).rstrip())
    return 0
