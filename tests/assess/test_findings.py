"""Findings: one row for what should be mended, with an id that another exercise finds again."""

from __future__ import annotations

import copy
import random

import pytest

from sim.assess.finding_words import MEASURES, PLAN_CHANGES, PROBLEMS
from sim.assess.findings import findings
from sim.assess.gaps.base import Root
from sim.assess.score import score
from tests.assess.made import HOUR, learned, made, true
from tests.engine.worlds import record_of


def gap(ident, kind, units, start_s=600, end_s=1200, cause="not_told", link=None):
    return {
        "id": ident,
        "type": kind,
        "units": units,
        "link": link,
        "start_s": start_s,
        "end_s": end_s,
        "minutes": (end_s - start_s) / 60,
        "root_cause": cause,
        "chain": [],
        "evidence": {"zh": "证据", "en": "evidence"},
        "price": None,
    }


def card(*gaps, milestones=(), vetoes=()):
    return {"gaps": list(gaps), "milestones": list(milestones), "vetoes": list(vetoes)}


def test_gaps_about_the_same_thing_are_one_finding_wherever_they_lie():
    rows = findings(
        made(),
        card(
            gap("stale_fact/xiahe/danger/command", "stale_fact", ["command"], 600, 1200),
            gap("stale_fact/liuwan/danger/command", "stale_fact", ["command"], 900, 1500),
            gap("stale_fact/liuwan/danger/health", "stale_fact", ["health"], 900, 960),
        ),
    )
    assert [row["id"] for row in rows] == ["stale_fact/command/place/danger", "stale_fact/health/place/danger"]
    assert rows[0]["times"] == 2
    assert rows[0]["minutes"] == 15.0  # from 600 to 1500 s at least one of them was open
    assert rows[0]["found_s"] == 600
    assert rows[0]["gaps"] == ["stale_fact/xiahe/danger/command", "stale_fact/liuwan/danger/command"]


def test_an_id_names_no_message_and_no_moment():
    first = gap("unacknowledged/command/direct.0>health", "unacknowledged", ["health", "command"], 0, 60)
    again = gap("unacknowledged/command/direct#4.0>health", "unacknowledged", ["health", "command"], 900, 960)
    assert [row["id"] for row in findings(made(), card(first))] == [row["id"] for row in findings(made(), card(again))]


def test_the_measure_follows_the_cause_that_lasted_longest():
    first = gap("unacknowledged/a", "unacknowledged", ["health", "command"], 0, 600, cause="desk_busy")
    second = gap("unacknowledged/b", "unacknowledged", ["health", "command"], 0, 660, cause="channel_lost")
    (row,) = findings(made(), card(first, second))
    assert row["root_cause"] == "channel_lost"
    assert row["measure"]["en"] == MEASURES["channel_lost"][1]


def test_the_county_mends_what_it_can_ask_for():
    (row,) = findings(made(), card(gap("unacknowledged/x", "unacknowledged", ["city", "duty"])))
    assert (row["owner"], row["helpers"]) == ("duty", [])
    (row,) = findings(made(), card(gap("missed_notification/xiahe", "missed_notification", ["public"])))
    assert (row["owner"], row["helpers"]) == ("command", [])


def test_prices_of_gaps_add_up_and_none_is_none():
    priced = {**gap("unacknowledged/a", "unacknowledged", ["health", "command"]), "price": 0.25}
    other = {**priced, "id": "unacknowledged/b", "price": 0.5}
    (row,) = findings(made(), card(priced, other))
    assert row["price"] == 0.75
    (row,) = findings(made(), card(gap("unacknowledged/a", "unacknowledged", ["health", "command"])))
    assert row["price"] is None


def test_an_idle_county_finds_caps_late_milestones_and_gaps():
    record = made(true(600, "incident/exists"), learned(2 * HOUR, "duty", "incident/exists"))
    told = score(record)
    rows = findings(record, told)
    late = [row["id"] for row in told["milestones"] if row["limit_s"] is not None and row["late_s"] != 0]
    assert {row["id"] for row in rows if row["type"] == "milestone"} == {f"milestone/{ident}" for ident in late}
    assert [row["id"] for row in rows if row["type"] == "veto"] == [f"veto/{one['id']}" for one in told["vetoes"]]
    assert rows[0]["type"] == "veto"
    assert {name for row in rows for name in row["gaps"]} == {one["id"] for one in told["gaps"]}


@pytest.mark.parametrize("policy", ["none", "plan"])
def test_ids_stand_once_and_do_not_depend_on_the_order_of_gaps(policy):
    record = record_of(policy)
    told = score(record)
    rows = findings(record, told)
    assert len({row["id"] for row in rows}) == len(rows)
    mixed = copy.deepcopy(told)
    random.Random(1).shuffle(mixed["gaps"])
    assert findings(record, mixed) == rows
    for row in rows:
        for text in (row["problem"], row["measure"], row["plan_change"] or row["measure"]):
            assert text["zh"] and text["en"]
            assert "{" not in text["zh"] + text["en"]
        assert row["owner"] not in row["helpers"]


def test_every_root_cause_has_a_measure_and_both_languages_name_the_same():
    assert {root.value for root in Root} <= set(MEASURES)
    for table in (PROBLEMS, PLAN_CHANGES):
        for zh, en in table.values():
            assert {name for name in ("to", "sender", "about") if "{" + name + "}" in zh} == {
                name for name in ("to", "sender", "about") if "{" + name + "}" in en
            }
