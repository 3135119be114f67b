"""Liaison officers and the joint command post: who sits at another's desk speaks face to face and is missed at home."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.engine import Process
from sim.spec.orders import IN_PERSON, SetUpPost

if TYPE_CHECKING:
    from sim.actors.organization import Organization

POST = "post/stands"


def send_liaison(sender: Organization, to: str, name: str, cause: int) -> Process:
    """Process: give an officer away for good, who goes to somebody by road; from then on the two speak face to face.

    It is refused, with an event that says why, where the sender would be left without an officer, where an officer sits
    there already, or where no road leads.

    Args:
        sender: Who sends the officer.
        to: Id of the organization to which he goes: to its desk, or to the on-scene command post where it has one.
        name: Id of the order.
        cause: Number of the event that sends him.
    """
    scene, log = sender.scene, sender.world.log
    county, pair = scene.county, (sender.id, to)
    start, end = sender.desk.at, scene.desk_at(to)
    reason = "no_road" if start is None or end is None else "there_already" if pair in scene.liaisons else ""
    officers = scene.exchange.desks.officers[sender.id]
    if not reason and not scene.exchange.desks.second(sender.id):
        reason = "last_officer"
    if reason or start is None or end is None:
        log.emit("liaison.refused", sender.id, name, cause, scene.liaisons.get(pair, ()), to=to, reason=reason)
        return
    known = [key for key, held in sender.picture.held.items() if _is_danger(key, held.value)]
    danger = {key.removesuffix("/danger"): sender.learned[key] for key in known}
    legs = county.roads.route(start, end, tuple(danger))
    if start != end and (not legs or legs[-1].to != end):
        blocks = tuple(dict.fromkeys(county.blocks.values()))
        log.emit("liaison.refused", sender.id, name, cause, blocks, to=to, reason="no_road")
        return
    travel_s = sum(county.roads.leg_seconds(leg, siren=False) for leg in legs)
    arrives_s = sender.world.clock.now + travel_s
    also = (*officers.freed_by, *danger.values())
    left = log.emit("liaison.left", sender.id, name, cause, also, to=to, at=end, arrives_s=arrives_s)
    scene.liaisons[pair] = (left,)
    yield sender.world.clock.wait(travel_s)
    scene.liaisons[pair] = (log.emit("liaison.arrived", sender.id, name, left, to=to, at=end),)
    for one, other in (pair, pair[::-1]):
        scene.exchange.links[one, other] = IN_PERSON


def _is_danger(key: str, value: object) -> bool:
    return key.endswith("/danger") and value is True


def join_post(host: Organization, order: SetUpPost, name: str, cause: int) -> None:
    """Let everybody who joins the on-scene command post send a liaison officer there, on learning that it stands.

    Args:
        host: Who set the post up.
        order: The order by which it was set up.
        name: Id of the order.
        cause: Number of the event since which it stands.
    """
    scene = host.scene
    for ident in dict.fromkeys(order.joins):
        if ident == host.id:
            continue
        organization = scene.organizations[ident]
        if scene.policy_of(ident).routine:
            join = partial(_join, organization, host, order, name, [])
            organization.on_learned.append(join)
            join(POST)
        host.send(ident, "order", f"{name}/join", cause, facts=(POST,))


def _join(
    organization: Organization, host: Organization, order: SetUpPost, name: str, done: list[bool], fact: str
) -> None:
    if fact == POST and not done and organization.picture.value(POST) is True:
        done.append(True)
        cause = organization.learned[POST]
        organization.world.clock.start(_come(organization, host, order, name, cause))


def _come(organization: Organization, host: Organization, order: SetUpPost, name: str, cause: int) -> Process:
    """Process: send an officer to the post; with the last of a work group its members work side by side."""
    yield from send_liaison(organization, host.id, f"{name}/join>{organization.id}", cause)
    scene = host.scene
    for group in order.groups:
        others = [one for one in group.members if one != host.id]
        if organization.id not in others or any((one, host.id) not in scene.exchange.links for one in others):
            continue
        last, *also = (scene.liaisons[one, host.id][0] for one in (organization.id, *others))
        host.world.log.emit(
            "group.formed",
            group.members[0],
            f"{name}/{group.id}",
            last,
            tuple(also),
            members=list(group.members),
            called=group.name.model_dump(),
        )
        for one in others:
            for other in others:
                if one != other:
                    scene.exchange.links[one, other] = IN_PERSON
