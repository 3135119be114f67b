"""The life of an issue in the ledger (问题台账): a pure state machine.

An exercise that shows a gap again reopens its issue, one that shows it gone only proposes to close it: that is for a
person to do, who gives a name (销号人). Nothing closes by itself.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from sim.errors import bad_input


class Status(StrEnum):
    """Where an issue stands."""

    OPEN = "open"
    PROPOSED = "proposed"
    CLOSED = "closed"


class Step(StrEnum):
    """What happens to an issue: an exercise shows it or shows it gone, a person closes or reopens it."""

    SEEN = "seen"
    GONE = "gone"
    CLOSE = "close"
    REOPEN = "reopen"


NEXT = MappingProxyType(
    {
        (Status.OPEN, Step.SEEN): Status.OPEN,
        (Status.OPEN, Step.GONE): Status.PROPOSED,
        (Status.OPEN, Step.CLOSE): Status.CLOSED,
        (Status.PROPOSED, Step.SEEN): Status.OPEN,
        (Status.PROPOSED, Step.GONE): Status.PROPOSED,
        (Status.PROPOSED, Step.CLOSE): Status.CLOSED,
        (Status.PROPOSED, Step.REOPEN): Status.OPEN,
        (Status.CLOSED, Step.SEEN): Status.OPEN,
        (Status.CLOSED, Step.GONE): Status.CLOSED,
        (Status.CLOSED, Step.REOPEN): Status.OPEN,
    }
)
"""Where each step leads; what is not here cannot be done."""


def after(status: Status, step: Step, issue: str = "") -> Status:
    """Return where an issue stands after a step.

    Raises:
        BadInput: If the step cannot be done there.
    """
    if (status, step) not in NEXT:
        allowed = ", ".join(one.value for before, one in NEXT if before is status and one in (Step.CLOSE, Step.REOPEN))
        raise bad_input(issue or "issue", f"is {status.value} and cannot {step.value}", allowed)
    return NEXT[status, step]
