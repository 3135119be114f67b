"""Triage: patients are sorted by urgency before they are taken away, which takes time and goes wrong at times.

The categories are those of START (simple triage and rapid treatment): red at once, yellow later, green can walk, black
dead or beyond help.
"""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType

from sim.county.dose_response import Severity

RIGHT = 0.72
"""Share of patients who are sorted rightly. Curran-Sills and Franc: 20 nurses sorted patients on paper by START, 72 %
of them rightly and in 33 s each on average (read)."""


class Category(IntEnum):
    """How urgent a patient is, the most urgent first."""

    RED = 0
    YELLOW = 1
    GREEN = 2
    BLACK = 3


_BY_SEVERITY = MappingProxyType(
    {Severity.LIGHT: Category.GREEN, Severity.SERIOUS: Category.YELLOW, Severity.CRITICAL: Category.RED}
)
_MISTAKEN_FOR = MappingProxyType(
    {
        Category.RED: (Category.YELLOW, Category.BLACK),
        Category.YELLOW: (Category.RED, Category.GREEN),
        Category.GREEN: (Category.YELLOW,),
        Category.BLACK: (Category.RED,),
    }
)
"""What a patient is mistaken for, each as often. A guess: no table of the mistakes was found."""


def category_of(severity: Severity, *, dead: bool = False) -> Category:
    """Return how urgent somebody truly is."""
    return Category.BLACK if dead else _BY_SEVERITY[severity]


def sorted_as(true: Category, u: float, right: float = RIGHT) -> Category:
    """Return the category that a crew finds; with a greater ``right``, whoever was sorted rightly still is.

    Args:
        true: The true category.
        u: A uniform number in (0, 1).
        right: Share of patients who are sorted rightly.
    """
    if u < right:
        return true
    mistakes = _MISTAKEN_FOR[true]
    return mistakes[min(int((u - right) / (1 - right) * len(mistakes)), len(mistakes) - 1)]
