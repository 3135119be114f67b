"""Kinds of injury: how fast somebody dies of it, by how badly he is hurt, what is done for him, and the time since.

Every hazard counts from the moment of the injury. A published survival of those who are treated at a time ``t`` is
split in two: what nobody can avert runs on in all cares alike, and what waiting costs runs only until care begins, so
that whoever is treated at ``t`` survives with the published share.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, NamedTuple

from sim.county.curve import Curve, curve_of, through
from sim.county.dose_response import Severity
from sim.spec.base import Text

HOUR_S, DAY_S = 3600, 24 * 3600


class Care(StrEnum):
    """What is being done for a patient."""

    NONE = "none"
    FIELD = "field"
    HOSPITAL = "hospital"


By = tuple[Severity, Care]
Curves = Mapping[By, Curve]
Status = Literal["verified", "recalled", "guess"]

TRAPPED = through([(HOUR_S // 2, 0.993), (DAY_S, 0.81), (3 * DAY_S, 0.367), (4 * DAY_S, 0.19), (5 * DAY_S, 0.074)])
"""What being trapped adds: survivors among those brought out at half an hour and on days 1, 3, 4 and 5 of the Tangshan
earthquake of 1976 (read in a secondary source; of day 2 sources differ). It holds wounds too, so a trapped patient with
wounds counts them twice; no figures without them were found."""


class Injury(NamedTuple):
    """A kind of injury.

    Attributes:
        name: What it is called.
        source: Where the figures come from.
        status: Whether they were read (verified), are remembered (recalled), or made up (guess).
        curves: Hazard by severity, care, and whether the patient is trapped.
    """

    id: str
    name: Text
    source: str
    status: Status
    curves: Mapping[tuple[Severity, Care, bool], Curve]

    def curve(self, severity: Severity, care: Care, *, trapped: bool = False) -> Curve:
        """Return the hazard of dying since the injury.

        Raises:
            KeyError: If the severity is light: nobody dies of that here.
        """
        return self.curves[severity, care, trapped]


def _injury(ident: str, zh: str, en: str, curves: Curves, status: Status, source: str) -> Injury:
    free = {(*by, False): curve for by, curve in curves.items()}
    trapped = {(*by, True): curve.plus(TRAPPED) for by, curve in curves.items()}
    return Injury(ident, Text(zh=zh, en=en), source, status, MappingProxyType({**free, **trapped}))


def _constant(serious: tuple[float, ...], critical: tuple[float, ...]) -> Curves:
    """Return constant hazards per hour, given without care, with field care and in hospital."""
    both = ((Severity.SERIOUS, serious), (Severity.CRITICAL, critical))
    return {(how, care): curve_of([rate]) for how, rates in both for care, rate in zip(Care, rates, strict=True)}


def _eased(serious: Curve, critical: Curve, field: float, hospital: float) -> Curves:
    """Return curves by those without care, and the factors of field care and hospital on them."""
    both = ((Severity.SERIOUS, serious), (Severity.CRITICAL, critical))
    factors = zip(Care, (1.0, field, hospital), strict=True)
    return {(severity, care): curve.scaled(factor) for care, factor in factors for severity, curve in both}


# --- poisoning -------------------------------------------------------------------------------------------------------

DEATHS_PER_H: Mapping[By, float] = MappingProxyType(
    {
        (Severity.SERIOUS, Care.NONE): 0.05,
        (Severity.SERIOUS, Care.FIELD): 0.02,
        (Severity.SERIOUS, Care.HOSPITAL): 0.004,
        (Severity.CRITICAL, Care.NONE): 0.55,
        (Severity.CRITICAL, Care.FIELD): 0.2,
        (Severity.CRITICAL, Care.HOSPITAL): 0.05,
    }
)
"""Hazard of dying by poison, per hour. A guess: no published curve for inhaled chlorine by minutes was found."""

# --- wounds ----------------------------------------------------------------------------------------------------------

SURVIVAL_BY_RPM = (0.052, 0.089, 0.15, 0.23, 0.35, 0.49, 0.63, 0.75, 0.84, 0.90, 0.94, 0.97, 0.98)
"""Share that survives if treated now, by RPM (respiration, pulse, motor response; 0 to 12), of Sacco et al. (2005),
Academic Emergency Medicine 12:759, from 76,459 patients with blunt trauma; read in public code."""
RPM_WAITING: Mapping[int, tuple[int, ...]] = MappingProxyType(
    {8: (8, 7, 6, 5, 4, 3, 2, 1, 0), 10: (10, 9, 9, 8, 8, 7, 6, 6, 5, 5, 4, 4)}
)
"""RPM of a patient who waits, after each half hour, by his RPM at first; same source."""
RPM_OF: Mapping[Severity, int] = MappingProxyType({Severity.SERIOUS: 10, Severity.CRITICAL: 8})
"""RPM at first, by severity. A guess: with these, those treated at once survive with 94 and 84 percent, and half are
lost by waiting some five and two hours."""
SETTLED_S = DAY_S
"""Within which time, in seconds, those die whom no care can save, evenly. A guess."""
FIELD_FACTOR = 0.4
"""Factor of field care on what waiting costs. A guess, as for poison."""
RPM_STEP_S = HOUR_S // 2


def rpm_while_waiting(start: int) -> tuple[int, ...]:
    """Return the RPM of a waiting patient at 0, 30, 60 ... minutes, until it is 0.

    Beyond the table it falls as in the row of 8, by one in each half hour.

    Args:
        start: RPM at first, one that :data:`RPM_WAITING` has.
    """
    rpm = (start, *RPM_WAITING[start])
    return (*rpm, *range(rpm[-1] - 1, -1, -1))


def cardiac_arrest_survival(cpr_min: float, shock_min: float, advanced_min: float) -> float:
    """Return the share that survives a cardiac arrest, by the minutes until each care begins, at least 0.

    Larsen et al. (1993), Annals of Emergency Medicine 22:1652: 67 % less 2.3 % a minute until chest compression, 1.1 %
    until the shock and 2.1 % until advanced care; 1,667 arrests with fibrillation in King County (abstract read).

    Args:
        cpr_min: Minutes from the collapse to chest compression.
        shock_min: Minutes from the collapse to defibrillation.
        advanced_min: Minutes from the collapse to advanced care.
    """
    return max(0.0, 0.67 - 0.023 * cpr_min - 0.011 * shock_min - 0.021 * advanced_min)


def _anyway(survival: float) -> Curve:
    """Return the hazard of those whom no care can save, by the share that survives if treated at once."""
    return curve_of([-math.log(survival) / SETTLED_S * 3600, 0.0], [SETTLED_S])


def _by_waiting(step_s: int, survival: list[float]) -> Curve:
    """Return what waiting costs, by the share that survives if treated after 0, 1, 2 ... steps; it goes on."""
    return through([(step_s * number, alive / survival[0]) for number, alive in enumerate(survival) if number])


def _wounds() -> Curves:
    found = {}
    for severity, rpm in RPM_OF.items():
        survival = [SURVIVAL_BY_RPM[one] for one in rpm_while_waiting(rpm)]
        anyway, waiting = _anyway(survival[0]), _by_waiting(RPM_STEP_S, survival)
        found[severity, Care.NONE] = anyway.plus(waiting)
        found[severity, Care.FIELD] = anyway.plus(waiting.scaled(FIELD_FACTOR))
        found[severity, Care.HOSPITAL] = anyway
    return found


def _crushed() -> Curves:
    """Return the hazards of those who could not breathe: the critical ones are in cardiac arrest."""
    survival = [cardiac_arrest_survival(minute, minute, minute) for minute in range(13)]  # 0 from 12.18 min on
    anyway = _anyway(survival[0])
    serious = {
        (Severity.SERIOUS, care): curve_of([rate, 0.0], [SETTLED_S])
        for care, rate in zip(Care, (0.1, 0.015, 0.005), strict=True)
    }
    critical = {(Severity.CRITICAL, care): anyway for care in (Care.FIELD, Care.HOSPITAL)}
    return {**serious, **critical, (Severity.CRITICAL, Care.NONE): anyway.plus(_by_waiting(60, survival))}


# --- water, fire, cold -----------------------------------------------------------------------------------------------

DROWNING_DEATHS: Mapping[By, float] = MappingProxyType(
    {
        (Severity.SERIOUS, Care.NONE): 0.194,
        (Severity.SERIOUS, Care.FIELD): 0.052,
        (Severity.SERIOUS, Care.HOSPITAL): 0.006,
        (Severity.CRITICAL, Care.NONE): 0.93,
        (Severity.CRITICAL, Care.FIELD): 0.44,
        (Severity.CRITICAL, Care.HOSPITAL): 0.194,
    }
)
"""Share that dies within six hours in one care. Mortality of the grades 2 to 6 of Szpilman (1997), Chest 112:660, 1,831
cases (abstract read); that a grade less is what care makes of it is a guess."""


def _drowned(deaths: float) -> Curve:
    """Return a hazard of which three quarters come in the first half hour and the rest within six hours, a guess."""
    total = -math.log1p(-deaths)
    return curve_of([total * 0.75 / 0.5, total * 0.25 / 5.5, 0.0], [HOUR_S // 2, 6 * HOUR_S])


_BURN_ENDS_S = (2 * HOUR_S, 8 * HOUR_S, DAY_S)
_COLD_ENDS_S = (3 * HOUR_S, 12 * HOUR_S)

_ALL = (
    _injury(
        "toxic", "中毒", "poisoning", {by: curve_of([rate]) for by, rate in DEATHS_PER_H.items()}, "guess",
        "A guess; constant rates",
    ),
    _injury(
        "trauma", "外伤", "wounds", _wounds(), "verified",
        "Sacco et al. (2005): survival and deterioration by RPM, read in public code; which RPM the serious and the "
        "critical have at first, the factor of field care, and when those die whom nothing saves: guesses",
    ),
    _injury(
        "burn", "烧伤", "burns",
        _eased(
            curve_of([0.003, 0.01, 0.02, 0.01], _BURN_ENDS_S), curve_of([0.03, 0.1, 0.15, 0.05], _BURN_ENDS_S), 0.4, 0.1
        ),
        "guess", "A guess: shock builds up over hours, as the fluids that are given for it",
    ),
    _injury(
        "drowning", "溺水", "drowning", {by: _drowned(deaths) for by, deaths in DROWNING_DEATHS.items()}, "verified",
        "Szpilman (1997), mortality by grade, abstract read; the grades by care and the course in time: guesses",
    ),
    _injury(
        "crush", "挤压窒息", "crush asphyxia", _crushed(), "verified",
        "critical: cardiac arrest, Larsen et al. (1993), abstract read; that an ambulance brings all three cares at "
        "once, and that nobody there begins before it: simplifications; serious: a guess",
    ),
    _injury(
        "illness", "急病", "illness", _constant((0.002, 0.001, 0.0003), (0.02, 0.012, 0.004)), "guess", "A guess: slow",
    ),
    _injury(
        "ventilated", "呼吸机依赖", "dependence on a ventilator", _constant((0.5, 0.05, 0.002), (6.0, 0.08, 0.004)),
        "guess",
        "A guess: without any ventilation half are lost in 7 min; by hand some 8 % in an hour; else on a machine",
    ),
    _injury(
        "entrapped", "埋压被困", "entrapment", _constant((0.01, 0.004, 0.001), (0.1, 0.04, 0.01)), "guess",
        "What remains once he is free, a guess; while he is trapped, survivors of the Tangshan earthquake are added",
    ),
    _injury(
        "hypothermia", "失温", "hypothermia",
        _eased(curve_of([0.005, 0.02, 0.05], _COLD_ENDS_S), curve_of([0.1, 0.15, 0.2], _COLD_ENDS_S), 0.4, 0.1),
        "guess", "A guess: the longer the colder",
    ),
)  # fmt: skip
INJURIES: Mapping[str, Injury] = MappingProxyType({injury.id: injury for injury in _ALL})
"""Kinds of injury by id."""
