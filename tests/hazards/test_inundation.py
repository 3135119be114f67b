"""Who passes through water of which depth and speed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hazards.formulas.inundation import LIMITS, depth_m, is_bridge_open, is_road_open, speed_m_s
from sim.hazards.formulas.runoff import Channel

limits = st.sampled_from(sorted(LIMITS)).map(LIMITS.__getitem__)


@pytest.mark.parametrize(
    ("who", "depth", "speed", "passes"),
    [
        ("car", 0.3, 0, True),
        ("car", 0.31, 0, False),
        ("car", 0.15, 2, True),
        ("car", 0.15, 2.1, False),
        ("off_road", 0.5, 1, True),
        ("adult", 0.8, 1, True),
        ("adult", 0.8, 1.1, False),
        ("adult", 1.3, 0, False),
        ("adult", 0.1, 3.1, False),
        ("child", 0.5, 0.8, True),
        ("child", 0.5, 0.9, False),
        ("child", 0, 9, True),
    ],
)
def test_limits(who, depth, speed, passes):
    assert LIMITS[who].can_pass(depth, speed) is passes


@given(limits, st.floats(0, 2), st.floats(0, 4), st.floats(0, 1), st.floats(0, 1))
def test_whoever_passes_passes_what_is_shallower_and_slower(limit, depth, speed, less_deep, less_fast):
    if limit.can_pass(depth, speed):
        assert limit.can_pass(depth * less_deep, speed * less_fast)


@given(st.floats(0, 2), st.floats(0, 4))
def test_bigger_ones_pass_where_smaller_ones_do(depth, speed):
    for small, big in (("car", "large_car"), ("large_car", "off_road"), ("off_road", "truck"), ("child", "adult")):
        assert LIMITS[big].can_pass(depth, speed) or not LIMITS[small].can_pass(depth, speed)


def test_depth():
    assert depth_m(103.5, 102.0) == 1.5
    assert depth_m(101.0, 102.0) == 0


def test_roads_and_bridges():
    assert is_road_open(50.25, 50.0, LIMITS["car"])
    assert not is_road_open(50.25, 50.0, LIMITS["car"], 1.5)
    assert is_bridge_open(49.0, 50.0) and is_bridge_open(49.5, 50.0, 0.5)
    assert not is_bridge_open(49.6, 50.0, 0.5) and not is_bridge_open(50.1, 50.0)


@given(st.floats(0.05, 3), st.floats(1e-4, 0.05), st.floats(0.02, 0.1))
def test_a_sheet_of_water_is_a_very_wide_channel(depth, slope, roughness):
    channel = Channel(1e6, slope, roughness)
    expected = channel.discharge_m3_s(depth) / channel.area_m2(depth)
    assert speed_m_s(depth, slope, roughness) == pytest.approx(expected, rel=1e-4)
    assert speed_m_s(0, slope, roughness) == 0
