"""Commands over many runs: sweep, bench."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def sweep(arguments: argparse.Namespace) -> int:
    """Run a design."""
    from sim.study.design import find_design
    from sim.study.sweep import sweep as run_sweep

    out = Path(arguments.out)
    rows = run_sweep(find_design(arguments.design), out, arguments.jobs or os.cpu_count() or 1, True, arguments.lang)
    failed = sum(1 for row in rows if row.get("failed"))
    print(f"{len(rows)} runs, {failed} failed: {out / 'table.csv'}, {out / 'summary.csv'}, {out / 'figure.png'}")
    return 1 if failed else 0


def bench(arguments: argparse.Namespace) -> int:
    """Measure speed."""
    from sim.study.bench import bench as run_bench

    found = run_bench(only=arguments.only)
    rows = [{name: "" if value is None else str(value) for name, value in row.items()} for row in found]
    widths = {name: max(len(name), *(len(row[name]) for row in rows)) for name in rows[0]}
    for row in ({name: name for name in widths}, *rows):
        print("  ".join(row[name].ljust(width) for name, width in widths.items()).rstrip())
    return 0
