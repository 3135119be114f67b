"""A town without power, in a scenario file: its hospital, those who hang on the mains, and lifts that stand still."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.rng import Distribution, Shape
from sim.spec.base import Count, Delay, Duration, Id, Share, Spec
from sim.spec.hazards.base import HazardSpec


class Ward(Spec):
    """The intensive care unit of a hospital. Defaults are guesses.

    Attributes:
        at: The hospital.
        ventilated: Patients on ventilators.
        batteries: How long the ventilators run on their own batteries.
        hands: How many patients the staff can ventilate by hand at the same time.
        tires: After how long the staff tires.
        tired: Share of them whom it can go on with then.
    """

    at: Id
    ventilated: Count
    batteries: Delay = Distribution(Shape.LOGNORMAL, 1200.0, 0.4)
    hands: Count
    tires: Duration = 2 * 3600
    tired: Share = 0.6


class Dependents(Spec):
    """People who need something that fails with the power, such as oxygen at home or dialysis. Defaults are guesses.

    Attributes:
        at: Where they are.
        needs: Kinds of installation that must serve the place: ``substation``, and for dialysis ``water_works``.
        people: How many they are; those who were taken away from the place have what they need.
        lasts: How long one of them can do without.
    """

    at: Id
    needs: tuple[Id, ...] = Field(default=("substation",), min_length=1)
    people: Count
    lasts: Delay


class Lifts(Spec):
    """Lifts that stop between floors. Defaults are guesses.

    Attributes:
        at: Where they are.
        people: How many are in them when the power fails.
        ill_per_h: Share of them who fall seriously ill there in each hour.
    """

    at: Id
    people: Count
    ill_per_h: Share = 0.04


class Outage(HazardSpec):
    """Power that fails; what fails with it follows from the installations of the county and from the cascade.

    Attributes:
        serves: Place whose power and water are spoken of as those of the town.
        wet: Whether water stands in the basement of the hospital, so that its generator may fail.
        ward: The intensive care unit.
        dependents: Others who hang on the mains.
        lifts: Lifts with people in them.
        pump_out: How long it takes a team to keep the basement of the hospital dry, once its pumps are set up.
    """

    SUBJECT = "outage"

    kind: Literal["outage"]
    owner: Id | None = "power-company"
    serves: Id
    wet: bool = True
    ward: Ward
    dependents: tuple[Dependents, ...] = Field(default=(), max_length=20)
    lifts: tuple[Lifts, ...] = Field(default=(), max_length=20)
    pump_out: Delay = Distribution(Shape.LOGNORMAL, 900.0, 0.3)

    @model_validator(mode="after")
    def _each_place_once(self) -> Self:
        for rows in (self.lifts, self.dependents):
            names = [(row.at, getattr(row, "needs", ())) for row in rows]
            if len(names) != len(dict.fromkeys(names)):
                raise ValueError("two entries are of the same place and the same need")
        return self
