"""The reporting system: numbered stages, skipped levels, false reports, and reports that are held back."""

from functools import cache

import pytest

from sim.actors.desks.reporting import numeral
from sim.actors.organization import AGAIN_S
from sim.assess.index import Index
from sim.assess.reporting import FALSE, duties
from sim.errors import AnswerRefused
from sim.play.seats import Seat
from sim.play.session import Session
from sim.record.view import view
from sim.spec.load import load
from tests.engine.worlds import of_kind
from tests.play.made import changed, play_on, short

EXERCISE = load("chlorine-leak")


def with_rule(ident, exercise=EXERCISE, **fields):
    """Return the exercise with some fields of a row of the rule table replaced."""

    def change(data):
        next(row for row in data["rules"] if row["id"] == ident).update(fields)

    return changed(exercise, change, "rules")


@cache
def often():
    """A run in which follow-ups to the city come every 3 minutes."""
    return Session(with_rule("county-city-followup", every="3min"), seed=3, audit=True).finish()


def made(record, rule):
    return [event for event in of_kind(record, "report.made") if event.data["rule"] == rule]


def acted(*orders, at_s=1500, exercise=EXERCISE, seat="duty", **settings):
    """Play a run in which a seat gives orders at a time, and takes the first option of every question."""
    session = Session(exercise, seed=3, seats=(seat,), **settings)
    while session.now_s < at_s and (waiting := session.advance(until_s=at_s)):
        session.decide({asked.key: next(iter(asked.options)) for asked in waiting}, charged_s=0)
    for order in orders:
        Seat(session, seat).order(order, charged_s=0)
    return play_on(session, charged_s=0)


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九"), (100, "100")],
)
def test_follow_ups_are_numbered_in_chinese(number, text):
    assert text == numeral(number)


def test_follow_ups_are_numbered_and_come_by_the_clock_until_the_sender_knows_that_it_is_over():
    record = often()
    first = made(record, "county-city-phone")[0]
    sent = [event for event in of_kind(record, "message.composed") if event.data.get("rule") == "county-city-followup"]
    assert len(sent) >= 2
    due = [event for event in of_kind(record, "report.due") if event.data["rule"] == "county-city-followup"]
    over = next(
        event.at_s
        for event in of_kind(record, "fact.learned")
        if (event.actor, event.subject, event.data["value"]) == ("duty", "incident/over", True)
    )
    assert [number for number, _ in enumerate(due, 1)] == [int(event.subject.rpartition("#")[2]) for event in due]
    for number, event in enumerate(due, 1):
        begun_s = first.at_s + number * 180
        assert begun_s <= event.at_s
        assert begun_s < over
    assert first.at_s + (len(due) + 1) * 180 >= over, "one more would have come before it was over"
    words = [event.data["text"]["zh"].partition("（")[0] for event in sent]
    assert [f"【演练】续报{numeral(number)}" for number in range(1, len(sent) + 1)] == words
    assert {event.data["number"] for event in made(record, "county-city-followup")} <= set(range(1, len(sent) + 1))
    assert {"follow_up"} == {event.data["stage"] for event in made(record, "county-city-followup")}


def test_a_follow_up_says_only_what_is_new():
    told, on_the_way = {}, {}
    for event in of_kind(often(), "message.composed", "message.acknowledged"):
        if event.kind == "message.acknowledged":
            told |= on_the_way.pop(event.subject, {})
        elif (event.actor, event.data["to"]) == ("duty", "city") and "rule" in event.data:
            said = {fact["fact"]: fact["value"] for fact in event.data["facts"]}
            if event.data["rule"] == "county-city-followup" and list(said) != ["incident/exists"]:
                assert all(told.get(fact) != value for fact, value in said.items())
            on_the_way[event.subject] = said
    assert told


def test_the_final_report_comes_when_it_is_over():
    record = often()
    (final,) = made(record, "county-city-final")
    assert ("final", 1) == (final.data["stage"], final.data["number"])
    sent = next(event for event in of_kind(record, "message.composed") if event.data.get("rule") == "county-city-final")
    assert {"fact": "incident/over", "value": True}.items() <= sent.data["facts"][0].items()


def test_routine_reports_past_a_level_once_the_event_is_judged_to_be_grave():
    def graver(data):
        task = next(task for task in data["tasks"] if task["id"] == "judge-grade")
        task["orders"][0]["grade"] = 2

    record = Session(changed(EXERCISE, graver, "plan"), seed=3, audit=True).finish()
    calls = made(record, "county-province-phone")
    assert [("province", True, "first")] == [
        (event.data["to"], event.data["skips"], event.data["stage"]) for event in calls
    ]
    known = next(
        event for event in of_kind(record, "fact.learned") if (event.actor, event.subject) == ("duty", "incident/grade")
    )
    assert known.at_s < calls[0].at_s
    assert [] == made(often(), "county-province-phone")


def test_garrison_and_neighbor_are_told_under_rules_of_their_own():
    assert [("garrison", "command")] == [(e.data["to"], e.actor) for e in made(often(), "tell-garrison")]
    polluted = Session(EXERCISE, seed=4, audit=True).finish()
    assert [("wanghe", "command")] == [(e.data["to"], e.actor) for e in made(polluted, "tell-neighbor")]


def test_calls_go_by_voice_and_papers_in_writing():
    record = often()
    media = {channel.id: channel.medium for channel in EXERCISE.county.channels}
    came = {event.subject: media[event.data["channel"]] for event in of_kind(record, "message.delivered")}
    for event in of_kind(record, "message.composed"):
        wanted = {"county-city-phone": "voice", "county-city-written": "written"}.get(event.data.get("rule"))
        assert wanted is None or event.subject not in came or wanted == came[event.subject]


PHONE = "county-city-phone"
LIE = {
    "do": "report",
    "rule": PHONE,
    "facts": ["incident/exists", "leak/substance"],
    "states": [{"fact": "leak/size", "value": "large"}, {"fact": "leak/substance", "value": "ammonia"}],
}


def test_a_false_report_misleads_its_addressee_and_leaves_its_sender_s_picture_alone():
    record = acted(LIE, at_s=1300)
    sent = next(event for event in of_kind(record, "message.composed") if event.subject.startswith("duty/order/"))
    said = {fact["fact"]: (fact["value"], fact["source"]) for fact in sent.data["facts"]}
    assert ("ammonia", "duty") == said["leak/substance"]
    assert ("large", "duty") == said["leak/size"]
    assert said["incident/exists"][0] is True
    read = next(event for event in of_kind(record, "message.read") if event.subject == sent.subject)
    believed = {row["fact"]: row["value"] for row in view(record.events, "city", read.at_s).picture}
    assert "ammonia" == believed["leak/substance"]
    held = {row["fact"]: row["value"] for row in view(record.events, "duty", read.at_s).picture}
    assert "chlorine" == held["leak/substance"]


SILENT = [{"do": "withhold", "rule": rule} for rule in ("county-city-phone", "county-city-written")]


def test_routine_keeps_silent_on_what_the_seat_holds_back():
    record = acted(*SILENT, at_s=600)
    assert ["county-city-phone", "county-city-written"] == [
        event.data["rule"] for event in of_kind(record, "report.withheld")
    ]
    assert not [event for event in of_kind(record, "report.made") if event.actor == "duty"]
    assert not [event for event in of_kind(record, "message.composed") if event.data.get("rule") == PHONE]
    assert made(record, "tell-garrison"), "what others report goes on"


def test_a_report_that_the_seat_orders_after_all_is_made():
    session = Session(EXERCISE, seed=3, seats=("duty",))
    seat = Seat(session, "duty")
    while waiting := session.advance(until_s=600):
        session.decide({asked.key: next(iter(asked.options)) for asked in waiting}, charged_s=0)
    seat.order(SILENT[0], charged_s=0)
    while waiting := session.advance(until_s=5400):
        session.decide({asked.key: next(iter(asked.options)) for asked in waiting}, charged_s=0)
    seat.order({"do": "report", "rule": "county-city-phone", "facts": ["incident/exists"]}, charged_s=0)
    record = play_on(session)
    assert 5400 < made(record, "county-city-phone")[0].at_s


def test_an_option_of_a_question_can_hold_a_report_back():
    def change(data):
        data["pause_points"][0]["options"][0]["orders"] = [{"do": "withhold", "rule": "county-city-phone"}]

    exercise = changed(short(60), change)
    point = exercise.scenario.pause_points[0]
    assert "duty" == point.seat
    record = Session(exercise, seed=3, decisions={point.id: point.options[0].id}).finish()
    assert of_kind(record, "report.withheld")
    assert not made(record, "county-city-phone")


@pytest.mark.parametrize(
    ("order", "field"),
    [
        ({"do": "withhold", "rule": "tell-neighbor"}, "rule"),
        ({"do": "withhold", "rule": "no-such-rule"}, "rule"),
        ({"do": "withhold", "rule": "dehua-phone"}, "rule"),
        ({"do": "report", "rule": "county-city-phone"}, "report"),
        ({**LIE, "states": [{"fact": "leak/size", "value": "huge"}]}, "states"),
        ({**LIE, "states": [{"fact": "leak/size"}]}, "states.0.value"),
    ],
)
def test_what_does_not_stand_is_refused(order, field):
    session = Session(EXERCISE, seed=3, seats=("duty",))
    session.advance(until_s=1500)
    with pytest.raises(AnswerRefused) as refused:
        Seat(session, "duty").order(order)
    assert refused.value.key.startswith(field) or field == "report"


def test_nobody_without_a_seat_reports_by_itself_and_nobody_at_all_without_a_plan():
    silent = Session(EXERCISE, seed=3, policy="none").finish()
    assert not of_kind(silent, "report.made", "report.due", "order.given")
    outside = {"enterprise", "township", "hospital", "environment", "weather"}
    assert not {event.actor for event in of_kind(often(), "report.due", "report.made")} & outside


@cache
def cut_off():
    """A run in which the network fails before the county has reported in writing."""
    return Session(EXERCISE, seed=3, overrides={"comms.profile": "network_outage"}, audit=True).finish()


def test_a_report_that_did_not_get_through_is_made_again_with_what_is_known_then():
    record = cut_off()
    sent = [e for e in of_kind(record, "message.composed") if e.data.get("rule") == "county-city-written"]
    assert len(sent) > 1
    gave_up = [e for e in of_kind(record, "message.expired") if e.subject == sent[0].subject]
    assert [record.events[sent[1].cause]] == gave_up
    assert gave_up[0].at_s < sent[1].at_s <= gave_up[0].at_s + AGAIN_S
    for event in sent:
        held = {row["fact"]: row["value"] for row in view(record.events, "duty", event.at_s).picture}
        assert all(held[fact["fact"]] == fact["value"] for fact in event.data["facts"])
    assert FALSE not in [duty.verdict for duty in duties(Index(record))]
    assert {1} == {event.data["number"] for event in made(record, "county-city-written")}


def test_a_report_that_is_held_back_meanwhile_is_not_made_again():
    order = {"do": "withhold", "rule": "county-city-written"}
    again, silent = (
        acted(*orders, at_s=3700, overrides={"comms.profile": "network_outage"}) for orders in ((), (order,))
    )
    sent = [
        [e for e in of_kind(record, "message.composed") if e.data.get("rule") == "county-city-written"]
        for record in (again, silent)
    ]
    (gave_up,) = [e for e in of_kind(silent, "message.expired") if e.subject == sent[1][0].subject]
    (withheld,) = of_kind(silent, "report.withheld")
    assert gave_up.at_s < withheld.at_s < gave_up.at_s + AGAIN_S
    assert len(sent[0]) > len(sent[1]) == 1
