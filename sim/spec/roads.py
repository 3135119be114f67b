"""Roads of a county file: classes, roads, travel speeds and supplied travel times."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from sim.spec.base import Id, Positive, Spec, Text

RoadClass = Literal["expressway", "national", "provincial", "county", "village", "street"]
ROAD_CLASSES: tuple[RoadClass, ...] = get_args(RoadClass)
"""Classes of roads, the fastest first, and streets of towns."""

Weather = Literal["clear", "rain", "snow", "ice", "fog"]
Factor = Annotated[float, Field(gt=0, le=3, allow_inf_nan=False)]
Fraction = Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)]


class Road(Spec):
    """A road between two places, usable both ways unless it is one-way.

    Attributes:
        ends: The places at its ends; a one-way road leads from the first to the second.
        km: Length in km.
        road_class: Class, which gives its speed and its capacity.
        id: Id by which it is closed and named; without one it is called by its ends, ``a--b``.
        name: Name, if it has one.
        lanes: Lanes of both directions together; 2 where nothing is known.
        bridge: Whether it crosses water on a bridge, or the clearance of that bridge above the ordinary water in m:
            water that has risen further closes it.
        one_way: Whether it leads only from the first end to the second.
        speed_km_h: Civil driving speed by day in km/h, in place of that of its class.
    """

    ends: tuple[Id, Id]
    km: Positive
    road_class: RoadClass = Field(alias="class")
    id: Id | None = None
    name: Text | None = None
    lanes: int = Field(default=2, ge=1, le=16)
    bridge: bool | Positive = False
    one_way: bool = False
    speed_km_h: Annotated[float, Field(gt=0, le=200, allow_inf_nan=False)] | None = None

    @property
    def key(self) -> str:
        """Id of the road, or its ends as ``a--b`` where it has none; roads beside each other may share it."""
        return self.id or "--".join(self.ends)


class WeatherFactors(Spec):
    """What is left of the speed in bad weather, as a factor.

    All four are guesses, of the size of the losses of speed on freeways that highway agencies report.
    """

    rain: Fraction = 0.9
    snow: Fraction = 0.7
    ice: Fraction = 0.5
    fog: Fraction = 0.7

    def factor(self, weather: Weather) -> float:
        """Return the factor of a kind of weather; 1 for clear weather."""
        return 1.0 if weather == "clear" else float(getattr(self, weather))


class Speeds(Spec):
    """Travel speeds in km/h by road class, with the factors that change them.

    Attributes:
        provincial: Provincial roads; the default is a guess.
        street: Streets of towns; the default is a guess.
        siren_factor: How much faster a vehicle with lights and siren is; published data sets of ambulances have 1.1
            to 1.43.
        night_factor: How much slower driving is by night.
        weather_factors: How much slower it is in bad weather.
        congestion_factor: What ordinary traffic leaves of the speed, everywhere and always; 1: the speeds hold it.
        acceleration: Acceleration and braking of a vehicle in m/s2, for the travel law of Kolesar, Walker and Hausner
            (1975), in which each trip starts and ends at rest; None: the cruising speed holds from door to door.
        source: Where the numbers come from.
    """

    expressway: Positive
    national: Positive
    provincial: Positive = 50.0
    county: Positive
    village: Positive
    street: Positive = 30.0
    siren_factor: Positive
    night_factor: Positive
    weather_factors: WeatherFactors = WeatherFactors()
    congestion_factor: Factor = 1.0
    acceleration: Annotated[float, Field(gt=0, le=20, allow_inf_nan=False)] | None = None
    source: str


class TravelTime(Spec):
    """A travel time that was measured or computed elsewhere, in place of the one by roads and speeds.

    Attributes:
        from_: Where the trip begins.
        to: Where it ends.
        seconds: Civil driving time by day in s; siren, night and weather change it as they change other times.
    """

    from_: Id = Field(alias="from")
    to: Id
    seconds: int = Field(ge=1, le=1_000_000)

    @model_validator(mode="after")
    def _elsewhere(self) -> TravelTime:
        if self.from_ == self.to:
            raise ValueError("a travel time leads from one place to another")
        return self
