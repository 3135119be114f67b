"""Advice from the record: what the adviser told which seat, whether it was checked, and whether it was followed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sim.record.events import Event


class Advised(NamedTuple):
    """Advice on one question.

    Attributes:
        seat: Who was advised.
        question: Id of the question.
        given_s: When, in seconds since the start.
        option: What the adviser would have chosen.
        confidence_pct: How sure it said it was.
        sound: Whether it followed from what the seat held; seats learn that only by checking.
        checked_s: When it was checked; None if never.
        followed_s: When the seat chose the same; None if it did not.
    """

    seat: str
    question: str
    given_s: int
    option: str
    confidence_pct: int
    sound: bool
    checked_s: int | None = None
    followed_s: int | None = None

    @property
    def checked_before(self) -> bool:
        """Whether it was checked before it was followed."""
        return self.checked_s is not None and self.followed_s is not None and self.checked_s <= self.followed_s


def advised(events: Iterable[Event]) -> list[Advised]:
    """Return all advice of a record, in the order in which it was given."""
    found: dict[tuple[str, str], Advised] = {}
    for event in events:
        key = (event.actor, event.subject)
        if event.kind == "advice.given":
            data = event.data
            found[key] = Advised(*key, event.at_s, data["option"], data["confidence_pct"], data["sound"])
        elif event.kind == "advice.checked" and found[key].checked_s is None:
            found[key] = found[key]._replace(checked_s=event.at_s)
        elif event.kind == "advice.followed":
            found[key] = found[key]._replace(followed_s=event.at_s)
    return list(found.values())


def summary(events: Iterable[Event]) -> dict[str, Any]:
    """Return how much advice was given, checked and followed.

    Returns:
        ``given``, ``checked``, ``followed`` and ``followed_unsound`` as counts, and ``checked_before``, the share of
        the advice that was followed that had been checked before; None where none was followed.
    """
    found = advised(events)
    followed = [one for one in found if one.followed_s is not None]
    return {
        "given": len(found),
        "checked": sum(one.checked_s is not None for one in found),
        "followed": len(followed),
        "followed_unsound": sum(not one.sound for one in followed),
        "checked_before": sum(one.checked_before for one in followed) / len(followed) if followed else None,
    }
