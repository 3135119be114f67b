"""Tables of a sweep for other programs: Parquet files, with the design in their metadata."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from sim.errors import bad_input

TABLES = ("table", "summary")
TEXTS = frozenset({"scenario", "county", "difficulty", "policy", "failed"})
"""Columns that hold text; all others hold numbers."""
WHOLE = frozenset({"point", "replication", "seed", "n"})
"""Columns that hold whole numbers."""


def needs_parquet() -> Any:
    """Return pyarrow.

    Raises:
        BadInput: If it is not installed.
    """
    try:
        import pyarrow
    except ImportError as error:
        allowed = "pip install 'tabletop-sim[study]', or the tables as .csv"
        raise bad_input("--parquet", "pyarrow is not installed", allowed) from error
    return pyarrow


def to_parquet(out: Path) -> list[Path]:
    """Write the tables of a finished sweep as Parquet, the same bytes for the same tables; return the files.

    Args:
        out: Folder of the sweep.

    Raises:
        BadInput: If pyarrow is not installed.
        OSError: If a table is not there.
    """
    arrow = needs_parquet()
    from pyarrow import parquet

    about = (out / "design.json").read_bytes()
    written = []
    for name in TABLES:
        with (out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        table = arrow.table(columns_of(arrow, rows)).replace_schema_metadata({"tabletop-sweep": about})
        made = io.BytesIO()
        parquet.write_table(table, made, compression="zstd")
        path = out / f"{name}.parquet"
        part = path.with_name(path.name + ".part")  # whole or not there, however the program ends
        part.write_bytes(made.getvalue())
        part.replace(path)
        written.append(path)
    return written


def columns_of(arrow: Any, rows: list[dict[str, str]]) -> dict[str, Any]:
    """Return the columns of a table with their types: text, whole numbers, and numbers; empty is null, save in text."""
    made = {}
    for name in rows[0] if rows else ():
        given = [row[name] for row in rows]
        whole = name in WHOLE or (name == "failed" and all(one.isdecimal() for one in given))
        if name in TEXTS and not whole:
            made[name] = arrow.array(given, arrow.string())
        elif whole:
            made[name] = arrow.array([int(one) if one else None for one in given], arrow.int64())
        else:
            made[name] = arrow.array([float(one) if one else None for one in given], arrow.float64())
    return made
