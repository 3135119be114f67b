"""Stamina: how tired those at the desks are at a moment, by their shift and whether they are looked after."""

from __future__ import annotations

from sim.engine import World
from sim.spec.duty_shift import UNFED, hours_on_duty, mistakes, slower


def counted_hours(world: World) -> float:
    """Return the hours on duty that count for the staff at the desks now."""
    exercise, parameters = world.exercise, world.parameters
    hours = hours_on_duty(
        exercise.county.duty_hours, exercise.scenario.starts_at, world.clock.now, parameters["staff.shift"]
    )
    return hours * (UNFED if parameters["staff.meals"] else 1.0)


def thinking_factor(world: World) -> float:
    """Return by what factor the staff at the desks think longer than when they are fresh."""
    return slower(counted_hours(world), world.parameters["staff.fatigue"])


def error_factor(world: World) -> float:
    """Return by what factor the staff at the desks make more mistakes than when they are fresh."""
    return mistakes(counted_hours(world))
