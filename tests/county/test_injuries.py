"""Injuries: published survivals exactly, hazards that add up, care that only helps, and waiting that only harms."""

import math
from itertools import pairwise
from math import exp, fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.county.curve import Curve, curve_of, through
from sim.county.dose_response import Severity
from sim.county.injuries import (
    DEATHS_PER_H,
    DROWNING_DEATHS,
    INJURIES,
    RPM_OF,
    RPM_WAITING,
    SURVIVAL_BY_RPM,
    TRAPPED,
    Care,
    cardiac_arrest_survival,
    rpm_while_waiting,
)

HOUR, DAY = 3600, 86400
GRAVE = (Severity.SERIOUS, Severity.CRITICAL)
injuries = st.sampled_from(list(INJURIES.values()))
severities = st.sampled_from(GRAVE)
cares = st.sampled_from(Care)
times = st.integers(0, 5 * DAY)
rates = st.lists(st.one_of(st.just(0.0), st.floats(1e-4, 10)), min_size=1, max_size=6)


@st.composite
def curves(draw) -> Curve:
    per_h = draw(rates)
    ends = draw(st.lists(st.integers(1, DAY), min_size=len(per_h) - 1, max_size=len(per_h) - 1, unique=True))
    return curve_of(per_h, sorted(ends))


def by_the_book(curve, from_s, to_s):
    """Return the hazard between two times, piece by piece."""
    edges = (0, *curve.ends_s, math.inf)
    pieces = zip(curve.per_h, edges, edges[1:], strict=False)
    return fsum(rate * max(0, min(to_s, end) - max(from_s, start)) / HOUR for rate, start, end in pieces)


# --- curves


@given(curves(), times, times)
def test_a_hazard_is_the_sum_of_its_pieces(curve, a, b):
    from_s, to_s = sorted((a, b))
    assert by_the_book(curve, from_s, to_s) == pytest.approx(curve.between(from_s, to_s), abs=1e-9)


@given(curves(), times, st.floats(0, 50))
def test_a_hazard_reaches_an_amount_when_it_has_summed_up_to_it(curve, from_s, amount):
    seconds = curve.reaches(from_s, amount)
    if math.isinf(seconds):
        assert curve.between(from_s, from_s + 1000 * DAY) < amount
        return
    assert seconds >= 0
    assert by_the_book(curve, from_s, from_s + seconds) == pytest.approx(amount, rel=1e-6, abs=1e-9)
    if amount > 0 and seconds >= 1:
        assert curve.between(from_s, from_s + math.ceil(seconds) - 1) <= amount + 1e-9


@given(curves(), curves(), times, times)
def test_two_hazards_add_up(one, other, a, b):
    from_s, to_s = sorted((a, b))
    both = one.between(from_s, to_s) + other.between(from_s, to_s)
    assert both == pytest.approx(one.plus(other).between(from_s, to_s), abs=1e-9)


@given(curves(), st.floats(0, 3), times)
def test_a_factor_scales_a_hazard(curve, factor, to_s):
    assert factor * curve.between(0, to_s) == pytest.approx(curve.scaled(factor).between(0, to_s), abs=1e-9)


@given(st.floats(1e-3, 5), times, times)
def test_a_constant_hazard_is_to_the_last_digit_rate_times_time(rate, a, b):
    from_s, to_s = sorted((a, b))
    curve = curve_of([rate])
    assert rate * (to_s - from_s) / 3600 == curve.between(from_s, to_s)
    assert 0.7 / rate * 3600 == curve.reaches(from_s, 0.7)


def test_survival_passes_through_given_points_and_falls_on_after_the_last():
    curve = through([(HOUR, 0.5), (3 * HOUR, 0.25)])
    assert (0.5, 0.25) == (exp(-curve.until(HOUR)), exp(-curve.until(3 * HOUR)))
    assert 0.125 == pytest.approx(exp(-curve.until(5 * HOUR)))


# --- all injuries


@given(injuries, severities, times, times, st.booleans())
def test_care_only_helps_and_being_trapped_only_harms(injury, severity, a, b, trapped):
    from_s, to_s = sorted((a, b))
    sums = [injury.curve(severity, care, trapped=trapped).between(from_s, to_s) for care in Care]
    assert sums[0] + 1e-9 >= sums[1] >= sums[2] - 1e-9 >= -1e-9
    free = injury.curve(severity, Care.NONE).between(from_s, to_s)
    bound = injury.curve(severity, Care.NONE, trapped=True).between(from_s, to_s)
    assert bound - free == pytest.approx(TRAPPED.between(from_s, to_s), abs=1e-9)


@given(injuries, cares, times, times)
def test_the_critical_die_faster(injury, care, a, b):
    from_s, to_s = sorted((a, b))
    serious, critical = (injury.curve(severity, care).between(from_s, to_s) for severity in GRAVE)
    assert serious <= critical + 1e-9


@given(injuries, severities)
def test_care_that_comes_later_never_saves_more(injury, severity):
    waiting, treated = injury.curve(severity, Care.NONE), injury.curve(severity, Care.HOSPITAL)
    end = 2 * DAY
    chances = [exp(-waiting.until(at_s) - treated.between(at_s, end)) for at_s in range(0, end, 1800)]
    assert all(sooner >= later - 1e-12 for sooner, later in pairwise(chances))
    assert chances[0] > chances[-1], "waiting must cost something"


def test_every_injury_has_a_name_a_source_and_no_light_cases():
    for ident, injury in INJURIES.items():
        assert ident == injury.id
        assert injury.name.zh and injury.name.en and injury.source
        assert (injury.status == "guess") == (injury.source.startswith("A guess") or ident == "entrapped")
        with pytest.raises(KeyError):
            injury.curve(Severity.LIGHT, Care.NONE)


# --- published figures


def test_poison_has_the_constant_rates_of_the_table():
    for (severity, care), rate in DEATHS_PER_H.items():
        assert curve_of([rate]) == INJURIES["toxic"].curve(severity, care)


def test_survival_rises_with_rpm_and_rpm_falls_with_time():
    assert len(SURVIVAL_BY_RPM) == 13
    assert sorted(SURVIVAL_BY_RPM) == list(SURVIVAL_BY_RPM)
    for start, row in RPM_WAITING.items():
        path = rpm_while_waiting(start)
        assert sorted(path, reverse=True) == list(path)
        assert (start, *row) == path[: len(row) + 1]
        assert (path[0], path[-1]) == (start, 0)
    assert (8, 8, 7, 6, 5, 4, 3, 2, 1, 0) == rpm_while_waiting(8)


@pytest.mark.parametrize("severity", GRAVE)
def test_who_is_wounded_and_treated_at_a_time_survives_as_published(severity):
    wounds = INJURIES["trauma"]
    waiting, treated = wounds.curve(severity, Care.NONE), wounds.curve(severity, Care.HOSPITAL)
    for number, rpm in enumerate(rpm_while_waiting(RPM_OF[severity])):
        at_s = number * 1800
        hazard = waiting.until(at_s) + treated.between(at_s, 30 * DAY)
        assert SURVIVAL_BY_RPM[rpm] == pytest.approx(exp(-hazard))


def test_cardiac_arrest_survival_is_as_published():
    assert 0.322 == pytest.approx(cardiac_arrest_survival(4, 8, 8))
    assert 0.67 == cardiac_arrest_survival(0, 0, 0)
    untreated = 0.67 / 0.055
    assert 12.18 == round(untreated, 2)
    assert cardiac_arrest_survival(*[untreated - 0.1] * 3) > 0
    assert 0 == cardiac_arrest_survival(*[untreated + 0.1] * 3) == cardiac_arrest_survival(60, 60, 60)


@pytest.mark.parametrize("minute", range(13))
def test_who_is_crushed_and_treated_at_a_minute_survives_as_published(minute):
    crush = INJURIES["crush"]
    waiting, treated = (crush.curve(Severity.CRITICAL, care) for care in (Care.NONE, Care.FIELD))
    hazard = waiting.until(minute * 60) + treated.between(minute * 60, 30 * DAY)
    assert cardiac_arrest_survival(minute, minute, minute) == pytest.approx(exp(-hazard))


@pytest.mark.parametrize(("days", "share"), [(1, 0.81), (3, 0.367), (4, 0.19), (5, 0.074), (1 / 48, 0.993)])
def test_the_trapped_survive_as_in_tangshan(days, share):
    assert share == pytest.approx(exp(-TRAPPED.until(round(days * DAY))))


def test_the_drowned_die_as_by_grade():
    for by, deaths in DROWNING_DEATHS.items():
        curve = INJURIES["drowning"].curve(*by)
        assert deaths == pytest.approx(1 - exp(-curve.until(6 * HOUR))) == pytest.approx(1 - exp(-curve.until(DAY)))
