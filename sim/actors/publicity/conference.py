"""Press conferences: journalists ask about what happened, and who speaks answers with what the own body holds."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sim.actors.desks.approvals import ask_word
from sim.actors.public.mood import Heard
from sim.engine import Process
from sim.rng import Distribution, Shape
from sim.spec.orders import Conference

if TYPE_CHECKING:
    from sim.actors.organization import Organization

WEIGHT = MappingProxyType({"leader": 1.0, "head": 0.7, "spokesperson": 0.5})
"""How much an answer counts with the public by who gives it. A guess; principal leaders shall speak first by State
Council General Office 2016 no. 80."""
LASTS_S = 40 * 60
"""How long it lasts, in seconds. A guess."""
MOST_QUESTIONS = 6
"""Questions that are asked at most. A guess."""
SIGMA = 0.4
"""Standard deviation of the logarithm of the time to prepare it. A guess."""
REGAINED = 0.3
"""Share of the lost trust that comes back if a leader answers every question. A guess."""
CALMED = 0.1
"""By how much fear falls if a leader answers every question. A guess."""


def hold_conference(organization: Organization, order: Conference, name: str, cause: int) -> Process:
    """Process: have it approved, prepare it, and answer what is asked."""
    world, people = organization.world, organization.scene.public
    mandates = world.exercise.rules.mandates.publish
    called = world.log.emit("conference.called", organization.id, name, cause, spokesperson=order.spokesperson)
    if organization.id not in mandates:
        called = yield from ask_word(organization, name, called, "publish")
    prepares = Distribution(Shape.LOGNORMAL, world.parameters["conference.preparation"] * 60, SIGMA)
    yield world.clock.wait(world.luck.seconds(prepares, "conference", name))
    begun = yield from organization.attend(LASTS_S, name, called)
    asked = [_ask(organization, name, fact, begun or called) for fact in _questions(organization, name)]
    answered, wrong = asked.count("answered"), asked.count("wrong")
    held = world.log.emit(
        "conference.held",
        organization.id,
        name,
        begun,
        spokesperson=order.spokesperson,
        asked=len(asked),
        answered=answered,
        wrong=wrong,
    )
    if not asked:
        return
    weight = WEIGHT[order.spokesperson] * answered / len(asked)
    cost = world.parameters["public.contradiction_cost"]
    mood = people.mood
    mood.hear(Heard(answered > 0), held)
    trust = (1 + REGAINED * weight * (1 - mood.trust) / max(1e-9, mood.trust)) * (1 - cost) ** wrong
    mood.turn("conference", held, trust=trust, fear=-CALMED * weight)
    if answered:
        people.rumor.heard_statement("inform", held)


def _questions(organization: Organization, name: str) -> list[str]:
    """Return what journalists ask about, in the order in which they ask: what is so, whoever in office knows it."""
    world = organization.world
    keys = [kind.key for kind in world.exercise.plan.facts if world.truth.value(kind.key) is not None]
    return sorted(keys, key=lambda key: world.luck.uniform("journalists ask", name, key))[:MOST_QUESTIONS]


def _ask(organization: Organization, name: str, fact: str, cause: int) -> str:
    """Ask one question; returns what becomes of it: answered, wrong, or open."""
    held, truth = organization.picture.held.get(fact), organization.world.truth
    verdict = "open" if held is None else "answered" if held.value == truth.value(fact) else "wrong"
    seqs = (truth.seq(fact), organization.learned.get(fact))
    also = tuple(seq for seq in seqs if seq is not None)
    organization.world.log.emit(
        "conference.asked", organization.id, f"{name}/{fact}", cause, also, fact=fact, answer=verdict
    )
    return verdict
