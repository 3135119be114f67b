"""M54: a contract is worth what its telephone number and its lead time are worth."""

import pytest

from tests.mechanisms.supplied import early, moves_up, until_there, with_stock

seeds_of = pytest.mark.parametrize(
    "seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)]
)


def fire():
    return with_stock(early("factory-fire", 240), "foam", 0)


@seeds_of
def test_a_dead_number_makes_goods_late(seeds):
    valid, dead = (until_there(fire(), "foam", 1, seeds, **{"contract.dead_contacts": share}) for share in (0, 1))
    moves_up(valid, dead)


@seeds_of
def test_a_longer_lead_time_makes_goods_late(seeds):
    short, long = (until_there(fire(), "foam", 1, seeds, **{"contract.lead_factor": factor}) for factor in (0.5, 2))
    moves_up(short, long)
