"""M38: vertical, horizontal and hard-problem coordination are counted apart."""

from tests.mechanisms.plan_pairs import differences, measured, moves, paired, planned


@paired
def test_silence_is_counted_on_its_own_side(seeds):
    exercise = planned(minutes=75)
    before = measured(exercise, seeds)
    silent = measured(exercise, seeds, policy="none")
    assert moves(differences(before, silent, "vertical_min"), +1)
    assert moves(differences(before, silent, "problem_min"), +1)
    slow = measured(exercise, seeds, {"comms.delay_factor": 6})
    assert moves(differences(before, slow, "horizontal_min"), +1)
