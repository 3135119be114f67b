"""What a careful reader found: seals that told, branches that asked nobody, cuts that ended too early."""

import json
from dataclasses import replace

import pytest

from sim.cli.main import main
from sim.errors import AnswerRefused, BadInput, Refusal
from sim.play.branch import Other, branch
from sim.play.runs import keep_score, read_references, replay, session_from
from sim.play.sealing import seal
from sim.play.seats import Seat, Watcher
from sim.play.session import Session
from sim.play.trainer import Trainer
from sim.spec.load import data_folder, load
from sim.spec.scenario import Outage
from sim.spec.sealed import sealed_text


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sealed")
    text = (data_folder() / "chlorine-leak.yaml").read_text(encoding="utf-8")
    blind = text.replace("duration: 6h", "duration: 6h\nvisibility: double-blind")
    (folder / "blind.yaml").write_text(blind, encoding="utf-8")
    path = folder / "secret.sealed"
    path.write_text(sealed_text(seal(load(folder / "blind.yaml"))), encoding="utf-8")
    return path


def test_a_sealed_exercise_is_not_to_be_read_before_it_is_over(sealed, tmp_path, capsys):
    session = Session(load(sealed), seed=1, seats=("duty",), folder=tmp_path / "run")
    session.advance()
    files = [path for path in (tmp_path / "run").rglob("*") if path.is_file()]
    assert not any("second tank" in path.read_text(encoding="utf-8") for path in files)
    with pytest.raises(AnswerRefused) as refused:
        Trainer(session).hold("nothing")
    assert "i09" not in refused.value.allowed
    assert 2 == main(["script", "export", str(sealed), "--out", str(tmp_path / "x.csv")])
    assert "sealed" in capsys.readouterr().err
    session.close()
    again, _ = session_from(tmp_path / "run", replay=False)
    again.advance()
    again.decide({"first-call": "log-only"})
    again.finish()
    assert "second tank" in (tmp_path / "run" / "spec" / "scenario.yaml").read_text(encoding="utf-8")
    assert replay(tmp_path / "run")[1] is None


def test_a_changed_envelope_in_a_run_folder_is_caught(sealed, tmp_path):
    Session(load(sealed), seed=1, seats=("duty",), folder=tmp_path / "run").close()
    path = tmp_path / "run" / "spec" / "scenario.sealed"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"payload": "e', '"payload": "f'), encoding="utf-8")
    assert text != path.read_text(encoding="utf-8")
    assert 2 == main(["resume", str(tmp_path / "run")])


def test_a_branch_that_asks_has_somebody_to_ask(exercise, tmp_path):
    Session(exercise, seed=3, folder=tmp_path / "parent").finish()
    branched = branch(tmp_path / "parent", Other("first-call", "ask-first", then="ask"), tmp_path / "one")
    assert ("duty",) == branched.session.settings.seats
    branched.session.close()
    other = Other("first-call", "ask-first", then="ask", seats=("police", "health"))
    waiting = branch(tmp_path / "parent", other, tmp_path / "two").session.advance()
    assert waiting
    assert {asked.seat for asked in waiting} <= {"police", "health"}


def test_a_branch_keeps_the_journal_that_plays_a_seat(exercise, tmp_path):
    source = Session(exercise, seed=3, decisions={"cordon-size": "gate-only"}).finish()
    players = {"police": "journal", "duty": "person"}
    parent = Session(exercise, seed=3, players=players, recorded=source.journal, folder=tmp_path / "parent")
    while waiting := parent.advance():
        parent.decide({asked.key: "alert-and-verify" for asked in waiting})
    parent.finish()
    session = branch(tmp_path / "parent", Other("first-call", "ask-first", then="ask"), tmp_path / "two").session
    session.close()
    again, _ = session_from(tmp_path / "two", replay=False)
    record = again.finish()
    assert "gate-only" == next(entry.choice for entry in record.journal if entry.key == "cordon-size")
    assert replay(tmp_path / "two")[1] is None


def test_a_journal_player_without_a_journal_is_bad_input(exercise):
    with pytest.raises(BadInput, match="journal"):
        Session(exercise, players={"police": "journal"})


def test_a_channel_is_up_when_nothing_cuts_it_any_more(exercise):
    outages = (
        Outage(channel="chat", at="10min", lasts="10min", source="test"),
        Outage(channel="chat", at="15min", lasts="15min", source="test"),
    )
    scenario = exercise.scenario.model_copy(update={"outages": outages})
    session = Session(replace(exercise, scenario=scenario), seed=3)
    session.advance(until_s=1000)
    Trainer(session).cut("chat")
    session.advance(until_s=3000)
    Trainer(session).restore("chat")
    record = session.finish()
    cut = [(event.at_s, event.kind) for event in record.events if event.subject == "chat"]
    kinds = ["channel.cut"] * 3 + ["channel.restored"]
    assert list(zip([600, 900, 1001, 3001], kinds, strict=True)) == cut


def test_the_yardsticks_meet_what_the_trainer_did(exercise, tmp_path):
    session = Session(exercise, seed=3, folder=tmp_path / "run")
    session.advance(until_s=300)
    trainer = Trainer(session)
    for channel in ("phone", "mobile", "radio", "chat", "hotline", "loudspeaker"):
        trainer.cut(channel)
    record = session.finish()
    keep_score(tmp_path / "run", record)
    met = read_references(tmp_path / "run")
    plain = Session(exercise, seed=3, policy="none").finish()
    assert plain.digest != met["none"]["digest"]
    assert json.loads((tmp_path / "run" / "score.json").read_text())["harm"]["none"] > 0


def test_hold_and_release_at_one_pause(exercise):
    session = Session(exercise, seed=3)
    session.advance(until_s=300)
    trainer = Trainer(session)
    trainer.hold("i02-school")
    trainer.release("i02-school")
    with pytest.raises(AnswerRefused):
        trainer.release("i02-school")
    record = session.finish()
    assert 720 == next(event.at_s for event in record.events if event.subject == "i02-school")


@pytest.mark.parametrize(
    ("sender", "to", "text"),
    [("command", "police", "do this"), ("duty", "duty", "x"), ("city", ("duty", "duty"), "x"), ("city", "duty", "  ")],
)
def test_an_ad_hoc_inject_speaks_for_nobody_who_is_there(exercise, sender, to, text):
    session = Session(exercise, seed=3)
    session.advance(until_s=300)
    with pytest.raises(AnswerRefused):
        Trainer(session).inject(sender, to, text)


def test_small_refusals(exercise):
    session = Session(exercise, seed=3, seats=("duty",))
    (asked,) = session.advance()
    seat = Seat(session, "duty")
    for attempt, reason in (
        (lambda: seat.wait(asked.key, asked.limit_s), Refusal.BEYOND_THE_LIMIT),
        (lambda: seat.order({"do": "follow", "task": "alert-police"}, charged_s=10**6), Refusal.BEYOND_THE_LIMIT),
        (lambda: Watcher(session, "observer").note("good", rating="P"), Refusal.MALFORMED),
    ):
        with pytest.raises(AnswerRefused) as refused:
            attempt()
        assert reason == refused.value.reason
    with pytest.raises(BadInput):
        Watcher(session, "trainer")
    assert 2 == main(["tree", "no-such-folder"])
