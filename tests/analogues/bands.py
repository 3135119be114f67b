"""Bands for the timings of a run, taken from real events: how they are written down, and how a record is held to them.

A file ``sNN-*.yaml`` of this folder holds the bands of one scenario. They were written before any run was looked at.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self

import yaml
from pydantic import BeforeValidator, Field, model_validator

from sim.assess.index import Index
from sim.assess.milestones import milestones
from sim.record.events import Event
from sim.record.folder import RunRecord
from sim.spec.base import Duration, Id, Spec
from sim.spec.rubric import Match

HERE = Path(__file__).resolve().parent

Year = Annotated[int, Field(ge=1900, le=2100)] | Literal["not stated", "several"]
Sources = Annotated[tuple[str, ...], BeforeValidator(lambda given: (given,) if isinstance(given, str) else given)]


class Moment(Spec):
    """An event of the record, in words, and so that it can be found: by a milestone of the rubric, or by its fields.

    Attributes:
        words: What happens; for people, and for whoever must still say how to find it.
        milestone: Id of a milestone of the run's own rubric.
        match: Any of these; the earliest counts.
    """

    words: str = Field(min_length=1)
    milestone: Id | None = None
    match: tuple[Match, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.milestone is not None and self.match:
            raise ValueError("a milestone or a match, not both")
        return self

    @property
    def findable(self) -> bool:
        """Whether it says how to find the event, not only in words."""
        return self.milestone is not None or bool(self.match)


class Band(Spec):
    """How long something took in reality, at the least and at the most.

    Attributes:
        since: What the time runs from; None for the beginning of the run.
        until: What it runs to.
        low: At the least; None where nothing is too soon.
        high: At the most; None where nothing is too late.
        run: ``plan``: a run by the plan lies inside; ``failure``: only a run with that failure does.
        failure: What went wrong there, for bands of failures.
        place: Where the real event was.
        source: Where the times stand, as named by those who read them.
        status: ``verified``: the source was read; ``recalled``: it was not; ``weak``: read, but of little weight.
        why: Why the band is as wide as it is.
        why_not: Why a run by the plan lies outside after all; empty while it lies inside or was not looked at.
    """

    id: Id
    since: Moment | None = None
    until: Moment
    low: Duration | None = None
    high: Duration | None = None
    run: Literal["plan", "failure"]
    failure: str = ""
    place: str = Field(min_length=1)
    year: Year
    source: Sources = Field(min_length=1)
    status: Literal["verified", "recalled", "weak"]
    why: str = Field(min_length=20)
    why_not: str = ""

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("a band needs a low or a high end")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("the low end lies above the high one")
        if (self.run == "failure") != bool(self.failure):
            raise ValueError("a band of a failure says which failure, and no other does")
        return self

    @property
    def measurable(self) -> bool:
        """Whether both ends of the time can be found in a record."""
        return self.until.findable and (self.since is None or self.since.findable)

    def says(self, seconds: int) -> Verdict:
        """Return how a duration lies to the band; its ends are inside."""
        if self.low is not None and seconds < self.low:
            return Verdict.BELOW
        return Verdict.ABOVE if self.high is not None and seconds > self.high else Verdict.INSIDE


class Bands(Spec):
    """A file of bands."""

    format: Literal["analogue-bands/1"]
    scenario: Id
    bands: tuple[Band, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_id_twice(self) -> Self:
        idents = [band.id for band in self.bands]
        if len(set(idents)) < len(idents):
            raise ValueError("an id stands twice")
        return self


class Verdict(StrEnum):
    """How a run lies to a band."""

    INSIDE = "inside"
    BELOW = "below"
    ABOVE = "above"
    NEVER = "never"


class Measured(NamedTuple):
    """A run held to a band: the verdict, when the time began and ended, and how long it was, in seconds."""

    verdict: Verdict
    since_s: int | None
    until_s: int | None
    seconds: int | None


def load(path: Path) -> Bands:
    """Read a file of bands.

    Raises:
        ValueError: If it is not of that form.
    """
    return Bands.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def load_all(folder: Path = HERE) -> dict[str, Bands]:
    """Return all files of bands by the name of the file without its ending."""
    return {path.stem: load(path) for path in sorted(folder.glob("s[0-9][0-9]-*.yaml"))}


def measure(record: RunRecord, band: Band) -> Measured:
    """Hold a run to a band.

    The time runs from the first event that fits ``since`` to the first at or after it that fits ``until``; if there is
    only an earlier one, to the last of those, and the time is negative. It is ``never`` if either event is missing.

    Raises:
        ValueError: If the band says only in words what to look for, or names a milestone that the run's rubric lacks.
    """
    if not band.measurable:
        raise ValueError(f"{band.id}: says only in words what to look for")
    start = (0, -1) if band.since is None else min(_moments(record, band.since), default=None)
    found = _moments(record, band.until)
    if start is None or not found:
        return Measured(Verdict.NEVER, None if start is None else start[0], None, None)
    until_s, _ = min((one for one in found if one >= start), default=max(found))
    seconds = until_s - start[0]
    return Measured(band.says(seconds), start[0], until_s, seconds)


def _moments(record: RunRecord, moment: Moment) -> list[tuple[int, int]]:
    """Return time and number of each event that fits; of a milestone only the one that the score card takes."""
    if moment.milestone is not None:
        rows = {row["id"]: row for row in milestones(Index(record))}
        if moment.milestone not in rows:
            raise ValueError(f"the rubric of the run has no milestone {moment.milestone!r}")
        row = rows[moment.milestone]
        return [] if row["at_s"] is None else [(row["at_s"], row["event"])]
    return [(event.at_s, event.seq) for event in record.events if _fits(event, moment.match)]


def _fits(event: Event, matches: tuple[Match, ...]) -> bool:
    return any(match.fits(event.kind, event.actor, event.subject, event.data) for match in matches)
