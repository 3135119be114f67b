"""A session: pauses change nothing, answers apply in key order, refusals change nothing."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import AnswerRefused, BadInput, JournalStopped, NotFinished, Refusal
from sim.play.runs import session_from
from sim.play.session import Session
from sim.record.journal import read_journal

SEATS = ("duty", "command", "health")


def play(exercise, answer, **given_arguments):
    """Play with persons in three seats; ``answer(asked)`` gives the choices, in the order of the clicks."""
    session = Session(exercise, seed=3, seats=SEATS, **given_arguments)
    while waiting := session.advance():
        for asked in answer(waiting):
            session.decide({asked.key: next(iter(asked.options))})
    return session


@settings(max_examples=6)
@given(st.lists(st.integers(0, 21_600), max_size=40))
def test_pausing_anywhere_does_not_change_the_run(straight, exercise, pauses):
    session = Session(exercise, seed=3)
    for moment in sorted(pauses):
        assert () == session.advance(until_s=moment)
        assert session.now_s <= moment
    assert straight.digest == session.finish().digest


def test_the_order_of_clicks_does_not_change_the_run(exercise):
    in_order = play(exercise, list).finish()
    shuffler = random.Random(1)
    shuffled = play(exercise, lambda waiting: shuffler.sample(waiting, len(waiting))).finish()
    assert in_order.digest == shuffled.digest


def test_answering_like_the_policy_with_its_thinking_time_gives_the_policy_run(straight, exercise):
    recorded = {entry.key: entry for entry in straight.journal}
    session = Session(exercise, seed=3, seats=[one.id for one in exercise.county.organizations if one.seat])
    while waiting := session.advance():
        for asked in waiting:
            entry = recorded[asked.key]
            session.decide({asked.key: entry.choice}, charged_s=entry.charged_s)
    assert straight.digest == session.finish().digest


def test_an_answer_beyond_the_limit_is_no_answer(exercise):
    session = Session(exercise, seed=3, seats=("duty",))
    (asked,) = session.advance()
    session.decide({asked.key: "alert-and-verify"}, charged_s=asked.limit_s)
    record = session.finish()
    (answered,) = [e for e in record.events if e.kind == "question.answered" and e.subject == asked.key]
    assert ("", asked.opened_s + asked.limit_s) == (answered.data["choice"], answered.at_s)
    assert "none" == record.journal[0].kind


@pytest.mark.parametrize(
    ("choices", "arguments", "reason"),
    [
        ({"nowhere": "x"}, {}, Refusal.NO_SUCH_QUESTION),
        ({"first-call": "x"}, {}, Refusal.NO_SUCH_OPTION),
        ({"first-call": "log-only"}, {"seat": "health"}, Refusal.NO_SUCH_QUESTION),
        ({"first-call": "log-only"}, {"charged_s": -1}, Refusal.NEGATIVE_TIME),
    ],
)
def test_a_refused_answer_changes_nothing(exercise, choices, arguments, reason):
    session = Session(exercise, seed=3, seats=("duty",))
    before = session.advance()
    with pytest.raises(AnswerRefused) as refused:
        session.decide(choices, **arguments)
    assert reason == refused.value.reason
    assert before == session.advance()


def test_an_answer_counts_once_and_not_after_the_end(exercise):
    session = Session(exercise, seed=3, seats=("duty",))
    session.advance()
    with pytest.raises(NotFinished):
        session.finish()
    session.decide({"first-call": "log-only"})
    with pytest.raises(AnswerRefused) as twice:
        session.decide({"first-call": "ask-first"})
    assert Refusal.ALREADY_ANSWERED == twice.value.reason
    session.finish()
    with pytest.raises(AnswerRefused) as late:
        session.decide({"first-call": "ask-first"})
    assert Refusal.EXERCISE_OVER == late.value.reason


def test_an_answer_is_on_disk_before_it_is_acknowledged(exercise, tmp_path, monkeypatch):
    session = Session(exercise, seed=3, seats=("duty",), folder=tmp_path / "run")
    session.advance()
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(5, "input/output error")))
    with pytest.raises(OSError, match="input/output"):
        session.decide({"first-call": "log-only"})
    monkeypatch.undo()
    assert [] == read_journal(tmp_path / "run" / "journal.jsonl")[0]
    with pytest.raises(JournalStopped):
        session.decide({"first-call": "log-only"})
    session.close()
    again, _ = session_from(tmp_path / "run", replay=False)
    again.advance()
    again.decide({"first-call": "log-only"})
    assert ["first-call"] == [entry.key for entry in read_journal(tmp_path / "run" / "journal.jsonl")[0]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"seed": -1},
        {"seed": True},
        {"policy": "best"},
        {"seats": ("nobody",)},
        {"overrides": {"duty.phone_lines": -1}},
        {"decisions": {"first-call": "nothing"}},
        {"decisions": {"no-question": "nothing"}},
    ],
)
def test_what_cannot_be_used_is_bad_input(exercise, wrong):
    with pytest.raises(BadInput):
        Session(exercise, **wrong)
