"""Measures of the reporting system: on time, how late, the three firsts, up and down against sideways.

All of it is computed from the record alone. Times are seconds since the start; minutes where the name says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from typing import Any

from sim.assess.index import Index
from sim.assess.reporting import ON_TIME, OPEN, VERDICTS, duties

FIRST_ACTIONS = ("unit.left", "protect.ordered", "level.activated")
"""What counts as the first action: somebody sets out, people are told what to do, a response is switched on."""


def summary(index: Index) -> dict[str, Any]:
    """Return the measures of reporting by name; None where there is nothing to measure.

    Returns:
        ``duties`` (how many arose), ``verdicts`` (how many of each), ``on_time`` (share of those that are not open),
        ``late_min`` (mean lateness of what arrived after its limit), ``points`` (mean share by the score curve),
        ``skipped`` (reports that went past a level).
    """
    found = duties(index)
    closed = [duty for duty in found if duty.verdict != OPEN]
    late = [duty.late_s / 60 for duty in found if duty.late_s]
    shares = [share for duty in found if (share := duty.share(index.rubric.late_curve)) is not None]
    return {
        "duties": len(found),
        "verdicts": {verdict: sum(duty.verdict == verdict for duty in found) for verdict in VERDICTS},
        "on_time": sum(duty.verdict == ON_TIME for duty in closed) / len(closed) if closed else None,
        "late_min": _mean(late),
        "points": _mean(shares),
        "skipped": sum(bool(event.data.get("skips")) for event in index.by_kind["report.made"]),
    }


def three_firsts(index: Index) -> dict[str, int | None]:
    """Return when it began, was first noticed by a desk of the county, first reported up, and first acted on.

    Returns:
        ``occurred``, ``detected``, ``reported``, ``acted``: times in seconds; None for what never came.
    """
    county = index.exercise.county
    seats = [one.id for one in county.organizations if one.seat]
    tiers = {one.id: one.tier for one in county.organizations}
    facts = dict.fromkeys(rule.fact for rule in index.exercise.rules.rules)
    began = [span.start_s for fact in facts for span in index.truth(fact) if span.value]
    noticed = [event.at_s for event in index.by_kind["fact.learned"] if event.actor in seats and event.data["value"]]
    up = [
        event.at_s
        for event in index.by_kind["report.made"]
        if event.actor in seats and tiers[event.data["to"]] < tiers[county.desk("duty")]
    ]
    acted = [event.at_s for kind in FIRST_ACTIONS for event in index.by_kind[kind]]
    times = {"occurred": began, "detected": noticed, "reported": up, "acted": acted}
    return {name: min(found, default=None) for name, found in times.items()}


def by_direction(index: Index) -> dict[str, dict[str, Any]]:
    """Return the traffic up and down between levels of government against that sideways, among equals.

    Returns:
        For ``vertical`` and ``horizontal``: ``messages``, ``read`` (how many were), ``life_min`` (mean time from
        wanting to reading), ``duties``, ``late`` (how many came late or not at all), ``late_min`` (their mean
        lateness; what never came counts up to the end of the exercise).
    """
    tiers = {one.id: one.tier for one in index.exercise.county.organizations if not one.public}
    lives: dict[str, list[float | None]] = {"vertical": [], "horizontal": []}
    for composed in index.by_kind["message.composed"]:
        ends = (composed.actor, composed.data["to"])
        if all(end in tiers for end in ends):
            read = index.after(composed, "message.read")
            took = None if read is None else (read.at_s - composed.at_s) / 60
            lives[_direction(tiers, *ends)].append(took)
    owed: dict[str, list[float]] = {"vertical": [], "horizontal": []}
    for duty in duties(index):
        if duty.verdict != OPEN and duty.rule.to in tiers and duty.rule.sender in tiers:
            done_s = index.end_s if duty.made_s is None else duty.made_s
            owed[_direction(tiers, duty.rule.sender, duty.rule.to)].append(max(0, done_s - duty.due_s) / 60)
    return {name: _split(lives[name], owed[name]) for name in lives}


def _direction(tiers: Mapping[str, int], one: str, other: str) -> str:
    return "horizontal" if tiers[one] == tiers[other] else "vertical"


def _split(lives: Sequence[float | None], owed: Iterable[float]) -> dict[str, Any]:
    read, late = [life for life in lives if life is not None], list(owed)
    return {
        "messages": len(lives),
        "read": len(read),
        "life_min": _mean(read),
        "duties": len(late),
        "late": sum(minutes > 0 for minutes in late),
        "late_min": _mean([minutes for minutes in late if minutes > 0]),
    }


def _mean(values: Sequence[float]) -> float | None:
    return fsum(values) / len(values) if values else None
