"""Rumors: the share that never hears, whole persons, and what an official message changes."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.hazards.formulas.rumor_spread import (
    Group,
    Town,
    announce_anew,
    step,
)
from tests.hazards.published_rumor import never_hear_share, run_mean

SILENT = Town([[1.0]], [0.0], [0.0])


def uniforms(seed):
    luck = np.random.Generator(np.random.Philox(seed))
    while True:
        yield from luck.random(4096).tolist()


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
@given(towns(), st.integers(0, 100))
def test_who_hears_nothing_and_meets_nobody_stays_as_he_is(town_and_groups, seed):
    town, before = town_and_groups
    none = [0.0] * len(before)
    alone = Town([none] * len(before), none, town.trust)
    assert before == step(alone, before, 1, lambda _group, _name: next(uniforms(seed)))


def test_the_mean_leaves_out_the_share_of_theory():
    assert round(never_hear_share(), 6) == 0.203188
    (end,) = run_mean(SILENT, (Group(1e7, 1),), 80, 0.2)
    assert never_hear_share() == pytest.approx(end.ignorant / 1e7, abs=1e-5)
    assert end.telling < 1


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


def test_a_new_message_may_convince_who_did_not_trust_the_last():
    group = Group(10, 5, 4, 3, 2, 1, 1)
    again = announce_anew(group)
    assert Group(10, 9, 0, 5, 0, 1, 1) == again
    assert group.believers == again.believers
    trusted = Town([[1.0]], [1e9], [1.0])
    assert 15 == step(trusted, (again,), 1, lambda _group, _name: 0.5)[0].corrected
    assert 9 == step(trusted, (group,), 1, lambda _group, _name: 0.5)[0].corrected


def test_many_names_of_luck_and_no_more():
    asked = set()
    step(
        Town([[1.0]], [1.0], [0.5]),
        (Group(*[1000] * 7),),
        0.5,
        lambda _group, name: asked.add(name) or 0.5,
    )
    assert {"hear", "rumor first", "change", "told first", "trust", "stop", "late", "late trust"} == asked


@pytest.mark.parametrize("trust", [0.0, 0.4, 0.9])
def test_a_message_that_reaches_more_leaves_fewer_believers(trust):
    ends = [run_whole(Town([[2.0]], [reach], [trust]), (Group(100_000, 100),), 6, 5, 0.1) for reach in (0, 0.2, 1, 3)]
    believers = [end[0].believers for end in ends]
    assert believers == sorted(believers, reverse=True) and believers[-1] < 0.8 * believers[0]


@pytest.mark.parametrize("reach", [0.2, 1.0])
def test_a_message_that_is_trusted_more_leaves_fewer_believers(reach):
    ends = [run_whole(Town([[2.0]], [reach], [trust]), (Group(100_000, 100),), 6, 5, 0.1) for trust in (0, 0.3, 0.9)]
    believers = [end[0].believers for end in ends]
    assert believers == sorted(believers, reverse=True) and believers[-1] < believers[0]


def test_the_earlier_the_message_the_fewer_ever_believed():
    silent, heard = Town([[2.0]], [0.0], [0.5]), Town([[2.0]], [1.0], [0.5])
    ends = []
    for delay in (0, 1, 2, 4, 8):
        (end,) = run_whole(heard, run_whole(silent, (Group(100_000, 100),), delay, 1, 0.1), 24, 2, 0.1)
        ends.append((end.believers + end.corrected, end.believers))
    assert ends == sorted(ends) and ends[0][0] < ends[-1][0] / 20


def test_without_trust_a_message_only_keeps_those_who_had_heard_nothing():
    (end,) = run_whole(Town([[2.0]], [0.5], [0.0]), (Group(100_000, 100),), 12, 1, 0.1)
    assert 0 == end.corrected < end.immune
    assert 0 < end.unmoved
