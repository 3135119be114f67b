"""Spot checks of the watch (查岗): the body above the county calls a desk, to see who answers.

Such a call goes the way of any other: it waits for a line, rings at the roster's officer, deputy and leader in turn, is
answered or not, and keeps an officer busy. Whoever has read it names the leader on shift, rightly or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.comms.message import Message
from sim.engine import Process
from sim.spec.base import Text
from sim.spec.controls import DUTY_CHECK, DUTY_MATTER
from sim.spec.scenario import Spoken

if TYPE_CHECKING:
    from sim.actors.organization import Organization
    from sim.actors.scene import Scene

ANSWER = Text(
    zh="【演练】报告值班员、带班领导和当前情况。", en="[EXERCISE] Who is on duty, who leads, and what we know."
)


def check_duty(scene: Scene, to: str | None, name: str, cause: int) -> None:
    """Let the body above the county call a desk.

    Args:
        scene: The run.
        to: Which desk; None for one that luck picks.
        name: What the check is called.
        cause: Number of the event that makes it call.
    """
    county = scene.world.exercise.county
    desks = [one for one in county.organizations if one.seat]
    drawn = desks[int(scene.world.luck.uniform("duty check", name) * len(desks))]
    called = next((one for one in desks if one.id == to), drawn)
    call = {"from": county.superior, "to": (called.id,), "channel": called.channels[0], "kind": "request"}
    spoken = Spoken.model_validate({**call, "text": DUTY_CHECK})
    scene.script.say(spoken, f"{name}/{called.id}", cause, matter=DUTY_MATTER)


def check_by_luck(scene: Scene, number: int, cause: int) -> Process:
    """Process: check a desk at a moment that luck picks, if so many checks are wanted by then."""
    world, name = scene.world, f"spot-check-{number}"
    yield world.clock.wait(int(world.luck.uniform("spot check at", name) * world.horizon_s))
    if number <= world.parameters["duty.spot_checks"]:
        check_duty(scene, None, name, cause)


def answer_check(organization: Organization, message: Message, read: int) -> None:
    """Let whoever took the call of a check say who leads today, and report the watch."""
    world = organization.world
    calls = [event for event in world.log.events[: read + 1] if event.subject == message.id]
    sent = [event for event in calls if event.kind == "message.sent"][-1]
    right = world.luck.chance(world.parameters["duty.list_known"], "names the leader", message.id)
    seq = world.log.emit(
        "duty.answered",
        organization.id,
        message.id,
        read,
        (sent.seq,),
        who=sent.data.get("who", ""),
        attempt=sent.data["attempt"],
        right=right,
    )
    organization.send(message.sender, "reply", f"{message.id}/reply", seq, text=ANSWER.model_dump())
