"""Transfer between hospitals: ambulances take patients from a full or dark hospital to one that has a free bay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.actors.departments.unit import Unit
from sim.county.casualties import Patient
from sim.county.hospitals import Stage
from sim.engine import Process
from sim.spec.orders import Send, TaskKind

if TYPE_CHECKING:
    from sim.actors.departments.health import Health


def transfer(health: Health, unit: Unit, order: Send, ident: str, cause: int) -> Process:
    """Process: take patients away run after run, until nobody needs it or no other hospital has room.

    Returns:
        Number of the event that ends the work, or None if the crew is hurt.
    """
    last, run = cause, 0
    while True:
        there = yield from unit.go(order.at, ident, last, avoid_danger=order.avoid_danger, wait_outside=False)
        if there is None:
            return None
        unit.look(ident, there)
        run += 1
        last = yield from _one_run(health, unit, order, ident, run, there)
        if last is None or last == there:
            return last


def _one_run(health: Health, unit: Unit, order: Send, ident: str, run: int, there: int) -> Process:
    """Process: load, drive, hand over; returns the hand-over, ``there`` if there is nothing to do, None if hurt."""
    world, hospitals = health.world, health.scene.county.hospitals
    into = hospitals.room_elsewhere(order.at, health.scene.county.roads, siren=unit.crew.siren)
    taken = _whom(health, order.at)[: unit.crew.seats]
    if into is None or not taken:
        return there
    also = (*(patient.seq for patient in taken), *hospitals.dark.values())
    working = world.log.emit("task.working", health.id, ident, there, also, unit=unit.id)
    waiting = hospitals.at(order.at)
    for patient in taken:
        if patient in waiting:
            hospitals.release(patient, order.at, working)
        health.scene.county.casualties.load(patient, unit.id, health.id, working)
    yield world.clock.wait(unit.work_s(TaskKind.TREAT, ident, str(run)))
    arrived = yield from unit.go(into, ident, working, avoid_danger=order.avoid_danger, wait_outside=False)
    if arrived is None:
        health.abandon(unit, taken, working)
        return None
    return (yield from health.hand_over(unit, taken, into, ident, run, arrived))


def _whom(health: Health, hospital: str) -> list[Patient]:
    """Return who needs another hospital: those before the door, and where there is no power also those inside."""
    hospitals = health.scene.county.hospitals
    waiting = hospitals.at(hospital, Stage.AT_DOOR)
    if hospital not in hospitals.dark:
        return waiting
    lying = health.scene.county.casualties.within(hospital).here()
    return [*waiting, *lying, *hospitals.at(hospital, Stage.IN_BAY)]
