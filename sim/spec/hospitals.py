"""How a hospital makes room: steps in which it opens more treatment bays and beds, with the staff that each takes."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from sim.spec.base import Count, Delay, Id, Spec


class SurgeStep(Spec):
    """One step, such as clearing the recovery room.

    Attributes:
        bays: Treatment bays that it adds.
        beds: Beds that it adds.
        staff: People of those called in whom it keeps busy from then on.
        takes: How long it takes once they are there.
    """

    bays: Count
    beds: Count = 0
    staff: Count
    takes: Delay

    @model_validator(mode="after")
    def _adds_something(self) -> Self:
        if not self.bays and not self.beds:
            raise ValueError("a step adds bays or beds")
        return self


class Surge(Spec):
    """What a hospital can open beyond its ordinary bays and beds.

    Attributes:
        hospital: Place of the hospital.
        staff: How many of those off duty come when they are called in.
        call_in: Time from the first call until they are there.
        steps: Steps in the order in which they are opened.
        source: Where the figures come from.
    """

    hospital: Id
    staff: Count
    call_in: Delay
    steps: tuple[SurgeStep, ...] = Field(min_length=1, max_length=9)
    source: str = Field(min_length=1)
