"""How surely owners remember what the plan has them do: a paper that is old, unreviewed or unfit is followed less well.

Whoever does not think of a due task at once thinks of it later, or when somebody orders it. A good plan is one that
experts reviewed, that was revised in the last three years, and that fits the county.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sim.engine import Occurrence, Process
from sim.rng import Distribution, Shape
from sim.spec.base import facts_of
from sim.spec.blind import addressees
from sim.spec.plan import Plan

if TYPE_CHECKING:
    from sim.actors.organization import Organization
    from sim.spec.parameters import Parameters

GOOD_YEARS = 3.0
"""Years after its last revision during which a plan is as good as new: work-safety plans are assessed every three years
(order 2 of 2019 of the Ministry of Emergency Management, arts. 35-36; recalled)."""
HALF_LIFE_YEARS = 5.0
"""Years in which, after that, half of what is remembered is lost. A guess."""
UNREVIEWED = 0.8
"""What share of the tasks of a good plan is remembered at once in one that experts never reviewed. A guess."""
WRONG_PLAN = 0.5
"""Share of what is remembered under the right plan that is under a plan for another kind of incident. A guess."""
DAYS_A_YEAR = 365.25


def remembered(plan: Plan, starts_at: str, parameters: Parameters) -> float:
    """Return the chance that an owner thinks of a due task at once.

    Args:
        plan: The plan; one whose file says nothing of its review counts as good.
        starts_at: Local time at which the exercise begins.
        parameters: The parameters of the run.
    """
    review, stated = plan.review, parameters["plan.review"]
    by_experts = (review is None or review.by_experts) if stated == 0 else stated == 1
    fitness = parameters["plan.fitness"] * (1.0 if review is None else review.fitness)
    over = max(0.0, age_years(plan, starts_at) + parameters["plan.age"] - GOOD_YEARS)
    kept: float = 0.5 ** (over / HALF_LIFE_YEARS)
    return parameters["plan.follow"] * fitness * (1.0 if by_experts else UNREVIEWED) * kept


def age_years(plan: Plan, starts_at: str) -> float:
    """Return the years from the last revision of a plan to the beginning of an exercise, 0 if it is not known."""
    if plan.review is None:
        return 0.0
    days = (datetime.fromisoformat(starts_at).date() - date.fromisoformat(plan.review.revised)).days
    return max(0.0, days / DAYS_A_YEAR)


class Memory:
    """What the owners at one desk have not thought of yet.

    Args:
        organization: Whose desk.
    """

    def __init__(self, organization: Organization) -> None:
        self._organization = organization
        self._world = organization.world
        self._forgotten: dict[str, Occurrence] = {}

    def recall(self, ident: str, task: str, cause: int | None, also: tuple[int, ...]) -> Process:
        """Process: think of a task, at once or later.

        Args:
            ident: Id of this time of doing the task.
            task: Id of the task.
            cause: Number of the event that makes it due.
            also: Numbers of the other events on which that depends.

        Returns:
            Number of the event by which it came to mind; None where it was remembered at once.
        """
        world, exercise = self._world, self._world.exercise
        chance = remembered(exercise.plan, exercise.scenario.starts_at, world.parameters)
        if (wrong := self._organization.scene.wrong_plan) is not None:
            chance, also = chance * WRONG_PLAN, (*also, wrong)
        if chance >= 1 or self._organization.scene.policy_of(self._organization.id).instant:
            return None
        if world.luck.chance(chance, "remembered", ident):
            return None
        later = Distribution(Shape.EXPONENTIAL, world.parameters["plan.recall"] * 60)
        slipped = world.log.emit("plan.forgotten", self._organization.id, ident, cause, also, task=task)
        ordered = self._forgotten[task] = world.clock.occurrence()
        yield ordered | world.clock.wait(world.luck.seconds(later, "recalled", ident))
        if self._forgotten.get(task) is ordered:
            del self._forgotten[task]
        reminded: tuple[Any, ...] = (ordered.value,) if ordered.triggered else ()
        return world.log.emit("plan.recalled", self._organization.id, ident, slipped, reminded, task=task)

    def remind(self, task: str, cause: int) -> None:
        """Bring a task to mind that was forgotten, because somebody orders it."""
        if task in self._forgotten:
            self._forgotten.pop(task).succeed(cause)


def tell_the_rest(organization: Organization, task: str, ident: str, cause: int) -> None:
    """Tell those who help with a task or must be told of it, and whom no order of it reaches, that it is being done.

    Args:
        organization: The owner.
        task: Id of the task, with its place if it has one.
        ident: Id of this time of doing it.
        cause: Number of the event of beginning it.
    """
    exercise = organization.world.exercise
    row = next(one for one in exercise.plan_tasks if one.id == task)
    reached = addressees(row, exercise.plan, exercise.county, exercise.rules)
    for who in dict.fromkeys((*row.helps, *row.told)):
        if who not in reached and who != organization.id and not organization.scene.exchange.organizations[who].public:
            facts = tuple(dict.fromkeys((*facts_of(row.when), *row.needs)))
            organization.send(who, "notice", f"{ident}/so-you-know", cause, facts=facts)
