"""Answers: known sensitivities come out of the whole pipe, intervals cover, thresholds and regrets are the data's."""

import json
from math import pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.assess.intervals import interval, t_quantile
from sim.study.answers import answers
from sim.study.answers_report import report
from sim.study.effects import replications_for
from sim.study.export import read_table
from sim.study.sweep import sweep
from tests.study.models import ISHIGAMI, ishigami, linear
from tests.study.test_factors import HEAD, read

ANGLES = "parameters: {" + ", ".join(f"{name}: {{low: 0, high: 1}}" for name in ISHIGAMI) + "}\n"
ONCE = HEAD.replace("replications: 2", "replications: 1")
VARIANCE = 49 / 8 + 0.1 * pi**4 / 5 + 0.01 * pi**8 / 18 + 1 / 2
"""Of Ishigami's function with a = 7, b = 0.1: 13.8446 (Ishigami and Homma 1990)."""
FIRST = {ISHIGAMI[0]: 0.5 * (1 + 0.1 * pi**4 / 5) ** 2 / VARIANCE, ISHIGAMI[1]: 49 / 8 / VARIANCE, ISHIGAMI[2]: 0.0}
TOTAL = {**FIRST, ISHIGAMI[2]: 8 * 0.01 * pi**8 / 225 / VARIANCE}
TOTAL[ISHIGAMI[0]] += TOTAL[ISHIGAMI[2]]


def asked(folder, text, model):
    plan = read(folder, text)
    table = sweep(plan, folder / "out", model=model)
    return plan, table, answers(plan, table)


def errors_of_estimates(points):
    """Return the standard errors of total (Jansen 1999) and first (Saltelli 2010) indices of Ishigami's function.

    Both estimates are means of a product over the points, so their error is its standard deviation over the root of
    their number if the points are independent. Those of a Sobol sequence do better, and the more of them the more so.
    """
    luck = np.random.Generator(np.random.Philox(3))
    one, other = luck.uniform(-pi, pi, (2, 200_000, 3))

    def value(angles):
        return np.sin(angles[:, 0]) * (1 + 0.1 * angles[:, 2] ** 4) + 7 * np.sin(angles[:, 1]) ** 2 - 3.5

    found = {}
    for number, name in enumerate(ISHIGAMI):
        mixed = one.copy()
        mixed[:, number] = other[:, number]
        changes = value(one) - value(mixed)
        spreads = (np.std(changes**2 / 2), np.std(value(other) * changes))
        found[name] = [float(spread) / VARIANCE / points**0.5 for spread in spreads]
    return found


@pytest.mark.parametrize(("points", "errors"), [(256, 1.5), pytest.param(2048, 0.3, marks=pytest.mark.slow)])
def test_sobol_indices_of_ishigami_come_out_of_the_whole_pipe(tmp_path, points, errors):
    plan, table, found = asked(tmp_path, f"{ONCE}{ANGLES}sampling: {{method: sobol, points: {points}}}\n", ishigami)
    rows = {row["parameter"]: row for row in found["ranks"]}
    assert len(table) == points * 5 == len(plan.points)
    for name, (total_error, first_error) in errors_of_estimates(points).items():
        assert rows[name]["effect"] == pytest.approx(TOTAL[name], abs=errors * total_error)
        assert rows[name]["first"] == pytest.approx(FIRST[name], abs=errors * first_error)
        assert rows[name]["low"] < TOTAL[name] < rows[name]["high"]
        assert rows[name]["high"] - rows[name]["low"] < 2 * 1.96 * 1.5 * total_error  # half as wide again as theory
    assert found["ranks"][-1]["parameter"] == ISHIGAMI[2]
    assert found["surfaces"][0]["explained"] < 0.5  # no sum of squares is Ishigami's function


def test_morris_effects_of_a_straight_line_are_its_slopes_without_spread(tmp_path):
    text = HEAD + "parameters: {plan.follow: {low: 0.5, high: 1}, comms.fallback: {low: 0, high: 1}}\n"
    plan, table, found = asked(tmp_path, text + "sampling: {method: morris, points: 5}\n", linear)
    ranks = found["ranks"]
    assert all(row["effect"] == 0 for row in ranks)  # this outcome is luck alone, and the luck is shared
    own = answers(plan, [{name: value for name, value in row.items() if name != "total_loss"} for row in table])
    one, other = own["ranks"]
    assert (one["parameter"], other["parameter"]) == ("comms.fallback", "plan.follow")
    assert (one["effect"], one["signed"], one["spread"], other["effect"]) == pytest.approx((3, 3, 0, 0.5), abs=1e-5)
    assert (one["least"], one["most"]) == pytest.approx((3, 3), abs=1e-5)  # luck adds to it and changes no slope
    (surface,) = own["surfaces"]
    assert surface["explained"] == pytest.approx(1)
    assert (surface["comms.fallback"], surface["plan.follow"]) == pytest.approx((3, 0.5), abs=1e-5)


def turned(task):
    """Return a line whose slope hangs on luck."""
    return {"y": dict(task.overrides)["plan.follow"] * (1 + task.replication)}


def test_what_luck_does_to_an_effect_stands_beside_it(tmp_path):
    text = HEAD.replace("replications: 2", "replications: 3") + (
        "parameters: {plan.follow: {low: 0, high: 0.9}, comms.fallback: {low: 0, high: 1}}\n"
        "sampling: {method: morris, points: 5}\n"
    )
    plan, table, found = asked(tmp_path, text, turned)
    rows = {row["parameter"]: row for row in found["ranks"]}
    follow = rows["plan.follow"]
    assert [follow[name] for name in ("least", "effect", "most")] == pytest.approx([0.9, 1.8, 2.7], abs=1e-4)
    assert [rows["comms.fallback"][name] for name in ("least", "most")] == [0, 0]
    assert "0.9 … 2.7" in report(plan, table, found, "en")
    once = [row for row in table if row["replication"] == 0]
    assert {row["least"] for row in answers(plan, once)["ranks"]} == {None}


def stepped(task):
    """Return a loss that rises at 30 minutes, and a policy that is better by luck."""
    delay = dict(task.overrides).get("release.approval_delay", 12.0)
    luck = (task.seed % 1000) / 1000
    better = {"plan": 0.0, "trained": -0.5 if luck > 0.3 else 0.2, "novice": 1.0}[task.policy]
    return {"total_loss": 10 + luck + better + (2 + luck if delay >= 30 else 0)}


def test_thresholds_worth_and_regrets_are_those_of_the_data(tmp_path):
    text = HEAD.replace("replications: 2", "replications: 40") + (
        "parameters: {release.approval_delay: [10, 20, 30, 40]}\npolicies: [plan, trained, novice]\n"
    )
    _, table, found = asked(tmp_path, text, stepped)
    (threshold,) = found["thresholds"]
    assert (threshold["direction"], threshold["from"], threshold["not_yet"]) == ("higher", 30.0, 20.0)
    worth = {row["to"]: row["difference.mean"] for row in found["worth"]}
    mean_luck = sum(row["total_loss"] for row in table if row["point"] == 0) / 40 - 10
    assert worth == pytest.approx({20: 0, 30: 2 + mean_luck, 40: 2 + mean_luck}, abs=1e-5)
    lucky = sum((row["seed"] % 1000) / 1000 > 0.3 for row in table if row["point"] == 0) / 40
    regrets = {row["policy"]: row for row in found["regrets"]}
    assert regrets["trained"]["regret.mean"] == pytest.approx(0.2 * (1 - lucky), abs=1e-5)
    assert regrets["plan"]["regret.mean"] == pytest.approx(0.5 * lucky, abs=1e-5)
    assert (regrets["novice"]["best"], regrets["trained"]["best"]) == (0, pytest.approx(lucky, abs=1e-6))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_says_what_it_rests_on_in_both_languages_and_escapes_what_it_is_given(tmp_path, lang):
    text = HEAD.replace("zh: 小, en: small", 'zh: "<b>小", en: "<b>small"') + (
        "parameters: {release.approval_delay: [10, 20, 40]}\npolicies: [plan, trained]\n"
    )
    plan, table, found = asked(tmp_path, text, stepped)
    page = report(plan, table, found, lang)
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
    assert "12 次推演" in page if lang == "zh" else "12 runs" in page
    assert "http" not in page.replace("http-equiv", "")
    assert page == report(plan, table, found, lang)


@given(st.floats(0.01, 50), st.floats(0.05, 5))
def test_the_replications_that_are_needed_suffice_and_one_fewer_does_not(deviation, half_width):
    n = replications_for(deviation, half_width)

    def half(count):
        return t_quantile(0.975, count - 1) * deviation / count**0.5

    assert n >= 2
    assert half(n) <= half_width or n == 1_000_000
    assert n == 2 or half(n - 1) > half_width or n - 1 < 1.97**2 * (deviation / half_width) ** 2


def test_a_sample_whose_run_failed_gives_no_ranks_and_says_so_in_the_table(tmp_path):
    _, table, found = asked(tmp_path, ONCE + ANGLES + "sampling: {method: sobol, points: 2}\n", breaks_once)
    assert sum(row["failed"] != "" for row in table) == 1
    assert found["ranks"] == []


def breaks_once(task):
    """Return a number, except at one point."""
    if task.point == 3:
        raise ValueError("broken")
    return {"y": float(task.point)}


def test_intervals_of_a_queue_with_known_answer_cover_it_as_often_as_they_say():
    """Of 1,000 intervals, each over 30 replications of an M/M/1 queue at half load, 93 to 97 % hold 1 / (1 - 1/2)."""
    luck, waited, total = np.random.Generator(np.random.Philox(5)), np.zeros(30_000), np.zeros(30_000)
    for number in range(500):
        work = luck.exponential(1.0, waited.size)
        if number >= 100:  # warmed up
            total += waited + work
        waited = np.maximum(0.0, waited + work - luck.exponential(2.0, waited.size))
    found = [interval(own.tolist()) for own in (total / 400).reshape(1000, 30)]
    covered = sum(one.low <= 2.0 <= one.high for one in found)
    assert 930 <= covered <= 970


def test_answers_are_written_beside_the_table(tmp_path):
    text = HEAD + "parameters: {release.approval_delay: [10, 20, 40]}\npolicies: [plan, trained]\n"
    asked(tmp_path, text, stepped)
    there = {path.name for path in (tmp_path / "out").iterdir()}
    assert there >= {"table.csv", "summary.csv", "worth.csv", "regrets.csv", "needed.csv", "report.html"}
    assert json.loads((tmp_path / "out" / "design.json").read_text())["versions"]["numpy"]


def test_a_table_is_read_as_it_was_written(tmp_path):
    text = HEAD + "parameters: {release.approval_delay: [10, 20]}\n"
    _, table, _ = asked(tmp_path, text, stepped)
    assert read_table(tmp_path / "out" / "table.csv") == table
