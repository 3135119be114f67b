"""People shut in underground: how long their air lasts, what carbon monoxide does, when the water is with them."""

from __future__ import annotations

from sim.county.casualties import Casualties, Patient
from sim.hazards.formulas.mine_air import (
    CO_HURT,
    carbon_dioxide_minutes,
    carboxyhemoglobin,
    oxygen_minutes,
)
from sim.spec.hazards.mine import Group

CO_STEP_MIN = 10.0
CO_BOUND = 0.01
"""Share of hemoglobin that carbon monoxide has bound beforehand, in people who do not smoke (textbook)."""


def air_lasts_min(people: int, air_m3: float, absorbs: float) -> float:
    """Return how many minutes so many resting people can live on sealed air; infinite for nobody.

    Oxygen used and carbon dioxide given off as in :mod:`sim.hazards.formulas.mine_air`.

    Args:
        people: How many breathe it.
        air_m3: Volume of the air.
        absorbs: Share of the carbon dioxide that is absorbed.
    """
    oxygen = oxygen_minutes(people, air_m3)
    if absorbs >= 1:
        return oxygen
    return min(oxygen, carbon_dioxide_minutes(people, air_m3) / (1 - absorbs))


def poisoned_min(co_ppm: float, horizon_min: float) -> float:
    """Return after how many minutes in carbon monoxide people at rest lose consciousness; infinite within no horizon.

    Coburn, Forster and Kane (1965), to the share of hemoglobin of :data:`sim.hazards.formulas.mine_air.CO_HURT`.

    Args:
        co_ppm: Carbon monoxide in the air.
        horizon_min: How far to look.
    """
    bound, passed = CO_BOUND, 0.0
    while co_ppm > 0 and passed < horizon_min:
        bound = carboxyhemoglobin(bound, co_ppm, CO_STEP_MIN)
        passed += CO_STEP_MIN
        if bound >= CO_HURT[2]:
            return passed
    return float("inf")


class ShutIn:
    """A group that is shut in.

    Attributes:
        id: Its id.
        floor_m3: Water in the workings from which on it stands under water, in m³.
        air_m3: Air that is left, in m³ of fresh air.
        reached: Whether a drill hole reaches it, through which comes air.
        drowned: Whether the water is with them.
        choked: Whether their air is used up.
        poisoned: Whether carbon monoxide has poisoned them.
    """

    def __init__(self, spec: Group, patients: list[Patient], horizon_min: float) -> None:
        self.id = spec.id
        self.floor_m3 = spec.floor_m3
        self.reached = False
        self.drowned = False
        self.choked = False
        self.poisoned = False
        self._spec = spec
        self._patients = patients
        self._used = 0.0
        self._poisoned_min = poisoned_min(spec.co_ppm, horizon_min)
        self._in_co_min = 0.0

    def alive(self) -> list[Patient]:
        """Return those who are alive and still trapped."""
        return [one for one in self._patients if one.trapped and not one.dead]

    def breathe(self, minutes: float) -> None:
        """Let them live on their air for some minutes."""
        people = len(self.alive())
        if self.reached or not people:
            return
        self._used += minutes / air_lasts_min(people, self._spec.air_m3, self._spec.absorbs)
        self._in_co_min += minutes

    @property
    def air_left(self) -> float:
        """Share of their air that is left, 0 to 1."""
        return max(0.0, 1 - self._used)

    def strike(self, casualties: Casualties, water_m3: float, cause: int) -> None:
        """Hurt those who are without air, poisoned, or in the water, once for each of these.

        Args:
            casualties: The casualties of the run.
            water_m3: Water in the workings.
            cause: Number of the event that says how it is down there.
        """
        if self.floor_m3 is not None and water_m3 >= self.floor_m3 and not self.drowned:
            self.drowned = True
            self._all_suffer(casualties, "drowning", cause)
        elif self._used >= 1 and not self.choked and not self.drowned:
            self.choked = True
            self._all_suffer(casualties, "crush", cause)
        elif self._in_co_min >= self._poisoned_min and not self.poisoned:
            self.poisoned = True
            self._all_suffer(casualties, "toxic", cause)

    def _all_suffer(self, casualties: Casualties, injury: str, cause: int) -> None:
        for patient in self.alive():
            casualties.suffer(patient, injury, cause)
