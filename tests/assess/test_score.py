"""The score: needs no engine, adds up, punishes lateness and silence, and uses the rubric that it is given."""

import json
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.assess.index import Index
from sim.assess.loss import quantities
from sim.assess.milestones import milestones
from sim.assess.score import score
from sim.play.session import Session
from sim.record.folder import RunRecord
from sim.spec.rubric import Milestone
from tests.assess.made import END_S, made, true
from tests.engine.worlds import record_of, whole_exercise

RUBRIC = whole_exercise().rubric
WITHOUT_ENGINE = """
import json, sys
for name in ("simpy", "mesa"):
    sys.modules[name] = None
try:
    import simpy
except ImportError:
    from pathlib import Path
    from sim.assess.score import score
    from sim.record.folder import read_folder
    print(json.dumps(score(read_folder(Path(sys.argv[1])))))
"""


def references():
    return {name: {"quantities": quantities(record_of(name)), "digest": ""} for name in ("none", "perfect")}


def test_a_run_folder_is_scored_where_no_engine_can_be_imported(tmp_path):
    record = Session(whole_exercise(), seed=3, folder=tmp_path / "run").finish()
    arguments = [sys.executable, "-W", "error", "-c", WITHOUT_ENGINE, str(tmp_path / "run")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert json.loads(json.dumps(score(record))) == json.loads(done.stdout)


@pytest.mark.parametrize("policy", ["none", "plan", "perfect"])
@pytest.mark.parametrize("known", [False, True])
def test_the_total_is_the_sum_of_its_dimensions_up_to_the_cap(policy, known):
    card = score(record_of(policy), references() if known else None)
    points = sum(row["points"] for row in card["dimensions"])
    assert min([points, *(veto["cap"] for veto in card["vetoes"])]) == pytest.approx(card["total"], abs=0.005)
    for row in card["dimensions"]:
        assert 0 <= row["points"] <= row["out_of"] == row["weight"]
    assert 100 == sum(row["out_of"] for row in card["dimensions"])
    assert known == (card["harm"]["outcome"] is not None)


def test_doing_nothing_earns_next_to_nothing_and_silence_no_coordination():
    card = score(record_of("none"), references())
    assert (0, 0) == (card["coordination"], card["harm"]["outcome"])
    assert card["total"] <= 10
    assert 1 == score(record_of("perfect"), references())["harm"]["outcome"]
    assert card["total"] < score(record_of("plan"), references())["total"]


def test_an_empty_record_earns_nothing_it_did_not_do():
    card = score(made(true(0, "incident/exists")))
    assert [0] * len(RUBRIC.milestones) == [row["points"] for row in card["milestones"]]
    assert {row["points"] for row in card["dimensions"] if row["id"] != "coordination"} == {0}


def test_what_never_came_is_censored_and_listed():
    rows = {row["id"]: row for row in score(record_of("none"))["milestones"]}
    assert [milestone.id for milestone in RUBRIC.milestones] == list(rows)
    never = [row for row in rows.values() if row["at_s"] is None and row["limit_s"] is not None]
    assert {"city_phone", "level_activated", "first_unit_sent"} <= {row["id"] for row in never}
    for row in never:
        assert (True, None, 0) == (row["censored"], row["late_s"], row["points"])
        assert row["out_of"] > 0
    assert not any(row["censored"] for row in rows.values() if row not in never)


def reached(milestone: Milestone, at_s):
    match = milestone.match[0]
    data = {"value": True, "result": "new", "to": "city", "tone": "inform", "approved": True, "release": "x"}
    event = (at_s, match.kind, match.actor or "", match.subject or "x", {**data, **match.data})
    truths = [true(0, "incident/exists"), true(0, "river/polluted")]
    arose = [(0, one.kind, "", "x", {}) for one in milestone.arises]
    (row,) = [row for row in milestones(Index(made(*truths, *arose, event))) if row["id"] == milestone.id]
    return row


@pytest.mark.parametrize("milestone", RUBRIC.milestones, ids=lambda milestone: milestone.id)
@settings(max_examples=15)
@given(one=st.integers(0, END_S), other=st.integers(0, END_S))
def test_later_never_earns_more(milestone, one, other):
    early, late = (reached(milestone, moment) for moment in sorted((one, other)))
    assert early["points"] >= late["points"]
    assert (min(one, other), early["limit_s"]) == (early["at_s"], late["limit_s"])


@pytest.mark.parametrize("milestone", RUBRIC.milestones, ids=lambda milestone: milestone.id)
def test_points_are_full_in_time_less_at_twice_the_limit_and_none_beyond(milestone):
    limit = reached(milestone, 0)["limit_s"]
    within = milestone.within or next(rule.within for rule in whole_exercise().rules.rules if rule.id == milestone.rule)
    full = milestone.points
    expected = [full, full, round(full * RUBRIC.late_curve, 3), 0]
    assert expected == [reached(milestone, at_s)["points"] for at_s in (0, limit, limit + within, limit + within + 1)]


def shuffled(record, seed):
    """Return the record with events of one instant in another order that keeps causes, subjects and actors."""
    luck, order = random.Random(seed), []
    waiting = list(record.events)
    while waiting:
        instant = [event for event in waiting if event.at_s == waiting[0].at_s]
        waiting = waiting[len(instant) :]
        while instant:
            free = [
                event for number, event in enumerate(instant)
                if not {event.cause, *event.also} & {other.seq for other in instant}
                and not any({event.subject, event.actor} & {o.subject, o.actor} - {""} for o in instant[:number])
            ]  # fmt: skip
            order.append(luck.choice(free))
            instant.remove(order[-1])
    number = {event.seq: new for new, event in enumerate(order)}
    events = [
        event._replace(seq=new, cause=number.get(event.cause), also=tuple(sorted(number[seq] for seq in event.also)))
        for new, event in enumerate(order)
    ]
    return RunRecord(record.exercise, record.meta, events, record.journal)


def test_the_order_of_unrelated_events_of_one_instant_does_not_matter():
    def unnumbered(card):
        for row in card["milestones"]:
            row.pop("event")
        for row in (*card["gaps"], *card["responses"]):
            row.pop("chain")
        return card

    record = record_of("plan")
    other = shuffled(record, 1)
    assert [event.subject for event in record.events] != [event.subject for event in other.events]
    assert unnumbered(score(record)) == unnumbered(score(other))
