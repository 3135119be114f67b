"""Other governments and their teams: an agreement on file shortens the talks, early word the muster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine import Process
from sim.spec.helpers import Helper

if TYPE_CHECKING:
    from sim.actors.helpers.request import Request
    from sim.actors.scene import Scene

STANDBY = 0.5
"""Share of its muster time that a neighbor still needs who was told of the danger before he was asked. A guess."""
TOLD = "neighbor/told"


def has_agreement(scene: Scene, helper: Helper) -> bool:
    """Return whether an agreement with a force is on file, by the county file or the parameter."""
    return (helper.agreement, False, True)[int(scene.world.parameters["aid.agreement"])]


def standby(scene: Scene, helper: Helper) -> tuple[float, tuple[int, ...]]:
    """Return the share of its muster time that a force needs, and the events by which it was told beforehand."""
    told = scene.world.truth.seq(TOLD)
    if helper.desk != scene.world.exercise.county.neighbor or told is None:
        return 1.0, ()
    return STANDBY, (told,)


def answer(request: Request, read: int) -> Process:
    """Process: look for the agreement; where there is none, agree first on who pays and who commands."""
    scene, helper, world = request.scene, request.force.helper, request.scene.world
    if helper.negotiation is None or has_agreement(scene, helper) or scene.policy.instant:
        return read
    talks = world.log.emit("aid.negotiated", helper.desk, request.name, read, helper=helper.id)
    yield world.clock.wait(world.luck.seconds(helper.negotiation, "aid talks", helper.id))
    return talks
