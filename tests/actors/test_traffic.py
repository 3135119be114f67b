"""Traffic that police direct: roads carry more, responders are let through, and a crew that leaves ends it."""

import pytest

from sim.county.roads import Roads
from sim.play.session import Session
from sim.spec.load import load
from tests.mechanisms.helping import late
from tests.play.made import changed

SITE, NEXT = "park-works", "park-office"


def jammed(vehicles=2000):
    roads = Roads(load("factory-fire").county, night=False)
    roads.load((NEXT, SITE), vehicles)
    return roads


def test_the_roads_at_a_place_carry_more_while_it_is_directed():
    roads = jammed()
    before = roads.delay_factor(NEXT, SITE)
    roads.direct(SITE, 1.5)
    assert roads.delay_factor(NEXT, SITE) - 1 == pytest.approx((before - 1) / 1.5**4)
    roads.direct("county-town", 2.0)  # another junction changes nothing here
    assert roads.delay_factor(NEXT, SITE) - 1 == pytest.approx((before - 1) / 1.5**4)
    roads.direct(SITE, 1.0)
    assert roads.delay_factor(NEXT, SITE) == before


def test_who_is_let_through_meets_a_share_of_the_delay():
    roads, empty = jammed(), jammed(0)
    leg, free = roads.route(NEXT, SITE)[-1], empty.route(NEXT, SITE)[-1]
    assert leg.seconds > free.seconds
    assert roads.let_through(leg, 1.0).seconds == pytest.approx(leg.seconds)
    assert roads.let_through(leg, 0.5).seconds == pytest.approx((leg.seconds + free.seconds) / 2)
    assert roads.let_through(leg, 0.0).seconds == pytest.approx(free.seconds)


def ordered(hours=4):
    """The factory fire with a patrol sent to direct traffic at the county town, where there is none to direct."""

    def change(data):
        send = {"do": "send", "task": "direct_traffic", "at": "county-town", "units": ["patrol"], "count": 2}
        data["tasks"].append(
            {
                "id": "junction",
                "name": {"zh": "疏导", "en": "direct"},
                "owner": "police",
                "when": [{"fact": "incident/exists", "is": True}],
                "orders": [send],
                "within": "60min",
                "ground": "a test",
            }
        )

    def cut(data):
        data["duration"] = f"{hours}h"
        data["injects"] = [one for one in data["injects"] if not late(one.get("at"), hours * 60)]

    return changed(changed(load("factory-fire"), change, "plan"), cut)


def test_crews_leave_a_junction_that_stays_quiet_and_the_last_one_ends_it():
    session = Session(ordered(), seed=1)
    events = session.finish().events
    begun = [one for one in events if one.kind == "traffic.directed" and one.subject == "county-town"]
    ended = [one for one in events if one.kind == "traffic.left" and one.subject == "county-town"]
    assert [2, 2] == [len(begun), len(ended)]
    assert {30 * 60} == {end.at_s - one.at_s for one in begun for end in ended if one.data == end.data}
    assert "county-town" not in session.scene.county.directed
    free = {one.subject for one in events if one.kind == "unit.free" and one.at_s >= ended[0].at_s}
    assert {one.data["unit"] for one in ended} <= free


def test_a_crew_that_is_hurt_directs_nothing_any_more():
    session = Session(ordered(), seed=1)
    county = session.scene.county
    while not county.directed:
        session.world.clock.step()
    (place, (first, *_)), *_ = county.directed.items()
    unit = next(unit for unit in county.crews if unit.id == first)
    unit.bury(0)
    while first in county.directed.get(place, ()):
        session.world.clock.step()
    left = next(one for one in session.world.log.events if one.kind == "traffic.left")
    assert (left.kind, left.subject, left.cause, left.data) == ("traffic.left", place, unit.down.value, {"unit": first})
