"""Whether the condition of a question can come to hold in a scenario."""

from __future__ import annotations

from sim.hazards.compass import sector
from sim.spec.base import Clause, FactValue
from sim.spec.cascade import ComeTrue
from sim.spec.hazards import ToxicRelease
from sim.spec.load import Exercise
from sim.spec.orders import Follow, Order, Protect
from sim.spec.scenario import PausePoint


def can_be_met(exercise: Exercise, point: PausePoint) -> bool:
    """Return whether a question can be asked: at its time, or because its condition can hold."""
    return all(_may_hold(exercise, clause) for clause in point.when)


def _may_hold(exercise: Exercise, clause: Clause) -> bool:
    if clause.any_of:
        return any(_may_hold(exercise, one) for one in clause.any_of)
    assert clause.fact is not None
    if clause.known is False:
        return True
    values = possible(exercise, clause.fact)
    if clause.is_ is not None and values is not None:
        return clause.is_ in values
    return values is None or bool(values)


def possible(exercise: Exercise, fact: str) -> tuple[FactValue, ...] | None:
    """Return the values that a fact can take in a scenario; None for any that the plan allows."""
    scenario = exercise.scenario
    place, _, attribute = fact.partition("/")
    if fact == "wind/forecast" and isinstance(scenario.hazard, ToxicRelease):
        return tuple(sector(bearing) for turn in scenario.hazard.turns for bearing in turn.toward_deg)
    if fact == "river/polluted":
        told = tuple(truth.value for truth in scenario.truths if truth.fact == fact)
        made = [link.effect for link in scenario.cascade if isinstance(link.effect, ComeTrue)]
        return (*told, *(effect.value for effect in made if effect.fact == fact))
    if attribute == "ordered":
        return tuple(order.by for order in _orders(exercise) if isinstance(order, Protect) and order.place == place)
    return None


def _orders(exercise: Exercise) -> list[Order]:
    """Return every order that the plan or an option may give; a followed task's orders are the plan's."""
    own = [order for task in exercise.plan_tasks for order in task.orders]
    chosen = [order for point in exercise.scenario.pause_points for option in point.options for order in option.orders]
    return [*own, *(order for order in chosen if not isinstance(order, Follow))]
