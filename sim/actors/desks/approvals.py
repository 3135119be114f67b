"""Approvals: whoever lacks the mandate asks the body that has it, and waits for its word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.engine import Process
from sim.spec.base import Text

if TYPE_CHECKING:
    from sim.actors.organization import Organization

APPROVALS = {
    "activate": Text(zh="启动响应", en="activate a response level"),
    "end": Text(zh="终止响应", en="end the response"),
    "protect": Text(zh="组织群众避险", en="order people to shelter or leave"),
    "publish": Text(zh="发布信息", en="publish a statement"),
    "reserved": Text(zh="发布职权外信息", en="publish what another body alone may publish"),
    "requisition": Text(zh="征用物资", en="requisition supplies"),
    "own": Text(zh="明确由谁承担任务", en="say whose task it is"),
}
"""What approval can be asked for, in words."""


def ask_word(
    organization: Organization, name: str, cause: int, what: str, by: str | None = None, facts: Sequence[str] = ()
) -> Process:
    """Process: ask somebody for its word, and wait until it is there.

    Args:
        organization: Who asks.
        name: Id of the order that needs it.
        cause: Number of the event that makes it ask.
        what: What is asked for, one of :data:`APPROVALS`.
        by: Whose word it is; the first body with the mandate by default, or the command post.
        facts: Keys of the facts that are shown with it; the body answers with what it holds of them.

    Returns:
        Number of the event by which the word is there.
    """
    world, scene = organization.world, organization.scene
    bodies = getattr(world.exercise.rules.mandates, what, (world.exercise.county.desk("command"),))
    approver = scene.organizations[by or bodies[0]]
    seq = world.log.emit("order.approval_asked", organization.id, name, cause, by=approver.id)
    if not scene.policy.instant:
        answered = organization.await_word(name)
        asked = Text(zh=f"请示：{APPROVALS[what].zh}", en=f"Approval asked to {APPROVALS[what].en}").marked()
        organization.send(
            approver.id,
            "request",
            f"{name}/approval",
            seq,
            facts=facts,
            approves=name,
            matter=what,
            text=asked.model_dump(),
        )
        seq = yield answered
    return seq
