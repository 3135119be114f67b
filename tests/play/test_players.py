"""A seat can act as in another run: it answers and orders as there, and the run resumes and replays."""

import pytest

from sim.cli.main import main
from sim.errors import AnswerRefused, BadInput, RecordBroken
from sim.play.runs import replay, session_from
from sim.play.seats import Seat
from sim.play.session import Session
from sim.record.folder import read_folder

CORDON = {"do": "send", "task": "cordon", "at": "river-bridge", "units": ["patrol"]}


@pytest.fixture(scope="module")
def other(exercise):
    """A run in which the police do as they like."""
    session = Session(exercise, seed=3, seats=("police",))
    session.advance(until_s=600)
    Seat(session, "police").order(CORDON, charged_s=100, reason="bridge")
    while waiting := session.advance():
        session.decide({asked.key: "gate-only" for asked in waiting}, charged_s=77, reason="small first")
    return session.finish()


def test_a_seat_played_by_a_journal_answers_and_orders_as_there(exercise, other):
    again = Session(exercise, seed=8, players={"police": "journal"}, recorded=other.journal).finish()
    (answer,) = [entry for entry in again.journal if entry.key == "cordon-size"]
    assert ("gate-only", 77, "small first") == (answer.choice, answer.charged_s, answer.reason)
    (order,) = [event for event in again.events if event.kind == "order.given" and "police/order" in event.subject]
    assert (700, "river-bridge") == (order.at_s, order.data["at"])


def test_with_the_same_luck_it_is_the_same_run(exercise, other):
    again = Session(exercise, seed=3, players={"police": "journal"}, recorded=other.journal).finish()
    assert other.digest == again.digest


def test_it_survives_an_interruption_and_replays(exercise, other, tmp_path):
    players = {"police": "journal", "duty": "person"}
    session = Session(exercise, seed=8, players=players, recorded=other.journal, folder=tmp_path / "run")
    session.advance()
    session.close()
    again, _ = session_from(tmp_path / "run", replay=False)
    while waiting := again.advance():
        again.decide({asked.key: next(iter(asked.options)) for asked in waiting})
    record = again.finish()
    assert 1 == sum(entry.kind == "order" for entry in record.journal)
    assert replay(tmp_path / "run")[1] is None


def test_without_its_journal_it_cannot_go_on(exercise, other, tmp_path):
    players = {"police": "journal", "duty": "person"}
    session = Session(exercise, seed=8, players=players, recorded=other.journal, folder=tmp_path / "run")
    session.advance()
    session.close()
    (tmp_path / "run" / "recorded.jsonl").unlink()
    with pytest.raises(RecordBroken, match="recorded"):
        session_from(tmp_path / "run", replay=False)


def test_an_order_that_names_what_is_not_there_is_refused_at_the_start(exercise, other):
    bent = [
        entry._replace(arguments={"order": {**CORDON, "at": "moon"}}) if entry.kind == "order" else entry
        for entry in other.journal
    ]
    with pytest.raises(AnswerRefused):
        Session(exercise, players={"police": "journal"}, recorded=bent)


def test_on_the_command_line(tmp_path, capsys):
    first, second = tmp_path / "first", tmp_path / "second"
    assert 0 == main(["run", "chlorine-leak", "--seed", "2", "--out", str(first), "--no-report"])
    players = ["--player", f"police={first}", "--player", "health=none"]
    assert 0 == main(["run", "chlorine-leak", "--seed", "2", "--out", str(second), "--no-report", *players])
    assert {"police": "journal", "health": "none"} == read_folder(second).meta["players"]
    capsys.readouterr()
    for wrong in (["police"], ["police=best"], ["nobody=none"], [f"police={first}", f"health={second}"]):
        given = [part for one in wrong for part in ("--player", one)]
        assert 2 == main(["run", "chlorine-leak", "--out", str(tmp_path / "third"), *given])
        assert "Traceback" not in capsys.readouterr().err


def test_a_player_that_does_not_exist_is_bad_input(exercise):
    with pytest.raises(BadInput, match="journal"):
        Session(exercise, players={"police": "genius"})
