"""The price of gaps: a run again in many futures, without and with each gap closed, under the same luck."""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

from sim.assess.prices import ALL, FORMAT, OWN, price_of, rest_of
from sim.assess.score import score
from sim.canon import canonical, digest, pretty
from sim.errors import RecordBroken, bad_input
from sim.play.closing import CLOSINGS, wanted
from sim.play.closing.base import Gap
from sim.play.engines import Done
from sim.play.pricing import Course, Future, measured
from sim.play.runs import recorded_in
from sim.play.settings import settings_from
from sim.play.workers import futures
from sim.record.disk import Lock, write_atomic
from sim.record.folder import RunRecord, read_folder
from sim.record.journal import effective
from sim.spec.base import Text
from sim.study.kept import kept_rows
from sim.study.shapley import PART as SHARES_PART
from sim.study.shapley import shares

TOP = 10
"""How many gaps are priced by default: the longest ones that can be closed."""
PART = "prices.part.jsonl"
"""File of a run folder with the futures that are done, while the work goes on."""


def price(
    folder: str | Path,
    gaps: Sequence[str] = (),
    *,
    replications: int = 50,
    top: int = TOP,
    with_shares: bool = False,
    jobs: int = 1,
    progress: bool = False,
    fork: bool = True,
    limit_s: float = 600.0,
) -> dict[str, Any]:
    """Measure what gaps of a run cost, and keep it in the run folder as ``prices.json``.

    Everything before the first limit runs out stays as it was; all luck after it is that of the future. The work goes
    on where it was stopped.

    Args:
        folder: Folder of a finished run.
        gaps: Ids of the gaps; none for the longest that can be closed.
        replications: How many futures besides the one under the run's own luck.
        top: How many gaps, if none are named; 0 for all.
        with_shares: Whether to measure too what the distance to the best is made of, by eight runs a sample of luck.
        jobs: Worker processes.
        progress: Whether to show a progress bar on standard error.
        fork: Fork where a gap opens, where the system can; the result is the same either way.
        limit_s: Seconds of wall time after which a future counts as failed.

    Returns:
        What ``prices.json`` holds.

    Raises:
        BadInput: If there is no such gap, or none that can be closed.
        RecordBroken, DigestMismatch: If the folder is not what the run left, or this program does not come to it.
        InUse: If another process prices the run.
    """
    if isinstance(replications, bool) or not isinstance(replications, int) or not 1 <= replications <= 100_000:
        raise bad_input("replications", f"{replications!r} is no number of replications", "1 to 100000")
    folder = Path(folder)
    record = read_folder(folder)
    rows = score(record)["gaps"]
    chosen, left_out = _chosen(record, rows, gaps, top)
    course = _course(folder, record, chosen)
    lock = Lock(folder)
    try:
        found = _futures(folder / PART, course, record, replications, jobs, limit_s, progress=progress, fork=fork)
        result = _result(record, course, chosen, left_out, found, replications)
        known = _shares_in(folder, record)
        if with_shares:
            known = shares(folder, course, replications, jobs=jobs, limit_s=limit_s, progress=progress)
        write_atomic(folder / "prices.json", pretty({**result, "shares": known}))
        for name in (PART, SHARES_PART):
            (folder / name).unlink(missing_ok=True)
    finally:
        lock.release()
    return read_prices(folder, record) or {}


def read_prices(folder: Path, record: RunRecord) -> dict[str, Any] | None:
    """Return what ``prices.json`` of a run folder holds; None if it has none.

    Raises:
        RecordBroken: If the file is not what :func:`price` leaves for this run.
    """
    path = folder / "prices.json"
    if not path.is_file():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] != FORMAT or found["events_digest"] != record.digest:
            raise RecordBroken(str(path), "belongs to another run; make it anew with `tabletop price`")
        found["gaps"], found["not_priced"], found["all"], found["shares"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise RecordBroken(str(path), "cannot be read; make it anew with `tabletop price`") from error
    return dict(found)


def _shares_in(folder: Path, record: RunRecord) -> Any:
    """Return the shares that were measured of this run before, if any."""
    try:
        known = read_prices(folder, record)
    except RecordBroken:  # of another run, or damaged: made anew
        known = None
    return None if known is None else known["shares"]


def _chosen(
    record: RunRecord, rows: Sequence[dict[str, Any]], named: Sequence[str], top: int
) -> tuple[list[tuple[dict[str, Any], Gap]], list[tuple[dict[str, Any], Text]]]:
    """Return the gaps to price with their rows, and those that cannot be closed with the reason."""
    by_id = {row["id"]: row for row in rows}
    for ident in named:
        if ident not in by_id:
            raise bad_input("gap", f"no gap {ident[:80]!r}", ", ".join([*by_id][:40]) or "this run has no gap")
    wished = [by_id[ident] for ident in dict.fromkeys(named)] or list(rows)
    made = [(row, wanted(row, record)) for row in wished]
    able = [(row, one) for row, one in made if isinstance(one, Gap)]
    unable = [(row, one) for row, one in made if isinstance(one, Text)]
    if not able:
        why = f": {unable[0][1].en}" if unable else ""
        raise bad_input("gap", f"no gap that can be closed{why}", "")
    return able if named or not top else able[:top], unable


def _course(folder: Path, record: RunRecord, chosen: Sequence[tuple[dict[str, Any], Gap]]) -> Course:
    settings = settings_from(record.exercise, record.meta)
    return Course(
        record.exercise.sources,
        canonical(settings.meta()),
        tuple(entry.line() for entry in effective(record.journal)),
        tuple(entry.line() for entry in (recorded_in(folder) if settings.by_journal else ())),
        tuple(gap for _, gap in chosen),
        max(1, min(gap.from_s for _, gap in chosen)),
    )


def _futures(
    path: Path,
    course: Course,
    record: RunRecord,
    replications: int,
    jobs: int,
    limit_s: float,
    *,
    progress: bool,
    fork: bool,
) -> list[dict[str, Any]]:
    """Run what is not done yet, keeping each future as it ends; return all, sorted by number."""

    def running(numbers: list[int]) -> Generator[Done, None, None]:
        return futures(course, [Future(number) for number in numbers], jobs=jobs, limit_s=limit_s, fork=fork)

    def check(row: dict[str, Any]) -> None:
        if row["replication"] == OWN and not row["failed"] and row["base"] != measured(record):
            raise RecordBroken("the run", "this program does not come to what was recorded; replay says where")

    head = canonical({"format": FORMAT, "course": digest(course.text())})
    numbers = (OWN, *range(replications))
    return kept_rows(path, head, numbers, running, label="price", progress=progress, check=check)


def _result(
    record: RunRecord,
    course: Course,
    chosen: Sequence[tuple[dict[str, Any], Gap]],
    left_out: Sequence[tuple[dict[str, Any], Text]],
    found: Sequence[dict[str, Any]],
    replications: int,
) -> dict[str, Any]:
    """Return what ``prices.json`` holds, from the futures in their order: nothing else decides it."""
    counted = [row for row in found if not row["failed"]]
    priced = [
        {
            "id": gap.id,
            "type": row["type"],
            "minutes": row["minutes"],
            "means": CLOSINGS[gap.type].means.model_dump(),
            **price_of(counted, gap.id),
        }
        for row, gap in chosen
    ]
    priced.sort(key=lambda row: (-(row["loss"]["mean"] or 0.0), -(row["late_min"]["mean"] or 0.0), row["id"]))
    return {
        "format": FORMAT,
        "events_digest": record.digest,
        "from_s": course.at_s,
        "replications": {"wanted": replications, "counted": sum(row["replication"] != OWN for row in counted)},
        "failed": sorted({row["failed"] for row in found if row["failed"]}),
        "gaps": priced,
        "all": price_of(counted, ALL),
        "rest": rest_of(counted, [gap.id for _, gap in chosen]),
        "not_priced": [{"id": row["id"], "type": row["type"], "why": why.model_dump()} for row, why in left_out],
    }
