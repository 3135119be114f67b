"""Tables of a sweep for other programs: Parquet files, with the design in their metadata."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from sim.play.extras import extra

TABLES = ("table", "summary")
TEXTS = frozenset({"scenario", "county", "difficulty", "policy", "failed", "outcome", "parameter", "method"})
"""Columns that hold text; all others hold numbers."""
WHOLE = frozenset({"point", "replication", "seed", "n", "rank", "block"})
"""Columns that hold whole numbers."""


def needs_parquet() -> Any:
    """Return pyarrow.

    Raises:
        BadInput: If it is not installed.
    """
    return extra("pyarrow", "study", "--parquet", "the tables as .csv")


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
        table = arrow.table(_columns(arrow, read_table(out / f"{name}.csv")))
        table = table.replace_schema_metadata({"tabletop-sweep": about})
        made = io.BytesIO()
        parquet.write_table(table, made, compression="zstd")
        path = out / f"{name}.parquet"
        part = path.with_name(path.name + ".part")  # whole or not there, however the program ends
        part.write_bytes(made.getvalue())
        part.replace(path)
        written.append(path)
    return written


def read_table(path: Path) -> list[dict[str, Any]]:
    """Read a table of a sweep with its types: text, whole numbers, and numbers; empty is None, save in text.

    Raises:
        OSError: If it is not there.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counted = bool(rows) and "replication" not in rows[0]  # in the summary, failed says how many
    return [{name: _typed(name, text, counted) for name, text in row.items()} for row in rows]


def _typed(name: str, text: str, counted: bool) -> str | int | float | None:
    if name in TEXTS and not (counted and name == "failed"):
        return text
    if not text:
        return None
    return int(text) if name in WHOLE or name == "failed" else float(text)


def _columns(arrow: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the columns of a table, each with one type, also where all of it is empty."""
    made = {}
    for name in rows[0] if rows else ():
        values = [row[name] for row in rows]
        kinds = {type(value) for value in values if value is not None}
        kind = arrow.string() if kinds == {str} else arrow.int64() if kinds == {int} else arrow.float64()
        made[name] = arrow.array(values, kind)
    return made
