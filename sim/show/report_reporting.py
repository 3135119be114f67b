"""Rows of the report on the reporting system: each duty and what became of it, and the times beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sim.assess.duty import ticket
from sim.assess.index import Index
from sim.assess.reporting import LATE, ON_TIME, OPEN, VERDICTS, Duty, duties
from sim.assess.reporting_measures import by_direction, summary, three_firsts
from sim.assess.wording import Wording
from sim.show.names import Names


def reporting(index: Index, names: Names) -> dict[str, Any]:
    """Return everything that the section on reporting shows.

    Args:
        index: The record.
        names: Names of the exercise in a language.
    """
    return {
        "duties": duty_rows(index, names),
        "measures": _measures(index, names),
        "ticket": [(names.word(f"ticket_{step}"), at_s) for step, at_s in ticket(index.record.events).items()],
        "firsts": [(names.word(f"firsts_{step}"), at_s) for step, at_s in three_firsts(index).items()],
        "directions": [_direction_row(name, row, names) for name, row in by_direction(index).items()],
    }


def duty_rows(index: Index, names: Names) -> list[dict[str, Any]]:
    """Return one row for each duty; the follow-ups of one rule stand in one row together."""
    found = duties(index)
    repeated: dict[str, list[Duty]] = {}
    for duty in found:
        if duty.rule.every is not None:
            repeated.setdefault(duty.rule.id, []).append(duty)
    rows = []
    for duty in found:
        series = repeated.get(duty.rule.id, [])
        if len(series) < 2:
            rows.append(_duty_row(duty, index.words, names))
        elif duty is series[0]:
            rows.append(_series_row(series, index.words, names))
    return rows


def _series_row(series: Sequence[Duty], words: Wording, names: Names) -> dict[str, Any]:
    """Return one row for the follow-ups of one rule: from the first to the last, and how many came in time."""
    comma = "、" if names.lang == "zh" else ", "
    counts = Counter(duty.verdict for duty in series)
    told = [f"{names.word(f'verdicts_{verdict}')} {counts[verdict]}" for verdict in VERDICTS if counts[verdict]]
    longest = max(duty.late_s for duty in series)
    if longest:
        told.append(names.word("longest_late", minutes=max(1, round(longest / 60))))
    facts = dict.fromkeys(fact for duty in series for fact in duty.false)
    last = max(series, key=lambda duty: duty.due_s)
    made = [duty.made_s for duty in series if duty.made_s is not None]
    sent = [duty.sent_s for duty in series if duty.sent_s is not None]
    good = all(duty.verdict in (ON_TIME, OPEN) for duty in series)
    row = _duty_row(series[0], words, names)
    return row | {
        "stage": names.word("duty_stage_series", first=series[0].number, last=series[-1].number),
        "due_s": last.due_s,
        "sent_s": max(sent, default=None),
        "made_s": max(made, default=None),
        "state": "good" if good else "late",
        "verdict": comma.join(told),
        "false": names.word("duty_states", facts=comma.join(names.fact(fact) for fact in facts)) if facts else "",
    }


def _duty_row(duty: Duty, words: Wording, names: Names) -> dict[str, Any]:
    rule = duty.rule
    comma = "、" if names.lang == "zh" else ", "
    minutes = max(1, round(duty.late_s / 60))
    states = {ON_TIME: "good", OPEN: "na", LATE: "late"}
    facts = comma.join(names.fact(fact) for fact in duty.false)
    return {
        "name": rule.name.in_language(names.lang),
        "link": f"{names.thing(rule.sender)} → {names.thing(rule.to)}",
        "stage": names.word(f"duty_stage_{rule.stage}", number=duty.number),
        "by": names.word(f"duty_by_{rule.by}"),
        "skips": names.word("duty_skips") if rule.skips else "",
        "opened_s": duty.opened_s,
        "due_s": duty.due_s,
        "sent_s": duty.sent_s,
        "made_s": duty.made_s,
        "state": states.get(duty.verdict, "never"),
        "verdict": names.word(f"verdict_{duty.verdict}", minutes=minutes),
        "false": names.word("duty_states", facts=facts) if facts else "",
        "source": words.cited(rule).in_language(names.lang),
    }


def _measures(index: Index, names: Names) -> list[tuple[str, str, str]]:
    found = summary(index)
    values = {
        "on_time": _percent(found["on_time"]),
        "late": "—" if found["late_min"] is None else f"{found['late_min']:.1f} {names.word('minutes_unit')}",
        "points": _percent(found["points"]),
        "skipped": str(found["skipped"]),
    }
    return [
        (names.word(f"reporting_{key}"), value, names.word(f"reporting_{key}_how")) for key, value in values.items()
    ]


def _direction_row(name: str, row: dict[str, Any], names: Names) -> dict[str, Any]:
    minutes = {key: "—" if row[key] is None else f"{row[key]:.1f}" for key in ("life_min", "late_min")}
    return {**row, **minutes, "name": names.word(f"direction_{name}")}


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{100 * share:.0f} %"
