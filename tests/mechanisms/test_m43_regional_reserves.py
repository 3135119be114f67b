"""M43: a regional reserve is there the sooner, the sooner its holder approves the request."""

import pytest

from tests.mechanisms.supplied import early, moves_up, until_there, with_stock, without_supplier


@pytest.mark.parametrize("seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)])
def test_the_later_the_approval_the_later_the_reserve_is_there(seeds):
    fire = without_supplier(with_stock(early("factory-fire", 300), "foam", 0), "foam-maker")
    soon, late = (until_there(fire, "foam", 1, seeds, **{"reserve.approval_delay": delay}) for delay in (5, 60))
    moves_up(soon, late)
