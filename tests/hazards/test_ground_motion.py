"""Intensity, collapse and entrapment: published values where there are some, else limits and monotony."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hazards.formulas.ground_motion import (
    BUILDINGS,
    OCCUPANCY,
    RELATIONS,
    along_and_across_km,
    cold_factor,
    intensity,
    share_inside,
    share_of_occupants_buried,
    share_struck,
)

relations = st.sampled_from(sorted(RELATIONS)).map(RELATIONS.__getitem__)
buildings = st.sampled_from(sorted(BUILDINGS)).map(BUILDINGS.__getitem__)
magnitudes = st.floats(4.5, 8)
kilometers = st.floats(0, 200)


@pytest.mark.parametrize("name", sorted(RELATIONS))
@pytest.mark.parametrize("magnitude", [5.0, 6.0, 7.5])
def test_both_axes_agree_at_the_epicenter(name, magnitude):
    """A wrong digit in any coefficient would part them."""
    relation = RELATIONS[name]
    assert relation.long.b == relation.short.b
    assert relation.long.intensity(magnitude, 0) == pytest.approx(relation.short.intensity(magnitude, 0), abs=4e-4)


def test_one_relation_by_hand():
    relation = RELATIONS["qinghai_tibet"]
    assert intensity(relation, 6.0, 8) == round(6.4580 + 1.2746 * 6 - 4.4709 * math.log10(33), 9)
    assert intensity(relation, 6.0, 0, 8) == pytest.approx(3.3682 + 1.2746 * 6 - 3.3119 * math.log10(17), abs=1e-6)


@given(relations, magnitudes, st.floats(5, 200), st.floats(0, 2 * math.pi))
def test_a_place_lies_on_the_ellipse_of_its_intensity(relation, magnitude, distance, angle):
    along, across = distance * math.cos(angle), distance * math.sin(angle)
    value = intensity(relation, magnitude, along, across)
    half_long, half_short = relation.long.radius_km(magnitude, value), relation.short.radius_km(magnitude, value)
    assert math.hypot(along / half_long, across / half_short) == pytest.approx(1, abs=1e-5)
    on_axes = [axis.intensity(magnitude, distance) for axis in (relation.short, relation.long)]
    assert min(on_axes) - 1e-6 <= value <= max(on_axes) + 1e-6


@given(relations, magnitudes, kilometers, kilometers, st.floats(1.01, 3))
def test_intensity_falls_with_distance_and_rises_with_magnitude(relation, magnitude, along, across, factor):
    here = intensity(relation, magnitude, along, across)
    assert intensity(relation, magnitude, factor * along, factor * across) <= here + 1e-3  # axes differ that much at 0
    assert intensity(relation, magnitude + 1, along, across) == pytest.approx(here + relation.long.b, abs=1e-6)


@given(relations, magnitudes, st.floats(0, 1000))
def test_radius_is_the_inverse_of_intensity(relation, magnitude, distance):
    axis = relation.short
    assert axis.radius_km(magnitude, axis.intensity(magnitude, distance)) == pytest.approx(distance, abs=1e-6)


def test_axes_turn_with_the_strike():
    assert along_and_across_km(0, 5, 0) == pytest.approx((5, 0))
    assert along_and_across_km(5, 0, 90) == pytest.approx((5, 0), abs=1e-12)
    assert along_and_across_km(3, 3, 45) == pytest.approx((math.hypot(3, 3), 0), abs=1e-12)


@given(buildings, st.floats(1, 12), st.floats(0, 3))
def test_stronger_shaking_buries_more(building, degrees, more):
    assert 0 <= share_of_occupants_buried(building, degrees) <= share_of_occupants_buried(building, degrees + more) <= 1
    assert share_struck(degrees) <= share_struck(degrees + more)


@pytest.mark.parametrize("degrees", [7, 8, 9, 10])
def test_weaker_buildings_fall_first(degrees):
    order = [building.share_fallen(degrees) for building in BUILDINGS.values()]
    assert order == sorted(order, reverse=True)
    assert order[0] > order[-1]


@given(buildings)
def test_half_fallen_and_all_injuries(building):
    assert building.share_fallen(building.half_fallen) == 0.5
    assert math.fsum(building.injuries) == pytest.approx(1)


@pytest.mark.parametrize(
    ("degrees", "share"), [(6, 0), (7, 0.05), (8, 0.3), (8.5, 0.45), (9, 0.6), (10, 0.7), (12, 0.7)]
)
def test_buried_in_fallen_masonry(degrees, share):
    """M3 of Coburn and Spence, as recalled, and straight lines between."""
    assert BUILDINGS["earth"].share_buried(degrees) == share


def test_whoever_is_inside_by_night_and_by_day():
    assert share_inside("home", 23.83) > 0.9 > 0.5 > share_inside("home", 10)
    assert share_inside("school", 10) == 0.95
    assert share_inside("school", 3) == share_inside("school", 27) == 0
    assert share_inside("work", 7.5) == 0.45
    for use, points in OCCUPANCY.items():
        assert points[0] == (0, share_inside(use, 24)) and points[-1] == (24, share_inside(use, 0))


def test_cold():
    assert cold_factor(-12) == pytest.approx(2.1)
    assert cold_factor(10) == cold_factor(25) == 1
