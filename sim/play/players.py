"""Who plays the seats: each seat's answers, and the orders of a seat that acts as in another run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sim.actors.policies import POLICIES, Policy
from sim.actors.scene import Scene
from sim.comms.stamina import thinking_factor
from sim.play.answerers import Answerer, by_decisions, by_other_run, by_policy
from sim.play.free_orders import known_order
from sim.play.settings import Settings
from sim.record.journal import Entry
from sim.rng import Luck
from sim.spec.load import Exercise
from sim.spec.orders import Order

Cast = tuple[Policy, Mapping[str, Policy]]
"""How everybody is played, and how single bodies are played instead."""


class Again(NamedTuple):
    """An order of another run that is given here too, for the time that it had there, under the same key."""

    key: str
    seat: str
    order: Order
    after_s: int
    reason: str


def cast_by(settings: Settings) -> Cast:
    """Return how everybody is played by the settings of a run."""
    return POLICIES[settings.policy], settings.own_policies()


def played(scene: Scene, luck: Luck, policy: Policy | None = None) -> Answerer:
    """Return an answerer that plays a policy for every seat, or by default each seat's own."""
    policy_of = scene.policy_of if policy is None else lambda _seat: policy
    return by_policy(policy_of, luck, lambda: scene.world.parameters["seat.thinking"] * thinking_factor(scene.world))


def own_answerer(settings: Settings, scene: Scene, luck: Luck, recorded: Sequence[Entry]) -> Answerer:
    """Return an answerer for every seat that no person takes.

    Args:
        settings: Who plays which seat, and what was decided beforehand.
        scene: The run.
        luck: Its luck, which decides how long somebody thinks.
        recorded: What counts of the journal of another run, for seats that act as there.
    """
    own = by_decisions(dict(settings.decisions), played(scene, luck))
    return by_other_run(recorded, settings.by_journal, own) if settings.by_journal else own


def orders_again(
    exercise: Exercise, settings: Settings, recorded: Sequence[Entry], given: Sequence[Entry]
) -> Iterator[Again]:
    """Yield the orders of seats that act as in another run, which were not given yet.

    Args:
        exercise: The exercise.
        settings: Who plays which seat.
        recorded: What counts of the other run's journal.
        given: What counts of this run's journal; the first of the orders may stand there already.

    Raises:
        AnswerRefused: If an order names what does not exist in this exercise.
    """
    mine = settings.by_journal
    done = sum(entry.kind == "order" and entry.seat in mine for entry in given)
    wanted = [entry for entry in recorded if entry.kind == "order" and entry.seat in mine]
    for entry in wanted[done:]:
        order = known_order(exercise, entry.seat, entry.arguments["order"])
        yield Again(entry.key, entry.seat, order, entry.takes_effect_s, entry.reason)
