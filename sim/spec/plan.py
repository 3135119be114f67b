"""Plan and rule table: who does what when, who must know what, and within how many minutes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, TypeAdapter

from sim.spec.base import Clause, Delay, Duration, FactKey, FactValue, Id, Spec, Text
from sim.spec.orders import Order

_CLAUSES = TypeAdapter(tuple[Clause, ...])
_ORDERS = TypeAdapter(tuple[Order, ...])


class FactKind(Spec):
    """A fact that matters in incidents of this kind, and who needs to know it.

    The subject ``place`` stands for every place of the county.
    """

    key: FactKey
    name: Text
    values: tuple[FactValue, ...] = Field(default=(), description="allowed values; empty for any")
    need_to_know: tuple[Id, ...] = ()
    within: Duration = 0


class PlanTask(Spec):
    """One task of the plan: on what it is triggered, who owns it, and what is ordered.

    With ``places`` the task stands once for each of them, and the word ``place`` in its facts and orders means that
    place. With ``every`` it is done again, at most that often, whenever a fact of its trigger changes.
    """

    id: Id
    name: Text
    owner: Id
    when: tuple[Clause, ...] = Field(min_length=1, description="on what the owner knows; all must hold")
    orders: tuple[Order, ...] = Field(min_length=1)
    places: tuple[Id, ...] = ()
    every: Duration | None = None
    within: Duration = Field(description="limit after the truth first meets the trigger")
    ground: str = Field(description="legal ground or other source of the task and its limit")


class Work(Spec):
    """How long the work of a unit takes on scene."""

    find_out: Delay
    cordon: Delay
    contain: Delay
    rescue: Delay = Field(description="one trip into the gas and out")
    treat: Delay = Field(description="loading the patients of one ambulance run")
    evacuate: Delay = Field(description="loading one bus")
    monitor: Delay
    draft: Delay = Field(description="drafting a statement to the public")
    set_up_post: Delay = Field(description="setting up the on-scene command post")
    hand_over: Delay = Field(description="handing patients over at the hospital")
    source: str


class Plan(Spec):
    """A plan for one kind of incident."""

    format: Literal["tabletop-plan/1"]
    id: Id
    name: Text
    kind: Id
    facts: tuple[FactKind, ...] = Field(min_length=1)
    work: Work
    tasks: tuple[PlanTask, ...] = Field(min_length=1)


class Rule(Spec):
    """One row of the rule table: a limit with its source."""

    id: Id
    name: Text
    sender: Id
    to: Id
    by: Literal["phone", "written", "any"]
    fact: FactKey = Field(description="what must be reported or told")
    starts: Literal["truth", "known"] = Field(
        description="when the limit runs from: the event, or the sender's knowledge"
    )
    within: Duration
    region: str
    source: str
    status: Literal["verified", "recalled", "design"]


class Mandates(Spec):
    """Which roles may give which order without asking first."""

    activate: tuple[Id, ...]
    protect: tuple[Id, ...]
    publish: tuple[Id, ...]
    source: str


class RuleTable(Spec):
    """A rule table."""

    format: Literal["tabletop-rules/1"]
    id: Id
    name: Text
    mandates: Mandates
    rules: tuple[Rule, ...] = Field(min_length=1)


def instances(plan: Plan) -> tuple[PlanTask, ...]:
    """Return the tasks of a plan with those that stand for several places written out, as ``id@place``."""
    tasks: list[PlanTask] = []
    for task in plan.tasks:
        if not task.places:
            tasks.append(task)
        for place in task.places:
            when = _at_place([clause.model_dump(by_alias=True, exclude_none=True) for clause in task.when], place)
            orders = _at_place([order.model_dump(mode="json", exclude_none=True) for order in task.orders], place)
            changes = {"id": f"{task.id}@{place}", "places": (), "when": _CLAUSES.validate_python(when)}
            tasks.append(task.model_copy(update={**changes, "orders": _ORDERS.validate_python(orders)}))
    return tuple(tasks)


def _at_place(value: object, place: str) -> object:
    if isinstance(value, str):
        return place + value[5:] if value == "place" or value.startswith("place/") else value
    if isinstance(value, (list, tuple)):
        return [_at_place(item, place) for item in value]
    if isinstance(value, dict):
        return {key: _at_place(item, place) for key, item in value.items()}
    return value
