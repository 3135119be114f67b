"""Standard functions of emergency response, and which orders serve them: a plan must see to each or say who does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import StringConstraints

from sim.spec.base import Ground, Id, Spec, Text
from sim.spec.orders import Order, Protect, Publish, Report, Send

if TYPE_CHECKING:
    from sim.spec.county import County
    from sim.spec.plan import Plan, PlanTask, RuleTable

Deed = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*(/[a-z][a-z_]*)?$")]
"""A kind of order, such as ``ask``, or one with its particular: ``send/rescue``, ``publish/rebut``, ``report/up``."""


class Function(Spec):
    """A row of the list of functions.

    Attributes:
        done_by: Kinds of order that serve it; none where no order shows it, and tasks must say that they cover it.
        source: Law or other source that asks for it.
        status: Whether the text was read (verified), is remembered (recalled), or is a proposal (design).
    """

    id: Id
    name: Text
    done_by: tuple[Deed, ...] = ()
    source: Ground
    status: Literal["verified", "recalled", "design"]


def deeds(order: Order, county: County, rules: RuleTable) -> tuple[str, ...]:
    """Return what kind of order it is: in general, and with its particular."""
    match order:
        case Send():
            particular = order.task.value
        case Publish():
            particular = order.tone
        case Protect():
            particular = order.by
        case Report():
            row = next((rule for rule in rules.rules if rule.id == order.rule), None)
            to = None if row is None else row.to
            up = row is not None and (row.skips or to == county.superior)
            particular = "up" if up else "neighbor" if to == county.neighbor else "across"
        case _:
            return (order.do,)
    return order.do, f"{order.do}/{particular}"


def served(orders: Iterable[Order], county: County, rules: RuleTable) -> tuple[str, ...]:
    """Return the functions that some orders serve, in the order of the list."""
    done = {deed: None for order in orders for deed in deeds(order, county, rules)}
    return tuple(function.id for function in rules.functions if any(deed in done for deed in function.done_by))


def covered(task: PlanTask, county: County, rules: RuleTable) -> tuple[str, ...]:
    """Return the functions that a task of a plan serves, by its orders or by its own word."""
    by_orders = served(task.orders, county, rules)
    return tuple(function.id for function in rules.functions if function.id in (*by_orders, *task.covers))


def accountable(task: PlanTask, rules: RuleTable) -> str:
    """Return who answers for a task: its owner, or the first with the mandate for its orders where the owner has none.

    A statement that is published past the chain asks nobody.
    """
    for order in task.orders:
        holders = getattr(rules.mandates, order.do, ()) if order.do in ("activate", "protect", "publish") else ()
        if isinstance(order, Publish) and order.path != "chain":
            continue
        if holders and task.owner not in holders:
            return str(holders[0])
    return task.owner


def uncovered(plan: Plan, county: County, rules: RuleTable) -> tuple[Function, ...]:
    """Return the functions that no task of a plan with an owner covers, whether or not it says why."""
    from sim.spec.plan import NOBODY

    owned = [task for task in plan.tasks if task.owner != NOBODY]
    done = {name: None for task in owned for name in covered(task, county, rules)}
    return tuple(function for function in rules.functions if function.id not in done)
