"""Checks of a scenario file."""

from __future__ import annotations

from typing import Any

from sim.errors import BadInput
from sim.spec.cascade import Block, CutLifeline, Damage, Effect, StartHazard
from sim.spec.checks.flood import find_in_flood
from sim.spec.checks.names import Found, Names, member, twice
from sim.spec.checks.rumor import find_in_panic, find_in_rumor
from sim.spec.hazards import Flood, HazardSpec
from sim.spec.hazards.mine import MineAccident
from sim.spec.load import Exercise
from sim.spec.parameters import parse_overrides
from sim.spec.scenario import Inject, Scenario


def find_in_scenario(exercise: Exercise, names: Names) -> Found:
    """Find what is wrong in the scenario."""
    scenario = exercise.scenario
    for path in ("injects", "pause_points", "objectives"):
        yield from twice(getattr(scenario, path), path)
    yield from _hazard(scenario.hazard, names, ("hazard",))
    for index, hazard in enumerate(scenario.secondary):
        yield from _hazard(hazard, names, ("secondary", index))
        if hazard.own in [other.own for other in (scenario.hazard, *scenario.secondary[:index])]:
            yield (
                ("secondary", index, "subject"),
                f"two hazards have the subject {hazard.own!r}",
                "each a subject of its own",
            )
    yield from find_in_rumor(scenario, names)
    for index, task in enumerate(scenario.key_measures):
        yield from member(task, names.tasks, ("key_measures", index))
    yield from twice(scenario.difficulties, "difficulties")
    for index, difficulty in enumerate(scenario.difficulties):
        try:
            parse_overrides(difficulty.parameters)
        except BadInput as error:
            for problem in error.problems:
                at = ("difficulties", index, "parameters", problem.path)
                yield at, problem.what, problem.allowed
    yield from twice(scenario.cascade, "cascade")
    for index, link in enumerate(scenario.cascade):
        yield from _effect(link.effect, scenario, names, ("cascade", index, "effect"))
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
    for part in ("injects", "pause_points", "truths", "cascade"):
        yield from names.facts(data[part], (part,))


def _hazard(hazard: HazardSpec, names: Names, at: tuple[str | int, ...]) -> Found:
    yield from member(hazard.site, names.places, (*at, "site"))
    yield from member(hazard.owner, names.organizations, (*at, "owner"))
    yield from find_in_panic(hazard, names, at)
    if isinstance(hazard, Flood):
        yield from find_in_flood(hazard, names, at)
    if isinstance(hazard, MineAccident) and hazard.alarm is not None:
        teams = [one.id for one in names.exercise.county.helpers if one.kind == "mine_rescue"]
        yield from member(hazard.alarm.helper, teams, (*at, "alarm", "helper"))
        if hazard.owner is None:
            yield (*at, "alarm"), "nobody calls a team where the mine has no owner", "an owner"


def _effect(effect: Effect, scenario: Scenario, names: Names, at: tuple[str | int, ...]) -> Found:
    roads = {frozenset(road.ends): None for road in names.exercise.county.roads}
    bays = [place.id for place in names.exercise.county.places if place.bays]
    match effect:
        case StartHazard():
            yield from member(effect.hazard, [one.own for one in scenario.secondary], (*at, "hazard"))
        case CutLifeline():
            yield from member(effect.lifeline, names.lifelines, (*at, "lifeline"))
        case Block():
            yield from member(effect.place, names.places, (*at, "place"))
            if effect.road is not None and frozenset(effect.road) not in roads:
                yield (
                    (*at, "road"),
                    f"no road leads from {effect.road[0]!r} to {effect.road[1]!r}",
                    "two places with a road",
                )
        case Damage():
            yield from member(effect.hospital, bays, (*at, "hospital"))


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
    for rule in ("by_plan", "by_expert"):
        for number, choice in enumerate(getattr(point, rule)):
            yield from member(choice.choose, options, (*at, rule, number, "choose"))
    for number, task in enumerate(point.decides):
        yield from member(task, names.tasks, (*at, "decides", number))
    for number, option in enumerate(point.options):
        if option.id in options[:number]:
            yield (*at, "options", number, "id"), f"the option {option.id!r} stands twice", "each id once"
        yield from names.orders(option.orders, (*at, "options", number, "orders"))
