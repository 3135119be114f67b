"""How gaps of each type are closed, what that means in words, and what nothing that comes in time could close.

What somebody did and should not have done (spoke past the chain, contradicted another, went in unprotected) is not
met by anything that could come in time; such gaps have no price, and say why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from sim.play.closing.base import Closer, Due, Gap, Rule
from sim.play.closing.telling import (
    missed_notification,
    no_fallback,
    notice,
    open_loop,
    orphan_task,
    stale_fact,
    unacknowledged,
)
from sim.play.closing.working import (
    NEXT,
    WAITS,
    approval,
    command_gap,
    no_expert,
    resource_mismatch,
    waiting_on_other,
    wrong_level,
)
from sim.play.session import Session
from sim.record.events import Event
from sim.record.folder import RunRecord
from sim.spec.base import Text
from sim.spec.load import Exercise
from sim.spec.plan import NOBODY


class Closing(NamedTuple):
    """How gaps of a type are closed: the rule, and what it means in words."""

    rule: Rule
    means: Text


CLOSINGS: MappingProxyType[str, Closing] = MappingProxyType(
    {
        name: Closing(rule, Text(zh=zh, en=en))
        for name, rule, zh, en in (
            ("unacknowledged", unacknowledged, "到签收时限即阅知并签收", "read and acknowledged at its limit"),
            ("open_loop", open_loop, "到答复时限询问方即得到答复", "the answer is there at its limit"),
            ("no_fallback", no_fallback, "到切换时限信息即送达", "the message gets through at its limit"),
            ("notice", notice, "到通报时限即获知", "it is known there at the limit of the rule"),
            ("approval", approval, "到审批时限即获批准", "the word is there at its limit"),
            ("stale_fact", stale_fact, "到知情时限即掌握真实情况", "the truth is known at the limit of the plan"),
            (
                "missed_notification",
                missed_notification,
                "到时限群众即听到避险要求",
                "people hear what to do in time",
            ),
            ("orphan_task", orphan_task, "到时限责任单位知情并承担", "its owner knows of it and takes it up in time"),
            ("waiting_on_other", waiting_on_other, "到时限所等待的已到位", "what is waited for is there at the limit"),
            ("command_gap", command_gap, "到时限指挥部接手指挥", "the command post leads at the limit"),
            ("wrong_level", wrong_level, "到时限上级接手指挥", "the level above leads at the limit"),
            ("resource_mismatch", resource_mismatch, "到时限保障物资即申请", "what they need is ordered at the limit"),
            ("no_expert", no_expert, "出动时已听取专家意见", "an expert was heard before the work"),
        )
    }
)
"""How gaps are closed, by type."""
ASSIGNED = "task.assigned"
"""Kind of event before which an expert must have been heard."""
BY_ACT = (
    "duplicate_task",
    "conflicting_orders",
    "no_mandate",
    "inconsistent_figures",
    "release_outside_chain",
    "unprotected_entry",
)
"""Types of gap that come from what somebody did."""
DONE = Text(zh="已做而不应做的事，没有可以及时补上的动作", en="something that was done and should not have been")
NO_OWNER = Text(zh="预案没有指定责任单位", en="the plan names no owner")
NO_SEAT = Text(zh="责任单位没有席位承担", en="its owner has no seat that could take it up")
NOT_BETWEEN = Text(zh="所等待的不取决于其他单位", en="what it waits for is not up to anybody else")
TICKET = Text(zh="只是值班记录的一步，无人据此行动", en="a step of the ticket only, on which nobody acts")
UNKNOWN = Text(zh="没有与该类缺口相应的补救动作", en="there is no rule that closes gaps of this type")


def wanted(row: Mapping[str, Any], record: RunRecord) -> Gap | Text:
    """Return what is needed to close a gap, or why nothing that comes in time could close it.

    Args:
        row: The gap as ``score.json`` has it.
        record: The run that has it.
    """
    gap = Gap(row["id"], row["type"], row["start_s"], row["start_s"] - row["opened_s"])
    if gap.type in BY_ACT:
        return DONE
    if gap.type not in CLOSINGS:
        return UNKNOWN
    judged = any(event.kind == "grade.judged" and event.subject == gap.about for event in record.events)
    if gap.type == "wrong_level" and not judged:
        return DONE
    if gap.type == "open_loop" and ">" not in gap.about:
        return TICKET
    if gap.type == "missed_notification" and "/" in gap.about:
        return gap._replace(type="notice") if gap.about.endswith("/1") else UNKNOWN
    if gap.type == "waiting_on_other" and gap.about.endswith("/approval"):
        return gap._replace(type="approval")
    if gap.type == "orphan_task":
        return _with_owner(gap, record.exercise)
    if gap.type == "no_expert":
        assigned = [event.at_s for event in record.events if event.kind == ASSIGNED and event.subject == gap.about]
        return gap._replace(from_s=min([gap.from_s, *assigned]))
    return _wait(gap, record.events) if gap.type == "waiting_on_other" else gap


def _with_owner(gap: Gap, exercise: Exercise) -> Gap | Text:
    owner = next(task.owner for task in exercise.plan_tasks if task.id == gap.about)
    if owner == NOBODY:
        return NO_OWNER
    return gap if any(one.id == owner and one.seat for one in exercise.county.organizations) else NO_SEAT


def _wait(gap: Gap, events: Sequence[Event]) -> Gap | Text:
    """Return a wait by its number, if it is one that can be ended."""
    ident, _, at_s = gap.about.rpartition("/")
    begun = [event for event in events if event.subject == ident and event.kind in (*NEXT, "task.waiting")]
    waits = [
        event
        for before, event in zip([None, *begun], begun, strict=False)
        if event.kind == "task.waiting" and (before is None or before.kind != "task.waiting")
    ]
    number = next(number for number, event in enumerate(waits, 1) if event.at_s == int(at_s))
    return gap._replace(number=number) if waits[number - 1].data["what"] in WAITS else NOT_BETWEEN


def install(session: Session, gaps: Sequence[Gap], due: Due) -> None:
    """Let a session that has not begun be watched for gaps that shall be closed.

    Args:
        session: The session.
        gaps: The gaps.
        due: Asked when one of them is due, whether to close it.
    """
    closer = Closer(session.world, session.scene, due)
    for gap in gaps:
        CLOSINGS[gap.type].rule(closer, gap)
