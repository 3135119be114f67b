"""Weather that fits the hour: wind and sky by season, and from them the stability class by Pasquill's table."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sim.play.draw.lot import Lot
from sim.spec.risks import Numbers, PasquillRow, Season, Weather

NOON_H = 3.0
"""How long before and after the middle of the day the sun is as strong as it gets, in hours. A guess."""
TWILIGHT_H = 1.0
"""Night begins so long before sunset and ends so long after sunrise, in hours; Pasquill's own rule."""
SUNS = ("strong", "moderate", "slight")


class Air(NamedTuple):
    """The weather of a draw.

    Attributes:
        night: Whether Pasquill's table calls the hour night.
        sky: clear, cloudy or overcast.
        wind_m_s: Wind speed in m/s.
        toward_deg: Bearing that the wind blows toward, degrees clockwise from north.
        stability: Pasquill class.
    """

    night: bool
    sky: str
    wind_m_s: float
    toward_deg: int
    stability: str


def season_of(weather: Weather, starts_at: str) -> Season:
    """Return the season of a local time."""
    month = datetime.fromisoformat(starts_at).month
    return next(season for season in weather.seasons if month in season.months)


def is_night(season: Season, starts_at: str) -> bool:
    """Return whether the table's night covers a local time."""
    hour = hour_of(starts_at)
    return not season.sunrise_h + TWILIGHT_H <= hour < season.sunset_h - TWILIGHT_H


def hour_of(starts_at: str) -> float:
    """Return the hour of the day of a local time, with its fraction."""
    moment = datetime.fromisoformat(starts_at)
    return moment.hour + moment.minute / 60


def classes(weather: Weather, starts_at: str, sky: str, wind_m_s: float) -> tuple[str, ...]:
    """Return the stability classes that the table allows."""
    if sky == "overcast":
        return ("D",)
    season = season_of(weather, starts_at)
    row = row_for(weather, wind_m_s)
    if is_night(season, starts_at):
        return row.clear_night if sky == "clear" else row.cloudy_night
    from_noon_h = abs(hour_of(starts_at) - (season.sunrise_h + season.sunset_h) / 2)
    weaker = (from_noon_h > NOON_H) + (sky == "cloudy")
    sun = SUNS[min(SUNS.index(season.noon_sun) + weaker, len(SUNS) - 1)]
    found: tuple[str, ...] = getattr(row, sun)
    return found


def row_for(weather: Weather, wind_m_s: float) -> PasquillRow:
    """Return the row of the table for a wind speed; the last one beyond its end."""
    return next((row for row in weather.pasquill if wind_m_s < row.below_m_s), weather.pasquill[-1])


def draw_air(weather: Weather, starts_at: str, lot: Lot) -> Air:
    """Draw sky, wind and stability for a local time."""
    season = season_of(weather, starts_at)
    night = is_night(season, starts_at)
    sky = lot.keyed(weather.skies, "sky")
    low, mode, high = season.wind_by_night_m_s if night else season.wind_by_day_m_s
    wind_m_s = lot.triangular(low, mode, high, "wind speed")
    eighth = lot.among(range(8), weather.rose, "wind bearing")
    toward_deg = (45 * eighth - 22 + lot.whole(Numbers(low=0, high=44), "wind bearing", "in the eighth")) % 360
    allowed = classes(weather, starts_at, sky, wind_m_s)
    stability = lot.among(allowed, [1.0] * len(allowed), "stability")
    return Air(night, sky, wind_m_s, toward_deg, stability)
