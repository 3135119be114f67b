"""Casualties: care only helps, a patient goes one way, and deaths drawn agree with deaths expected."""

import re
from math import exp, fsum, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.county.casualties import BAY_S, DEATHS_PER_H, Care, Casualties
from sim.county.toxicity import Severity
from tests.engine.worlds import HOUR, of_kind, record_of, run, world_of

END_S = 6 * HOUR
times = st.integers(0, END_S)
LIFE = {"hurt": "H", "worse": "W", "rescued": "R", "loaded": "L", "waiting": "Q", "admitted": "A", "died": "D"}


def treated(severity, field_s, hospital_s, seed=0, number=1):
    """Return patients who got care at two times, with their world at the end."""
    world = world_of(seed=seed)
    casualties = Casualties(world)
    at = casualties.within("village")
    for _ in range(number):
        casualties.hurt(at, severity, 0)
    for moment, care in ((field_s, Care.FIELD), (hospital_s, Care.HOSPITAL)):
        run(world, moment)
        for patient in casualties.everybody():
            casualties.give_care(patient, care)
    run(world, END_S)
    for patient in casualties.everybody():
        casualties.settle(patient)
    return world, casualties


def test_care_lowers_the_hazard_and_gravity_raises_it():
    for care in Care:
        assert 0 < DEATHS_PER_H[Severity.SERIOUS, care] < DEATHS_PER_H[Severity.CRITICAL, care]
    for severity in (Severity.SERIOUS, Severity.CRITICAL):
        rates = [DEATHS_PER_H[severity, care] for care in (Care.NONE, Care.FIELD, Care.HOSPITAL)]
        assert sorted(rates, reverse=True) == rates


@settings(max_examples=60)
@given(st.sampled_from([Severity.SERIOUS, Severity.CRITICAL]), times, times, times, times, st.integers(0, 50))
def test_earlier_care_never_raises_the_hazard_nor_kills(severity, a, b, c, d, seed):
    early, late = sorted((a, b)), sorted((a + c, max(b, a + c) + d))
    late = [min(moment, END_S) for moment in late]
    early = [min(pair) for pair in zip(early, late, strict=True)]
    (_, soon), (_, later) = (treated(severity, *when, seed=seed) for when in (early, late))
    (one,), (other,) = soon.everybody(), later.everybody()
    assert one.threshold == other.threshold
    if one.dead:
        assert other.dead
    if not other.dead:
        assert one.hazard <= other.hazard + 1e-9


@given(times, times)
def test_the_hazard_is_what_the_rates_add_up_to(a, b):
    field_s, hospital_s = sorted((a, b))
    _, casualties = treated(Severity.SERIOUS, field_s, hospital_s, seed=1)
    (patient,) = casualties.everybody()
    rates = [DEATHS_PER_H[Severity.SERIOUS, care] for care in (Care.NONE, Care.FIELD, Care.HOSPITAL)]
    hours = [field_s / 3600, (hospital_s - field_s) / 3600, (END_S - hospital_s) / 3600]
    expected = fsum(rate * hour for rate, hour in zip(rates, hours, strict=True))
    assert patient.dead or expected == pytest.approx(patient.hazard)


@settings(max_examples=30)
@given(st.integers(0, 30), times, times)
def test_expected_deaths_lie_between_none_and_all(number, a, b):
    _, casualties = treated(Severity.CRITICAL, *sorted((a, b)), number=number)
    assert 0 <= casualties.expected_deaths_micro() <= 1_000_000 * number
    assert casualties.expected_deaths_micro() == casualties.expected_deaths_micro()


def test_deaths_drawn_agree_with_the_hazard():
    """200 exercises of 30 patients: the mean number of deaths lies within 3 standard errors of the expected one."""
    runs, number, when = 200, 30, (1800, 2 * HOUR)
    hours = (when[0] / 3600, (when[1] - when[0]) / 3600, (END_S - when[1]) / 3600)
    rates = [DEATHS_PER_H[Severity.CRITICAL, care] for care in (Care.NONE, Care.FIELD, Care.HOSPITAL)]
    chance = 1 - exp(-fsum(rate * hour for rate, hour in zip(rates, hours, strict=True)))
    deaths = 0
    for seed in range(runs):
        world, casualties = treated(Severity.CRITICAL, *when, seed=seed, number=number)
        dead = sum(patient.dead for patient in casualties.everybody())
        assert dead == len(of_kind(world, "patient.died"))
        deaths += dead
    error = sqrt(runs * number * chance * (1 - chance))
    assert abs(deaths - runs * number * chance) <= 3 * error


def test_a_serious_patient_gives_the_bay_back_and_a_critical_one_keeps_it():
    for severity, second in ((Severity.SERIOUS, BAY_S), (Severity.CRITICAL, None)):
        world = world_of(seed=2)
        casualties, bays = Casualties(world), world.clock.line(1)
        at = casualties.within("village")
        for _ in range(2):
            casualties.hurt(at, severity, 0)
        for patient in at.all:
            world.clock.start(casualties.admit(patient, "county-hospital", bays, "health", 0))
        run(world, BAY_S + 1)
        admitted = {event.subject: event.at_s for event in of_kind(world, "patient.admitted")}
        assert [0, second] == [admitted.get(f"village/p{number}") for number in (1, 2)]


def test_the_dead_and_those_in_care_do_not_get_worse():
    world = world_of()
    casualties = Casualties(world)
    at = casualties.within("village")
    at.add(4, 0, 0)
    at.all[0].dead, at.all[1].gone, at.all[2].rescued = True, True, True
    at.add(0, 3, 0)
    assert ["village/p4"] == [event.subject for event in of_kind(world, "patient.worse")]
    assert 4 == len(at.all)


@pytest.mark.parametrize("policy", ["none", "plan", "perfect"])
@pytest.mark.parametrize("seed", [3, 4])
def test_a_patient_is_in_one_state_at_a_time(policy, seed):
    lives = {}
    for event in record_of(policy, seed).events:
        kind, _, step = event.kind.partition(".")
        if kind == "patient":
            lives[event.subject] = lives.get(event.subject, "") + LIFE[step]
    assert lives
    strange = {name: life for name, life in lives.items() if not re.fullmatch(r"HW?R?W?(L(Q?A)?|LQ)?D?", life)}
    assert {} == strange


@pytest.mark.parametrize("policy", ["none", "plan", "perfect"])
def test_every_patient_of_a_run_was_hurt_with_the_people_of_a_place(policy):
    events = record_of(policy).events
    serious = sum(event.data["serious"] for event in events if event.kind == "people.hurt")
    patients = [event.subject for event in events if event.kind == "patient.hurt"]
    assert serious == len(patients) == len(dict.fromkeys(patients))
    micro = events[-1].data["expected_deaths_micro"]
    assert 0 < micro < 1_000_000 * len(patients)


def test_nobody_gets_the_name_of_a_patient_who_was_carried_elsewhere():
    world = world_of()
    casualties = Casualties(world)
    here = casualties.within("park-school")
    here.add(3, 0, 0)
    moved = here.all[0]
    casualties.load(moved, "ambulance-1", "health", 0)
    casualties.leave_behind(moved, "county-hospital", "health", 0)
    here.add(2, 0, 0)
    names = [patient.id for patient in casualties.everybody()]
    assert len(set(names)) == len(names) == 5
