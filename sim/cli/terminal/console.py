"""The terminal itself: what is printed and read; stops at once for the phrase that a real event has come."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from io import TextIOWrapper

from sim.cli.terminal.layout import Alarm, Heading, clean
from sim.cli.terminal.prompt import is_real_event
from sim.cli.terminal.screen import Paper

LONGEST_LINE = 2000
"""Most characters of a line that are taken."""
BOLD, ALARM, PLAIN = "\x1b[1m", "\x1b[1;7m", "\x1b[0m"
CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Clears the screen and what was scrolled away."""


class StopHere(Exception):
    """The person wants to stop here and go on another day."""


class RealEventCalled(Exception):
    """Somebody typed that a real event has come."""


class Console:
    """Where lines are printed and read.

    Attributes:
        is_terminal: Whether a person sits before it; else no escape codes are written and nobody is asked to hand over.
    """

    def __init__(self) -> None:
        self.is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
        self._plain = not sys.stdout.isatty() or os.environ.get("TERM") == "dumb"
        self._styled = not self._plain and not os.environ.get("NO_COLOR")
        self._forget_lines: Callable[[], None] | None = None
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")
        self._readline()

    def paper(self) -> Paper:
        """Return how wide and high the terminal is now."""
        size = shutil.get_terminal_size((80, 24))
        return Paper(min(max(size.columns, 40), 120), size.lines if self.is_terminal else None)

    def show(self, lines: Iterable[str]) -> None:
        """Print lines."""
        for line in lines:
            style = ALARM if isinstance(line, Alarm) else BOLD if isinstance(line, Heading) else ""
            print(f"{style}{line}{PLAIN}" if style and self._styled else line)

    def read(self, prompt: str) -> str:
        """Return a line that a person types, without control characters.

        Raises:
            StopHere: At the end of the input.
            RealEventCalled: If it is the phrase for a real event.
        """
        sys.stdout.flush()
        try:
            line = clean(input(prompt)).strip()[:LONGEST_LINE]
        except (EOFError, KeyboardInterrupt) as ended:
            raise StopHere from ended
        except ValueError:  # a line that is no text
            return ""
        if is_real_event(line):
            raise RealEventCalled
        return line

    def clear(self) -> None:
        """Clear the screen, what was scrolled away and the lines typed before, if this is a terminal."""
        if self.is_terminal and not self._plain:
            print(CLEAR, end="", flush=True)
        if self._forget_lines is not None:
            self._forget_lines()

    def _readline(self) -> None:
        if self.is_terminal:
            try:
                import readline
            except ImportError:
                return
            self._forget_lines = readline.clear_history
