"""Aftershocks: exact values of the law, its integral and its inverse, and the process that comes of it."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hazards.formulas.aftershocks import Omori, magnitude, reasenberg_jones

laws = st.builds(Omori, st.floats(0.01, 100), st.floats(0.001, 1), st.floats(0.7, 1.6) | st.just(1.0))
days = st.floats(0, 100)


def rate_per_day(law, t_days):
    """The published law."""
    return law.k * (t_days + law.c_days) ** -law.p


def expected(law, start_days, end_days):
    """Its exact integral; expm1 keeps the digits where p is near 1."""
    start = start_days + law.c_days
    ratio = math.log((end_days + law.c_days) / start)
    if law.p == 1:
        return law.k * ratio
    return law.k * start ** (1 - law.p) * math.expm1((1 - law.p) * ratio) / (1 - law.p)


def times_days(law, start_days, end_days, uniforms):
    """Shocks one after the other, as the model draws them."""
    now = start_days
    for uniform in uniforms:
        now = law.next_days(now, uniform)
        if now >= end_days:
            return
        yield now


def test_generic_california():
    law = reasenberg_jones(6.5, 5)
    assert f"{rate_per_day(law, 1):.4f}" == "0.4700"
    assert f"{expected(law, 0, 7):.3f}" == "2.573"
    assert f"{1 - math.exp(-expected(law, 0, 7)):.4f}" == "0.9237"


def test_p_of_one_is_a_logarithm():
    law = Omori(3, 0.1, 1)
    assert expected(law, 0, 0.9) == pytest.approx(3 * math.log(10))
    assert law.end_days(0, 3 * math.log(10)) == pytest.approx(0.9)


@pytest.mark.parametrize("p", [1 - 1e-9, 1 + 1e-9])
def test_nothing_breaks_near_p_of_one(p):
    assert expected(Omori(3, 0.1, p), 2, 40) == pytest.approx(expected(Omori(3, 0.1, 1), 2, 40), rel=1e-7)
    assert Omori(3, 0.1, p).end_days(2, 4) == pytest.approx(Omori(3, 0.1, 1).end_days(2, 4), rel=1e-6)


@given(laws, days, st.floats(0.1, 30))
def test_expected_number_is_the_integral_of_the_rate(law, start, length):
    edges = np.geomspace(start + law.c_days, start + length + law.c_days, 4001) - law.c_days
    rates = [rate_per_day(law, float(edge)) for edge in edges]
    assert expected(law, start, start + length) == pytest.approx(float(np.trapezoid(rates, edges)), rel=1e-4)


@given(laws, days, st.floats(0.01, 100))
def test_end_is_the_inverse_of_the_expected_number(law, start, length):
    number = expected(law, start, start + length)
    assert law.end_days(start, number) == pytest.approx(start + length, rel=1e-6)


@given(days, st.floats(0, 0.999))
def test_a_law_with_p_above_one_runs_dry(start, uniform):
    law = Omori(1, 0.1, 1.5)
    left = expected(law, start, 1e15)
    will_come = -math.log1p(-uniform) < left
    assert math.isfinite(law.next_days(start, uniform)) or not will_come
    assert law.end_days(start, 1.01 * left) == math.inf


def _runs(law, end, number):
    luck = random.Random(5)
    return [list(times_days(law, 0, end, iter(luck.random, None))) for _ in range(number)]


def test_times_are_an_inhomogeneous_poisson_process():
    """Numbers have the mean and the variance of the law; in stretched time the shocks are uniform."""
    law = reasenberg_jones(6.5, 5)
    runs = _runs(law, 7, 4000)
    numbers = np.array([len(run) for run in runs])
    mean = expected(law, 0, 7)
    assert numbers.mean() == pytest.approx(mean, abs=4 * math.sqrt(mean / len(runs)))
    assert numbers.var() == pytest.approx(mean, rel=0.1)
    assert (numbers > 0).mean() == pytest.approx(1 - math.exp(-mean), abs=0.017)  # four standard errors
    stretched = np.sort([expected(law, 0, time) / mean for run in runs for time in run])
    steps = np.arange(1, len(stretched) + 1) / len(stretched)
    assert np.abs(stretched - steps).max() < 1.95 / math.sqrt(len(stretched))  # Kolmogorov and Smirnov, 0.1 %


def test_times_rise_and_end_with_the_draws():
    law = Omori(50, 0.01, 1.1)
    times = list(times_days(law, 1, 1000, [0.5, 0.0, 0.9]))
    assert len(times) == 3 and times == sorted(times)
    assert times[1] == pytest.approx(times[0])
    assert list(times_days(law, 1, 1.001, [0.999])) == []


@given(st.floats(0, 0.999999), st.floats(3, 5), st.floats(0.5, 1.5))
def test_magnitude_is_the_inverse_of_gutenberg_and_richter(uniform, least, b):
    drawn = magnitude(uniform, least, b)
    assert 10 ** (-b * (drawn - least)) == pytest.approx(1 - uniform)


@given(st.floats(0, 0.999999), st.floats(3, 5), st.floats(0.01, 3))
def test_magnitude_stays_between_its_limits(uniform, least, room):
    drawn = magnitude(uniform, least, greatest=least + room)
    assert least <= drawn <= least + room
    assert drawn <= magnitude(uniform, least)


def test_one_unit_of_magnitude_is_a_tenth_where_b_is_one():
    assert magnitude(0.9, 4, 1) == pytest.approx(5)
    assert magnitude(0.0, 4, 1) == 4
