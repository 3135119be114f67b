"""Doors into a session: seats give orders of their role, the trainer steps in, watchers change nothing."""

import pytest

from sim.errors import AnswerRefused, BadInput, Refusal
from sim.play.free_orders import kinds_for
from sim.play.group import Group, rounds
from sim.play.questions import NO_ANSWER
from sim.play.runs import go_back, replay, session_from
from sim.play.seats import Seat, Watcher, seat_ids
from sim.play.session import Session
from sim.play.trainer import Trainer


def finished(session):
    """Play on with the first option of every question, at once."""
    while waiting := session.advance():
        session.decide({asked.key: next(iter(asked.options)) for asked in waiting}, charged_s=60)
    return session.finish()


def of(record, kind, **wanted):
    return [e for e in record.events if e.kind == kind and all(getattr(e, k) == v for k, v in wanted.items())]


@pytest.fixture
def session(exercise):
    session = Session(exercise, seed=3, seats=("duty", "command", "police"))
    session.advance()
    return session


# --- orders of a seat ------------------------------------------------------------------------------------------------


def test_an_order_takes_effect_after_the_time_charged_and_its_work_is_done(session):
    given_s = session.now_s
    Seat(session, "police").order(
        {"do": "send", "task": "cordon", "at": "river-bridge", "units": ["patrol"]}, charged_s=45, reason="bridge"
    )
    record = finished(session)
    (order,) = of(record, "order.given", subject=f"police/order/{given_s}")
    assert given_s + 45 == order.at_s
    assert any(e.subject == f"police/order/{given_s}:1" for e in of(record, "task.done"))


WRONG_ORDERS = [
    ("police", {"do": "grade", "grade": 2}, Refusal.NOT_YOUR_ORDER, "do"),
    ("police", {"do": "dance"}, Refusal.NOT_YOUR_ORDER, "do"),
    ("police", "send", Refusal.NOT_YOUR_ORDER, "do"),
    ("police", {"do": "send", "task": "cordon", "at": "moon", "units": ["patrol"]}, Refusal.UNKNOWN_NAME, "at"),
    ("police", {"do": "send", "task": "cordon", "at": "place", "units": ["patrol"]}, Refusal.UNKNOWN_NAME, "at"),
    ("police", {"do": "send", "task": "treat", "at": "liuwan", "units": ["patrol"]}, Refusal.NO_UNIT_ABLE, "units"),
    (
        "police",
        {"do": "send", "task": "treat", "at": "liuwan", "units": ["ambulance"]},
        Refusal.NO_UNIT_ABLE,
        "units",
    ),
    (
        "police",
        {"do": "send", "task": "cordon", "at": "liuwan", "units": ["patrol"], "count": 50},
        Refusal.TOO_MANY,
        "count",
    ),
    (
        "police",
        {"do": "send", "task": "cordon", "at": "liuwan", "units": ["patrol"], "count": "all"},
        Refusal.MALFORMED,
        "send.count",
    ),
    ("police", {"do": "tell", "to": ["command"], "facts": ["leak/size"]}, Refusal.NOTHING_HELD, "facts"),
    ("police", {"do": "tell", "to": ["command"], "facts": ["no/such"]}, Refusal.UNKNOWN_NAME, "facts"),
    ("police", {"do": "follow", "task": "treat"}, Refusal.NOT_YOUR_ORDER, "task"),
    ("police", {"do": "direct", "to": "health", "task": "treat"}, Refusal.NOT_YOUR_ORDER, "do"),
    ("command", {"do": "direct", "to": "police", "task": "treat"}, Refusal.UNKNOWN_NAME, "task"),
    ("duty", {"do": "report", "rule": "tell-neighbor", "facts": ["incident/sign"]}, Refusal.NOT_YOUR_ORDER, "rule"),
]


@pytest.mark.parametrize(("seat", "order", "reason", "field"), WRONG_ORDERS)
def test_an_order_that_does_not_stand_is_refused_with_its_rule_and_changes_nothing(session, seat, order, reason, field):
    before = (len(session.entries), session.view(seat))
    with pytest.raises(AnswerRefused) as refused:
        Seat(session, seat).order(order)
    assert (reason, field.removeprefix("send.")) == (refused.value.reason, refused.value.key)
    assert refused.value.allowed
    assert before == (len(session.entries), session.view(seat))


def test_every_seat_has_orders_of_its_role(exercise):
    kinds = {seat: kinds_for(exercise, seat) for seat in seat_ids(exercise)}
    assert all({"tell", "ask", "follow"} <= set(kinds[seat]) for seat in kinds)
    assert {seat for seat in kinds if "send" in kinds[seat]} == {
        "police",
        "emergency",
        "health",
        "transport",
        "propaganda",
    }
    assert ["command"] == [seat for seat in kinds if "direct" in kinds[seat]]


def test_the_command_post_directs_a_department_which_then_acts(exercise):
    def cordon_closed(*, directed):
        session = Session(exercise, seed=3, seats=("command",), decisions={"cordon-size": "wait-for-order"})
        waiting = session.advance(until_s=2400)
        session.decide({one.key: next(iter(one.options)) for one in waiting}, charged_s=60)
        if directed:
            Seat(session, "command").order({"do": "direct", "to": "police", "task": "cordon"}, charged_s=60)
        return [e for e in of(finished(session), "truth.changed", subject="cordon/closed") if e.data["value"]]

    assert cordon_closed(directed=True)
    assert not cordon_closed(directed=False)


# --- who plays a seat ------------------------------------------------------------------------------------------------


def test_a_seat_can_have_a_policy_of_its_own(exercise):
    record = Session(exercise, seed=3, players={"police": "none"}).finish()
    assert not of(record, "order.given", actor="police")
    assert of(record, "order.given", actor="health")
    assert {"police": "none"} == record.meta["players"]


def test_perfect_knows_all_or_nobody_does(exercise):
    with pytest.raises(BadInput, match="cannot be played"):
        Session(exercise, players={"police": "perfect"})
    with pytest.raises(BadInput, match="cannot be played"):
        Session(exercise, policy="perfect", players={"police": "plan"})


def test_a_question_can_be_put_off_and_comes_again_with_what_is_known_by_then(exercise):
    session = Session(exercise, seed=3, seats=("command",))
    (asked,) = session.advance()
    opened_s, known = asked.opened_s, session.view("command").picture
    Seat(session, "command").wait(asked.key, 240)
    (again,) = session.advance()
    assert (asked.key, opened_s, opened_s + 240) == (again.key, again.opened_s, session.now_s)
    assert known != session.view("command").picture
    session.decide({again.key: "shelter-both"}, charged_s=30)
    record = finished(session)
    (answered,) = of(record, "question.answered", subject=asked.key)
    assert (opened_s + 270, 270) == (answered.at_s, answered.data["charged_s"])


def test_putting_off_beyond_the_limit_is_no_answer(exercise):
    session = Session(exercise, seed=3, seats=("command",))
    (asked,) = session.advance()
    session.decide({asked.key: None}, wait_s=asked.limit_s)
    record = finished(session)
    (answered,) = of(record, "question.answered", subject=asked.key)
    assert ("", asked.opened_s + asked.limit_s) == (answered.data["choice"], answered.at_s)


# --- groups and watchers ---------------------------------------------------------------------------------------------


def test_a_group_answers_by_majority_and_the_leader_breaks_a_tie(exercise):
    session = Session(exercise, seed=3, seats=("duty",))
    session.advance()
    group = Group(Seat(session, "duty"), ("a", "b", "c", "d"))
    with pytest.raises(AnswerRefused):
        group.decide("first-call")
    for member, choice in (("a", "log-only"), ("b", "ask-first"), ("c", "ask-first")):
        tally = group.propose(member, "first-call", choice)
    assert ({"ask-first": 2, "log-only": 1}, ("d",)) == tally
    group.propose("d", "first-call", "log-only")
    assert "log-only" == group.decide("first-call"), "a tie goes with the leader"
    assert "majority: ask-first 2, log-only 2" in session.entries[-1].reason
    assert 4 == sum(entry.kind == "note" for entry in session.entries)
    for members in ((), ("a", "a")):
        with pytest.raises(BadInput):
            Group(Seat(session, "duty"), members)


def test_a_proposal_that_was_put_off_or_taken_back_does_not_count_and_a_new_group_goes_on_with_the_others(exercise):
    session = Session(exercise, seed=3, seats=("duty",))
    session.advance()
    seat = Seat(session, "duty")
    group = Group(seat, ("a", "b"))
    group.propose("a", "first-call", "log-only", reason="sure")
    assert {"log-only": 1} == Group(seat, ("a", "b")).tally("first-call").votes
    seat.wait("first-call", 60)
    session.advance()
    assert ({}, ("a", "b")) == group.tally("first-call")
    group.propose("a", "first-call", "ask-first")
    group.propose("b", "first-call", None)
    assert "ask-first" == group.decide("first-call")
    (decided,) = rounds(session.entries, "duty")
    assert ({"a": "ask-first", "b": NO_ANSWER}, "ask-first") == (decided.proposed, decided.answer.choice)
    again = go_back(session, decided.answer.seq)
    assert ({}, ("a", "b")) == Group(Seat(again, "duty"), ("a", "b")).tally("first-call")
    assert [] == list(rounds(again.entries, "duty"))


def test_notes_are_timed_evidence_and_change_nothing(exercise, straight):
    session = Session(exercise, seed=3)
    session.advance(until_s=1500)
    watcher = Watcher(session, "evaluator-1")
    watcher.note("the duty office did not ask for the wind", about="duty-loop", rating="M")
    assert session.view("duty") == watcher.view("duty")
    record = session.finish()
    assert straight.digest == record.digest
    (note,) = [entry for entry in record.journal if entry.kind == "note"]
    assert (1500, "evaluator-1", "M") == (note.at_s, note.seat, note.arguments["rating"])


def test_who_watches_does_not_act_and_sees_only_what_he_may(exercise):
    session = Session(exercise, seed=3, seats=("duty",))
    session.advance()
    watcher = Watcher(session, "observer", seats=("duty",))
    for attempt, reason in (
        (lambda: watcher.answer("first-call", "log-only"), Refusal.ONLY_WATCHES),
        (lambda: watcher.order({"do": "tell"}), Refusal.ONLY_WATCHES),
        (lambda: watcher.view("command"), Refusal.NOT_ALLOWED),
        (lambda: watcher.note("x", about="nothing"), Refusal.UNKNOWN_NAME),
        (lambda: watcher.note("  "), Refusal.MALFORMED),
        (lambda: watcher.note("half \ud800"), Refusal.MALFORMED),
    ):
        with pytest.raises(AnswerRefused) as refused:
            attempt()
        assert reason == refused.value.reason
    assert [] == session.entries
    with pytest.raises(BadInput):
        Watcher(session, "duty")
    with pytest.raises(BadInput):
        Seat(session, "health")


# --- the trainer -----------------------------------------------------------------------------------------------------


def test_what_the_trainer_does_is_journaled_and_replays(exercise, tmp_path):
    session = Session(exercise, seed=3, seats=("duty", "command"), folder=tmp_path / "run")
    trainer = Trainer(session)
    trainer.start()
    trainer.pause("coffee")
    trainer.hold("i03-enterprise")
    trainer.skip("i04-forecast", "too easy")
    trainer.inject("enterprise", "duty", "the second tank too", facts=({"fact": "leak/size", "value": "large"},))
    trainer.duty_check()
    trainer.set("release.approval_delay", 90)
    trainer.cut("phone")
    session.decide({"first-call": "log-only"})
    trainer.run_to(1500)
    trainer.release("i03-enterprise")
    trainer.restore("phone")
    trainer.send("i16-return")
    while waiting := trainer.step() or trainer.run_to_question():
        session.decide({asked.key: next(iter(asked.options)) for asked in waiting})
    record = session.finish()
    assert (1501, "inject.sent") == next((e.at_s, e.kind) for e in record.events if e.subject == "i03-enterprise")
    assert ["inject.skipped"] == [e.kind for e in record.events if e.subject == "i04-forecast"]
    assert 1501 == next(e.at_s for e in record.events if e.subject == "i16-return")
    assert of(record, "channel.cut", subject="phone")
    cut_s, up_s = (of(record, kind, subject="phone")[0].at_s for kind in ("channel.cut", "channel.restored"))
    phoned = [e for e in of(record, "message.delivered") if e.data["channel"] == "phone" and cut_s < e.at_s < up_s]
    assert [] == phoned
    assert any(e.data.get("text", {}).get("en", "").startswith("[EXERCISE] the second tank") for e in record.events)
    assert any("duty check" in str(e.data.get("text", "")).lower() for e in of(record, "message.composed"))
    assert replay(tmp_path / "run")[1] is None


def test_a_parameter_changed_on_the_way_acts_from_then_on(exercise):
    def published(delay):
        session = Session(exercise, seed=3)
        session.advance(until_s=900)
        Trainer(session).set("release.approval_delay", delay)
        record = session.finish()
        asked = next(e for e in of(record, "message.composed") if e.data.get("matter") == "publish")
        return next(e.at_s for e in of(record, "message.approved", subject=asked.subject)) - asked.at_s

    assert published(5) < published(60) < published(120)


def test_a_real_event_stops_everything_at_once(exercise, tmp_path):
    session = Session(exercise, seed=3, seats=("duty",), folder=tmp_path / "run")
    session.advance()
    at_s = session.now_s
    Trainer(session).real_event("a fire in the street")
    assert session.finished
    with pytest.raises(AnswerRefused) as refused:
        session.decide({"first-call": "log-only"})
    assert Refusal.EXERCISE_OVER == refused.value.reason
    record = session.finish()
    assert (at_s + 1, "run.ended", True) == (
        record.events[-1].at_s,
        record.events[-1].kind,
        record.events[-1].data["stopped"],
    )
    assert replay(tmp_path / "run")[1] is None


def test_a_trainers_mistake_is_refused_with_what_would_be_allowed(exercise):
    session = Session(exercise, seed=3)
    session.advance(until_s=900)
    trainer = Trainer(session)
    for attempt, reason in (
        (lambda: trainer.hold("nothing"), Refusal.NO_SUCH_INJECT),
        (lambda: trainer.hold("i01-smell"), Refusal.ALREADY_SENT),
        (lambda: trainer.release("i04-forecast"), Refusal.NOT_HELD),
        (lambda: trainer.set("nothing", 1), Refusal.MALFORMED),
        (lambda: trainer.set("duty.phone_lines", 1.5), Refusal.MALFORMED),
        (lambda: trainer.set("duty.phone_lines", float("nan")), Refusal.MALFORMED),
        (lambda: trainer.duty_check("public"), Refusal.UNKNOWN_NAME),
        (lambda: trainer.cut("pigeon"), Refusal.UNKNOWN_NAME),
        (lambda: trainer.inject("nobody", "duty", "x", channel="phone"), Refusal.UNKNOWN_NAME),
        (lambda: trainer.inject("city", (), "x", channel="phone"), Refusal.MALFORMED),
        (lambda: trainer.inject("city", "duty", "x", facts=({"fact": "a/b"},)), Refusal.UNKNOWN_NAME),
    ):
        with pytest.raises(AnswerRefused) as refused:
            attempt()
        assert reason == refused.value.reason
        assert refused.value.allowed
    assert [] == [entry for entry in session.entries if entry.kind == "control"]


def test_resume_keeps_orders_and_controls_that_had_not_taken_effect(exercise, tmp_path):
    def begun(folder=None):
        session = Session(exercise, seed=3, seats=("duty", "police"), folder=folder)
        session.advance()
        Trainer(session).hold("i03-enterprise")
        Seat(session, "police").order(
            {"do": "send", "task": "cordon", "at": "park-gate", "units": ["patrol"]}, charged_s=300
        )
        return session

    whole = begun()
    begun(tmp_path / "run").close()
    again, _ = session_from(tmp_path / "run", replay=False)
    assert finished(whole).digest == finished(again).digest
    assert replay(tmp_path / "run")[1] is None
