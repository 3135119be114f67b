"""Conservation: unit time adds up to the length of the run, nobody is in two places, every task ends once."""

from itertools import pairwise

import pytest

from sim.assess.resources import (
    resources,
    seconds_by_status,
    shortages,
    stays,
)
from sim.assess.score import score
from sim.clocktext import hour_of_day
from sim.play.session import Session
from sim.spec.load import bundled
from tests.assess.made import made
from tests.assess.sound import ENDS, in_two_places, task_ends

HOUR = 3600


@pytest.mark.parametrize("scenario", bundled("scenario"))
def test_unit_time_by_status_adds_up_to_the_length_of_the_run(scenario):
    record = Session(scenario, seed=4).finish()
    length_s, found = record.events[-1].at_s, stays(record)
    hour = hour_of_day(record.exercise.scenario.starts_at, 0)
    own_units = record.exercise.county.units_on_watch(hour)
    assert {unit.id for unit in own_units if unit.helper is None} <= set(found)
    for own in found.values():
        assert (own[0].start_s, own[-1].end_s) == (0, length_s)
        assert all(one.end_s == other.start_s for one, other in pairwise(own))
    assert {sum(seconds.values()) for seconds in seconds_by_status(found).values()} == {length_s}
    assert in_two_places(record) == []
    assert score(record)["resources"] == resources(record)
    ends = task_ends(record)
    assert ends
    assert all(len(one) == 1 and one[0] in ENDS for one in ends.values())


def task(ident, unit, start_s, end_s, kind="treat"):
    """Return the events of a task: wanted at once, on the way for 10 minutes, then at work."""
    return [
        (start_s, "task.assigned", "health", ident, {"unit": unit, "at": "liuwan", "task": kind}),
        (start_s, "unit.left", "health", unit, {"to": "liuwan", "task": ident, "arrives_s": start_s + 600}),
        (start_s + 600, "unit.arrived", "health", unit, {"place": "liuwan", "task": ident}),
        (end_s, "task.done", "health", ident, {"unit": unit}),
        (end_s, "unit.free", "health", unit, {"place": "liuwan"}),
    ]


def wanted(at_s, ident, *, waits):
    rows = [(at_s, "task.identified", "health", ident, {"task": "treat", "at": "liuwan", "order": ident})]
    return rows + [(at_s, "task.waiting", "health", ident, {"on": "health", "what": "unit"})] * waits


def free(at_s, unit):
    return at_s, "unit.free", "health", unit, {"place": "county-hospital"}


def test_what_units_did_and_where_they_were_short_is_counted():
    record = made(
        *(free(0, unit) for unit in ("ambulance-1", "ambulance-2")),
        *wanted(600, "one", waits=False),
        *task("one", "ambulance-1", 600, HOUR),
        *wanted(1200, "two", waits=True),  # while ambulance-2 stands idle
        *task("two", "ambulance-1", HOUR, 2 * HOUR),
        *wanted(2 * HOUR, "three", waits=True),
        end_s=3 * HOUR,
    )
    table = resources(record)
    assert (table["double_booked"], table["short_min"]) == (2, 40 + 60)
    assert table["idle_while_short_min"] == 40 + 60
    assert table["kinds"][0]["units"] == 2
    assert table["kinds"][0]["minutes"] == {"idle": 10 + 60 + 180, "travelling": 20, "working": 90}
    assert task_ends(record) == {"one": ["done"], "two": ["done"], "three": ["unserved"]}
    assert [one.task for one in shortages(record)] == ["two", "three"]


def test_a_unit_that_is_sent_twice_at_once_is_found():
    rows = [free(0, "ambulance-1"), *wanted(0, "one", waits=False), *wanted(0, "two", waits=False)]
    record = made(*rows, *task("one", "ambulance-1", 0, HOUR), *task("two", "ambulance-1", 900, HOUR))
    assert [record.events[seq].kind for seq in in_two_places(record)] == ["task.assigned"]


def test_a_unit_that_comes_later_was_absent_and_one_that_is_hurt_stays_so():
    rows = [free(HOUR, "late"), *wanted(HOUR, "one", waits=False), *task("one", "late", HOUR, 3 * HOUR)[:3]]
    hurt = (2 * HOUR, "unit.hurt", "health", "late", {"place": "liuwan", "crew": 3})
    failed = (2 * HOUR, "task.failed", "health", "one", {"unit": "late", "reason": "crew_hurt"})
    record = made(*rows, hurt, failed)
    assert [(one.status, one.end_s) for one in stays(record)["late"]] == [
        ("absent", HOUR),
        ("travelling", HOUR + 600),
        ("working", 2 * HOUR),
        ("hurt", 6 * HOUR),
    ]
