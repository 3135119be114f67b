"""Run folders: replay proves them, changes are refused, an interrupted run goes on."""

import json
import shutil

import pytest

from sim.errors import DigestMismatch, RecordBroken
from sim.play.runs import first_difference, keep_score, replay, session_from
from sim.play.session import Session
from sim.record.folder import read_folder


@pytest.fixture(scope="module")
def folder(exercise, tmp_path_factory):
    path = tmp_path_factory.mktemp("runs") / "run"
    Session(exercise, seed=5, overrides={"release.approval_delay": 30}, folder=path).finish()
    return path


@pytest.fixture
def copy(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "copy")


def test_replay_is_equal_event_by_event(folder):
    record, difference = replay(folder)
    assert difference is None
    assert record.digest == json.loads((folder / "run.json").read_text())["events_digest"]


def test_replay_answers_from_the_journal_alone(copy):
    journal = copy / "journal.jsonl"
    journal.write_text(journal.read_text().split("\n")[0] + "\n")
    with pytest.raises(Exception, match="no_such_question"):
        replay(copy)


@pytest.mark.parametrize("kind", ["scenario", "county", "plan", "rules", "rubric"])
def test_a_changed_file_is_refused_by_its_digest(copy, kind):
    path = copy / "spec" / f"{kind}.yaml"
    path.write_text(
        path.read_text(encoding="utf-8") + "# a comment changes nothing, and is a change\n", encoding="utf-8"
    )
    with pytest.raises(DigestMismatch, match=kind):
        replay(copy)


def test_altered_events_are_refused(copy):
    path = copy / "events.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"at_s":900', b'"at_s":901', 1))
    with pytest.raises(DigestMismatch):
        read_folder(copy)


@pytest.mark.parametrize("name", ["run.json", "events.jsonl", "series.csv", "spec/plan.yaml"])
def test_a_missing_file_is_named(copy, name):
    (copy / name).unlink()
    with pytest.raises(RecordBroken, match=name):
        read_folder(copy)


def test_the_first_difference_is_named_field_by_field(folder):
    events = read_folder(folder).events
    changed = [*events[:40], events[40]._replace(at_s=events[40].at_s + 1, actor="x"), *events[41:]]
    difference = first_difference(events, changed)
    assert (40, ("at_s", "actor")) == (difference.seq, difference.fields)
    assert first_difference(events, events[:-1]).seq == len(events) - 1
    assert first_difference(events, events) is None


def test_an_interrupted_run_goes_on_without_asking_again(exercise, tmp_path):
    whole = Session(exercise, seed=5, seats=("duty", "police"))
    broken = Session(exercise, seed=5, seats=("duty", "police"), folder=tmp_path / "run")
    for session in (whole, broken):
        session.advance()
        session.decide({"first-call": "ask-first"}, reason="first")
        session.advance()
    broken.close()
    with (tmp_path / "run" / "journal.jsonl").open("a") as journal:
        journal.write('{"torn')
    again, torn = session_from(tmp_path / "run", replay=False)
    assert '{"torn' == torn
    asked = again.advance()
    assert ["cordon-size"] == [one.key for one in asked]
    for session in (whole, again):
        session.decide({"cordon-size": "gate-only"})
    assert whole.finish().digest == again.finish().digest
    assert replay(tmp_path / "run")[1] is None
    with pytest.raises(RecordBroken, match="finished"):
        session_from(tmp_path / "run", replay=False)


def test_a_folder_that_holds_a_run_is_not_written_over(exercise, folder):
    with pytest.raises(RecordBroken, match="holds a run already"):
        Session(exercise, folder=folder)


def test_references_and_score_are_kept_beside_the_record(copy):
    card = keep_score(copy, read_folder(copy))
    assert card == json.loads((copy / "score.json").read_text(encoding="utf-8"))
    assert ["none", "perfect"] == sorted(json.loads((copy / "references.json").read_text()))
