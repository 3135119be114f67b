"""Foresight: what a seat may take as so before it is, and what it does then: protect ahead, ask, make crews ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.spec.base import FactValue, all_hold, facts_of
from sim.spec.orders import Ask, Protect
from sim.spec.plan import PlanTask
from sim.spec.scenario import PausePoint

if TYPE_CHECKING:
    from sim.actors.organization import Organization

SIGN, EXISTS, DANGER = "incident/sign", "incident/exists", "/danger"


class Foresight:
    """Looks ahead for one organization, on nothing but its own picture and on what follows from it by forecasts.

    A place is expected to be in danger where by the hazard's own reckoning who holds so much must take it to be
    threatened, such as downwind by the wind that is forecast. Nothing but orders to protect people is given on that,
    and none before a question to the seat that is to decide on the place is answered, or where the plan has people
    leave it. On a first sign, what the plan asks others once the incident is certain is asked already.

    Args:
        organization: Who looks ahead.
        tasks: Its tasks of the plan.
        points: The questions that are put to it.
    """

    def __init__(self, organization: Organization, tasks: list[PlanTask], points: list[PausePoint]) -> None:
        self._organization = organization
        self._alarms = {SIGN: None, EXISTS: None} | dict.fromkeys(key for task in tasks for key in facts_of(task.when))
        self._looked_at: dict[str, None] = {}
        self._decide_on: dict[str, dict[str, None]] = {}
        for point in points:
            for order in (order for option in point.options for order in option.orders):
                if isinstance(order, Protect):
                    self._decide_on.setdefault(order.place, {})[point.id] = None
        left = [order.place for task in tasks for order in task.orders if isinstance(order, Protect) and _leave(order)]
        self._protecting = [
            task
            for task in tasks
            if any(key.endswith(DANGER) for key in facts_of(task.when))
            and all(isinstance(order, Protect) and order.place not in left for order in task.orders)
        ]
        self._asking = [
            task
            for task in tasks
            if EXISTS in facts_of(task.when) and all(isinstance(order, Ask) for order in task.orders)
        ]

    def learned(self, fact: str) -> list[PlanTask]:
        """Hear that something was learned; returns tasks whose triggers may be expected to be met by it."""
        held = self._organization.picture.value(fact)
        if fact in self._alarms and held not in (None, False):
            self._organization.make_ready(self._organization.learned[fact])
        return [task for task in (*self._protecting, *self._asking) if self.expects(task)]

    def answered(self, point: str) -> None:
        """Hear that a question was answered; what it was to decide on is free now."""
        for waits_for in self._decide_on.values():
            waits_for.pop(point, None)

    def expects(self, task: PlanTask) -> bool:
        """Return whether the trigger of a task may be taken as met although it is not known to be."""
        if task in self._protecting:
            places = [order.place for order in task.orders if isinstance(order, Protect)]
            return not any(self._decide_on.get(place) for place in places) and all_hold(task.when, self._with_danger)
        return task in self._asking and all_hold(task.when, self._with_sign)

    def basis(self) -> tuple[int, ...]:
        """Return the numbers of the events by which was learned what it last looked at."""
        learned = self._organization.learned
        return tuple(learned[key] for key in self._looked_at if key in learned)

    def _value(self, key: str) -> FactValue | None:
        self._looked_at[key] = None
        return self._organization.picture.value(key)

    def _with_danger(self, key: str) -> FactValue | None:
        held = self._value(key)
        if held is not None or not key.endswith(DANGER):
            return held
        hazards = self._organization.scene.hazards
        return True if any(key[: -len(DANGER)] in hazard.threatened(self._value) for hazard in hazards) else None

    def _with_sign(self, key: str) -> FactValue | None:
        held = self._value(key)
        return self._value(SIGN) if held is None and key == EXISTS else held


def _leave(order: Protect) -> bool:
    return order.by == "evacuate"
