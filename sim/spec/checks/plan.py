"""Checks of plan and rubric."""

from __future__ import annotations

from collections.abc import Sequence

from sim.spec.checks.names import Found, Names, member, twice
from sim.spec.load import Exercise
from sim.spec.plan import ANY_KIND, NOBODY, SITE, Plan, RuleTable
from sim.spec.rubric import SCORED_APART, Rubric


def find_in_plan(exercise: Exercise, names: Names) -> Found:
    """Find what is wrong in the plan."""
    plan = exercise.plan
    yield from twice(plan.tasks, "tasks")
    yield from strangers(plan, names.organizations, exercise.rules)
    for index, task in enumerate(plan.tasks):
        for number, place in enumerate(task.places):
            yield from member(place, [*names.places, SITE], ("tasks", index, "places", number))
        yield from names.orders(task.orders, ("tasks", index, "orders"))
    items = [item.id for item in exercise.county.items]
    for index, need in enumerate(plan.needs):
        yield from member(need.item, items, ("needs", index, "item"))
        for number, kind in enumerate(need.units):
            yield from member(kind, names.unit_kinds, ("needs", index, "units", number))
    if plan.shelter is not None:
        yield from member(plan.shelter.item, items, ("shelter", "item"))
    data = plan.model_dump(by_alias=True, mode="json", exclude_none=True)
    yield from names.facts(data["tasks"], ("tasks",))
    milestones = [milestone.id for milestone in exercise.rubric.milestones]
    for milestone in plan.limits:
        yield from member(milestone, milestones, ("limits", milestone))
    if plan.kind not in (ANY_KIND, exercise.scenario.hazard.kind):
        yield (
            ("kind",),
            f"the plan is for {plan.kind!r}, the scenario brings another kind",
            exercise.scenario.hazard.kind,
        )


def strangers(plan: Plan, organizations: Sequence[str], rules: RuleTable) -> Found:
    """Find owners, helpers, addressees, earlier tasks and functions in a plan that do not exist."""
    tasks, functions = [task.id for task in plan.tasks], [function.id for function in rules.functions]
    for index, fact in enumerate(plan.facts):
        for field in ("need_to_know", "seen_by"):
            for number, role in enumerate(getattr(fact, field)):
                yield from member(role, list(organizations), ("facts", index, field, number))
    for index, task in enumerate(plan.tasks):
        yield from member(task.owner, [*organizations, NOBODY], ("tasks", index, "owner"))
        known = {"helps": list(organizations), "told": list(organizations), "after": tasks}
        known |= {"covers": functions} if functions else {}
        for field, allowed in known.items():
            for number, name in enumerate(getattr(task, field)):
                yield from member(name, allowed, ("tasks", index, field, number))
        if _comes_after_itself(plan, task.id):
            yield ("tasks", index, "after"), "comes after itself, by way of others", "an order without a circle"
    for function in plan.leaves_out if functions else ():
        yield from member(function, functions, ("leaves_out", function))


def _comes_after_itself(plan: Plan, start: str) -> bool:
    before = {task.id: task.after for task in plan.tasks}
    passed: dict[str, None] = {}
    ahead = list(before[start])
    while ahead:
        at = ahead.pop()
        if at not in passed:
            passed[at] = None
            ahead.extend(before.get(at, ()))
    return start in passed


def find_in_rubric(exercise: Exercise) -> Found:
    """Find what is wrong in the rubric."""
    rubric = exercise.rubric
    yield from twice(rubric.dimensions, "dimensions")
    yield from twice(rubric.milestones, "milestones")
    dimensions = [dimension.id for dimension in rubric.dimensions]
    for needed in SCORED_APART:
        if needed not in dimensions:
            yield ("dimensions",), f"there is no dimension {needed!r}", ", ".join(SCORED_APART)
    milestones = [milestone.id for milestone in rubric.milestones]
    rules = [rule.id for rule in exercise.rules.rules]
    for index, milestone in enumerate(rubric.milestones):
        yield from member(milestone.dimension, dimensions, ("milestones", index, "dimension"))
        yield from member(milestone.since, milestones, ("milestones", index, "since"))
        yield from member(milestone.rule, rules, ("milestones", index, "rule"))
        if milestone.since in milestones and _leads_back(rubric, milestone.id):
            yield ("milestones", index, "since"), "runs from itself, by way of others", "milestones without a circle"
        if (milestone.within is None) == (milestone.rule is None):
            yield ("milestones", index), "needs either a limit or a rule", "one of within, rule"
    yield from twice(rubric.competencies, "competencies")
    for index, competency in enumerate(rubric.competencies):
        for number, name in enumerate(competency.milestones):
            yield from member(name, milestones, ("competencies", index, "milestones", number))
    types = [weight.type for weight in rubric.gaps.weights]
    for number, kind in enumerate(types):
        if kind in types[:number]:
            yield ("gaps", "weights", number, "type"), f"{kind!r} stands twice", "each type once"
    if not any(weight.owed for weight in rubric.gaps.weights):
        yield ("gaps", "weights"), "nothing that is owed counts", "at least one type with owed above 0"


def _leads_back(rubric: Rubric, start: str) -> bool:
    since = {milestone.id: milestone.since for milestone in rubric.milestones}
    passed: dict[str, None] = {}
    at = since[start]
    while at is not None and at not in passed:
        passed[at] = None
        at = since.get(at)
    return start in passed
