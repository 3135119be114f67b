"""Orders that people shelter, leave, or go home again: checked against standing orders, assessed first if asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.actors.command.deciding import return_order
from sim.actors.command.impact import assess
from sim.engine import Process
from sim.spec.command import RETURN
from sim.spec.orders import Protect, ReturnHome

if TYPE_CHECKING:
    from sim.actors.organization import Organization


def protect(organization: Organization, order: Protect, name: str, cause: int) -> None:
    """Order the people of a place to shelter or to leave, at once or after an assessment of what that means."""
    first = organization.world.parameters["impact.first"] and not organization.scene.policy_of(organization.id).instant
    if first and order.by == "evacuate" and order.place not in organization.scene.commanding.assessed:
        organization.world.clock.start(_assessed(organization, order, name, cause))
    else:
        _order(organization, order, name, cause)


def _assessed(organization: Organization, order: Protect, name: str, cause: int) -> Process:
    """Process: assess the impact first, then give the order."""
    cause = yield from assess(organization, (order.place,), f"{name}/impact", cause)
    _order(organization, order, name, cause)


def _order(organization: Organization, order: Protect, name: str, cause: int) -> None:
    world, commanding = organization.world, organization.scene.commanding
    key, standing = f"{order.place}/ordered", commanding.against(organization.id, order.place, order.by)
    also = () if standing is None else (standing.seq, *commanding.looked_at)
    leads = standing is not None and commanding.outranks(organization.id, standing.issuer)
    if standing is not None and not leads and world.parameters["command.unified"] == 0:  # on
        return_order(organization, name, cause, ("conflict",), also)
        return
    seq = world.log.emit(
        "protect.ordered", organization.id, order.place, cause, also, place=order.place, by=order.by, order=name
    )
    if standing is not None and leads:
        world.log.emit("order.superseded", organization.id, order.place, seq, (standing.seq,), issuer=standing.issuer)
    commanding.ordered(organization.id, order.place, order.by, seq, contradicts=standing is not None and not leads)
    changed = world.truth.change(key, order.by, seq)
    organization.see(key, order.by, seq if changed is None else changed)
    if order.ways:
        organization.scene.warnings.warn(organization, (order.place,), order.ways, f"{name}/{order.place}", seq)
    else:
        people = world.exercise.county.people
        organization.send(people, "order", f"{name}/{order.place}", seq, facts=(key,), to_at=order.place)
    for to in who_needs("place/ordered", organization):
        organization.send(to, "order", f"{name}/{order.place}", seq, facts=(key, f"{order.place}/danger"))


def who_needs(fact: str, organization: Organization) -> list[str]:
    """Return who besides the organization needs to know a fact, by the plan."""
    kinds = [kind for kind in organization.world.exercise.plan.facts if kind.key == fact]
    return [role for kind in kinds for role in kind.need_to_know if role != organization.id]


def let_go_home(organization: Organization, order: ReturnHome, name: str, cause: int) -> None:
    """Lift the order that stands at a place and tell its people that they may go home."""
    world, key = organization.world, f"{order.place}/{RETURN}"
    standing = organization.scene.commanding.standing.pop(order.place, None)
    also = () if standing is None else (standing.seq,)
    seq = world.log.emit("return.allowed", organization.id, order.place, cause, also, order=name)
    changed = world.truth.change(key, True, seq)
    organization.see(key, True, seq if changed is None else changed)
    people = world.exercise.county.people
    organization.send(people, "order", f"{name}/{order.place}", seq, facts=(key,), to_at=order.place)
