"""What a coordination parameter is, and short ways to write one down."""

from __future__ import annotations

from typing import NamedTuple

from sim.spec.base import Text

GUESS = "guess; set it to what your county measures"
AS_FILE = "1 = as the county file says"


class Parameter(NamedTuple):
    """One parameter: what it stands for, its unit, default, range and the source of the default.

    Attributes:
        whole: Whether only whole numbers are allowed.
        names: Names of the values 0, 1, 2 ..., which may be given instead of the number; empty for a plain number.
    """

    name: str
    unit: str
    default: float
    low: float
    high: float
    whole: bool
    meaning: Text
    source: str
    names: tuple[str, ...] = ()

    def shown(self, value: float) -> str:
        """Return a value as people read it."""
        return self.names[int(value)] if self.names else f"{value:g}"


def number(
    name: str, unit: str, default: float, low: float, high: float, zh: str, en: str, source: str = GUESS
) -> Parameter:
    """Return a parameter that is any number between bounds."""
    return Parameter(name, unit, default, low, high, False, Text(zh=zh, en=en), source)


def factor(name: str, zh: str, en: str, source: str = AS_FILE) -> Parameter:
    """Return a factor from 0 to 20 on something, 1 by default."""
    return number(name, "x", 1.0, 0.0, 20.0, zh, en, source)


def count(name: str, unit: str, default: int, high: int, zh: str, en: str, source: str = GUESS) -> Parameter:
    """Return a parameter that is a whole number from 0 up."""
    return Parameter(name, unit, float(default), 0.0, float(high), True, Text(zh=zh, en=en), source)


def choice(name: str, names: tuple[str, ...], zh: str, en: str, source: str) -> Parameter:
    """Return a parameter that is one of some names, the first by default."""
    return Parameter(name, "choice", 0.0, 0.0, len(names) - 1.0, True, Text(zh=zh, en=en), source, names)
