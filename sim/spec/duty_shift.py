"""Shifts of duty staff: how long those at the desks have been on duty, and what that does to them."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from sim.spec.channels import DutyHours

FRESH_H = 8.0
"""Hours on duty up to which staff are as good as at the start."""
DOUBLES_H = 4.0
"""Hours beyond those in which mistakes double. The risk of accidents doubles from the 8th to the 12th hour of a shift
(Folkard 1997; Haenecke et al. 1998; both recalled); that mishearing follows it is a guess."""
MOST_MISTAKES = 4.0
"""By what factor mistakes are more frequent at most, from the 16th hour on. A guess."""
UNFED = 1.5
"""By what factor hours on duty count without meals and breaks. A guess."""


def hours_on_duty(hours: DutyHours, starts_at: str, at_s: int, shift_h: float) -> float:
    """Return how many hours the staff at the desks have been on duty.

    Shifts follow each other from the beginning of the day watch on; everybody is relieved at once.

    Args:
        hours: When the day watch begins.
        starts_at: Local time of the start of the exercise.
        at_s: Seconds since the start.
        shift_h: Length of a shift, in hours.
    """
    start = datetime.fromisoformat(starts_at)
    first = start.replace(hour=hours.day_from, minute=0, second=0, microsecond=0)
    since_first = start + timedelta(seconds=at_s) - first
    return float(since_first.total_seconds() / 3600 % shift_h)


def mistakes(on_duty_h: float) -> float:
    """Return by what factor mistakes are more frequent than at the start of a shift."""
    return min(MOST_MISTAKES, math.exp2(max(0.0, on_duty_h - FRESH_H) / DOUBLES_H))


def slower(on_duty_h: float, per_hour: float) -> float:
    """Return by what factor thinking takes longer than at the start of a shift.

    Args:
        on_duty_h: Hours on duty.
        per_hour: Share that each hour beyond the eighth adds.
    """
    return 1.0 + per_hour * max(0.0, on_duty_h - FRESH_H)
