"""Two runs side by side: where they part, and what of the score changed."""

import pytest

from sim.assess.compare import Line, changed_fields, compare, first_difference
from sim.assess.score import score
from sim.play.session import Session
from sim.spec.load import load


@pytest.fixture(scope="module")
def runs():
    exercise = load("chlorine-leak")
    records = [
        Session(exercise, seed=3, decisions=decisions).finish()
        for decisions in ({}, {"first-statement": "stay-silent"})
    ]
    return [(record, score(record)) for record in records]


def test_a_run_equals_itself(runs):
    record, card = runs[0]
    found = compare(record, card, record, card)
    assert found.difference is None
    assert ((), (), ()) == (found.files, found.closed, found.opened)
    assert all(line.change in (0, None) for line in found.lines)


def test_the_first_difference_is_the_decision(runs):
    (one, card), (other, other_card) = runs
    difference = compare(one, card, other, other_card).difference
    assert "question.answered" == difference.recorded.kind == difference.again.kind
    assert ("choice", "stay-silent") == (changed_fields(difference)[0][0], changed_fields(difference)[0][2])
    assert one.events[: difference.seq] == other.events[: difference.seq]


def test_lines_hold_both_cards(runs):
    (one, card), (other, other_card) = runs
    found = compare(one, card, other, other_card)
    lines = {(line.group, line.name): line for line in found.lines}
    assert Line("score", "total", card["total"], other_card["total"]) == lines["score", "total"]
    parts = [line.second for line in found.lines if line.group == "loss" and line.name != "all"]
    assert pytest.approx(lines["loss", "all"].second, abs=1e-5) == sum(parts)
    times = {row["id"]: row["at_s"] for row in card["milestones"]}
    assert times["first_release"] / 60 == pytest.approx(lines["milestone", "first_release"].first, abs=0.01)
    assert len(other_card["gaps"]) == len(card["gaps"]) - len(found.closed) + len(found.opened)


def test_no_value_gives_no_change():
    assert Line("milestone", "x", None, 3.0).change is None
    assert -1.5 == Line("milestone", "x", 3.0, 1.5).change


def test_a_run_that_ends_early_differs_where_it_ends(runs):
    events = runs[0][0].events
    difference = first_difference(events, events[:-1])
    assert (events[-1], None) == (difference.recorded, difference.again)
    assert [] == changed_fields(difference)


def test_numbers_of_events_are_told_only_where_nothing_else_differs(runs):
    events = runs[0][0].events
    seven = events[7]
    only = first_difference(events, [*events[:7], seven._replace(cause=0, also=(1,)), *events[8:]])
    assert {"cause", "also"} >= {name for name, _, _ in changed_fields(only)} > set()
    more = first_difference(events, [*events[:7], seven._replace(cause=0, actor="x"), *events[8:]])
    assert ["actor"] == [name for name, _, _ in changed_fields(more)]
