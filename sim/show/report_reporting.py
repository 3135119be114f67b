"""Rows of the report on the reporting system: each duty and what became of it, and the times beside it."""

from __future__ import annotations

from typing import Any

from sim.assess.index import Index
from sim.assess.reporting import LATE, ON_TIME, OPEN, Duty, duties
from sim.assess.reporting_measures import by_direction, summary, three_firsts, ticket
from sim.show.names import Names


def reporting(index: Index, names: Names) -> dict[str, Any]:
    """Return everything that the section on reporting shows.

    Args:
        index: The record.
        names: Names of the exercise in a language.
    """
    return {
        "duties": [_duty_row(duty, names) for duty in duties(index)],
        "measures": _measures(index, names),
        "ticket": [(names.word(f"ticket_{step}"), at_s) for step, at_s in ticket(index).items()],
        "firsts": [(names.word(f"firsts_{step}"), at_s) for step, at_s in three_firsts(index).items()],
        "directions": [_direction_row(name, row, names) for name, row in by_direction(index).items()],
    }


def _duty_row(duty: Duty, names: Names) -> dict[str, Any]:
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
        "source": f"{rule.source} [{rule.region}, {rule.status}]",
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
