"""Shapley shares: a published game, the axioms, and the corners of the eight sets of a run."""

from __future__ import annotations

from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.canon import canonical
from sim.play.ideal import PARTS, SETS, ideal_session, losses, name_of
from sim.play.pricing import OWN, Course
from sim.play.session import Session
from sim.record.folder import read_folder
from sim.study.price import price, read_prices
from sim.study.shapley import shapley, shares_of

WORTHS = st.fixed_dictionaries({name_of(ideal): st.integers(-50, 50) for ideal in SETS})


def course(session, record):
    lines = tuple(entry.line() for entry in record.journal)
    return Course(record.exercise.sources, canonical(session.settings.meta()), lines, (), (), 1)


@pytest.fixture(scope="module")
def run():
    session = Session("rumor-panic", seed=3, policy="novice")
    record = session.finish()
    return record, course(session, record)


def test_the_glove_game():
    """One left glove, two right ones; a pair is worth 1. Shares 2/3, 1/6, 1/6 (Osborne and Rubinstein 1994, ch. 14)."""
    found = shapley(("left", "right", "other"), lambda some: float("left" in some and len(some) > 1))
    assert [2 / 3, 1 / 6, 1 / 6] == pytest.approx([found[name] for name in ("left", "right", "other")])


@given(WORTHS)
def test_shares_add_up_to_the_whole_distance(found):
    assert fsum(shares_of(found).values()) == pytest.approx(found["none"] - found[name_of(frozenset(PARTS))])


@given(WORTHS, WORTHS)
def test_shares_of_a_sum_are_the_sums_of_shares(one, other):
    both = shares_of({name: one[name] + other[name] for name in one})
    apart = shares_of(one), shares_of(other)
    assert [both[part] for part in PARTS] == pytest.approx([apart[0][part] + apart[1][part] for part in PARTS])


@given(WORTHS)
def test_what_adds_nothing_has_no_share(found):
    same = {name_of(ideal): found[name_of(ideal - {"travel"})] for ideal in SETS}
    assert 0 == pytest.approx(shares_of(same)["travel"])


def test_nothing_perfect_is_the_run_and_both_without_travel_are_the_yardstick(run):
    record, made = run
    assert ideal_session(made, OWN, frozenset()).events == record.events
    yardstick = Session("rumor-panic", seed=3, policy="perfect").finish()
    assert ideal_session(made, OWN, frozenset({"information", "decisions"})).events == yardstick.events


@pytest.mark.slow
def test_the_shares_of_a_run_add_up(run):
    found = losses(run[1].text(), OWN)["losses"]
    assert {*found} == {name_of(ideal) for ideal in SETS}
    assert fsum(shares_of(found).values()) == pytest.approx(found["none"] - found["information+travel+decisions"])


@pytest.mark.slow
def test_shares_are_kept_with_the_prices(tmp_path):
    folder = tmp_path / "run"
    Session("rumor-panic", seed=3, policy="novice", folder=folder).finish()
    found = price(folder, top=1, replications=1, with_shares=True)
    assert 1 == found["shares"]["replications"]
    shares = [found["shares"]["shares"][part]["mean"] for part in PARTS]
    assert fsum(shares) == pytest.approx(found["shares"]["distance"]["mean"], abs=1e-5)
    price(folder, top=1, replications=1)
    assert read_prices(folder, read_folder(folder))["shares"] == found["shares"]
