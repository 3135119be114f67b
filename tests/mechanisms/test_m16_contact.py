"""M16: whom calls reach, by whom they are answered, and the log of those that failed."""

from tests.mechanisms.plan_pairs import differences, measured, moves, paired, planned


@paired
def test_more_calls_fail_and_go_on_to_deputy_and_leader_where_fewer_pick_up(seeds):
    exercise = planned(minutes=45)
    before, worse = measured(exercise, seeds), measured(exercise, seeds, {"desk.unanswered_factor": 3})
    assert moves(differences(before, worse, "reached"), -1)
    assert moves(differences(before, worse, "escalated"), +1)
