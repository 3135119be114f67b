"""M48: what the team table says of a team counts: how long it lasts, its air, how far it goes, how many it carries."""

from statistics import fmean

import pytest

from sim.assess.resources import resources, seconds_by_status, stays
from sim.play.session import Session
from sim.spec.load import load
from tests.mechanisms.paired import moves
from tests.play.made import changed

both = pytest.mark.parametrize(
    "seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)]
)


def teams(department, **fields):
    """Return the chlorine leak with other teams of a department."""

    def change(data):
        for unit in data["units"]:
            if unit["department"] == department:
                unit.update(fields)

    return changed(load("chlorine-leak"), change, "county")


def pairs(one, other, seeds, figure):
    return [
        figure(Session(other, seed=seed).finish()) - figure(Session(one, seed=seed).finish()) for seed in range(seeds)
    ]


def mean_min(record, kind):
    return fmean(event.at_s for event in record.events if event.kind == kind) / 60


@both
def test_less_air_brings_people_out_later(seeds):
    differences = pairs(
        load("chlorine-leak"),
        teams("emergency", air="15min"),
        seeds,
        lambda record: mean_min(record, "patient.rescued"),
    )
    moves(differences, down=False)


@both
def test_less_endurance_means_more_rest(seeds):
    def resting_s(record):
        return sum(own["resting"] for own in seconds_by_status(stays(record)).values())

    moves(pairs(load("chlorine-leak"), teams("health", endurance="1h"), seeds, resting_s), down=False)


@both
def test_teams_that_are_not_sent_far_leave_tasks_without_a_unit(seeds):
    near = teams("health", reach="1min")
    moves(pairs(load("chlorine-leak"), near, seeds, lambda record: resources(record)["short_min"]), down=False)


@both
def test_smaller_ambulances_bring_patients_to_hospital_later(seeds):
    one = teams("health", seats=1)
    differences = pairs(load("chlorine-leak"), one, seeds, lambda record: mean_min(record, "patient.admitted"))
    moves(differences, down=False)
