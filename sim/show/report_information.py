"""Rows of the report on information: who knew what needed to be known, and where messages were held up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sim.assess import awareness, bottlenecks, outages, traffic
from sim.record.folder import RunRecord
from sim.show.counted import counted_table
from sim.show.names import Names

TOP_DESKS = 8
"""Desks that the report lists."""


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
        "answer": _minutes(sent["answer_min"], names),
        "approval": _minutes(sent["approval_min"], names),
        "fragmentation": f"{sent['fragmentation']:.2f}",
        "broker": names.thing(sent["broker"]) if sent["broker"] else "—",
    }
    return [(names.word(f"info_{key}"), value, names.word(f"info_{key}_how")) for key, value in values.items()]


def bottleneck_rows(record: RunRecord, names: Names) -> list[dict[str, Any]]:
    """Return the tables of bottlenecks.

    Returns:
        Tables with ``id``, ``title``, ``hint``, ``heads`` and ``rows``; of each row, the first ``words`` cells are
        words and the others numbers. The last row of a table with ``sums`` is a sum.
    """
    return [
        _spent_table(bottlenecks.spent_of(record), names),
        _tried_table(bottlenecks.tried(record), names),
        _loads_table(bottlenecks.loads(record)[:TOP_DESKS], names),
        _outages_table(record, names),
        _gave_up_table(bottlenecks.gave_up(record), names),
    ]


def _spent_table(found: Sequence[bottlenecks.Spent], names: Names) -> dict[str, Any]:
    parts = traffic.PARTS
    in_all = sum(row.total_s for row in found)
    rows = [[_channel(row.channel, names), str(row.messages), *_parts(row, in_all)] for row in found]
    if found:
        sums = {part: sum(row.parts_s[part] for row in found) for part in parts}
        total = bottlenecks.Spent("*", sum(row.messages for row in found), sums)
        rows.append([names.word("all_channels"), str(total.messages), *_parts(total, in_all)])
    heads = ("channel", "messages", *(f"part_{part}" for part in parts), "all_minutes")
    return counted_table("spent", heads, rows, names, sums=True)


def _parts(row: bottlenecks.Spent, in_all: int) -> list[str]:
    """Return minutes by part with their share of the row, and the row's minutes with their share of all."""
    shares = [(row.parts_s[part], row.total_s) for part in traffic.PARTS]
    return [_with_share(*pair) for pair in [*shares, (row.total_s, in_all)]]


def _with_share(seconds: int, whole_s: int) -> str:
    return f"{seconds / 60:.1f} ({100 * seconds / whole_s:.0f} %)" if seconds and whole_s else "—"


def _channel(ident: str, names: Names) -> str:
    return names.channel(ident) if ident else names.word("not_read")


def _tried_table(found: Sequence[bottlenecks.Tried], names: Names) -> dict[str, Any]:
    rows = []
    for row in found:
        failed = sum(row.failed.values())
        share = _percent(failed / (failed + row.arrived)) if failed + row.arrived else "—"
        by_reason = [str(row.failed.get(reason) or "—") for reason in bottlenecks.REASONS]
        rows.append([names.channel(row.channel), str(row.arrived), str(failed), share, *by_reason])
    heads = ("channel", "arrived", "failed", "failed_share", *(f"lost_{reason}" for reason in bottlenecks.REASONS))
    return counted_table("tried", heads, rows, names)


def _loads_table(found: Sequence[bottlenecks.Load], names: Names) -> dict[str, Any]:
    rows = [
        [
            names.thing(row.desk),
            str(row.messages),
            str(row.waits),
            f"{row.waited_s / 60:.1f}",
            f"{row.longest_s / 60:.1f}",
            f"{row.all_busy_s / 60:.1f}",
            f"{100 * row.all_busy:.1f} %",
        ]
        for row in found
    ]
    heads = ("unit", "received", "waits", "waited_min", "longest_min", "all_busy_min", "all_busy_share")
    return counted_table("loads", heads, rows, names)


def _outages_table(record: RunRecord, names: Names) -> dict[str, Any]:
    rows = []
    for channel in outages.channels_down(record):
        affected = names.word("of_desks", count=channel.desks, of=channel.of)
        times = [names.moment(channel.first_s), names.moment(channel.last_s), f"{channel.desk_s / 60:.0f}"]
        rows.append([names.channel(channel.channel), affected, *times])
    for kind in outages.installations_down(record):
        affected = names.word("of_installations", count=kind.failed, of=kind.of)
        times = [names.moment(kind.first_s), names.moment(kind.last_s), f"{kind.down_s / 60:.0f}"]
        rows.append([names.coded("installation", kind.kind), affected, *times])
    return counted_table("outages", ("what", "affected", "down_from", "down_until", "down_min"), rows, names)


def _gave_up_table(found: Sequence[bottlenecks.GaveUp], names: Names) -> dict[str, Any]:
    rows = []
    for row in found:
        to = [f"{names.thing(ident)}{f' ×{n}' if n > 1 else ''}" for ident, n in Counter(row.to).items()]
        comma = "、" if names.lang == "zh" else ", "
        why = names.coded("up", row.reason)
        channel = names.channel(row.channel) if row.channel else "—"
        rows.append([names.thing(row.sender), why, channel, comma.join(to), str(len(row.to))])
    return counted_table("gave_up", ("from", "gave_up_why", "last_channel", "to", "messages"), rows, names, words=4)


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{100 * share:.0f} %"


def _minutes(minutes: float | None, names: Names) -> str:
    return "—" if minutes is None else f"{minutes:.1f} {names.word('minutes_unit')}"
