"""M57: review by experts and the age of a plan decide how surely it is followed."""

from tests.mechanisms.plan_pairs import differences, measured, moves, paired, planned


@paired
def test_an_unreviewed_or_old_plan_is_followed_less(seeds):
    good = measured(planned(), seeds)
    old = measured(planned(review={"revised": "2012-05-01"}), seeds)
    for worse in (old, measured(planned(review={"by_experts": False}), seeds)):
        assert moves(differences(good, worse, "forgotten"), +1)
    assert moves(differences(good, old, "execution"), -1)
