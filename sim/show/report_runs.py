"""Rows of the report on injects, messages and decisions: the run as it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from sim.assess.beliefs import end_of, truths
from sim.record.events import Event
from sim.record.folder import RunRecord
from sim.record.view import view
from sim.show.act_words import reason_words
from sim.show.names import Names
from sim.show.report_prices import regret_lines
from sim.spec.scenario import Inject

FACTS_IN_LOG = 4
"""Facts that the message log writes out for each message."""
HELD_SHOWN = 8
"""Facts that a decision shows of what the seat held, besides those that differ from the truth."""

_STEPS = {
    "message.sent": "sent",
    "message.delivered": "delivered",
    "message.read": "read",
    "message.acknowledged": "acknowledged",
}


def message_rows(record: RunRecord, names: Names) -> list[dict[str, Any]]:
    """Return one row a message, in the order in which they were wanted."""
    rows: dict[str, dict[str, Any]] = {}
    for event in record.events:
        if event.kind == "message.composed":
            rows[event.subject] = _message(event, names)
            continue
        row = rows.get(event.subject)
        if row is None or not event.kind.startswith("message."):
            continue
        if event.kind in _STEPS:
            row.setdefault(_STEPS[event.kind], event.at_s)
        if event.kind in ("message.sent", "message.delivered"):
            row["channel"] = names.channel(event.data["channel"])
        if event.kind == "message.sent":
            row["attempts"] += 1
    return list(rows.values())


def _message(event: Event, names: Names) -> dict[str, Any]:
    facts = [f"{names.fact(fact['fact'])} = {names.value(fact['value'])}" for fact in event.data["facts"]]
    asks = event.data.get("asks") or []
    if event.data.get("text"):
        says = event.data["text"]["zh" if names.lang == "zh" else "en"]
    elif event.data.get("approves"):
        says = names.word("approves", what=_task_name(event.data["approves"], names))
    elif asks:
        says = names.word("asks", what=_listed([names.fact(key) for key in asks], names))
    else:
        says = _listed(facts, names)
    return {
        "id": event.subject,
        "from": names.thing(event.actor),
        "to": names.thing(event.data["to"]),
        "kind": names.coded("kind", event.data["kind"]),
        "says": says,
        "composed": event.at_s,
        "attempts": 0,
        "channel": "",
    }


def _task_name(order: str, names: Names) -> str:
    ident = order.partition("/")[2].split(".")[0].split("#")[0].split("@")[0]
    tasks = {task.id: task.name.in_language(names.lang) for task in names.exercise.plan.tasks}
    return tasks.get(ident, order)


def _listed(items: Sequence[str], names: Names) -> str:
    comma = "；" if names.lang == "zh" else "; "
    text = comma.join(items[:FACTS_IN_LOG])
    return text if len(items) <= FACTS_IN_LOG else f"{text} … {names.word('more_than', count=len(items))}"


def message_summary(rows: Sequence[Mapping[str, Any]], names: Names) -> str:
    """Return one line on all messages."""
    waits = [row["read"] - row["composed"] for row in rows if "read" in row]
    middle = names.length(round(median(waits))) if waits else "—"
    delivered = sum("delivered" in row for row in rows)
    return names.word("message_count", count=len(rows), delivered=delivered, median=middle)


def inject_rows(record: RunRecord, names: Names) -> list[dict[str, Any]]:
    """Return one row for each inject and addressee: when it was planned, delivered and read."""
    state = {event.subject: event for event in record.events if event.kind in ("inject.sent", "inject.skipped")}
    messages = {row["id"]: row for row in message_rows(record, names)}
    objectives = {objective.id: objective.text for objective in record.exercise.scenario.objectives}
    rows = []
    for inject in record.exercise.scenario.injects:
        event = state.get(inject.id)
        note = "not_reached" if event is None else "skipped" if event.kind == "inject.skipped" else ""
        for number, to in enumerate(inject.to):
            rows.append(
                {
                    "first": number == 0,
                    "span": len(inject.to),
                    "id": inject.id,
                    "planned": _planned(inject, names),
                    "from": names.thing(inject.sender),
                    "text": inject.text.in_language(names.lang),
                    "expected": inject.expected.in_language(names.lang),
                    "responsible": names.things(inject.responsible),
                    "objective": objectives[inject.objective].in_language(names.lang),
                    "to": names.thing(to),
                    "note": names.word(note) if note else "",
                    **{step: messages.get(f"{inject.id}>{to}", {}).get(step) for step in ("delivered", "read")},
                }
            )
    return rows


def _planned(inject: Inject, names: Names) -> str:
    if inject.by_hand:
        return names.word("by_hand")
    if inject.after:
        return names.word("after_inject", inject=inject.after, delay=names.length(inject.at or 0))
    if inject.when:
        return names.word("on_condition")
    return names.moment(inject.at)


def decision_rows(record: RunRecord, decisions: Sequence[Mapping[str, Any]], names: Names) -> list[dict[str, Any]]:
    """Return one entry a decision: what was asked, chosen and not chosen, and what the seat held at that time."""
    return [_decision(record, decision, names) for decision in decisions]


def _decision(record: RunRecord, decision: Mapping[str, Any], names: Names) -> dict[str, Any]:
    options, choice = names.options(decision["key"]), decision["choice"]
    at_s = min(decision["at_s"], end_of(record))
    held = _held(record, decision, names)
    return {
        "seat": names.capital(names.thing(decision["seat"])),
        "seat_id": decision["seat"],
        "question": names.question(decision["key"]).in_language(names.lang),
        "at_s": at_s,
        "charged": names.length(decision["charged_s"]),
        "chosen": names.capital(options.get(choice, choice)),
        "others": [names.capital(text) for ident, text in options.items() if ident != choice],
        "reason": _reason(decision["reason"], names, options),
        "regret": regret_lines(decision, names),
        "held": [row for row in held if row["shown"]],
        "more": sum(not row["shown"] for row in held),
    }


def _reason(reason: str, names: Names, options: Mapping[str, str]) -> str:
    if reason.startswith("policy "):
        colon = "：" if names.lang == "zh" else ": "
        return names.capital(names.word("decided_by")) + colon + names.coded("policy", reason[7:])
    return reason_words(reason, names, options)


def _held(record: RunRecord, decision: Mapping[str, Any], names: Names) -> list[dict[str, Any]]:
    true_values = truths(record)
    asked = _facts_of_question(record, decision["key"])
    said = "{value}（{by}）" if names.lang == "zh" else "{value} ({by})"
    rows = []
    for row in view(record.events, decision["seat"], decision["at_s"]).picture:
        so = [value for at, value in true_values.get(row["fact"], []) if at <= decision["at_s"]]
        truth = so[-1] if so else None
        is_count = isinstance(row["value"], int) and not isinstance(row["value"], bool)
        rows.append(
            {
                "fact": names.fact(row["fact"]),
                "value": names.value(row["value"]),
                "truth": "" if truth is None else names.value(truth),
                "wrong": truth is not None and truth != row["value"] and not is_count,
                "age": names.length(max(0, decision["at_s"] - row["as_of_s"])),
                "source": names.thing(row["source"]),
                "verified": row["verified"],
                "conflicts": [
                    said.format(value=names.value(other["value"]), by=names.thing(other["source"]))
                    for other in row["conflicts"]
                ],
                "order": (0 if row["fact"] in asked else 1, -row["since_s"], row["fact"]),
            }
        )
    rows.sort(key=lambda row: (not row["wrong"], not row["conflicts"], row["order"]))
    for number, row in enumerate(rows):
        row["shown"] = number < HELD_SHOWN or row["wrong"] or bool(row["conflicts"])
    return rows


def _facts_of_question(record: RunRecord, key: str) -> set[str]:
    for point in record.exercise.scenario.pause_points:
        if point.id == key.partition("#")[0]:
            clauses = (*point.when, *(clause for line in point.by_plan for clause in line.if_))
            return {fact for clause in clauses for fact in clause.facts()}
    return set()
