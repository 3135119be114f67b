"""Plan and rule table: who does what when, who must know what, and within how many minutes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from sim.rng import Distribution, Shape
from sim.spec.base import Clause, Delay, Duration, FactKey, FactValue, Ground, Id, Share, Spec, Text
from sim.spec.channels import LocalDate
from sim.spec.command import CommandRules, command_facts
from sim.spec.functions import Function
from sim.spec.orders import Order, TaskKind
from sim.spec.supplies import Need, ShelterNeed

PLACE, SITE = "place", "site"
"""Words of a plan that stand for each of a task's places, and for the place where the hazard is."""
NOBODY = "nobody"
"""Owner of a task that a plan has given to nobody yet: a blind spot, which `tabletop check` tells."""

_CLAUSES = TypeAdapter(tuple[Clause, ...])
_ORDERS = TypeAdapter(tuple[Order, ...])


FORMS_UP = Distribution(Shape.LOGNORMAL, 6 * 60.0, 0.3)
"""How long a crew takes to set up at a door, in seconds, where the plan does not say. A guess."""
NAMES = Distribution(Shape.LOGNORMAL, 25 * 60.0, 0.5)
"""How long a team takes to find out who one person is, by what he carries, fingerprints and relatives, in seconds,
where the plan does not say. A guess; disaster victims who are known by their genes alone take days."""


class FactKind(Spec):
    """A fact that matters in incidents of this kind, and who needs to know it.

    The subject ``place`` stands for every place of the county; in tasks, ``site`` stands for the hazard's site.
    """

    key: FactKey
    name: Text
    values: tuple[FactValue, ...] = Field(default=(), description="allowed values; empty for any")
    need_to_know: tuple[Id, ...] = ()
    within: Duration = 0
    expert: Id | None = Field(default=None, description="field of the experts who can judge it from what they are told")
    shared: bool = Field(default=False, description="whether desks enter it on the unified platform")
    follows_up: bool = Field(default=False, description="whether news of it shows that the incident is followed up")
    seen_by: tuple[Id, ...] = Field(
        default=(), description="who comes to know it without being told by a task: own eyes, instruments, callers"
    )


class PlanTask(Spec):
    """One task of the plan: on what it is triggered, who owns it, and what is ordered.

    With ``places`` the task stands once for each of them, and the word ``place`` in its facts and orders means that
    place. The word ``site``, there and among the places, means the place where the scenario's hazard is. With
    ``every`` it is done again, at most that often, whenever a fact of its trigger changes.

    In the responsibility matrix the owner is responsible, the body with the mandate for its orders accountable, who
    helps is consulted, and who is told is informed. Orders that do not reach somebody who helps or is told leave it to
    them to know the plan, unless the parameter ``plan.tell`` has the owner tell them.
    """

    id: Id
    name: Text
    owner: Id = Field(description="who does it; nobody where that is still open")
    helps: tuple[Id, ...] = Field(default=(), description="who helps")
    told: tuple[Id, ...] = Field(default=(), description="who must be told that it is being done")
    after: tuple[Id, ...] = Field(default=(), description="tasks of the plan that should have begun before")
    needs: tuple[FactKey, ...] = Field(
        default=(), description="what the owner must know to do it well, besides what triggers it"
    )
    covers: tuple[Id, ...] = Field(
        default=(), description="functions of the rule table that it serves although its orders do not show it"
    )
    when: tuple[Clause, ...] = Field(min_length=1, description="on what the owner knows; all must hold")
    orders: tuple[Order, ...] = Field(min_length=1)
    places: tuple[Id, ...] = ()
    every: Duration | None = None
    within: Duration = Field(description="limit after the truth first meets the trigger")
    ground: Ground = Field(description="legal ground or other source of the task and its limit")


class Work(Spec):
    """How long the work of a unit takes on scene."""

    find_out: Delay
    cordon: Delay
    contain: Delay
    rescue: Delay = Field(description="one trip into the gas and out")
    treat: Delay = Field(description="loading the patients of one ambulance run")
    evacuate: Delay = Field(description="loading one bus")
    monitor: Delay
    draft: Delay = Field(description="drafting a statement to the public")
    set_up_post: Delay = Field(description="setting up the on-scene command post")
    hand_over: Delay = Field(description="handing patients over at the hospital")
    put_out: Delay | None = Field(default=None, description="laying hoses and beginning to put a fire out")
    search: Delay | None = Field(default=None, description="bringing out one of the trapped")
    pump: Delay | None = Field(default=None, description="setting pumps up")
    clear_road: Delay | None = Field(default=None, description="clearing one road that is blocked")
    restore: Delay | None = Field(default=None, description="making an installation work again for the time being")
    control_flow: Delay | None = Field(default=None, description="forming up to hold people back or let them out")
    direct_traffic: Delay | None = Field(default=None, description="taking over a junction and its roads")
    close_down: Delay | None = Field(default=None, description="sealing what makes people ill")
    warn: Delay | None = Field(default=None, description="knocking at the doors of a place")
    keep_order: Delay = Field(default=FORMS_UP, description="setting up a queue and a place to wait at a door")
    identify: Delay = Field(
        default=NAMES, description="finding out who one person is, and telling the family in person"
    )
    psychological_aid: Delay = Field(default=FORMS_UP, description="finding a quiet place at a hospital or shelter")
    triage: Delay | None = Field(default=None, description="sorting one patient by urgency")
    experts: dict[TaskKind, Id] = Field(
        default_factory=dict, description="by task, the field whose expert should be heard before teams begin"
    )
    carried: int = Field(default=3, ge=1, le=50, description="people whom a rescue crew brings out in one trip")
    source: str


ANY_KIND = "any"
"""Kind of a plan that is used where no plan for the kind of incident exists."""


class Review(Spec):
    """How good a plan is as a paper, which changes how surely its owners remember their tasks.

    Attributes:
        by_experts: Whether experts reviewed it.
        revised: Date of its last revision.
        fitness: How well its tasks and owners fit the county as it is now, from 0 to 1.
        source: Where this is from.
    """

    by_experts: bool
    revised: LocalDate
    fitness: Share
    source: str


class Plan(Spec):
    """A plan for one kind of incident.

    Attributes:
        review: How good it is as a paper; None, as of a good one, where its file does not say.
        leaves_out: Functions of the rule table that it leaves to others on purpose, with the reason.
        limits: Limits of milestones that this plan sets instead of the rubric, such as for a hazard that takes days.
        needs: Supplies that work uses up.
        shelter: What people need who are taken in because they have no house; None for nothing.
    """

    format: Literal["tabletop-plan/1"]
    id: Id
    name: Text
    kind: Id
    review: Review | None = None
    leaves_out: dict[Id, Text] = Field(default_factory=dict)
    facts: tuple[FactKind, ...] = Field(min_length=1)
    work: Work
    limits: dict[Id, Duration] = Field(default_factory=dict)
    needs: tuple[Need, ...] = ()
    shelter: ShelterNeed | None = None
    tasks: tuple[PlanTask, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _with_facts_of_command(cls, data: Any) -> Any:
        """Add the facts that every plan has besides its own."""
        if not isinstance(data, dict) or not isinstance(data.get("facts"), (list, tuple)):
            return data
        own = [row.get("key") if isinstance(row, dict) else getattr(row, "key", None) for row in data["facts"]]
        return {**data, "facts": [*data["facts"], *(row for row in command_facts() if row["key"] not in own)]}


class Rule(Spec):
    """One row of the rule table: who must tell whom what, within how long, with the source of the limit.

    Attributes:
        sender: Who must report.
        to: To whom.
        by: By word of mouth, in writing, or by either.
        fact: What must be reported or told; the duty arises when it is so.
        starts: When the limit runs from: the event, or the sender's knowledge of it.
        within: The limit.
        region: Where it holds: ``national``, ``default`` (the editable proposal), or a region of that name.
        kinds: Kinds of incident for which it holds; empty for all.
        grades: Grades of the incident for which it holds, once it is judged; empty for all.
        stage: First report, follow-up or final report.
        every: For follow-ups: time from the first report to the first follow-up, and from each to the next.
        skips: Whether it goes past a level of government.
        status: Whether the text was read (verified), is remembered (recalled), or is a proposal (design).
    """

    id: Id
    name: Text
    sender: Id
    to: Id
    by: Literal["phone", "written", "any"]
    fact: FactKey
    starts: Literal["truth", "known"]
    within: Duration
    region: Id
    kinds: tuple[Id, ...] = ()
    grades: tuple[Annotated[int, Field(ge=1, le=4)], ...] = ()
    stage: Literal["first", "follow_up", "final"] = "first"
    every: Annotated[Duration, Field(ge=60)] | None = None
    skips: bool = False
    source: Ground
    status: Literal["verified", "recalled", "design"]

    @model_validator(mode="after")
    def _follow_ups_come_again(self) -> Self:
        if (self.stage == "follow_up") != (self.every is not None):
            raise ValueError("every goes with stage: follow_up, and with nothing else")
        return self


class Mandates(Spec):
    """Which roles may give which order without asking first.

    Attributes:
        requisition: Who may requisition supplies; where nobody may, it is not done at all.
        outlet: The one outlet, which lets statements of all others pass; None where each publishes for himself.
    """

    activate: tuple[Id, ...] = Field(min_length=1)
    protect: tuple[Id, ...] = Field(min_length=1)
    publish: tuple[Id, ...] = Field(min_length=1)
    outlet: Id | None = None
    requisition: tuple[Id, ...] = ()
    source: Ground


class Reserved(Spec):
    """What only one body may publish.

    Attributes:
        facts: Keys of the facts.
        asks: Organization that is asked, and passes it on where a higher body decides.
        status: Whether the text was read (verified), is remembered (recalled), or is a proposal (design).
    """

    facts: tuple[FactKey, ...] = Field(min_length=1)
    asks: Id
    source: Ground
    status: Literal["verified", "recalled", "design"]


class RuleTable(Spec):
    """A rule table.

    Attributes:
        regions: Names of the regions of its rows, besides ``national`` and ``default``.
        reserved: What the county may not publish by itself.
    """

    format: Literal["tabletop-rules/1"]
    id: Id
    name: Text
    regions: dict[Id, Text] = Field(default_factory=dict)
    mandates: Mandates
    command: CommandRules = CommandRules()
    functions: tuple[Function, ...] = Field(default=(), description="what every plan must see to, or leave to others")
    reserved: tuple[Reserved, ...] = Field(default=(), max_length=100)
    rules: tuple[Rule, ...] = Field(min_length=1)


def instances(plan: Plan, site: str) -> tuple[PlanTask, ...]:
    """Return the tasks of a plan for a hazard at a site, those for several places written out as ``id@place``."""
    tasks: list[PlanTask] = []
    for task in plan.tasks:
        if not task.places:
            tasks.append(_meant(task, {SITE: site}))
        for place in dict.fromkeys(site if place == SITE else place for place in task.places):
            named = task.model_copy(update={"id": f"{task.id}@{place}", "places": ()})
            tasks.append(_meant(named, {SITE: site, PLACE: place}))
    return tuple(tasks)


def _meant(task: PlanTask, words: dict[str, str]) -> PlanTask:
    when = put(words, [clause.model_dump(by_alias=True, exclude_none=True) for clause in task.when])
    orders = put(words, [order.model_dump(mode="json", exclude_none=True) for order in task.orders])
    changes = {"when": _CLAUSES.validate_python(when), "orders": _ORDERS.validate_python(orders)}
    return task.model_copy(update=changes)


def put(words: Mapping[str, str], value: object) -> object:
    """Return plain data with stand-ins replaced where they are a whole text, or the subject of a fact's key."""
    if isinstance(value, str):
        head, slash, rest = value.partition("/")
        return words[head] + slash + rest if head in words else value
    if isinstance(value, (list, tuple)):
        return [put(words, item) for item in value]
    if isinstance(value, dict):
        return {key: put(words, item) for key, item in value.items()}
    return value
