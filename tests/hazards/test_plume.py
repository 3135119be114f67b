"""The plume: published values, mass conservation, and symmetry."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.hazards.formulas.plume import NEAREST_M, along_and_across, concentration, per_unit_rate, sigma_y, sigma_z

classes = st.sampled_from("ABCDEF")
distances = st.floats(100, 10_000)
bearings = st.floats(0, 360)
winds = st.floats(0.5, 20)
points = st.tuples(st.floats(-9000, 9000), st.floats(-9000, 9000))


@pytest.mark.parametrize(
    ("x_km", "spread_z", "spread_y", "published", "closer"),
    [
        (0.26, 26.2, 45.9, "1.53e-05", "1.527e-05"),
        (0.28, 28.2, 49.0, "1.56e-05", "1.555e-05"),
        (0.30, 30.1, 52.2, "1.55e-05", "1.552e-05"),
    ],
)
def test_worked_example_of_a_textbook(x_km, spread_z, spread_y, published, closer):
    """Fundamentals of Air Pollution, 3rd ed., pp. 303-305: 0.37 g/s at 40 m height in a wind of 2 m/s, class B."""
    assert published == f"{concentration(0.37, 2, spread_y, spread_z, 0, 0, 40):.2e}"
    exact_y = 465.116 * x_km * math.tan(math.radians(18.333 - 1.8096 * math.log(x_km)))
    exact_z = 98.483 * x_km**0.98332
    assert (spread_y, spread_z) == (round(exact_y, 1), pytest.approx(exact_z, abs=0.051))
    assert closer == f"{concentration(0.37, 2, exact_y, exact_z, 0, 0, 40):.3e}"


@pytest.mark.parametrize(("stability", "across", "up", "mg_m3"), [("D", 76.28, 37.95, 55), ("F", 38.14, 12.31, 339)])
def test_spread_and_ground_release_at_one_kilometer(stability, across, up, mg_m3):
    assert across == round(sigma_y(stability, 1000), 2)
    assert up == round(sigma_z(stability, 1000), 2)
    assert mg_m3 == round(1000 * per_unit_rate(0, 1000, 0, 2, stability))


@given(classes, distances, st.floats(1.001, 10))
def test_a_plume_widens_with_distance(stability, x, factor):
    assert sigma_y(stability, x) < sigma_y(stability, factor * x)
    assert sigma_z(stability, x) < sigma_z(stability, factor * x)


@given(distances, st.integers(0, 4))
def test_a_plume_spreads_less_in_stabler_air(x, number):
    one, stabler = "ABCDEF"[number], "ABCDEF"[number + 1]
    assert sigma_y(one, x) > sigma_y(stabler, x)
    assert sigma_z(one, x) > sigma_z(stabler, x)


@settings(max_examples=40)
@given(classes, distances, winds, st.floats(0.1, 1e4), st.floats(0, 100))
def test_what_leaks_passes_through_every_cross_section(stability, x, wind, rate, height):
    spread_y, spread_z = sigma_y(stability, x), sigma_z(stability, x)
    y = np.linspace(-6 * spread_y, 6 * spread_y, 41)
    z = np.arange(0, height + 7 * spread_z, spread_z / 4)
    across = [concentration(rate, wind, spread_y, spread_z, one, height, height) for one in y]
    upward = [concentration(rate, wind, spread_y, spread_z, 0, one, height) for one in z]
    peak = concentration(rate, wind, spread_y, spread_z, 0, height, height)
    flow = wind * np.trapezoid(across, y) * np.trapezoid(upward, z) / peak
    assert rate == pytest.approx(flow, rel=2e-3)


@given(st.floats(-300, 300), st.floats(0, 300), st.floats(0, 100), classes, distances)
def test_concentration_is_a_product_of_across_and_upward(y, z, height, stability, x):
    """That it factors is what the mass test rests on."""
    spreads = sigma_y(stability, x), sigma_z(stability, x)
    both = concentration(1, 1, *spreads, y, z, height) * concentration(1, 1, *spreads, 0, height, height)
    each = concentration(1, 1, *spreads, y, height, height) * concentration(1, 1, *spreads, 0, z, height)
    assert each == pytest.approx(both, rel=1e-9)


@given(points, bearings, bearings, winds, classes)
def test_turning_map_and_wind_together_changes_nothing(point, toward, turn, wind, stability):
    along, across = along_and_across(*point, toward)
    assume(abs(math.hypot(*point) - NEAREST_M) > 1e-3 and abs(along) > 1e-3)
    assume(abs(abs(across) - 5 * sigma_y(stability, max(along, NEAREST_M))) > 1e-3)
    turned = complex(*point) * complex(math.cos(math.radians(turn)), -math.sin(math.radians(turn)))
    expected = per_unit_rate(*point, toward, wind, stability)
    actual = per_unit_rate(turned.real, turned.imag, toward + turn, wind, stability)
    assert expected == pytest.approx(actual, rel=1e-6, abs=1e-8)


@given(points, bearings, winds, classes)
def test_nothing_drifts_against_the_wind(point, toward, wind, stability):
    along, _ = along_and_across(*point, toward)
    assume(math.hypot(*point) > NEAREST_M)
    value = per_unit_rate(*point, toward, wind, stability)
    assert value >= 0
    if along <= 0:
        assert 0 == value


@given(st.floats(0, 100), bearings, bearings, winds, classes)
def test_near_the_source_the_wind_does_not_matter(distance, bearing, toward, wind, stability):
    point = distance * math.sin(math.radians(bearing)), distance * math.cos(math.radians(bearing))
    assume(math.hypot(*point) <= NEAREST_M)
    expected = 1000 * concentration(1, wind, sigma_y(stability, 100), sigma_z(stability, 100), 0, 0, 0)
    assert expected == pytest.approx(per_unit_rate(*point, toward, wind, stability), abs=1e-8)


@given(distances, st.floats(0, 2000), winds, classes, st.floats(1.1, 5))
def test_stronger_wind_thins_the_gas_and_distance_from_the_center_line_too(x, y, wind, stability, factor):
    here = per_unit_rate(y, x, 0, wind, stability)
    assert here == pytest.approx(factor * per_unit_rate(y, x, 0, factor * wind, stability), abs=1e-8)
    assert here >= per_unit_rate(factor * y, x, 0, wind, stability)
    assert here == per_unit_rate(-y, x, 0, wind, stability)
