import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hazards.formulas.root import rising_root

numbers = st.floats(-50, 50)


@given(numbers, st.floats(0.1, 5), st.sampled_from(["line", "cube", "step", "exponential", "kink"]))
def test_a_root_is_found_as_closely_as_asked_and_in_few_steps(root, slope, form):
    asked = []

    def function(x):
        asked.append(x)
        away = x - root
        return {
            "line": slope * away,
            "cube": slope * away**3,
            "step": -1.0 if away < 0 else slope,
            "exponential": math.expm1(slope * away / 10),
            "kink": away if away < 0 else 100 * slope * away,
        }[form]

    assert rising_root(function, -60.0, 70.0, 1e-9) == pytest.approx(root, abs=1e-9)
    assert len(asked) <= 140


def test_a_smooth_function_takes_a_dozen_steps():
    asked = []
    assert rising_root(lambda x: asked.append(x) or x + x**1.5 - 2, 0.0, 1e6, 1e-9) == pytest.approx(1, abs=1e-9)
    assert len(asked) <= 20


def test_an_end_is_returned_where_there_is_no_root_between():
    assert rising_root(lambda x: x + 5, 0.0, 1.0, 1e-9) == 0.0
    assert rising_root(lambda x: x - 5, 0.0, 1.0, 1e-9) == 1.0


def test_closer_than_numbers_lie_ends():
    assert rising_root(lambda x: x - 1e9 / 3, 0.0, 1e9, 1e-30) == pytest.approx(1e9 / 3)
