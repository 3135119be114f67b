"""What an obligation is, and the gap that it leaves when it is met late or never."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from sim.spec.base import Text


class Root(StrEnum):
    """Why an obligation was not met."""

    CHANNEL_LOST = "channel_lost"
    DESK_BUSY = "desk_busy"
    APPROVAL = "approval"
    NOT_IN_PLAN = "not_in_plan"
    NOT_TOLD = "not_told"
    NOT_ASKED = "not_asked"
    WRONG_PICTURE = "wrong_picture"
    DECISION = "decision"
    NO_UNIT = "no_unit"
    OTHER_UNIT = "other_unit"


class By(StrEnum):
    """What opened an obligation: what is so, what the plan or a rule asks for then, or something that somebody did."""

    TRUTH = "truth"
    PLAN = "plan"
    RULE = "rule"
    ACT = "act"


COORDINATION, RESOURCES, NOWHERE = "coordination", "resources", ""
"""Where an obligation can count: in a dimension, or nowhere. What a milestone scores is no obligation here."""


class Obligation(NamedTuple):
    """Something that somebody owed from a moment on, whether it was met or not. All times are seconds since the start.

    Attributes:
        id: Id that is the same in any run in which the obligation arises.
        type: One of the gap types.
        by: What opened it.
        units: Organizations that it concerns; the one that had to act first.
        link: From whom to whom something had to pass, or None.
        opened_s: Since when it was owed.
        due_s: Its limit.
        met_s: When it was met, or None.
        until_s: When it was owed no more, met or not: the end of what asked for it, or of the run.
        root: Why it was not met in time; means nothing where it was.
        chain: Numbers of the events that opened it, led to it and met it, what opened it first.
        evidence: What was owed, in both languages.
        ground: Law, plan or rule that asks for it; None for what the rubric says of its type.
        dimension: Where it counts.
    """

    id: str
    type: str
    by: By
    units: tuple[str, ...]
    link: tuple[str, str] | None
    opened_s: int
    due_s: int
    met_s: int | None
    until_s: int
    root: Root
    chain: tuple[int, ...]
    evidence: dict[str, str]
    ground: Text | None = None
    dimension: str = COORDINATION

    @property
    def start_s(self) -> int:
        """When it began to be a gap: at its limit."""
        return self.due_s

    @property
    def end_s(self) -> int:
        """When it ceased to be owed: when it was met, or its time was over."""
        return self.until_s if self.met_s is None else min(self.met_s, self.until_s)

    @property
    def late_s(self) -> int:
        """For how long it was owed beyond its limit, in seconds."""
        return max(0, self.end_s - self.due_s)

    def row(self) -> dict[str, Any]:
        """Return the obligation as a gap of ``score.json``."""
        return {
            "id": self.id,
            "type": self.type,
            "units": list(self.units),
            "link": None if self.link is None else list(self.link),
            "start_s": self.start_s,
            "end_s": self.end_s,
            "minutes": round(self.late_s / 60, 1),
            "root_cause": self.root.value,
            "chain": list(self.chain),
            "evidence": self.evidence,
            "price": None,
            "opened_by": self.by.value,
            "opened_s": self.opened_s,
            "met_s": self.met_s,
            "dimension": self.dimension,
        }


def late(obligations: Iterable[Obligation]) -> list[Obligation]:
    """Return those that were met late or never."""
    return [one for one in obligations if one.late_s]
