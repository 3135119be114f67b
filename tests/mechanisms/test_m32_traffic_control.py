"""M32: police who direct traffic at a jammed site let responders through, the more so the more they get done."""

from statistics import fmean

import pytest

from sim.spec.load import load
from tests.mechanisms.helping import run, shortened, without_task
from tests.mechanisms.paired import moves

JAMMED = {"volunteers.registration": "none"}
SITE = load("factory-fire").scenario.hazard.site
END_MIN = 300

few_or_many = pytest.mark.parametrize(
    "seeds", [pytest.param(6, marks=pytest.mark.slow), pytest.param(30, marks=pytest.mark.loop)]
)


def way_min(events):
    """Mean minutes that fire engines and ambulances take for a way to the site or from it, once it is jammed.

    Counted from when the first crew would direct traffic there: a quarter of an hour after the jam began.
    """
    jam_s = next(event.at_s for event in events if event.kind == "road.jammed") + 15 * 60
    at, ways = {}, []
    for event in events:
        if event.kind == "unit.left" and event.actor in ("emergency", "health"):
            if event.at_s >= jam_s and SITE in (event.data["to"], at.get(event.subject)):
                ways.append((event.data["arrives_s"] - event.at_s) / 60)
        elif event.kind == "unit.arrived":
            at[event.subject] = event.data["place"]
    return fmean(ways) if ways else 0.0


def exercise(directed=True):
    whole = shortened("factory-fire", END_MIN)
    return whole if directed else without_task(whole, "direct-traffic")


@few_or_many
def test_responders_get_through_sooner_where_police_direct_traffic(seeds):
    pairs = [[way_min(run(exercise(on), seed, overrides=JAMMED)) for on in (False, True)] for seed in range(seeds)]
    moves([there - without for without, there in pairs], down=True)


@few_or_many
@pytest.mark.parametrize(("name", "better", "worse"), [("traffic.directed", 2, 1), ("traffic.let_through", 0, 1)])
def test_the_more_police_get_done_the_sooner_responders_get_through(name, better, worse, seeds):
    found = [
        [way_min(run(exercise(), seed, overrides={**JAMMED, name: value})) for value in (worse, better)]
        for seed in range(seeds)
    ]
    moves([after - before for before, after in found], down=True)
