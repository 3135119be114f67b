"""Branches share a past byte for byte and differ in one decision; going back is as if it had not been."""

import json
import shutil
import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import AnswerRefused, BadInput, RecordBroken, Refusal
from sim.play.branch import Other, branch
from sim.play.questions import NO_ANSWER
from sim.play.runs import go_back, replay, session_from
from sim.play.session import Session
from sim.play.then import KEPT, STAND_IN, unmatched
from sim.play.tree import Run, listed, runs_in
from sim.record.journal import effective, read_journal

SEATS = ("duty", "command", "health")


def contents(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def play(session, choose, until=None):
    """Let persons answer by ``choose(asked)``, at most until a question of that key waits."""
    while waiting := session.advance():
        if until in [asked.key for asked in waiting]:
            return waiting
        for asked in waiting:
            session.decide({asked.key: choose(asked)}, charged_s=60)
    return ()


def first(asked):
    return next(iter(asked.options))


@pytest.fixture(scope="module")
def parent(exercise, tmp_path_factory):
    """A run with persons, in which the trainer and a seat did more than answer."""
    folder = tmp_path_factory.mktemp("parent") / "parent"
    session = Session(exercise, seed=3, seats=SEATS, folder=folder)
    play(session, first, "villages")
    session.act("control", "trainer", {"do": "cut", "channel": "hotline"}, choice="cut")
    session.decide({"villages": "shelter-both"}, charged_s=75, reason="both")
    session.advance(session.now_s + 600)
    order = {"do": "tell", "to": ["health"], "facts": ["incident/exists"]}
    session.act("order", "command", {"order": order}, choice="tell", charged_s=30)
    play(session, first)
    session.finish()
    return folder


@pytest.fixture(scope="module")
def record(parent):
    from sim.record.folder import read_folder

    return read_folder(parent)


def keys_of(record):
    return [entry.key for entry in effective(record.journal) if entry.kind in ("answer", "none")]


@settings(max_examples=3)
@given(data=st.data())
def test_the_same_choice_gives_the_parents_events(parent, record, tmp_path_factory, data):
    key = data.draw(st.sampled_from(keys_of(record)))
    answer = next(entry for entry in record.journal if entry.key == key)
    out = tmp_path_factory.mktemp("same") / "run"
    branched = branch(parent, Other(key, answer.choice or NO_ANSWER), out)
    assert record.digest == branched.session.finish().digest
    assert () == branched.dropped
    assert ((), ()) == unmatched(out)


@settings(max_examples=3)
@given(data=st.data())
def test_another_choice_changes_nothing_before_it_and_the_journal_begins_alike(
    parent, record, exercise, tmp_path_factory, data
):
    key = data.draw(st.sampled_from(keys_of(record)))
    answer = next(entry for entry in record.journal if entry.key == key)
    point = next(point for point in exercise.scenario.pause_points if point.id == key.partition("#")[0])
    other = data.draw(st.sampled_from([one.id for one in point.options if one.id != answer.choice]))
    out = tmp_path_factory.mktemp("other") / "run"
    then = data.draw(st.sampled_from(["journal", "none"]))
    again = branch(parent, Other(key, other, then=then), out).session.finish()
    assert [e for e in record.events if e.at_s <= answer.at_s] == [e for e in again.events if e.at_s <= answer.at_s]
    lines = [(folder / "journal.jsonl").read_text(encoding="utf-8").splitlines() for folder in (parent, out)]
    assert lines[0][: answer.seq] == lines[1][: answer.seq]
    new = again.journal[answer.seq]
    assert (key, other, answer.at_s, answer.charged_s) == (new.key, new.choice, new.at_s, new.charged_s)
    assert "branch" == new.reason
    assert replay(out)[1] is None


def test_the_parents_later_orders_and_controls_are_given_again(parent, record, tmp_path):
    again = branch(parent, Other("first-call", "log-only"), tmp_path / "run").session.finish()
    for kind in ("order", "control"):
        there, here = ([entry.at_s for entry in one.journal if entry.kind == kind] for one in (record, again))
        assert there == here
    assert replay(tmp_path / "run")[1] is None


def test_the_run_says_where_it_comes_from_and_the_parent_is_only_read(parent, record, tmp_path):
    copy = shutil.copytree(parent, tmp_path / "parent")
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = contents(copy)
    branch(copy, Other("villages", "wait", then="plan"), tmp_path / "run").session.finish()
    assert before == contents(copy)
    for path in (copy, *copy.rglob("*")):
        path.chmod(path.stat().st_mode | stat.S_IWUSR)
    expected = {"folder": "parent", "digest": record.digest, "at": "villages", "choice": "wait", "then": "plan"}
    assert expected == json.loads((tmp_path / "run" / "run.json").read_text())["parent"]
    assert not (tmp_path / "run" / KEPT).exists()


def test_a_branch_at_a_time_keeps_what_was_given_until_then_and_gives_the_order(parent, record, tmp_path):
    at_s = 2100
    order = {"do": "activate", "level": 2}
    session = branch(parent, Other(at_s, order=order, seat="command", then="none"), tmp_path / "run").session
    again = session.finish()
    kept = [entry for entry in record.journal if entry.at_s <= at_s]
    assert kept == again.journal[: len(kept)]
    given_again = again.journal[len(kept)]
    assert ("order", "command", at_s) == (given_again.kind, given_again.seat, given_again.at_s)
    assert all(not entry.choice for entry in again.journal[len(kept) + 1 :])
    assert replay(tmp_path / "run")[1] is None


def test_an_interrupted_run_can_be_branched_from(exercise, tmp_path):
    session = Session(exercise, seed=4, seats=SEATS, folder=tmp_path / "parent")
    play(session, first, "villages")
    again = branch(tmp_path / "parent", Other("villages", "wait"), tmp_path / "run").session.finish()
    answer = next(entry for entry in again.journal if entry.key == "villages")
    assert ("wait", 120) == (answer.choice, answer.charged_s)
    (only_here, _) = unmatched(tmp_path / "run")
    assert "villages" in only_here
    assert f"policy {STAND_IN}" == again.journal[-1].reason
    session.decide({"villages": "wait"})


@pytest.mark.parametrize("then", ["journal", "ask"])
def test_a_branch_that_was_killed_goes_on_as_it_was_meant_to(parent, tmp_path, then):
    shutil.copytree(parent, tmp_path / "parent")
    whole = branch(tmp_path / "parent", Other("first-call", "log-only", then=then), tmp_path / "whole").session
    if then == "ask":
        play(whole, first)
    whole = whole.finish()
    killed = branch(tmp_path / "parent", Other("first-call", "log-only", then=then), tmp_path / "killed").session
    shutil.rmtree(tmp_path / "parent")
    if then == "ask":
        play(killed, first, "villages")
        killed.close()
    else:  # as if the power had failed before the order was given again
        killed.close()
        journal = tmp_path / "killed" / "journal.jsonl"
        journal.write_text("".join(journal.read_text(encoding="utf-8").splitlines(keepends=True)[:4]), encoding="utf-8")
    again, _ = session_from(tmp_path / "killed", replay=False)
    if then == "ask":
        assert ["villages"] == [asked.key for asked in again.advance()]
        play(again, first)
    assert whole.digest == again.finish().digest
    assert replay(tmp_path / "killed")[1] is None


def test_an_altered_copy_of_the_parents_journal_is_refused(parent, tmp_path):
    branch(parent, Other("villages", "wait"), tmp_path / "run").session.close()
    kept = tmp_path / "run" / KEPT
    text = kept.read_text(encoding="utf-8")
    kept.write_text(text.replace("shelter-both", "wait"), encoding="utf-8")
    with pytest.raises(RecordBroken, match=KEPT):
        session_from(tmp_path / "run", replay=False)
    kept.unlink()
    with pytest.raises(RecordBroken, match=KEPT):
        session_from(tmp_path / "run", replay=False)


@pytest.mark.parametrize(
    ("other", "error"),
    [
        (Other("villages", "nothing"), AnswerRefused),
        (Other("villages"), AnswerRefused),
        (Other("nothing", "wait"), BadInput),
        (Other("villages", "wait", then="nobody"), BadInput),
        (Other(600, "wait"), BadInput),
        (Other(10**7), BadInput),
        (Other(2100, order={"do": "protect", "place": "moon", "by": "shelter"}, seat="command"), AnswerRefused),
        (Other(2100, order={"do": "ask"}, seat="nobody"), BadInput),
    ],
)
def test_what_cannot_be_branched_makes_no_folder(parent, tmp_path, other, error):
    with pytest.raises(error):
        branch(parent, other, tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_folder_that_holds_a_run_is_not_branched_into(parent):
    before = contents(parent)
    with pytest.raises(RecordBroken, match="holds a run already"):
        branch(parent, Other("villages", "wait"), parent)
    assert {path: data for path, data in contents(parent).items() if path.name != ".lock"} == {
        path: data for path, data in before.items() if path.name != ".lock"
    }


# --- the tree --------------------------------------------------------------------------------------------------------


def test_the_tree_finds_parents_by_digest_and_else_by_name():
    runs = [
        Run("a", "1", True),
        Run("renamed", "2", True, parent="a", parent_digest="1"),
        Run("c", "3", True, parent="b", parent_digest="2"),
        Run("same", "1", True, parent="a", parent_digest="1"),
        Run("d", "4", True, parent="a"),
        Run("orphan", "5", True, parent="gone", parent_digest="9"),
        Run("x", parent="y"),
        Run("y", parent="x"),
    ]
    found = [(depth, run.name) for depth, run in listed(runs)]
    expected = [(0, "a"), (1, "renamed"), (2, "c"), (1, "same"), (1, "d"), (0, "orphan"), (0, "x"), (0, "y")]
    assert expected == found


def test_runs_are_listed_with_what_was_chosen(parent, tmp_path):
    shutil.copytree(parent, tmp_path / "parent")
    branch(tmp_path / "parent", Other("villages", "wait", then="plan"), tmp_path / "branch").session.finish()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "run.json").write_text("no")
    names = {run.name: run for run in runs_in(tmp_path)}
    assert "villages = wait, plan" == names["branch"].what
    assert names["broken"].problem
    assert [(0, "broken"), (0, "parent"), (1, "branch")] == [(d, run.name) for d, run in listed(list(names.values()))]


# --- going back ------------------------------------------------------------------------------------------------------


@settings(max_examples=3)
@given(data=st.data())
def test_going_back_is_as_if_it_had_not_been(exercise, tmp_path_factory, data):
    key = data.draw(st.sampled_from(["first-call", "ambulances", "villages"]))
    folder = tmp_path_factory.mktemp("back") / "run" if data.draw(st.booleans()) else None
    later = data.draw(st.integers(0, 2))
    session = Session(exercise, seed=3, seats=SEATS, folder=folder)
    (asked,) = [one for one in play(session, first, key) if one.key == key]
    wrong, right = data.draw(st.permutations(list(asked.options)))[:2]
    session.decide({key: wrong}, charged_s=90)
    line = session.journal[-1].seq
    for _ in range(later):
        for one in session.advance():
            session.decide({one.key: first(one)})
    session = go_back(session, line)
    assert asked == next(one for one in session.advance() if one.key == key)
    choice = data.draw(st.sampled_from([wrong, right]))
    session.decide({key: choice}, charged_s=90)
    play(session, first)
    straight = Session(exercise, seed=3, seats=SEATS)
    play(straight, first, key)
    straight.decide({key: choice}, charged_s=90)
    play(straight, first)
    assert straight.finish().digest == session.finish().digest
    if folder is not None:
        assert replay(folder)[1] is None
        assert read_journal(folder / "journal.jsonl")[0][line].choice == wrong


def test_what_does_not_count_cannot_be_taken_back(exercise, tmp_path):
    session = Session(exercise, seed=3, seats=("duty",), folder=tmp_path / "run")
    for line in (0, -1):
        with pytest.raises(AnswerRefused) as refused:
            go_back(session, line)
        assert Refusal.NOTHING_TO_UNDO == refused.value.reason
    play(session, first)
    session.finish()
    with pytest.raises(AnswerRefused) as over:
        go_back(session, 0)
    assert Refusal.EXERCISE_OVER == over.value.reason
