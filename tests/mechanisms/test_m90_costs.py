"""M90: what measures cost is shown beside what they prevent."""

from sim.assess.aftermath import MEASURES, cost_of_measures
from sim.assess.loss import loss_parts, total_loss
from sim.play.session import Session
from tests.mechanisms.helping import shortened
from tests.mechanisms.paired import SEEDS, falls


@SEEDS
def test_to_evacuate_costs_more_than_to_shelter(seeds):
    exercise = shortened("chlorine-leak", 120)
    runs = {
        choice: [Session(exercise, seed=seed, decisions={"villages": choice}).finish() for seed in range(seeds)]
        for choice in ("evacuate-liuwan", "shelter-both")
    }
    leave, stay = ([cost_of_measures(run)["measures"] for run in some] for some in runs.values())
    falls(leave, stay)
    for run in runs["evacuate-liuwan"]:
        cost, parts = cost_of_measures(run), loss_parts(run, exercise.rubric.loss)
        assert abs(cost["measures"] + cost["harm"] - total_loss(parts)) < 1e-5
        assert all(cost[part] >= 0 for part in MEASURES)
