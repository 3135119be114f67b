"""How far many runs have come, told on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

LOGGED_S = 10.0
"""Seconds between two lines where nobody watches, such as in a log."""


@contextmanager
def progress_bar(
    total: int, unit: str, label: str, *, shown: bool = True, smoothing: float = 0.1, **settings: Any
) -> Iterator[Callable[[], object]]:
    """Show how many are done, at which rate, and the time left; yield what is to be called after each.

    Args:
        total: How many there are.
        unit: What one of them is called.
        label: What is said before the bar.
        shown: Whether there is a bar at all.
        smoothing: How much the last ones count for the rate, from 0 to 1.
        settings: Other settings of ``tqdm``.
    """
    if not shown:
        yield lambda: None
        return
    from tqdm import tqdm

    if not sys.stderr.isatty():
        settings.setdefault("mininterval", LOGGED_S)
    with tqdm(total=total, unit=unit, desc=label, smoothing=smoothing, **settings) as bar:
        yield bar.update
