"""M76: key units that are told shelter their people and top up their own power; those that are not do neither."""

from sim.play.session import Session
from tests.mechanisms.helping import below_zero, both, run, shortened, without_task

END_MIN = 120


def prepared(events):
    """How many key units took their measures."""
    return sum(event.kind == "keyunit.prepared" for event in events)


@both
def test_only_key_units_that_are_told_prepare(seeds):
    exercise = shortened("three-outages", END_MIN)
    untold = without_task(exercise, "alert-key-units")
    assert below_zero([prepared(run(untold, seed)) - prepared(run(exercise, seed)) for seed in range(seeds)])


@both
def test_the_wider_the_radius_the_more_are_told(seeds):
    exercise = shortened("three-outages", END_MIN)
    near, far = {"keyunits.within": 1}, {"keyunits.within": 20}
    differences = [
        prepared(run(exercise, seed, overrides=near)) - prepared(run(exercise, seed, overrides=far))
        for seed in range(seeds)
    ]
    assert below_zero(differences)


def test_a_school_that_is_told_has_its_pupils_inside():
    record = Session(shortened("chlorine-leak", END_MIN), seed=1).finish()
    sheltered = {one.subject: one.data["sheltered"] for one in record.events if one.kind == "keyunit.prepared"}
    assert sheltered["park-school"] >= 0
    assert set(sheltered) <= {"park-school", "cold-store", "cyanide-store", "filling-hall"}
