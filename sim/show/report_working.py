"""Rows of the report on how the work was done: command, watch, plan, warnings and the aftermath."""

from __future__ import annotations

from statistics import fmean
from typing import Any

from sim.assess import aftermath, command, duty, plan_measures, warnings
from sim.assess.index import Index
from sim.record.folder import RunRecord
from sim.show.counted import counted_table
from sim.show.names import Names

CONFIRMED_WITHIN_S = 1800
"""How soon, in seconds, a call-out should be confirmed for the share that is shown. A guess."""

Row = tuple[str, str, str]


def working(record: RunRecord, names: Names) -> dict[str, Any]:
    """Return ``measures``, pairs of title and rows of label, value and meaning; and ``tables``, as on counsel and care.

    Args:
        record: The run.
        names: Names of the exercise in a language.
    """
    index = Index(record)
    measures = (
        ("command_measures", _command(record, names)),
        ("watch_measures", _watch(record, names)),
        ("carrying_out", _plan(record, index, names)),
        ("afterwards", _afterwards(index, names)),
    )
    return {
        "measures": [(names.word(title), rows) for title, rows in measures if rows],
        "tables": [_warned(record, names), _monitors(record, names), _ahead(record, index, names)],
    }


def _command(record: RunRecord, names: Names) -> list[Row]:
    found = command.summary(record.events)
    return [
        _row("unled", _minutes(found["unled_min"], names), names),
        _row("hand_overs", str(found["hand_overs"]), names, facts=found["facts_passed"]),
        _row("activated", _minutes(found["activated_min"], names), names, lapsed=found["lapsed"]),
        _row("decided_below", str(found["decided_below"]), names, vain=found["calls_in_vain"]),
        _row("returned_orders", str(found["returned"]), names, unauthorized=found["unauthorized"]),
        _row("unmandated", str(found["unmandated"]), names),
        _row("conflicting", str(found["conflicts"]), names, disputed=found["disputed"]),
    ]


def _watch(record: RunRecord, names: Names) -> list[Row]:
    found = duty.summary(record)
    reached = _percent(found["reached"])
    rows = [
        _row("calls", str(found["calls"]), names, reached=reached, unanswered=found["unanswered"]),
        _row("escalated", _percent(found["escalated"]), names),
    ]
    if found["checks"]:
        answered, named = _percent(found["checks_answered"]), _percent(found["leader_named"])
        rows.append(_row("checks", str(found["checks"]), names, answered=answered, named=named))
    return rows


def _plan(record: RunRecord, index: Index, names: Names) -> list[Row]:
    found = plan_measures.summary(record, index)
    rows = [
        _row("execution", _percent(found["execution"]), names, due=found["due"], never=found["never"]),
        _row("deviation", _percent(found["deviation"]), names),
        _row("informed", _percent(found["informed"]), names, forgotten=found["forgotten"]),
        _row("right_plan", _whether(found["right_plan"], names), names),
        _row("right_level", _whether(found["right_level"], names), names),
    ]
    if found["uncovered"]:
        rows.append(_row("improvised", _percent(found["improvised"]), names, uncovered=found["uncovered"]))
    return rows


def _afterwards(index: Index, names: Names) -> list[Row]:
    """Return how soon families knew where theirs were, and each work of the aftermath was done after the hazard."""
    dark = aftermath.in_the_dark(index)
    told = (names.word("after_named", people=len(dark)), _minutes(round(fmean(dark or [0]), 1), names))
    rows = [(*told, names.word("after_named_how"))] if dark else []
    if not any(span.value is True for span in index.truth("incident/over")):
        return rows
    found = aftermath.aftermath(index)
    how = names.word("after_how")
    people = found["people_of_families"]
    return rows + [
        (names.word(f"after_{work}", people=people), _minutes(found[f"{work}_min"], names), how)
        for work in ("ended", "home", *aftermath.WORKS)
    ]


def _warned(record: RunRecord, names: Names) -> dict[str, Any]:
    first, monitors = _first_danger(record), {one.id for one in record.exercise.county.monitors}
    rows = [
        [
            names.thing(one.by) if one.by in monitors else names.fact(one.by),
            _said(one, names),
            names.moment(one.at_s),
            names.moment(one.acted_s),
            _lead(record, one),
        ]
        for one in warnings.issued(record, first)
    ]
    found, share = warnings.summary(record, first), _percent(warnings.confirmed_share(record, CONFIRMED_WITHIN_S))
    hint = names.word("warned_hint", cells=found.cells, confirmed=found.confirmed, share=share)
    heads = ("warned_by", "warned_what", "warned_at", "warned_acted", "lead_min")
    return {**counted_table("warned", heads, rows, names, words=2), "hint": hint}


def _said(one: warnings.Issued, names: Names) -> str:
    fact = names.fact(one.fact)
    what = fact if one.value is True else names.word("warned_value", fact=fact, value=names.value(one.value))
    return names.word("warned_falsely", what=what) if one.false else what


def _lead(record: RunRecord, one: warnings.Issued) -> str:
    """Return the minutes by which a warning came before the danger that it speaks of."""
    lead_s = one.lead_s
    if one.fact.endswith("/danger"):
        came_s = warnings.onset_s(record, one.fact)
        lead_s = None if came_s is None else came_s - one.at_s
    return "—" if lead_s is None or one.false else f"{lead_s / 60:.0f}"


def _first_danger(record: RunRecord) -> str:
    """Return the fact of the danger that came first; that of the incident where no place came into danger."""
    for event in record.events:
        if event.kind == "truth.changed" and event.subject.endswith("/danger") and event.data["value"] is True:
            return event.subject
    return "incident/exists"


def _monitors(record: RunRecord, names: Names) -> dict[str, Any]:
    rows = [
        [names.thing(one.monitor), str(one.alarms), str(one.false), str(one.missed), f"{one.blind_s / 60:.0f}"]
        for one in warnings.watched(record)
    ]
    heads = ("monitor", "true_alarms", "false_alarms", "missed_alarms", "blind_min")
    return counted_table("monitors", heads, rows, names)


def _ahead(record: RunRecord, index: Index, names: Names) -> dict[str, Any]:
    reached = warnings.reached(record)
    rows = []
    for one in aftermath.foresight(index):
        told, of = reached.get(one.place, (0, 0))
        rows.append(
            [
                names.thing(one.place),
                names.coded("protect", one.by) if one.by else "—",
                names.moment(one.ordered_s),
                names.moment(one.danger_s),
                "—" if one.lead_min is None else f"{one.lead_min:.0f}",
                f"{told}/{of}" if of else "—",
            ]
        )
    cost = aftermath.cost_of_measures(record)
    amounts = {part: f"{cost[part]:,.0f}" for part in aftermath.MEASURES}
    hint = names.word("ahead_hint", measures=f"{cost['measures']:.2f}", harm=f"{cost['harm']:.2f}", **amounts)
    heads = ("inhabited_place", "measure_taken", "ordered_at", "danger_at", "lead_min", "people_reached")
    return {**counted_table("ahead", heads, rows, names, words=2), "hint": hint}


def _row(key: str, value: str, names: Names, **fields: object) -> Row:
    return names.word(key), value, names.word(f"{key}_how", **fields)


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{100 * share:.0f} %"


def _minutes(minutes: float | None, names: Names) -> str:
    return "—" if minutes is None else f"{minutes:.1f} {names.word('minutes_unit')}"


def _whether(value: bool | None, names: Names) -> str:
    return "—" if value is None else names.word("yes" if value else "no")
