"""What triggers what in a plan: who can come to know which fact, and in how many steps each task can begin.

Worked out from the plan alone, without places, luck and times: a fact about a place counts as known about all. It is
the best that can happen if everybody does his part, so whatever is out of reach here is a blind spot of the plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sim.spec.base import Clause, facts_of
from sim.spec.command import AID, ENDED, ENVIRONMENT, EXPOSED, FAMILIES, REMAINS, SERVICES
from sim.spec.county import County
from sim.spec.orders import (
    Activate,
    Aftermath,
    Ask,
    AssessImpact,
    Consult,
    Direct,
    EndResponse,
    Grade,
    Order,
    Protect,
    Publish,
    Report,
    Send,
    SendLiaison,
    SetUpPost,
    TaskKind,
    Tell,
)
from sim.spec.plan import PLACE, Plan, PlanTask, RuleTable

SENT_SHOWS = {TaskKind.CORDON: "cordon/closed", TaskKind.CONTAIN: "containment/sent"}
"""What a department knows by its own units once it has sent them to a task."""
WORK_SHOWS = {
    "families": FAMILIES,
    "remains": REMAINS,
    "environment": ENVIRONMENT,
    "psychology": AID,
    "services": SERVICES,
}
"""What somebody knows, and reports to the command post, who has done a work of the aftermath."""
TOLD_WITH_LEVEL = ("response/level", "incident/grade", "incident/exists")


class Way(NamedTuple):
    """How somebody can come to know a fact: after how many tasks, and by which one; an empty one for none."""

    layer: int
    task: str


class Step(NamedTuple):
    """When a task can begin.

    Attributes:
        task: The task.
        layer: How many tasks must come before it; None if it can never begin.
        because: Facts that set it off, each with the task by which its owner knows it; empty for none.
        lacks: Facts of its trigger that its owner can never come to know.
    """

    task: PlanTask
    layer: int | None
    because: tuple[tuple[str, str], ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class Flow:
    """What triggers what.

    Attributes:
        steps: One for each task, in the order of the plan.
        known: Ways in which somebody can come to know a fact, by organization and fact.
    """

    steps: tuple[Step, ...]
    known: dict[tuple[str, str], Way]

    def reaches(self, organization: str, fact: str) -> bool:
        """Return whether an organization can come to know a fact."""
        return (organization, fact) in self.known


def general(plan: Plan, key: str) -> str:
    """Return a fact as the plan lists it: ``place/hurt`` for that of any place."""
    listed = any(kind.key == key for kind in plan.facts)
    return key if listed else f"{PLACE}/{key.partition('/')[2]}"


def flow(plan: Plan, county: County, rules: RuleTable) -> Flow:
    """Work out what triggers what in a plan."""
    known = {(who, kind.key): Way(0, "") for kind in plan.facts for who in kind.seen_by}
    steps: dict[str, tuple[int, tuple[tuple[str, str], ...]]] = {}
    grows = True
    while grows:
        grows = False
        for task in plan.tasks:
            if task.id not in steps and (met := _met(plan, task, known)) is not None:
                steps[task.id] = met
                grows = True
        begun = sorted((task for task in plan.tasks if task.id in steps), key=lambda task: steps[task.id][0])
        for task in begun:
            for who, fact, since in list(_spread(plan, task, known, county, rules)):
                way = Way(max(steps[task.id][0], since) + 1, task.id)
                if (who, fact) not in known or way.layer < known[who, fact].layer:
                    grows = grows or (who, fact) not in known
                    known[who, fact] = way
    return Flow(tuple(_step(plan, task, steps.get(task.id), known) for task in plan.tasks), known)


def _step(
    plan: Plan,
    task: PlanTask,
    met: tuple[int, tuple[tuple[str, str], ...]] | None,
    known: dict[tuple[str, str], Way],
) -> Step:
    layer, because = (None, ()) if met is None else met
    return Step(task, layer, because, _lacks(plan, task, known))


def _met(
    plan: Plan, task: PlanTask, known: dict[tuple[str, str], Way]
) -> tuple[int, tuple[tuple[str, str], ...]] | None:
    """Return the layer in which a task can begin and what sets it off; None if it cannot yet."""
    layer, because = 0, []
    for clause in task.when:
        way = _earliest(plan, clause, task.owner, known)
        if way is None:
            return None
        fact, found = way
        layer = max(layer, found.layer)
        if fact:
            because.append((fact, found.task))
    return layer, tuple(because)


def _earliest(plan: Plan, clause: Clause, owner: str, known: dict[tuple[str, str], Way]) -> tuple[str, Way] | None:
    if clause.any_of:
        found = [way for one in clause.any_of if (way := _earliest(plan, one, owner, known)) is not None]
        return min(found, key=lambda way: way[1].layer) if found else None
    if clause.known is False:
        return "", Way(0, "")
    fact = general(plan, clause.fact or "")
    return (fact, known[owner, fact]) if (owner, fact) in known else None


def _lacks(plan: Plan, task: PlanTask, known: dict[tuple[str, str], Way]) -> tuple[str, ...]:
    unmet = [clause for clause in task.when if _earliest(plan, clause, task.owner, known) is None]
    keys = (general(plan, key) for clause in unmet for key in clause.facts())
    return tuple(dict.fromkeys(key for key in keys if (task.owner, key) not in known))


def _spread(
    plan: Plan, task: PlanTask, known: dict[tuple[str, str], Way], county: County, rules: RuleTable
) -> Iterator[tuple[str, str, int]]:
    """Yield who comes to know what by a task, and the layer in which the one who tells it knew it."""
    for order in task.orders:
        for teller, who, fact in _tells(plan, task.owner, order, county, rules):
            if teller == "":
                yield who, fact, 0
            elif (teller, fact) in known:
                yield who, fact, known[teller, fact].layer


def _tells(plan: Plan, owner: str, order: Order, county: County, rules: RuleTable) -> Iterator[tuple[str, str, str]]:
    """Yield who tells whom which fact by an order; an empty teller for what the order itself makes so."""
    match order:
        case Tell():
            yield from ((owner, to, general(plan, fact)) for to in order.to for fact in order.facts)
        case Ask():
            yield from ((order.to, owner, general(plan, fact)) for fact in order.facts)
        case Report():
            rule = next((row for row in rules.rules if row.id == order.rule), None)
            if rule is not None:
                yield from ((owner, rule.to, general(plan, fact)) for fact in order.facts)
                told = {county.neighbor: "neighbor/told", county.superior: "superior/told"}.get(rule.to)
                if told is not None:
                    yield "", owner, told
        case Grade():
            yield "", owner, "incident/grade"
        case Activate():
            yield "", owner, "response/level"
            yield from ((owner, to, fact) for to in order.tell for fact in TOLD_WITH_LEVEL)
        case SetUpPost():
            yield from (("", to, "post/stands") for to in (owner, *order.joins))
        case Protect():
            yield from (("", to, "place/ordered") for to in (owner, *_need(plan, "place/ordered")))
            yield from ((owner, to, "place/danger") for to in _need(plan, "place/ordered"))
        case Publish():
            yield from (("", to, "public/informed") for to in (owner, *_need(plan, "public/informed")))
            yield from ((owner, county.people, general(plan, fact)) for fact in order.says)
        case Direct():
            directed = [fact for task in plan.tasks if task.id == order.task for fact in facts_of(task.when)]
            yield from ((owner, order.to, general(plan, fact)) for fact in directed)
        case Send() if order.task in SENT_SHOWS:
            yield "", owner, SENT_SHOWS[order.task]
        case Aftermath():
            yield from (("", to, WORK_SHOWS[order.work]) for to in (owner, county.desk("command")))
        case AssessImpact():
            yield "", owner, f"{PLACE}/{EXPOSED}"
        case EndResponse():
            yield from (("", one.id, ENDED) for one in county.organizations if one.seat)
        case Consult() | SendLiaison():
            there = (owner, *((order.to,) if isinstance(order.to, str) else order.to))
            yield from ((one, other, kind.key) for kind in plan.facts for one in there for other in there)
        case _:
            return


def _need(plan: Plan, fact: str) -> tuple[str, ...]:
    return tuple(who for kind in plan.facts if kind.key == fact for who in kind.need_to_know)
