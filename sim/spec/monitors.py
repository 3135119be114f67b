"""Monitors: gauges, detectors, counters and reporting systems that watch one fact and raise an alarm."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.spec.base import Delay, FactKey, FactValue, Id, NotNegative, Share, Spec, Text
from sim.spec.plan import PLACE

MonitorKind = Literal[
    "rain_gauge",
    "stream_gauge",
    "reservoir_gauge",
    "gas_detector",
    "smoke_detector",
    "heat_detector",
    "crowd_counter",
    "syndromic_count",
    "seismometer",
    "power_monitor",
    "network_monitor",
    "mine_monitor",
    "slope_monitor",
    "observer",
]
"""What a monitor is; ``observer`` is a person whose task is to look."""
SLOTS_A_DAY = 24
"""False alarms come at most once in each of so many slots of a day."""


class Connected(Spec):
    """What a monitor is like once it is connected, and nobody goes to look at it by hand any more.

    Attributes:
        delay_factor: Factor on its delay. The default is a guess.
        miss_factor: Factor on its chance to miss. The default is a guess.
        needs: Kinds of lifeline that it needs then, besides what it needs anyhow; never none.
    """

    delay_factor: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.25
    miss_factor: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.5
    needs: tuple[Id, ...] = Field(min_length=1)


class Monitor(Spec):
    """Something that watches a fact and raises an alarm when it comes to a value.

    Attributes:
        at: Place where it stands.
        watches: The fact. The subject ``place`` means the place where it stands.
        above: It alarms when the value is above this number; only for facts that are numbers.
        is_: It alarms when the value is this.
        senses: Hazards, by the subject of their facts such as ``leak``, whose danger it can sense; empty for any. Only
            for facts that a hazard brings about at a place.
        owner: Organization whose picture it feeds.
        tells: Organizations to which an alarm goes out from the owner's desk.
        channel: Channel that the alarm tries first; None for the owner's usual order.
        delay: Time from when the value is reached until the alarm.
        miss: Chance that it does not notice.
        false_per_day: Mean number of false alarms in 24 hours in which it works.
        needs: Kinds of lifeline that must serve its place.
        battery: How long it works without them; None for not at all.
        connected: What it is like when connected; None if it cannot be.
        source: Where the numbers are from.
    """

    id: Id
    name: Text
    kind: MonitorKind
    at: Id
    watches: FactKey
    above: int | None = None
    is_: FactValue | None = Field(default=None, alias="is")
    senses: tuple[Id, ...] = Field(default=(), max_length=20)
    owner: Id
    tells: tuple[Id, ...] = Field(default=(), max_length=50)
    channel: Id | None = None
    delay: Delay
    miss: Share = 0.0
    false_per_day: Annotated[NotNegative, Field(le=SLOTS_A_DAY)] = 0.0
    needs: tuple[Id, ...] = ()
    battery: Delay | None = None
    connected: Connected | None = None
    source: str

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        if (self.above is None) == (self.is_ is None):
            raise ValueError("a monitor alarms either above a number or when the value is something: above or is")
        if self.battery is not None and not self.needs and self.connected is None:
            raise ValueError("a battery is for when what the monitor needs is missing: it needs nothing")
        return self

    @property
    def fact(self) -> str:
        """Key of the fact that it watches, with the place where it stands."""
        subject, _, attribute = self.watches.partition("/")
        return f"{self.at}/{attribute}" if subject == PLACE else self.watches

    def alarms_at(self, value: FactValue | None) -> bool:
        """Return whether a value is one at which it alarms."""
        if self.is_ is not None:
            return type(value) is type(self.is_) and value == self.is_
        assert self.above is not None
        return type(value) is int and value > self.above

    @property
    def pretends(self) -> FactValue:
        """What a false alarm says: the value at which it alarms, or the least number above its limit."""
        if self.is_ is not None:
            return self.is_
        assert self.above is not None
        return self.above + 1

    @property
    def rests(self) -> FactValue | None:
        """What it shows at rest, as far as that follows from where it alarms; None where it does not."""
        if self.is_ is None:
            return self.above
        return not self.is_ if isinstance(self.is_, bool) else None

    def needs_at(self, level: int) -> tuple[str, ...]:
        """Return the kinds of lifeline that it needs at a level of ``monitoring.level``."""
        more = self.connected.needs if level == CONNECTED and self.connected is not None else ()
        return tuple(dict.fromkeys((*self.needs, *more)))

    def delay_at(self, level: int) -> Delay:
        """Return its delay at a level of ``monitoring.level``."""
        if level == CONNECTED and self.connected is not None:
            return self.delay.scaled(self.connected.delay_factor)
        return self.delay

    def miss_at(self, level: int) -> float:
        """Return its chance to miss at a level of ``monitoring.level``."""
        if level == CONNECTED and self.connected is not None:
            return self.miss * self.connected.miss_factor
        return self.miss


NONE, AS_FILE, CONNECTED = range(3)
"""Levels of ``monitoring.level``: no monitors, those of the county file as they are, connected ones."""
