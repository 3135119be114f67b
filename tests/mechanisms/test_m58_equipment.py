"""M58: equipment shortens search and reconnaissance, as far as it works."""

from statistics import fmean

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
    record = Session(equipped(), seed=seed, overrides={"units.equipment": working}).finish()
    looking = {e.subject for e in record.events if e.kind == "task.identified" and e.data["task"] == "find_out"}
    spent = [
        stay for own in stays(record).values() for stay in own if stay.task in looking and stay.status == "working"
    ]
    rescued = [event.at_s for event in record.events if event.kind == "patient.rescued"]
    return sum(stay.end_s - stay.start_s for stay in spent), fmean(rescued)


@pytest.mark.parametrize("seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)])
def test_equipment_that_works_shortens_reconnaissance_and_rescue(seeds):
    pairs = [(figures(seed, 0), figures(seed, 1)) for seed in range(seeds)]
    for number in range(2):
        moves([b[number] - a[number] for a, b in pairs], down=True)
