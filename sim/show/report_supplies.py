"""Rows of the report on supplies: each item, and what is told of all together."""

from __future__ import annotations

from typing import Any

from sim.assess import supplies
from sim.record.folder import RunRecord
from sim.show.names import Names

NUMBERS = ("asked", "issued", "handed_over", "used", "lacking", "stock_out_min", "delivery_min")
"""Columns of numbers, in order."""


def supplies_table(record: RunRecord, names: Names) -> dict[str, Any]:
    """Return heads, rows and measures of the table on supplies; no rows where nobody used or asked for any."""
    units = {item.id: item.unit.in_language(names.lang) for item in record.exercise.county.items}
    rows = [
        [f"{names.thing(item)} ({units.get(item, '')})", *(_number(row[key]) for key in NUMBERS)]
        for item, row in supplies.by_item(record).items()
    ]
    found = supplies.summary(record)
    return {
        "heads": [names.word(f"supplies_{key}") for key in ("item", *NUMBERS)],
        "rows": rows,
        "measures": [(names.word(f"supplies_all_{key}"), _number(value)) for key, value in found.items()],
    }


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.0f}"
