"""Regrets: closed forms on made-up losses."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.study import regret as module
from sim.study.regret import Outcome, best_shares, regret

WAYS = ("a", "b", "c")


def outcomes(rows):
    return [Outcome(way, number, loss) for number, row in enumerate(rows) for way, loss in zip(WAYS, row, strict=True)]


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch):
    monkeypatch.setattr(module, "RESAMPLES", 50)


def test_both_regrets_are_the_means_that_they_say():
    found = regret(outcomes([(1, 2, 5), (3, 2, 5)]), WAYS, "a", "b", 1)
    a, b, c = found.standings
    assert (2.0, 2.0, 5.0) == (a.loss.mean, b.loss.mean, c.loss.mean)
    assert (0.5, 0.5, 3.5) == (a.hindsight.mean, b.hindsight.mean, c.hindsight.mean)
    assert (0.0, 0.0, 3.0) == (a.regret.mean, b.regret.mean, c.regret.mean)
    assert (0.0, 0.0, 3.0) == (a.difference.mean, b.difference.mean, c.difference.mean)
    assert (2, 0) == (found.replications, found.left_out)
    assert 0 == c.best_share


def test_replications_that_lack_a_way_do_not_count():
    rows = [*outcomes([(1, 2, 3), (1, 2, 3), (9, 9, 9)])[:-1], Outcome("c", 2, 0.0, "killed")]
    found = regret(rows, WAYS, "a", "a", 1)
    assert (2, 1, "a", 1.0) == (found.replications, found.left_out, found.best, found.confidence)
    assert {2} == {one.loss.n for one in found.standings}


def test_no_replication_gives_no_best_and_one_gives_no_confidence():
    none = regret([], WAYS, "a", "a", 1)
    assert ("", None, 0) == (none.best, none.confidence, none.replications)
    one = regret(outcomes([(1, 2, 3)]), WAYS, "a", "a", 1)
    assert ("a", None) == (one.best, one.confidence)


def test_equal_ways_share():
    assert {"a": 0.5, "b": 0.5, "c": 0.0} == best_shares([{"a": 1, "b": 1, "c": 2}] * 4, WAYS, 1)


LOSSES = st.lists(st.tuples(*[st.integers(0, 50)] * 3), min_size=2, max_size=6)


@given(LOSSES, st.integers(0, 99))
def test_hindsight_is_never_below_zero_and_zero_for_some_way_in_every_replication(rows, seed):
    found = regret(outcomes(rows), WAYS, "b", "c", seed)
    assert all(one.hindsight.mean >= 0 for one in found.standings)
    assert min(one.loss.mean for one in found.standings) == pytest.approx(
        next(one for one in found.standings if one.way == found.best).loss.mean
    )
    assert 1 == pytest.approx(sum(one.best_share for one in found.standings), abs=1e-5)


@given(LOSSES, st.integers(0, 99))
def test_the_order_of_the_rows_does_not_matter(rows, seed):
    one = outcomes(rows)
    assert regret(one, WAYS, "a", "b", seed) == regret(random.Random(seed).sample(one, len(one)), WAYS, "a", "b", seed)
