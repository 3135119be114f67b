"""M58: equipment shortens search and reconnaissance, as far as it works."""

import pytest

from sim.assess.resources import stays
from sim.play.session import Session
from sim.spec.load import load
from tests.mechanisms.paired import moves
from tests.play.made import changed


def equipped():
    def change(data):
        for unit in data["units"]:
            unit["equipment"] = {"police": ["drone"], "emergency": ["thermal_camera"]}.get(unit["department"], [])

    return changed(load("chlorine-leak"), change, "county")


def figures(seed, working):
    """Return how long crews looked around, and how long they worked for each patient whom they rescued, in seconds.

    When a patient is rescued hangs on much else, such as who found the way.
    """
    record = Session(equipped(), seed=seed, overrides={"units.equipment": working}).finish()
    rescued = sum(event.kind == "patient.rescued" for event in record.events)
    return worked_s(record, "find_out"), worked_s(record, "rescue") / rescued


def worked_s(record, task):
    tasks = {e.subject for e in record.events if e.kind == "task.identified" and e.data["task"] == task}
    spent = [one for own in stays(record).values() for one in own if one.task in tasks and one.status == "working"]
    return sum(one.end_s - one.start_s for one in spent)


@pytest.mark.parametrize("seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)])
def test_equipment_that_works_shortens_reconnaissance_and_rescue(seeds):
    pairs = [(figures(seed, 0), figures(seed, 1)) for seed in range(seeds)]
    for number in range(2):
        moves([b[number] - a[number] for a, b in pairs], down=True)
