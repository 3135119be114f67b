"""A crowd that grows beyond what a square and its stairs can hold, in a scenario file."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.spec.base import Count, Delay, Duration, Id, NotNegative, Positive, Share, Spec
from sim.spec.hazards.base import HazardSpec, SiteCasualties


class Arriving(Spec):
    """How many people come from a time on; between two times the number changes evenly.

    Attributes:
        at: Time since the hazard began.
        per_min: Persons a minute who come to the entrances.
    """

    at: Duration
    per_min: NotNegative


class Ground(Spec):
    """A part of the place on which a crowd stands.

    Attributes:
        size_m2: Area in m² on which people can stand.
        exit_m: Clear width in m of all ways out.
        exit_factor: What is left of the capacity of the ways out: stairs, barriers, two-way flow.
    """

    size_m2: Positive
    exit_m: Positive
    exit_factor: Share = 1.0


class Falls(Spec):
    """How a fall comes about, and what it does. The defaults are guesses.

    Attributes:
        per_min: Chance of a fall a minute at 7 persons/m² on the stairs; it grows with the square of what exceeds 5.
        one_way: Factor on it while all walk one way.
        turning: Factor on it while people who were told to leave turn round on stairs that nobody regulates.
        pile_m2: Area in m² on which people lie over and press against one another.
        pile_factor: Density there over that of the stairs.
        hurt: Who is hurt by falling; the rest is what the pressure does, minute by minute.
        blocked: Share of the capacity of the stairs that is left while people lie there.
        unaware: Time until those behind know and push no more.
        by_themselves: Time until the pile comes apart without help.
    """

    per_min: Positive = 0.06
    one_way: Share = 0.3
    turning: Annotated[float, Field(ge=1, le=10)] = 2.0
    pile_m2: Positive = 18.0
    pile_factor: Annotated[float, Field(ge=1, le=2)] = 1.2
    hurt: SiteCasualties = SiteCasualties(light=8, serious=2)
    blocked: Share = 0.15
    unaware: Delay
    by_themselves: Delay


class Crowd(HazardSpec):
    """People who come to a show until nobody can move on the stairs.

    Attributes:
        stairs: Place of the stairs; the square is the site.
        square: The square.
        steps: The stairs, with what two-way flow leaves of their width.
        one_way_factor: What is left of it while police let all walk one way.
        one_way_needs: Police on the stairs that it needs, in patrols of three.
        held_per_team: Persons a minute whom a patrol of three can hold back at the open sides of the square.
        closed_per_team: Persons a minute whom it can stop at the foot of the stairs.
        licence: Persons for whom the show is licensed.
        last_year: Persons who were there at most a year ago.
        arriving: Who comes when; the last time must bring nobody any more.
        turnout_spread: Standard deviation of the logarithm of how many more or fewer come than that.
        bus_share: Share of them who are let down at the square by bus.
        walk_anyway: Share of those who come all the same if the buses do not stop.
        bus_lag: Time until the last bus on its way has let its passengers down.
        stay_home: Share that does not come any more once the public was told.
        climb_per_min: Share of those in the square who go up the stairs each minute.
        stays_off: Share of those who follow an order to stay where they are that keep off the stairs. A guess.
        stairs_leaving: Share of those on the stairs who want to get off again.
        leaving: Share of those in the square who want to leave during the show.
        ends: When the show is over, since the hazard began.
        leaving_after: Share that wants to leave after the show.
        leaves_within: Time in which that share is reached.
        wedge_m: How far in m police must push into the crowd from the edge of the square to reach those who fell.
        near_m: The last part of it, on the stairs; all of it for police who stand there already.
        lifted_per_min: Persons whom one police team takes off the pile in a minute.
    """

    SUBJECT = "crowd"

    kind: Literal["crowd"]
    stairs: Id
    square: Ground
    steps: Ground
    one_way_factor: Share
    one_way_needs: Positive
    held_per_team: Positive
    closed_per_team: Positive
    licence: Count
    last_year: Count
    arriving: tuple[Arriving, ...] = Field(min_length=2, max_length=100)
    turnout_spread: Annotated[float, Field(ge=0, le=1)] = 0.0
    bus_share: Share = 0.0
    walk_anyway: Share = 0.0
    bus_lag: Duration = 0
    stay_home: Share = 0.0
    climb_per_min: Share
    stays_off: Share = 0.4
    stairs_leaving: Share
    leaving: Share
    ends: Duration
    leaving_after: Share
    leaves_within: Annotated[Duration, Field(ge=60)]
    wedge_m: Positive
    near_m: Positive
    lifted_per_min: int = Field(ge=1, le=100)
    falls: Falls

    @model_validator(mode="after")
    def _comes_to_an_end(self) -> Self:
        times = [one.at for one in self.arriving]
        if times != sorted(dict.fromkeys(times)) or self.arriving[-1].per_min:
            raise ValueError("the times of arriving must rise, and with the last of them nobody may come any more")
        if self.licence > self.last_year:
            raise ValueError("licence is above last_year")
        if self.near_m > self.wedge_m:
            raise ValueError("near_m is the last part of wedge_m")
        return self

    @property
    def harm(self) -> str:
        """Persons on a square meter."""
        return "crowd_density"
