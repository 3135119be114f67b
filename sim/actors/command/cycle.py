"""The situation cycle: while the response lasts, the command post gathers reports and passes the situation on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.actors.departments.department import Department
from sim.engine import Process

if TYPE_CHECKING:
    from sim.actors.organization import Organization


def keep_cycle(command: Organization, cause: int) -> Process:
    """Process: in each round ask every department for what all should know, and order what is known by then.

    Nothing is done while ``command.cycle`` is 0, nor where messages take no time.

    Args:
        command: The command post.
        cause: Number of the event since which the response is active.
    """
    world, scene = command.world, command.scene
    period_s = round(world.parameters["command.cycle"] * 60)
    if not period_s or scene.policy.instant:
        return
    shared = tuple(kind.key for kind in world.exercise.plan.facts if kind.shared and not kind.key.startswith("place/"))
    number = 0
    while scene.commanding.ended is None:
        yield world.clock.wait(period_s)
        number += 1
        name = f"{command.id}/situation/{number}"
        seq = world.log.emit("situation.gathered", command.id, "situation", cause, scene.commanding.looked_at)
        for one in scene.organizations.values():
            if isinstance(one, Department):
                command.send(one.id, "request", f"{name}/report", seq, asks=shared)
                command.send(one.id, "order", name, seq, facts=shared)
