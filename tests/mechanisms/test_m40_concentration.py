"""M40: the more means a county can bring to one place in little time, the less tasks wait for a unit."""

import pytest

from sim.assess.resources import resources
from sim.play.session import Session
from sim.spec.load import load
from tests.mechanisms.paired import moves
from tests.play.made import changed


def with_means(level):
    return changed(load("chlorine-leak"), lambda data: data.update(resources=level))


@pytest.mark.parametrize("seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)])
def test_more_means_fewer_minutes_without_a_unit_and_more_that_stand_idle(seeds):
    few, many = with_means("low"), with_means("high")
    pairs = [[resources(Session(exercise, seed=seed).finish()) for exercise in (few, many)] for seed in range(seeds)]
    moves([b["short_min"] - a["short_min"] for a, b in pairs], down=True)
    moves([b["double_booked"] - a["double_booked"] for a, b in pairs], down=True)
    moves([b["idle_min"] - a["idle_min"] for a, b in pairs], down=False)
