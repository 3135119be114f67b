"""Conduct: departments that wait for the response to be activated, and departments that say a task is not their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.actors.departments.department import Department
from sim.actors.desks.approvals import ask_word
from sim.engine import Occurrence, Process
from sim.spec.command import FIRST_RESPONSE
from sim.spec.orders import Order, Send

if TYPE_CHECKING:
    from sim.actors.organization import Organization

LEVEL = "response/level"


def needs_mandate(orders: Sequence[Order]) -> bool:
    """Return whether orders spend what departments share, beyond the first response."""
    return any(isinstance(order, Send) and order.task not in FIRST_RESPONSE for order in orders)


def before_acting(
    organization: Organization, ident: str, task: str, orders: Sequence[Order], cause: int | None
) -> Process:
    """Process: what keeps a department from taking up a task of the plan at once.

    It may say that the task is not its own, until the command post has said that it is; and it may have to wait for the
    response to be activated.

    Returns:
        Number of the event after which it acts; ``cause`` if nothing keeps it.
    """
    world = organization.world
    if not isinstance(organization, Department) or not any(isinstance(order, Send) for order in orders):
        return cause
    if world.luck.chance(world.parameters["conduct.shirking"], "shirks", ident):
        disputed = world.log.emit("task.disputed", organization.id, ident, cause, task=task)
        cause = yield from ask_word(organization, f"{ident}/own", disputed, "own")
    first = world.parameters["command.mandate_first"] and not organization.scene.policy_of(organization.id).instant
    if first and needs_mandate(orders) and organization.picture.value(LEVEL) is None:
        command = world.exercise.county.desk("command")
        waiting = world.log.emit("task.waiting", organization.id, ident, cause, on=command, what="mandate")
        yield _learns(organization, LEVEL)
        cause = world.log.emit("task.working", organization.id, ident, waiting, (organization.learned[LEVEL],))
    return cause


def _learns(organization: Organization, key: str) -> Occurrence:
    """Return what occurs when an organization learns a fact for the first time."""
    learned = organization.world.clock.occurrence()

    def listen(fact: str) -> None:
        if fact == key and not learned.triggered:
            learned.succeed(organization.learned[key])

    organization.on_learned.append(listen)
    return learned
