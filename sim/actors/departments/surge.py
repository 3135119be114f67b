"""Hospital surge: a hospital calls its staff in and opens more treatment bays and beds, step after step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine import Process
from sim.spec.base import Text
from sim.spec.hospitals import Surge, SurgeStep
from sim.spec.orders import OpenBeds

if TYPE_CHECKING:
    from sim.actors.organization import Organization
    from sim.actors.scene import Scene


class Opened:
    """How far a hospital has gone in opening more bays and beds.

    Attributes:
        steps: How many steps were begun.
        busy: How many of those called in are kept busy by them.
        here_s: When those called in are there; None before they are called.
        free_s: When the last step that was begun is done; steps are opened one after another.
    """

    def __init__(self) -> None:
        self.steps = 0
        self.busy = 0
        self.here_s: int | None = None
        self.free_s = 0


def open_beds(organization: Organization, order: OpenBeds, name: str, cause: int) -> Process:
    """Process: tell the hospital, and let it open the steps that are ordered, as far as staff and power allow."""
    scene, world = organization.scene, organization.world
    surge = next(one for one in world.exercise.county.surges if one.hospital == order.at)
    cause = yield from _tell(organization, order, name, cause)
    opened = scene.opened.setdefault(order.at, Opened())
    for _ in range(order.steps):
        reason = _refusal(scene, surge, opened)
        if reason:
            world.log.emit("hospital.surge_refused", organization.id, order.at, cause, reason=reason)
            return
        step = surge.steps[opened.steps]
        opened.steps += 1
        opened.busy += step.staff
        yield from _open(organization, surge, opened, step, cause)


def _tell(organization: Organization, order: OpenBeds, name: str, cause: int) -> Process:
    """Process: send the order to the duty desk of the hospital, where there is one; returns when it is read."""
    desks = [one.id for one in organization.world.exercise.county.organizations if one.at == order.at]
    if not desks or desks[0] == organization.id:
        return cause
    text = Text(zh="请扩充床位", en="Open more bays and beds").marked().model_dump()
    read = organization.scene.await_reading(organization, desks[0], "order", name, cause, text=text)
    return (yield read)


def _refusal(scene: Scene, surge: Surge, opened: Opened) -> str:
    """Return why the next step cannot be opened; empty if it can."""
    if surge.hospital in scene.county.hospitals.dark:
        return "dark"
    if opened.steps >= len(surge.steps):
        return "no_step_left"
    staff = round(surge.staff * scene.world.parameters["hospital.surge_staff"])
    return "no_staff_left" if opened.busy + surge.steps[opened.steps].staff > staff else ""


def _open(organization: Organization, surge: Surge, opened: Opened, step: SurgeStep, cause: int) -> Process:
    """Process: wait for the staff and for the steps before, and open a step."""
    world, hospital, number = organization.world, surge.hospital, opened.steps
    if opened.here_s is None:
        opened.here_s = world.clock.now + world.luck.seconds(surge.call_in, "call in", hospital)
    takes = step.takes.scaled(world.parameters["hospital.surge_time"])
    begins_s = max(world.clock.now, opened.here_s, opened.free_s)
    ready_s = opened.free_s = begins_s + world.luck.seconds(takes, "surge", hospital, str(number))
    begun = world.log.emit(
        "hospital.surge_begun", organization.id, hospital, cause, step=number, staff=step.staff, ready_s=ready_s
    )
    yield world.clock.wait(ready_s - world.clock.now)
    organization.scene.county.hospitals.open(hospital, step.bays, step.beds, number, organization.id, begun)
