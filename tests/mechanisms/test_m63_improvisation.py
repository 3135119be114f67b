"""M63: where no plan is for the kind of incident, what the general one leaves open is thought of on the spot."""

from sim.assess import plan_measures
from sim.play.session import Session
from tests.mechanisms.plan_pairs import paired


@paired
def test_decisions_see_to_what_the_general_plan_leaves_open(seeds):
    for seed in range(seeds):
        acting, silent = (
            plan_measures.summary(Session("rumor-panic", seed=seed, policy=policy).finish())
            for policy in ("plan", "none")
        )
        assert acting["uncovered"] == silent["uncovered"] > 0
        assert acting["improvised"] > silent["improvised"]
