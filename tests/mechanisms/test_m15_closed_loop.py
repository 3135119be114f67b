"""M15: the duty ticket is registered, verified, followed up and fed back."""

from tests.mechanisms.plan_pairs import differences, measured, moves, paired, planned


@paired
def test_the_loop_closes_where_the_duty_office_works_and_not_where_it_does_not(seeds):
    exercise = planned(minutes=75)
    working = measured(exercise, seeds)
    assert moves(differences(working, measured(exercise, seeds, policy="none"), "ticket_closure"), -1)
    forgetful = measured(exercise, seeds, {"plan.follow": 0, "plan.recall": 720})
    assert moves(differences(working, forgetful, "ticket_closure"), -1)
