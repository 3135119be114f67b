"""M32: police who keep order at hospitals and shelters speed up handing over, admission and registration."""

from functools import cache
from statistics import fmean

import pytest

from sim.play.session import Session
from tests.mechanisms.helping import shortened
from tests.mechanisms.paired import falls
from tests.play.made import changed

SEEDS = pytest.mark.parametrize(
    "seeds", [pytest.param(6, marks=pytest.mark.slow), pytest.param(30, marks=pytest.mark.loop)]
)
SHELTER = "west-assembly"


@cache
def planned(scenario, minutes, order):
    """Return a scenario, ended early, in whose plan police keep order at doors, or do not."""

    def change(data):
        if not order:
            data["tasks"] = [task for task in data["tasks"] if not task["id"].startswith("keep-order")]

    return changed(shortened(scenario, minutes), change, "plan")


@cache
def run(scenario, seed, *, order, crowding=2, minutes=360):
    return (
        Session(planned(scenario, minutes, order), seed=seed, overrides={"hospital.crowding": crowding}).finish().events
    )


def into_bay_s(events):
    """Return how long it took from an ambulance's arrival until its patients got a treatment bay, on the mean."""
    found = []
    for event in events:
        if event.kind == "patient.admitted" and event.actor == "health":
            found.append(event.at_s - events[event.cause].at_s)
    return fmean(found)


def at_hospital_s(events):
    """Return how long ambulances stood at hospitals after they had come with patients, in seconds."""
    found, since = 0, {}
    for event in events:
        if event.kind == "unit.arrived" and event.actor == "health" and event.data["place"].endswith("-hospital"):
            since[event.subject] = event.at_s
        elif event.kind in ("unit.left", "unit.free") and event.subject in since:
            found += event.at_s - since.pop(event.subject)
    return found


def queue(seed, *, order):
    """Return how many people waited in the shelter to be registered, on the mean; nobody stands at hospitals."""
    overrides = {"hospital.crowding": 2, "relatives.per_patient": 0}
    record = Session(planned("factory-fire", 240, order), seed=seed, overrides=overrides).finish()
    return fmean(row["at_doors"] for row in record.series)


@SEEDS
@pytest.mark.parametrize("figure", [into_bay_s, at_hospital_s])
def test_order_at_hospitals_brings_patients_into_bays_and_sets_ambulances_free_sooner(figure, seeds):
    without, kept = ([figure(run("earthquake", seed, order=way)) for seed in range(seeds)] for way in (False, True))
    falls(without, kept)


@SEEDS
def test_a_crowd_that_nobody_keeps_in_order_holds_ambulances_up(seeds):
    calm, crowded = (
        [at_hospital_s(run("earthquake", seed, order=False, crowding=most)) for seed in range(seeds)] for most in (1, 2)
    )
    falls(crowded, calm)


@SEEDS
def test_order_at_the_shelter_lets_everybody_be_registered_sooner(seeds):
    without, kept = ([queue(seed, order=way) for seed in range(seeds)] for way in (False, True))
    falls(without, kept)


@SEEDS
def test_more_clerks_register_people_sooner(seeds):
    few, many = (
        [
            fmean(
                row["at_doors"]
                for row in Session(planned("factory-fire", 240, True), seed=seed, overrides=o).finish().series
            )
            for seed in range(seeds)
        ]
        for o in ({"shelter.registration": 5}, {"shelter.registration": 60})
    )
    falls(few, many)


def test_police_keep_order_until_nobody_has_been_there_for_a_while():
    events = run("factory-fire", 1, order=True)
    task = next(e.subject for e in events if e.kind == "task.assigned" and e.data["task"] == "keep_order")
    gone = [e.at_s for e in events if e.kind == "crowd.gathered" and e.subject == SHELTER and not e.data["people"]]
    done = next(e.at_s for e in events if e.kind == "task.done" and e.subject == task)
    assert gone[0] < done
