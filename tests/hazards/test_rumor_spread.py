"""Rumors: exact small chains, the share that never hears, whole persons, and what an official message changes."""

import math
from dataclasses import astuple
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.hazards.formulas.rumor_spread import (
    Group,
    Town,
    announce_anew,
    mean_step,
    mean_survivors,
    never_hear_share,
    rate_of_share,
    spread,
    step,
    survivors,
)

SILENT = Town([[1.0]], [0.0], [0.0])


def uniforms(seed):
    luck = np.random.Generator(np.random.Philox(seed))
    while True:
        yield from luck.random(4096).tolist()


@pytest.mark.parametrize(("failures", "share"), [(1, 0.203188), (2, 0.059520), (3, 0.019827), (4, 0.006977)])
def test_share_of_a_large_group_that_never_hears(failures, share):
    x = never_hear_share(failures)
    assert share == round(x, 6)
    assert x == pytest.approx(math.exp(-(failures + 1) * (1 - x)), abs=1e-8)


def test_one_spreader_and_two_ignorant_exactly():
    assert [Fraction(3, 4), Fraction(1, 4), Fraction(0)] == survivors(2)


@pytest.mark.parametrize(("ignorant", "share"), [(10, 0.222592), (400, 0.203490)])
def test_mean_share_that_never_hears_in_a_small_group(ignorant, share):
    assert share == round(mean_survivors(ignorant) / ignorant, 6)


@settings(max_examples=40)
@given(st.integers(1, 9), st.integers(1, 4))
def test_the_chain_in_fractions_and_in_floats_agree(ignorant, spreaders):
    exact = survivors(ignorant, spreaders)
    assert 1 == sum(exact)
    mean = sum(left * chance for left, chance in enumerate(exact))
    assert float(mean) == pytest.approx(mean_survivors(ignorant, spreaders))


def test_telling_by_telling_reproduces_the_small_chain():
    """Of 4,000 groups of three, about 1,000 leave one person out; three standard errors are 82."""
    luck = uniforms(1)
    left = [spread(2, 1, luck) for _ in range(4000)]
    assert 0 == left.count(2)
    assert 1000 == pytest.approx(left.count(1), abs=82)


@pytest.mark.parametrize(("failures", "spreading"), [(1, 0.0112), (2, 0.006), (3, 0.0035)])
def test_telling_by_telling_in_a_group_of_two_thousand(failures, spreading):
    """One run at k = 1 is known to vary by 0.0112, the others vary as 60 runs showed."""
    runs, luck = 40, uniforms(2)
    mean = sum(spread(2000, 1, luck, failures) for _ in range(runs)) / 2000 / runs
    assert never_hear_share(failures) == pytest.approx(mean, abs=3 * spreading / math.sqrt(runs) + 0.0005)


counts = st.integers(0, 40_000)
groups = st.builds(Group, counts, counts, counts, counts, counts, counts, counts)
rates = st.floats(0, 20)
shares = st.floats(0, 1)


@st.composite
def towns(draw):
    size = draw(st.integers(1, 3))
    return (
        Town(
            [[draw(rates) for _ in range(size)] for _ in range(size)],
            [draw(rates) for _ in range(size)],
            [draw(shares) for _ in range(size)],
        ),
        tuple(draw(groups) for _ in range(size)),
    )


@settings(max_examples=40)
@given(towns(), st.floats(0.01, 2), st.integers(0, 1000))
def test_nobody_is_lost_and_nobody_is_made(town_and_groups, hours, seed):
    town, before = town_and_groups
    luck, asked = uniforms(seed), []

    def draw(group, name):
        asked.append((group, name))
        return next(luck)

    after = step(town, before, hours, draw)
    assert [group.persons for group in before] == [group.persons for group in after]
    assert all(type(count) is int and count >= 0 for group in after for count in astuple(group))
    assert len(asked) == len(set(asked))
    for old, new in zip(before, after, strict=True):
        assert new.ignorant <= old.ignorant and new.immune >= old.immune and new.corrected >= old.corrected


@settings(max_examples=40)
@given(towns(), st.floats(0.001, 0.02))
def test_the_mean_keeps_everybody_too(town_and_groups, hours):
    town, before = town_and_groups
    for old, new in zip(before, mean_step(town, before, hours), strict=True):
        assert old.persons == pytest.approx(new.persons, abs=1e-4)


@settings(max_examples=40)
@given(towns(), st.integers(0, 100))
def test_who_hears_nothing_and_meets_nobody_stays_as_he_is(town_and_groups, seed):
    town, before = town_and_groups
    none = [0.0] * len(before)
    alone = Town([none] * len(before), none, town.trust)
    assert before == step(alone, before, 1, lambda _group, _name: next(uniforms(seed)))


def run_mean(town, start, hours, step_h=0.1):
    for _ in range(round(hours / step_h)):
        start = mean_step(town, start, step_h)
    return start


def test_the_mean_leaves_out_the_share_of_theory():
    (end,) = run_mean(SILENT, (Group(1e7, 1),), 80, 0.2)
    assert never_hear_share() == pytest.approx(end.ignorant / 1e7, abs=1e-5)
    assert end.telling < 1


def test_two_groups_that_mix_evenly_are_one():
    even = Town([[0.5, 0.5], [0.5, 0.5]], [0.1, 0.1], [0.6, 0.6])
    (one,) = run_mean(Town([[1.0]], [0.1], [0.6]), (Group(2e6, 2000),), 12)
    both = run_mean(even, (Group(1e6, 1000), Group(1e6, 1000)), 12)
    assert both[0] == both[1]
    assert astuple(one) == pytest.approx([2 * count for count in astuple(both[0])], rel=1e-5)


def run_whole(town, start, hours, seed, step_h=0.05):
    for slot in range(round(hours / step_h)):
        luck = uniforms((seed, slot))
        start = step(town, start, step_h, lambda _group, _name, luck=luck: next(luck))
    return start


def test_whole_persons_follow_the_mean():
    """Means of 8 runs of 60,000 people against the equations; short steps, so that they lag by few percent."""
    town = Town([[2.0, 0.4], [0.4, 1.0]], [0.3, 0.1], [0.7, 0.4])
    start = (Group(39_500, 500), Group(20_000, 0))
    runs = [run_whole(town, start, 4, seed, 0.02) for seed in range(8)]
    for number, group in enumerate(run_mean(town, start, 4)):
        found = [sum(astuple(run[number])[kind] for run in runs) / 8 for kind in range(7)]
        assert list(astuple(group)) == pytest.approx(found, rel=0.06, abs=60)


@pytest.mark.parametrize(("step_h", "error"), [(0.1, 0.006), (0.5, 0.02)])
def test_whole_persons_are_left_out_as_in_theory(step_h, error):
    """Three standard errors of 6 runs of 20,000 are 0.004; a step of half the time between tellings adds its own."""
    ends = [run_whole(SILENT, (Group(20_000, 20),), 60, seed, step_h)[0] for seed in range(6)]
    assert all(0 == end.telling for end in ends)
    assert never_hear_share() == pytest.approx(sum(end.ignorant for end in ends) / 6 / 20_000, abs=error)


@settings(max_examples=12)
@given(st.floats(0, 2), st.floats(0.05, 2), st.floats(0, 1), st.floats(0, 0.5))
def test_a_message_that_reaches_more_or_is_trusted_more_leaves_fewer_believers(official, more, trust, better):
    start = (Group(100_000, 100),)

    def believers(reach, share):
        return run_mean(Town([[2.0]], [reach], [min(1.0, share)]), start, 6, 0.1)[0].believers

    base = believers(official, trust)
    assert believers(official + more, trust) < base
    assert believers(official, trust + better) <= base + 1e-6


def test_the_earlier_the_message_the_fewer_ever_believed():
    silent, heard = Town([[2.0]], [0.0], [0.5]), Town([[2.0]], [1.0], [0.5])
    ends = []
    for delay in (0, 1, 2, 4, 8):
        end = run_mean(heard, run_mean(silent, (Group(100_000, 100),), delay), 24)[0]
        ends.append((end.believers + end.corrected, end.believers))
    assert ends == sorted(ends) and ends[0][0] < ends[-1][0] / 20


def test_without_trust_a_message_only_keeps_those_who_had_heard_nothing():
    end = run_mean(Town([[2.0]], [0.5], [0.0]), (Group(100_000, 100),), 12)[0]
    assert 0 == end.corrected < end.immune
    assert 0 < end.unmoved


def test_a_new_message_may_convince_who_did_not_trust_the_last():
    group = Group(10, 5, 4, 3, 2, 1, 1)
    again = announce_anew(group)
    assert Group(10, 9, 0, 5, 0, 1, 1) == again
    assert group.believers == again.believers
    trusted = Town([[1.0]], [1e9], [1.0])
    assert 15 == step(trusted, (again,), 1, lambda _group, _name: 0.5)[0].corrected
    assert 9 == step(trusted, (group,), 1, lambda _group, _name: 0.5)[0].corrected


def test_a_share_that_is_reached_at_once_becomes_a_rate():
    told = mean_step(Town([[0.0]], [rate_of_share(0.6, 0.5)], [1.0]), (Group(1000),), 0.5)[0]
    assert 600 == pytest.approx(told.immune, rel=1e-2)


def test_many_names_of_luck_and_no_more():
    asked = set()
    step(
        Town([[1.0]], [1.0], [0.5]),
        (Group(*[1000] * 7),),
        0.5,
        lambda _group, name: asked.add(name) or 0.5,
    )
    assert {"hear", "rumor first", "change", "told first", "trust", "stop", "late", "late trust"} == asked
