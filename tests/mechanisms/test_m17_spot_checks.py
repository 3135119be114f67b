"""M17: spot checks of the watch: answered at the first call, and the leader on shift named."""

from tests.mechanisms.plan_pairs import differences, measured, moves, paired, planned


@paired
def test_a_desk_that_knows_its_duty_list_and_picks_up_passes(seeds):
    exercise = planned(minutes=45)
    good = measured(exercise, seeds, {"duty.spot_checks": 12, "duty.list_known": 1})
    unaware = measured(exercise, seeds, {"duty.spot_checks": 12, "duty.list_known": 0.3})
    absent = measured(exercise, seeds, {"duty.spot_checks": 12, "duty.list_known": 1, "desk.unanswered_factor": 4})
    assert all(run["checks"] == 12 for run in good)
    assert moves(differences(good, unaware, "leader_named"), -1)
    assert moves(differences(good, absent, "checks_answered"), -1)
