"""The matrix of a screening: what is clear in which exercise, and a figure that shows it in both languages."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sim.study.answers_matrix import CLEAR, blocks, draw_matrix, is_clear
from sim.study.answers_report import report
from tests.study.models import linear
from tests.study.test_answers import asked
from tests.study.test_factors import HEAD

TWO = HEAD.replace("scenario: chlorine-leak", "scenarios: [chlorine-leak, rumor-panic]") + (
    "parameters: {plan.follow: {low: 0.4, high: 1}, duty.phone_lines: {low: 1, high: 6}}\n"
    "sampling: {method: morris, points: 4}\n"
)


def rank(effect, low, least, block=0, policy="plan"):
    named = {"outcome": "total_loss", "parameter": "plan.follow", "scenario": f"one-{block}", "policy": policy}
    return {**named, "block": block, "effect": effect, "low": low, "high": effect, "least": least}


@given(st.floats(0.01, 100), st.floats(0, 1), st.floats(0, 1))
def test_an_effect_is_clear_if_its_interval_and_every_luck_alone_exceed_a_share_of_the_largest(most, low, least):
    assert is_clear(rank(most, low * most, least * most), most) == (
        low * most > CLEAR * most and least * most > CLEAR * most
    )


def test_with_one_luck_or_no_interval_the_rest_decides():
    assert is_clear(rank(1.0, 0.5, None), 1.0)
    assert not is_clear(rank(1.0, None, 0.5), 1.0)


def test_exercises_are_named_by_who_plays_only_where_that_differs():
    assert blocks([rank(1, 1, 1), rank(1, 1, 1, 1)]) == {0: "one-0", 1: "one-1"}
    assert blocks([rank(1, 1, 1), rank(1, 1, 1, 1, "expert")]) == {0: "one-0 plan", 1: "one-1 expert"}


def test_an_exercise_in_which_nothing_changes_anything_is_drawn_too():
    assert draw_matrix([rank(0.0, 0.0, 0.0)], "total_loss", "en", {})
    assert draw_matrix([rank(0.0, 0.0, 0.0)], "total", "en", {}) is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_screening_of_two_exercises_is_reported_by_matrices_and_short_tables(tmp_path, lang):
    plan, table, found = asked(tmp_path, TWO, linear)
    page = report(plan, table, found, lang)
    outcomes = {row["outcome"] for row in found["ranks"]}
    shown = page.count("<img")
    figure = Image.open(io.BytesIO(draw_matrix(found["ranks"], "total_loss", lang, {})))
    assert figure.width > figure.height > 100
    assert {"total_loss"} <= outcomes
    assert shown == len(outcomes & {"total_loss", "total", "gap_minutes"})
