"""People who are pressed in a crowd: what they gather on the average, and how many of them that hurts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.county.dose_response import DoseResponse, Severity


class Squeezed:
    """A group of people at one density, some of whom come and go. That all have the mean dose is a simplification.

    Attributes:
        dose: Mean dose of those who are there.
        hurt: How many were hurt at least so badly since the beginning, by severity.
    """

    def __init__(self, response: DoseResponse, luck: Sequence[float], dose: float = 0.0) -> None:
        self.dose = dose
        self.hurt = [0, 0, 0]
        self._response = response
        self._expected = list(luck)

    def renew(self, stayed: int, came: int) -> None:
        """Let some leave, and others come who have gathered nothing yet.

        Args:
            stayed: How many of those before are still there.
            came: How many came.
        """
        if came:
            self.dose *= stayed / (stayed + came)

    def press(self, people: int, per_m2: float, minutes: float) -> tuple[int, int, int]:
        """Return how many of so many people a density hurts, at least so badly, within some minutes."""
        before = self.dose
        self.dose = self._response.after(before, per_m2, minutes)
        newly = [0, 0, 0]
        for severity in Severity:
            was, now = (self._response.share_hurt(dose, severity) for dose in (before, self.dose))
            self._expected[severity] += people * (now - was)
            newly[severity] = max(0, math.floor(round(self._expected[severity], 9)) - self.hurt[severity])
        light = min(people, max(newly))
        serious = min(light, max(newly[Severity.SERIOUS], newly[Severity.CRITICAL]))
        found = (light, serious, min(serious, newly[Severity.CRITICAL]))
        for severity, count in zip(Severity, found, strict=True):
            self.hurt[severity] += count
        return found
