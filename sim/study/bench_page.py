"""Benchmarks as a page of the documentation: the machine, the table, and what a million runs would take."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

MANY = 1_000_000
"""Runs that are reckoned for a cluster."""
CORES = 256
"""Cores of the cluster in the example; a size to reckon with, not a recommendation."""
PACKAGES = ("simpy", "mesa", "numpy", "joblib")
HEADS = ("id", "value", "unit", "goal", "most", "how")


def machine() -> str:
    """Return what measured: processor, cores, system, Python, packages."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
        name = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        name = platform.processor() or platform.machine()
    packages = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    cores = os.cpu_count() or 1
    return f"{name}, {cores} cores; {platform.system()}, Python {platform.python_version()}, {packages}"


def million(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return what :data:`MANY` runs take on a cluster of :data:`CORES` cores, as far as the rows tell.

    Args:
        rows: Benchmarks of runs and of sweeps.
    """
    known = {row["id"]: row["value"] for row in rows if row["value"] is not None}
    needed = ("sweep cost", "overhead", "overhead here", "store", "memory of the parent", "table")
    if any(name not in known for name in needed):
        return []
    run_s = known["sweep cost"] + (known["overhead"] - known["overhead here"]) / 1e3
    here_h, core_h = MANY * known["overhead here"] / 3.6e6, MANY * run_s / 3600
    disk_gb = MANY * (known["store"] + known["table"]) / 1e9
    return [
        ("core hours of workers", f"{core_h:,.1f}"),
        (f"hours on {CORES} cores, if the parent keeps up", f"{core_h / CORES:,.2f}"),
        ("CPU hours of the parent", f"{here_h:,.2f}"),
        ("workers that one parent keeps busy", f"{run_s / (known['overhead here'] / 1e3):,.0f}"),
        ("memory of the parent, GB", f"{MANY * known['memory of the parent'] * 1024 / 1e9:,.1f}"),
        ("disk for store and table.csv, GB", f"{disk_gb:,.1f}"),
    ]


def page(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the benchmarks as Markdown."""
    day = datetime.now(UTC).date().isoformat()
    lines = [f"Measured {day} on {machine()}.", "", *_table(HEADS, [[row[name] for name in HEADS] for row in rows])]
    if reckoned := million(rows):
        lines += ["", f"{MANY:,} runs, reckoned from the rows above:", "", *_table(("what", "amount"), reckoned)]
    return "\n".join(lines) + "\n"


def _table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    cells = [["" if cell is None else str(cell).replace("|", "/") for cell in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in (list(heads), ["---"] * len(heads), *cells)]
