"""The earthquake: whom it buries, who frees them, who stays out in the cold, and when the search is over."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.assess.loss import quantities
from sim.county.cohorts import Where
from sim.county.state import CountyState
from sim.engine import World
from sim.hazards.earthquake import Quake
from sim.hazards.ruins import STAY_OUT, classes_of, stay_out, toll
from sim.play.session import Session
from sim.rng import Luck
from sim.spec.hazards.earthquake import Aftershocks, Earthquake, Neighbors
from sim.spec.load import load
from sim.spec.orders import TaskKind
from sim.spec.parameters import parse_overrides
from tests.engine.worlds import HOUR, fixed, of_kind, run

FRAME = (("concrete_frame", 1.0),)
EARTH = (("earth", 1.0),)
QUIET = Aftershocks(least=5.9, greatest=5.9)


@cache
def exercise():
    return load("earthquake")


def shaken(seed=0, **hazard):
    """Return a world in which the earth has just shaken, and the quake."""
    base = exercise()
    spec = base.scenario.hazard.model_copy(update={"aftershocks": QUIET, **hazard})
    changed = replace(base, scenario=base.scenario.model_copy(update={"hazard": spec}))
    world = World(changed, parse_overrides({}), Luck(seed))
    county = CountyState(world)
    quake = Quake(world, county, spec, main=True)
    quake.start(world.log.emit("run.started", "", "x", None))
    return world, county, quake


def buried(world):
    return sum(bool(event.data.get("trapped")) for event in of_kind(world, "patient.hurt"))


def killed(world):
    return sum(event.data.get("killed", 0) for event in of_kind(world, "people.hurt"))


# --- what one shock does ---------------------------------------------------------------------------------------------


@given(
    st.floats(4, 12), st.floats(0, 2), st.integers(0, 50_000), st.floats(0.001, 0.999), st.sampled_from([FRAME, EARTH])
)
def test_a_stronger_shock_buries_no_fewer_and_nobody_is_hurt_twice(weak, more, people, u, classes):
    one, other = (toll(people, 0.95, degrees, classes, lambda _: u) for degrees in (weak, weak + more))
    assert all(count >= 0 for count in one)
    assert sum(one) <= people
    assert sum(one[1:]) <= sum(other[1:])


def test_the_share_buried_is_the_published_one():
    # earth walls, intensity IX: half of the houses fall and 60 % of those in them are buried (Coburn and Spence)
    found = toll(10_000, 1.0, 9.0, EARTH, lambda _: 0.5)
    assert 3000 == sum(found[1:])
    assert (600, 900) == (found.killed, found.critical)


def test_a_place_without_a_mix_is_built_of_frames_and_every_mix_makes_one():
    spec = exercise().scenario.hazard
    assert FRAME == classes_of(None, spec)
    for mix in exercise().county.building_mixes:
        assert 1 == pytest.approx(sum(share for _, share in classes_of(mix, spec)))


@given(st.floats(0, 12), st.floats(0, 3))
def test_the_stronger_it_shook_the_more_stay_outside(weak, more):
    assert 0 <= stay_out(weak) <= stay_out(weak + more) <= 1


def test_the_share_outside_goes_through_its_points():
    assert [share for _, share in STAY_OUT] == [stay_out(degrees) for degrees, _ in STAY_OUT]
    assert 0 == stay_out(6.49)


# --- the process -----------------------------------------------------------------------------------------------------


def test_nothing_happens_before_it_begins():
    base = exercise()
    world = World(base, parse_overrides({}), Luck(0))
    quake = Quake(world, CountyState(world), base.scenario.hazard, main=True)
    run(world, HOUR)
    assert [] == world.log.events
    assert 0 == quake.trapped


@settings(max_examples=3)
@given(st.integers(0, 1000))
def test_a_greater_magnitude_hurts_more_under_the_same_luck(seed):
    tolls = []
    for magnitude in (5.5, 6.5):
        world, _, _ = shaken(seed, magnitude=magnitude)
        tolls.append(buried(world) + killed(world))
    assert tolls == sorted(tolls)
    assert tolls[0] < tolls[-1]


def test_everybody_stays_somewhere_also_after_aftershocks():
    world, county, _ = shaken(2, aftershocks=Aftershocks(least=3.5, greatest=5.5))
    for hours in (0, 1, 3):
        run(world, hours * HOUR)
        for settlement in county.places.values():
            assert settlement.people == sum(settlement.counts.values())
            assert 0 <= settlement.unhoused <= settlement.count(Where.OUTSIDE)
    assert 1 < len(of_kind(world, "ground.shook"))


def test_aftershocks_keep_to_their_magnitudes():
    world, _, _ = shaken(4, aftershocks=Aftershocks(least=3.5, greatest=5.0, strong=4.0))
    run(world, 10 * HOUR)
    first, *later = (event.data["magnitude_tenths"] for event in of_kind(world, "ground.shook"))
    assert 60 == first
    assert all(35 <= tenths <= 50 for tenths in later)
    assert (max(later) >= 40) is (world.truth.value("quake/strong_aftershock") is True)


def test_intensity_falls_with_distance_where_the_ground_is_the_same():
    _, _, quake = shaken(scatter_deg=0.0)
    assert max(quake.shaken, key=quake.shaken.__getitem__) == quake.site
    assert quake.shaken["yanxi"] > quake.shaken["shuanghe"] > quake.shaken["east-border"]


@pytest.mark.parametrize(("share", "some"), [(0.0, False), (1.0, True)])
def test_neighbors_free_those_whom_they_can(share, some):
    world, _, quake = shaken(1, neighbors=Neighbors(share=share, frees=fixed(600)))
    trapped = quake.trapped
    run(world, 599)
    assert [] == of_kind(world, "patient.rescued")
    run(world, 600)
    freed = of_kind(world, "patient.rescued")
    assert some is bool(freed)
    assert {"neighbors"} >= {event.data["unit"] for event in freed}
    dead = sum(event.at_s <= 600 for event in of_kind(world, "patient.died"))
    assert trapped - len(freed) - dead <= quake.trapped <= (0 if some else trapped)


def test_the_search_is_over_when_nobody_alive_is_trapped():
    world, _, quake = shaken(1, neighbors=Neighbors(share=1.0, frees=fixed(600)))
    run(world, 2 * HOUR)
    assert quake.running is False
    assert world.truth.value("incident/over") is True
    world, _, quake = shaken(1, neighbors=Neighbors(share=0.0))
    run(world, 3 * HOUR)
    assert quake.running
    assert quake.trapped == world.truth.value("quake/trapped") > 0


@pytest.mark.parametrize(("air_c", "cold"), [(20, False), (10, False), (-12, True)])
def test_only_where_it_is_cold_does_the_cold_hurt(air_c, cold):
    world, county, _ = shaken(1, air_c=air_c)
    assert cold is bool(of_kind(world, "danger.reached"))
    assert cold is (county.casualties.trapped_factor > 1)


def test_the_trapped_die_faster_in_the_cold():
    deaths = []
    for air_c in (10, -20):
        world, county, _ = shaken(2, air_c=air_c, neighbors=Neighbors(share=0.0))
        trapped = [one for one in county.casualties.everybody() if one.trapped]
        run(world, 6 * HOUR)
        deaths.append(sum(one.dead for one in trapped))
    assert deaths[0] < deaths[1]


class Crew:
    """A crew that notes when it is buried."""

    place, id, doing = "yanxi", "digger", TaskKind.SEARCH

    def __init__(self):
        self.buried = 0

    def bury(self, _):
        self.buried += 1


@pytest.mark.parametrize(
    ("chance", "doing", "hurt"), [(1.0, "search", True), (0.0, "search", False), (1.0, "treat", False)]
)
def test_aftershocks_hurt_crews_that_search_ruins(chance, doing, hurt):
    shocks = Aftershocks(least=4.9, greatest=5.5, crew_hurt=chance)
    world, county, _ = shaken(
        1, aftershocks=shocks, scatter_deg=0.0, magnitude=6.4, air_c=15, neighbors=Neighbors(share=0.0)
    )
    crew = Crew()
    crew.doing = TaskKind(doing)
    county.crews.append(crew)
    run(world, 10 * HOUR)
    assert 1 < len(of_kind(world, "ground.shook"))
    assert hurt is bool(crew.buried)


def test_valves_can_be_shut_once_and_only_where_there_is_a_works():
    world, _, quake = shaken()
    job = quake.effort(TaskKind.CONTAIN)
    assert job.pending()
    job.done(0)
    assert not job.pending()
    assert world.truth.value("quake/valves_shut") is True
    assert shaken(works=None)[2].effort(TaskKind.CONTAIN) is None


def test_those_killed_at_once_count_as_deaths():
    record = Session(exercise(), seed=1, policy="none", audit=True).finish()
    dead = sum(event.data.get("killed", 0) for event in record.events if event.kind == "people.hurt")
    assert dead > 0
    micro = record.events[-1].data["expected_deaths_micro"]
    assert dead + micro / 1_000_000 == pytest.approx(quantities(record)["death"], abs=1e-6)


def test_an_earthquake_has_no_owner_unless_one_is_given():
    assert Earthquake(kind="earthquake", site="yanxi", magnitude=5, region="east", strike_deg=0, air_c=0).owner is None
