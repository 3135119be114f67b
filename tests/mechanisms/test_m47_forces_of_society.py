"""M47: forces of society come by themselves and fill the roads at the site until somebody registers them."""

import pytest

from sim.play.session import Session
from tests.mechanisms.helping import below_zero, both, run, shortened

END_MIN = 240


def jammed_min(events):
    """For how many minutes unregistered helpers filled the roads, in force-minutes."""
    begun = {event.actor: event.at_s for event in events if event.kind == "road.jammed"}
    ended = {event.actor: event.at_s for event in events if event.kind == "road.eased"}
    return sum(ended.get(force, END_MIN * 60) - at_s for force, at_s in begun.items()) / 60


@both
@pytest.mark.parametrize("better", ["point", "beforehand"])
def test_registration_clears_the_roads(better, seeds):
    exercise = shortened("factory-fire", END_MIN)
    differences = [
        jammed_min(run(exercise, seed, overrides={"volunteers.registration": better}))
        - jammed_min(run(exercise, seed, overrides={"volunteers.registration": "none"}))
        for seed in range(seeds)
    ]
    assert below_zero(differences)


def test_unregistered_helpers_slow_the_roads_at_the_site_and_more_of_them_slow_it_more():
    factors = []
    for spontaneous in (0, 1, 2):
        overrides = {"volunteers.registration": "none", "volunteers.spontaneous": spontaneous}
        session = Session(shortened("factory-fire", END_MIN), seed=1, overrides=overrides)
        session.finish()
        factors.append(session.scene.county.roads.delay_factor("park-office", "park-works"))
    assert factors[0] == 1.0
    assert 1.0 < factors[1] < factors[2]
