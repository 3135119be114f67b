"""Inquiry: a desk asks for what its tasks wait for and what is missing, doubtful or old, of those who should know."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.actors.desks.orders import carry_out
from sim.engine import Process
from sim.spec.orders import Ask, Tell
from sim.spec.plan import PLACE, Plan

if TYPE_CHECKING:
    from sim.actors.organization import Organization

ALARMS = ("incident/sign", "incident/exists")
OVER = "incident/over"


def sources_of(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return who should know a fact, by the plan: first those who are asked for it, then those who tell it."""
    asked = [(fact, o.to) for task in plan.tasks for o in task.orders if isinstance(o, Ask) for fact in o.facts]
    told = [(fact, task.owner) for task in plan.tasks for o in task.orders if isinstance(o, Tell) for fact in o.facts]
    found: dict[str, dict[str, None]] = {}
    for fact, who in (*asked, *told):
        found.setdefault(fact, {})[who] = None
    return {fact: tuple(who) for fact, who in found.items()}


class Inquiry:
    """Asks for one organization, from its alarm on until it holds that the incident is over.

    Asking costs an officer's time at both ends and a line. Of each source something missing is asked once, and what is
    held but unverified or contradicted is asked of each but the one who said it; numbers are no matter of yes or no.
    What has grown old is asked in turn of those who see how it is now and of those who tell it.

    Args:
        organization: Who asks.
        waits_for: Gives the facts that its tasks and questions wait for at the moment.
    """

    def __init__(self, organization: Organization, waits_for: Callable[[], list[str]]) -> None:
        self._organization = organization
        self._world = organization.world
        self._waits_for = waits_for
        plan = self._world.exercise.plan
        self._kinds = {kind.key: None for kind in plan.facts}
        self._seen_by = {kind.key: kind.seen_by for kind in plan.facts}
        self._sources = sources_of(plan)
        self._asked: dict[tuple[str, str, str], None] = {}
        self._asked_s: dict[str, int] = {}
        self._turn: dict[str, int] = {}
        self._begun = False
        organization.on_learned.append(self._learned)

    def _learned(self, fact: str) -> None:
        if not self._begun and fact in ALARMS and self._organization.picture.value(fact) is True:
            self._begun = True
            self._world.clock.start(self._ask_on(self._organization.learned[fact]))

    def _ask_on(self, cause: int) -> Process:
        """Process: look through what is needed again and again, and ask."""
        organization, number = self._organization, 0
        after_s = round((organization.skill.asks_after_min or 0.0) * 60)
        while True:
            yield self._world.clock.wait(after_s)
            if organization.picture.value(OVER) is True:
                return
            wanted: dict[str, list[str]] = {}
            for kind, keys in self._needs().items():
                if (source := self._source(kind, keys)) is not None:
                    wanted.setdefault(source, []).append(kind)
            number += 1
            for to, facts in wanted.items():
                order = Ask(do="ask", to=to, facts=tuple(facts))
                carry_out(organization, order, f"{organization.id}/asks-{to}#{number}", cause)

    def _needs(self) -> dict[str, list[str]]:
        """Return what it waits for, and what of that it holds, by kind of fact."""
        found: dict[str, list[str]] = {}
        for key in self._waits_for():
            kind = key if key in self._kinds else f"{PLACE}/{key.partition('/')[2]}"
            held = found.setdefault(kind, [])
            if key in self._organization.picture.held:
                held.append(key)
        return found

    def _source(self, kind: str, keys: list[str]) -> str | None:
        """Return whom to ask for a kind of fact now; None if nobody."""
        now, skill, picture = self._world.clock.now, self._organization.skill, self._organization.picture
        if not keys:
            return self._first(kind, "missing", "")
        for held in (picture.held[key] for key in keys) if skill.verifies else ():
            doubtful = not held.verified or any(key in picture.conflicts for key in keys)
            yes_or_no = isinstance(held.value, (bool, str))
            if doubtful and yes_or_no and (source := self._first(kind, "doubtful", held.source)) is not None:
                return source
        if skill.stale_after_min is None:
            return None
        since_s = max(self._asked_s.get(kind, 0), *(picture.held[key].as_of_s for key in keys))
        who = dict.fromkeys((*self._seen_by.get(kind, ()), *self._sources.get(kind, ())))  # own eyes come first
        sources = [one for one in who if one != self._organization.id]
        if not sources or now - since_s < skill.stale_after_min * 60:
            return None
        self._asked_s[kind] = now
        turn = self._turn[kind] = self._turn.get(kind, -1) + 1
        return sources[turn % len(sources)]

    def _first(self, kind: str, why: str, but: str) -> str | None:
        """Return the first source that was not asked for that reason yet."""
        for one in self._sources.get(kind, ()):
            if one not in (but, self._organization.id) and (kind, one, why) not in self._asked:
                self._asked[kind, one, why] = None
                return one
        return None
