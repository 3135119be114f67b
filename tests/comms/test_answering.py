"""Answering: who picks up, by the time of the day and by attempt."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.comms.answering import Answering, watch_at
from sim.spec.base import Text
from sim.spec.channels import Contact, DutyHours, Roster
from sim.spec.parameters import Parameters
from tests.comms.posts import Post
from tests.engine.worlds import fixed, whole_exercise

HOURS = DutyHours(day_from=8, night_from=18, handover_lasts="20min", holidays=("2026-10-01",))
NAME = Text(zh="某人", en="somebody")


def contact(ident, chance):
    return Contact(id=ident, name=NAME, day=chance, night=chance, handover=chance, holiday=chance)


def post(*chances, attempts=3, **parameters):
    roster = Roster(id="roster", contacts=tuple(contact(f"c{n}", p) for n, p in enumerate(chances)), source="test")
    channel = {"answered": True, "set_up": fixed(5), "ring": 30, "talk": fixed(60), "attempts": attempts}
    return Post(channel, desk={"roster": "roster"}, county={"rosters": (roster,)}, **parameters)


@pytest.mark.parametrize(
    ("moment", "watch"),
    [
        ("2026-05-12T07:59:59", "night"), ("2026-05-12T08:00", "handover"), ("2026-05-12T08:19:59", "handover"),
        ("2026-05-12T08:20", "day"), ("2026-05-12T17:59:59", "day"), ("2026-05-12T18:00", "handover"),
        ("2026-05-12T18:20", "night"), ("2026-05-12T00:00", "night"), ("2026-10-01T12:00", "holiday"),
        ("2026-10-01T03:00", "holiday"), ("2026-10-01T08:05", "handover"), ("2026-10-02T12:00", "day"),
    ],
)  # fmt: skip
def test_the_watch_follows_the_hours(moment, watch):
    assert watch == watch_at(HOURS, datetime.fromisoformat(moment))


@given(st.integers(0, 23), st.integers(0, 23), st.integers(0, 86_399))
def test_half_the_world_may_be_turned_round(day_from, night_from, second):
    """A county whose day begins in the evening has the same watches with day and night exchanged."""
    if day_from == night_from:
        return
    moment = datetime(2026, 5, 12) + timedelta(seconds=second)
    hours = DutyHours(day_from=day_from, night_from=night_from, handover_lasts=0)
    turned = DutyHours(day_from=night_from, night_from=day_from, handover_lasts=0)
    assert {"day", "night"} == {watch_at(hours, moment), watch_at(turned, moment)}


def test_the_bundled_desks_answer_worse_at_night_than_by_day():
    county = whole_exercise().county
    for roster in county.rosters:
        for one in roster.contacts:
            assert one.answers("night") < one.answers("day")
    duty = next(one for one in county.organizations if one.id == "duty")
    answering = Answering(county, "2026-05-12T12:00")
    assert ["officer", "deputy", "leader", "leader"] == [
        answering.contact(duty, n, Parameters()).id for n in (1, 2, 3, 4)
    ]
    officer = answering.contact(duty, 1, Parameters())
    assert answering.chance(officer, 12 * 3600, Parameters()) == officer.night
    assert answering.chance(officer, 0, Parameters()) == officer.day


def test_nobody_there_then_the_deputy():
    done = post(0.0, 1.0).send().run()
    assert ["composed", "sent", "lost", "sent", "delivered", "read", "acknowledged"] == done.life("m0>duty")
    sent = [event.data["who"] for event in done.life_kinds("sent")]
    assert ["c0", "c1"] == sent
    assert 5 + 30 + 60 + 5 + 60 == done.times("delivered")["m0>duty"]
    assert ["no_answer"] == [event.data["reason"] for event in done.life_kinds("lost")]


@pytest.mark.parametrize("chance", [0.3, 0.8])
def test_the_share_that_is_answered_is_the_chance(chance):
    number = 3000
    done = post(chance, attempts=1).send(number).run()
    share = len(done.times("delivered")) / number
    assert abs(share - chance) <= 3 * (chance * (1 - chance) / number) ** 0.5


def test_a_better_roster_never_answers_less_under_the_same_luck():
    worse, better = (post(chance, attempts=2).send(200).run().times("delivered") for chance in (0.4, 0.7))
    assert set(worse) <= set(better)
    assert all(better[ident] <= worse[ident] for ident in worse)


def test_the_factor_on_nobody_answering_has_its_extremes():
    always = post(0.5, attempts=1, desk__unanswered_factor=0).send(200).run()
    never = post(0.5, attempts=1, desk__unanswered_factor=20).send(200).run()
    assert (200, 0) == (len(always.times("delivered")), len(never.times("delivered")))
