"""Troops and armed police: asked through the military office, or directly in urgent danger; under their own command.

Source: regulations on the army in disaster relief (State Council and Central Military Commission order 436 of 2005),
articles 4 to 7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.actors.organization import Organization
from sim.engine import Process

if TYPE_CHECKING:
    from sim.actors.helpers.request import Request


def urgent(organization: Organization) -> tuple[int, ...]:
    """Return the events by which somebody knows that people are in danger now; none if he knows of nobody."""
    held, learned = organization.picture.held, organization.learned
    return tuple(
        learned[key]
        for key, one in held.items()
        if key in learned and key.endswith(("/danger", "/trapped", "/hurt")) and one.value not in (False, 0)
    )


def goes_direct(request: Request) -> tuple[bool, tuple[int, ...]]:
    """Return whether a direct request is granted as one, and the events by which the danger is urgent."""
    allowed = request.scene.world.parameters["military.direct_request"] == 0
    why = urgent(request.organization)
    return request.order.direct and allowed and bool(why), why


def answer(request: Request, read: int) -> Process:
    """Process: let the chain of command order the force out; after a direct request it acts and reports up."""
    scene, helper, world = request.scene, request.force.helper, request.scene.world
    direct, why = goes_direct(request)
    if helper.through is None or scene.policy.instant:
        return read
    desk = scene.organizations[helper.desk]
    if direct:
        desk.send(helper.through, "report", f"{request.name}/reports-up", read)
        request.also += why
        return read
    if request.order.direct:  # it went to the force itself, which must not act on it
        referred = world.log.emit("aid.referred", helper.desk, request.name, read, helper=helper.id, to=helper.through)
        read = yield from request.say(desk, helper.through, "referred", referred)
    office = scene.organizations[helper.through]
    cause = yield from office.attend(office.thinking_s("aid", request.name), f"{request.name}/chain", read)
    if helper.chain is not None:
        yield world.clock.wait(world.luck.seconds(helper.chain, "chain of command", helper.id))
    return (yield from request.say(office, helper.desk, "ordered", cause))
