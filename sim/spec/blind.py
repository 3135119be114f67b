"""Blind spots of a plan (责任盲区): what would fall between two desks although each of them does what the plan says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.errors import InChinese, ProblemInBoth
from sim.spec.base import Text
from sim.spec.county import County
from sim.spec.functions import uncovered
from sim.spec.orders import (
    Activate,
    Ask,
    Consult,
    Direct,
    Order,
    Protect,
    Publish,
    Report,
    SendLiaison,
    SetUpPost,
    Tell,
)
from sim.spec.plan import NOBODY, Plan, PlanTask, RuleTable
from sim.spec.plan_flow import Flow, flow, general


class Blind(NamedTuple):
    """A blind spot.

    Attributes:
        kind: What kind: no_owner, no_seat, no_trigger, need, fact, function, untold or review.
        path: Where in the plan's file.
        what: What is missing, in both languages.
    """

    kind: str
    path: tuple[str | int, ...]
    what: Text


def blind_spots(plan: Plan, county: County, rules: RuleTable) -> tuple[Blind, ...]:
    """Return the blind spots of a plan in a county, in the order of its file.

    Args:
        plan: The plan; names in it that do not exist are found elsewhere, when its exercise is loaded.
        county: Who there is.
        rules: Mandates, duties to report, and the list of functions.
    """
    worked_out = flow(plan, county, rules)
    return (
        *_unreviewed(plan),
        *_functions(plan, county, rules),
        *_facts(plan, worked_out),
        *_tasks(plan, county, rules, worked_out),
    )


def as_problems(spots: tuple[Blind, ...], where: str) -> tuple[ProblemInBoth, ...]:
    """Return blind spots as problems of a file."""
    problems = []
    for spot in spots:
        path = ".".join(str(part) for part in spot.path)
        zh = InChinese(f"{where}：{path}", f"盲区：{spot.what.zh}")
        problems.append(ProblemInBoth(where, path, f"blind spot: {spot.what.en}", "", zh))
    return tuple(problems)


def _unreviewed(plan: Plan) -> Iterator[Blind]:
    if plan.review is None:
        what = Text(
            zh="预案没有写明是否经专家评审和何时修订", en="nothing says whether it was reviewed, and when revised"
        )
        yield Blind("review", ("review",), what)


def _functions(plan: Plan, county: County, rules: RuleTable) -> Iterator[Blind]:
    for function in uncovered(plan, county, rules):
        if function.id not in plan.leaves_out:
            zh = f"没有任务承担“{function.name.zh}”，也没有说明由谁承担"
            en = f"no task sees to {function.name.en} ({function.id}), and nothing says who does"
            yield Blind("function", ("tasks",), Text(zh=zh, en=en))


def _facts(plan: Plan, worked_out: Flow) -> Iterator[Blind]:
    """Find facts that set off tasks or must be known, and that nobody can ever see or be told."""
    known = {fact: None for _, fact in worked_out.known}
    for index, kind in enumerate(plan.facts):
        if kind.need_to_know and kind.key not in known:
            zh, en = f"没有人能得知“{kind.name.zh}”", f"nobody can come to know of {kind.key} ({kind.name.en})"
            yield Blind("fact", ("facts", index), Text(zh=zh, en=en))


def _tasks(plan: Plan, county: County, rules: RuleTable, worked_out: Flow) -> Iterator[Blind]:
    seats = [one.id for one in county.organizations if one.seat]
    for index, step in enumerate(worked_out.steps):
        task, path = step.task, ("tasks", index)
        if task.owner == NOBODY:
            yield Blind(
                "no_owner", (*path, "owner"), Text(zh=f"任务“{task.name.zh}”无人负责", en="nobody owns the task")
            )
            continue
        if task.owner not in seats:
            zh, en = (
                f"责任单位 {task.owner} 没有席位，无人执行",
                f"{task.owner} has no seat: nobody there follows the plan",
            )
            yield Blind("no_seat", (*path, "owner"), Text(zh=zh, en=en))
            continue
        if step.layer is None:
            zh = f"{task.owner} 无从得知启动条件：{'、'.join(step.lacks)}"
            en = f"nobody is to tell {task.owner} what sets it off: {', '.join(step.lacks)}"
            yield Blind("no_trigger", (*path, "when"), Text(zh=zh, en=en))
        for number, key in enumerate(task.needs):
            if not worked_out.reaches(task.owner, general(plan, key)):
                zh, en = f"没有人告知 {task.owner}：{key}", f"nobody is to tell {task.owner} of {key}"
                yield Blind("need", (*path, "needs", number), Text(zh=zh, en=en))
        addressed = addressees(task, plan, county, rules)
        for number, who in enumerate(task.told):
            if who not in addressed:
                zh, en = f"没有指令告知 {who}", f"no order of the task tells {who}"
                yield Blind("untold", (*path, "told", number), Text(zh=zh, en=en))


def addressees(task: PlanTask, plan: Plan, county: County, rules: RuleTable) -> tuple[str, ...]:
    """Return whom the orders of a task reach by a message, in the order in which they stand."""
    found = [who for order in task.orders for who in _reached(order, plan, county, rules)]
    return tuple(dict.fromkeys(who for who in found if who != task.owner))


def _reached(order: Order, plan: Plan, county: County, rules: RuleTable) -> tuple[str, ...]:
    match order:
        case Tell() | Consult():
            return order.to
        case Ask() | SendLiaison() | Direct():
            return (order.to,)
        case Activate():
            return order.tell
        case SetUpPost():
            return order.joins
        case Report():
            return tuple(rule.to for rule in rules.rules if rule.id == order.rule)
        case Protect() | Publish():
            made = "place/ordered" if isinstance(order, Protect) else "public/informed"
            need = (who for kind in plan.facts if kind.key == made for who in kind.need_to_know)
            return (county.people, *need)
        case _:
            return ()
