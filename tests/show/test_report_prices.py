"""Prices of gaps and regrets of decisions in the report: what was measured and nothing else."""

import pytest

from sim.show.names import Names
from sim.show.report_prices import price_table, regret_lines
from sim.spec.load import load


def interval(mean):
    return {"mean": mean, "low": mean - 1, "high": mean + 1}


def gap(ident, mean):
    priced = {"own": None, "loss": interval(mean), "late_min": interval(0.0), "difference": "clear"}
    evidence = {"zh": f"证据{ident}", "en": f"evidence {ident}"}
    return {"id": ident, "type": "stale_fact", "minutes": 5.0, "evidence": evidence, "priced": priced}


@pytest.fixture(scope="module", params=["zh", "en"])
def names(request):
    return Names(load("chlorine-leak"), request.param)


def test_gaps_with_a_price_stand_in_its_order_and_others_are_left_out(names):
    unknown = [{**gap("b", 0), "priced": None}, {**gap("c", 0), "priced": {"cannot": {"zh": "否", "en": "no"}}}]
    assert price_table({"gaps": unknown}, names) is None
    table = price_table({"gaps": [gap("a", 0.2), *unknown, gap("d", 1.5)]}, names)
    assert ["d", "a"] == [row[0][-1] for row in table["rows"]]
    assert {len(table["head"])} == {len(row) for row in table["rows"]}


def test_a_decision_says_what_was_not_known_and_what_it_cost(names):
    point = names.exercise.scenario.pause_points[0]
    decision = {"key": point.id, "unknown": ["wind/toward"] * 6, "regret": None}
    assert ["+2" in line for line in regret_lines(decision, names)] == [True]
    regret = {"hindsight": interval(2), "expert": interval(0), "best": point.options[1].id, "reaction": "over"}
    lines = regret_lines({**decision, "regret": {**regret, "measures": 0.5, "measures_of_best": 0.25}}, names)
    assert 2 == len(lines)
    for part in ("+2.000 (+1.000 … +3.000)", names.options(point.id)[point.options[1].id], "0.500", "0.250"):
        assert part in lines[1]
    assert [] == regret_lines({"key": point.id}, names)
