"""Checks between the files of an exercise: every name that is used must exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.errors import Problem
from sim.spec.load import Exercise
from sim.spec.plan import PLACE, SITE
from sim.spec.rubric import SCORED_APART, Rubric
from sim.spec.scenario import Inject, Scenario
from sim.spec.yamlread import Document


def check_exercise(exercise: Exercise, documents: dict[str, Document]) -> list[Problem]:
    """Return every reference between the files that leads nowhere, and every id that stands twice."""
    names = Names(exercise)
    problems: list[Problem] = []
    for kind, found in (
        ("county", _county(exercise)),
        ("plan", _plan(exercise, names)),
        ("rules", _rules(exercise, names)),
        ("rubric", _rubric(exercise)),
        ("scenario", _scenario(exercise, names)),
    ):
        for path, what, allowed in found:
            where = documents[kind].where(path)
            problems.append(Problem(where, ".".join(str(part) for part in path), what, allowed))
    return problems


def check_rubric(exercise: Exercise, document: Document) -> list[Problem]:
    """Return what is wrong between a rubric and the other files of an exercise."""
    return [
        Problem(document.where(path), ".".join(str(part) for part in path), what, allowed)
        for path, what, allowed in _rubric(exercise)
    ]


Found = Iterator[tuple[tuple[str | int, ...], str, str]]


class Names:
    """The ids that the files of an exercise define."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        county, plan = exercise.county, exercise.plan
        self.places = [place.id for place in county.places]
        self.organizations = [organization.id for organization in county.organizations]
        self.seats = [organization.id for organization in county.organizations if organization.seat]
        self.channels = [channel.id for channel in county.channels]
        self.able = {(unit.kind, skill): None for unit in county.units for skill in unit.skills}
        self.unit_kinds = list(dict.fromkeys(unit.kind for unit in county.units))
        self.tasks = [task.id for task in plan.tasks]
        self.owners = {task.id: task.owner for task in plan.tasks}
        self.rules = [rule.id for rule in exercise.rules.rules]
        self.objectives = [objective.id for objective in exercise.scenario.objectives]
        self.fact_kinds = {fact.key: fact for fact in plan.facts}

    def facts(self, value: Any, path: tuple[str | int, ...]) -> Found:
        """Find unknown facts and values in any part of a file, given as plain data."""
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.facts(item, (*path, index))
        elif isinstance(value, dict):
            for key, item in value.items():
                if key == "fact" and isinstance(item, str):
                    stand_ins = {"tasks": (PLACE, SITE), "rules": (PLACE,)}.get(str(path[0]) if path else "", ())
                    yield from self._fact(item, value, (*path, key), stand_ins)
                elif key in ("facts", "says", "asks") and item and isinstance(item[0], str):
                    stand_ins = (PLACE, SITE) if path[:1] == ("tasks",) else (PLACE,)  # place/...: of every place
                    for index, name in enumerate(item):
                        yield from self._fact(name, {}, (*path, key, index), stand_ins)
                else:
                    yield from self.facts(item, (*path, key))

    def _fact(self, name: str, row: dict[str, Any], path: tuple[str | int, ...], stand_ins: tuple[str, ...]) -> Found:
        subject, _, attribute = name.partition("/")
        kind = self.fact_kinds.get(name)
        if kind is None and subject in (*self.places, *stand_ins):
            kind = self.fact_kinds.get(f"{PLACE}/{attribute}")
        if kind is None:
            yield path, f"no fact {name!r} in the plan", ", ".join(self.fact_kinds)
            return
        given = row.get("is", row.get("is_not", row.get("value")))
        if given is not None and kind.values and given not in kind.values:
            yield path, f"{name} cannot be {given!r}", ", ".join(str(value) for value in kind.values)

    def orders(self, orders: Any, path: tuple[str | int, ...]) -> Found:
        """Find unknown names in a list of orders."""
        places = [*self.places, *((PLACE, SITE) if path[:1] == ("tasks",) else ())]
        known = {
            "at": places,
            "place": places,
            "units": self.unit_kinds,
            "to": self.organizations,
            "tell": self.organizations,
            "channel": self.channels,
            "rule": self.rules,
        }
        for index, order in enumerate(orders):
            for field, allowed in known.items():
                value = getattr(order, field, None)
                for item in value if isinstance(value, tuple) else (value,):
                    if item is not None and item not in allowed:
                        yield (*path, index, field), f"no {field} {item!r}", ", ".join(allowed)
            if order.do == "send" and not any((kind, order.task) in self.able for kind in order.units):
                fit = ", ".join(sorted(kind for kind, skill in self.able if skill == order.task))
                yield (*path, index, "units"), f"no such unit can {order.task.value}", fit or "a unit with that skill"
            if order.do in ("follow", "direct") and order.task not in self.tasks:
                yield (*path, index, "task"), f"no task {order.task!r} in the plan", ", ".join(self.tasks)
            elif order.do == "direct" and self.owners[order.task] != order.to:
                theirs = [task for task, owner in self.owners.items() if owner == order.to]
                yield (*path, index, "task"), f"{order.task!r} is no task of {order.to!r}", ", ".join(theirs)


def _twice(items: Any, path: str) -> Found:
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item.id in seen:
            yield (path, index, "id"), f"the id {item.id!r} stands twice", "each id once"
        seen.add(item.id)


def _member(value: str | None, allowed: list[str], path: tuple[str | int, ...]) -> Found:
    if value is not None and value not in allowed:
        yield path, f"no {path[-1] if isinstance(path[-1], str) else path[-2]} {value!r}", ", ".join(allowed)


def _county(exercise: Exercise) -> Found:
    county = exercise.county
    names = Names(exercise)
    for path in ("places", "channels", "organizations", "units"):
        yield from _twice(getattr(county, path), path)
    for index, road in enumerate(county.roads):
        for end in (0, 1):
            yield from _member(road.ends[end], names.places, ("roads", index, "ends", end))
    for index, unit in enumerate(county.units):
        yield from _member(unit.base, names.places, ("units", index, "base"))
        yield from _member(unit.department, names.organizations, ("units", index, "department"))
    for index, organization in enumerate(county.organizations):
        for number, channel in enumerate(organization.channels):
            yield from _member(channel, names.channels, ("organizations", index, "channels", number))
    for field in ("superior", "neighbor"):
        yield from _member(getattr(county, field), names.organizations, (field,))
    for kind in ("duty", "command"):
        if sum(one.kind == kind for one in county.organizations) != 1:
            yield ("organizations",), f"there must be one organization of kind {kind!r}", f"kind: {kind}, once"
    if sum(one.public for one in county.organizations) != 1:
        yield ("organizations",), "there must be one organization that is the public", "public: true, once"
    if not any(place.bays for place in county.places):
        yield ("places",), "no hospital has a treatment bay", "bays: 1 or more at one place"
    for index, place in enumerate(county.places):
        if place.bays and place.kind != "hospital":
            yield ("places", index, "bays"), "only a hospital has treatment bays", "kind: hospital"
    reached = _reached(exercise)
    for index, place in enumerate(county.places):
        if place.id not in reached:
            yield ("places", index, "id"), f"no road leads to {place.id!r} from {county.places[0].id!r}", "a road to it"


def _reached(exercise: Exercise) -> dict[str, None]:
    ends: dict[str, list[str]] = {}
    for road in exercise.county.roads:
        ends.setdefault(road.ends[0], []).append(road.ends[1])
        ends.setdefault(road.ends[1], []).append(road.ends[0])
    reached = {exercise.county.places[0].id: None}
    ahead = list(reached)
    while ahead:
        for other in ends.get(ahead.pop(), []):
            if other not in reached:
                reached[other] = None
                ahead.append(other)
    return reached


def _plan(exercise: Exercise, names: Names) -> Found:
    plan = exercise.plan
    yield from _twice(plan.tasks, "tasks")
    for index, fact in enumerate(plan.facts):
        for number, role in enumerate(fact.need_to_know):
            yield from _member(role, names.organizations, ("facts", index, "need_to_know", number))
    for index, task in enumerate(plan.tasks):
        yield from _member(task.owner, names.organizations, ("tasks", index, "owner"))
        for number, place in enumerate(task.places):
            yield from _member(place, [*names.places, SITE], ("tasks", index, "places", number))
        yield from names.orders(task.orders, ("tasks", index, "orders"))
    data = plan.model_dump(by_alias=True, mode="json", exclude_none=True)
    yield from names.facts(data["tasks"], ("tasks",))
    if plan.kind != exercise.scenario.hazard.kind:
        yield (
            ("kind",),
            f"the plan is for {plan.kind!r}, the scenario brings another kind",
            exercise.scenario.hazard.kind,
        )


def _rules(exercise: Exercise, names: Names) -> Found:
    yield from _twice(exercise.rules.rules, "rules")
    for index, rule in enumerate(exercise.rules.rules):
        yield from _member(rule.sender, names.organizations, ("rules", index, "sender"))
        yield from _member(rule.to, names.organizations, ("rules", index, "to"))
    for field in ("activate", "protect", "publish"):
        for number, role in enumerate(getattr(exercise.rules.mandates, field)):
            yield from _member(role, names.organizations, ("mandates", field, number))
    data = exercise.rules.model_dump(by_alias=True, mode="json", exclude_none=True)
    yield from names.facts(data["rules"], ("rules",))


def _rubric(exercise: Exercise) -> Found:
    rubric = exercise.rubric
    yield from _twice(rubric.dimensions, "dimensions")
    yield from _twice(rubric.milestones, "milestones")
    dimensions = [dimension.id for dimension in rubric.dimensions]
    for needed in SCORED_APART:
        if needed not in dimensions:
            yield ("dimensions",), f"there is no dimension {needed!r}", ", ".join(SCORED_APART)
    milestones = [milestone.id for milestone in rubric.milestones]
    rules = [rule.id for rule in exercise.rules.rules]
    tasks = [task.id for task in exercise.plan.tasks]
    for index, milestone in enumerate(rubric.milestones):
        yield from _member(milestone.dimension, dimensions, ("milestones", index, "dimension"))
        yield from _member(milestone.since, milestones, ("milestones", index, "since"))
        yield from _member(milestone.rule, rules, ("milestones", index, "rule"))
        for number, task in enumerate(milestone.tasks):
            yield from _member(task, tasks, ("milestones", index, "tasks", number))
        if milestone.since in milestones and _leads_back(rubric, milestone.id):
            yield ("milestones", index, "since"), "runs from itself, by way of others", "milestones without a circle"
        if (milestone.within is None) == (milestone.rule is None):
            yield ("milestones", index), "needs either a limit or a rule", "one of within, rule"


def _leads_back(rubric: Rubric, start: str) -> bool:
    since = {milestone.id: milestone.since for milestone in rubric.milestones}
    passed: dict[str, None] = {}
    at = since[start]
    while at is not None and at not in passed:
        passed[at] = None
        at = since.get(at)
    return start in passed


def _scenario(exercise: Exercise, names: Names) -> Found:
    scenario = exercise.scenario
    for path in ("injects", "pause_points", "objectives"):
        yield from _twice(getattr(scenario, path), path)
    yield from _member(scenario.hazard.site, names.places, ("hazard", "site"))
    yield from _member(scenario.population.assembly, names.places, ("population", "assembly"))
    milestones = [milestone.id for milestone in exercise.rubric.milestones]
    for index, objective in enumerate(scenario.objectives):
        for number, milestone in enumerate(objective.milestones):
            yield from _member(milestone, milestones, ("objectives", index, "milestones", number))
    for index, inject in enumerate(scenario.injects):
        yield from _inject(inject, names, milestones, ("injects", index))
    yield from _circle(scenario)
    for index, outage in enumerate(scenario.outages):
        yield from _member(outage.channel, names.channels, ("outages", index, "channel"))
    for index, point in enumerate(scenario.pause_points):
        yield from _pause_point(point, names, ("pause_points", index))
    data = scenario.model_dump(by_alias=True, mode="json", exclude_none=True)
    for part in ("injects", "pause_points", "truths"):
        yield from names.facts(data[part], (part,))


def _inject(inject: Inject, names: Names, milestones: list[str], at: tuple[str | int, ...]) -> Found:
    duration = names.exercise.scenario.duration
    yield from _member(inject.sender, names.organizations, (*at, "from"))
    yield from _member(inject.channel, names.channels, (*at, "channel"))
    yield from _member(inject.objective, names.objectives, (*at, "objective"))
    yield from _member(inject.missing, milestones, (*at, "missing"))
    for field in ("to", "responsible", "support"):
        for number, role in enumerate(getattr(inject, field)):
            yield from _member(role, names.organizations, (*at, field, number))
    others = [other.id for other in names.exercise.scenario.injects if other.id != inject.id]
    yield from _member(inject.after, others, (*at, "after"))
    if inject.at is not None and inject.at > duration:
        yield (*at, "at"), "comes after the end of the exercise", f"at most {duration} s"


def _circle(scenario: Scenario) -> Found:
    """Find injects that each wait for the other."""
    after = {inject.id: inject.after for inject in scenario.injects}
    for index, inject in enumerate(scenario.injects):
        at, passed = inject.after, {inject.id: None}
        while at is not None and at not in passed:
            passed[at] = None
            at = after.get(at)
        if at == inject.id:
            yield ("injects", index, "after"), "waits for itself, by way of others", "injects without a circle"


def _pause_point(point: Any, names: Names, at: tuple[str | int, ...]) -> Found:
    yield from _member(point.seat, names.seats, (*at, "seat"))
    options = [option.id for option in point.options]
    if (point.at is None) == (not point.when):
        yield at, "needs either a time or a condition", "one of at, when"
    for number, objective in enumerate(point.objectives):
        yield from _member(objective, names.objectives, (*at, "objectives", number))
    for number, choice in enumerate(point.by_plan):
        yield from _member(choice.choose, options, (*at, "by_plan", number, "choose"))
    for number, task in enumerate(point.decides):
        yield from _member(task, names.tasks, (*at, "decides", number))
    for number, option in enumerate(point.options):
        if option.id in options[:number]:
            yield (*at, "options", number, "id"), f"the option {option.id!r} stands twice", "each id once"
        yield from names.orders(option.orders, (*at, "options", number, "orders"))
