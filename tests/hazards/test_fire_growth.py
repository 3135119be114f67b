"""Fires: t-squared growth, energy balance, water, smoke; and the pressure of an explosion."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.hazards.formulas import blast
from sim.hazards.formulas.fire_growth import (
    ALPHA_KW_S2,
    DECAY_FROM,
    REFERENCE_KW,
    WATER_KJ_PER_L,
    Fire,
    Fuel,
    absorbed_kw,
    heat_kw,
    limit_kw,
    smoke_rise_m,
    step,
    time_to_heat_s,
    ventilation_peak_kw,
    water_needed_l_s,
)

CLASSES = {"slow": 600, "medium": 300, "fast": 150, "ultra_fast": 75}
alphas = st.sampled_from(sorted(ALPHA_KW_S2.values()))
fuels = st.builds(Fuel, alpha_kw_s2=alphas, peak_kw=st.floats(500, 50_000), load_kj=st.floats(100_000, 20_000_000))


@pytest.mark.parametrize(
    ("growth", "alpha"), [("slow", 0.002931), ("medium", 0.011722), ("fast", 0.046889), ("ultra_fast", 0.187556)]
)
def test_classes_by_the_time_to_1055_kw(growth, alpha):
    assert alpha == ALPHA_KW_S2[growth] == round(REFERENCE_KW / CLASSES[growth] ** 2, 6)
    assert REFERENCE_KW == pytest.approx(heat_kw(alpha, CLASSES[growth]), rel=2e-4)
    assert CLASSES[growth] == pytest.approx(time_to_heat_s(alpha, REFERENCE_KW), rel=1e-4)


@given(alphas, st.floats(1, 1e5))
def test_time_and_heat_are_inverse(alpha, wanted):
    assert wanted == pytest.approx(heat_kw(alpha, time_to_heat_s(alpha, wanted)))


@settings(max_examples=40)
@given(alphas, st.integers(1, 1500))
def test_steps_follow_the_square_and_its_integral_exactly(alpha, seconds):
    fire = step(Fuel(alpha, 1e9, 1e12), Fire(), seconds)
    assert heat_kw(alpha, seconds) == pytest.approx(fire.heat_kw, rel=1e-7, abs=1e-5)
    assert alpha * seconds**3 / 3 == pytest.approx(fire.burned_kj, rel=1e-7, abs=1e-4)


@settings(max_examples=40)
@given(fuels, st.integers(1, 900), st.integers(1, 900), st.sampled_from([0.0, 5.0, 20.0]))
def test_two_steps_are_one(fuel, first, second, water):
    split = step(fuel, step(fuel, Fire(1000.0, 0.0), first, water), second, water)
    whole = step(fuel, Fire(1000.0, 0.0), first + second, water)
    assert whole.out == split.out
    assert (whole.heat_kw, whole.burned_kj) == pytest.approx((split.heat_kw, split.burned_kj), rel=1e-5, abs=0.1)


def burn(fuel, water=0.0, start=None, most_s=100_000):
    fire, seconds = start or Fire(), 0
    while not fire.out and seconds < most_s:
        fire, seconds = step(fuel, fire, 10, water), seconds + 10
    return fire, seconds


def test_a_fire_by_itself_lasts_as_the_standard_says():
    """10 MW and 36 GJ, medium: growth to the peak, plateau to 70 %, then twice the time that the rest would take."""
    fuel = Fuel(ALPHA_KW_S2["medium"], 10_000, 36e6)
    growing = time_to_heat_s(fuel.alpha_kw_s2, fuel.peak_kw)
    plateau = (DECAY_FROM * fuel.load_kj - fuel.peak_kw * growing / 3) / fuel.peak_kw
    fire, seconds = burn(fuel)
    assert growing + plateau + 2 * 0.3 * 3600 == pytest.approx(seconds, rel=0.01)
    assert fuel.load_kj == pytest.approx(fire.burned_kj, rel=1e-4)
    assert 0 == fire.heat_kw


@settings(max_examples=30)
@given(fuels, st.lists(st.tuples(st.integers(1, 600), st.floats(0, 40)), max_size=8))
def test_heat_stays_below_its_limits_and_energy_below_the_load(fuel, phases):
    fire = Fire()
    for seconds, water in phases:
        after = step(fuel, fire, seconds, water)
        assert fire.burned_kj <= after.burned_kj <= fuel.load_kj + 1e-6
        assert after.burned_kj - fire.burned_kj <= fuel.peak_kw * seconds + 1e-5
        assert 0 <= after.heat_kw <= fuel.peak_kw + 1e-6
        assert after.out or not fire.out
        fire = after


def test_the_limit_falls_as_the_root_of_what_is_left():
    fuel = Fuel(0.01, 8000, 1e6)
    assert [8000, 8000, 4000, 0] == pytest.approx([limit_kw(fuel, kj) for kj in (0, 7e5, 9.25e5, 1e6)])


@pytest.mark.parametrize("values", [(0, 1, 1), (1, -1, 1), (1, 1, 0)])
def test_a_fire_without_growth_peak_or_fuel_is_refused(values):
    with pytest.raises(ValueError, match="positive"):
        Fuel(*values)


def test_peak_of_a_room_with_a_door():
    """2 m by 1 m: 1.4 MW times A √h."""
    assert 1400 * 2 * math.sqrt(2) == pytest.approx(ventilation_peak_kw(2, 2))


@given(st.floats(0, 1e5), st.floats(0.05, 1))
def test_water_needed_takes_up_just_the_heat(fire_kw, efficiency):
    assert fire_kw == pytest.approx(absorbed_kw(water_needed_l_s(fire_kw, efficiency), efficiency))


def test_one_liter_a_second_against_megawatts():
    """2.6 MW in theory, 0.84 in practice."""
    assert 2600 == absorbed_kw(1, 1) == WATER_KJ_PER_L
    assert 840 == pytest.approx(absorbed_kw(1), rel=0.01)


@settings(max_examples=40)
@given(st.floats(100, 40_000), st.floats(1.05, 6))
def test_more_than_the_needed_flow_puts_a_fire_out_in_the_time_of_the_law(fire_kw, surplus):
    fuel, water = Fuel(0.05, 50_000, 1e12), surplus * water_needed_l_s(fire_kw)
    expected = 300 * math.log(surplus / (surplus - 1))
    before = step(fuel, Fire(fire_kw), max(0, int(expected * 0.9) - 3), water)
    after = step(fuel, Fire(fire_kw), int(expected) + 2, water)
    assert not before.out or before.heat_kw < 1
    assert after.out and 0 == after.heat_kw


@settings(max_examples=40)
@given(st.floats(100, 40_000), st.floats(0, 0.999))
def test_less_than_the_needed_flow_never_puts_it_out(fire_kw, part):
    water = part * water_needed_l_s(fire_kw)
    fire = step(Fuel(0.01, 50_000, 1e12), Fire(fire_kw), 600, water)
    assert fire.heat_kw >= fire_kw - 1e-6


@pytest.mark.parametrize("part", [0, 0.25, 0.5, 1])
def test_too_little_water_slows_growth_in_the_share_that_it_takes_up(part):
    fire = step(Fuel(0.04, 50_000, 1e9), Fire(2500.0), 1, part * water_needed_l_s(2500))
    assert 50 + 0.2 * (1 - part) == pytest.approx(math.sqrt(fire.heat_kw))


@settings(max_examples=40)
@given(alphas, st.floats(10, 20_000), st.floats(0, 30), st.floats(0, 10))
def test_more_water_never_makes_a_fire_larger(alpha, fire_kw, water, more):
    fuel = Fuel(alpha, 20_000, 1e8)
    less, much = step(fuel, Fire(fire_kw), 300, water), step(fuel, Fire(fire_kw), 300, water + more)
    assert much.heat_kw <= less.heat_kw + 1e-6
    assert much.burned_kj <= less.burned_kj + 1e-6


@settings(max_examples=15)
@given(alphas, st.floats(3, 20), st.integers(0, 20), st.integers(1, 20))
def test_water_that_comes_later_saves_less(alpha, water, minutes, later):
    fuel = Fuel(alpha, 10_000, 2e7)

    def burned(delay_min):
        return burn(fuel, water, step(fuel, Fire(), 60 * delay_min + 60))[0].burned_kj

    # Too little water loses all but the very last embers, whenever it comes.
    assert burned(minutes) <= burned(minutes + later) + 1e-4 * fuel.load_kj


def test_what_is_out_stays_out():
    fuel = Fuel(0.05, 5000, 1e8)
    out = step(fuel, Fire(500.0, 100.0), 600, 20)
    assert out.out
    assert out == step(fuel, out, 3600)


@given(st.floats(100, 100_000), st.floats(0.5, 20), st.sampled_from("ABCDEF"), st.floats(1.1, 4))
def test_smoke_rises_higher_from_more_heat_and_less_in_wind_and_stable_air(fire_kw, wind, stability, factor):
    rise = smoke_rise_m(fire_kw, wind, stability)
    assert rise > smoke_rise_m(fire_kw, factor * wind, stability)
    assert rise <= smoke_rise_m(fire_kw, wind, "D")
    # The two branches of the neutral law join with a step of one percent.
    assert smoke_rise_m(factor * fire_kw, wind, stability) > 0.98 * rise
    if stability in "ABCD":
        assert rise == pytest.approx(factor * smoke_rise_m(fire_kw, factor * wind, stability))


def test_buoyancy_of_a_fire_is_about_9_over_a_megawatt():
    """F = 8.8 m⁴/s³ for each convective MW at 293 K, so 1 MW in 1 m/s rises 21.425 · 8.8^0.75."""
    assert 21.425 * 8.81**0.75 == pytest.approx(smoke_rise_m(1000, 1, "D", convective_share=1), rel=2e-3)


def kingery_kpa(scaled_m):
    """Peak pressure in kPa of a burst on the ground, by Swisdak's fit (1994) to Kingery and Bulmash."""
    near = (7.2106, -2.1069, -0.3229, 0.1117, 0.0685)
    far = (7.5938, -3.0523, 0.40977, 0.0261, -0.01267)
    terms = near if scaled_m <= 2.9 else far
    return math.exp(math.fsum(term * math.log(scaled_m) ** power for power, term in enumerate(terms)))


@pytest.mark.parametrize("scaled_m", [0.5, 1, 1.5, 2, 3, 5, 8, 12, 16, 20, 23])
def test_two_published_fits_of_blast_agree(scaled_m):
    """Kinney and Graham in free air with 1.8 times the mass against Kingery's burst on the ground."""
    ours = blast.overpressure_kpa(blast.scaled_distance(scaled_m, 1))
    assert kingery_kpa(scaled_m) == pytest.approx(ours, rel=0.18)


@given(st.floats(0.05, 40), st.floats(1.01, 5), st.floats(0.1, 1e5))
def test_blast_falls_with_distance_and_scales(scaled_m, factor, tnt):
    assert blast.overpressure_kpa(scaled_m) > blast.overpressure_kpa(factor * scaled_m)
    assert blast.scaled_distance(scaled_m, tnt) == pytest.approx(
        blast.scaled_distance(factor * scaled_m, factor**3 * tnt)
    )
