"""Water in a mine: exact balances, and pumps of 440, then 840 m³/h."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hazards.formulas.mine_water import Phase, volume_after_m3

H = 3600
flows = st.integers(0, 2000)
courses = st.lists(st.tuples(st.integers(600, 90_000), flows, flows), min_size=1, max_size=5)


def follow(volume, course):
    """Return the water after stretches of so many seconds, with such inflow and pumps."""
    for seconds, inflow, pumps in course:
        volume = volume_after_m3(volume, Phase(0, float(inflow), float(pumps)), seconds)
    return volume


def test_more_pumps_turn_the_water():
    """700 m³/h come in; three pumps lift 440 m³/h from 12 h on, four lift 840 m³/h from 20 h on."""
    course = [(12 * H, 700, 0), (8 * H, 700, 440), (10 * H, 700, 840)]
    assert [follow(0, course[:stretches]) for stretches in range(4)] == [0, 8400, 10_480, 9080]


def test_pumps_cannot_lift_what_is_not_there():
    assert follow(100, [(H, 0, 440)]) == 0
    assert follow(100, [(H, 0, 440), (H, 200, 0)]) == 200


@given(st.floats(0, 1e5), courses)
def test_never_negative_and_exact_while_there_is_water(volume, course):
    water = follow(volume, course)
    net = math.fsum((inflow - pumps) * seconds / H for seconds, inflow, pumps in course)
    assert water >= max(0, volume + net - 1e-6)
    if all(inflow >= pumps for _, inflow, pumps in course):
        assert water == pytest.approx(volume + net)


@given(st.floats(0, 1e5), courses, st.integers(1, 500))
def test_more_pumps_leave_less_water(volume, course, more):
    stronger = [(seconds, inflow, pumps + more) for seconds, inflow, pumps in course]
    assert follow(volume, stronger) <= follow(volume, course) + 1e-9
