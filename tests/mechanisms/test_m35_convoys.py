"""M35: behind an escort vehicles get through a jam sooner, after they have waited for it and for each other."""

import pytest

from sim.play.session import Session
from sim.spec.load import load
from sim.spec.orders import ORDER
from tests.mechanisms.helping import shortened
from tests.mechanisms.paired import moves

SITE = load("factory-fire").scenario.hazard.site
ORDERED_S, END_MIN = 200 * 60, 360
JAMMED = {"volunteers.registration": "none"}

few_or_many = pytest.mark.parametrize(
    "seeds", [pytest.param(6, marks=pytest.mark.slow), pytest.param(30, marks=pytest.mark.loop)]
)


def convoy(seed, escort, **overrides):
    """Events of a fire to whose jammed site three buses are sent, with an escort or without."""
    session = Session(shortened("factory-fire", END_MIN), seed=seed, policy="none", overrides={**JAMMED, **overrides})
    send = {"do": "send", "task": "evacuate", "at": SITE, "units": ["bus"], "count": 3, "escort": escort}
    send |= {"wait_outside": False, "avoid_danger": False}
    transport = session.scene.organizations["transport"]
    session.world.clock.at(ORDERED_S, lambda: transport.dispatch(ORDER.validate_python(send), "buses", 0))
    return [event for event in session.finish().events if event.actor == "transport" and event.at_s >= ORDERED_S]


def arrival_min(events):
    """Minutes from the order until the last of them is there."""
    there = {}
    for one in events:
        if one.kind == "unit.arrived" and one.data["place"] == SITE:
            there.setdefault(one.subject, one.at_s)
    assert len(there) == 3
    return (max(there.values()) - ORDERED_S) / 60


def waiting_min(events):
    """Minutes that vehicles waited for an escort and for each other."""
    since, found = {}, 0.0
    for one in events:
        if one.kind == "task.waiting" and one.data["what"] == "escort":
            since[one.subject] = one.at_s
        elif one.subject in since:
            found += (one.at_s - since.pop(one.subject)) / 60
    return found


@few_or_many
@pytest.mark.parametrize(("figure", "down"), [(arrival_min, True), (waiting_min, False)])
def test_behind_an_escort_they_are_through_a_jam_sooner_and_have_waited_for_it(figure, down, seeds):
    moves([figure(convoy(seed, True)) - figure(convoy(seed, False)) for seed in range(seeds)], down=down)


@few_or_many
def test_less_patience_means_less_waiting(seeds):
    differences = []
    for seed in range(seeds):
        long, short = (waiting_min(convoy(seed, True, **{"convoy.patience": patience})) for patience in (60, 3))
        differences.append(short - long)
    moves(differences, down=True)
