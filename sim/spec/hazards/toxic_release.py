"""A release of toxic gas in a scenario file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.spec.base import Duration, Id, Positive, Share, Spec
from sim.spec.hazards.base import HazardSpec, SiteCasualties


class WindTurn(Spec):
    """The wind turns toward one of several bearings, each equally likely; luck decides which.

    ``forecast_at`` is when the weather bureau can know it. ``spread_deg`` is the standard deviation about the bearing.
    """

    at: Duration
    forecast_at: Duration
    spread_deg: Annotated[float, Field(ge=0, le=45)] = 0.0
    toward_deg: tuple[Annotated[int, Field(ge=0, lt=360)], ...] = Field(min_length=1)


class Escalation(Spec):
    """A second release if the leak still runs at a time."""

    at: Duration
    chance: Share
    rate_factor: Positive


class GasRelease(HazardSpec):
    """A toxic gas that leaks and drifts with the wind.

    Attributes:
        rate_g_s: Release rate in g/s.
        inventory_kg: What the vessel holds; the leak ends by itself when it is empty.
        wind_m_s: Wind speed in m/s.
        wind_toward_deg: Bearing that the wind blows toward at the start, degrees clockwise from north.
        stability: Pasquill stability class.
    """

    SUBJECT = "leak"

    substance: Id
    rate_g_s: Positive
    inventory_kg: Positive
    wind_m_s: Annotated[float, Field(ge=0.5, le=30, allow_inf_nan=False)]
    wind_toward_deg: int = Field(ge=0, lt=360)
    stability: Literal["A", "B", "C", "D", "E", "F"]
    turns: tuple[WindTurn, ...] = ()
    hurt_at_once: SiteCasualties = SiteCasualties()
    escalation: Escalation | None = None

    @property
    def harm(self) -> str:
        """The dose-response is named like the substance."""
        return self.substance


class ToxicRelease(GasRelease):
    """A toxic gas that leaks at a site of which everybody knows what it holds."""

    kind: Literal["toxic_release"]
