"""A run by a trace: given again it is the same byte for byte, and everything made from the run goes by it too."""

import json

import pytest

import sim
from sim.assess.compare import compare
from sim.errors import BadInput, DigestMismatch, RecordBroken, TraceEnded
from sim.play.branch import Other, branch
from sim.play.forward import pause_at, stand
from sim.play.references import references
from sim.play.runs import go_back, keep_score, replay, session_from
from sim.play.session import Session
from sim.record.events import to_lines
from sim.record.folder import read_folder
from sim.show.names import Names
from sim.show.report_scores import facts_of_run
from sim.spec.supplied import Draws
from sim.spec.trace import read_trace, write_text
from tests.play.made import short

TALK = {("talk", "*"): 77, ("seat thinking", "*"): 200}


@pytest.fixture(scope="module")
def brief():
    return short(60)


@pytest.fixture(scope="module")
def traced(brief, tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "traced"
    return folder, Session(brief, seed=3, trace=TALK, folder=folder).finish()


def drawn_in(session):
    """Return the draws of a session by name; only for one that was given ``draws``."""
    return {(row.purpose, *row.names): row.values for row in session.trace().rows}


def test_all_draws_of_the_bundled_scenario_given_back_give_the_same_record(exercise, straight, tmp_path):
    draws = Draws()
    first = Session(exercise, seed=3, draws=draws).finish()
    assert to_lines(first.events) == to_lines(straight.events)  # noting changes nothing
    path = tmp_path / "all.csv"
    path.write_text(write_text(draws.trace(), ".csv"), encoding="utf-8", newline="")
    session = Session(exercise, seed=3, trace=path)
    again = session.finish()
    assert to_lines(again.events) == to_lines(first.events)
    assert again.series == first.series
    assert list(session.world.luck.left()) == []
    purposes = {row.purpose for row in draws.trace().rows}
    assert {"talk", "set_up", "reading", "thinking", "turnout", "work", "approval", "lost"} <= purposes


def test_what_is_supplied_is_what_happens(brief):
    draws = Draws()
    Session(brief, seed=3, trace=TALK, draws=draws).finish()
    drawn = drawn_in(draws)
    assert {77} == {values[0] for names, values in drawn.items() if names[0] == "talk"}
    plain = Draws()
    Session(brief, seed=3, draws=plain).finish()
    same = [name for name in drawn.keys() & drawn_in(plain).keys() if name[0] not in ("talk", "seat thinking")]
    assert len(same) > 100
    assert all(drawn[name] == drawn_in(plain)[name] for name in same[:50])


def test_the_run_folder_keeps_the_trace_and_replays_by_it(traced):
    folder, record = traced
    assert (folder / "spec" / "trace.jsonl").read_text() == record.exercise.sources[-1].text
    assert json.loads((folder / "run.json").read_text())["digests"]["trace"] == record.exercise.digests["trace"]
    again, difference = replay(folder)
    assert difference is None
    assert again.exercise.trace == read_trace(TALK)
    assert read_folder(folder).digest == record.digest


def test_a_kept_trace_that_was_changed_or_lost_is_told(brief, tmp_path):
    Session(brief, seed=3, trace=TALK, folder=tmp_path / "run").finish()
    kept = tmp_path / "run" / "spec" / "trace.jsonl"
    kept.write_text(kept.read_text().replace("77", "78"))
    with pytest.raises(DigestMismatch):
        replay(tmp_path / "run")
    kept.unlink()
    with pytest.raises(RecordBroken):
        replay(tmp_path / "run")


def test_an_interrupted_run_goes_on_by_its_trace_and_so_does_going_back(brief, tmp_path):
    trace = {("talk", "*"): list(range(40, 90)), ("lost", "*"): False}
    whole = Session(brief, seed=3, trace=trace).finish()
    session = Session(brief, seed=3, trace=trace, folder=tmp_path / "run")
    session.advance(1500)
    session.close()
    resumed, _ = session_from(tmp_path / "run", replay=False)
    assert to_lines(resumed.finish().events) == to_lines(whole.events)
    asked = Session(brief, seed=3, trace=trace)
    asked.advance()
    line = next(entry.seq for entry in asked.journal if entry.kind == "answer")
    assert go_back(asked, line).exercise.trace == read_trace(trace)


def test_a_branch_and_a_what_if_go_by_the_trace(brief, traced, tmp_path):
    folder, record = traced
    entry = next(entry for entry in record.journal if entry.kind == "answer")
    branched = branch(folder, Other(entry.key, entry.choice), tmp_path / "branch").session
    assert to_lines(branched.finish().events) == to_lines(record.events)  # the same choice is the same run
    session = Session(brief, seed=3, trace=TALK)
    session.finish()
    pause = pause_at(session.exercise, session.settings, session.journal, entry.key, "plan")
    assert stand(pause.past).exercise.trace == read_trace(TALK)


def test_yardsticks_go_by_the_trace_but_do_not_stop_where_it_ends(brief, tmp_path):
    works = {("turnout", "*"): 1500, ("work", "*"): 600}
    parameters = Session(brief).parameters
    plain = references(brief, 3, parameters)
    traced = references(Session(brief, trace=works).exercise, 3, parameters)
    assert plain["perfect"]["digest"] != traced["perfect"]["digest"]
    strict = [{"purpose": "turnout", "seconds": [60] * 500, "then": "error"}]
    strict.append({"purpose": "work", "seconds": [600], "then": "error"})
    with pytest.raises(TraceEnded):
        Session(brief, seed=3, trace=strict).finish()
    exercise = Session(brief, trace=strict).exercise
    assert references(exercise, 3, parameters)["perfect"]["quantities"]
    record = Session(brief, seed=3, trace=TALK, folder=tmp_path / "run").finish()
    assert keep_score(tmp_path / "run", record)["harm"]["perfect"] is not None


def test_a_trace_shows_in_comparisons_and_reports(brief, traced):
    _, record = traced
    other = Session(brief, seed=3).finish()
    cards = [sim.score(one) for one in (other, record)]
    assert compare(other, cards[0], record, cards[1]).files == ("trace",)
    said = [text for _, text, _ in facts_of_run(record, None, Names(record.exercise, "zh"))]
    assert any(f"轨迹数据 {record.exercise.digests['trace'][:16]}" in text for text in said)


def test_an_exercise_keeps_its_trace_until_another_is_given(brief):
    kept = Session(brief, trace=TALK).exercise
    assert Session(kept).exercise is kept
    other = Session(kept, trace={("work", "*"): 5}).exercise
    assert [source.kind for source in other.sources].count("trace") == 1
    assert other.trace == read_trace({("work", "*"): 5})
    with pytest.raises(BadInput):
        Session(brief, trace="nowhere.yaml")
