"""Air in a mine: hours of air, and carbon monoxide in the blood."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hazards.formulas.mine_air import (
    CO_HURT,
    carbon_dioxide_minutes,
    carboxyhemoglobin,
    oxygen_minutes,
)

sizes = st.floats(50, 20_000)


def test_oxygen_of_the_trapped():
    """Ten people in 100 m³: (0.209 − 0.10)·100,000 l / (10·0.35 l/min)."""
    assert oxygen_minutes(10, 100) == pytest.approx(0.109 * 100_000 / 3.5)
    assert oxygen_minutes(10, 100, now=0.09) == 0
    assert oxygen_minutes(0, 100) == math.inf == carbon_dioxide_minutes(0, 100)
    assert carbon_dioxide_minutes(10, 100) == pytest.approx((0.07 - 0.0004) * 100_000 / 3.4)
    assert carbon_dioxide_minutes(10, 100) < oxygen_minutes(10, 100)


@given(st.integers(1, 100), sizes, st.floats(0.25, 0.5))
def test_oxygen_agrees_with_the_balance_of_a_sealed_volume(people, size, used):
    minutes = oxygen_minutes(people, size, used)
    left = 0.209 - people * used * minutes / 1000 / size
    assert left == pytest.approx(0.10)
    assert oxygen_minutes(2 * people, 2 * size, used) == pytest.approx(minutes)


@pytest.mark.parametrize("ppm", [25, 100, 400])
def test_in_the_end_carbon_monoxide_and_oxygen_share_the_blood_by_haldane(ppm):
    bound = carboxyhemoglobin(0.01, ppm, 20_000)
    resistance = 1 / 30 + 713 / 6000
    pressure = 713 * ppm / 1e6 + 0.007 * resistance
    assert bound / (1 - bound) == pytest.approx(218 * pressure / 100, rel=1e-6)


@pytest.mark.parametrize(("ppm", "minutes"), [(400, 60), (800, 30), (1200, 40), (4000, 10)])
def test_a_short_stay_agrees_with_the_measured_rule(ppm, minutes):
    """Stewart and others (1973), read in a quotation; rest: 8.5 l/min breathed, of which 6 reach the alveoli."""
    whole = carboxyhemoglobin(0.0, ppm, minutes)
    assert whole == pytest.approx(3.317e-7 * ppm**1.036 * 8.5 * minutes, rel=0.25)


@given(st.floats(0, 0.9), st.floats(0, 50_000), st.integers(0, 200), st.integers(0, 200), st.floats(3, 40))
def test_blood_is_never_overfull_and_stretches_join(bound, ppm, one, two, breath):
    once = carboxyhemoglobin(bound, ppm, one, breath)
    assert 0 <= once < 1
    joined = carboxyhemoglobin(once, ppm, two, breath)
    assert joined == pytest.approx(carboxyhemoglobin(bound, ppm, one + two, breath), abs=1e-9)


@given(st.floats(0, 0.5), st.floats(200, 2000), st.integers(1, 60), st.floats(1.05, 3))
def test_more_gas_and_harder_work_bind_more(bound, ppm, minutes, factor):
    assert carboxyhemoglobin(bound, ppm, minutes) < carboxyhemoglobin(bound, factor * ppm, minutes)
    assert carboxyhemoglobin(0.0, ppm, minutes) < carboxyhemoglobin(0.0, ppm, minutes, 6 * factor)


def test_fresh_air_clears_half_in_four_to_five_hours():
    half = next(minute for minute in range(1000) if carboxyhemoglobin(0.1, 0, minute) < 0.05)
    assert 200 <= half <= 320


def test_bands_rise():
    assert list(CO_HURT) == sorted(CO_HURT)
