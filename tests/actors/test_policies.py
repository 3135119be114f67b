"""Policies are what they say: none gives no orders, plan follows the plan, perfect knows the truth."""

import pytest

from sim.actors.policies import POLICIES
from sim.play.session import Session
from sim.record.view import view
from sim.spec.load import load

SEATS = ("duty", "command", "police", "emergency", "health", "transport", "propaganda")


@pytest.fixture(scope="module")
def runs():
    exercise = load("chlorine-leak")
    return {policy: Session(exercise, seed=3, policy=policy).finish() for policy in POLICIES}


def test_none_gives_no_orders_and_the_others_still_act(runs):
    kinds = {event.kind for event in runs["none"].events}
    assert not kinds & {"order.given", "plan.triggered", "protect.ordered", "release.published", "level.activated"}
    assert [] == [event for event in runs["none"].events if event.kind == "unit.left"]
    acting = {event.actor for event in runs["none"].events if event.kind == "message.sent"}
    assert {"public", "enterprise"} <= acting


@pytest.mark.parametrize("policy", ["novice", "plan", "trained", "expert"])
def test_who_does_not_know_the_truth_acts_only_on_what_it_was_told(runs, policy):
    """Each routine task follows an event by which its owner learned a fact of the trigger."""
    by_seq = runs[policy].events
    for event in by_seq:
        if event.kind == "plan.triggered":
            causes = [by_seq[number] for number in (event.cause, *event.also)]
            learned = [cause for cause in causes if cause.kind == "fact.learned"]
            assert learned
            assert {event.actor} == {cause.actor for cause in learned}


def test_perfect_holds_the_truth_in_the_instant_in_which_it_becomes_so(runs):
    events = runs["perfect"].events
    for truth in (event for event in events if event.kind == "truth.changed"):
        for seat in SEATS:
            learned = [e for e in events if e.kind == "fact.learned" and e.actor == seat and e.subject == truth.subject]
            assert any(e.at_s == truth.at_s and e.data["value"] == truth.data["value"] for e in learned)


def test_perfect_does_not_know_the_future(runs):
    turned = next(event for event in runs["perfect"].events if event.kind == "weather.turned")
    before = view(runs["perfect"].events, "command", turned.at_s - 1)
    toward = next(row for row in before.picture if row["fact"] == "wind/toward")
    assert "northeast" == toward["value"]


def test_travel_and_work_take_their_time_under_perfect_too(runs):
    events = runs["perfect"].events
    left = next(event for event in events if event.kind == "unit.left" and event.data["to"] == "filling-hall")
    arrived = next(event for event in events if event.kind == "unit.arrived" and event.subject == left.subject)
    assert arrived.at_s - left.at_s > 60
