"""Times in a script, as trainers write them, to seconds since the exercise began; and back.

One rule decides what is ambiguous: what has a colon is a time of day, unless ``T+``, ``H+`` or ``D+`` stands before it;
what is a bare number has the unit that the column's header names, and without one it is refused.

- After ``T+`` a bare number is minutes, after ``H+`` hours, after ``D+`` days; ``T+1:30`` is one hour and a half.
- ``90s``, ``15min``, ``1h30min``, ``15分钟``, ``1小时30分`` are times since the start, with ``T+`` or without.
- ``23:55``, ``8时30分`` and a spreadsheet's own time of day: the first such moment not before the start, so midnight
  may pass; ``00:05 +1`` says the day after the start's. In exercises longer than a day a date is needed.
- ``2026-05-12 23:55``, ``5月12日23时55分`` and a spreadsheet's own date: that moment.
- A spreadsheet's own length of time (``[h]:mm``) is a time since the start.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, time, timedelta
from typing import NamedTuple

from sim.clocktext import LONGEST_S
from sim.spec.script.cells import Unreadable, Value, folded
from sim.spec.script.problems import Misread

_WORDS = {
    1: ("s", "sec", "secs", "second", "seconds", "秒", "秒钟"),
    60: ("m", "min", "mins", "minute", "minutes", "分", "分钟"),
    3600: ("h", "hr", "hrs", "hour", "hours", "小时", "时"),
    86400: ("d", "day", "days", "天", "日"),
}
UNITS = {word: seconds for seconds, words in _WORDS.items() for word in words}
_BARE = {"t": 60, "h": 3600, "d": 86400}
_NUMBER = re.compile(r"\d{1,7}(?:\.\d{1,6})?", re.ASCII)
_PART = re.compile(
    rf"(\d{{1,7}}(?:\.\d{{1,6}})?) ?({'|'.join(sorted(UNITS, key=len, reverse=True))})(?![a-z]) ?", re.ASCII
)
_SINCE = re.compile(r"([thd]) ?\+ ?(.+)")
_COLONS = re.compile(r"(\d{1,4}) ?: ?(\d{2})(?: ?: ?(\d{2}))?", re.ASCII)
_DATE = re.compile(r"(?:(\d{4})[-/.年] ?)?(\d{1,2})[-/.月] ?(\d{1,2})日?(?: ?t ?| ?)(?=\d)", re.ASCII)
_CLOCK = re.compile(
    r"(\d{1,2}) ?(?:: ?(\d{2})(?: ?: ?(\d{2}))?|[时点](?: ?(\d{1,2})分?(?: ?(\d{1,2})秒)?)?)(?: ?\+ ?(\d))?", re.ASCII
)
_HOW = "T+15, T+1h30min, 90s, 23:55 or 2026-05-12 23:55"
_HOW_ZH = "写法如 T+15、T+1h30min、90秒、23:55、2026-05-12 23:55"


class Start(NamedTuple):
    """When the exercise begins on the wall clock, and how long it lasts."""

    at: datetime
    lasts_s: int


class Moment(NamedTuple):
    """Seconds since the start, and whether a time of day was read."""

    seconds: int
    of_day: bool = False


def read_moment(value: Value, unit_s: int | None, start: Start) -> Moment:
    """Return the moment that a cell names.

    Args:
        value: The cell.
        unit_s: Seconds of the unit that the header names for bare numbers, if it names one.
        start: Start of the exercise.

    Raises:
        Misread: If it names none, or one before the start.
    """
    moment = _read(value, unit_s, start)
    if moment.seconds < 0:
        raise _too_early(value, start)
    if moment.seconds > LONGEST_S:
        begins = f"{start.at:%Y-%m-%d %H:%M}"
        raise Misread(
            f"“{value}”在演练开始（{begins}）两周以后", f"{value} is more than two weeks after the start, {begins}"
        )
    return moment


def _too_early(value: object, start: Start) -> Misread:
    begins = f"{start.at:%Y-%m-%d %H:%M}"
    return Misread(f"“{value}”早于演练开始（{begins}）", f"{value} lies before the start of the exercise, {begins}")


def read_span(value: Value, unit_s: int | None) -> int:
    """Return the seconds of a length of time.

    Raises:
        Misread: If the cell names none.
    """
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = _bare(value, unit_s, str(value))
    elif isinstance(value, str):
        text = folded(value)
        seconds = _bare(float(text), unit_s, value) if _NUMBER.fullmatch(text) else _parts(text, value)
    else:
        raise Misread(
            f"“{value}”不是时长，写法如 90秒、10分钟、1h30min",
            f"{value} is no length of time; write for instance 90s, 10min or 1h30min",
        )
    if not 0 <= seconds <= LONGEST_S:
        raise Misread(f"“{value}”不在 0 到两周之间", f"{value} is not between 0 and two weeks")
    return seconds


def write_span(seconds: int) -> str:
    """Return a length of time as files write it: ``1h30min``, ``1min30s``, ``0min``."""
    parts = ((seconds // 3600, "h"), (seconds // 60 % 60, "min"), (seconds % 60, "s"))
    return "".join(f"{number}{unit}" for number, unit in parts if number) or "0min"


def write_moment(seconds: int) -> str:
    """Return a time since the start: ``T+1h30min``."""
    return f"T+{write_span(seconds)}"


def _read(value: Value, unit_s: int | None, start: Start) -> Moment:
    if isinstance(value, timedelta):
        return Moment(round(value.total_seconds()))
    if isinstance(value, datetime):
        return _moment(value.replace(tzinfo=None), start)
    if isinstance(value, time):
        return _of_day(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second), None, start)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if unit_s is None and 0 < value < 1:  # how a spreadsheet keeps a time of day
            return _of_day(timedelta(seconds=round(value * 86400)), None, start)
        return Moment(_bare(value, unit_s, str(value)))
    if isinstance(value, str):
        return _text(value, unit_s, start)
    shown = value.text if isinstance(value, Unreadable) else value
    raise Misread(f"“{shown}”不是时间，{_HOW_ZH}", f"{shown} is no time; write for instance {_HOW}")


def _text(given: str, unit_s: int | None, start: Start) -> Moment:
    text = folded(given)
    if _NUMBER.fullmatch(text):
        return Moment(_bare(float(text), unit_s, given))
    if since := _SINCE.fullmatch(text):
        return Moment(_since(since[1], since[2], given))
    if re.match(r"[thd] ?[-−]", text):
        raise _too_early(given, start)
    date = _DATE.match(text)
    clock = _CLOCK.fullmatch(text, date.end() if date else 0)
    if clock is None:
        return Moment(_parts(text, given))
    since_midnight = timedelta(
        hours=int(clock[1]), minutes=int(clock[2] or clock[4] or 0), seconds=int(clock[3] or clock[5] or 0)
    )
    if int(clock[1]) > 23 or int(clock[2] or clock[4] or 0) > 59 or int(clock[3] or clock[5] or 0) > 59:
        raise Misread(f"“{given}”不是钟点", f"{given} is no time of day")
    if date:
        return _moment(_dated(date, since_midnight + timedelta(days=int(clock[6] or 0)), given, start), start)
    return _of_day(since_midnight, int(clock[6]) if clock[6] else None, start)


def _since(letter: str, rest: str, given: str) -> int:
    if _NUMBER.fullmatch(rest):
        return round(float(rest) * _BARE[letter])
    if colons := _COLONS.fullmatch(rest):
        return int(colons[1]) * 3600 + int(colons[2]) * 60 + int(colons[3] or 0)
    return _parts(rest, given)


def _parts(text: str, given: str) -> int:
    position, total = 0, 0.0
    while match := _PART.match(text, position):
        total += float(match[1]) * UNITS[match[2]]
        position = match.end()
    if not position or position < len(text):
        raise Misread(f"“{given}”不是时间，{_HOW_ZH}", f"{given!r} is no time; write for instance {_HOW}")
    return round(total)


def _bare(number: float, unit_s: int | None, given: str) -> int:
    if isinstance(number, float) and not math.isfinite(number):
        raise Misread(f"“{given}”不是时间", f"{given} is no time")
    if unit_s is None and number != 0:
        raise Misread(
            f"“{given}”没有单位，请写 T+15 或 15分钟，或在表头注明单位，如（分）",
            f"{given} has no unit; write T+15 or 15min, or name the unit in the header, such as (min)",
        )
    return round(max(-1.0, min(number * (unit_s or 1), LONGEST_S + 1)))


def _dated(date: re.Match[str], since_midnight: timedelta, given: str, start: Start) -> datetime:
    try:
        day = datetime(int(date[1] or start.at.year), int(date[2]), int(date[3]))
        if date[1] is None and day.date() < start.at.date():  # an exercise across the turn of the year
            day = day.replace(year=day.year + 1)
        return day + since_midnight
    except (ValueError, OverflowError) as error:
        raise Misread(f"“{given}”：日历上没有这一天", f"{given} names no day of the calendar") from error


def _moment(moment: datetime, start: Start) -> Moment:
    return Moment(round((moment - start.at).total_seconds()), of_day=True)


def _of_day(since_midnight: timedelta, days: int | None, start: Start) -> Moment:
    moment = start.at.replace(hour=0, minute=0) + since_midnight
    if days is not None:
        return _moment(moment + timedelta(days=days), start)
    if start.lasts_s > 86400:
        raise Misread(
            f"演练超过一天，{moment:%H:%M} 不止一次，请连日期一起写，或用 T+",
            f"{moment:%H:%M} comes more than once in this exercise; write the date too, or T+",
        )
    return _moment(moment if moment >= start.at else moment + timedelta(days=1), start)
