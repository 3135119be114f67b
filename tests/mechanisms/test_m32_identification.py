"""M32: police find out who the nameless are, so that families know, call less, and crowd the hospitals less."""

from functools import cache
from statistics import fmean

import pytest

from sim.assess.aftermath import in_the_dark
from sim.assess.index import Index
from sim.play.session import Session
from tests.mechanisms.helping import shortened
from tests.mechanisms.paired import falls
from tests.play.made import changed

SEEDS = pytest.mark.parametrize(
    "seeds", [pytest.param(6, marks=pytest.mark.slow), pytest.param(30, marks=pytest.mark.loop)]
)


@cache
def planned(*, teams=2, minutes=25):
    """Return the earthquake, ended early, with so many teams that identify, and who take so long for each."""

    def change(data):
        data["work"]["identify"] = {"lognormal": {"median": f"{minutes}min", "sigma": 0.5}}
        data["tasks"] = [task for task in data["tasks"] if task["id"] != "identify" or teams]
        for task in data["tasks"]:
            for order in task["orders"]:
                if order.get("task") == "identify":
                    order["count"] = teams

    return changed(shortened("earthquake", 360), change, "plan")


@cache
def run(seed, *, calls=0.5, relatives=3, **plan):
    overrides = {"families.calls": calls, "relatives.per_patient": relatives}
    return Session(planned(**plan), seed=seed, overrides=overrides).finish()


def in_the_dark_min(record):
    """Return for how long families did not know where theirs were, on the mean; those who never knew, to the end."""
    return fmean(in_the_dark(Index(record)))


def calls(record):
    return record.events[-1].data["calls"] + record.series[-1]["hotline_calls"]


def at_hospitals(record):
    return fmean(row["at_doors"] for row in record.series)


@SEEDS
def test_families_know_sooner_where_teams_identify(seeds):
    nobody, two, slow = (
        [in_the_dark_min(run(seed, **plan)) for seed in range(seeds)] for plan in ({"teams": 0}, {}, {"minutes": 75})
    )
    falls(nobody, two)
    falls(slow, two)


@SEEDS
def test_families_who_do_not_know_call(seeds):
    """More of them call more often, and fewer call once teams have named theirs."""
    few, many = ([calls(run(seed, calls=number)) for seed in range(seeds)] for number in (0, 4))
    falls(many, few)
    nobody, quick = ([calls(run(seed, calls=4, **p)) for seed in range(seeds)] for p in ({"teams": 0}, {"minutes": 5}))
    falls(nobody, quick)


@SEEDS
def test_families_who_look_for_theirs_crowd_the_hospitals(seeds):
    nobody, quick = ([at_hospitals(run(seed, **p)) for seed in range(seeds)] for p in ({"teams": 0}, {"minutes": 5}))
    falls(nobody, quick)
    few, many = ([at_hospitals(run(seed, relatives=number)) for seed in range(seeds)] for number in (1, 6))
    falls(many, few)
