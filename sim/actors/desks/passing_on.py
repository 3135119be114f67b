"""Passing on: what a desk learns at first hand, it tells at once all who need to know it by the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.actors.desks.orders import carry_out
from sim.engine import Process
from sim.spec.base import facts_of
from sim.spec.load import Exercise
from sim.spec.orders import Tell
from sim.spec.plan import PLACE

if TYPE_CHECKING:
    from sim.actors.organization import Organization

GATHER_S = 60
"""How long a desk gathers what it has learned before it passes it on, in seconds. A guess."""


class PassingOn:
    """Passes on for one organization, besides what the plan's tasks tell.

    At first hand is what it did not hear from another seat, so that a fact is not told round and round. Told is who
    needs to know it by the plan and has a task or a question that waits for it, so that desks are not busy with what
    they cannot use; nobody is told again what he was told already, of a number only that there is one, and with a
    unified platform in use nothing that is entered there.

    Args:
        organization: Who passes on.
    """

    def __init__(self, organization: Organization) -> None:
        self._organization = organization
        self._kinds = {kind.key: kind for kind in organization.world.exercise.plan.facts}
        self._waited_for = _waited_for(organization.world.exercise)
        self._new: dict[str, None] = {}
        self._numbers: dict[str, None] = {}
        self._times: dict[str, int] = {}
        self._gathering = False
        organization.on_learned.append(self._learned)

    def _learned(self, fact: str) -> None:
        one, value = self._organization, self._organization.picture.value(fact)
        heard_from = one.heard_from.get(fact)
        if heard_from in one.scene.staff:
            return
        if (one.skill.verifies and fact in one.picture.conflicts) or fact in self._numbers or not self._needed_by(fact):
            return
        if isinstance(value, int) and not isinstance(value, bool):
            self._numbers[fact] = None
        self._new[fact] = None
        if not self._gathering:
            self._gathering = True
            one.world.clock.start(self._tell(fact))

    def _needed_by(self, fact: str) -> tuple[str, ...]:
        kind = self._kinds.get(fact) or self._kinds.get(f"{PLACE}/{fact.partition('/')[2]}")
        if kind is None or (kind.shared and self._organization.scene.platform is not None):
            return ()
        return tuple(to for to in kind.need_to_know if kind.key in self._waited_for.get(to, ()))

    def _tell(self, first: str) -> Process:
        """Process: gather for a while, then tell each addressee what he needs to know and was not told."""
        one = self._organization
        yield one.world.clock.wait(GATHER_S)
        self._gathering = False
        cause, facts = one.learned[first], tuple(self._new)
        self._new.clear()
        by_addressee: dict[str, list[str]] = {}
        for fact in facts:
            for to in self._needed_by(fact):
                known = (one.told.get((to, fact)), one.heard_from.get(fact) == to)
                if to != one.id and not known[1] and known[0] != one.picture.value(fact):
                    by_addressee.setdefault(to, []).append(fact)
        if not by_addressee:
            return
        times = self._times[first] = self._times.get(first, 0) + 1
        name = f"{one.id}/passes-on/{first}" + (f"#{times}" if times > 1 else "")
        for to, own in by_addressee.items():
            carry_out(one, Tell(do="tell", to=(to,), facts=tuple(own), kind="notice"), f"{name}>{to}", cause)


def _waited_for(exercise: Exercise) -> dict[str, tuple[str, ...]]:
    """Return, by organization, the kinds of facts on which a task of its own or a question to it waits."""
    kinds = [kind.key for kind in exercise.plan.facts]
    whens = [(task.owner, task.when) for task in exercise.plan_tasks]
    whens += [(point.seat, point.when) for point in exercise.scenario.pause_points]
    found: dict[str, dict[str, None]] = {}
    for who, when in whens:
        for key in facts_of(when):
            found.setdefault(who, {})[key if key in kinds else f"{PLACE}/{key.partition('/')[2]}"] = None
    return {who: tuple(keys) for who, keys in found.items()}
