"""A panic without a reason: nothing before people flee, more harm where more flee, and what police do about it."""

from dataclasses import replace

import pytest

from sim.county.state import CountyState
from sim.engine import World
from sim.hazards.effort import Stand
from sim.hazards.rumor_only import Panic
from sim.play.session import Session
from sim.rng import Luck
from sim.spec.checks.names import Names
from sim.spec.checks.scenario import find_in_scenario
from sim.spec.load import load
from sim.spec.orders import TaskKind
from sim.spec.parameters import parse_overrides
from tests.engine.worlds import of_kind

SLOT_S = 300
BRIDGE = "river-bridge"


@pytest.fixture(scope="module")
def exercise():
    return load("rumor-panic")


def panic(exercise, seed=0, **given):
    """Return a world with a rumor that nobody believes yet, and the panic."""
    hazard = exercise.scenario.hazard.model_copy(update=given)
    changed = replace(exercise, scenario=exercise.scenario.model_copy(update={"hazard": hazard}))
    world = World(changed, parse_overrides({}), Luck(seed, audit=True))
    found = Panic(world, CountyState(world), hazard, main=True)
    found.start(world.log.emit("run.started", "", "x", None))
    return world, found


def flee(found, slots=8, people=1000):
    for number in range(slots):
        found.fled(people, people * (number + 1), SLOT_S, 0)
    return found


def hurt(world):
    return sum(event.data["light"] for event in of_kind(world, "people.hurt"))


def test_there_is_no_panic_before_anybody_leaves(exercise):
    world, found = panic(exercise)
    found.fled(0, 0, SLOT_S, 0)
    assert ["run.started", "hazard.started"] == [event.kind for event in world.log.events]
    assert [] == found.seen("filling-hall")
    found.fled(100, 100, SLOT_S, 0)
    values = {key: world.truth.value(f"incident/{key}") for key in ("sign", "exists", "over")}
    assert {"sign": True, "exists": True, "over": False} == values
    assert [("rumor/false", True)] == found.seen("filling-hall")
    assert [("rumor/plant_word", "normal")] == found.owner_holds()


def test_it_is_over_when_few_are_still_away_and_the_roads_are_empty_then(exercise):
    world, found = panic(exercise)
    flee(found, slots=4)
    roads, way = found._county.roads, exercise.scenario.hazard.ways_out[0].road
    assert roads.flow(way) == 900
    assert roads.delay_factor(*way) > 1
    found.fled(0, 4000, SLOT_S, 0)
    assert found.running
    found.fled(0, 400, SLOT_S, 0)
    assert (False, True) == (found.running, world.truth.value("incident/over"))
    assert 0 == roads.flow(way)
    events = len(world.log.events)
    flee(found)
    assert events == len(world.log.events)


def test_more_who_flee_are_more_who_are_hurt(exercise):
    def total(people):
        harmed = 0
        for seed in range(12):
            world, found = panic(exercise, seed)
            flee(found, people=people)
            harmed += hurt(world)
        return harmed

    found = [total(people) for people in (0, 300, 1000, 3000)]
    assert found == sorted(found)
    assert 0 == found[0] < found[1]
    # 12 runs x 24,000 people x 0.6 accidents per 1,000 x 4 in a vehicle
    assert 12 * 24 * 0.6 * 4 == pytest.approx(found[-1], rel=0.25)


def test_all_in_a_vehicle_that_goes_into_water_may_drown(exercise):
    world, found = panic(exercise, 5, into_water=1.0)
    flee(found, people=5000)
    by_water = {way.at: way.by_water for way in exercise.scenario.hazard.ways_out}
    for event in of_kind(world, "people.hurt"):
        expected = 4 if by_water[event.subject] else 1
        assert expected == event.data["serious"]
    kinds = {event.data["place"]: event.data["injury"] for event in of_kind(world, "patient.hurt")}
    assert {place: "drowning" if wet else "trauma" for place, wet in by_water.items()} == kinds


def test_traffic_police_prevent_accidents_where_they_stand_and_nowhere_else(exercise):
    where = [{}, {}]
    for seed in range(12):
        for posted in (False, True):
            world, found = panic(exercise, seed, guarded=1.0)
            stand = found.effort_at(TaskKind.CONTROL_FLOW, BRIDGE)
            assert isinstance(stand, Stand)
            if posted:
                stand.join("patrol-1", 1.0, 0)
            flee(found, people=3000)
            for event in of_kind(world, "people.hurt"):
                where[posted][event.subject] = where[posted].get(event.subject, 0) + 1
    assert where[0].pop(BRIDGE) > 5
    assert where[0] == where[1]


def test_opened_shelters_keep_people_off_the_roads(exercise):
    harmed = []
    for opened in (0, 1, 2):
        total = 0
        for seed in range(12):
            world, found = panic(exercise, seed, sheltered=0.8)
            for place in exercise.scenario.hazard.shelters[:opened]:
                found.effort_at(TaskKind.CONTROL_FLOW, place).join("crowd-1", 1.0, 0)
            total += hurt((flee(found, people=3000), world)[1])
        harmed.append(total)
    assert harmed[0] > harmed[1] > harmed[2] > 0


def test_nothing_else_can_be_done_about_it(exercise):
    _, found = panic(exercise)
    assert found.effort_at(TaskKind.CONTROL_FLOW, "liuwan") is None
    assert found.effort_at(TaskKind.CONTAIN, BRIDGE) is None
    assert () == found.threatened(lambda _: True)


@pytest.mark.parametrize(
    ("rumor", "hazard", "what"),
    [
        ({"flight": None}, {}, "nobody flees"),
        ({}, {"shelters": ("nowhere",)}, "nowhere"),
    ],
)
def test_what_cannot_be_is_found(exercise, rumor, hazard, what):
    scenario = exercise.scenario.model_copy(
        update={
            "rumor": exercise.scenario.rumor.model_copy(update=rumor),
            "hazard": exercise.scenario.hazard.model_copy(update=hazard),
        }
    )
    broken = replace(exercise, scenario=scenario)
    assert any(what in told for _, told, _ in find_in_scenario(broken, Names(broken)))
    assert [] == list(find_in_scenario(exercise, Names(exercise)))


def test_a_run_hurts_fewer_the_sooner_a_checked_statement_is_out(exercise):
    def left(**given):
        return Session(exercise, seed=2, audit=True, **given).finish().events[-1].data["rumor_left_person_s"]

    soon, late = left(), left(overrides={"plan.key_delay": 60.0})
    silent = left(decisions={"first-statement": "conference"})
    denied = left(decisions={"first-statement": "deny"})
    assert soon < late < silent < denied
