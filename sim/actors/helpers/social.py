"""Forces of society: they come by themselves and jam the roads until registered; approval and qualification."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.comms.message import Message, Stated
from sim.engine import Process
from sim.rng import Distribution, Shape

if TYPE_CHECKING:
    from sim.actors.departments.unit import Unit
    from sim.actors.helpers.aid import Aid
    from sim.actors.helpers.force import Force
    from sim.actors.helpers.request import Request

APPROVAL_SIGMA = 0.3
"""Standard deviation of the logarithm of the time that an approval takes. A guess."""
HARM = 0.3
"""Chance that a team is hurt that does what it is not qualified for. A guess."""
HARM_AFTER_S = 15 * 60
"""How long after it was sent it is hurt, in seconds. A guess."""
CORDON = "police"
"""Department at whose cordon those stop who come uncalled, and whom people call about a jam."""
CALLED_AFTER_S = 10 * 60
"""How long a jam lasts until somebody calls about it, in seconds. A guess."""
BEFOREHAND = 2
"""Value of the parameter by which those who are registered before wait for a call."""


def answer(request: Request, read: int) -> Process:
    """Process: wait for the approval that a force of society needs before it may take part."""
    return (yield from approval(request.scene.aid, request.force, read))


def approval(aid: Aid, force: Force, cause: int) -> Process:
    """Process: wait for the approval that a force of society needs; at once where approval is simple."""
    minutes = aid.world.parameters["volunteers.approval"]
    if not minutes or aid.scene.policy.instant:
        return cause
    delay = Distribution(Shape.LOGNORMAL, minutes * 60, APPROVAL_SIGMA)
    yield aid.world.clock.wait(aid.world.luck.seconds(delay, "aid approval", force.id))
    return aid.world.log.emit("aid.approved", "", force.id, cause)


def come_alone(aid: Aid, force: Force, heard: int) -> Process:
    """Process: come to the site uncalled, having heard of it, unless somebody calls the force before it is there."""
    world, alone = aid.world, force.helper.by_itself
    assert alone is not None
    after_s = world.luck.seconds(alone.after, "comes by itself", force.id)
    yield world.clock.wait(after_s) | force.called
    if force.called.triggered:
        return
    force.by_itself = True
    aid.arrived(force, "", heard, turned_back=aid.scene.county.closed_by.get(aid.site))


def jam(aid: Aid, force: Force, cause: int) -> None:
    """Fill the roads at the site with the vehicles of a force that nobody has registered."""
    alone, roads, site = force.helper.by_itself, aid.scene.county.roads, aid.site
    vehicles = 0 if alone is None else round(alone.vehicles_per_h * aid.world.parameters["volunteers.spontaneous"])
    if not vehicles:
        return
    seq = aid.world.log.emit("road.jammed", force.id, site, cause, vehicles_per_h=vehicles)
    aid.jams[force.id] = seq
    for way in ways_to(aid):
        roads.load(way, vehicles, by=force.id)


def call_about_jam(aid: Aid, force: Force) -> Process:
    """Process: somebody who stands in the jam calls the police, if it lasts."""
    world, people = aid.world, aid.world.exercise.county.people
    yield world.clock.wait(CALLED_AFTER_S)
    jammed = aid.jams.get(force.id)
    if jammed is None:
        return
    stated = (Stated("aid/jam", True, world.clock.now, people, False),)
    ident = aid.scene.exchange.unique(f"{people}/{force.id}/jam>{CORDON}")
    aid.scene.exchange.send(Message(ident, people, CORDON, "report", stated, from_at=aid.site), jammed)


def ease(aid: Aid, force: Force, cause: int) -> None:
    """Let the vehicles of a force leave the roads at the site."""
    jammed = aid.jams.pop(force.id, None)
    if jammed is None:
        return
    seq = aid.world.log.emit("road.eased", force.id, aid.site, cause, (jammed,))
    for way in ways_to(aid):
        aid.scene.county.roads.load(way, 0, by=force.id)
    aid.eased = (*aid.eased, seq)


def ways_to(aid: Aid) -> list[tuple[str, str]]:
    """Return the ways to the site and out of it."""
    ends = dict.fromkeys(road.ends for road in aid.world.exercise.county.roads if aid.site in road.ends)
    return list(dict.fromkeys(way for one in ends for way in (one, one[::-1])))


def misuse(unit: Unit, cause: int) -> None:
    """Note that a team is sent to do what it is not qualified for; it may be hurt by it."""
    world = unit.department.world
    seq = world.log.emit("unit.misused", unit.department.id, unit.id, cause, task=unit.doing or "", at=unit.place)
    if world.luck.chance(HARM, "misused", unit.task, unit.id):
        world.clock.at(HARM_AFTER_S, partial(_hurt, unit, unit.task, seq))


def _hurt(unit: Unit, task: str, cause: int) -> None:
    if unit.task == task:
        unit.bury(cause)
