"""When a seat that is asked nothing gets a stop of its own; and running on until somebody must be at the prompt."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

    from sim.cli.terminal.console import Console
    from sim.cli.terminal.table import Table
    from sim.play.questions import Asked

SLICE_S = 60
"""How far the exercise runs before it is looked whether somebody pressed Ctrl-C, in seconds of the exercise."""


class Turns:
    """The next stop of each seat.

    Args:
        every_s: How often a seat with news gets a stop, in seconds; 0 for never.
    """

    def __init__(self, every_s: int) -> None:
        self._every_s = every_s
        self._next: dict[str, int] = {}
        self._sure: set[str] = set()

    def begin(self, seats: tuple[str, ...], now_s: int) -> None:
        """Count from now on for every seat."""
        self._sure.clear()
        self._next = dict.fromkeys(seats, now_s + self._every_s) if self._every_s else {}

    def next_s(self) -> int | None:
        """Return when the next stop is due, or None."""
        return min(self._next.values(), default=None)

    def due(self, now_s: int) -> list[str]:
        """Return the seats whose stop is due."""
        return [seat for seat, at_s in self._next.items() if at_s <= now_s]

    def is_sure(self, seat: str) -> bool:
        """Return whether a seat gets its next stop even without news."""
        return seat in self._sure

    def stop_at(self, seat: str, at_s: int) -> None:
        """Let a seat have a stop at a time, with or without news."""
        self._next[seat] = at_s
        self._sure.add(seat)

    def had(self, seat: str, now_s: int, wait_s: int = 0) -> None:
        """Count for a seat that had its stop, or none for want of news; ``wait_s`` is what it asked for itself."""
        self._sure.discard(seat)
        self._next.pop(seat, None)
        if wait_s:
            self.stop_at(seat, now_s + wait_s)
        elif self._every_s:
            self._next[seat] = now_s + self._every_s


def run(table: Table, until_s: int | None) -> tuple[Asked, ...]:
    """Run on to a time, a question to a person, the end, or until Ctrl-C is pressed at a terminal.

    Steps of the trainer that were taken back are given again on the way.

    Args:
        table: The table; its ``interrupted`` is set if Ctrl-C stopped the exercise.
        until_s: To when; None for no time.

    Returns:
        The questions that wait for persons.
    """
    session = table.session
    with _listening(table.console) as pressed:
        while not session.finished:
            table.give_due()
            stops = (until_s, table.next_again_s(), session.now_s + SLICE_S)
            if waiting := session.advance(min(one for one in stops if one is not None)):
                return waiting
            if pressed():
                table.interrupted = True
                return ()
            if until_s is not None and session.now_s >= until_s:
                break
    return ()


@contextmanager
def _listening(console: Console) -> Iterator[Callable[[], bool]]:
    """Let the first Ctrl-C be noted and not cut the model off in the midst of something; a second one does."""
    pressed: list[int] = []

    def take(number: int, _: FrameType | None) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)

    if not console.is_terminal or threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, take)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
