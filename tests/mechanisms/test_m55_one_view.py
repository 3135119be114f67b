"""M55: with one view over depots, contracts and reserves, all are tapped at once instead of one after another."""

import pytest

from tests.mechanisms.supplied import early, moves_up, until_there, with_stock


@pytest.mark.parametrize("seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)])
def test_with_one_view_all_that_was_ordered_is_there_sooner(seeds):
    fire = with_stock(early("factory-fire", 300), "foam", 300)
    one_view, in_turn = (until_there(fire, "foam", 3500, seeds, **{"supply.one_view": one}) for one in ("on", "off"))
    moves_up(one_view, in_turn)
