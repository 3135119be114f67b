"""Factors of a design: ranges, samples, exercises, crews, and the runs that follow from them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import BadInput
from sim.study.design import read_design
from sim.study.factors import Range, at, grid
from sim.study.sweep import sweep
from tests.study.models import linear

HEAD = """\
format: tabletop-sweep/1
id: small
name: {zh: 小, en: small}
scenario: chlorine-leak
replications: 2
"""
PARAMETERS = """\
parameters:
  comms.fallback: {low: 0.2, high: 1, steps: 3}
  comms.delay_factor: {low: 0.25, high: 4, steps: 3, scale: log}
  desk.officers: {low: 1, high: 3, steps: 9}
  platform.on: [off, on]
"""


def read(folder, text):
    path = folder / "sweep.yaml"
    path.write_text(text, encoding="utf-8")
    return read_design(path)


def problems(folder, text):
    with pytest.raises(BadInput) as caught:
        read(folder, text)
    return {(one.path, int(one.where.split(":")[1])) for one in caught.value.problems}


def test_ranges_make_grids_by_difference_by_ratio_and_of_whole_numbers(tmp_path):
    plan = read(tmp_path, HEAD + PARAMETERS)
    values = {name: sorted({row[name] for row in plan.rows}) for name in plan.rows[0]}
    assert values == {
        "comms.fallback": [0.2, 0.6, 1.0],
        "comms.delay_factor": [0.25, 1.0, 4.0],
        "desk.officers": [1.0, 2.0, 3.0],
        "platform.on": [0.0, 1.0],
    }
    assert len(plan.rows) == 3 * 3 * 3 * 2


@given(
    st.floats(0.001, 200), st.floats(0.001, 39), st.sampled_from(["linear", "log"]), st.floats(0, 1), st.floats(0, 1)
)
def test_a_larger_share_never_gives_a_smaller_value_and_the_ends_are_hit(low, more, scale, one, other):
    levels = Range(low=low, high=low + more, scale=scale)
    first, second = sorted((one, other))
    found = [at("release.approval_delay", levels, share) for share in (0.0, first, second, 1.0)]
    assert all(before <= after for before, after in pairwise(found))
    assert (found[0], found[-1]) == (low, low + more) or abs(found[-1] - low - more) < 1e-4 * (low + more)


@given(st.integers(0, 5), st.integers(1, 9), st.floats(0, 1))
def test_whole_parameters_take_whole_values_and_lists_only_their_own(low, more, share):
    assert at("duty.phone_lines", Range(low=low, high=low + more), share) in range(low, low + more + 1)
    assert at("duty.phone_lines", (1.0, 4.0, 9.0), share) in (1.0, 4.0, 9.0)
    assert grid("duty.phone_lines", Range(low=low, high=low + more, steps=more + 1)) == tuple(
        range(low, low + more + 1)
    )


@pytest.mark.parametrize(("method", "points", "rows"), [("latin", 6, 6), ("sobol", 8, 8 * 6), ("morris", 3, 3 * 5)])
def test_samples_have_their_size_and_are_the_same_again(tmp_path, method, points, rows):
    text = HEAD + PARAMETERS + f"sampling: {{method: {method}, points: {points}, seed: 4}}\n"
    plan, again = read(tmp_path, text), read(tmp_path, text)
    assert len(plan.rows) == rows == len(plan.points)
    assert plan.rows == again.rows
    assert plan.rows != read(tmp_path, text.replace("seed: 4", "seed: 5")).rows
    if method == "latin":
        cells = {int(shares[0] * points) for shares in plan.cube}
        assert cells == set(range(points))
    if method == "morris":
        changed = [sum(a != b for a, b in zip(*two, strict=True)) for two in pairwise(plan.cube[:5])]
        assert changed == [1, 1, 1, 1]


def test_exercises_difficulties_and_crews_are_factors_that_share_rows_and_luck(tmp_path):
    text = HEAD.replace("scenario: chlorine-leak", "scenarios: [chlorine-leak, flash-flood]") + (
        "difficulties: [as_written, hard]\nparameters: {comms.fallback: [0.5, 1]}\n"
        "policies: [plan, {id: weak-police, policy: trained, seats: {police: novice}}]\n"
    )
    plan = read(tmp_path, text)
    assert len(plan.points) == 2 * 2 * 2 * 2
    assert len({point.block for point in plan.points}) == 8
    assert [point.row for point in plan.points[:4]] == [0, 1, 0, 1]
    by_point = {task.point: task for task in plan.tasks if task.replication == 1}
    assert len({task.seed for task in by_point.values()}) == 1
    hard = next(point for point in plan.points if point.difficulty == "hard")
    assert dict(hard.overrides.overrides).keys() > {"comms.fallback"}
    crew = next(point for point in plan.points if point.policy == "weak-police")
    assert (by_point[crew.number].policy, by_point[crew.number].players) == ("trained", (("police", "novice"),))
    assert len({task.digest for task in plan.tasks}) == 2 == len(plan.files)


def test_drawn_scenarios_are_a_factor(tmp_path):
    text = HEAD.replace("scenario: chlorine-leak\n", "") + (
        "drawn: {count: 2, seed: 3}\nparameters: {comms.fallback: [0.5]}\n"
    )
    plan = read(tmp_path, text)
    assert [one.scenario for one in plan.settings] == ["drawn-3", "drawn-4"]
    assert all(one.exercise.scenario.drawn for one in plan.settings)
    rows = sweep(plan, model=linear)
    assert [row["scenario"] for row in rows] == ["drawn-3"] * 2 + ["drawn-4"] * 2


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ("parameters: {comms.fallback: {low: 0.5, high: 0.5}}", ("parameters.comms.fallback.low", 6)),
        ("parameters: {comms.fallback: {low: 0.5, high: 2}}", ("parameters.comms.fallback.high", 6)),
        ("parameters: {comms.fallback: {low: 0, high: 1, scale: log}}", ("parameters.comms.fallback.scale", 6)),
        ("parameters: {comms.fallback: {low: 0, high: 1, steps: 1}}", ("parameters.comms.fallback.steps", 6)),
        ("parameters: {comms.fallback: {low: 0, top: 1}}", ("parameters.comms.fallback.top", 6)),
        ("parameters: {comms.fallback: [1]}\ncounties: [nowhere]", ("counties.0", 7)),
        ("parameters: {comms.fallback: [1]}\ndifficulties: [silly]", ("difficulties.0", 7)),
        ("parameters: {comms.fallback: [1]}\nscenarios: [mine-explosion]", ("scenarios", 7)),
        ("parameters: {comms.fallback: [1]}\ndrawn: {count: 1, kind: dragon}", ("drawn", 7)),
        ("parameters: {comms.fallback: [1]}\npolicies: [{id: odd, seats: {nobody: novice}}]", ("policies.0", 7)),
        ("parameters: {comms.fallback: [1]}\npolicies: [{id: plan, seats: {police: novice}}]", ("policies.0", 7)),
        ("parameters: {comms.fallback: [0, 1]}\nsampling: {method: morris, points: 4}", ("parameters", 6)),
        ("parameters: {comms.fallback: [0, 1], plan.follow: [0, 1]}\nsampling: {method: sobol, points: 6}",
         ("sampling.points", 7)),
        ("parameters: {comms.fallback: [0, 1], plan.follow: [0, 1]}\nsampling: {method: morris, points: 6, levels: 5}",
         ("sampling.levels", 7)),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_its_line(tmp_path, more, where):
    assert where in problems(tmp_path, f"{HEAD}{more}\n")


def test_a_precision_of_what_is_not_measured_is_refused(tmp_path):
    plan = read(tmp_path, HEAD + "parameters: {comms.fallback: [1]}\nprecision: {of: joy, half_width: 1}\n")
    with pytest.raises(BadInput, match="joy"):
        sweep(plan)
