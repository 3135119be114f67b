"""The runs of a folder as a tree: which one branches from which."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sim.clocktext import after_start
from sim.errors import TabletopError, bad_input
from sim.record.folder import read_meta


class Run(NamedTuple):
    """A run folder in a list.

    Attributes:
        name: Name of the folder.
        digest: Digest of its events; empty if it is not finished.
        finished: Whether it is finished.
        total: Its total of points; None if it was not scored.
        parent: Name of the folder that it branches from; empty for none.
        parent_digest: Digest of that run's events; empty if it was not finished.
        what: What was decided differently, and how it went on.
        problem: Why the folder cannot be read; empty if it can.
    """

    name: str
    digest: str = ""
    finished: bool = False
    total: float | None = None
    parent: str = ""
    parent_digest: str = ""
    what: str = ""
    problem: str = ""


def runs_in(folder: Path) -> list[Run]:
    """Return the runs directly in a folder, sorted by name.

    Raises:
        BadInput: If there is no such folder.
    """
    if not folder.is_dir():
        raise bad_input(str(folder), "no such folder", "a folder that holds run folders")
    return [_run_of(path.parent) for path in sorted(folder.glob("*/run.json"))]


def listed(runs: Sequence[Run]) -> Iterator[tuple[int, Run]]:
    """Yield every run once with its depth in the tree, each below the one that it branches from."""
    above = {run.name: parent_of(run, runs) for run in runs}
    left = {run.name: run for run in runs}

    def below(name: str | None, depth: int) -> Iterator[tuple[int, Run]]:
        for child in [one for one in runs if above[one.name] == name and one.name in left]:
            yield depth, left.pop(child.name)
            yield from below(child.name, depth + 1)

    yield from below(None, 0)
    for run in runs:  # folders that were renamed in a circle
        if run.name in left:
            yield 0, left.pop(run.name)


def parent_of(run: Run, runs: Sequence[Run]) -> str | None:
    """Return the name of the folder that a run branches from: by its digest, where that fails by its name."""
    if not run.parent:
        return None
    others = [one for one in runs if one.name != run.name]
    same = [one for one in others if run.parent_digest and one.digest == run.parent_digest]
    for found in ([one for one in same if one.name == run.parent], [one for one in same if not one.parent], same):
        if found:
            return found[0].name
    return next((one.name for one in others if one.name == run.parent), None)


def _run_of(folder: Path) -> Run:
    try:
        meta = read_meta(folder)
        about = meta.get("parent") or {}
        at = about.get("at", "")
        where = after_start(at) if isinstance(at, int) else str(at)
        choice = f" = {about['choice']}" if about.get("choice") else ""
        what = f"{where}{choice}, {about.get('then', '')}" if about else ""
        total = None
        if (folder / "score.json").exists():
            total = float(json.loads((folder / "score.json").read_text(encoding="utf-8"))["total"])
    except (TabletopError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return Run(folder.name, problem=" ".join(str(error).split()) or type(error).__name__)
    return Run(
        folder.name,
        str(meta.get("events_digest", "")),
        bool(meta.get("finished")),
        total,
        str(about.get("folder", "")),
        str(about.get("digest", "")),
        what,
    )
