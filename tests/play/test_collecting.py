"""While a run goes on, the garbage collector rests: it would find nothing."""

import gc

import pytest

from sim.engine import not_collecting
from sim.play.session import Session


@pytest.mark.parametrize("scenario", ["chlorine-leak", "crowd-crush"])
def test_a_run_leaves_next_to_no_cycles_on_its_way(scenario):
    session = Session(scenario, seed=1, policy="trained")
    gc.collect()
    with not_collecting():
        session.finish()
        assert gc.collect() < len(session.world.log.events) / 10


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_afterwards_as_it_was_also_after_an_error(enabled):
    (gc.enable if enabled else gc.disable)()
    try:
        with pytest.raises(RuntimeError), not_collecting():
            assert not gc.isenabled()
            raise RuntimeError
        assert gc.isenabled() == enabled
    finally:
        gc.enable()
