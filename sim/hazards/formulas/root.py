"""Where a rising function is zero: scipy has better ones, but importing them takes longer than a whole run."""

from __future__ import annotations

import math
from collections.abc import Callable


def rising_root(function: Callable[[float], float], low: float, high: float, close: float) -> float:
    """Return where a rising function passes zero, by false position with the Illinois rule.

    Source: Dowell and Jarratt (1971), A modified regula falsi method for computing the root of an equation.

    Args:
        function: Does not fall from ``low`` to ``high``.
        low: Where to begin; returned if the function is positive there already.
        high: Where to end; returned if the function is negative there still.
        close: How far from the true place at most, in the unit of ``low`` and ``high``.
    """
    at_low, at_high = function(low), function(high)
    if at_low >= 0:
        return low
    if at_high <= 0:
        return high
    stayed = math.nan  # the end that stayed at the last step
    while high - low > close:
        guess = high - at_high * (high - low) / (at_high - at_low)
        guess = min(max(guess, low + close / 2), high - close / 2)  # so that both ends come near
        if not low < guess < high:
            guess = (low + high) / 2
        if not low < guess < high:
            break  # no number lies between them
        value = function(guess)
        if value == 0:
            return guess
        if value < 0:
            low, at_low = guess, value
            at_high /= 2 if stayed == high else 1
            stayed = high
        else:
            high, at_high = guess, value
            at_low /= 2 if stayed == low else 1
            stayed = low
    return (low + high) / 2
