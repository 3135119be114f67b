"""Worlds for tests: the bundled exercise, cut short or changed, and whole records, each made once."""

from dataclasses import replace
from functools import cache

from sim.engine import World
from sim.play.session import Session
from sim.rng import Distribution, Luck, Shape
from sim.spec.load import load
from sim.spec.parameters import parse_overrides

HOUR = 3600


@cache
def whole_exercise():
    return load("chlorine-leak")


@cache
def record_of(policy, seed=3):
    return Session(whole_exercise(), seed=seed, policy=policy).finish()


def changed(county=None, hazard=None, population=None, **scenario):
    """Return the exercise with some values of its scenario, hazard, people or county replaced."""
    base = whole_exercise()
    if hazard:
        scenario["hazard"] = base.scenario.hazard.model_copy(update=hazard)
    if population:
        scenario["population"] = base.scenario.population.model_copy(update=population)
    return replace(
        base,
        scenario=base.scenario.model_copy(update=scenario),
        county=base.county.model_copy(update=county or {}),
    )


def world_of(exercise=None, seed=0, **overrides):
    named = {name.replace("__", "."): value for name, value in overrides.items()}
    return World(exercise or whole_exercise(), parse_overrides(named), Luck(seed))


def run(world, until_s):
    """Let everything up to a time happen, that moment included."""
    world.clock.at(until_s - world.clock.now, lambda: None)
    while world.clock.next_at() <= until_s:
        world.clock.step()


def fixed(seconds):
    return Distribution(Shape.FIXED, float(seconds))


def of_kind(world_or_record, *kinds):
    events = world_or_record.log.events if hasattr(world_or_record, "log") else world_or_record.events
    return [event for event in events if event.kind in kinds]
