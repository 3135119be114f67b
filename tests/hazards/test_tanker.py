"""The tanker: what it holds is found out by few, and who stands in the traffic stands in the gas."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.county.state import CountyState
from sim.hazards.tanker_accident import Tanker
from sim.play.session import Session
from sim.rng import Luck
from sim.spec.load import load
from sim.spec.orders import TaskKind
from tests.engine.worlds import HOUR, of_kind, run, world_of

SITE, WEST, EAST = "expressway-k42", "k42-west", "k42-east"


@cache
def exercise():
    return load("expressway-tanker")


def wrecked(seed=0, jam=None, **hazard):
    base = exercise()
    spec = base.scenario.hazard
    jams = tuple(one.model_copy(update=jam or {}) for one in spec.jams)
    scenario = base.scenario.model_copy(
        update={"hazard": spec.model_copy(update={"turns": (), "jams": jams, **hazard})}
    )
    world = world_of(replace(base, scenario=scenario), seed=seed)
    world.luck = Luck(seed, audit=True)
    county = CountyState(world)
    tanker = Tanker(world, county, world.exercise.scenario.hazard, main=True)
    start = world.log.emit("run.started", "", "x", None)
    return world, county, tanker, start


def going(*arguments, until_s=HOUR, **changes):
    world, county, tanker, start = wrecked(*arguments, **changes)
    tanker.start(start)
    run(world, until_s)
    return world, county, tanker, start


def serious(world, place=EAST):
    return sum(event.data["serious"] for event in of_kind(world, "people.hurt") if event.subject == place)


def test_nothing_happens_before_it_begins():
    world, county, tanker, _ = wrecked()
    run(world, HOUR)
    assert [event.kind for event in world.log.events] == ["run.started"]
    assert not any(jam.people for jam in tanker.jams)
    assert not county.places[SITE].cordoned


def test_only_a_crew_with_suits_at_the_vehicle_finds_out_what_it_holds():
    _, _, tanker, _ = going(until_s=600)
    knows = {
        (place, protected): {key for key, _ in tanker.seen_by(place, protected=protected)}
        for place in (SITE, WEST, "county-town")
        for protected in (True, False)
    }
    assert "leak/substance" in knows[SITE, True]
    assert "incident/exists" in knows[SITE, False] & knows[WEST, False]
    for place, protected in ((SITE, False), (WEST, True), (WEST, False)):
        assert "leak/substance" not in knows[place, protected]
    assert not knows["county-town", True]


def test_who_runs_the_road_does_not_know_it_and_those_with_the_papers_do():
    _, _, tanker, _ = wrecked()
    assert dict(tanker.owner_holds()) == {"incident/sign": True}
    assert tanker.on_file() == {
        holder: [("leak/substance", "chlorine")] for holder in ("permit-office", "waybill-center")
    }


def test_whoever_heard_of_the_accident_does_not_drive_through_the_wreck():
    _, _, tanker, _ = going(until_s=60)
    assert tanker.threatened({}.get) == ()
    assert tanker.threatened({"incident/sign": True}.get) == (SITE,)
    assert tanker.threatened({f"{EAST}/danger": True}.get) == (SITE,)
    assert tanker.threatened({"incident/sign": True, "incident/over": True}.get) == ()


@settings(max_examples=8)
@given(st.integers(0, 1000), st.integers(1, 30), st.integers(5, 600))
def test_whoever_came_stands_got_away_or_was_hurt(seed, per_min, most):
    world, _, tanker, _ = going(seed, jam={"people_per_min": float(per_min), "most": most}, until_s=3 * HOUR)
    for jam in tanker.jams:
        hurt = serious(world, jam.jam.at)
        assert jam.came == jam.people + jam.left + hurt
        assert 0 <= jam.people <= most
        assert jam.came <= per_min * 180 + 1


def test_nobody_joins_a_jam_whose_exit_is_closed():
    world, county, tanker, start = wrecked()
    tanker.start(start)
    run(world, 600)
    west, east = tanker.jams
    came = west.came, east.came
    county.close("south-exit", start)
    run(world, 1800)
    assert west.came == came[0]
    assert east.came > came[1]


def test_the_jam_in_the_wind_is_hurt_and_the_other_is_not():
    world, _, _, _ = going(until_s=2 * HOUR)
    assert serious(world) > 0
    assert serious(world, WEST) == 0


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ({"rate_g_s": 300.0}, {"rate_g_s": 3000.0}),
        ({"jam": {"people_per_min": 2.0}}, {"jam": {"people_per_min": 20.0}}),
        ({"jam": {"walk_share": 0.2}}, {"jam": {"walk_share": 0.0}}),
    ],
)
def test_more_gas_more_people_or_less_walking_hurts_more(less, more):
    assert serious(going(until_s=2 * HOUR, **less)[0]) < serious(going(until_s=2 * HOUR, **more)[0])


def turned_around(crews, **changes):
    world, county, tanker, start = wrecked(**changes)
    tanker.start(start)
    run(world, 1200)
    county.close("south-exit", start)
    county.close("huaiping-exit", start)
    stand = tanker.effort(TaskKind.CONTROL_FLOW)
    for number in range(crews):
        stand.join(f"crew-{number}", 1.0, start)
    run(world, 3 * HOUR)
    return world, tanker, stand


def test_crews_turn_the_traffic_around_and_the_more_the_sooner():
    ends = []
    for crews in (0, 1, 3):
        world, tanker, stand = turned_around(crews, jam={"walk_share": 0.0})
        ends.append(max([event.at_s for event in of_kind(world, "people.freed")], default=3 * HOUR))
        assert stand.pending() == (crews == 0)
        assert any(jam.people for jam in tanker.jams) == (crews == 0)
    assert ends[0] > ends[1] > ends[2]
    slow, quick = (
        turned_around(2, jam={"walk_share": 0.0}, turned_per_min=rate)[1].jams[1].left for rate in (0.5, 50.0)
    )
    assert slow < quick


def test_it_is_plugged_like_any_leak_and_the_stuck_go_on_when_the_gas_has_gone():
    world, county, tanker, start = going(until_s=1200)
    tanker.effort(TaskKind.CONTAIN).done(start)
    run(world, 2 * HOUR)
    assert not tanker.running
    assert not county.places[SITE].danger
    assert not any(jam.people for jam in tanker.jams)


def identified(decisions=None, seed=1, policy="plan"):
    record = Session(exercise(), seed=seed, policy=policy, decisions=decisions or {}, audit=True).finish()
    offices = ("police", "emergency", "transport", "duty")
    return min(
        (event.at_s, event.actor)
        for event in of_kind(record, "fact.learned")
        if event.subject == "leak/substance" and event.actor in offices
    )


def test_asking_for_the_papers_finds_out_sooner_than_waiting_for_the_shipper():
    asked, silent = identified()[0], identified(policy="none")[0]
    assert 600 < asked < 3600
    assert silent >= 85 * 60


def test_a_patrol_that_drives_up_to_the_vehicle_is_hurt():
    record = Session(exercise(), seed=1, policy="plan", decisions={"first-patrol": "drive-up"}).finish()
    hurt = [event for event in of_kind(record, "unit.hurt") if event.actor == "police"]
    assert hurt
    assert {event.data["place"] for event in hurt} == {SITE}
