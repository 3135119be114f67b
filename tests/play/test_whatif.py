"""What-if: both ways to the pause point agree, the luck is shared, the session is left alone, failures stay single."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from sim.errors import AnswerRefused, BadInput, Refusal
from sim.play import forked, workers
from sim.play.forward import Item, forward, past_from, pause_at, stand
from sim.play.questions import NO_ANSWER
from sim.play.seats import Seat
from sim.play.session import Session
from sim.play.trainer import Trainer
from sim.play.workers import futures
from sim.study.whatif import whatif

SEATS = ("command",)


@pytest.fixture(scope="module")
def session(exercise):
    """A session that has passed the question of the villages."""
    session = Session(exercise, seed=3, seats=SEATS)
    session.advance()
    session.decide({"villages": "shelter-both"}, charged_s=75)
    session.advance()
    return session


@pytest.fixture(scope="module")
def pause(exercise, session):
    return pause_at(exercise, session.settings, session.journal, "villages", "plan")


def test_the_pause_point_is_as_it_was(pause, session, exercise):
    options = list(next(point for point in exercise.scenario.pause_points if point.id == "villages").options)
    *shown, last = (way.id for way in pause.ways)
    assert ({option.id for option in options}, "wait+5min") == (set(shown), last)
    assert len(shown) == len(options)
    assert ("shelter-both", "command", 75) == (pause.taken, pause.asked.seat, pause.past.charged_s)
    assert pause.reference in [option.id for option in options]
    again = stand(past_from(pause.past.text()))
    entry = next(entry for entry in session.journal if entry.key == "villages")
    assert (entry.at_s, entry.view) == (again.now_s, again.view("command").digest())
    assert again.events == [event for event in session.events if event.at_s <= entry.at_s][: len(again.events)]


def test_a_question_that_waits_has_no_option_taken_and_nothing_else_than_answers_is_offered(exercise):
    session = Session(exercise, seed=3, seats=SEATS)
    session.advance()
    before = (session.now_s, list(session.events), session.journal)
    waiting = pause_at(exercise, session.settings, session.journal, "villages", "plan")
    assert ("", 120) == (waiting.taken, waiting.past.charged_s)
    assert before == (session.now_s, list(session.events), session.journal)
    with pytest.raises(BadInput, match="villages"):
        pause_at(exercise, session.settings, session.journal, "downstream", "plan")


def test_no_answer_is_a_way_where_it_was_taken(exercise):
    session = Session(exercise, seed=3, seats=SEATS)
    session.advance()
    session.decide({"villages": None})
    found = pause_at(exercise, session.settings, session.journal, "villages", "plan")
    assert NO_ANSWER == found.taken
    assert NO_ANSWER in [way.id for way in found.ways]


def test_the_past_stays_and_the_luck_after_it_varies_alike_for_all_options(pause):
    def events(way, replication):
        session = stand(pause.past)
        known = len(session.events)
        forward(session, pause.past, Item(way, replication))
        return session.events[:known], session.events

    (past, whole), (past_again, other_luck) = events(pause.ways[0], 0), events(pause.ways[0], 1)
    assert past == past_again
    assert whole != other_luck
    _, other_way = events(pause.ways[3], 0)
    answer_s = pause.at_s + pause.past.charged_s
    assert [e for e in whole if e.at_s < answer_s] == [e for e in other_way if e.at_s < answer_s]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_both_ways_to_the_pause_point_give_equal_rows(pause):
    items = [Item(pause.ways[0], 0), Item(pause.ways[-1], 1)]
    by_fork = sorted(futures(pause.past, items))
    assert by_fork == sorted(futures(pause.past, items, jobs=1, fork=False))
    assert len({row.values["loss"] for row in by_fork}) > 1
    assert not any(row.failed for row in by_fork)


@pytest.mark.slow
def test_rows_do_not_depend_on_the_number_of_processes(pause):
    items = [Item(way, number) for number in range(3) for way in pause.ways]
    expected = sorted(futures(pause.past, items))
    for jobs, fork in ((3, True), (2, False)):
        assert expected == sorted(futures(pause.past, items, jobs=jobs, fork=fork))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
class TestChildren:
    """What becomes of a forked child that does not do its work."""

    def child(self, monkeypatch, work, limit_s=20.0):
        read_end, write_end = os.pipe()
        monkeypatch.setattr(sys, "stdin", os.fdopen(read_end))
        try:
            return forked.run_in_child(work, limit_s)
        finally:
            os.close(write_end)
            sys.stdin.close()

    def test_values_come_back(self, monkeypatch):
        assert {"values": {"loss": 1.5}, "failed": ""} == self.child(monkeypatch, lambda: {"loss": 1.5})

    def test_an_error_is_a_reason(self, monkeypatch):
        assert "ZeroDivisionError: division by zero" == self.child(monkeypatch, lambda: 1 / 0)["failed"]

    def test_a_child_that_is_killed_is_a_reason(self, monkeypatch):
        assert "killed" in self.child(monkeypatch, lambda: os.kill(os.getpid(), signal.SIGKILL))["failed"]

    def test_a_child_that_takes_too_long_is_ended(self, monkeypatch):
        assert "timeout" in self.child(monkeypatch, lambda: time.sleep(60), 0.2)["failed"]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="threads are counted in /proc")
def test_a_worker_has_one_thread_and_one_that_dies_is_replaced(pause, monkeypatch):
    made = []

    class Watched(workers._Worker):
        def __init__(self, past, limit_s):
            super().__init__(past, limit_s)
            made.append(self)

        def run(self, item):
            if len(made) == 1:
                made.append(len(list(Path(f"/proc/{self.pid}/task").iterdir())))
                os.kill(self.pid, signal.SIGKILL)
            super().run(item)

    monkeypatch.setattr(workers, "_Worker", Watched)
    (row,) = futures(pause.past, [Item(pause.ways[0], 0)])
    assert not row.failed
    first, threads, second = made
    assert 1 == threads
    for worker in (first, second):
        with pytest.raises(ProcessLookupError):
            os.kill(worker.pid, 0)


def test_jobs_must_be_a_number(pause):
    with pytest.raises(BadInput):
        futures(pause.past, [], jobs=0)


def test_a_seat_looks_only_if_the_trainer_lets_it_and_only_at_its_own_question(exercise):
    session = Session(exercise, seed=3, seats=("duty", "police"))
    (asked,) = session.advance()
    duty, police = Seat(session, "duty"), Seat(session, "police")
    with pytest.raises(AnswerRefused) as refused:
        whatif(duty, asked.key, replications=1)
    assert Refusal.NOT_ALLOWED == refused.value.reason
    Trainer(session).allow_whatif("duty")
    with pytest.raises(AnswerRefused) as refused:
        whatif(police, asked.key, replications=1)
    assert Refusal.NO_SUCH_QUESTION == refused.value.reason
    found = whatif(duty, asked.key, replications=1)
    assert set(asked.options) <= {row["way"] for row in found.rows}
    assert (asked,) == session.waiting()
