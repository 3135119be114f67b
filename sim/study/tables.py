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


def outcome_names(sweep: Sweep, rows: list[Row]) -> list[str]:
    """Return the columns of what was measured: those of the exercises, or those of a measure of one's own."""
    there = dict.fromkeys(name for row in rows for name in row.values)
    known = dict.fromkeys(name for one in sweep.settings for name in measured_names(one.exercise))
    if not there:
        return list(known)
    return [*(name for name in known if name in there), *sorted(there.keys() - known.keys())]


def keys_of(sweep: Sweep, point: Point) -> dict[str, Any]:
    """Return the columns that tell a point from others."""
    setting = sweep.settings[point.setting]
    return {
        "point": point.number,
        "scenario": setting.scenario,
        "county": setting.county,
        "difficulty": point.difficulty,
        "policy": point.policy,
        **point.values,
    }


def tidy(sweep: Sweep, rows: list[Row]) -> list[dict[str, Any]]:
    """Return one row a run, sorted by point and replication, with the same columns in each."""
    points, names = sweep.points, outcome_names(sweep, rows)
    table = []
    for row in sorted(rows, key=lambda row: row.key):
        run = {"point": row.task.point, "replication": row.task.replication, "seed": row.task.seed}
        values = {name: row.values.get(name) for name in names}
        table.append({**run, **keys_of(sweep, points[row.task.point]), "failed": row.failed, **values})
    return table


def summarize(sweep: Sweep, table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one row a point: means with 95 % t-intervals, and paired differences from the first of its exercise."""
    by_point = rows_by_point(sweep, table)
    firsts: dict[tuple[int, str], int] = {}
    for point in sweep.points:
        firsts.setdefault((point.setting, point.difficulty), point.number)
    names = [name for name in SUMMARY if not table or name in table[0]] or measured_numbers(table)
    return [
        _summary_row(sweep, point, by_point[point.number], by_point[firsts[point.setting, point.difficulty]], names)
        for point in sweep.points
    ]


def rows_by_point(sweep: Sweep, table: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    """Return the rows of each point."""
    found: dict[int, list[dict[str, Any]]] = {point.number: [] for point in sweep.points}
    for row in table:
        found[row["point"]].append(row)
    return found


def half_widths(sweep: Sweep, rows: list[Row], name: str) -> dict[int, float | None]:
    """Return half the 95 % interval of a mean for each point that has runs; None where it cannot be told.

    A point whose runs all fail counts as told: more of them would tell nothing.
    """
    found: dict[int, float | None] = {}
    for number, own in rows_by_point(sweep, tidy(sweep, rows)).items():
        if own and all(row["failed"] for row in own):
            found[number] = 0.0
        elif own:
            low, high = interval(list(values_of(own, name).values()))[2:]
            found[number] = None if low is None or high is None else (high - low) / 2
    return found


def measured_numbers(table: list[dict[str, Any]]) -> list[str]:
    """Return the measured columns that hold numbers."""
    names = list(table[0])
    later = names[names.index("failed") + 1 :]
    return [name for name in later if any(isinstance(row[name], int | float) for row in table)]


def _summary_row(
    sweep: Sweep, point: Point, own: list[dict[str, Any]], first: list[dict[str, Any]], names: list[str]
) -> dict[str, Any]:
    done = [row for row in own if not row["failed"]]
    summary = {**keys_of(sweep, point), "n": len(done), "failed": len(own) - len(done)}
    for name in names:
        values = values_of(done, name)
        found = interval([values[number] for number in sorted(values)])
        difference = paired(values, values_of(first, name))
        summary |= columns(name, found) | columns(f"{name}.minus_first", difference)
        if name.startswith("at_min."):
            came = [row[name] is not None for row in done if name in row]
            summary[f"{name}.came"] = round(fsum(came) / len(came), 6) if came else None
    return summary


def values_of(rows: list[dict[str, Any]], name: str) -> dict[int, float]:
    """Return a quantity by replication, without runs that failed.

    A milestone that never came has the end of the exercise as its time.
    """
    late = "end_min" if name.startswith("at_min.") else name
    done = [row for row in rows if not row["failed"] and name in row]
    found = {row["replication"]: row.get(late) if row.get(name) is None else row[name] for row in done}
    return {number: float(value) for number, value in found.items() if value is not None}


def columns(name: str, found: Interval) -> dict[str, float | None]:
    """Return the columns of a mean with its interval, rounded."""
    given = {f"{name}.mean": found.mean, f"{name}.low": found.low, f"{name}.high": found.high}
    return {key: None if value is None else round(value, 6) for key, value in given.items()}
