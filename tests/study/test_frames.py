"""For pandas and for workbenches: a tidy frame, and the simulator as a function of its parameters."""

import math

import pytest

import sim
from sim.errors import BadInput
from sim.study.sweep import sweep as rows_of
from tests.study.models import linear
from tests.study.test_factors import HEAD, read

TWO = "parameters: {comms.fallback: [0.5, 1], plan.follow: [0.2, 0.4]}\n"


def test_the_frame_is_the_table(tmp_path):
    plan = read(tmp_path, HEAD + TWO)
    frame = sim.sweep(plan, model=linear)
    assert frame.to_dict("records") == rows_of(plan, model=linear)
    assert frame.groupby("comms.fallback")["y"].mean().diff().iloc[1] == pytest.approx(1.5)
    assert frame.attrs["design"]["design"]["id"] == "small"


def test_outcomes_are_a_function_that_takes_names_with_dots_or_underscores():
    names = ("total_loss", "at_min.first_release", "outcome")
    one = sim.outcomes({"plan.follow": 0.8}, scenario="rumor-panic", names=names)
    assert one == pytest.approx(sim.outcomes(plan__follow=0.8, scenario="rumor-panic", names=names), nan_ok=True)
    assert list(one) == list(names)
    assert math.isnan(one["outcome"])
    assert one["at_min.first_release"] > 0


@pytest.mark.parametrize(
    "given",
    [{"parameters": {"joy": 1}}, {"parameters": {"plan.follow": 3}}, {"seeds": 0}, {"scenario": "nowhere"}],
)
def test_what_cannot_be_used_is_refused(given):
    with pytest.raises(BadInput):
        sim.outcomes(**given)
