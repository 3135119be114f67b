"""M89: too early costs hours, too late costs lives: measures put off save less than they lose."""

from sim.assess.aftermath import cost_of_measures, foresight
from sim.assess.index import Index
from sim.play.session import Session
from tests.mechanisms.helping import shortened
from tests.mechanisms.paired import SEEDS, falls


@SEEDS
def test_measures_that_are_put_off_save_less_than_they_lose(seeds):
    exercise = shortened("flash-flood", 240)
    late, early = (
        [Session(exercise, seed=seed, overrides={"plan.key_delay": minutes}).finish() for seed in range(seeds)]
        for minutes in (60, 0)
    )
    leads = [[least_lead(run) for run in runs] for runs in (early, late)]
    falls(*leads)
    costs = [[cost_of_measures(run) for run in runs] for runs in (early, late)]
    saved = [one["measures"] - other["measures"] for one, other in zip(*costs, strict=True)]
    lost = [other["harm"] - one["harm"] for one, other in zip(*costs, strict=True)]
    falls(lost, saved)


def least_lead(record):
    return min(one.lead_min for one in foresight(Index(record)) if one.lead_min is not None)
