"""The answers of a sweep: tables of what matters, how much, and how sure that is, beside the runs that they rest on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.record.disk import write_atomic
from sim.record.folder import to_csv
from sim.study.design import Sweep
from sim.study.effects import needed, regrets, thresholds, worth
from sim.study.indices import indices, surfaces
from sim.study.measures import milestone_column
from sim.study.tables import measured_numbers

OUTCOMES = (
    "total_loss",
    "total",
    "response_speed",
    "coordination",
    "gap_minutes",
    milestone_column("first_release"),
    milestone_column("city_phone"),
    "coverage",
)
"""Outcomes that are asked about, the most important first."""

Answers = dict[str, list[dict[str, Any]]]
"""Tables by name: ``ranks``, ``surfaces``, ``worth``, ``thresholds``, ``regrets``, ``needed``; empty where the design
cannot tell."""


def outcomes_of(table: list[dict[str, Any]]) -> list[str]:
    """Return the outcomes of a table that are asked about; of a model of one's own, all numbers."""
    if not table:
        return []
    return [name for name in OUTCOMES if name in table[0]] or measured_numbers(table)


def answers(plan: Sweep, table: list[dict[str, Any]]) -> Answers:
    """Return what a sweep says.

    Args:
        plan: Its design.
        table: Its runs, as :func:`sim.study.sweep.sweep` returns them.

    Raises:
        BadInput: If a sample was taken and SALib is not installed.
    """
    names = outcomes_of(table)
    return {
        "ranks": indices(plan, table, names),
        "surfaces": surfaces(plan, table, names),
        "worth": worth(plan, table, names),
        "thresholds": thresholds(plan, table, names),
        "regrets": regrets(plan, table),
        "needed": needed(plan, table, names),
    }


def write_answers(found: Answers, out: Path) -> list[Path]:
    """Write each table that is not empty as CSV; one that is empty now but was there before goes.

    Raises:
        OSError: If the folder cannot be written.
    """
    written = []
    for name, rows in found.items():
        path = out / f"{name}.csv"
        if rows:
            write_atomic(path, to_csv(rows))
            written.append(path)
        else:
            path.unlink(missing_ok=True)
    return written
