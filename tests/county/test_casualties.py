"""Casualties: care only helps, a patient goes one way, and deaths drawn agree with deaths expected."""

import re
from math import exp, fsum, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.county.casualties import Casualties
from sim.county.dose_response import Severity
from sim.county.hospitals import BAY_S, Hospitals
from sim.county.injuries import DEATHS_PER_H, INJURIES, TRAPPED, Care
from tests.engine.worlds import HOUR, changed, of_kind, record_of, run, whole_exercise, world_of

END_S = 6 * HOUR
times = st.integers(0, END_S)
kinds = st.sampled_from(list(INJURIES))
GRAVE = (Severity.SERIOUS, Severity.CRITICAL)
LIFE = {
    "hurt": "H",
    "worse": "W",
    "rescued": "R",
    "loaded": "L",
    "waiting": "Q",
    "admitted": "A",
    "bedded": "B",
    "died": "D",
}


def treated(severity, field_s, hospital_s, seed=0, number=1, injury="toxic", freed_s=None):
    """Return patients who got care at two times, with their world at the end; trapped ones are freed at a time."""
    world = world_of(seed=seed)
    casualties = Casualties(world)
    at = casualties.within("village")
    for _ in range(number):
        casualties.hurt(at, severity, 0, injury, trapped=freed_s is not None)
    steps = [(field_s, Care.FIELD), (hospital_s, Care.HOSPITAL)]
    steps += [] if freed_s is None else [(freed_s, None)]
    for moment, care in sorted(steps, key=lambda step: step[0]):
        run(world, moment)
        for patient in casualties.everybody():
            if care is None:
                casualties.rescue(patient, "team-1", "emergency", 0, ())
            else:
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


@settings(max_examples=80)
@given(
    st.sampled_from(GRAVE), times, times, times, times, st.integers(0, 50), kinds, st.none() | st.tuples(times, times)
)
def test_earlier_care_and_rescue_never_raise_the_hazard_nor_kill(severity, a, b, c, d, seed, injury, freed):
    early, late = sorted((a, b)), sorted((a + c, max(b, a + c) + d))
    late = [min(moment, END_S) for moment in late]
    early = [min(pair) for pair in zip(early, late, strict=True)]
    free = (None, None) if freed is None else sorted(freed)
    (_, soon), (_, later) = (
        treated(severity, *when, seed=seed, injury=injury, freed_s=freed_s)
        for when, freed_s in zip((early, late), free, strict=True)
    )
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


@given(kinds, st.sampled_from(GRAVE), times, times, times)
def test_the_hazard_of_any_injury_is_what_its_curves_add_up_to(injury, severity, a, b, freed_s):
    field_s, hospital_s = sorted((a, b))
    _, casualties = treated(severity, field_s, hospital_s, seed=1, injury=injury, freed_s=freed_s)
    (patient,) = casualties.everybody()
    spans = {Care.NONE: (0, field_s), Care.FIELD: (field_s, hospital_s), Care.HOSPITAL: (hospital_s, END_S)}
    expected = fsum(INJURIES[injury].curve(severity, care).between(*span) for care, span in spans.items())
    expected += TRAPPED.between(0, freed_s)
    assert patient.dead or expected == pytest.approx(patient.hazard)
    if patient.dead:
        assert patient.threshold <= patient.hazard + 1e-9
        assert patient.threshold <= expected + 1e-9
    else:
        assert patient.hazard < patient.threshold + 1e-9


@pytest.mark.parametrize("injury", INJURIES)
def test_a_patient_dies_in_the_second_in_which_the_hazard_passes_his_threshold(injury):
    world = world_of(changed(duration=48 * HOUR), seed=5)
    casualties = Casualties(world)
    at = casualties.within("village")
    for _ in range(60):
        casualties.hurt(at, Severity.CRITICAL, 0, injury)
    run(world, 48 * HOUR)
    died = {event.subject: event.at_s for event in of_kind(world, "patient.died")}
    curve = INJURIES[injury].curve(Severity.CRITICAL, Care.NONE)
    assert died
    for patient in at.all:
        if patient.dead:
            second = died[patient.id]
            assert curve.until(second) >= patient.threshold - 1e-9
            assert curve.until(second - 1) < patient.threshold + 1e-9
        else:
            assert curve.until(48 * HOUR) < patient.threshold


def test_a_death_that_was_planned_under_worse_care_does_not_come():
    """None, then field care, then none again: the first plan must not kill before the hazard has summed up."""
    world = world_of(seed=1)
    casualties = Casualties(world)
    at = casualties.within("village")
    for _ in range(40):
        casualties.hurt(at, Severity.CRITICAL, 0)
    run(world, 60)
    for patient in at.all:
        casualties.give_care(patient, Care.HOSPITAL)
    run(world, 7200)
    for patient in at.all:
        casualties.give_care(patient, Care.NONE)
    run(world, END_S)
    for event in of_kind(world, "patient.died"):
        (patient,) = (one for one in at.all if one.id == event.subject)
        assert patient.hazard >= patient.threshold - 1e-9


@settings(max_examples=30)
@given(st.integers(0, 30), times, times)
def test_looking_at_the_expected_deaths_changes_nothing(number, a, b):
    _, casualties = treated(Severity.CRITICAL, *sorted((a, b)), number=number)
    assert 0 <= casualties.expected_deaths_micro() == casualties.expected_deaths_micro()


def test_deaths_drawn_agree_with_the_hazard():
    """200 exercises of 30 patients: the mean number of deaths lies within 3 standard errors of the expected one."""
    runs, number, when = 200, 30, (1800, 2 * HOUR)
    hours = (when[0] / 3600, (when[1] - when[0]) / 3600, (END_S - when[1]) / 3600)
    rates = [DEATHS_PER_H[Severity.CRITICAL, care] for care in (Care.NONE, Care.FIELD, Care.HOSPITAL)]
    chance = 1 - exp(-fsum(rate * hour for rate, hour in zip(rates, hours, strict=True)))
    deaths, expected = 0, 0.0
    for seed in range(runs):
        world, casualties = treated(Severity.CRITICAL, *when, seed=seed, number=number)
        dead = sum(patient.dead for patient in casualties.everybody())
        assert dead == len(of_kind(world, "patient.died"))
        deaths += dead
        expected += casualties.expected_deaths_micro() / 1_000_000
    error = sqrt(runs * number * chance * (1 - chance))
    assert abs(deaths - runs * number * chance) <= 3 * error
    assert abs(expected - runs * number * chance) <= 3 * error, "the compensator has the mean of the count"


def test_a_serious_patient_gives_the_bay_back_and_a_critical_one_keeps_it():
    for severity, second in ((Severity.SERIOUS, BAY_S), (Severity.CRITICAL, None)):
        world = world_of(seed=2)
        casualties = Casualties(world)
        hospitals = Hospitals(world, casualties)
        hospitals.bays["county-hospital"].widen(1)
        at = casualties.within("village")
        for _ in range(2):
            casualties.hurt(at, severity, 0)
        for patient in at.all:
            world.clock.start(hospitals.admit(patient, "county-hospital", "health", 0))
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
    hospital = "(Q|Q?A(Q?B|Q)?)"
    one_way = re.compile(f"HW?R?W?(L({hospital}L)*{hospital}?)?D?")
    strange = {name: life for name, life in lives.items() if not one_way.fullmatch(life)}
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


def test_the_first_of_the_newly_hurt_are_trapped_and_worsening_stays_within_one_kind_of_injury():
    world = world_of()
    casualties = Casualties(world)
    at = casualties.within("village")
    at.add(3, 0, 0)
    at.add(4, 2, 0, "trauma", 3)
    assert ["toxic"] * 3 + ["trauma"] * 4 == [patient.injury.id for patient in at.all]
    assert [False] * 3 + [True] * 3 + [False] == [patient.trapped for patient in at.all]
    assert ["village/p4", "village/p5"] == [event.subject for event in of_kind(world, "patient.worse")]
    data = [event.data for event in of_kind(world, "patient.hurt")]
    assert [{"severity": "serious", "place": "village"}] * 3 == data[:3]
    assert [True, True, True, None] == [row.get("trapped") for row in data[3:]]
    assert ["trauma"] * 4 == [row["injury"] for row in data[3:]]
    at.add(1, 6, 0, "trauma", 9)
    assert [True] * 4 == [patient.trapped for patient in at.all[7:]], "1 and 3 more who are critical at once"


def test_the_trapped_cannot_be_loaded_until_they_are_rescued():
    world = world_of()
    casualties = Casualties(world)
    at = casualties.within("village")
    at.add(3, 0, 0, "trauma", 2)
    first, second, third = at.all
    assert [third] == at.here()
    assert [first, second] == at.trapped()
    assert [first, second, third] == at.here(rescued=False)
    casualties.rescue(second, "team-1", "emergency", 0, ())
    assert [second, third] == at.here()
    assert [second] == at.here(rescued=True)
    assert [first] == at.trapped()
    casualties.load(second, "ambulance-1", "health", 0)
    casualties.load(third, "ambulance-1", "health", 0)
    assert ([], True) == (at.here(), at.anybody())
    first.dead = True
    assert ([], False) == (at.trapped(), at.anybody())


def beds_of(number, patients, seed=2):
    """Return a world with a hospital that has so many beds, in which serious patients come to two bays."""
    places = tuple(
        place.model_copy(update={"beds": number if place.id == "county-hospital" else 0})
        for place in whole_exercise().county.places
    )
    world = world_of(changed(county={"places": places}), seed=seed)
    casualties = Casualties(world)
    hospitals = Hospitals(world, casualties)
    hospitals.bays["county-hospital"].widen(2)
    at = casualties.within("village")
    for _ in range(patients):
        casualties.hurt(at, Severity.SERIOUS, 0, "illness")
    for patient in at.all:
        world.clock.start(hospitals.admit(patient, "county-hospital", "health", 0))
    run(world, END_S - 1)
    return world, hospitals, hospitals.bays["county-hospital"]


@pytest.mark.parametrize("beds", [1, 3, 4])
def test_a_full_hospital_keeps_its_bays_blocked(beds):
    world, hospitals, bays = beds_of(beds, patients=6)
    assert {"county-hospital"} == set(hospitals.beds)
    assert min(beds, 6) == len(of_kind(world, "patient.bedded")) == hospitals.beds["county-hospital"].busy
    assert min(6, beds + 2) == len(of_kind(world, "patient.admitted")), "two more lie in the bays"
    waiting = [event for event in of_kind(world, "patient.waiting") if event.data.get("what") == "bed"]
    assert min(2, 6 - beds) == len(waiting) == bays.busy == hospitals.beds["county-hospital"].waiting
    held = {event.seq for event in of_kind(world, "patient.bedded")}
    assert all(held & set(event.also) for event in waiting)


def test_beds_without_limit_leave_no_trace():
    world, hospitals, bays = beds_of(0, patients=6)
    assert ({}, 0) == (hospitals.beds, bays.busy)
    assert 6 == len(of_kind(world, "patient.admitted"))
    assert [] == of_kind(world, "patient.bedded")
