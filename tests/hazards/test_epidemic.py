"""Outbreaks: published final sizes, the exact small epidemic by simulation, whole persons, incubation, thresholds."""

import math
from fractions import Fraction
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.hazards.formulas.epidemic import (
    DAY_S,
    INCUBATION,
    THRESHOLDS,
    Disease,
    Incubation,
    Outbreak,
    Threshold,
    attack_rate,
    binomial,
    final_share,
    final_sizes,
    force_per_h,
    forces_per_h,
    next_event,
    onset_s,
    onsets_s,
    reed_frost,
    share_within,
    step,
)

PUBLISHED = (0.33333, 0.08640, 0.04908, 0.03814, 0.03638, 0.04079, 0.05256, 0.07614, 0.11862, 0.16854)
EXTINCT_PAIR = Disease(contacts_per_h=20 / 9, latent_h=0, infectious_h=1)
"""Ten persons, 2/9 for each pair: force is contacts times infectious over ten."""

counts = st.integers(0, 3000)
open_unit = st.floats(1e-9, 1 - 1e-9)
diseases = st.builds(
    Disease, contacts_per_h=st.floats(0, 5), latent_h=st.sampled_from([0.0, 0.5, 24.0]), infectious_h=st.floats(0.5, 99)
)
outbreaks = st.builds(Outbreak, counts, counts, counts, counts)


@pytest.mark.parametrize(
    ("r0", "share"), [(1.2, 0.313698), (1.5, 0.582812), (2, 0.796812), (2.5, 0.892645), (3, 0.940480), (4, 0.980173)]
)
def test_share_that_a_large_outbreak_infects(r0, share):
    assert share == round(final_share(r0), 6)
    assert final_share(r0) == pytest.approx(1 - math.exp(-r0 * final_share(r0)), abs=1e-8)


def test_nothing_spreads_below_one():
    assert [0, 0, 0] == [final_share(r0) for r0 in (0, 0.5, 1)]


def test_final_sizes_of_ten_persons_are_the_published_ones():
    exact = final_sizes(10, Fraction(2, 9), Fraction(1))
    assert PUBLISHED == tuple(round(float(chance), 5) for chance in exact)
    assert 1 == sum(exact)
    assert [float(chance) for chance in exact] == pytest.approx(final_sizes(10, 2 / 9, 1.0))


def size_by_events(disease, outbreak, uniforms):
    wait = 0.0
    while wait < math.inf:
        wait, outbreak = next_event(disease, outbreak, next(uniforms), next(uniforms))
    return outbreak.removed


def test_events_reproduce_the_final_sizes():
    """Chi-square with 9 degrees of freedom: chance passes 27.88 once in a thousand seeds, and this seed is fixed."""
    runs = 4000
    uniforms = iter(np.random.Generator(np.random.Philox(7)).random(80 * runs).tolist())
    sizes = [size_by_events(EXTINCT_PAIR, Outbreak(9, 0, 1, 0), uniforms) for _ in range(runs)]
    seen = [sizes.count(size) for size in range(1, 11)]
    wanted = [runs * float(chance) for chance in final_sizes(10, Fraction(2, 9), Fraction(1))]
    assert math.fsum((one - other) ** 2 / other for one, other in zip(seen, wanted, strict=True)) < 27.88


def test_a_latent_time_changes_when_but_not_how_many():
    runs = 1500
    uniforms = iter(np.random.Generator(np.random.Philox(8)).random(100 * runs).tolist())
    slow = Disease(20 / 9, latent_h=3, infectious_h=1)
    sizes = [size_by_events(slow, Outbreak(9, 0, 1, 0), uniforms) for _ in range(runs)]
    exact = [float(chance) for chance in final_sizes(10, Fraction(2, 9), Fraction(1))]
    mean = math.fsum(size * chance for size, chance in enumerate(exact, 1))
    spread = math.sqrt(math.fsum((size - mean) ** 2 * chance for size, chance in enumerate(exact, 1)) / runs)
    assert abs(sum(sizes) / runs - mean) < 3.3 * spread


def test_waits_are_exponential_with_the_sum_of_the_rates():
    """Rates 20/9 · 1/10 · 9 = 2 and 1 from one case among ten: the median wait is ln 2 / 3 h."""
    wait, after = next_event(EXTINCT_PAIR, Outbreak(9, 0, 1, 0), 0.5, 0.6)
    assert math.log(2) / 3 == pytest.approx(wait)
    assert Outbreak(8, 0, 2, 0) == after
    assert Outbreak(9, 0, 0, 1) == next_event(EXTINCT_PAIR, Outbreak(9, 0, 1, 0), 0.5, 0.7)[1]
    assert math.inf == next_event(EXTINCT_PAIR, Outbreak(9, 0, 0, 1), 0.5, 0.5)[0]
    assert Outbreak(8, 0, 1, 1) == next_event(EXTINCT_PAIR, Outbreak(9, 0, 0, 1), 0.5, 0.5, outside_per_h=0.1)[1]


def test_reed_frost_with_two_at_home():
    """Abbey (1952): chances of 1, 2 and 3 ill with q = 0.6 are q², 2 p q² and p² + 2 p² q."""
    p, q, grid = 0.4, 0.6, [(number + 0.5) / 1000 for number in range(1000)]
    first = [reed_frost(2, 1, p, u) for u in grid]
    none, both = first.count((2, 0)) / 1000, first.count((0, 2)) / 1000
    second = [reed_frost(1, 1, p, u) for u in grid].count((1, 0)) / 1000
    assert (q**2, p**2, q) == pytest.approx((none, both, second), abs=0.0011)
    assert 2 * p * q**2 == pytest.approx((1 - none - both) * second, abs=0.003)
    assert (5, 0) == reed_frost(5, 0, p, 0.99)


@settings(max_examples=50)
@given(diseases, outbreaks, st.floats(0, 3), st.floats(0.01, 5), st.tuples(open_unit, open_unit, open_unit))
def test_nobody_is_lost_and_nobody_is_made(disease, outbreak, outside, hours, uniforms):
    after = step(disease, outbreak, force_per_h(disease, outbreak), hours, uniforms, outside)
    assert outbreak.persons == after.persons
    assert min(after.susceptible, after.exposed, after.infectious) >= 0
    assert after.susceptible <= outbreak.susceptible and after.removed >= outbreak.removed
    assert all(type(count) is int for count in (after.susceptible, after.exposed, after.infectious, after.removed))


@given(diseases, outbreaks, open_unit, st.floats(0, 2), st.floats(0, 2))
def test_more_force_never_infects_fewer_than_one_less(disease, outbreak, u, force, more):
    fewer = step(disease, outbreak, force, 1, (u, 0.5, 0.5)).susceptible
    assert step(disease, outbreak, force + more, 1, (u, 0.5, 0.5)).susceptible <= fewer + 1


@pytest.mark.parametrize("latent_h", [0, 24])
@pytest.mark.parametrize("hours", [1, 12])
def test_steps_of_any_length_come_near_the_final_share(hours, latent_h):
    """With 1 % already ill, z = 1 - 0.99 exp(-R0 z)."""
    disease, luck = Disease(0.1, latent_h, 24), np.random.Generator(np.random.Philox(3))
    outbreak = Outbreak(99_000, 0, 1000, 0)
    while outbreak.exposed + outbreak.infectious:
        uniforms = tuple(luck.random(3).tolist())
        outbreak = step(disease, outbreak, force_per_h(disease, outbreak), hours, uniforms)
    share = outbreak.removed / 100_000
    assert 2.4 == pytest.approx(disease.r0)
    assert share == pytest.approx(1 - 0.99 * math.exp(-2.4 * share), abs=0.006)


def test_one_mixed_group_is_the_same_as_one_of_several():
    disease, outbreak = Disease(0.7, 0, 10), Outbreak(60, 0, 30, 10)
    assert (force_per_h(disease, outbreak),) == pytest.approx(forces_per_h([[0.7]], [outbreak]))
    apart = forces_per_h([[0, 0.2], [0, 0]], [outbreak, outbreak])
    assert (0.2 * 30 / 100, 0) == pytest.approx(apart)
    assert 0 == force_per_h(disease, Outbreak(0, 0, 0, 0))


@settings(max_examples=50)
@given(st.integers(0, 40), st.floats(0, 1), open_unit)
def test_binomial_is_the_inverse_of_its_distribution(trials, chance, u):
    count = binomial(trials, chance, u)
    below = [math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(count)]
    at = math.comb(trials, count) * chance**count * (1 - chance) ** (trials - count)
    assert math.fsum(below) <= u + 1e-9
    assert u <= math.fsum([*below, at]) + 1e-9


@settings(max_examples=50)
@given(st.integers(2, 300_000), st.floats(0.001, 0.999), open_unit)
def test_large_binomials_are_right_to_one(trials, chance, u):
    """From the count that is drawn, summed downward and upward: at most one term too few or too many."""
    count = binomial(trials, chance, u)
    reach = int(12 * math.sqrt(trials * chance * (1 - chance)) + 40)

    def below(most):
        start = max(0, most - 2 * reach)
        return math.fsum(math.exp(log_term(trials, k, chance)) for k in range(start, min(trials, most) + 1))

    if reach > 4000:
        return
    assert below(count - 2) <= u + 1e-6
    assert u <= below(count + 1) + 1e-6


def log_term(trials, k, chance):
    ways = math.lgamma(trials + 1) - math.lgamma(k + 1) - math.lgamma(trials - k + 1)
    return ways + k * math.log(chance) + (trials - k) * math.log1p(-chance)


@given(st.integers(0, 10**6), st.floats(0, 1), open_unit, open_unit)
def test_a_count_rises_with_its_luck_and_stays_in_range(trials, chance, one, other):
    low, high = sorted((one, other))
    assert 0 <= binomial(trials, chance, low) <= binomial(trials, chance, high) <= trials


@pytest.mark.parametrize("u", [2.0**-53, 1 - 2.0**-53])
@pytest.mark.parametrize(("trials", "chance"), [(214, 0.308), (10, 0.5), (90, 0.99), (10**6, 1e-6)])
def test_the_rarest_luck_stays_near(trials, chance, u):
    mean = trials * chance
    assert abs(binomial(trials, chance, u) - mean) <= 12 * math.sqrt(mean * (1 - chance)) + 12


def test_rates_become_chances():
    assert 0.5 == pytest.approx(share_within(math.log(2) / 6, 6))
    assert 0 == share_within(0, 5)


@pytest.mark.parametrize("agent", INCUBATION)
def test_incubation_has_its_median_and_two_thirds_in_its_dispersion(agent):
    incubation = INCUBATION[agent]
    assert round(3600 * incubation.median_h) == onset_s(incubation, 0.5)
    assert 3600 * incubation.median_h * incubation.dispersion == pytest.approx(onset_s(incubation, 0.841344746), abs=2)
    assert 3600 * incubation.median_h / incubation.dispersion == pytest.approx(onset_s(incubation, 0.158655254), abs=2)


def test_salmonella_takes_more_than_three_days_as_often_as_was_seen():
    """Eikmeier and others (2018): 29 % above 72 h, median 45 h."""
    onsets = [onset_s(INCUBATION["salmonella"], (number + 0.5) / 1000) for number in range(1000)]
    assert 45 * 3600 == pytest.approx(median(onsets), rel=0.002)
    assert 290 == pytest.approx(sum(onset > 72 * 3600 for onset in onsets), abs=10)


@settings(max_examples=50)
@given(st.lists(st.tuples(open_unit, open_unit), max_size=60), st.floats(0, 1), st.floats(0, 1))
def test_a_worse_meal_only_adds_cases(luck, one, other):
    mild, bad = sorted((one, other))
    incubation = Incubation(3, 1.4)
    few, many = onsets_s(incubation, mild, luck), onsets_s(incubation, bad, luck)
    assert set(few) <= set(many) and list(many) == sorted(many)
    assert len(many) == sum(falls < bad for falls, _ in luck)


def test_attack_rate_of_a_known_outbreak():
    """156 seen, 80 met the case definition."""
    assert 80 / 156 == attack_rate(80, 156)
    assert 0 == attack_rate(0, 0)


def test_thresholds_by_count_and_by_death():
    school, meal = THRESHOLDS["food_poisoning_school"], THRESHOLDS["food_poisoning"]
    assert [False, True] == [school.reached(ill) for ill in (4, 5)]
    assert [False, True] == [meal.reached(ill) for ill in (29, 30)]
    assert meal.reached(0, deaths=1) and not THRESHOLDS["infectious_diarrhea"].reached(19, deaths=1)


def test_a_threshold_is_reached_by_the_onset_that_completes_it():
    three_in_a_day = Threshold(3, DAY_S)
    assert 90_100 == three_in_a_day.reached_at_s([0, 4000, 90_000, 90_100])
    assert None is three_in_a_day.reached_at_s([0, DAY_S, 2 * DAY_S + 1])
    assert None is three_in_a_day.reached_at_s([1, 2])
    assert DAY_S == three_in_a_day.reached_at_s([0, 5, DAY_S])


@settings(max_examples=50)
@given(st.lists(st.integers(0, 10 * DAY_S), max_size=30), st.integers(1, 6), st.integers(1, 3 * DAY_S))
def test_a_window_is_found_wherever_it_lies(onsets, ill, within):
    onsets = sorted(onsets)
    found = Threshold(ill, within).reached_at_s(onsets)
    by_hand = [last for last in onsets if sum(last - within <= one <= last for one in onsets) >= ill]
    assert (by_hand[0] if by_hand else None) == found
