"""Experts: they are called at their desk, need time, and judge what the plan leaves to them, at times wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.comms.message import Message, Stated
from sim.engine import Process
from sim.spec.base import FactValue, Text
from sim.spec.experts import Expert
from sim.spec.orders import CallExpert, TaskKind
from sim.spec.plan import FactKind

if TYPE_CHECKING:
    from sim.actors.organization import Organization

ENOUGH = 4
"""How many facts that are so an expert must be told to judge as well as he can. A guess."""
KNOWING_NOTHING = 0.5
"""Share of an expert's skill that is left if he is told nothing. A guess."""


def call_expert(organization: Organization, order: CallExpert, name: str, cause: int) -> Process:
    """Process: call an expert of a field and tell him what is known; he answers what he judges, and how surely."""
    scene, world = organization.scene, organization.world
    experts = [one for one in world.exercise.county.experts if one.field == order.field]
    if not experts:
        world.log.emit("expert.missing", organization.id, order.field, cause)
        return
    expert = experts[0]
    called = world.log.emit("expert.called", organization.id, expert.id, cause, field=order.field)
    told = organization.held(order.facts)
    if expert.organization == organization.id:
        read = called
    else:
        text = Text(zh="请专家研判", en="An expert's judgement is asked for").marked().model_dump()
        ident = scene.exchange.unique(f"{name}>{expert.organization}")
        awaited = scene.requests[ident] = world.clock.occurrence()
        also = tuple(organization.learned[fact.fact] for fact in told if fact.fact in organization.learned)
        scene.exchange.send(
            Message(ident, organization.id, expert.organization, "request", told, text=text), called, also
        )
        read = yield awaited
    factor = world.parameters["experts.callout_factor"]
    yield world.clock.wait(world.luck.seconds(expert.call_out.scaled(factor), "call out", expert.id, name))
    _answer(organization, scene.organizations[expert.organization], expert, name, told, read)


def _answer(
    caller: Organization, desk: Organization, expert: Expert, name: str, told: tuple[Stated, ...], cause: int
) -> None:
    """Judge, and send what was judged from the expert's desk to the caller."""
    world = caller.world
    share, looked_at = _share_told(desk, told)
    chance = expert.skill * (KNOWING_NOTHING + (1 - KNOWING_NOTHING) * share)
    for kind in world.exercise.plan.facts:
        if kind.expert != expert.field:
            continue
        true = world.truth.value(kind.key)
        if true is None:
            continue
        right = world.luck.chance(chance, "expert", expert.id, name, kind.key)
        value = true if right else _other(kind, true, world.luck.uniform("expert errs", expert.id, name, kind.key))
        since = world.truth.seq(kind.key)
        seq = world.log.emit(
            "expert.advised",
            desk.id,
            expert.id,
            cause,
            (*looked_at, *(() if since is None else (since,))),
            field=expert.field,
            fact=kind.key,
            value=value,
            confidence_pct=round(100 * chance),
            right=value == true,
        )
        stated = Stated(kind.key, value, world.clock.now, expert.id, False)
        desk.learn(stated, seq, "expert")
        if desk.id != caller.id:
            ident = desk.scene.exchange.unique(f"{name}/advice>{caller.id}")
            desk.scene.exchange.send(Message(ident, desk.id, caller.id, "reply", (stated,)), seq)


def _share_told(desk: Organization, told: tuple[Stated, ...]) -> tuple[float, tuple[int, ...]]:
    """Return the share of what an expert needs that he was told as it is, and by which events it is so."""
    truth = desk.world.truth
    right = sum(truth.value(fact.fact) == fact.value for fact in told)
    seqs = (truth.seq(fact.fact) for fact in told)
    return min(1.0, right / ENOUGH), tuple(seq for seq in seqs if seq is not None)


def _other(kind: FactKind, true: FactValue, luck: float) -> FactValue:
    """Return a wrong value of a fact."""
    others = [value for value in kind.values if value != true]
    return others[int(luck * len(others))] if others else true


def slower_without(organization: Organization, task: TaskKind) -> tuple[float, dict[str, str], tuple[int, ...]]:
    """Return how much longer a job takes without an expert's word, what the record says of it, and the word's event.

    Args:
        organization: Who does the job.
        task: What is done.
    """
    field = organization.world.exercise.plan.work.experts.get(task)
    if field is None:
        return 1.0, {}, ()
    if field in organization.counsel:
        return 1.0, {"expert": field}, (organization.counsel[field],)
    return organization.world.parameters["experts.without"], {"expert": "none"}, ()
