"""``orphan_task`` 责任盲区: what the plan asks for in the true situation must be taken up by its owner."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index
from sim.assess.plan_tasks import due_in_truth, taken_up
from sim.assess.wording import say
from sim.spec.base import Text, facts_of
from sim.spec.plan import NOBODY


def find(index: Index) -> Iterator[Gap]:
    """Find tasks of the plan that nobody took up within their limit, though the truth asked for them."""
    scored = {task: None for milestone in index.rubric.milestones for task in milestone.tasks}
    for task in index.exercise.plan_tasks:
        if task.id.partition("@")[0] in scored:
            continue  # a milestone scores it already
        due = due_in_truth(index, task)
        if due is None:
            continue
        began_s, seqs = due
        start_s = began_s + task.within
        taken = taken_up(index, task)
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
        units = () if task.owner == NOBODY else (task.owner,)
        yield Gap(f"orphan_task/{task.id}", "orphan_task", units, None, start_s, end_s, root, chain, evidence)
