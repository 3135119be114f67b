"""Rain to river: textbook examples, conservation of water, and stage as the inverse of discharge."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hazards.formulas.runoff import (
    Channel,
    discharge_m3_s,
    retention_mm,
    runoff_by_step_mm,
    runoff_depth_mm,
    time_to_peak_s,
    triangle_share,
    triangle_weights,
)

INCH, FOOT = 25.4, 0.3048
numbers = st.integers(40, 100)
storms = st.lists(st.floats(0, 120), min_size=1, max_size=30)
channels = st.builds(
    Channel, st.floats(1, 200), st.floats(1e-4, 0.05), st.floats(0.015, 0.1), st.just(0.0) | st.floats(0.1, 4)
)


@pytest.mark.parametrize(
    ("rain_in", "number", "runoff_in"),
    [(6, 70, "2.81"), (6, 75, "3.28"), (5, 80, "2.89"), (3, 80, "1.25"), (4, 90, "2.92"), (1, 60, "0.00")],
)
def test_tr_55(rain_in, number, runoff_in):
    """Examples 2-1 and 2-2 and rows of table 2-1."""
    assert runoff_in == f"{runoff_depth_mm(rain_in * INCH, number) / INCH:.2f}"


def test_no_runoff_before_the_abstraction_and_all_of_it_from_a_roof():
    assert retention_mm(80) == 63.5
    assert runoff_depth_mm(0.2 * 63.5, 80) == 0
    assert runoff_depth_mm(0.2 * 63.5 + 1, 80) == pytest.approx(1 / 64.5)
    assert runoff_depth_mm(37, 100) == 37


@given(storms, numbers, st.integers(60, 3600))
def test_runoff_of_the_steps_is_that_of_the_storm(rain, number, step):
    parts = runoff_by_step_mm(rain, step, number)
    total = math.fsum(rate * step / 3600 for rate in rain)
    assert len(rain) == len(parts)
    assert min(parts) >= -1e-9
    assert math.fsum(parts) == pytest.approx(runoff_depth_mm(total, number), abs=1e-9)


@given(st.floats(0, 500), st.floats(0, 100), numbers)
def test_runoff_rises_with_rain_and_never_exceeds_it(rain, more, number):
    here = runoff_depth_mm(rain, number)
    assert 0 <= here <= rain + 1e-9
    assert here <= runoff_depth_mm(rain + more, number) + 1e-9
    assert here <= runoff_depth_mm(rain, min(100, number + 1)) + 1e-9


def test_time_to_the_peak():
    assert time_to_peak_s(3600, 600) == 2460


def test_the_peak_of_the_triangle_is_the_metric_form_of_the_handbook():
    """0.208·A·Q/Tp with A = 1 km², Q = 1 mm and Tp = 1 h."""
    flows = discharge_m3_s([1.0], triangle_weights(3600, 1), 1, 1)
    assert max(flows) == pytest.approx(0.208, abs=5e-4)
    assert flows.index(max(flows)) in (3599, 3600)
    assert len(flows) == 9600


@given(st.floats(300, 20_000), st.integers(60, 3600))
def test_a_unit_hydrograph_holds_all_the_water(peak, step):
    weights = triangle_weights(peak, step)
    assert math.fsum(weights) == pytest.approx(1, abs=1e-12)
    assert min(weights) >= -1e-12
    assert triangle_share(peak, peak) == pytest.approx(3 / 8)
    assert triangle_share(0, peak) == 0
    assert triangle_share(8 / 3 * peak, peak) == 1


@given(storms, st.floats(600, 10_000), st.floats(0.1, 500), st.floats(0, 20))
def test_the_river_carries_what_ran_off(runoff, peak, area, base):
    step = 600
    flows = discharge_m3_s(runoff, triangle_weights(peak, step), area, step, base)
    carried = math.fsum(flow - base for flow in flows) * step
    assert carried == pytest.approx(math.fsum(runoff) * area * 1000, rel=1e-9, abs=1e-6)
    twice = discharge_m3_s([2 * depth for depth in runoff], triangle_weights(peak, step), area, step)
    assert max(twice) == pytest.approx(2 * (max(flows) - base), rel=1e-9, abs=1e-9)


def test_rain_of_one_step_is_the_unit_hydrograph():
    weights = [0.25, 0.5, 0.25]
    assert discharge_m3_s([0, 3.6], weights, 1, 3600) == [0, 0.25, 0.5, 0.25]


def test_normal_depth_in_chow():
    """Open-Channel Hydraulics (1959), example 6-2: 400 ft³/s, b = 20 ft, 2:1, n = 0.025, S = 0.0016: 3.36 ft."""
    channel = Channel(20 * FOOT, 0.0016, 0.025, 2)
    assert f"{channel.depth_m(400 * FOOT**3) / FOOT:.2f}" == "3.36"


@given(channels, st.floats(0.001, 30))
def test_stage_is_the_inverse_of_discharge(channel, depth):
    discharge = channel.discharge_m3_s(depth)
    assert channel.depth_m(discharge) == pytest.approx(depth, rel=1e-9)
    assert channel.speed_m_s(discharge) * channel.area_m2(depth) == pytest.approx(discharge, rel=1e-9)


@given(channels)
def test_more_water_stands_higher(channel):
    depths = [channel.depth_m(discharge) for discharge in (0, 0.1, 1, 10, 100, 1000)]
    assert depths[0] == 0 == channel.speed_m_s(0) == channel.discharge_m3_s(0)
    assert all(lower < higher for lower, higher in pairwise(depths))


def test_a_wide_rectangle_is_as_deep_as_its_hydraulic_radius():
    depth = Channel(1e6, 0.001, 0.03).depth_m(2e6)
    assert depth == pytest.approx((2 * 0.03 / math.sqrt(0.001)) ** 0.6, rel=1e-4)
