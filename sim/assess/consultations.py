"""Joint consultations: who was invited, who was there, who was missing, and what each newly learned by it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sim.record.events import Event


class Consulted(NamedTuple):
    """One joint consultation, from the record alone.

    Attributes:
        id: Id of the order by which it was called.
        convener: Who called it.
        opened_s: When it was called, in seconds since the start.
        held_s: When it ended; None if the exercise ended before.
        invited: Who was invited.
        present: Who was there, the convener among them.
        missing: Who was invited and was not there; empty while it is not over.
        learned: Facts newly learned by each who was there, by organization.
        grade: The gravest grade that the plan knows for what those present held together; None if it knows none.
    """

    id: str
    convener: str
    opened_s: int
    held_s: int | None
    invited: tuple[str, ...]
    present: tuple[str, ...]
    missing: tuple[str, ...]
    learned: dict[str, tuple[str, ...]]
    grade: int | None = None

    @property
    def attendance(self) -> float | None:
        """Share of those invited who were there, from 0 to 1; None while it is not over."""
        if self.held_s is None:
            return None
        return 1 - len(self.missing) / len(self.invited) if self.invited else 1.0


def consultations(events: Iterable[Event]) -> list[Consulted]:
    """Return all joint consultations of a record, in the order in which they were called."""
    found: dict[str, Consulted] = {}
    held: dict[int, str] = {}
    for event in events:
        if event.kind == "consultation.opened":
            invited = tuple(event.data["invited"])
            found[event.subject] = Consulted(event.subject, event.actor, event.at_s, None, invited, (), (), {})
        elif event.kind == "consultation.held":
            held[event.seq] = event.subject
            present, missing = tuple(event.data["present"]), tuple(event.data["missing"])
            found[event.subject] = found[event.subject]._replace(
                held_s=event.at_s,
                present=present,
                missing=missing,
                learned=dict.fromkeys(present, ()),
                grade=event.data.get("grade"),
            )
        elif event.kind == "fact.learned" and event.cause in held:
            learned = found[held[event.cause]].learned
            learned[event.actor] = tuple(dict.fromkeys((*learned[event.actor], event.subject)))
    return list(found.values())
