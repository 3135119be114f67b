"""``orphan_task`` 责任盲区: what the plan asks for in the true situation must be taken up by its owner."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index
from sim.assess.wording import say
from sim.record.events import Event
from sim.spec.base import Text, all_hold, facts_of
from sim.spec.orders import Follow, Order
from sim.spec.plan import PlanTask


def find(index: Index) -> Iterator[Gap]:
    """Find tasks of the plan that nobody took up within their limit, though the truth asked for them."""
    scored = {task: None for milestone in index.rubric.milestones for task in milestone.tasks}
    for task in index.exercise.plan_tasks:
        if task.id.partition("@")[0] in scored:
            continue  # a milestone scores it already
        due = _due(index, task)
        if due is None:
            continue
        began_s, seqs = due
        start_s = began_s + task.within
        taken = _taken_up(index, task)
        end_s = index.end_s if taken is None else taken.at_s
        if end_s <= start_s:
            continue
        knew = all(any(span.start_s <= start_s for span in index.held(task.owner, key)) for key in facts_of(task.when))
        chain = seqs if taken is None else (*seqs, taken.seq)
        place = task.id.partition("@")[2]
        evidence = say(
            "任务未按时有人承担：{task}" + ("（{place}）" if place else "") + "；依据：{ground}",
            "nobody took up in time: {task}" + (", {place}" if place else "") + "; ground: {ground}",
            task=task.name,
            place=index.words.thing(place or task.owner),
            ground=Text(zh=task.ground, en=task.ground),
        )
        root = Root.DECISION if knew else Root.NOT_TOLD
        yield Gap(f"orphan_task/{task.id}", "orphan_task", (task.owner,), None, start_s, end_s, root, chain, evidence)


def _due(index: Index, task: PlanTask) -> tuple[int, tuple[int, ...]] | None:
    """Return when the truth first met the trigger, and the events that made it so."""
    keys = facts_of(task.when)
    for moment in sorted({span.start_s for key in keys for span in index.truth(key)}):
        if all_hold(task.when, lambda key, at_s=moment: index.true_value_at(key, at_s)):
            return moment, tuple(span.seq for key in keys for span in index.truth(key) if span.start_s <= moment)
    return None


def _taken_up(index: Index, task: PlanTask) -> Event | None:
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
