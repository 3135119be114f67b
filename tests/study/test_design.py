"""Sweep files: every problem at once with its line, points in order, luck shared by the points."""

import pytest

from sim.errors import BadInput
from sim.study.design import Design, bundled_designs, find_design, read_design

GOOD = """\
format: tabletop-sweep/1
id: small
name: {zh: 小, en: small}
scenario: chlorine-leak
parameters:
  release.approval_delay: [0, 12, 30]
  duty.phone_lines: [1, 2]
policies: [plan, none]
replications: 2
seed: 7
"""
BAD = """\
format: tabletop-sweep/1
id: small
name: {zh: 小, en: small}
scenario: nowhere
parameters:
  release.approval_delay: [0, 15, 999, 15]
  duty.lines: [1, 2]
  duty.phone_lines: [1.5, "2", true]
policies: [plan, magic, plan]
replications: 0
sed: 1
"""


def written(folder, text):
    path = folder / "sweep.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder, text):
    with pytest.raises(BadInput) as caught:
        read_design(written(folder, text))
    return caught.value.problems


def test_every_problem_is_told_at_once_with_its_line(tmp_path):
    found = {(int(one.where.split(":")[1]), one.path) for one in problems(tmp_path, BAD)}
    assert found == {
        (4, "scenario"),
        (6, "parameters.release.approval_delay.2"),
        (6, "parameters.release.approval_delay.3"),
        (7, "parameters.duty.lines"),
        (8, "parameters.duty.phone_lines.0"),
        (8, "parameters.duty.phone_lines.1"),
        (8, "parameters.duty.phone_lines.2"),
        (9, "policies.1"),
        (9, "policies.2"),
        (10, "replications"),
        (11, "sed"),
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tabletop-sweep/1", "tabletop-sweep/2"),
        ("replications: 2", "replications: 100000\nyardsticks: 3"),
        ("replications: 2", "replications: true"),
        ("replications: 2", "replications: 2.0"),
        ("seed: 7", "seed: -1"),
        ("seed: 7", "seed: '7'"),
        ("[1, 2]", "[]"),
        ("[1, 2]", "2"),
        ("[plan, none]", "[]"),
        ("[plan, none]", "plan"),
        ("scenario: chlorine-leak", "scenario: other.yaml"),
        ("scenario: chlorine-leak", "scenario: 3"),
        ("  release.approval_delay: [0, 12, 30]\n  duty.phone_lines: [1, 2]", "  {}"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path, old, new):
    assert old in GOOD
    assert problems(tmp_path, GOOD.replace(old, new))


def test_too_many_runs_are_refused(tmp_path):
    numbers = ", ".join(map(str, range(20)))
    text = GOOD.replace("replications: 2", "replications: 50000").replace("[1, 2]", f"[{numbers}]")
    assert [problem.path for problem in problems(tmp_path, text)] == ["replications"]


def test_a_scenario_file_is_looked_for_beside_the_sweep_and_its_problems_keep_their_lines(tmp_path):
    (tmp_path / "own.yaml").write_text("format: tabletop-scenario/1\nid: 3\n", encoding="utf-8")
    found = problems(tmp_path, GOOD.replace("chlorine-leak", "own.yaml"))
    assert any(problem.where.startswith("own.yaml:2:") for problem in found)


def test_points_are_all_combinations_in_order(tmp_path):
    points = read_design(written(tmp_path, GOOD)).points
    assert [point.number for point in points] == list(range(12))
    assert [tuple(point.values.values()) for point in points[:6]] == [
        (0, 1),
        (0, 2),
        (12, 1),
        (12, 2),
        (30, 1),
        (30, 2),
    ]
    assert [point.policy for point in points] == ["plan"] * 6 + ["none"] * 6


def test_a_value_equal_to_the_default_is_no_override(tmp_path):
    points = read_design(written(tmp_path, GOOD)).points
    assert dict(points[2].overrides.overrides) == {"duty.phone_lines": 1.0}
    assert points[2].values["release.approval_delay"] == 12.0


def test_all_points_share_the_luck_of_a_replication(tmp_path):
    tasks = read_design(written(tmp_path, GOOD)).tasks
    assert len(tasks) == 24 == len(set(tasks))
    seeds = {number: {task.seed for task in tasks if task.replication == number} for number in (0, 1)}
    assert all(len(own) == 1 for own in seeds.values())
    assert seeds[0] != seeds[1]


def test_bundled_sweeps_can_be_used():
    assert "approval-and-lines" in bundled_designs()
    for ident in bundled_designs():
        assert find_design(ident).design.id == ident


def test_an_unknown_id_lists_the_known_ones():
    with pytest.raises(BadInput, match="approval-and-lines"):
        find_design("nothing")


def test_there_is_a_schema():
    assert set(Design.model_json_schema()["required"]) >= {"format", "parameters", "replications"}


def test_values_that_have_names_may_be_given_by_name(tmp_path):
    text = GOOD.replace("  duty.phone_lines: [1, 2]\n", "  comms.profile: [full, three_outage, 1]\n")
    points = read_design(written(tmp_path, text)).points
    assert [0.0, 4.0, 1.0] == [point.values["comms.profile"] for point in points[:3]]
    twice = text.replace("three_outage, 1", "three_outage, 4")
    assert ["stands already" in problem.what for problem in problems(tmp_path, twice)] == [True]
    (wrong,) = problems(tmp_path, text.replace("three_outage", "storm"))
    assert "storm" in wrong.what
