"""Luck by name: independent of order, open at both ends, monotone in what a file may set, and never changing."""

import itertools
import math
from statistics import NormalDist, fmean, pvariance

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.errors import RepeatedDraw
from sim.rng import Distribution, Luck, Shape

seeds = st.integers(0, 2**63)
ids = st.from_regex(r"[a-z][a-z0-9_-]{0,11}", fullmatch=True)
names = st.lists(ids, min_size=1, max_size=4).map(tuple)
inner = st.floats(1e-12, 1 - 1e-12)
amounts = st.floats(0.001, 1e6)
pairs = st.tuples(amounts, amounts).map(sorted)
triples = st.tuples(amounts, amounts, amounts).map(sorted)
distributions = st.one_of(
    amounts.map(lambda value: Distribution(Shape.FIXED, value)),
    st.builds(Distribution, st.just(Shape.LOGNORMAL), amounts, st.floats(0, 3)),
    amounts.map(lambda mean: Distribution(Shape.EXPONENTIAL, mean)),
    pairs.map(lambda ends: Distribution(Shape.UNIFORM, *ends)),
    triples.map(lambda ends: Distribution(Shape.TRIANGULAR, *ends)),
)
GOLDEN = [
    (0, ("weather",)),
    (1, ("weather",)),
    (2**63, ("weather",)),
    (7, ("call", "rumor-1", "60")),
    (7, ("call", "rumor-1", "61")),
    (7, ("call", "rumor-2", "60")),
    (7, ("rumor-1", "call", "60")),
    (2026, ("message", "m1", "delay")),
    (2026, ("message", "m1", "lost")),
    (2026, ("消防", "到场")),
]


class Extreme:
    """A hash whose digest is always the same eight bytes."""

    def __init__(self, byte):
        self.byte = byte

    def copy(self):
        return self

    def update(self, data):
        pass

    def digest(self):
        return bytes([self.byte]) * 8


def sample(draw, count=4000, seed=11):
    luck = Luck(seed, audit=True)
    return [draw(luck, str(number)) for number in range(count)]


def test_raw_uniforms_never_change():
    expected = [
        0.8391490137168317,
        0.32339615830463486,
        0.6402922346080392,
        0.9659484433851028,
        0.16004347042136058,
        0.3543687683402107,
        0.676187243065225,
        0.6068609254874823,
        0.7765909747338157,
        0.7089125130009447,
    ]
    assert expected == [Luck(seed).uniform(*given_names) for seed, given_names in GOLDEN]


@given(seeds, names)
def test_same_seed_and_names_give_the_same_number_inside_the_open_interval(seed, cause):
    u = Luck(seed).uniform(*cause)
    assert 0 < u < 1
    assert u == Luck(seed).uniform(*cause)


@pytest.mark.parametrize("byte", [0x00, 0xFF])
def test_even_the_extreme_digests_lie_inside_the_open_interval(byte):
    luck = Luck(0)
    luck._start = Extreme(byte)
    assert 0 < luck.uniform("any") < 1


@given(seeds, names, names)
def test_other_names_give_another_number(seed, one, other):
    assume(one != other)
    assert Luck(seed).uniform(*one) != Luck(seed).uniform(*other)


@given(seeds, seeds, names)
def test_another_seed_gives_another_number(one, other, cause):
    assume(one != other)
    assert Luck(one).uniform(*cause) != Luck(other).uniform(*cause)


def test_seed_and_names_do_not_run_into_each_other():
    assert Luck(1).uniform("23") != Luck(12).uniform("3")


@given(seeds, names, st.lists(names, max_size=20))
def test_a_draw_is_untouched_by_all_other_draws(seed, cause, others):
    luck = Luck(seed)
    for other in others:
        luck.uniform(*other)
    assert Luck(seed).uniform(*cause) == luck.uniform(*cause)


@given(distributions, inner, inner)
def test_quantile_never_falls_when_u_rises(distribution, one, other):
    low, high = sorted((one, other))
    assert distribution.quantile(low) <= distribution.quantile(high) * (1 + 1e-12)


@given(distributions, inner, st.floats(0, 1000))
def test_scaling_a_distribution_scales_its_quantiles(distribution, u, factor):
    expected, widest = factor * distribution.quantile(u), factor * distribution.quantile(1 - 1e-12)
    assert expected == pytest.approx(distribution.scaled(factor).quantile(u), rel=1e-9, abs=1e-9 + 1e-12 * widest)


@given(amounts, st.floats(0, 3), inner)
def test_quantiles_have_their_closed_forms(a, sigma, u):
    assert a == Distribution(Shape.FIXED, a).quantile(u)
    assert a == pytest.approx(Distribution(Shape.LOGNORMAL, a, sigma).quantile(0.5))
    assert a * math.log(2) == pytest.approx(Distribution(Shape.EXPONENTIAL, a).quantile(0.5))
    lognormal = Distribution(Shape.LOGNORMAL, a, sigma).quantile(NormalDist().cdf(1))
    assert a * math.exp(sigma) == pytest.approx(lognormal)


@given(pairs, inner)
def test_uniform_quantile_is_the_point_between_its_ends(ends, u):
    low, high = ends
    assert u * (high - low) == pytest.approx(Distribution(Shape.UNIFORM, low, high).quantile(u) - low, abs=1e-6)


@given(triples)
def test_triangular_quantiles_integrate_to_the_mean_and_stay_between_the_ends(ends):
    distribution, count = Distribution(Shape.TRIANGULAR, *ends), 2000
    points = [distribution.quantile((number + 0.5) / count) for number in range(count)]
    assert fmean(ends) == pytest.approx(fmean(points), rel=1e-3)
    assert ends[0] * (1 - 1e-9) <= points[0] <= points[-1] <= ends[2] * (1 + 1e-9)


@pytest.mark.parametrize("purpose", ["weather", "call", "delay"])
def test_uniforms_pass_kolmogorov_and_smirnov(purpose):
    ordered = sorted(sample(lambda luck, name: luck.uniform(purpose, name)))
    distance = max(abs((rank + 0.5) / len(ordered) - u) for rank, u in enumerate(ordered))
    assert distance < 1.63 / math.sqrt(len(ordered))  # one in a hundred, were the seed not fixed


def test_neighboring_names_are_uncorrelated():
    draws = sample(lambda luck, name: luck.uniform(name))
    product = fmean((a - 0.5) * (b - 0.5) for a, b in itertools.pairwise(draws))
    assert abs(product) < 3 / 12 / math.sqrt(len(draws))


@given(seeds, st.floats(0, 600), st.floats(0, 600), names)
def test_poisson_count_never_falls_when_the_mean_rises(seed, one, other, cause):
    low, high = (Luck(seed).poisson(mean, *cause) for mean in sorted((one, other)))
    assert 0 <= low <= high


@pytest.mark.parametrize("mean", [0.1, 1.0, 7.5, 60.0, 500.0])
def test_poisson_mean_and_variance_are_right(mean):
    counts = sample(lambda luck, name: luck.poisson(mean, "calls", name))
    assert abs(fmean(counts) - mean) < 3 * math.sqrt(mean / len(counts))
    assert mean == pytest.approx(pvariance(counts), rel=0.15)


@given(seeds, st.floats(0, 1), st.floats(0, 1), names)
def test_a_larger_probability_never_turns_chance_off(seed, one, other, cause):
    low, high = (Luck(seed).chance(probability, *cause) for probability in sorted((one, other)))
    assert low <= high
    assert (False, True) == (Luck(seed).chance(0, *cause), Luck(seed).chance(1, *cause))


@given(seeds, distributions, names)
def test_seconds_are_the_amount_rounded_once(seed, distribution, cause):
    seconds = Luck(seed).seconds(distribution, *cause)
    assert isinstance(seconds, int)
    assert seconds >= 0
    assert abs(seconds - Luck(seed).amount(distribution, *cause)) <= 0.5


@given(seeds, names)
def test_auditing_refuses_to_use_a_name_twice_and_changes_no_number(seed, cause):
    luck = Luck(seed, audit=True)
    assert Luck(seed).uniform(*cause) == luck.uniform(*cause)
    with pytest.raises(RepeatedDraw) as caught:
        luck.chance(0.5, *cause)
    assert cause == caught.value.names
