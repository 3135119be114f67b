"""Rows of the report on information: who knew what needed to be known, and where messages were held up."""

from __future__ import annotations

from typing import Any

from sim.assess import awareness, traffic
from sim.record.folder import RunRecord
from sim.show.names import Names

BOTTLENECKS = 5
"""Desks and channels that the report lists."""


def measure_rows(record: RunRecord, names: Names) -> list[tuple[str, str, str]]:
    """Return label, value and meaning of each measure."""
    known, sent = awareness.summary(record), traffic.summary(record)
    values = {
        "coverage": _percent(known["coverage"]),
        "mean_awareness": _percent(known["mean_awareness"]),
        "time_to_awareness": _minutes(known["time_to_awareness_min"], names),
        "synchrony": _minutes(known["synchrony_min"], names),
        "deficit": _minutes(known["deficit_min"], names),
        "false_belief": _minutes(known["false_belief_min"], names),
        "loop_closure": _percent(sent["loop_closure"]),
        "fragmentation": f"{sent['fragmentation']:.2f}",
        "broker": names.thing(sent["broker"]) if sent["broker"] else "—",
    }
    return [(names.word(f"info_{key}"), value, names.word(f"info_{key}_how")) for key, value in values.items()]


def bottleneck_rows(record: RunRecord, names: Names) -> list[dict[str, Any]]:
    """Return the desks, then the channels, on which messages spent most time."""
    public = [one.id for one in record.exercise.county.organizations if one.public]
    found = [life for life in traffic.lives(record) if life.to not in public]
    rows = []
    for group in ("to", "channel"):
        for ident, count, minutes in traffic.waits_by(found, group)[:BOTTLENECKS]:
            name = names.thing(ident) if group == "to" else names.channel(ident)
            rows.append(
                {"group": names.word(f"held_up_{group}"), "name": name, "count": count, "minutes": f"{minutes:.0f}"}
            )
    return rows


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{100 * share:.0f} %"


def _minutes(minutes: float | None, names: Names) -> str:
    return "—" if minutes is None else f"{minutes:.1f} {names.word('minutes_unit')}"
