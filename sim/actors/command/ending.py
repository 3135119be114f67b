"""The end of the response and what remains to be done after it: families, remains, environment, aid, services."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sim.actors.command.deciding import decision_of, return_order
from sim.actors.departments.department import Department
from sim.actors.desks.approvals import ask_word
from sim.engine import Process
from sim.spec.base import FactValue
from sim.spec.command import AID, ENDED, ENVIRONMENT, FAMILIES, REMAINS, SERVICES
from sim.spec.hazards import INCIDENT
from sim.spec.orders import Aftermath, EndResponse

if TYPE_CHECKING:
    from sim.actors.organization import Organization
    from sim.county.casualties import Casualties

LOOK_AGAIN_S = 15 * 60
"""How often it is looked at again whether the response can end, in seconds. A guess."""


class Work(NamedTuple):
    """A work of the aftermath: the fact that it makes so, and how long it takes.

    Attributes:
        fact: What is so once it is done.
        at_least_s: How long it takes at least, in seconds.
        each_s: How long one case takes one team, in seconds.
    """

    fact: str
    at_least_s: int
    each_s: int


NAMELESS_S = 45 * 60
"""How much longer a case takes, in seconds, as long as nobody can name the person. A guess."""
WORKS: dict[str, Work] = {
    "families": Work(FAMILIES, 600, 900),
    "remains": Work(REMAINS, 1800, 3600),
    "environment": Work(ENVIRONMENT, 3600, 0),
    "psychology": Work(AID, 1800, 1800),
    "services": Work(SERVICES, 3600, 0),
}
"""How long the works of the aftermath take. Guesses."""


def lacking(organization: Organization, order: EndResponse) -> list[str]:
    """Return what still keeps somebody from ending the response, by what he holds."""
    held = organization.picture.held
    found = [key for key in (f"{INCIDENT}/over", *order.needs) if organization.picture.value(key) is not True]
    return found + [key for key in held if key.endswith("/danger") and held[key].value is True]


def end_response(organization: Organization, order: EndResponse, name: str, cause: int) -> Process:
    """Process: declare the end of the response, once nothing is lacking and whoever decides on it is reached.

    Roads that were closed are opened, posts of a cordon are free, and everybody hears of it.
    """
    world, scene = organization.world, organization.scene
    returned: list[str] = []
    while missing := lacking(organization, order):
        also = [organization.learned[key] for key in missing if key in organization.learned]
        if missing != returned:
            cause = return_order(organization, name, cause, missing, also)
        returned = missing
        if not order.when_met:
            return
        yield world.clock.wait(LOOK_AGAIN_S)
    if scene.commanding.ended is not None:
        return
    level = world.truth.value("response/level")
    command = scene.organizations[world.exercise.county.desk("command")]
    rank_for = world.exercise.rules.command.rank_for
    cause, rank = yield from decision_of(command, rank_for(level if isinstance(level, int) else 1), name, cause)
    leader = scene.commanding.leader
    if rank and leader not in ("", command.id, organization.id) and leader == world.exercise.county.superior:
        cause = yield from ask_word(organization, name, cause, "end", leader)
    if not rank or scene.commanding.ended is not None:
        return
    seen = (*scene.commanding.looked_at, *(organization.learned[key] for key in (f"{INCIDENT}/over", *order.needs)))
    seq = world.log.emit("response.ended", organization.id, name, cause, seen, by=rank, leader=scene.commanding.leader)
    scene.commanding.ended = seq
    changed = world.truth.change(ENDED, True, seq)
    organization.see(ENDED, True, seq if changed is None else changed)
    scene.county.reopen(seq)
    for one in scene.organizations.values():
        if isinstance(one, Department):
            one.leave_posts(seq)
        if one.desk.seat and one is not organization:
            organization.send(one.id, "order", name, seq, facts=(ENDED,))


def _takes_s(work: str, cases: int, casualties: Casualties) -> int:
    """Return how long one team takes for a work of the aftermath, in seconds.

    Families who were told in person when theirs were named need no further visit; for whom nobody can name, somebody
    first has to find out who he is.
    """
    told = casualties.unnamed.told if work == "families" else 0
    nameless = len(casualties.unnamed) if work in ("families", "remains") else 0
    return max(0, cases - told) * WORKS[work].each_s + nameless * NAMELESS_S


def after_the_hazard(organization: Organization, order: Aftermath, name: str, cause: int) -> Process:
    """Process: do a work of the aftermath with the teams for it, and report to the command post when it is done."""
    world, scene = organization.world, organization.scene
    work, teams = WORKS[order.work], max(1, int(world.parameters["aftermath.teams"]))
    casualties, unnamed = scene.county.casualties, scene.county.casualties.unnamed
    patients = casualties.everybody()
    cases = {
        "families": len(patients) + casualties.killed,
        "remains": sum(one.dead for one in patients) + casualties.killed,
        "psychology": len(patients) + casualties.killed,
    }.get(order.work, 0)
    seen = (*(one.seq for one in patients), *unnamed.because()) if cases else ()
    begun = world.log.emit("aftermath.begun", organization.id, name, cause, seen, work=order.work, people=cases)
    yield world.clock.wait(max(work.at_least_s, -(-_takes_s(order.work, cases, casualties) // teams)))
    for person in unnamed.everybody() if order.work == "families" else ():
        unnamed.name(person, "aftermath", organization.id, begun)
    checked = scene.county.places.items() if order.work == "environment" else ()
    looked = {place: one for place, one in checked if one.danger_seq is not None}
    dangers = [place for place, one in looked.items() if one.danger]
    also = tuple(one.danger_seq for one in looked.values() if one.danger_seq is not None)
    done = world.log.emit(
        "aftermath.done", organization.id, name, begun, also, work=order.work, people=cases, danger=dangers
    )
    if order.work == "services":
        scene.county.reopen(done)
    for place, one in looked.items():
        organization.see(f"{place}/danger", one.danger, done)
    value: FactValue = not dangers
    changed = world.truth.change(work.fact, value, done)
    organization.see(work.fact, value, done if changed is None else changed)
    command = world.exercise.county.desk("command")
    if organization.id != command:
        organization.send(command, "report", name, done, facts=(work.fact, *(f"{place}/danger" for place in looked)))
