"""The release: gas comes with the wind, ends with the leak, and never weighs more than the vessel held."""

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.county.state import CountyState
from sim.hazards.compass import SECTORS, sector
from sim.hazards.toxic_release import Release
from sim.spec.hazards.toxic_release import Escalation, WindTurn
from tests.engine.worlds import HOUR, changed, of_kind, run, whole_exercise, world_of

SITE = "filling-hall"


def leaking(seed=0, **hazard):
    """Return a world in which the leak has just begun, and the release."""
    world = world_of(changed(hazard={"turns": (), "escalation": None, **hazard}), seed=seed)
    release = Release(world, CountyState(world), world.exercise.scenario.hazard, main=True)
    release.start(world.log.emit("run.started", "", "x", None))
    return world, release


def distance_m(place):
    places = {one.id: one for one in whole_exercise().county.places}
    return 1000 * math.hypot(places[place].x_km - places[SITE].x_km, places[place].y_km - places[SITE].y_km)


def released_kg(world, until_s):
    """Return what leaked, from the record alone."""
    kg, rate, since = 0.0, 0.0, 0
    for event in of_kind(world, "hazard.started", "hazard.changed", "hazard.stopped"):
        kg += rate * (event.at_s - since) / 1000
        rate, since = event.data.get("rate_g_s", 0), event.at_s
    return kg + rate * (until_s - since) / 1000


@pytest.mark.parametrize("bearing", range(0, 360, 45))
def test_a_sector_is_named_after_its_middle(bearing):
    assert SECTORS[bearing // 45] == sector(bearing)
    for off in (-22, 22):
        assert sector(bearing) == sector((bearing + off) % 360)
    assert sector(bearing) != sector((bearing + 23) % 360)


@settings(max_examples=15)
@given(st.floats(0.5, 20), st.integers(0, 359))
@example(1.0, 287)
def test_gas_reaches_a_place_when_the_wind_does_and_leaves_as_long_after_the_end(wind, toward):
    world, release = leaking(wind_m_s=wind, wind_toward_deg=toward)
    run(world, 2 * HOUR)
    release.end("plug", 0)
    run(world, 40 * HOUR)
    came = {event.subject: event.at_s for event in reversed(of_kind(world, "danger.reached"))}
    left = {event.subject: event.at_s for event in of_kind(world, "danger.left")}
    assert 0 == came[SITE]
    assert list(came) == [*reversed(list(dict.fromkeys(e.subject for e in of_kind(world, "danger.reached"))))]
    for place, at_s in came.items():
        assert round(distance_m(place) / wind) == at_s
        if at_s <= 2 * HOUR:
            assert 2 * HOUR + at_s == left[place]
    assert not any(world.truth.value(f"{place}/danger") for place in came)


def test_a_leak_stops_once():
    world, release = leaking()
    run(world, 600)
    release.end("plug", 0)
    run(world, 600)
    events = len(world.log.events)
    release.end("attempt", 0)
    run(world, 600)
    assert events == len(world.log.events)
    (stopped,) = of_kind(world, "hazard.stopped")
    assert ("plug", 600, False, True) == (
        stopped.data["by"],
        stopped.at_s,
        release.running,
        world.truth.value("incident/over"),
    )


@settings(max_examples=10)
@given(st.integers(1000, 3000), st.integers(1000, 5000))
def test_the_vessel_runs_empty_and_no_sooner(rate, kg):
    world, release = leaking(rate_g_s=rate, inventory_kg=kg)
    run(world, 2 * HOUR)
    (stopped,) = of_kind(world, "hazard.stopped")
    assert ("empty", False) == (stopped.data["by"], release.running)
    assert kg == pytest.approx(released_kg(world, 2 * HOUR), abs=rate / 1000)


@settings(max_examples=10)
@given(st.integers(1000, 3000), st.integers(1000, 5000), st.integers(60, 3600), st.integers(2, 5))
def test_however_a_leak_grows_it_never_leaks_more_than_there_was(rate, kg, at, factor):
    growing = Escalation(at="T+1min", chance=1, rate_factor=factor).model_copy(update={"at": at})
    world, _ = leaking(rate_g_s=rate, inventory_kg=kg, escalation=growing)
    run(world, 2 * HOUR)
    assert kg == pytest.approx(released_kg(world, 2 * HOUR), abs=factor * rate / 1000)


def turned(seed, **hazard):
    turn = WindTurn(at="T+55min", forecast_at="T+18min", toward_deg=[120, 5], spread_deg=4)
    world, release = leaking(seed, turns=(turn,), **hazard)
    run(world, HOUR)
    return release.toward_deg, [
        (e.at_s, e.data["value"]) for e in of_kind(world, "truth.changed") if "wind" in e.subject
    ]


def test_where_the_wind_turns_is_decided_by_luck_alone():
    bearings = []
    for seed in range(20):
        bearing, facts = turned(seed)
        assert (bearing, facts) == turned(seed, rate_g_s=10, hurt_at_once=whole_exercise().scenario.hazard.hurt_at_once)
        assert (18 * 60, sector(bearing)) == facts[1]
        assert len(facts) == 2 or (55 * 60, sector(bearing)) == facts[2]
        off = [abs((bearing - choice + 180) % 360 - 180) for choice in (120, 5)]
        assert min(off) <= 4 * 12**0.5 / 2
        bearings.append(off.index(min(off)))
    assert {0, 1} == set(bearings)
