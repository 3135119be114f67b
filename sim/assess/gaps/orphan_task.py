"""``orphan_task`` 责任盲区: what the plan asks for in the true situation must be taken up by its owner."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import By, Obligation, Root
from sim.assess.index import Index
from sim.assess.plan_tasks import due_in_truth, taken_up
from sim.assess.wording import say
from sim.spec.base import facts_of
from sim.spec.orders import Tell
from sim.spec.plan import NOBODY, PlanTask


def owed(index: Index) -> Iterator[Obligation]:
    """Yield the tasks of the plan that the truth asked for, those that a milestone scores left out."""
    scored = {task: None for milestone in index.rubric.milestones for task in milestone.tasks}
    for task in index.exercise.plan_tasks:
        due = None if task.id.partition("@")[0] in scored else due_in_truth(index, task)
        if due is None:
            continue
        began_s, seqs = due
        taken = taken_up(index, task)
        place = task.id.partition("@")[2]
        yield Obligation(
            f"orphan_task/{task.id}",
            "orphan_task",
            By.PLAN,
            () if task.owner == NOBODY else (task.owner,),
            _link(task),
            began_s,
            began_s + task.within,
            None if taken is None else taken.at_s,
            index.end_s,
            _root(index, task, began_s + task.within),
            seqs if taken is None else (*seqs, taken.seq),
            say(
                "任务未按时有人承担：{task}" + ("（{place}）" if place else ""),
                "nobody took up in time: {task}" + (", {place}" if place else ""),
                task=task.name,
                place=index.words.thing(place or task.owner),
            ),
            task.ground,
        )


def _link(task: PlanTask) -> tuple[str, str] | None:
    """Return from whom to whom its first message had to go; None for a task that tells nobody anything."""
    to = next((to for order in task.orders if isinstance(order, Tell) for to in order.to), None)
    return None if to is None or task.owner == NOBODY else (task.owner, to)


def _root(index: Index, task: PlanTask, due_s: int) -> Root:
    if task.owner == NOBODY:
        return Root.NOT_IN_PLAN
    knew = all(any(span.start_s <= due_s for span in index.held(task.owner, key)) for key in facts_of(task.when))
    return Root.DECISION if knew else Root.NOT_TOLD
