"""M50: who is not qualified gets no task that needs it, if qualifications are looked at; else it is a safety event."""

from tests.mechanisms.helping import below_zero, both, run, shortened, with_task


def misused(events):
    return sum(event.kind == "unit.misused" for event in events)


@both
def test_looking_at_qualifications_prevents_wrong_use(seeds):
    exercise = shortened("earthquake", 200)
    order = {"do": "register_helpers", "check": False}
    careless = with_task(exercise, "register-helpers", lambda task: {**task, "orders": [order]})
    differences = [misused(run(exercise, seed)) - misused(run(careless, seed)) for seed in range(seeds)]
    assert all(misused(run(exercise, seed)) == 0 for seed in range(2))
    assert below_zero(differences)
