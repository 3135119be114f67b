"""The risk register: what can go wrong where in a county, how likely, how bad, and which injects and questions fit.

Unannounced exercises are drawn from it. Templates are injects and questions with stand-ins for what only the draw
knows: ``site``, ``first`` (the place that the gas reaches first), ``second`` and ``third`` (the places that the wind
may turn to), each also as ``{first}`` inside texts. Under ``any_of``, what speaks of a place that a draw does not have
is left out. Numbers without another source in the file are guesses.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from sim.spec.base import Clause, Duration, Ground, Id, NotNegative, Positive, Share, Spec, Text
from sim.spec.scenario import LocalTime, PausePoint, Population, Spoken

Stability = Literal["A", "B", "C", "D", "E", "F"]
Sky = Literal["clear", "cloudy", "overcast"]
Sun = Literal["strong", "moderate", "slight"]
Hour = Annotated[float, Field(ge=0, le=24, allow_inf_nan=False)]
Needs = Literal[
    "day", "night", "turn", "steady", "one_way", "two_ways", "escalation", "runoff", "outage", "school", "village"
]
"""What a template may need of the rest of the draw: the hour, the weather, the cascade, who lives downwind, and
whether the wind may turn to one further place or to either of two."""

Moment = Literal["start", "reached", "forecast", "turn", "escalation", "runoff", "rumor", "outage"]
"""Moments of a drawn course of events that templates are timed from; ``reached``: the gas comes to ``first``."""


class Range(Spec):
    """An amount drawn evenly on a logarithmic scale between two ends."""

    low: Positive
    high: Positive

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise ValueError("low must not be above high")
        return self


class Times(Spec):
    """A time drawn evenly between two ends, to the minute."""

    low: Duration
    high: Duration

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high or self.low % 60 or self.high % 60:
            raise ValueError("low must not be above high, and both must be whole minutes")
        return self


class Numbers(Spec):
    """A count drawn evenly from two ends and what lies between."""

    low: int = Field(ge=0, le=10_000)
    high: int = Field(ge=0, le=10_000)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise ValueError("low must not be above high")
        return self


class Season(Spec):
    """Sun and wind of some months; hours are local, speeds in m/s at 10 m as low end, most common and high end."""

    months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = Field(min_length=1)
    sunrise_h: Hour
    sunset_h: Hour
    noon_sun: Sun = Field(description="insolation under a clear sky within three hours of noon")
    wind_by_day_m_s: tuple[Positive, Positive, Positive]
    wind_by_night_m_s: tuple[Positive, Positive, Positive]


class PasquillRow(Spec):
    """Stability classes for wind below a speed: by day by the strength of the sun, by night by the sky."""

    below_m_s: Positive
    strong: tuple[Stability, ...] = Field(min_length=1)
    moderate: tuple[Stability, ...] = Field(min_length=1)
    slight: tuple[Stability, ...] = Field(min_length=1)
    cloudy_night: tuple[Stability, ...] = Field(min_length=1)
    clear_night: tuple[Stability, ...] = Field(min_length=1)


class Weather(Spec):
    """What weather there is when.

    Attributes:
        skies: Weights of skies.
        rose: Weights of the eight bearings that the wind blows toward, from north clockwise.
        pasquill: Rows of Pasquill's table, by rising wind speed.
        source: Where the figures come from.
    """

    seasons: tuple[Season, ...] = Field(min_length=1)
    skies: dict[Sky, NotNegative] = Field(min_length=1)
    rose: tuple[NotNegative, ...] = Field(min_length=8, max_length=8)
    pasquill: tuple[PasquillRow, ...] = Field(min_length=1)
    source: str

    @model_validator(mode="after")
    def _covers_the_year(self) -> Self:
        months = [month for season in self.seasons for month in season.months]
        if sorted(months) != list(range(1, 13)):
            raise ValueError("each month must stand in exactly one season")
        speeds = [row.below_m_s for row in self.pasquill]
        if speeds != sorted(speeds):
            raise ValueError("rows of the table must stand by rising wind speed")
        return self


class Failure(Spec):
    """One way in which a plant leaks.

    Attributes:
        weight: Likelihood against the other failures of the site.
        what: The part that fails, as the texts call it.
        rate_g_s: Release rate in g/s.
        inventory_kg: What can run out, in kg.
    """

    id: Id
    weight: Positive
    what: Text
    rate_g_s: Range
    inventory_kg: Range
    source: str


class ToxicSite(Spec):
    """A place that holds a toxic gas.

    Attributes:
        weight: Likelihood of an accident against the other sites.
        holds: What it holds, for readers: substance and amounts.
    """

    place: Id
    weight: Positive
    substance: Id
    substance_name: Text
    holds: Text
    failures: tuple[Failure, ...] = Field(min_length=1)
    source: str


class WindTurns(Spec):
    """How the wind may turn: ``at`` when, ``warning`` how long before the bureau knows, ``by_deg`` how far."""

    chance: Share
    at: Times
    warning: Times
    by_deg: Numbers
    spread_deg: Annotated[float, Field(ge=0, le=45)]
    source: str


class SelfHelp(Spec):
    """The enterprise's own attempt to stop the leak: how often, when, with how many people, with what success."""

    chance: Share
    at: Times
    crew: Numbers
    work: dict[str, Any] = Field(description="a distribution of durations, as in a scenario")
    success: Share
    source: str


class Cascade(Spec):
    """What may follow: a second release, polluted runoff, a rumor, a channel that fails."""

    escalation_chance: Share
    escalation_at: Times
    escalation_likely: tuple[Share, Share]
    escalation_factor: Range
    runoff_chance: Share
    runoff_at: Times
    rumor_at: Times
    rumor_growth_per_h: Range
    rumor_seed_share: Range
    outage_chance: Share
    outage_channels: dict[Id, Positive]
    outage_at: Times
    outage_lasts: Times
    source: str


class InjectTemplate(Spoken):
    """An inject of the library: what a scenario's inject says of itself, with a range of times instead of one.

    Attributes:
        chance: How often it is taken when what it needs is there.
        since: Moment that it is timed from.
        time: When, after that moment.
        needs: What must be so for it to fit.
    """

    id: Id
    chance: Share
    since: Moment = "start"
    time: Times
    needs: tuple[Needs, ...] = ()
    unless: tuple[Clause, ...] = ()
    missing: Id | None = None
    expected: Text
    responsible: tuple[Id, ...] = Field(min_length=1)
    objective: Id
    support: tuple[Id, ...] = ()
    within: Duration | None = None
    ground: Ground | None = None
    look_for: Text | None = None
    note: str = ""


class QuestionTemplate(PausePoint):
    """A question of the library; with ``time`` it is asked so long after a moment, otherwise on its condition."""

    chance: Share
    since: Moment = "start"
    time: Times | None = None
    needs: tuple[Needs, ...] = ()


class Limits(Spec):
    """What a draw must keep to be plausible; an attempt that does not is drawn again.

    Attributes:
        reach_m: How far from the site people count as threatened, in m.
        serious_people: How many people of one place an hour indoors must hurt seriously at least, so that protecting
            them matters.
        lasts: How long the leak must last at least, so that plugging it matters.
        most_serious_share: Most of them whom it may hurt seriously: beyond, no county could help.
        seats_asked: Fewest seats that get a question.
        injects: Fewest and most injects.
    """

    reach_m: Positive
    serious_people: int = Field(ge=0, le=100_000)
    lasts: Duration
    most_serious_share: Share
    seats_asked: int = Field(ge=1, le=50)
    injects: Numbers
    source: str


class Sentence(Spec):
    """A sentence of the summary, left out where what it needs is not there."""

    text: Text
    needs: tuple[Needs, ...] = ()


class ToxicRisks(Spec):
    """All that a drawn release of toxic gas is made of."""

    kind: Literal["toxic_release"]
    weight: Positive
    plan: Id
    durations: tuple[Duration, ...] = Field(min_length=1)
    name: Text
    summary: tuple[Sentence, ...] = Field(min_length=1)
    objectives: tuple[dict[str, Any], ...] = Field(min_length=1, description="as in a scenario")
    sites: tuple[ToxicSite, ...] = Field(min_length=1)
    hurt_at_once: dict[Literal["light", "serious", "critical"], Numbers]
    turns: WindTurns
    self_help: SelfHelp
    cascade: Cascade
    population: Population
    rumor: dict[str, Any] = Field(description="as in a scenario, without what is drawn")
    injects: tuple[InjectTemplate, ...] = Field(min_length=1, max_length=200)
    questions: tuple[QuestionTemplate, ...] = Field(min_length=1, max_length=100)
    limits: Limits


class Calendar(Spec):
    """The time from which the start is drawn where no window is agreed."""

    from_: LocalTime = Field(alias="from")
    to: LocalTime


class Risks(Spec):
    """A risk register file. Each entry of ``risks`` is one kind of hazard, told apart by ``kind``."""

    format: Literal["tabletop-risks/1"]
    id: Id
    name: Text
    county: Id
    rules: Id
    rubric: Id
    public_people: int = Field(ge=0, le=10_000_000)
    calendar: Calendar
    weather: Weather
    risks: tuple[ToxicRisks, ...] = Field(min_length=1)
