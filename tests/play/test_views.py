"""Views: what a seat sees is what it was told, and the engine's pictures are the record's."""

import json

import pytest

from sim.play.session import Session
from sim.record.view import picture_rows, view


@pytest.fixture(scope="module", params=["plan", "perfect"])
def asked_moments(request, exercise):
    """A session stopped at each question, with the engine's own pictures at that moment."""
    seats = [one.id for one in exercise.county.organizations if one.seat]
    session = Session(exercise, seed=3, policy=request.param, seats=seats)
    moments = []
    while waiting := session.advance():
        own = {seat: picture_rows(session.scene.organizations[seat].picture) for seat in seats}
        moments.append((session.now_s, own, {seat: session.view(seat) for seat in seats}))
        session.decide({asked.key: next(iter(asked.options)) for asked in waiting}, charged_s=60)
    return moments


def test_the_engine_and_the_record_hold_the_same_pictures(asked_moments):
    assert len(asked_moments) >= 3
    for _, own, views in asked_moments:
        assert own == {seat: seen.picture for seat, seen in views.items()}


def test_a_view_of_the_past_does_not_change_later(straight):
    for seat in ("duty", "health", "propaganda"):
        until = [event for event in straight.events if event.at_s <= 3000]
        assert view(until, seat, 3000) == view(straight.events, seat, 3000)


def test_a_view_holds_no_global_number(straight):
    seen = view(straight.events, "command", 7200)
    assert list(range(1, len(seen.messages) + 1)) == [message["number"] for message in seen.messages]
    assert "seq" not in json.dumps(seen._asdict())


def test_what_a_seat_was_never_told_does_not_show(exercise):
    """Two runs that differ only in a message to another seat give the same bytes to this one."""
    first = Session(exercise, seed=3, decisions={"first-call": "log-only"})
    other = exercise.scenario.model_copy(
        update={
            "injects": tuple(
                inject.model_copy(update={"text": inject.text.model_copy(update={"en": "secret", "zh": "秘密"})})
                if inject.id == "i02-school"
                else inject
                for inject in exercise.scenario.injects
            )
        }
    )
    from dataclasses import replace

    second = Session(replace(exercise, scenario=other), seed=3, decisions={"first-call": "log-only"})
    one, two = first.finish(), second.finish()
    for seat in ("duty", "command", "police", "emergency", "transport", "propaganda"):
        for at_s in (800, 3000, 21_600):
            assert view(one.events, seat, at_s).digest() == view(two.events, seat, at_s).digest()
    assert view(one.events, "health", 3000).digest() != view(two.events, "health", 3000).digest()
