"""The scenario: what happens, what is trained, what is injected and what is asked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sim.spec.base import (
    Clause,
    Count,
    Delay,
    Duration,
    FactKey,
    FactValue,
    Ground,
    Id,
    Share,
    Spec,
    Text,
)
from sim.spec.cascade import Link
from sim.spec.hazards import AnyHazard
from sim.spec.orders import Choice, Option, StatedFact
from sim.spec.roads import Weather
from sim.spec.rumor import Rumor


def _local_time(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("expected local time such as 2026-05-12T23:40")
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is not None:
        raise ValueError("expected local time without a zone, such as 2026-05-12T23:40")
    return moment.strftime("%Y-%m-%dT%H:%M")


LocalTime = Annotated[str, BeforeValidator(_local_time)]


class Objective(Spec):
    """What the exercise trains, and the milestones of the rubric that show it."""

    id: Id
    text: Text
    milestones: tuple[Id, ...] = Field(min_length=1)


class Population(Spec):
    """How people at the places behave (defaults are editable guesses unless a source is named).

    Attributes:
        indoors: Share of the outdoor concentration met indoors at night.
        sealed: The same with windows and doors shut.
        comply: Share that follows an order, at full trust.
        notice: Time from an order's arrival until somebody has heard it.
        leave: Time until somebody who leaves on foot is out of the gas.
        on_foot: Share that can leave without a bus.
        by_car: Share of those who do so by car, on the road out of the place.
        call_after: Time until somebody calls about smell or sickness.
        assembly: Place to which people are taken.
    """

    indoors: Share
    sealed: Share
    comply: Share
    notice: Delay
    leave: Delay
    on_foot: Share
    by_car: Share = 0.0
    call_after: Delay
    assembly: Id
    source: str


class ScriptedTruth(Spec):
    """Something that becomes true at a time, unless the truth then meets ``unless``."""

    at: Duration
    fact: FactKey
    value: FactValue
    unless: tuple[Clause, ...] = ()


class Spoken(Spec):
    """What somebody outside says into the exercise: from whom, to whom, by which channel, with which words.

    Attributes:
        facts: What it states.
        asks: Facts that the sender wants to be told.
    """

    sender: Id = Field(alias="from")
    to: tuple[Id, ...] = Field(min_length=1)
    channel: Id
    kind: Literal["report", "request", "notice", "question"]
    text: Text
    facts: tuple[StatedFact, ...] = ()
    asks: tuple[FactKey, ...] = ()


class Inject(Spoken):
    """A scripted piece of information, sent through the channels of the exercise.

    When it is sent: at a time (``at``), counted from the start or from the sending of another inject (``after``);
    as soon as the truth meets a condition (``when``), not before ``at``; or only by the trainer's hand (``by_hand``).
    It is left out if the truth then meets ``unless``, and a contingency inject if what was expected has come: the
    milestone of the rubric that ``missing`` names. ``phase`` to ``note`` are for the people who run the exercise.

    Attributes:
        phase: Part of the exercise that it belongs to.
        support: Who helps those responsible.
        within: How soon the expected action should come.
        ground: Article of plan or law that asks for it.
        look_for: What evaluators look for.
    """

    id: Id
    at: Duration | None = None
    after: Id | None = None
    when: tuple[Clause, ...] = ()
    unless: tuple[Clause, ...] = ()
    missing: Id | None = None
    by_hand: bool = False
    expected: Text
    responsible: tuple[Id, ...] = Field(min_length=1)
    objective: Id
    phase: Text | None = None
    support: tuple[Id, ...] = ()
    within: Duration | None = None
    ground: Ground | None = None
    look_for: Text | None = None
    note: str = ""

    @model_validator(mode="after")
    def _one_trigger(self) -> Self:
        if self.by_hand and (self.at is not None or self.after or self.when or self.missing):
            raise ValueError("an inject that is sent by hand has no time and no condition to be sent")
        if not self.by_hand and self.at is None and not self.when:
            raise ValueError("an inject needs a time (at), a condition (when) or by_hand: true")
        if (self.after or self.missing) and self.at is None:
            raise ValueError("after and missing need a time (at)")
        return self


class Outage(Spec):
    """A channel or an installation that is down from a time on.

    Attributes:
        channel: The channel; every attempt to use it fails until it is up again.
        lifeline: The installation, such as a substation, on which channels depend.
        at: Since when it is down.
        lasts: For how long; without it a repair crew has to bring the installation back.
        source: Where the times are from.
    """

    channel: Id | None = None
    lifeline: Id | None = None
    at: Duration
    lasts: Duration | None = None
    source: str

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.channel is None) == (self.lifeline is None):
            raise ValueError("an outage is of one thing: a channel or a lifeline")
        if self.channel is not None and self.lasts is None:
            raise ValueError("nobody repairs a channel: an outage of one needs lasts")
        return self

    @property
    def until(self) -> int:
        """When it is over by itself, in seconds since the exercise began; its begin if a crew has to come."""
        return self.at + (self.lasts or 0)


class PausePoint(Spec):
    """A question to a seat, at a time or as soon as its picture meets a condition.

    ``decides`` names the tasks of the plan that are left to this decision.
    """

    id: Id
    seat: Id
    at: Duration | None = None
    when: tuple[Clause, ...] = ()
    question: Text
    options: tuple[Option, ...] = Field(min_length=2, max_length=9)
    by_plan: tuple[Choice, ...] = Field(min_length=1)
    by_expert: tuple[Choice, ...] = Field(default=(), description="where an expert would not go by the plan; then it")
    decides: tuple[Id, ...] = ()
    limit: Duration
    objectives: tuple[Id, ...] = Field(min_length=1)


class Difficulty(Spec):
    """A named setting of the exercise: coordination parameters that differ from their defaults.

    Attributes:
        parameters: Values by parameter name, as ``--set`` takes them.
    """

    id: Id
    name: Text
    parameters: dict[str, float | str]


class Drawn(Spec):
    """Where a scenario that nobody prepared comes from: the same draw gives the same file again.

    Attributes:
        seed: Seed of the draw.
        attempt: Which attempt it was, from 0; those before it were not plausible, or not what was asked for.
        register_digest: SHA-256 of the risk register.
        window: Agreed window of the start, ``FROM/TO``; empty for none.
    """

    seed: int = Field(ge=0, lt=2**63)
    attempt: int = Field(ge=0, le=10_000_000)
    register_digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    window: Annotated[str, Field(max_length=40)] = ""


class Scenario(Spec):
    """A scenario file.

    ``visibility`` says what participants are told beforehand: ``open`` all that the summary says, ``single-blind``
    the time but not the content, ``double-blind`` neither.
    """

    format: Literal["tabletop-scenario/1"]
    id: Id
    name: Text
    summary: Text
    county: Id
    plan: Id
    rules: Id
    rubric: Id
    starts_at: LocalTime
    duration: Duration
    weather: Weather = Field(default="clear", description="weather of the roads")
    resources: Id = Field(default="medium", description="means of the county: one of its presets")
    visibility: Literal["open", "single-blind", "double-blind"] = "open"
    objectives: tuple[Objective, ...] = Field(min_length=1)
    hazard: AnyHazard
    secondary: tuple[AnyHazard, ...] = Field(default=(), max_length=20, description="hazards that a cascade may start")
    cascade: tuple[Link, ...] = Field(default=(), max_length=100)
    population: Population
    rumor: Rumor
    public_people: Count = Field(description="people of the county whom a rumor can reach")
    key_measures: tuple[Id, ...] = Field(default=(), description="tasks of the plan on which most depends")
    difficulties: tuple[Difficulty, ...] = Field(default=(), max_length=9)
    truths: tuple[ScriptedTruth, ...] = ()
    outages: tuple[Outage, ...] = Field(default=(), max_length=100)
    injects: tuple[Inject, ...] = Field(min_length=1, max_length=500)
    pause_points: tuple[PausePoint, ...] = Field(max_length=100)
    drawn: Drawn | None = Field(default=None, description="how it was drawn; absent where somebody wrote it")
