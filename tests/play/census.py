"""The census: in which state everybody is at a moment. Everybody is in exactly one."""

from __future__ import annotations

from sim.county.casualties import Patient
from sim.county.cohorts import Where
from sim.county.dose_response import Severity
from sim.county.injuries import Care
from sim.county.state import CountyState

STATES = (*(where.value for where in Where), "trapped", "waiting", "carried", "in_hospital", "dead")
"""The states: unhurt or lightly hurt by where they are, then the seriously hurt by what is done for them."""


def state_of(patient: Patient) -> str:
    """Return in which state somebody is who is seriously hurt."""
    if patient.dead:
        return "dead"
    if patient.care is Care.HOSPITAL:
        return "in_hospital"
    if patient.gone:
        return "carried"
    return "trapped" if patient.trapped else "waiting"


def census(county: CountyState) -> dict[str, int]:
    """Return how many people are in each state, those included who were hurt and do not live where it happened."""
    found = dict.fromkeys(STATES, 0)
    for settlement in county.places.values():
        for cell in settlement.cells:
            for cohort in cell.cohorts:
                found[cohort.where.value] += cohort.people - cohort.hurt[Severity.SERIOUS]
    found["dead"] += county.casualties.killed
    for patient in county.casualties.everybody():
        found[state_of(patient)] += 1
    return found


def residents_hurt(county: CountyState) -> int:
    """Return how many of the people of places are seriously hurt."""
    cells = [cell for settlement in county.places.values() for cell in settlement.cells]
    return sum(cohort.hurt[Severity.SERIOUS] for cell in cells for cohort in cell.cohorts)
