"""A mine-rescue team under contract: the mine calls it, it drives there, reports, and goes in by rules of its own.

A mine has a full-time team, or a contract with one near it (coal mine safety regulations 2024, art. 29). Its rules of
entry follow the mine rescue code (Ministry of Emergency Management, order 16 of 2024; recalled): gas is tested before
anybody goes in, and another crew with breathing apparatus stands by at the shaft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.actors.helpers.force import Stage
from sim.comms.message import Message
from sim.engine import Process
from sim.spec.base import Text

if TYPE_CHECKING:
    from sim.actors.departments.unit import Unit
    from sim.actors.helpers.force import Force
    from sim.actors.organization import Organization
    from sim.spec.hazards.mine import Alarm

LOOK_AGAIN_S = 6 * 60
"""How often a crew that must not go in alone looks whether another has come, in seconds. A guess."""
CALL = (
    Text(zh="井下出事，请按协议出动救护队", en="Accident underground: come, as our contract says").marked().model_dump()
)
HERE = (
    Text(zh="矿山救护队已到矿，听候指令", en="The mine-rescue team is at the mine and reports for duty")
    .marked()
    .model_dump()
)


def raise_alarm(owner: Organization, alarm: Alarm, site: str, about: tuple[str, ...], cause: int) -> Process:
    """Process: a mine calls the team that it has under contract, unless the county has called it before.

    Args:
        owner: The mine.
        alarm: How it calls, and whom.
        site: Where the mine is.
        about: Facts that it tells the team.
        cause: Number of the event by which it notices the accident.
    """
    scene, world = owner.scene, owner.world
    if alarm.hides:
        asked = world.clock.occurrence()
        owner.on_asked.append(lambda read: None if asked.triggered else asked.succeed(read))
        cause = yield asked
    delay_s = round(world.parameters["mine.alarm"] * 60)
    yield world.clock.wait(delay_s + world.luck.seconds(alarm.after, "mine alarm", owner.id))
    force = scene.aid.forces[alarm.helper]
    if force.stage is not Stage.HOME:
        return
    desk = scene.organizations[force.helper.desk]
    ident = scene.exchange.unique(f"{owner.id}/alarm>{desk.id}")
    heard = scene.requests[ident] = world.clock.occurrence()
    scene.exchange.send(Message(ident, owner.id, desk.id, "request", owner.held(about), text=CALL), cause)
    read = yield heard
    if force.stage is Stage.HOME:
        called = world.log.emit("aid.called", desk.id, force.id, read, by=owner.id)
        yield from _turn_out(force, desk, owner.id, site, about, called)


def _turn_out(force: Force, desk: Organization, caller: str, site: str, about: tuple[str, ...], cause: int) -> Process:
    """Process: let the crews get ready, drive to the mine, and report to the command post once all are there."""
    scene, world, helper = desk.scene, desk.world, force.helper
    force.stage = Stage.COMING
    force.called.succeed(cause)
    muster = helper.muster.scaled(world.parameters["aid.muster_factor"])
    yield world.clock.wait(world.luck.seconds(muster, "muster", helper.id))
    left = world.log.emit("aid.left", desk.id, helper.id, cause, to=site)
    there = left
    ways = [world.clock.start(_drive(unit, site, f"{helper.id}/{unit.id}", left)) for unit in force.units]
    for way in ways:
        arrived = yield way
        there = there if arrived is None else max(there, arrived)
    scene.aid.arrived(force, caller, there, registered=True)
    desk.send(world.exercise.county.desk("command"), "report", f"{helper.id}/here", force.seq, facts=about, text=HERE)


def _drive(unit: Unit, site: str, task: str, cause: int) -> Process:
    """Process: drive to the mine; whoever cannot come near it is not there."""
    return (yield from unit.go(site, task, cause, avoid_danger=True, wait_outside=True))


def go_underground(unit: Unit, ident: str, last: int, seconds: int) -> Process:
    """Process: before a crew goes underground, test for gas once, and wait for another crew that stands by outside.

    Where a crew goes in by no such rules, or the place is no mine, it goes in at once.

    Args:
        unit: The crew.
        ident: Id of its task.
        last: Number of the last event of it.
        seconds: How long it will be underground.
    """
    world, department = unit.department.world, unit.department
    if unit.place not in [mine.place for mine in world.exercise.county.mines]:
        return last
    rules = unit.crew.entry_rules
    if rules and unit.tested != unit.place:
        unit.tested = unit.place
        yield world.clock.wait(round(world.parameters["mine.gas_test"] * 60))
        last = world.log.emit("gas.tested", department.id, unit.id, last, place=unit.place, task=ident)
    if rules and not _stands_by(unit):
        last = world.log.emit("task.waiting", department.id, ident, last, on=department.id, what="standby")
    while rules and not _stands_by(unit):
        yield world.clock.wait(LOOK_AGAIN_S)
    unit.below_until_s = world.clock.now + seconds
    return last


def _stands_by(unit: Unit) -> bool:
    """Return whether another crew with breathing apparatus is at the shaft, as everybody there can see."""
    others = (one for one in unit.department.units if one is not unit and one.place == unit.place)
    ready = (one for one in others if one.crew.protected and one.fit and one.here)
    return any(one.below_until_s <= unit.department.world.clock.now for one in ready)
