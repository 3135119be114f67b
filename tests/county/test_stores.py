"""Stores: whatever is moved where, nothing comes out of nothing and nothing is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.county.stores import Stores
from sim.engine import World
from sim.rng import Luck
from sim.spec.parameters import Parameters
from tests.engine.worlds import whole_exercise

PLACES = ("relief-warehouse", "flood-warehouse", "truck-1", "liuwan")


def stores(**overrides):
    exercise = whole_exercise()
    world = World(exercise, Parameters(tuple(overrides.items())), Luck(1))
    return world, Stores(world, exercise.county.units)


def total(of, item):
    return sum(amount for (_, what), amount in of.everything().items() if what == item)


@settings(max_examples=30, deadline=None)
@given(moves=st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES), st.integers(0, 3000)), max_size=12))
def test_whatever_is_moved_is_taken_where_it_was(moves):
    _, kept = stores()
    before = total(kept, "blanket")
    for start, end, amount in moves:
        had = kept.held(start, "blanket")
        if amount > had:
            with pytest.raises(ValueError, match="does not hold"):
                kept.move("blanket", amount, start, end, 0)
        else:
            kept.move("blanket", amount, start, end, 0)
        assert total(kept, "blanket") == before
        assert min(kept.everything().values()) >= 0


def test_what_is_there_at_first_follows_the_factor_and_what_units_carry_does_not():
    _, whole = stores()
    _, half = stores(**{"supply.stock_factor": 0.5})
    assert half.held("relief-warehouse", "blanket") * 2 == whole.held("relief-warehouse", "blanket") > 0
    assert half.held("bag-maker", "sandbag") * 2 == whole.held("bag-maker", "sandbag") > 0
    assert half.held("engine-1", "foam") == whole.held("engine-1", "foam") > 0


def test_who_waits_for_an_item_at_a_place_hears_when_more_of_it_comes():
    _, kept = stores()
    coming = kept.coming("liuwan", "blanket")
    kept.move("tent", 1, "relief-warehouse", "liuwan", 7)
    assert not coming.triggered
    kept.move("blanket", 1, "relief-warehouse", "liuwan", 8)
    assert (coming.triggered, coming.value) == (True, 8)
    assert kept.since("liuwan", item="blanket") == (8,)
