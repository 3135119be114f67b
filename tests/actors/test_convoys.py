"""Convoys: who meets where, when they set off, and that they drive as one behind the escort."""

import pytest

from sim.play.session import Session
from sim.spec.orders import ORDER
from tests.mechanisms.helping import shortened
from tests.play.made import changed

TO, SHORT = "county-town", shortened("chlorine-leak", 120)


def played(count=2, escorts=True, **overrides):
    """Events of a run in which nobody gives orders but one: buses to the county town, behind an escort."""

    def none(data):
        for unit in data["units"]:
            unit["skills"] = [one for one in unit["skills"] if one != "direct_traffic"]

    exercise = SHORT if escorts else changed(SHORT, none, "county")
    session = Session(exercise, seed=1, policy="none", overrides=overrides)
    send = {"do": "send", "task": "evacuate", "at": TO, "units": ["bus"], "count": count, "escort": True}
    session.scene.organizations["transport"].dispatch(ORDER.validate_python(send), "buses", 0)
    return session.finish().events


def of(events, kind):
    return [event for event in events if event.kind == kind]


def test_they_set_off_together_and_the_escort_leads():
    events = played()
    (left,) = of(events, "convoy.left")
    assert left.data["to"] == TO and len(left.data["units"]) == 2 and left.data["escort"]
    ways = [e for e in of(events, "unit.left") if e.at_s == left.at_s and e.data["to"] == TO]
    assert {e.subject for e in ways} == {*left.data["units"], left.data["escort"]}
    assert len({e.data["arrives_s"] for e in ways if e.actor == "transport"}) == 1
    free = [e for e in of(events, "unit.free") if e.subject == left.data["escort"]]
    assert any(e.at_s > left.at_s for e in free)


def test_without_a_free_crew_they_hear_so_and_go_alone_at_once():
    events = played(escorts=False, **{"convoy.patience": 60})
    (left,) = of(events, "convoy.left")
    assert left.data["escort"] == ""
    waited = [e for e in of(events, "task.waiting") if e.data["what"] == "escort"]
    assert left.at_s - waited[0].at_s < 30 * 60


@pytest.mark.parametrize("patience", [0, 4])
def test_they_wait_no_longer_than_their_patience(patience):
    events = played(count=4, **{"convoy.patience": patience})
    (left,) = of(events, "convoy.left")
    waited = [e for e in of(events, "task.waiting") if e.data["what"] == "escort"]
    assert left.at_s - waited[0].at_s == patience * 60


def test_only_buses_and_trucks_ask_for_an_escort():
    with pytest.raises(ValueError, match="only buses and trucks"):
        ORDER.validate_python({"do": "send", "task": "treat", "at": TO, "units": ["ambulance"], "escort": True})
