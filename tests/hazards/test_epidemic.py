"""Outbreaks: published final sizes, the exact small epidemic by simulation, whole persons, incubation."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.hazards.formulas.epidemic import (
    INCUBATION,
    Disease,
    Outbreak,
    binomial,
    final_share,
    share_ill,
    share_within,
    step,
)
from tests.hazards.published_epidemic import final_sizes

PUBLISHED = (0.33333, 0.08640, 0.04908, 0.03814, 0.03638, 0.04079, 0.05256, 0.07614, 0.11862, 0.16854)
EXTINCT_PAIR = Disease(contacts_per_h=20 / 9, latent_h=0, infectious_h=1)
"""Ten persons, 2/9 for each pair: force is contacts times infectious over ten."""
LATENT_PAIR = Disease(20 / 9, latent_h=1, infectious_h=1)

counts = st.integers(0, 3000)
open_unit = st.floats(1e-9, 1 - 1e-9)
diseases = st.builds(
    Disease, contacts_per_h=st.floats(0, 5), latent_h=st.sampled_from([0.0, 0.5, 24.0]), infectious_h=st.floats(0.5, 99)
)
outbreaks = st.builds(Outbreak, counts, counts, counts, counts)


def force_per_h(disease, outbreak):
    """Rate per h at which one susceptible person of a mixed group is infected."""
    return disease.contacts_per_h * outbreak.infectious / outbreak.persons if outbreak.persons else 0.0


def size_by_steps(disease, outbreak, hours, luck):
    """Return how many an outbreak infects until nobody is left who could infect others."""
    while outbreak.exposed + outbreak.infectious:
        outbreak = step(disease, outbreak, force_per_h(disease, outbreak), hours, tuple(luck.random(3).tolist()))
    return outbreak.removed


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


@pytest.mark.parametrize(("disease", "hours"), [(EXTINCT_PAIR, 0.05), (LATENT_PAIR, 0.1)])
def test_short_steps_reproduce_the_final_sizes(disease, hours):
    """A latent time changes when but not how many. Chance passes 27.88 (9 degrees) once in a thousand fixed seeds."""
    runs, luck = 300, np.random.Generator(np.random.Philox(7))
    sizes = [size_by_steps(disease, Outbreak(9, 0, 1, 0), hours, luck) for _ in range(runs)]
    seen = [sizes.count(size) for size in range(1, 11)]
    wanted = [runs * float(chance) for chance in final_sizes(10, Fraction(2, 9), Fraction(1))]
    print(
        seen,
        [round(x) for x in wanted],
        math.fsum((one - other) ** 2 / other for one, other in zip(seen, wanted, strict=True)),
    )
    assert math.fsum((one - other) ** 2 / other for one, other in zip(seen, wanted, strict=True)) < 27.88


def test_households_of_three_by_generations():
    """Reed and Frost in Abbey (1952): with q = 0.6 one case infects nobody of two with q², both with p²."""
    q, grid = 0.6, [(number + 0.5) / 1000 for number in range(1000)]
    drawn = [binomial(2, 1 - q, u) for u in grid]
    assert (q**2, (1 - q) ** 2) == pytest.approx((drawn.count(0) / 1000, drawn.count(2) / 1000), abs=0.0011)


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
    share = size_by_steps(disease, outbreak, hours, luck) / 100_000
    assert 2.4 == pytest.approx(disease.r0)
    assert share == pytest.approx(1 - 0.99 * math.exp(-2.4 * share), abs=0.006)


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
    median_s = 3600 * incubation.median_h
    marks = (median_s / incubation.dispersion, median_s, median_s * incubation.dispersion)
    assert (0.158655254, 0.5, 0.841344746) == pytest.approx([share_ill(incubation, mark) for mark in marks])
    assert 0 == share_ill(incubation, 0) == share_ill(incubation, -1)


def test_salmonella_takes_more_than_three_days_as_often_as_was_seen():
    """Eikmeier and others (2018): 29 % above 72 h, median 45 h."""
    assert 0.29 == pytest.approx(1 - share_ill(INCUBATION["salmonella"], 72 * 3600), abs=0.01)
