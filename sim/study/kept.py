"""Rows of long work that outlive a crash: each is on disk before it counts, and work goes on where it was stopped."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from sim.canon import canonical
from sim.play.engines import Done
from sim.record.disk import append_synced, write_atomic
from sim.study.progress import progress_bar

Running = Callable[[list[int]], Generator[Done, None, None]]
"""Does the work of some numbers; what becomes of each has the number as item, or an item with a ``replication``."""


def kept_rows(
    path: Path,
    head: str,
    numbers: Iterable[int],
    running: Running,
    *,
    label: str,
    progress: bool,
    check: Callable[[dict[str, Any]], None] | None = None,
) -> list[dict[str, Any]]:
    """Do what is not done yet, keeping each row as it ends.

    Args:
        path: Where rows are kept while the work goes on; its caller removes it once the result is written.
        head: What decides the rows; rows kept under another head do not count.
        numbers: Numbers of all rows.
        running: Does the work.
        label: What the progress bar says.
        progress: Whether there is one, on standard error.
        check: Looks at a new row before it is kept, and raises if it cannot be right.

    Returns:
        The rows, sorted by number: ``replication``, ``failed`` and the values.
    """
    wanted = list(numbers)
    known = _read(path, head)
    todo = [number for number in wanted if number not in known]
    with progress_bar(len(todo), "future", label, shown=progress) as advance, closing(running(todo)) as work:
        for done in work:
            number = int(getattr(done.item, "replication", done.item))
            row = {"replication": number, "failed": done.failed, **done.values}
            if check is not None:
                check(row)
            append_synced(path, canonical(row).encode() + b"\n")
            known[number] = row
            advance()
    return [known[number] for number in sorted(wanted)]


def _read(path: Path, head: str) -> dict[int, dict[str, Any]]:
    """Return the rows that are done; what was torn or failed is done again."""
    lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    if not lines or lines[0] != head:
        write_atomic(path, head + "\n")
        return {}
    if lines[-1]:
        write_atomic(path, "".join(line + "\n" for line in lines[:-1]))
    rows = [json.loads(line) for line in lines[1:-1]]
    return {row["replication"]: row for row in rows if not row["failed"]}
