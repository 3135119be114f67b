"""Orders that a seat gives besides the options of a question: which it may give, and whether one stands.

Everything here depends on the files of the exercise and on what the seat itself holds and has done; a refusal tells
nothing that the seat was not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from sim.errors import AnswerRefused, Refusal
from sim.record.view import View
from sim.spec.checks.names import Names
from sim.spec.load import Exercise
from sim.spec.orders import ORDER, CheckAdvice, Consult, Follow, Order, Report, Send, SendLiaison, Tell, Withhold
from sim.spec.reporting import rows_for

EVERYBODY = ("tell", "ask", "consult", "send_liaison", "call_expert")
"""Kinds of order that any seat can give."""


def kinds_for(exercise: Exercise, seat: str) -> tuple[str, ...]:
    """Return the kinds of order that belong to a seat's role.

    A role has what the plan and the options of its questions let it do, what the rule table gives it the mandate for,
    and what its units can be sent to; the command post directs others.
    """
    plan, mandates = exercise.plan, exercise.rules.mandates
    departments = [one.id for one in exercise.county.organizations if one.kind == "department"]
    own = [task for task in plan.tasks if task.owner == seat]
    points = [point for point in exercise.scenario.pause_points if point.seat == seat]
    found = [*EVERYBODY]
    found += [order.do for task in own for order in task.orders]
    found += [order.do for point in points for option in point.options for order in option.orders]
    found += [name for name in ("activate", "protect", "publish") if seat in getattr(mandates, name)]
    found += ["publish"] if seat in departments else []  # whether it should, the chain of approval decides
    found += ["conference"] if seat in (mandates.outlet, *mandates.publish) else []
    found += ["report", "withhold"] if rows_for(exercise, seat) else []
    found += ["send"] if any(unit.department == seat for unit in exercise.county.units) else []
    found += ["open_beds"] if seat == "health" and exercise.county.surges else []
    found += ["check_advice"] if points else []
    found += ["follow"] if own else []
    found += ["mobilize"] if exercise.county.helpers and seat in mandates.activate else []
    found += ["return_home"] if seat in mandates.protect else []
    found += ["end_response"] if seat in mandates.activate else []
    found += ["direct", "assess_impact", "aftermath"] if seat == exercise.county.desk("command") else []
    found += ["supply"] if exercise.county.logistics is not None else []
    return tuple(sorted(set(found)))


def checked_order(exercise: Exercise, seat: str, given: Any, seen: View, done: tuple[str, ...] = ()) -> Order:
    """Return an order of a seat if it stands.

    Args:
        exercise: The exercise.
        seat: Who gives it.
        given: The order, or its fields by name.
        seen: The seat's view.
        done: Tasks of the plan that the seat has done, for good.

    Raises:
        AnswerRefused: With the rule that refuses it, the field, what was given, and what would be allowed.
    """
    order = known_order(exercise, seat, given)
    for refused in _role(exercise, seat, order, seen, done):
        raise refused
    return order


def known_order(exercise: Exercise, seat: str, given: Any) -> Order:
    """Return an order that belongs to a seat's role and names only what exists, whatever the seat holds.

    Raises:
        AnswerRefused: As :func:`checked_order` does.
    """
    kinds = kinds_for(exercise, seat)
    data = given.model_dump(mode="json", exclude_none=True) if hasattr(given, "model_dump") else given
    do = data.get("do") if isinstance(data, dict) else None
    if not isinstance(do, str) or do not in kinds:
        raise AnswerRefused(Refusal.NOT_YOUR_ORDER, "do", str(do)[:60], ", ".join(kinds))
    order = _typed(data)
    for refused in _names(exercise, order):
        raise refused
    return order


def _typed(data: dict[str, Any]) -> Order:
    try:
        return ORDER.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"][1:]) or "do"
        expected = str(first.get("ctx", {}).get("expected") or first["msg"])
        raise AnswerRefused(Refusal.MALFORMED, field, str(first.get("input"))[:60], expected) from error


def _names(exercise: Exercise, order: Order) -> Iterator[AnswerRefused]:
    names = Names(exercise)
    data = order.model_dump(by_alias=True, mode="json", exclude_none=True)
    for path, what, allowed in (*names.orders([order], ()), *names.facts(data, ())):
        field = next((str(part) for part in path if isinstance(part, str)), "")
        reason = Refusal.NO_UNIT_ABLE if what.startswith("no such unit") else Refusal.UNKNOWN_NAME
        value = data.get(field)
        at = path[-1]
        given = value[at] if isinstance(value, list) and isinstance(at, int) and at < len(value) else value
        yield AnswerRefused(
            reason, field, ", ".join(map(str, given)) if isinstance(given, list) else str(given), allowed
        )


def _role(exercise: Exercise, seat: str, order: Order, seen: View, done: tuple[str, ...]) -> Iterator[AnswerRefused]:
    if isinstance(order, Send):
        yield from _units(exercise, seat, order)
    if isinstance(order, Consult | SendLiaison) and seat in ((order.to,) if isinstance(order.to, str) else order.to):
        others = ", ".join(one.id for one in exercise.county.organizations if one.id != seat and not one.public)
        yield AnswerRefused(Refusal.UNKNOWN_NAME, "to", seat, others)
    if isinstance(order, Tell | Report) and order.facts:
        held = [row["fact"] for row in seen.picture]
        wanted = [name.partition("/")[2] if name.startswith("place/") else name for name in order.facts]
        if not any(fact == name or fact.partition("/")[2] == name for fact in held for name in wanted):
            yield AnswerRefused(Refusal.NOTHING_HELD, "facts", ", ".join(order.facts), ", ".join(held) or "nothing yet")
    if isinstance(order, Report | Withhold):
        mine = [rule.id for rule in rows_for(exercise, seat)]
        if order.rule not in mine:
            yield AnswerRefused(Refusal.NOT_YOUR_ORDER, "rule", order.rule, ", ".join(mine) or "nothing")
    if isinstance(order, CheckAdvice):
        unchecked = [row["question"] for row in seen.advice if row["sound"] is None]
        if order.question not in unchecked:
            allowed = ", ".join(unchecked) or "nothing"
            yield AnswerRefused(Refusal.UNKNOWN_NAME, "question", order.question, allowed)
    if isinstance(order, Follow):
        mine = [task.id for task in exercise.plan.tasks if task.owner == seat]
        if order.task not in mine:
            yield AnswerRefused(Refusal.NOT_YOUR_ORDER, "task", order.task, ", ".join(mine))
        elif order.task in done:
            open_still = [task for task in mine if task not in done]
            yield AnswerRefused(Refusal.ALREADY_DONE, "task", order.task, ", ".join(open_still))


def _units(exercise: Exercise, seat: str, order: Send) -> Iterator[AnswerRefused]:
    own = [unit for unit in exercise.county.units if unit.department == seat and order.task in unit.skills]
    able = [unit for unit in own if unit.kind in order.units]
    if not able:
        kinds = ", ".join(dict.fromkeys(unit.kind for unit in own))
        yield AnswerRefused(Refusal.NO_UNIT_ABLE, "units", ", ".join(order.units), kinds or "another task")
    elif order.count > len(able):
        yield AnswerRefused(Refusal.TOO_MANY, "count", str(order.count), f"1 to {len(able)}")
