"""Tables of a sweep: one row a run, one row a point; the same bytes whatever the number of workers."""

from __future__ import annotations

from math import fsum
from typing import Any

from sim.assess.intervals import Interval, interval, paired
from sim.play.many import Row
from sim.study.design import Point, Sweep
from sim.study.measures import measured_names, milestone_column

MILESTONES = ("first_release", "city_phone")
"""Milestones in the summary; one that never came counts as the end of the exercise, and ``.came`` says how often."""

SUMMARY = ("total_loss", "total", *(milestone_column(name) for name in MILESTONES), "gap_minutes", "outcome")
"""What the summary gives means of."""


def tidy(sweep: Sweep, rows: list[Row]) -> list[dict[str, Any]]:
    """Return one row a run, sorted by point and replication, with the same columns in each."""
    points, names = sweep.points, measured_names(sweep.exercise)
    table = []
    for row in sorted(rows, key=lambda row: row.key):
        point = points[row.task.point]
        table.append(
            {
                "point": point.number,
                "replication": row.task.replication,
                "seed": row.task.seed,
                "policy": point.policy,
                **point.values,
                "failed": row.failed,
                **{name: row.values.get(name) for name in names},
            }
        )
    return table


def summarize(sweep: Sweep, table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one row a point: means with 95 % t-intervals, and paired differences from the first point."""
    by_point: dict[int, list[dict[str, Any]]] = {point.number: [] for point in sweep.points}
    for row in table:
        by_point[row["point"]].append(row)
    return [_summary_row(point, by_point[point.number], by_point[0]) for point in sweep.points]


def _summary_row(point: Point, own: list[dict[str, Any]], first: list[dict[str, Any]]) -> dict[str, Any]:
    done = [row for row in own if not row["failed"]]
    summary = {"point": point.number, "policy": point.policy, **point.values, "n": len(done)}
    summary["failed"] = len(own) - len(done)
    for name in SUMMARY:
        values = _values(done, name)
        found = interval([values[number] for number in sorted(values)])
        difference = paired(values, _values([row for row in first if not row["failed"]], name))
        summary |= _columns(name, found) | _columns(f"{name}.minus_first", difference)
        if name.startswith("at_min."):
            came = [row[name] is not None for row in done if name in row]
            summary[f"{name}.came"] = round(fsum(came) / len(came), 6) if came else None
    return summary


def _values(rows: list[dict[str, Any]], name: str) -> dict[int, float]:
    """Return a quantity by replication; a milestone that never came has the end of the exercise as its time."""
    late = "end_min" if name.startswith("at_min.") else name
    found = {row["replication"]: row[late] if row.get(name) is None else row[name] for row in rows if name in row}
    return {number: value for number, value in found.items() if value is not None}


def _columns(name: str, found: Interval) -> dict[str, float | None]:
    given = {f"{name}.mean": found.mean, f"{name}.low": found.low, f"{name}.high": found.high}
    return {key: None if value is None else round(value, 6) for key, value in given.items()}
