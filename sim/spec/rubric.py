"""The rubric: what is scored, against which limit, with which weight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from sim.spec.base import Duration, FactValue, Ground, Id, NotNegative, Positive, Share, Spec, Text


class Dimension(Spec):
    """A part of the total; ``weight`` is the points that it can give."""

    id: Id
    name: Text
    weight: Positive
    source: Ground


class Match(Spec):
    """Which event of the record counts: all given fields must agree; the first that agrees is taken."""

    kind: str
    actor: Id | None = None
    subject: str | None = None
    data: dict[str, FactValue] = Field(default_factory=dict)

    def fits(self, kind: str, actor: str, subject: str, data: Mapping[str, object]) -> bool:
        """Return whether an event with these fields is one of those."""
        if kind != self.kind or self.actor not in (None, actor) or self.subject not in (None, subject):
            return False
        return all(data.get(name) == value for name, value in self.data.items())


class Milestone(Spec):
    """A point that the response should reach, and by when."""

    id: Id
    name: Text
    match: tuple[Match, ...] = Field(min_length=1, description="any of these; the earliest counts")
    since: Id | None = Field(default=None, description="limit runs from this milestone; from the start when absent")
    within: Duration | None = None
    rule: Id | None = Field(default=None, description="take the limit from this row of the rule table")
    tasks: tuple[Id, ...] = Field(default=(), description="tasks of the plan that this milestone scores")
    order: str | None = Field(default=None, description="applies where some task of the plan gives such an order")
    arises: tuple[Match, ...] = Field(
        default=(), description="applies only where one of these came; what was prevented need not be answered"
    )
    dimension: Id
    points: Positive
    source: Ground


GapType = Literal[
    "unacknowledged",
    "open_loop",
    "orphan_task",
    "duplicate_task",
    "conflicting_orders",
    "no_mandate",
    "stale_fact",
    "inconsistent_figures",
    "release_outside_chain",
    "waiting_on_other",
    "wrong_level",
    "missed_notification",
    "resource_mismatch",
    "command_gap",
    "no_fallback",
    "unprotected_entry",
    "no_expert",
]
"""Types of gap: the sixteen of the catalog of county emergency management, and technical work without an expert."""


class GapWeight(Spec):
    """What the obligations of one type count in the dimension coordination.

    Attributes:
        owed: Weight, among the types, of obligations that truth, plan or rules open.
        takes: Most that obligations opened by what somebody did can take from the share, where they are not met.
        source: Where the weights are from.
        ground: Law or rule that asks for what is owed, where neither plan nor rule table names one.
    """

    type: GapType
    owed: NotNegative = 0.0
    takes: Share = 0.0
    source: Ground
    ground: Ground


class GapLimits(Spec):
    """When an unmet obligation becomes a gap, by type."""

    unacknowledged: Duration
    open_loop: Duration
    waiting_on_other: Duration
    missed_notification: Duration
    command_gap: Duration = Field(default=30 * 60, description="time without anybody who leads")
    wrong_level: Duration = Field(default=4 * 3600, description="time until the level leads that the grade asks for")
    resource_mismatch: Duration = Field(default=3600, description="until what teams from outside need is ordered")
    no_fallback: Duration = Field(default=10 * 60, description="until another channel is tried")
    approval: Duration = Field(default=15 * 60, description="until whoever is asked lets an order pass, or returns it")
    longest: Annotated[Duration, Field(gt=0)] = Field(description="most that one obligation can be late")
    weights: tuple[GapWeight, ...] = Field(min_length=1, description="what each type counts; others count nothing")
    source: Ground


class Competency(Spec):
    """What the people show who are trained: some milestones and types of gap of the score, looked at together.

    Attributes:
        milestones: Milestones that show it, each with its points.
        gaps: Types of gap that show it.
        points: Points that each type of gap counts here, and the questions.
        questions: Whether the share of questions that seats answered in time shows it.
    """

    id: Id
    name: Text
    milestones: tuple[Id, ...] = ()
    gaps: tuple[GapType, ...] = ()
    points: Positive = 3.0
    questions: bool = False
    source: Ground


class LossWeights(Spec):
    """The price of harm, in equivalents of one death."""

    death: Positive
    critical: NotNegative
    serious: NotNegative
    light: NotNegative
    rescuer_hurt: NotNegative
    displaced_person_hour: NotNegative
    sheltered_person_hour: NotNegative
    closure_hour: NotNegative
    requisitioned_10k_yuan: NotNegative = 0.0
    source: Ground


class Band(Spec):
    """A word for a total at or above a number of points."""

    id: Id
    name: Text
    at_least: NotNegative


class Veto(Spec):
    """Something that caps the total."""

    id: Id
    name: Text
    when: Literal[
        "never_reported",
        "unprotected_entry",
        "false_denial",
        "never_protected",
        "order_withheld",
        "false_report",
        "concealed_report",
    ]
    cap: Positive
    source: Ground


SCORED_APART = ("response_speed", "coordination", "outcome", "resources")
"""Dimensions that every rubric must have, because the score computes them in ways of their own or shows them alone."""


class ObjectiveBands(Spec):
    """Share of an objective's points from which it is rated P (performed), S (some) or M (major challenges)."""

    performed: Share
    some_challenges: Share
    major_challenges: Share


class Rubric(Spec):
    """A rubric file."""

    format: Literal["tabletop-rubric/2"]
    id: Id
    name: Text
    dimensions: tuple[Dimension, ...] = Field(min_length=1)
    milestones: tuple[Milestone, ...] = Field(min_length=1)
    late_curve: Share = Field(description="share of the points left at twice the limit; linear between; 0 beyond")
    gaps: GapLimits
    loss: LossWeights
    outcome_share: Share = Field(description="part of the dimension outcome that harm decides; milestones the rest")
    resources_within: Duration = Field(description="a task must have its unit within this time to count as served")
    longest_duty: Annotated[Duration, Field(ge=3600)] = Field(
        default=16 * 3600, description="duty staff who are on duty for longer at a stretch lower the use of resources"
    )
    outcome_margin: NotNegative = Field(description="smallest distance between the yardsticks that gives an outcome")
    vetoes: tuple[Veto, ...]
    withheld_after: Duration = Field(
        default=45 * 60,
        description="how long an order to protect may be put off by who knows of danger",
    )
    competencies: tuple[Competency, ...] = ()
    bands: tuple[Band, ...] = Field(min_length=1)
    objective_bands: ObjectiveBands
