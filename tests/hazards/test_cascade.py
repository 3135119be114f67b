"""Cascades: a link works once, after its delay, by its chance, and not if it was prevented in time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.county.state import CountyState
from sim.hazards.cascade import Cascade
from sim.spec.cascade import Link
from tests.engine.worlds import HOUR, changed, of_kind, run, world_of

DONE = {"do": "make", "fact": "river/polluted", "value": True}


def linked(seed=0, delay="10min", **fields):
    """Return a world with one link from a leak to the river, and the effects that it has, with their times."""
    link = Link.model_validate(
        {
            "id": "to-the-river",
            "name": {"zh": "入河", "en": "into the river"},
            "when": [{"fact": "incident/exists", "is": True}],
            "delay": {"fixed": delay},
            "effect": DONE,
            "source": "test",
            **fields,
        }
    )
    world, had = world_of(changed(), seed=seed), []
    Cascade(world, [link], lambda effect, name, seq: had.append((world.clock.now, effect.do, name, seq)))
    return world, had


def test_one_thing_leads_to_another_once_after_its_delay():
    world, had = linked()
    start = world.log.emit("run.started", "", "x", None)
    run(world, 60)
    assert [] == had
    for value in (True, False, True):
        world.truth.change("incident/exists", value, start)
        run(world, world.clock.now + 60)
    run(world, 2 * HOUR)
    (led,) = of_kind(world, "cascade.led")
    assert [(660, "make", "to-the-river", led.seq)] == had
    assert "incident/exists" == world.log.events[led.cause].subject


@pytest.mark.parametrize(("prevented_s", "happens"), [(300, False), (600, False), (1200, True)])
def test_what_is_done_in_time_prevents_it(prevented_s, happens):
    world, had = linked(unless=[{"fact": "incident/over", "is": True}])
    start = world.log.emit("run.started", "", "x", None)
    world.clock.at(prevented_s, lambda: world.truth.change("incident/over", True, start))
    world.truth.change("incident/exists", True, start)
    run(world, 2 * HOUR)
    assert (happens, not happens) == (bool(had), bool(of_kind(world, "cascade.prevented")))


@settings(max_examples=30)
@given(st.integers(0, 1000), st.floats(0, 1), st.floats(0, 1))
def test_a_greater_chance_never_takes_an_effect_away(seed, one, other):
    def happens(chance):
        world, had = linked(seed=seed, chance=chance)
        world.truth.change("incident/exists", True, world.log.emit("run.started", "", "x", None))
        run(world, HOUR)
        return bool(had)

    assert happens(min(one, other)) <= happens(max(one, other))


def test_it_happens_about_as_often_as_its_chance():
    happened = 0
    for seed in range(300):
        world, had = linked(seed=seed, chance=0.3)
        world.truth.change("incident/exists", True, world.log.emit("run.started", "", "x", None))
        run(world, HOUR)
        happened += bool(had)
    assert abs(happened - 90) <= 4 * (300 * 0.3 * 0.7) ** 0.5


@pytest.mark.parametrize(("bays", "beds"), [(0, 0), (3, 20), (10_000, 10_000)])
def test_a_damaged_hospital_has_fewer_bays_and_beds(bays, beds):
    world = world_of(changed())
    county = CountyState(world)
    before = county.hospitals.bays["county-hospital"].capacity, county.hospitals.beds["county-hospital"].capacity
    county.hospitals.damage("county-hospital", bays, beds, world.log.emit("run.started", "", "x", None))
    after = county.hospitals.bays["county-hospital"].capacity, county.hospitals.beds["county-hospital"].capacity
    assert (max(0, before[0] - bays), max(0, before[1] - beds)) == after
