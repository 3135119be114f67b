"""M11: the government sets the task before departments spend what they share; the first response is their own."""

from sim.assess.command import unmandated
from sim.play.session import Session
from tests.mechanisms.helping import shortened
from tests.mechanisms.paired import SEEDS, falls


@SEEDS
def test_departments_that_wait_for_the_order_take_no_task_without_it(seeds):
    exercise = shortened("three-outages", 60)
    early, waiting = (
        [
            unmandated(Session(exercise, seed=seed, overrides={"command.mandate_first": way}).finish().events)
            for seed in range(seeds)
        ]
        for way in ("off", "on")
    )
    falls(early, waiting)
    assert not any(waiting)
