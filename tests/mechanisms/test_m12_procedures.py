"""M12: a procedure is an ordered row of steps with owners; who forgets steps takes them out of order."""

from tests.mechanisms.plan_pairs import differences, measured, moves, paired, planned


@paired
def test_steps_come_out_of_order_where_owners_forget_them(seeds):
    exercise = planned(minutes=90)
    known, forgotten = (measured(exercise, seeds, {"plan.follow": share, "plan.recall": 60}) for share in (1, 0.4))
    assert moves(differences(known, forgotten, "deviation"), +1)
