"""M61: part-time teams take longer than full-time ones."""

from statistics import fmean

import pytest

from sim.play.session import Session
from sim.spec.load import load
from tests.mechanisms.paired import moves
from tests.play.made import changed


def fire_teams(quality):
    def change(data):
        for unit in data["units"]:
            if unit["department"] == "emergency":
                unit["quality"] = quality

    return changed(load("chlorine-leak"), change, "county")


@pytest.mark.parametrize("seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)])
def test_part_time_teams_bring_people_out_later_and_the_more_so_the_slower_they_are(seeds):
    def rescued_min(quality, seed, factor):
        record = Session(fire_teams(quality), seed=seed, overrides={"units.part_time_factor": factor}).finish()
        return fmean(event.at_s for event in record.events if event.kind == "patient.rescued") / 60

    full, part, slow = (
        [rescued_min(quality, seed, factor) for seed in range(seeds)]
        for quality, factor in (("full_time", 1.2), ("part_time", 1.2), ("part_time", 1.6))
    )
    moves([b - a for a, b in zip(full, part, strict=True)], down=False)
    moves([b - a for a, b in zip(part, slow, strict=True)], down=False)
