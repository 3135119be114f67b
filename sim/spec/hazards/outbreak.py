"""An outbreak at a school in a scenario file: a meal that makes ill, and those who are ill infect others."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.spec.base import Count, Delay, Duration, Id, NotNegative, Positive, Share
from sim.spec.hazards.base import HazardSpec


class Outbreak(HazardSpec):
    """Pupils who ate what made them ill, and whom they infect.

    Attributes:
        agent: What makes them ill; it decides how long it takes until the first sign.
        eaters: How many eat there, at most those who are at the site.
        before: How long before the hazard begins the first such meal was eaten.
        meals: When the same food is served again, since the hazard began, unless the canteen is closed.
        attack: Share of those who eat of the first meal that fall ill of it.
        attack_again: The same at each later meal.
        contacts_per_h: Persons whom one who is ill would infect in an hour if nobody had it yet.
        latent_h: Mean time in h from that to being ill.
        infectious_h: Mean time in h in which somebody who is ill infects others.
        dehydrates: Share of the ill who become seriously ill within a day if nobody looks after them.
        cared: Factor on that while the ill lie in a sick bay and are given to drink.
        critical: Share of the seriously ill who are critical.
        seek: Share of the ill who go to a hospital by themselves.
        isolated: Share of the contacts that is left once the ill are isolated and rooms are disinfected.
        isolated_well: The same once it is known what it is, and disinfected with what kills it.
        kept_in: Share of the contacts that is left among pupils who stay in their rooms.
        lab: From the samples, taken when the canteen is closed, to the result.
        supplier: Place of the supplier of the food; None where nobody else is supplied.
        homes: Place where the families live.
        family: Persons in the family of a pupil who is sent home.
        home_contacts_per_h: Persons whom one pupil who is sent home ill would infect there in an hour.
    """

    SUBJECT = "outbreak"

    kind: Literal["outbreak"]
    agent: Literal["staphylococcus", "bacillus_cereus", "clostridium_perfringens", "norovirus", "salmonella"]
    eaters: Count
    before: Duration = 0
    meals: Annotated[tuple[Duration, ...], Field(max_length=50)] = ()
    attack: Share
    attack_again: Share = 0.0
    contacts_per_h: NotNegative
    latent_h: Positive
    infectious_h: Positive
    dehydrates: Annotated[float, Field(ge=0, lt=1)]
    cared: Share
    critical: Share
    seek: Share
    isolated: Share
    isolated_well: Share
    kept_in: Share
    lab: Delay
    supplier: Id | None = None
    homes: Id
    family: NotNegative = 0.0
    home_contacts_per_h: NotNegative = 0.0

    @model_validator(mode="after")
    def _better_known(self) -> Self:
        if self.isolated_well > self.isolated:
            raise ValueError("isolated_well leaves more contacts than isolated")
        return self
