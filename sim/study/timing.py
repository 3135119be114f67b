"""What every benchmark is made of: a row, and CPU time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple


class Result(NamedTuple):
    """One benchmark: what was measured, the goal and the most that is accepted (empty: none), and how it was done."""

    id: str
    value: float | None
    unit: str
    goal: str
    most: str
    how: str


def cpu(action: Callable[[], object]) -> float:
    """Return the CPU seconds of this process that a function takes."""
    started = time.process_time()
    action()
    return time.process_time() - started
