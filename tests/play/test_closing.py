"""Closing a gap: the run stays as it was up to the gap, the gap is gone, and a run that is only watched is the run."""

from __future__ import annotations

import pytest

from sim.assess.gaps import find_gaps
from sim.assess.index import Index
from sim.assess.score import score
from sim.canon import canonical
from sim.play.closing import CLOSINGS, DONE, NO_OWNER, NOT_BETWEEN, TICKET, UNKNOWN, wanted
from sim.play.closing.base import Gap
from sim.play.pricing import ALL, OWN, Course, Future, Standing, course_from, measured, price
from sim.play.session import Session
from sim.record.events import Event
from sim.record.folder import RunRecord
from sim.spec.base import Text

TYPES = ("no_expert", "orphan_task", "stale_fact", "unacknowledged", "missed_notification")


@pytest.fixture(scope="module")
def run():
    session = Session("chlorine-leak", seed=1, policy="plan")
    return session.settings, session.finish()


@pytest.fixture(scope="module")
def rows(run):
    return score(run[1])["gaps"]


def course(run, rows):
    settings, record = run
    gaps = tuple(wanted(row, record) for row in rows)
    assert all(isinstance(gap, Gap) for gap in gaps)
    lines = tuple(entry.line() for entry in record.journal)
    at_s = min(gap.from_s for gap in gaps)
    return Course(record.exercise.sources, canonical(settings.meta()), lines, (), gaps, at_s)


def first_of_each(run, rows):
    """Return the longest gap of each type that closing removes at once, by type."""
    able = [row for row in rows if isinstance(wanted(row, run[1]), Gap) and row["type"] in TYPES]
    return {row["type"]: row for row in reversed(able)}


def test_a_run_that_is_only_watched_is_the_run(run, rows):
    able = [row for row in rows if isinstance(wanted(row, run[1]), Gap)]
    watched = Standing(course(run, able), frozenset())
    values = watched.run(Future(OWN))
    assert watched.session.events == run[1].events
    assert values == measured(run[1])


@pytest.mark.parametrize("kind", TYPES)
def test_a_gap_that_is_closed_is_gone_and_nothing_was_different_before(run, rows, kind):
    row = first_of_each(run, rows)[kind]
    closed = Standing(course(run, [row]), frozenset((row["id"],)))
    closed.run(Future(OWN))
    again = RunRecord(run[1].exercise, {}, closed.session.events, [])
    assert row["id"] not in {gap.id for gap in find_gaps(Index(again))}
    said = next(event for event in again.events if event.kind == "control.given" and event.subject == row["id"])
    assert again.events[: said.seq] == run[1].events[: said.seq]
    assert wanted(row, run[1]).from_s <= said.at_s <= row["start_s"]


def test_a_convoy_that_waits_too_long_sets_off_where_that_gap_is_closed():
    session = Session("factory-fire", seed=1, policy="plan")
    fire = session.settings, session.finish()
    about = "waiting_on_other/emergency/foam-and-air.0@park-fire-station:1"
    row = next(row for row in score(fire[1])["gaps"] if row["id"].startswith(about))
    closed = Standing(course(fire, [row]), frozenset((row["id"],)))
    closed.run(Future(OWN))
    left = [one.at_s for one in closed.session.events if one.kind == "convoy.left" and one.subject in about]
    assert left and left[0] == row["start_s"] < next(e.at_s for e in fire[1].events if e.kind == "convoy.left")


@pytest.mark.slow
def test_forked_or_run_again_the_values_are_the_same(run, rows):
    """One case in which closing a gap is known to help under this luck, and one in which it changes nothing."""
    helps, nothing = "no_expert/emergency/contain.0:1", "stale_fact/wind/toward/transport"
    chosen = [row for row in rows if row["id"] in (helps, nothing)]
    made = course_from(course(run, chosen).text())
    assert made == course(run, chosen)
    by_fork = price(Standing(made), made, Future(OWN))
    assert by_fork == price(Standing(made, fork=False), made, Future(OWN))
    base, closed = by_fork["base"], by_fork["closed"]
    assert {ALL, *(row["id"] for row in chosen)} == {*closed}
    assert base["loss"] - closed[helps]["loss"] > 0.1
    assert base == closed[nothing]
    assert closed[ALL]["loss"] < base["loss"]


def test_a_child_that_fails_is_told(run, rows, monkeypatch):
    made = course(run, [first_of_each(run, rows)["no_expert"]])
    standing = Standing(made)
    monkeypatch.setattr("sim.play.pricing.measured", lambda _: 1 / 0 if standing.sink is not None else {})
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        price(standing, made, Future(OWN))


def gap(kind, about, **fields):
    return {"id": f"{kind}/{about}", "type": kind, "chain": [0], "start_s": 60, "opened_s": 0, **fields}


def test_what_cannot_be_closed_says_why(run):
    record = run[1]
    assert wanted(gap("unprotected_entry", "engine-1"), record) == DONE
    assert wanted(gap("release_outside_chain", "x"), record) == DONE
    assert wanted(gap("wrong_level", "first_notice/incident/exists"), record) == DONE
    assert wanted(gap("open_loop", "followed_up"), record) == TICKET
    assert wanted(gap("new_type", "x"), record) == UNKNOWN
    waits = [Event(0, 5, "task.waiting", "police", "t:1", None, (), {"on": "police", "what": "unit"})]
    assert wanted(gap("waiting_on_other", "t:1/5"), RunRecord(record.exercise, {}, waits, [])) == NOT_BETWEEN


def test_the_second_wait_of_a_task_is_told_from_the_first(run):
    kinds = ((5, "task.waiting"), (6, "task.waiting"), (9, "task.working"), (12, "task.waiting"))
    events = [
        Event(seq, at_s, kind, "health", "t:1", None, (), {"on": "emergency", "what": "rescue"})
        for seq, (at_s, kind) in enumerate(kinds)
    ]
    record = RunRecord(run[1].exercise, {}, events, [])
    assert [1, 2] == [wanted(gap("waiting_on_other", f"t:1/{at_s}"), record).number for at_s in (5, 12)]


def test_every_way_of_closing_is_told_in_both_languages():
    for one in (*(closing.means for closing in CLOSINGS.values()), DONE, NO_OWNER, NOT_BETWEEN, TICKET, UNKNOWN):
        assert isinstance(one, Text)
        assert one.zh and one.en
