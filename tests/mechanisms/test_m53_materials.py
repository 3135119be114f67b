"""M53: what depots hold and how fast it is loaded decides how long work stands still for want of it."""

import pytest

from tests.mechanisms.supplied import early, figure, moves_up


@pytest.mark.parametrize("seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)])
def test_empty_depots_make_work_stand_still(seeds):
    fire = early("factory-fire", 180)
    full, empty = (figure(fire, "stock_out_min", seeds, **{"supply.stock_factor": factor}) for factor in (1, 0))
    moves_up(full, empty)


@pytest.mark.parametrize("seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)])
def test_slow_loading_makes_deliveries_late(seeds):
    fire = early("factory-fire", 180)
    quick, slow = (figure(fire, "delivery_min", seeds, **{"supply.load_factor": factor}) for factor in (0.5, 2))
    moves_up(quick, slow)
