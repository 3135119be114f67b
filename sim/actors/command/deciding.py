"""Deciding: whoever may decide is called, then those who stand in; what lacks something is returned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.actors.command.cycle import keep_cycle
from sim.engine import Process
from sim.spec.command import ENDED, RANKS
from sim.spec.orders import Activate

if TYPE_CHECKING:
    from sim.actors.organization import Organization

TOLD = ("response/level", "incident/grade", "incident/exists")
AWAY_S = 20 * 60
"""For how long somebody who may decide and cannot be reached stays so, in seconds. A guess."""
MOST_CALLS = 60
"""How often those who may decide are called at most. A guess that ends a search where nobody ever answers."""


def who_may(wanted: str, contacts: Sequence[str], others: int) -> list[str]:
    """Return whom to call for a decision, first whoever has the right to it.

    Args:
        wanted: Rank that decides.
        contacts: Ranks that can be reached, from a roster.
        others: How many others may decide: those above first, then those below, the nearest first.
    """
    ranked = [rank for rank in RANKS if rank in contacts]
    if wanted not in ranked:
        return [wanted]
    at = ranked.index(wanted)
    return [wanted, *[*ranked[at + 1 :], *reversed(ranked[:at])][:others]]


def decision_of(organization: Organization, wanted: str, name: str, cause: int) -> Process:
    """Process: reach somebody who may decide for a body.

    Returns:
        Number of the event by which he is reached, or ``cause`` where nobody need be called; and his rank, empty if
        nobody was ever reached.
    """
    world, scene = organization.world, organization.scene
    county = world.exercise.county
    roster = next((one for one in county.rosters if one.id == organization.desk.roster), None)
    if scene.policy_of(organization.id).instant or roster is None:
        return cause, wanted
    contacts = {contact.id: contact for contact in roster.contacts}
    ranks = who_may(wanted, tuple(contacts), int(world.parameters["command.deputies"]))
    call_s, absent = round(world.parameters["command.call"] * 60), world.parameters["command.absence"]
    for attempt in range(MOST_CALLS):
        rank = ranks[attempt % len(ranks)]
        contact = contacts.get(rank)
        misses = 0.0 if contact is None else (1 - scene.exchange.answer_chance(contact)) * absent
        answered = misses <= 0 or _out_of_reach(organization, rank) >= misses
        cause = world.log.emit(
            "leader.called", organization.id, name, cause, rank=rank, wanted=wanted, attempt=attempt + 1,
            answered=answered,
        )  # fmt: skip
        if answered:
            return cause, rank
        yield world.clock.wait(max(call_s, 1))
    return cause, ""


def _out_of_reach(organization: Organization, rank: str) -> float:
    """Return how far somebody is out of reach, from 0 to 1: who was not reached just now cannot be reached now."""
    away, spell = organization.scene.deciders_away, organization.world.clock.now // AWAY_S
    who = (organization.id, rank, spell)
    if who not in away:
        away[who] = organization.world.luck.uniform("decider away", organization.id, rank, str(spell))
    return away[who]


def return_order(organization: Organization, name: str, cause: int, missing: Sequence[str], also: Sequence[int]) -> int:
    """Return an order to whoever gave it, with what is wrong; returns the number of the event."""
    return organization.world.log.emit(
        "order.returned", organization.id, name, cause, tuple(also), missing=list(missing)
    )


def activate(organization: Organization, order: Activate, name: str, cause: int) -> Process:
    """Process: activate a response level, once whoever decides on it is reached; then the county takes the lead.

    The law asks that matter, level, expected period and measures are stated; an order that lacks one is returned.
    """
    world, scene = organization.world, organization.scene
    if missing := order.missing():
        return_order(organization, name, cause, missing, ())
        return
    command = scene.organizations[world.exercise.county.desk("command")]
    wanted = world.exercise.rules.command.rank_for(order.level)
    reached, rank = yield from decision_of(command, wanted, name, cause)
    if not rank:
        return_order(organization, name, reached, ("decision",), ())
        return
    first = world.truth.value("response/level") is None or scene.commanding.ended is not None
    measures = [task for task in world.exercise.plan.tasks if task.id in order.measures]
    seq = world.log.emit(
        "level.activated", organization.id, name, reached, level=order.level, by=rank, wanted=wanted,
        matter=order.matter or "", lasts_h=order.lasts_h or 0, measures=[task.id for task in measures],
        **({} if order.plan is None else {"plan": order.plan}),
    )  # fmt: skip
    scene.wrong_plan = None if order.plan in (None, world.exercise.plan.id) else seq
    changed = world.truth.change("response/level", order.level, seq)
    organization.see("response/level", order.level, seq if changed is None else changed)
    if scene.commanding.ended is not None:
        scene.commanding.ended = None
        world.truth.change(ENDED, False, seq)
    owners = [task.owner for task in measures if task.owner != organization.id]
    for to in dict.fromkeys((*order.tell, *owners)):
        organization.send(to, "order", name, seq, facts=TOLD)
    if (order.lasts_h or 0) * 3600 < world.horizon_s - world.clock.now:
        world.clock.at((order.lasts_h or 0) * 3600, lambda: _lapse(organization, seq))
    world.clock.start(scene.commanding.take_over(command, seq, by=rank))
    if first:
        world.clock.start(keep_cycle(command, seq))


def _lapse(organization: Organization, activated: int) -> None:
    """Let a response lapse whose expected period is over, unless it was prolonged or ended."""
    events, commanding = organization.world.log.events, organization.scene.commanding
    held = organization.world.truth.value("response/level")
    renewed = any(event.kind == "level.activated" for event in events[activated + 1 :])
    if not renewed and commanding.ended is None:
        organization.world.log.emit("level.lapsed", organization.id, "response/level", activated, (), level=held)
