"""M35: where transport passes on which roads are blocked, fewer crews drive up to a block."""

import pytest

from sim.play.session import Session
from sim.spec.load import load
from tests.mechanisms.paired import moves


def stopped(seed, shared):
    """Return how often crews that did not know of it came to a block."""
    record = Session(load("earthquake"), seed=seed, overrides={"routes.shared": shared}).finish()
    blocks = {event.seq for event in record.events if event.kind == "road.blocked"}
    return sum(event.kind == "unit.arrived" and bool(blocks & set(event.also)) for event in record.events)


@pytest.mark.parametrize("seeds", [pytest.param(4, marks=pytest.mark.slow), pytest.param(30, marks=pytest.mark.loop)])
def test_fewer_crews_drive_up_to_a_block_that_others_found(seeds):
    moves([stopped(seed, "on") - stopped(seed, "off") for seed in range(seeds)], down=True)
