"""Dose-responses: published points, more never hurts fewer, the graver the rarer, the inverse is the inverse."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.county.dose_response import RESPONSES, Severity
from sim.county.injuries import INJURIES

responses = st.sampled_from(list(RESPONSES.values()))
severities = st.sampled_from(Severity)
doses = st.floats(0, 1e12)
intensities = st.floats(0, 1e5)
minutes = st.floats(0, 600)
LIGHT, SERIOUS, CRITICAL = Severity


@given(responses, severities, doses, st.floats(1, 100))
def test_more_dose_never_hurts_fewer(response, severity, dose, factor):
    assert 0 <= response.share_hurt(dose, severity) <= response.share_hurt(factor * dose, severity) <= 1


@given(responses, doses)
def test_the_graver_the_rarer(response, dose):
    light, serious, critical = (response.share_hurt(dose, severity) for severity in Severity)
    assert light >= serious >= critical


@given(responses, severities, st.floats(1e-3, 1 - 1e-3))
def test_the_dose_for_a_share_hurts_that_share(response, severity, share):
    assert share == pytest.approx(response.share_hurt(response.dose_for(share, severity), severity), abs=1e-9)


@given(responses, severities, st.floats(1e-6, 1 - 1e-6), st.floats(1e-6, 1 - 1e-6))
def test_a_greater_share_needs_more_dose(response, severity, one, other):
    low, high = sorted((one, other))
    assert response.dose_for(low, severity) <= response.dose_for(high, severity)


@given(responses, severities)
def test_nobody_is_hurt_by_nothing_and_nothing_hurts_everybody(response, severity):
    assert (0, 0, math.inf) == (
        response.share_hurt(0, severity),
        response.dose_for(0, severity),
        response.dose_for(1, severity),
    )
    assert 0 == response.dose_rate(0) == response.dose_rate(response.above)


@given(responses, doses, intensities, intensities, minutes, minutes)
def test_a_dose_never_shrinks_and_grows_with_intensity_and_time(response, dose, weak, more, short, longer):
    after = response.after(dose, weak, short)
    assert dose <= after <= response.after(dose, weak + more, short + longer)


@given(responses, doses, intensities, minutes, minutes)
def test_a_dose_in_two_steps_is_the_dose_in_one(response, dose, intensity, first, second):
    twice = response.after(response.after(dose, intensity, first), intensity, second)
    assert twice == pytest.approx(response.after(dose, intensity, first + second), rel=1e-9)


@given(st.sampled_from([one for one in RESPONSES.values() if one.accumulates == "peak"]), intensities, minutes)
def test_a_peak_does_not_care_how_long_it_lasts_nor_what_follows(response, intensity, length):
    peak = response.after(0.0, intensity, length)
    assert response.dose_rate(intensity) == peak == response.after(0.0, intensity, 0.0)
    assert peak == response.after(peak, intensity / 2, length)


@given(
    st.sampled_from(["chlorine", "ammonia", "hydrogen_cyanide", "heat_radiation"]),
    st.floats(1, 1e4),
    st.floats(1.01, 10),
)
def test_strong_for_a_short_time_is_worse_than_weak_for_a_long_time(name, intensity, factor):
    response = RESPONSES[name]
    assert response.dose_rate(factor * intensity) > factor * response.dose_rate(intensity)


HALVES = [
    ("chlorine", LIGHT, 10, 10, 0.02),
    ("chlorine", SERIOUS, 140, 45, 0.02),
    ("ammonia", LIGHT, 500 * 0.7, 10, 0.01),
    ("ammonia", SERIOUS, 1700 * 0.7, 30, 0.01),
    ("hydrogen_cyanide", LIGHT, 11, 60, 1e-6),
    ("carbon_monoxide", SERIOUS, 35_000 * 1.145 / 30, 30, 0.001),
    ("smoke", LIGHT, 3_000, 5, 1e-6),
    ("smoke", SERIOUS, 7_000, 30, 1e-6),
    ("heat_radiation", CRITICAL, 10_470_397**0.75, 1 / 60, 1e-6),
    ("blast_overpressure", SERIOUS, math.exp((5 + 15.6) / 1.93) / 1000, 0, 0.01),
    ("blast_overpressure", CRITICAL, math.exp((5 + 77.1) / 6.91) / 1000, 0, 1e-6),
    ("flood_depth", CRITICAL, math.exp(1.46), 0, 1e-6),
    ("crowd_density", CRITICAL, 9, 40, 1e-6),
    ("cold", SERIOUS, 20, 15 * 60, 1e-6),
]


@pytest.mark.parametrize(("name", "severity", "intensity", "length", "tolerance"), HALVES)
def test_half_are_hurt_where_the_sources_say_so(name, severity, intensity, length, tolerance):
    response = RESPONSES[name]
    dose = response.after(0.0, intensity, length)
    assert 0.5 == pytest.approx(response.share_hurt(dose, severity), abs=tolerance)


def probit(response, dose, severity):
    return response.intercepts[severity] + response.slope * math.log(dose)


def test_the_lethal_curve_of_carbon_monoxide_is_that_of_the_worked_example():
    """Dutch Purple Book, appendix 6.B: 21.3 g/m3 for 30 min is a probit of 5.97; critical lies half way."""
    response = RESPONSES["carbon_monoxide"]
    lethal = math.exp(5 + 7.4)
    assert 5.97 == pytest.approx(-7.4 + math.log(response.after(0.0, 21_300, 30)), abs=0.005)
    serious, critical = (response.dose_for(0.5, severity) for severity in (SERIOUS, CRITICAL))
    assert critical == pytest.approx(math.sqrt(serious * lethal), rel=0.001)


def test_heat_agrees_with_published_probits_in_seconds():
    response = RESPONSES["heat_radiation"]
    for kw_m2, seconds, expected in ((20, 20, 5.09), (9.8, 20, 2.67)):
        dose = response.after(0.0, kw_m2 * 1000, seconds / 60)
        assert expected == pytest.approx(probit(response, dose, CRITICAL), abs=0.015)
        in_seconds = -36.38 + 2.56 * math.log(seconds * (kw_m2 * 1000) ** (4 / 3))
        assert in_seconds == pytest.approx(probit(response, dose, CRITICAL), abs=1e-9)
    for severity, intercept in ((LIGHT, -39.83), (SERIOUS, -43.14)):
        half_s = response.dose_for(0.5, severity) * 60
        assert 5 == pytest.approx(intercept + 3.0186 * math.log(half_s))


@pytest.mark.parametrize(("depth_m", "share"), [(math.exp(1.46 - 0.28), 0.158655), (math.exp(1.46 + 0.28), 0.841345)])
def test_flood_mortality_is_lognormal_in_depth(depth_m, share):
    response = RESPONSES["flood_depth"]
    assert share == pytest.approx(response.share_hurt(response.after(0.0, depth_m, 5), CRITICAL), abs=1e-6)


def test_nothing_is_gathered_in_a_crowd_that_can_move():
    crowd = RESPONSES["crowd_density"]
    assert 0 == crowd.after(0.0, 7.0, 600)
    assert 60 == crowd.after(0.0, 8.0, 60)


def test_every_response_says_where_it_is_from_and_makes_an_injury_that_there_is():
    for response in RESPONSES.values():
        assert response.injury in INJURIES
        assert response.unit
        assert response.status in ("verified", "recalled", "guess")
        words = {"recalled": "recalled", "guess": "guess", "verified": "read"}
        assert words[response.status] in response.source.lower()
        assert 0 < response.noticed_from < response.above + response.dose_for(0.5, CRITICAL)


@given(st.sampled_from(sorted(RESPONSES)), st.floats(0.1, 1e4), st.floats(0, 100), st.floats(0.001, 1e6))
def test_a_dose_is_reached_after_the_minutes_that_are_foreseen(name, intensity, dose, more):
    response = RESPONSES[name]
    minutes = response.minutes_until(dose + more, dose, intensity)
    if minutes == math.inf:
        assert response.after(dose, intensity, 1e6) < dose + more
    else:
        assert response.after(dose, intensity, minutes + 1e-9) >= (dose + more) * (1 - 1e-9)
        assert minutes == 0 or response.after(dose, intensity, minutes * 0.99) < dose + more
