"""The tasks of the plan against the record: when each was due in the true situation, and when somebody took it up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.assess.index import Index
from sim.record.events import Event
from sim.spec.base import all_hold, facts_of
from sim.spec.load import Exercise
from sim.spec.orders import Follow, Order, Tell
from sim.spec.plan import PlanTask


def due_in_truth(index: Index, task: PlanTask) -> tuple[int, tuple[int, ...]] | None:
    """Return when the truth first met the trigger, and the events that made it so."""
    keys = facts_of(task.when)
    for moment in sorted({span.start_s for key in keys for span in index.truth(key)}):
        if all_hold(task.when, lambda key, at_s=moment: index.true_value_at(key, at_s)):
            return moment, tuple(span.seq for key in keys for span in index.truth(key) if span.start_s <= moment)
    return None


def taken_up(index: Index, task: PlanTask) -> Event | None:
    """Return the event by which a task was first taken up: by its owner, or by a decision that was to do so."""
    for event in index.by_kind["plan.triggered"]:
        if event.data["task"] == task.id:
            return event
    name = task.id.partition("@")[0]
    for point in index.exercise.scenario.pause_points:
        if name not in point.decides:
            continue
        answered = index.first("question.answered", subject=point.id)
        for option in point.options:
            if answered is not None and option.id == answered.data["choice"] and _alike(option.orders, task):
                return answered
    return None


def _alike(orders: tuple[Order, ...], task: PlanTask) -> bool:
    """Return whether the orders follow the task, or give orders of its kind."""
    if any(isinstance(order, Follow) and order.task == task.id.partition("@")[0] for order in orders):
        return True
    wanted = [_kind(order) for order in task.orders]
    return any(_kind(order) in wanted for order in orders)


def _kind(order: Order) -> tuple[str, ...]:
    return order.do, str(getattr(order, "task", "")), str(getattr(order, "tone", ""))


def tellers(exercise: Exercise) -> Mapping[tuple[str, str], str]:
    """Return who tells it, by fact and organization that is told: by the first task of the plan, or by a rule."""

    def found() -> dict[tuple[str, str], str]:
        who: dict[tuple[str, str], str] = {}
        for fact, to, teller in _tellings(exercise):
            who.setdefault((fact, to), teller)
        return who

    return exercise.derived("who tells by plan", found)


def _tellings(exercise: Exercise) -> Iterator[tuple[str, str, str]]:
    for task in exercise.plan_tasks:
        for order in task.orders:
            if isinstance(order, Tell):
                yield from ((fact, to, task.owner) for fact in order.facts for to in order.to)
    places = [place.id for place in exercise.county.places]
    for rule in exercise.rules.rules:
        keys = [f"{place}{rule.fact[5:]}" for place in places] if rule.fact.startswith("place/") else [rule.fact]
        yield from ((key, rule.to, rule.sender) for key in keys)
