"""Intervals against tables and against an example done by hand."""

import math

import pytest

from sim.assess.intervals import interval, paired, t_quantile

TABLE = {1: 12.7062, 2: 4.3027, 3: 3.1824, 4: 2.7764, 5: 2.5706, 10: 2.2281, 19: 2.0930, 30: 2.0423, 120: 1.9799}


@pytest.mark.parametrize("freedom", TABLE)
def test_quantiles_are_those_of_the_printed_table(freedom):
    assert round(t_quantile(0.975, freedom), 4) == TABLE[freedom]


def test_quantiles_fall_to_the_normal_one_without_a_step():
    values = [t_quantile(0.975, freedom) for freedom in (1, 2, 9, 50, 199, 200, 201, 202, 1000, 10**6)]
    assert values == sorted(values, reverse=True)
    assert abs(t_quantile(0.975, 200) - t_quantile(0.975, 201)) < 1e-4
    assert round(values[-1], 4) == 1.96


def test_the_interval_of_an_example():
    # 2, 4, 4, 6: mean 4, squares 4 + 0 + 0 + 4 = 8, s = sqrt(8 / 3), half = 3.1824 * s / 2
    found = interval([2, 4, 4, 6])
    assert (found.n, found.mean) == (4, 4)
    assert found.high - 4 == pytest.approx(3.18245 * math.sqrt(8 / 3) / 2, rel=1e-5)
    assert 4 - found.low == pytest.approx(found.high - 4)


def test_pairs_are_by_replication_and_those_without_partner_do_not_count():
    # differences 5 - 4, 7 - 5, 9 - 9 = 1, 2, 0: mean 1, s = 1, half = 4.302653 / sqrt(3)
    found = paired({0: 5, 1: 7, 2: 9, 5: 100}, {0: 4, 2: 9, 1: 5, 3: 1})
    assert (found.n, found.mean) == (3, 1)
    assert found.low == pytest.approx(1 - 2.484138, abs=1e-6)
    assert found.high == pytest.approx(1 + 2.484138, abs=1e-6)


def test_what_luck_adds_to_both_sides_does_not_widen_a_paired_interval():
    luck = {number: 1000.0 * number for number in range(10)}
    found = paired({number: value + 3 for number, value in luck.items()}, luck)
    assert (found.mean, found.low, found.high) == (3, 3, 3)


def test_too_few_values_give_no_interval():
    assert interval([]) == (0, None, None, None)
    assert interval([5]) == (1, 5, None, None)
