"""Checks of a scenario file."""

from __future__ import annotations

from typing import Any

from sim.spec.checks.names import Found, Names, member, twice
from sim.spec.load import Exercise
from sim.spec.scenario import Inject, Scenario


def find_in_scenario(exercise: Exercise, names: Names) -> Found:
    """Find what is wrong in the scenario."""
    scenario = exercise.scenario
    for path in ("injects", "pause_points", "objectives"):
        yield from twice(getattr(scenario, path), path)
    yield from member(scenario.hazard.site, names.places, ("hazard", "site"))
    yield from member(scenario.population.assembly, names.places, ("population", "assembly"))
    milestones = [milestone.id for milestone in exercise.rubric.milestones]
    for index, objective in enumerate(scenario.objectives):
        for number, milestone in enumerate(objective.milestones):
            yield from member(milestone, milestones, ("objectives", index, "milestones", number))
    for index, inject in enumerate(scenario.injects):
        yield from _inject(inject, names, milestones, ("injects", index))
    yield from _circle(scenario)
    for index, outage in enumerate(scenario.outages):
        yield from member(outage.channel, names.channels, ("outages", index, "channel"))
        yield from member(outage.lifeline, names.lifelines, ("outages", index, "lifeline"))
    for index, point in enumerate(scenario.pause_points):
        yield from _pause_point(point, names, ("pause_points", index))
    data = scenario.model_dump(by_alias=True, mode="json", exclude_none=True)
    for part in ("injects", "pause_points", "truths"):
        yield from names.facts(data[part], (part,))


def _inject(inject: Inject, names: Names, milestones: list[str], at: tuple[str | int, ...]) -> Found:
    duration = names.exercise.scenario.duration
    yield from member(inject.sender, names.organizations, (*at, "from"))
    yield from member(inject.channel, names.channels, (*at, "channel"))
    yield from member(inject.objective, names.objectives, (*at, "objective"))
    yield from member(inject.missing, milestones, (*at, "missing"))
    for field in ("to", "responsible", "support"):
        for number, role in enumerate(getattr(inject, field)):
            yield from member(role, names.organizations, (*at, field, number))
    others = [other.id for other in names.exercise.scenario.injects if other.id != inject.id]
    yield from member(inject.after, others, (*at, "after"))
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
    yield from member(point.seat, names.seats, (*at, "seat"))
    options = [option.id for option in point.options]
    if (point.at is None) == (not point.when):
        yield at, "needs either a time or a condition", "one of at, when"
    for number, objective in enumerate(point.objectives):
        yield from member(objective, names.objectives, (*at, "objectives", number))
    for number, choice in enumerate(point.by_plan):
        yield from member(choice.choose, options, (*at, "by_plan", number, "choose"))
    for number, task in enumerate(point.decides):
        yield from member(task, names.tasks, (*at, "decides", number))
    for number, option in enumerate(point.options):
        if option.id in options[:number]:
            yield (*at, "options", number, "id"), f"the option {option.id!r} stands twice", "each id once"
        yield from names.orders(option.orders, (*at, "options", number, "orders"))
