"""The agreed window of the start, and drawing a start to the minute inside it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sim.errors import bad_input
from sim.play.draw.lot import Lot


class Window(NamedTuple):
    """From when to when an exercise may begin, local time to the minute, both ends included."""

    start: datetime
    end: datetime

    def __str__(self) -> str:
        return f"{_text(self.start)}/{_text(self.end)}"

    def draw(self, lot: Lot) -> str:
        """Return a start inside the window."""
        minutes = int((self.end - self.start).total_seconds()) // 60
        return _text(self.start + timedelta(minutes=int(lot.uniform("start") * (minutes + 1))))

    def holds(self, starts_at: str) -> bool:
        """Return whether a start lies inside."""
        return self.start <= datetime.fromisoformat(starts_at) <= self.end


def parse_window(text: str) -> Window:
    """Return the window of a text such as ``2026-06-01T08:00/2026-06-05T18:00``.

    Raises:
        BadInput: If it is not of that form, or ends before it begins, or is longer than a year.
    """
    allowed = "FROM/TO in local time, such as 2026-06-01T08:00/2026-06-05T18:00, at most a year"
    try:
        start, end = (datetime.fromisoformat(part).replace(second=0, microsecond=0) for part in text.split("/"))
    except ValueError as error:
        raise bad_input("--window", f"{text!r} is no window", allowed) from error
    if start.tzinfo or end.tzinfo or not timedelta(0) <= end - start <= timedelta(days=366):
        raise bad_input("--window", f"{text!r} cannot be a window", allowed)
    return Window(start, end)


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")
