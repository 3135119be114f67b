"""From a draft to what the public hears: drafting, the chain of approval, and the statement itself.

The chain: draft, command post, the one outlet (the publicity department), and for what another body alone may publish
that body too. Each who is asked holds newer figures or not; what it holds goes into the statement, and that is what
the chain is good for. Statements that go past it are faster and say what their publisher happens to hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.actors.desks.approvals import ask_word
from sim.actors.publicity.outlets import Statement, figures_of
from sim.engine import Process
from sim.spec.orders import Publish

if TYPE_CHECKING:
    from sim.actors.organization import Organization

DRAFTING = {"chain": 1.0, "delegated": 0.5, "direct": 0.3}
"""Share of the plan's drafting time that a statement takes by its path. A guess."""
AHEAD_S = 30 * 60
"""How long before it is due, in seconds, the next statement is begun. A guess."""
NEXT = "_next"
"""End of the id of a statement that follows up on another."""


def publish(organization: Organization, order: Publish, name: str, cause: int) -> Process:
    """Process: draft a statement, have it approved where its path asks for that, and publish it."""
    world = organization.world
    draft = world.exercise.plan.work.draft.scaled(DRAFTING[order.path])
    elements = len(order.contains) + (order.next_update_min is not None)
    more_s = round(60 * world.parameters["release.element_time"] * elements * DRAFTING[order.path])
    yield world.clock.wait(world.luck.seconds(draft, "draft", name) + more_s)
    if order.path == "chain":
        for number, (approver, what) in enumerate(_chain(organization, order.says)):
            step = name if number == 0 else f"{name}/{approver}"
            cause = yield from ask_word(organization, step, cause, what, approver, order.says)
    _release(organization, order, name, cause)


def _chain(organization: Organization, says: Sequence[str]) -> list[tuple[str, str]]:
    """Return whom a statement of an organization must pass, in order, and what each is asked for."""
    rules, own = organization.world.exercise.rules, organization.id
    steps = [] if own in rules.mandates.publish else [(rules.mandates.publish[0], "publish")]
    if rules.mandates.outlet not in (None, own, *(one for one, _ in steps)):
        steps.append((str(rules.mandates.outlet), "publish"))
    asked = [row.asks for row in rules.reserved if any(fact in row.facts for fact in says)]
    return steps + [(one, "reserved") for one in dict.fromkeys(asked) if one != own]


def _release(organization: Organization, order: Publish, name: str, cause: int) -> None:
    world = organization.world
    held = organization.held(order.says)
    reserved = [fact for row in world.exercise.rules.reserved if row.asks != organization.id for fact in row.facts]
    stated = [fact.fact for fact in held]
    beyond = [] if order.path == "chain" else [fact for fact in stated if fact in reserved]
    seq = world.log.emit(
        "release.published",
        organization.id,
        name,
        cause,
        tuple(organization.learned[fact] for fact in stated if fact in organization.learned),
        release=order.release,
        says=list(order.says),
        states=bool(order.says),
        tone=order.tone,
        path=order.path,
        approved=order.path != "direct",
        contains=list(order.contains),
        figures=figures_of(held),
        **({} if order.next_update_min is None else {"next_update_min": order.next_update_min}),
        **({"beyond": beyond} if beyond else {}),
    )
    informed = world.truth.change("public/informed", order.tone != "deny", seq)
    organization.see("public/informed", order.tone != "deny", seq if informed is None else informed)
    people = world.exercise.county.people
    outlets = organization.scene.public.outlets
    outlets.publish(Statement(organization.id, name, order, held, world.clock.now, seq), beyond)
    organization.send(people, "release", name, seq, facts=order.says, tone=order.tone)
    kinds = [kind for kind in world.exercise.plan.facts if kind.key == "public/informed"]
    for to in [role for kind in kinds for role in kind.need_to_know if role != organization.id]:
        organization.send(to, "notice", name, seq, facts=("public/informed",))
    if order.next_update_min is not None and _keeps_promises(organization):
        world.clock.start(_follow_up(organization, order, name, seq))


def _keeps_promises(organization: Organization) -> bool:
    scene = organization.scene
    return scene.policy_of(organization.id).routine and not scene.is_person(organization.id)


def _follow_up(organization: Organization, order: Publish, name: str, cause: int) -> Process:
    """Process: begin the statement that was promised early enough to have it approved, unless all is over by then."""
    clock, promised_s = organization.world.clock, 60 * (order.next_update_min or 0)
    yield clock.wait(max(0, promised_s - AHEAD_S))
    over = organization.learned.get("incident/over")
    if organization.picture.value("incident/over") is True and over is not None:
        return
    says = tuple(dict.fromkeys((*order.says, "place/hurt")))
    again = order.model_copy(update={"release": f"{order.release.removesuffix(NEXT)[:40]}{NEXT}", "says": says})
    stem, _, number = name.partition("/next")
    number = str(int(number or 0) + 1)
    yield from publish(organization, again.model_copy(update={"tone": "inform"}), f"{stem}/next{number}", cause)
