"""Paired seeds: whether a figure moves, and with which certainty."""

from statistics import fmean, stdev

import pytest

SEEDS = pytest.mark.parametrize(
    "seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)]
)
"""Six seeds for a first look, 30 for a proof; both run only in the loop."""


def falls(before: list[float], after: list[float]) -> None:
    """Hold a figure to falling from one list to the other, seed by seed.

    The mean falls; over 30 seeds either it never rises, or the 95 % interval of the difference lies below 0.
    """
    differences = [one - other for one, other in zip(after, before, strict=True)]
    assert fmean(differences) < 0, differences
    if len(differences) >= 30 and max(differences) > 0:
        assert fmean(differences) + 1.96 * stdev(differences) / len(differences) ** 0.5 < 0, differences


def moves(differences, *, down):
    """Hold paired differences to lie on one side, in the same sense."""
    falls([0.0] * len(differences), [one if down else -one for one in differences])
