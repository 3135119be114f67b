"""Rows of the report on resources: what units of each kind did with their time, and where they were short."""

from __future__ import annotations

from typing import Any

from sim.assess.resources import STATUSES, resources
from sim.record.folder import RunRecord
from sim.show.act_words import UNIT_KINDS
from sim.show.names import Names

HEADS = ("res_kind", "res_units", *(f"res_{status}" for status in STATUSES))


def resource_table(record: RunRecord, names: Names) -> dict[str, Any]:
    """Return heads, rows and a sentence on shortages for the table of resources."""
    found = resources(record)
    rows = [
        [
            names.capital(UNIT_KINDS.get(row["kind"], (row["kind"], row["kind"]))[names.lang != "zh"]),
            str(row["units"]),
            *(f"{row['minutes'].get(status, 0):.0f}" for status in STATUSES),
        ]
        for row in found["kinds"]
    ]
    used = [0, 1, *(number for number in range(2, len(HEADS)) if any(row[number] != "0" for row in rows))]
    short, idle = found["short_min"], found["idle_while_short_min"]
    told = names.word("res_no_short")
    if found["double_booked"]:
        told = names.word("res_sum", count=found["double_booked"], short=f"{short:.0f}", idle=f"{idle:.0f}")
    return {
        "heads": [names.word(HEADS[number]) for number in used],
        "rows": [[row[number] for number in used] for row in rows],
        "told": told,
    }
