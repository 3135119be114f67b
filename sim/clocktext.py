"""Times and durations as text: ``T+25min`` in files, ``00:05`` on the wall clock, ``1 h 05 min`` for people."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta

_UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86400}
_PART = re.compile(r"(\d{1,7}(?:\.\d{1,3})?)\s*(s|min|h|d)", re.ASCII)
LONGEST_S = 14 * 86400
"""Longest duration that a file may name, in seconds (two weeks)."""


def parse_duration(text: str) -> int:
    """Return the seconds of a duration such as ``90s``, ``25min``, ``1h30min`` or ``T+25min``.

    Raises:
        ValueError: If the text is not of that form or longer than two weeks.
    """
    body = text.strip()
    if body[:2] in ("T+", "t+"):
        body = body[2:].strip()
    if body == "0":
        return 0
    position, total = 0, 0.0
    while position < len(body):
        match = _PART.match(body, position)
        if match is None:
            break
        total += float(match[1]) * _UNITS[match[2]]
        position = match.end()
        while position < len(body) and body[position] == " ":
            position += 1
    if not body or position < len(body):
        raise ValueError(f"{text!r} is no duration; write for instance 90s, 25min, 1h30min or T+25min")
    if total > LONGEST_S:
        raise ValueError(f"{text!r} is longer than two weeks")
    return round(total)


def after_start(at_s: int) -> str:
    """Return exercise time as ``T+0:25`` (hours and minutes since the exercise began)."""
    return f"T+{at_s // 3600}:{at_s // 60 % 60:02d}"


def wall_time(starts_at: str, at_s: int) -> str:
    """Return local time ``HH:MM`` (with ``+1`` for the next day) of an instant.

    Args:
        starts_at: ISO local date and time of the start, such as ``2026-05-12T23:40``.
        at_s: Seconds since the start.
    """
    start = datetime.fromisoformat(starts_at)
    moment = start + timedelta(seconds=at_s)
    days = (moment.date() - start.date()).days
    return moment.strftime("%H:%M") + (f" +{days}" if days else "")


def hour_of_day(starts_at: str, at_s: int) -> int:
    """Return the local hour (0 to 23) of an instant."""
    return (datetime.fromisoformat(starts_at) + timedelta(seconds=at_s)).hour


def seconds_of_day(starts_at: str, at_s: int) -> int:
    """Return the seconds since local midnight at an instant."""
    moment = datetime.fromisoformat(starts_at) + timedelta(seconds=at_s)
    return moment.hour * 3600 + moment.minute * 60 + moment.second


def is_rest_day(starts_at: str, holidays: Collection[str]) -> bool:
    """Return whether the day of the start is a Saturday, a Sunday or one of some holidays (``2026-10-01``)."""
    return datetime.fromisoformat(starts_at).weekday() >= 5 or starts_at[:10] in holidays


def length(seconds: int, lang: str) -> str:
    """Return a duration for people, in Chinese or English, to the minute from one hour up."""
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    h, m, s = ("小时", "分", "秒") if lang == "zh" else (" h ", " min ", " s")
    if hours:
        return f"{hours}{h}{minutes:02d}{m}".strip()
    if minutes:
        return f"{minutes}{m}{rest:02d}{s}".strip() if rest else f"{minutes}{m}".strip()
    return f"{rest}{s}".strip()
