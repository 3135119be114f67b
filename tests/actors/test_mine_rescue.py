"""Mine rescue under contract: whom it listens to, that it reports, and that nobody goes in without the rules."""

import pytest

from sim.errors import BadInput
from sim.spec.load import load
from tests.mechanisms.helping import run
from tests.mechanisms.mine_alarms import CREWS, MINE, mine, there_min
from tests.play.made import changed


def of(events, kind, subject=None):
    return [event for event in events if event.kind == kind and subject in (None, event.subject)]


def test_a_mine_that_hides_nothing_calls_at_once_and_its_team_reports_what_it_was_told():
    events = run(mine(240, hides=False), 1, policy="none")
    (called,) = of(events, "aid.called")
    assert called.at_s < 20 * 60 and not of(events, "aid.requested")
    (arrived,) = of(events, "aid.arrived", "mine-rescue")
    assert arrived.data["at"] == MINE and arrived.at_s / 60 >= there_min(events, 240)
    learned = [e for e in of(events, "fact.learned", "mine/trapped") if e.actor == "command"]
    assert learned and learned[0].at_s >= arrived.at_s and learned[0].data["source"] == "gold-company"


def test_a_mine_that_hides_calls_only_once_somebody_has_asked_it():
    events = run(mine(), 1)
    (called,) = of(events, "aid.called")
    asks = [e.subject for e in of(events, "message.composed") if "gold-company" in e.subject and e.actor == "duty"]
    read = [e.at_s for e in of(events, "message.read") if e.subject in asks]
    assert read and min(read) < called.at_s
    assert not of(run(mine(300, hides=True), 1, policy="none"), "aid.called")


def test_a_team_that_the_county_has_called_is_not_called_again():
    events = run(mine(), 1, overrides={"mine.alarm": 500})
    assert of(events, "aid.granted") and not of(events, "aid.called")


def test_one_crew_stands_by_while_the_other_is_below():
    def without_others(unit):
        if unit["id"] not in CREWS:
            unit["protected"] = False

    events = run(mine(720, clears=True, units=without_others), 2)
    tested = {event.subject: event.at_s for event in of(events, "gas.tested")}
    assert set(tested) == set(CREWS)
    trips = {unit: [] for unit in CREWS}
    for event in events:
        if event.kind == "task.working" and "search-more" in event.subject and event.data["unit"] in trips:
            trips[event.data["unit"]].append([event.at_s, event.at_s])
        elif event.kind == "patient.rescued" and event.data["unit"] in trips:
            trips[event.data["unit"]][-1][1] = event.at_s
    assert all(trips.values()) and all(own[0][0] >= tested[unit] for unit, own in trips.items())
    first, second = trips.values()
    assert not [one for one in first for other in second if one[0] < other[0] < one[1] or other[0] < one[0] < other[1]]
    assert [event for event in of(events, "task.waiting") if event.data["what"] == "standby"]


def test_a_crew_does_not_go_in_alone():
    def alone(unit):
        if unit["id"] != CREWS[0]:
            unit["protected"] = False
        if unit["kind"] == "rescue_team":
            unit["skills"] = ["find_out", "rescue"]

    events = run(mine(720, clears=True, units=alone), 2)
    waiting = [e for e in of(events, "task.waiting") if e.data["what"] == "standby"]
    assert waiting and not [e for e in of(events, "task.working", waiting[0].subject) if e.at_s > waiting[0].at_s]


@pytest.mark.parametrize(
    ("field", "value", "said"), [("helper", "volunteers", "no helper 'volunteers'"), (None, None, "no owner")]
)
def test_an_alarm_that_reaches_no_team_is_refused(field, value, said):
    def change(data):
        if field is None:
            data["hazard"]["owner"] = None
        else:
            data["hazard"]["alarm"][field] = value

    with pytest.raises(BadInput, match=said):
        changed(load("mine-explosion"), change)
