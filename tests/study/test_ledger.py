"""The ledger over exercises: its state machine, what exercises do to it, and tables without formulas."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sim.assess.findings import findings
from sim.assess.score import score
from sim.cli.main import main
from sim.errors import BadInput, RecordBroken
from sim.play.session import Session
from sim.show.ledger_words import LEDGER
from sim.spec.hazards import AnyHazard
from sim.study.ledger import ledger, owed_ids
from sim.study.ledger_calendar import BY_KIND, DOMAINS, calendar, quarters
from sim.study.ledger_file import VERSION
from sim.study.ledger_states import NEXT, Status, Step, after

DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def played():
    """Two runs of one exercise, the second without its approval of messages: other gaps, and some gone."""
    found = []
    for seed, policy in ((1, "novice"), (1, "expert")):
        record = Session("rumor-panic", seed=seed, policy=policy).finish()
        found.append((record, score(record)))
    return found


class Life(RuleBasedStateMachine):
    """An issue is open exactly when the last thing that happened to it says so."""

    def __init__(self):
        super().__init__()
        self.status, self.steps = Status.OPEN, [Step.SEEN]

    def take(self, step):
        self.status = after(self.status, step)
        self.steps.append(step)

    @rule(step=st.sampled_from([Step.SEEN, Step.GONE]))
    def an_exercise_can_always_say_something(self, step):
        self.take(step)

    @rule()
    @precondition(lambda self: self.status is not Status.CLOSED)
    def close(self):
        self.take(Step.CLOSE)

    @rule()
    @precondition(lambda self: self.status is not Status.OPEN)
    def reopen(self):
        self.take(Step.REOPEN)

    @invariant()
    def only_a_person_closes_and_every_sighting_reopens(self):
        last = [step for step in self.steps if step is not Step.GONE][-1]
        assert (self.status is Status.CLOSED) == (last is Step.CLOSE)
        if self.steps[-1] in (Step.SEEN, Step.REOPEN):
            assert self.status is Status.OPEN
        if self.status is Status.PROPOSED:
            assert self.steps[-1] is Step.GONE


TestLife = Life.TestCase


@given(st.sampled_from(Status), st.sampled_from(Step))
def test_what_cannot_be_done_is_refused_with_what_can(status, step):
    if (status, step) in NEXT:
        assert after(status, step) in Status
    else:
        with pytest.raises(BadInput) as caught:
            after(status, step)
        assert caught.value.problems[0].allowed


def test_what_was_owed_holds_all_that_was_found(played):
    for record, card in played:
        assert {row["id"] for row in findings(record, card)} <= {*owed_ids(record, card)}


def test_later_exercises_propose_to_close_and_reopen(played, tmp_path):
    path = tmp_path / "book.sqlite"
    with ledger(path, make=True) as book:
        first = book.add(*played[0], DAY, "Li")
        assert first.new
        assert not (first.again or first.reopened or first.proposed)
        second = book.add(*played[1], DAY)
        shown = {row["number"] for row in book.issues() if row["last"] == 2}
        assert {*second.new, *second.again} == shown
        assert second.proposed
        one = second.proposed[0]
        book.close(one, "Wang", DAY, "trained twice")
    with ledger(path) as book:
        row = next(row for row in book.issues() if row["number"] == one)
        assert ("closed", "Wang") == (row["status"], row["closed_by"])
        third = Session("rumor-panic", seed=2, policy="novice").finish()
        done = book.add(third, score(third), DAY)
        status = {row["number"]: row["status"] for row in book.issues()}
        assert all(status[number] == "open" for number in (*done.new, *done.again, *done.reopened))
        assert status[one] == ("open" if one in done.reopened else "closed")
        counts = book.progress()
        assert [len(first.new), len(second.new), len(done.new)] == [counts[number]["new"] for number in (1, 2, 3)]
        assert counts[3]["open_after"] == sum(one != "closed" for one in status.values())


def test_an_exercise_counts_once_and_in_its_order(played, tmp_path):
    with ledger(tmp_path / "book", make=True) as book:
        book.add(*played[0], DAY)
        with pytest.raises(BadInput, match="already"):
            book.add(*played[0], DAY)
        with pytest.raises(BadInput, match="before the last"):
            book.add(*played[1], date(2026, 2, 28))
        assert 1 == len(book.exercises())


def test_a_failure_in_the_middle_leaves_nothing(played, tmp_path, monkeypatch):
    with ledger(tmp_path / "book", make=True) as book:
        monkeypatch.setattr(book, "_miss", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            book.add(*played[0], DAY)
        assert ([], []) == (book.issues(), book.exercises())


def test_what_was_recorded_cannot_be_changed(played, tmp_path):
    path = tmp_path / "book"
    with ledger(path, make=True) as book:
        book.add(*played[0], DAY)
    connection = sqlite3.connect(path)
    for order in ("UPDATE history SET who = 'x'", "DELETE FROM sightings", "UPDATE exercises SET total = 100"):
        with pytest.raises(sqlite3.IntegrityError, match="stays as it is"):
            connection.execute(order)
    connection.close()


def test_files_that_are_no_ledger_of_this_version_are_refused(tmp_path):
    (tmp_path / "text").write_text("this is no database at all, only a text that is long enough")
    connection = sqlite3.connect(tmp_path / "other")
    connection.execute("CREATE TABLE x (y)")
    connection.close()
    with ledger(tmp_path / "later", make=True):
        pass
    connection = sqlite3.connect(tmp_path / "later")
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    for name in ("text", "other", "later"):
        with pytest.raises(RecordBroken), ledger(tmp_path / name):
            pass
    with pytest.raises(BadInput), ledger(tmp_path / "missing"):
        pass


def test_an_issue_is_closed_by_somebody_and_must_exist(played, tmp_path):
    with ledger(tmp_path / "book", make=True) as book:
        book.add(*played[0], DAY)
        for change, issue, by in ((book.close, 1, " "), (book.close, 10_000, "Li"), (book.reopen, 1, "Li")):
            with pytest.raises(BadInput):
                change(issue, by, DAY)


def test_every_kind_of_hazard_has_its_domain():
    kinds = [one.model_fields["kind"].annotation for one in get_args(get_args(AnyHazard)[0])]
    assert {get_args(kind)[0] for kind in kinds} == {*BY_KIND}
    assert len(BY_KIND) == sum(len(domain.kinds) for domain in DOMAINS)


def test_the_calendar_says_what_is_due_first():
    held = [{"kind": "flood", "held": "2026-02-01", "lead": "Li"}, {"kind": "fire", "held": "2020-05-01", "lead": ""}]
    found = calendar(held, DAY)
    by_id = {one.domain.id: one for one in found}
    assert "work_safety" == found[0].domain.id
    assert (DAY - date(2020, 5, 1)).days - 730 == by_id["work_safety"].late_days
    assert (date(2029, 1, 31), 0, "Li") == (by_id["flood"].due, by_id["flood"].late_days, by_id["flood"].lead)
    assert (None, DAY) == (by_id["health"].last, by_id["health"].due)
    assert {"2020Q2": 1, "2026Q1": 0} == {quarter: counts["work_safety"] for quarter, counts in quarters(held).items()}


@pytest.mark.parametrize("key", sorted(LEDGER))
def test_words_are_in_both_languages(key):
    zh, en = LEDGER[key]
    assert zh and en


def test_the_commands_and_tables_without_formulas(played, tmp_path, capsys):
    path, record = tmp_path / "book", played[0][0]
    with ledger(path, make=True) as book:
        book.add(record, played[0][1], DAY, "=cmd|' /C calc'!A0")
        book.close(1, "@SUM(1)", DAY, "+1")
    file = ["--file", str(path)]
    assert 2 == main(["ledger", "close", "1", "--by", "Li", *file])
    assert 0 == main(["ledger", "reopen", "1", "--by", "Li", "--why", "again", *file])
    assert 0 == main(["ledger", "close", "1", "--by", "@SUM(1)", "--review", "+1", "--on", "2026-03-02", *file])
    for command in ("list", "progress", "calendar"):
        for lang in ("zh", "en"):
            assert 0 == main(["ledger", command, "--lang", lang, *file])
    said = capsys.readouterr().out
    assert "问题描述" in said and "deadline" in said
    assert 2 == main(["ledger", "calendar", "--on", "tomorrow", *file])
    for name in ("a.xlsx", "b.xlsx", "a.csv"):
        where = ["--out", str(tmp_path / name), "--on", "2026-04-01", "--lang", "zh"]
        assert 0 == main(["ledger", "export", *where, *file])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert 2 == main(["ledger", "export", "--out", str(tmp_path / "a.csv"), *file])
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert "'@SUM(1)" in text and "'+1" in text
    from openpyxl import load_workbook

    book = load_workbook(tmp_path / "a.xlsx")
    assert 5 == len(book.worksheets)
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" for cell in cells)
    assert not any(str(cell.value).startswith(("=", "+", "@")) for cell in cells)
