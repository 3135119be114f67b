"""M49: the simpler the approval of forces of society, the sooner those who have come get a task."""

from tests.mechanisms.helping import below_zero, both, first_min, run, shortened

END_MIN = 300


def waited_min(events):
    arrived = first_min(events, "aid.arrived", "volunteers", END_MIN)
    return first_min(events, "aid.registered", "volunteers", END_MIN) - arrived


@both
def test_a_simple_approval_lets_them_work_sooner(seeds):
    exercise = shortened("factory-fire", END_MIN)
    differences = [
        waited_min(run(exercise, seed, overrides={"volunteers.approval": 0}))
        - waited_min(run(exercise, seed, overrides={"volunteers.approval": 60}))
        for seed in range(seeds)
    ]
    assert below_zero(differences)
