"""How orders are carried out: one small function for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sim.actors.command.adviser import check
from sim.actors.command.consulting import Consultation
from sim.actors.command.deciding import activate
from sim.actors.command.ending import after_the_hazard, end_response
from sim.actors.command.experts import call_expert
from sim.actors.command.impact import assess
from sim.actors.command.protecting import let_go_home, protect
from sim.actors.departments.surge import open_beds
from sim.actors.desks.approvals import ask_word
from sim.actors.desks.liaison import join_post, send_liaison
from sim.actors.desks.reporting import send_report, withhold
from sim.actors.helpers.key_units import alert
from sim.actors.organization import Organization
from sim.actors.publicity.conference import hold_conference
from sim.actors.publicity.publishing import publish
from sim.engine import Process
from sim.spec.base import Text, facts_of
from sim.spec.help_orders import AlertKeyUnits, Mobilize, RegisterHelpers, RequestAid
from sim.spec.orders import (
    Activate,
    Aftermath,
    Ask,
    AssessImpact,
    CallExpert,
    CheckAdvice,
    Conference,
    Consult,
    Direct,
    EndResponse,
    Grade,
    OpenBeds,
    Order,
    Protect,
    Publish,
    Report,
    ReturnHome,
    Send,
    SendLiaison,
    SetUpPost,
    Supply,
    Tell,
    Withhold,
)

Action = Callable[[int], None]
"""What an order does once it may; called with the number of the event that lets it."""


def carry_out(organization: Organization, order: Order, name: str, cause: int) -> None:
    """Carry out an order of an organization.

    Args:
        organization: Who gives it.
        order: The order.
        name: Id of the order, made from what caused it.
        cause: Number of the event that caused it.
    """
    data = order.model_dump(mode="json", exclude_none=True)
    seq = organization.world.log.emit("order.given", organization.id, name, cause, **data)
    match order:
        case Tell():
            for to in order.to:
                organization.send(to, order.kind, name, seq, facts=order.facts, channel=order.channel)
        case Ask():
            organization.send(order.to, "request", name, seq, asks=order.facts, channel=order.channel)
        case Report():
            send_report(organization, order, name, seq)
        case Withhold():
            withhold(organization, order, name, seq)
        case Send():
            organization.dispatch(order, name, seq)
        case Grade():
            grade = organization.world.log.emit("grade.judged", organization.id, name, seq, grade=order.grade)
            _now_so(organization, "incident/grade", order.grade, grade)
        case Activate():
            _with_mandate(organization, "activate", name, seq, partial(_start, activate, organization, order, name))
        case Protect():
            _with_mandate(organization, "protect", name, seq, partial(protect, organization, order, name))
        case ReturnHome():
            _with_mandate(organization, "protect", name, seq, partial(let_go_home, organization, order, name))
        case EndResponse():
            _with_mandate(organization, "activate", name, seq, partial(_start, end_response, organization, order, name))
        case Direct():
            _direct(organization, order, name, seq)
        case RequestAid() | RegisterHelpers() | Mobilize() | AlertKeyUnits():
            _get_help(organization, order, name, seq)
        case Supply():
            _supply(organization, order, name, seq)
        case _:
            organization.world.clock.start(_process(organization, order, name, seq))


def _process(organization: Organization, order: Order, name: str, seq: int) -> Process:
    """Return the process of carrying out an order that takes time."""
    match order:
        case AssessImpact():
            return assess(organization, order.places, name, seq)
        case Aftermath():
            return after_the_hazard(organization, order, name, seq)
        case SetUpPost():
            return _set_up_post(organization, order, name, seq)
        case Consult():
            consultation = Consultation(organization, name, order.to, order.channel)
            return consultation.run(seq)
        case SendLiaison():
            return send_liaison(organization, order.to, name, seq)
        case OpenBeds() | CheckAdvice() | CallExpert():
            return _counsel(organization, order, name, seq)
        case Publish():
            return publish(organization, order, name, seq)
        case Conference():
            return hold_conference(organization, order, name, seq)
        case _:
            raise TypeError(order.do)


def _supply(organization: Organization, order: Supply, name: str, cause: int) -> None:
    mandate = partial(_with_mandate, organization, "requisition")
    organization.world.clock.start(organization.scene.supplies.fill(organization, order, name, cause, mandate))


def _direct(organization: Organization, order: Direct, name: str, seq: int) -> None:
    task = next(task for task in organization.world.exercise.plan.tasks if task.id == order.task)
    text = Text(zh=f"请落实：{task.name.zh}", en=f"Carry out: {task.name.en}").marked().model_dump()
    facts = facts_of(task.when)
    organization.send(order.to, "order", name, seq, facts=facts, directs=order.task, text=text)


def _counsel(organization: Organization, order: OpenBeds | CheckAdvice | CallExpert, name: str, seq: int) -> Process:
    """Process: let a hospital open beds, check advice, or call an expert."""
    match order:
        case OpenBeds():
            yield from open_beds(organization, order, name, seq)
        case CheckAdvice():
            yield from check(organization, order.question, seq)
        case _:
            yield from call_expert(organization, order, name, seq)


def _get_help(
    organization: Organization, order: RequestAid | RegisterHelpers | Mobilize | AlertKeyUnits, name: str, cause: int
) -> None:
    aid = organization.scene.aid
    match order:
        case RequestAid():
            aid.request(organization, order, name, cause)
        case RegisterHelpers():
            aid.register(organization, order, name, cause)
        case Mobilize():
            _with_mandate(organization, "activate", name, cause, partial(aid.mobilize, organization, order, name))
        case AlertKeyUnits():
            alert(organization, name, cause)


def _now_so(organization: Organization, key: str, value: bool | int | str, cause: int) -> None:
    seq = organization.world.truth.change(key, value, cause)
    organization.see(key, value, cause if seq is None else seq)


def _with_mandate(organization: Organization, what: str, name: str, cause: int, action: Action) -> None:
    world = organization.world
    if organization.id in getattr(world.exercise.rules.mandates, what):
        action(cause)
    elif world.luck.chance(world.parameters["conduct.bypass"], "bypasses", name):
        action(world.log.emit("order.unauthorized", organization.id, name, cause, what=what))
    else:
        organization.world.clock.start(_after_approval(organization, name, cause, what, action))


def _after_approval(organization: Organization, name: str, cause: int, what: str, action: Action) -> Process:
    """Process: ask the body with the mandate, wait for its word, then act."""
    action((yield from ask_word(organization, name, cause, what)))


def _start(process: Callable[..., Process], organization: Organization, order: Order, name: str, cause: int) -> None:
    organization.world.clock.start(process(organization, order, name, cause))


def _set_up_post(organization: Organization, order: SetUpPost, name: str, cause: int) -> Process:
    """Process: set up the on-scene command post, and tell who joins it."""
    work = organization.world.exercise.plan.work.set_up_post
    yield organization.world.clock.wait(organization.world.luck.seconds(work, "set up post", name))
    seq = organization.world.log.emit("post.set_up", organization.id, name, cause, at=order.at)
    organization.scene.posts[organization.id] = order.at
    _now_so(organization, "post/stands", True, seq)
    join_post(organization, order, name, seq)
