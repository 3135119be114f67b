"""Reporting, judged from the record: each verdict is made by a real run, and recognized."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.assess.duty import ticket
from sim.assess.index import Index
from sim.assess.milestones import milestones
from sim.assess.reporting import CONCEALED, FALSE, LATE, OMITTED, ON_TIME, OPEN, VERDICTS, duties, timely_share
from sim.assess.reporting_measures import by_direction, summary, three_firsts
from sim.play.session import Session
from tests.actors.test_reporting import LIE, SILENT, acted, often, with_rule
from tests.assess.made import END_S, learned, made, true
from tests.engine.worlds import record_of
from tests.play.made import changed, short

PHONE, WRITTEN = "county-city-phone", "county-city-written"


def of(record, rule):
    return [duty for duty in duties(Index(record)) if duty.rule.id == rule]


def verdict(record, rule=PHONE):
    (duty,) = of(record, rule)
    return duty.verdict


# --- the score curve -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("taken", "share"), [(0, 1), (30, 1), (45, 0.7), (60, 0.4), (61, 0)])
def test_the_curve_goes_through_its_published_points(taken, share):
    assert share == pytest.approx(timely_share(taken, 30))


@given(st.integers(0, 10**5), st.integers(0, 10**5), st.integers(0, 10**4), st.floats(0, 1))
def test_the_later_the_less_and_always_a_share(one, other, within, at_twice):
    sooner, later = (timely_share(taken, within, at_twice) for taken in sorted((one, other)))
    assert 1 >= sooner >= later >= 0
    assert (sooner == 1) or min(one, other) > within


# --- verdicts of runs ------------------------------------------------------------------------------------------------


def test_a_report_that_comes_before_its_limit_is_on_time():
    (duty,) = of(record_of("plan"), PHONE)
    assert (ON_TIME, 0, ()) == (duty.verdict, duty.late_s, duty.false)
    assert duty.opened_s < duty.sent_s < duty.made_s <= duty.due_s
    assert duty.due_s == duty.opened_s + 30 * 60
    assert 1 == duty.share(0.4)


def test_a_report_after_its_limit_is_late_by_so_many_minutes():
    record = Session(with_rule(PHONE, within="2min"), seed=3).finish()
    (duty,) = of(record, PHONE)
    assert LATE == duty.verdict
    assert duty.late_s == duty.made_s - duty.opened_s - 120 > 0


def test_where_nobody_reports_it_is_omitted():
    record = record_of("none")
    assert OMITTED == verdict(record) == verdict(record, WRITTEN)
    assert 0 == of(record, PHONE)[0].share(0.4)
    assert ON_TIME == verdict(record, "enterprise-county"), "the script lets the enterprise call"


def test_what_was_not_due_when_the_exercise_ended_is_open():
    record = Session(short(40), seed=3, policy="none").finish()
    assert OPEN == verdict(record) == verdict(record, WRITTEN)
    assert of(record, PHONE)[0].share(0.4) is None


def test_what_a_seat_decided_not_to_report_is_concealed():
    record = acted(*SILENT, at_s=600)
    assert CONCEALED == verdict(record) == verdict(record, WRITTEN)
    (duty,) = of(record, PHONE)
    assert duty.made_s is None
    assert "report.withheld" in {record.events[seq].kind for seq in duty.seqs}
    assert ON_TIME == verdict(record, "tell-garrison")


def test_a_report_held_back_past_its_limit_is_concealed_and_one_that_still_comes_in_time_is_not():
    told = {"do": "report", "rule": PHONE, "facts": ["incident/exists"]}
    (late,) = of(held_back_then(told, 7200), PHONE)
    assert CONCEALED == late.verdict
    assert late.made_s > late.due_s
    assert ON_TIME == verdict(held_back_then(told, 1500))


def held_back_then(order, at_s):
    """Play a run in which the duty office holds a report back after ten minutes, and gives an order later."""
    from sim.play.seats import Seat
    from tests.play.made import play_on

    session = Session("chlorine-leak", seed=3, seats=("duty",))
    for until_s, given_order in ((600, SILENT[0]), (at_s, order)):
        while session.now_s < until_s and (waiting := session.advance(until_s=until_s)):
            session.decide({asked.key: next(iter(asked.options)) for asked in waiting}, charged_s=0)
        Seat(session, "duty").order(given_order, charged_s=0)
    return play_on(session, charged_s=0)


def test_a_report_that_states_what_its_sender_did_not_hold_is_false():
    record = acted(LIE)
    (duty,) = of(record, PHONE)
    assert FALSE == duty.verdict
    assert "leak/substance" in duty.false
    assert 0 == duty.share(0.4)
    true_claims = [{"fact": "leak/substance", "value": "chlorine"}]
    honest = acted({**LIE, "states": true_claims})
    assert FALSE != verdict(honest), "it states what it holds"


def test_who_is_misled_does_not_report_falsely():
    """The enterprise's low figure goes on up in good faith: it is what each sender holds."""
    assert FALSE not in {duty.verdict for duty in duties(Index(record_of("plan")))}


def test_each_follow_up_that_was_due_is_a_duty_of_its_own():
    rows = of(often(), "county-city-followup")
    first = min(duty.made_s for duty in of(often(), PHONE))
    assert list(range(1, len(rows) + 1)) == [duty.number for duty in rows]
    assert [first + 180 * duty.number for duty in rows] == [duty.opened_s for duty in rows]
    assert len({duty.sent_s for duty in rows}) == len(rows) >= 2
    assert {ON_TIME} == {duty.verdict for duty in rows}
    later = Session(with_rule("county-city-followup", every="3min", within="1min"), seed=3).finish()
    assert LATE in {duty.verdict for duty in of(later, "county-city-followup")}


def test_follow_ups_that_are_held_back_are_concealed():
    exercise = with_rule("county-city-followup", every="3min", within="3min")
    record = acted({"do": "withhold", "rule": "county-city-followup"}, at_s=600, exercise=exercise)
    rows = of(record, "county-city-followup")
    assert rows
    assert {CONCEALED} == {duty.verdict for duty in rows}


def test_the_grade_opens_the_duty_to_go_past_a_level():
    def graver(data):
        next(task for task in data["tasks"] if task["id"] == "judge-grade")["orders"][0]["grade"] = 2

    record = Session(changed(record_of("plan").exercise, graver, "plan"), seed=3).finish()
    (duty,) = of(record, "county-province-phone")
    told = next(event.at_s for event in record.events if (event.actor, event.subject) == ("duty", "incident/grade"))
    assert told == duty.opened_s
    assert duty.rule.skips
    assert summary(Index(record))["skipped"] >= 1
    assert [] == of(record_of("plan"), "county-province-phone")


# --- records made by hand --------------------------------------------------------------------------------------------


def call(at_s, ident, said=(), rule=None, channel="phone", kind="report", read=True):
    facts = [{"fact": fact, "value": value} for fact, value in dict(said).items()]
    data = {"to": "city", "kind": kind, "facts": facts, **({"rule": rule} if rule else {})}
    rows = [(at_s, "message.composed", "duty", ident, data)]
    if read:
        rows += [
            (at_s + 60, "message.delivered", "city", ident, {"channel": channel}),
            (at_s + 60, "message.read", "city", ident, {}),
        ]
    return rows


KNOWN = learned(1000, "duty", "incident/exists")
SO = {"incident/exists": True}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (call(1200, "m", SO, PHONE), ON_TIME),
        (call(1200, "m", SO), ON_TIME),
        (call(1200, "m", SO, channel="chat"), OMITTED),
        (call(1200, "m", SO, kind="request"), OMITTED),
        (call(1200, "m", {"incident/exists": False}), OMITTED),
        (call(1200, "m", SO, PHONE, read=False), OMITTED),
        (call(1000 + 1800 - 60, "m", SO, PHONE), ON_TIME),
        (call(1000 + 1801 - 60, "m", SO, PHONE), LATE),
        (call(1200, "m", {"incident/exists": True, "leak/size": "small"}, PHONE), FALSE),
        (call(1200, "m", {"incident/exists": False}, PHONE), FALSE),
        ([*call(1200, "m", SO, PHONE, read=False), *call(1500, "n", SO, PHONE)], ON_TIME),
    ],
)
def test_what_counts_as_a_report(rows, expected):
    record = made(true(0, "incident/exists"), KNOWN, *rows)
    assert expected == verdict(record)


def test_without_knowledge_there_is_no_duty_that_runs_from_it():
    assert [] == of(made(true(0, "incident/exists")), PHONE)
    assert OMITTED == verdict(made(true(0, "incident/exists")), "enterprise-county")


@given(st.integers(1100, END_S - 100), st.integers(1100, END_S - 100))
def test_a_later_report_is_never_judged_better(one, other):
    order = [ON_TIME, LATE]
    sooner, later = (
        verdict(made(true(0, "incident/exists"), KNOWN, *call(at, "m", SO, PHONE))) for at in sorted((one, other))
    )
    assert order.index(sooner) <= order.index(later)


# --- measures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("policy", ["plan", "none", "perfect"])
def test_the_measures_add_up(policy):
    index = Index(record_of(policy))
    found, told = duties(index), summary(index)
    assert len(found) == told["duties"] == sum(told["verdicts"].values())
    assert set(told["verdicts"]) == set(VERDICTS)
    assert 0 <= told["on_time"] <= 1
    assert told["points"] >= told["on_time"]
    split = by_direction(index)
    assert sum(row["duties"] for row in split.values()) <= len(found)
    between = {one.id for one in index.exercise.county.organizations if not one.public}
    sent = [e for e in index.by_kind["message.composed"] if {e.actor, e.data["to"]} <= between]
    assert len(sent) == sum(row["messages"] for row in split.values())


def test_the_plan_reports_better_than_nobody():
    plan, none = (summary(Index(record_of(policy))) for policy in ("plan", "none"))
    assert plan["on_time"] > none["on_time"]
    assert plan["points"] > none["points"]


def test_the_three_firsts_and_the_ticket_are_in_order():
    firsts = three_firsts(Index(record_of("plan")))
    assert firsts["occurred"] <= firsts["detected"] < firsts["reported"]
    assert firsts["detected"] < firsts["acted"]
    assert {"reported": None, "acted": None}.items() <= three_firsts(Index(record_of("none"))).items()
    times = list(ticket(record_of("plan").events).values())
    assert None not in times
    assert sorted(times) == times


def test_levels_tell_up_and_down_from_sideways():
    rows = [
        (100, "message.composed", "duty", "a", {"to": "city", "kind": "notice", "facts": []}),
        (160, "message.read", "city", "a", {}),
        (100, "message.composed", "police", "b", {"to": "health", "kind": "notice", "facts": []}),
        (100, "message.composed", "duty", "c", {"to": "wanghe", "kind": "notice", "facts": []}),
        (100, "message.composed", "public", "d", {"to": "duty", "kind": "report", "facts": []}),
    ]
    split = by_direction(Index(made(*rows)))
    assert (1, 1, 1.0) == tuple(split["vertical"][name] for name in ("messages", "read", "life_min"))
    assert (2, 0, None) == tuple(split["horizontal"][name] for name in ("messages", "read", "life_min"))


def test_a_milestone_takes_the_limit_and_the_report_of_the_row_that_holds_in_the_region():
    def there(data):
        data["region"] = ["shanghai"]

    record = Session(changed(record_of("plan").exercise, there, "county"), seed=3).finish()
    row = next(row for row in milestones(Index(record)) if row["id"] == "city_phone")
    (duty,) = of(record, "shanghai-phone")
    assert (duty.due_s, duty.made_s) == (row["limit_s"], row["at_s"])
    assert all(name in row["source"][lang] for lang, name in (("zh", "［上海；"), ("en", "[Shanghai; ")))
    assert [] == of(record, PHONE)
