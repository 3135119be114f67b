"""Crowds: Weidmann's curve and its peak, whole persons, danger by density, and the police who push through."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.hazards.formulas.crowd_flow import (
    FREE_M_S,
    JAM_PER_M2,
    LEVELS_PER_M2,
    PACKED_PER_M2,
    PEAK_PER_M2,
    Area,
    Crowd,
    flow_per_m_s,
    level,
    push_through_s,
    sending_per_m_s,
    speed_m_s,
    step,
)

PEAK_FLOW_PER_M_S = flow_per_m_s(PEAK_PER_M2)
densities = st.floats(0.01, 12)
areas = st.builds(Area, size_m2=st.floats(20, 20_000), exit_m=st.floats(0, 40), exit_factor=st.floats(0.1, 1))
shares = st.floats(0, 1)


@pytest.mark.parametrize(("density", "speed"), [(0, 1.34), (0.5, 1.298), (1, 1.058), (2, 0.606), (4, 0.156), (5.4, 0)])
def test_speed_at_some_densities(density, speed):
    """1.34 (1 - exp(-1.913 (1/ρ - 1/5.4))) by hand."""
    assert speed == round(speed_m_s(density), 3)


@given(densities, st.floats(1.001, 5))
def test_the_denser_the_slower(density, factor):
    assert 0 <= speed_m_s(factor * density) <= speed_m_s(density) <= FREE_M_S
    if 0.1 < density < JAM_PER_M2:
        assert speed_m_s(factor * density) < speed_m_s(density)


def test_most_people_pass_at_the_published_density():
    """Weidmann gives about 1.22 persons/(m s) at 1.75 persons/m²."""
    assert (1.75, 1.22) == (round(PEAK_PER_M2, 2), round(PEAK_FLOW_PER_M_S, 2))
    grid = np.linspace(0.01, JAM_PER_M2, 4001)
    flows = [flow_per_m_s(float(density)) for density in grid]
    assert PEAK_FLOW_PER_M_S == pytest.approx(max(flows), abs=1e-6)
    assert PEAK_PER_M2 == pytest.approx(grid[flows.index(max(flows))], abs=0.002)


@given(densities)
def test_sending_and_receiving_are_the_two_sides_of_the_curve(density):
    """Receiving (Daganzo 1994) is the flow at no less than the density of the peak."""
    receiving = flow_per_m_s(max(density, PEAK_PER_M2))
    assert flow_per_m_s(density) == pytest.approx(min(sending_per_m_s(density), receiving))
    assert PEAK_FLOW_PER_M_S == pytest.approx(max(sending_per_m_s(density), receiving))


@settings(max_examples=50)
@given(
    areas,
    st.floats(0, PACKED_PER_M2),
    st.lists(st.tuples(st.floats(0, 50), shares, st.integers(1, 300)), min_size=1, max_size=12),
)
def test_nobody_is_lost_and_nobody_is_made(area, density, phases):
    start = Crowd(int(density * area.size_m2))
    crowd, entered, left, back, came = start, 0, 0, 0, 0.0
    for arriving, leaving, seconds in phases:
        before = crowd.persons
        crowd = step(area, crowd, arriving, leaving, seconds)
        assert before + crowd.entered - crowd.left == crowd.persons
        assert min(crowd.persons, crowd.entered, crowd.left, crowd.turned_back) >= 0
        assert all(type(count) is int for count in (crowd.persons, crowd.entered, crowd.left, crowd.turned_back))
        assert 0 <= crowd.owed_in < 1 and 0 <= crowd.owed_out < 1
        entered, left, back = entered + crowd.entered, left + crowd.left, back + crowd.turned_back
        came += arriving * seconds
    assert start.persons + entered - left == crowd.persons <= max(start.persons, PACKED_PER_M2 * area.size_m2)
    assert came == pytest.approx(entered + back + crowd.owed_in, abs=1e-5)


@settings(max_examples=50)
@given(areas, st.floats(0, 8), st.floats(0, 30), shares, st.floats(0, 30))
def test_fewer_let_in_never_makes_it_denser(area, density, arriving, leaving, more):
    crowd = Crowd(int(density * area.size_m2))
    one = step(area, crowd, arriving, leaving, 60).persons
    assert one <= step(area, crowd, arriving + more, leaving, 60).persons


@settings(max_examples=50)
@given(areas, st.floats(0, PACKED_PER_M2), shares, shares)
def test_more_who_want_to_leave_never_makes_it_denser(area, density, one, other):
    fewer, more = sorted((one, other))
    crowd = Crowd(int(density * area.size_m2))
    assert step(area, crowd, 5, more, 60).persons <= step(area, crowd, 5, fewer, 60).persons


def test_a_jammed_square_empties_at_the_capacity_of_its_exits_once_all_leave():
    area, crowd = Area(1000, 10), Crowd(6000)
    cleared = step(area, crowd, 0, 1, 100)
    assert int(100 * PEAK_FLOW_PER_M_S * 10) == cleared.left
    stuck = step(area, crowd, 0, 0.2, 100)
    assert stuck.left < 0.1 * cleared.left


def test_inflow_that_is_stopped_in_time_keeps_a_square_below_danger():
    """20 persons/s come for 3,000 m²: from 4 persons/m² it takes 150 s to 5 and 450 s to 7."""
    area, crowd, reached = Area(3000, 0), Crowd(12_000), {}
    for second in range(0, 600, 10):
        reached.setdefault(level(crowd.persons / area.size_m2), second)
        crowd = step(area, crowd, 20, 0, 10)
    assert {1: 0, 2: 150, 3: 450} == reached
    assert crowd.persons == step(area, crowd, 0, 0, 600).persons


def test_levels_by_density():
    assert [0, 0, 1, 1, 2, 2, 3, 3] == [level(mark) for mark in (0, 3.99, 4, 4.99, 5, 6.99, 7, 12)]
    assert list(LEVELS_PER_M2) == sorted(LEVELS_PER_M2)


def test_police_take_five_to_eight_minutes_through_70_m():
    assert 5 * 60 <= push_through_s(70, 5) < push_through_s(70, 7) <= 8 * 60


@given(st.floats(1, 500), densities, st.floats(1.01, 3))
def test_pushing_through_takes_longer_the_denser_and_never_beats_walking(distance, density, factor):
    assert distance / FREE_M_S <= push_through_s(distance, density) + 1e-9
    assert push_through_s(distance, density) <= push_through_s(distance, factor * density)
    assert factor * push_through_s(distance, density) == pytest.approx(push_through_s(factor * distance, density))
