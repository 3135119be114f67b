"""What the hazards of all kinds have in common in a scenario file."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from sim.spec.base import Count, Delay, Duration, Id, Share, Spec

INCIDENT = "incident"
"""Subject of the facts that the main hazard of a scenario shows a sign, exists and is over."""


class Shelter(Spec):
    """What is left of the outdoor intensity where people are.

    Attributes:
        indoors: In their houses, as they are.
        sealed: Sheltered as they were told: windows shut, upstairs, away from the crowd.
        outside: On their way out on foot; less than all where the way leads out of it, such as uphill from water.
    """

    indoors: Share
    sealed: Share
    outside: Share = 1.0


class SiteCasualties(Spec):
    """People hurt at the site at once, as the scenario has it; the counts of the worse are not among the lighter."""

    light: Count = 0
    serious: Count = 0
    critical: Count = 0


class Attempt(Spec):
    """The owner's own attempt to end it, without protection."""

    at: Duration
    work: Delay
    success: Share
    crew: int = Field(ge=1, le=50)


class HazardSpec(Spec):
    """What goes wrong.

    Attributes:
        owner: Organization on whose ground it happens: it notices first, and may try by itself; None for nobody.
        attempt: What the owner tries by itself.
        site: Place where it begins.
        subject: First part of the keys of its facts; None for the word of its kind.
        shelter: What reaches people indoors and sheltered; None for what the scenario says of its people.
    """

    SUBJECT: ClassVar[str]

    site: Id
    subject: Id | None = Field(default=None, description="first part of the keys of its facts")
    owner: Id | None = "enterprise"
    attempt: Attempt | None = None
    shelter: Shelter | None = None

    @property
    def own(self) -> str:
        """First part of the keys of its own facts."""
        return self.subject or self.SUBJECT

    @property
    def harm(self) -> str | None:
        """Id of the dose-response by which it hurts people where it spreads; None if it hurts in another way."""
        return None
