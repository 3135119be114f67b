"""People of a place in groups that are in the same situation and have met the same, and whom that hurts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NamedTuple

from sim.county.dose_response import DoseResponse, Severity
from sim.engine import World
from sim.spec.county import Place

SEVERITIES = tuple(Severity)


class Where(StrEnum):
    """Where people are; it decides which share of the outdoor intensity they meet."""

    INDOORS = "indoors"
    SEALED = "sealed"
    OUTSIDE = "outside"
    AWAY = "away"
    CAUGHT = "caught"  # in a building or pit where a hazard itself decides what reaches them


class Field(NamedTuple):
    """Something dangerous that a hazard spreads over places, such as gas, smoke or water.

    Attributes:
        of: Subject of the hazard's facts.
        response: What it does to people.
        shield: Share of the outdoor intensity that reaches people, by where they are.
        luck: What the names of its luck begin with; empty for the main hazard.
    """

    of: str
    response: DoseResponse
    shield: Mapping[Where, float]
    luck: tuple[str, ...] = ()


class Dose:
    """What people have gathered of one field.

    Attributes:
        load: The dose.
        base: Shares hurt by the dose that they had when they came together, by severity.
        luck: Gives one uniform number for each severity, which sets whom it hurts; asked when it is first needed.
        made: How many it has hurt at least so badly since.
        next: The dose at which it hurts one more, by severity.
        due: The least of these; below it there is nothing to do.
    """

    __slots__ = ("_u", "base", "due", "load", "luck", "made", "next")

    def __init__(self, load: float, base: tuple[float, ...], luck: Callable[[Severity], float]) -> None:
        self.load, self.base, self.luck = load, base, luck
        self._u: list[float | None] = [None, None, None]
        self.made = [0, 0, 0]
        self.next = [0.0, 0.0, 0.0]
        self.due = 0.0

    def threshold(self, people: int, response: DoseResponse, severity: Severity) -> float:
        """Return the dose at which one more of so many people is hurt at least so badly."""
        if self.made[severity] >= people:
            return math.inf
        u = self._u[severity]
        if u is None:
            u = self._u[severity] = self.luck(severity)
        share = (self.made[severity] + 1 - u) / people
        return response.dose_for(self.base[severity] + (1 - self.base[severity]) * share, severity)


class Cohort:
    """People of one cell who are in the same situation and have met the same.

    Attributes:
        people: How many they are.
        where: Where they are.
        doses: What they have gathered of each field.
        hurt: How many of them are hurt at least so badly, by severity.
    """

    __slots__ = ("doses", "hurt", "people", "where")

    def __init__(self, people: int, where: Where, doses: tuple[Dose, ...]) -> None:
        self.people = people
        self.where = where
        self.doses = doses
        self.hurt = [0, 0, 0]


class Cell:
    """A part of a place that is small against what spreads over it.

    Attributes:
        x_m, y_m: Where it lies, in m east and north of the county's origin.
        levels: Outdoor intensity of each field, in the unit of its dose-response.
        since_s: Up to when its people have gathered what they met, in seconds.
        cohorts: Its people.
    """

    __slots__ = ("cohorts", "levels", "since_s", "x_m", "y_m")

    def __init__(self, x_m: float, y_m: float, fields: int) -> None:
        self.x_m, self.y_m = x_m, y_m
        self.levels = [0.0] * fields
        self.since_s = 0
        self.cohorts: list[Cohort] = []


def cells_of(place: Place, fields: int) -> list[Cell]:
    """Return the cells of a place: its center, and six around it at two thirds of its radius."""
    x, y, r = place.x_km * 1000, place.y_km * 1000, place.radius_m * 2 / 3
    if r == 0:
        return [Cell(x, y, fields)]
    ring = [(math.cos(math.pi * k / 3), math.sin(math.pi * k / 3)) for k in range(6)]
    return [Cell(x, y, fields), *(Cell(x + r * east, y + r * north, fields) for east, north in ring)]


class Passers:
    """Travellers whom one field at one place hurts: whole persons out of shares, by luck drawn once."""

    def __init__(self, world: World, place: str, field: Field) -> None:
        names = ("travellers", *field.luck, place)
        self._response = field.response
        self._expected = [world.luck.uniform(*names, severity.name) for severity in Severity]
        self._hurt = [0, 0, 0]

    def hurt(self, people: float, dose: float) -> list[int]:
        """Return how many more are hurt at least so badly, by severity, if so many meet a dose."""
        newly = [0, 0, 0]
        for severity in Severity:
            self._expected[severity] += people * self._response.share_hurt(dose, severity)
            hurt = math.floor(self._expected[severity])
            newly[severity] = hurt - self._hurt[severity]
            self._hurt[severity] = hurt
        return newly


def look_anew(cohort: Cohort) -> None:
    """Let the doses at which people are hurt be found anew, after people came or went."""
    for dose in cohort.doses:
        dose.next = [0.0, 0.0, 0.0]
        dose.due = 0.0


def hurt_more(cohort: Cohort, dose: Dose, response: DoseResponse, newly: list[int]) -> None:
    """Count those of a cohort whom the dose has hurt by now."""
    if dose.load < dose.due or not dose.load:
        return
    for severity in SEVERITIES:
        while dose.load >= dose.next[severity]:
            dose.next[severity] = dose.threshold(cohort.people, response, severity)
            if dose.load >= dose.next[severity]:
                dose.made[severity] += 1
                dose.next[severity] = 0.0
                if cohort.hurt[severity] < cohort.people:  # another field may have hurt them already
                    cohort.hurt[severity] += 1
                    newly[severity] += 1
    dose.due = min(dose.next)
