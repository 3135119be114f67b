"""What a gap is."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple


class Root(StrEnum):
    """Why an obligation was not met."""

    CHANNEL_LOST = "channel_lost"
    DESK_BUSY = "desk_busy"
    APPROVAL = "approval"
    NOT_TOLD = "not_told"
    NOT_ASKED = "not_asked"
    WRONG_PICTURE = "wrong_picture"
    DECISION = "decision"
    NO_UNIT = "no_unit"
    OTHER_UNIT = "other_unit"


class Gap(NamedTuple):
    """An obligation that was not met in time.

    Attributes:
        id: Id that is the same in any run in which the obligation arises.
        type: One of the gap types.
        units: Organizations that it concerns; the one that had to act first.
        link: From whom to whom something had to pass, or None.
        start_s: When the obligation's limit ran out, in seconds since the start.
        end_s: When it was met after all, or the end of the run.
        root: Why.
        chain: Numbers of the events that led to it.
        evidence: What was owed, in both languages.
    """

    id: str
    type: str
    units: tuple[str, ...]
    link: tuple[str, str] | None
    start_s: int
    end_s: int
    root: Root
    chain: tuple[int, ...]
    evidence: dict[str, str]

    def row(self) -> dict[str, Any]:
        """Return the gap as ``score.json`` has it."""
        return {
            "id": self.id,
            "type": self.type,
            "units": list(self.units),
            "link": None if self.link is None else list(self.link),
            "start_s": self.start_s,
            "end_s": self.end_s,
            "minutes": round((self.end_s - self.start_s) / 60, 1),
            "root_cause": self.root.value,
            "chain": list(self.chain),
            "evidence": self.evidence,
            "price": None,
        }
