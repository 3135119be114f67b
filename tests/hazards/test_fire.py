"""The fire: it grows until water or its fuel ends it; smoke traps who is late; a blast hurts who stands near."""

from dataclasses import replace
from functools import cache

import pytest

from sim.county.cohorts import Where
from sim.county.missing import truly_missing
from sim.county.state import CountyState
from sim.hazards.explosion import Blast
from sim.hazards.fire import Fire
from sim.hazards.formulas.fire_growth import absorbed_kw
from sim.hazards.formulas.smoke_inside import at_ground, exchange_m3_s, mixed_g_m3
from sim.play.session import Session
from sim.rng import Luck
from sim.spec.load import load
from sim.spec.orders import TaskKind
from tests.engine.worlds import HOUR, of_kind, run, world_of

SITE = "park-works"
PEOPLE = 180


@cache
def exercise():
    return load("factory-fire")


def burning(seed=0, inside=None, **hazard):
    base = exercise()
    spec = base.scenario.hazard
    changes = {"inside": spec.inside.model_copy(update=inside or {}), **hazard}
    scenario = base.scenario.model_copy(update={"hazard": spec.model_copy(update=changes)})
    world = world_of(replace(base, scenario=scenario), seed=seed)
    world.luck = Luck(seed, audit=True)
    county = CountyState(world)
    fire = Fire(world, county, world.exercise.scenario.hazard, main=True)
    start = world.log.emit("run.started", "", "x", None)
    return world, county, fire, start


def accounted(county, fire):
    patients = county.casualties.within(SITE).all
    smoke = [one for one in patients if one.injury.id != "burn"]
    return fire.people.walking + fire.people.shut_in + fire.people.out + len(smoke)


def test_a_mixed_room_fills_to_source_over_exchange_and_empties():
    assert mixed_g_m3(0, 10, 1000, 5, 1e9) == pytest.approx(2)
    assert mixed_g_m3(2, 0, 1000, 5, 200) == pytest.approx(2 * 2.718281828459**-1)
    twice = mixed_g_m3(mixed_g_m3(0.5, 10, 1000, 5, 60), 10, 1000, 5, 60)
    assert twice == pytest.approx(mixed_g_m3(0.5, 10, 1000, 5, 120))
    assert exchange_m3_s(1, 1) == pytest.approx(0.52 / 1.2)


def test_smoke_that_rises_reaches_the_ground_less_and_none_upwind():
    air = (90, 3.0, "D")
    values = [at_ground(1000, 0, *air, height) for height in (0, 20, 50, 100, 1000)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0
    assert (values[-1], at_ground(-1000, 0, *air, 0)) == (0, 0)


def test_nothing_happens_before_it_begins():
    world, county, fire, _ = burning()
    run(world, HOUR)
    assert [event.kind for event in world.log.events] == ["run.started"]
    assert fire.shut_in(SITE) == 0
    assert fire.hinders(TaskKind.SEARCH, SITE) is None or not fire.running
    assert county.places[SITE].count(Where.CAUGHT) == 0


@pytest.mark.parametrize("seed", [0, 23])
def test_everybody_is_somewhere_and_without_help_who_is_trapped_only_gets_worse(seed):
    world, county, fire, start = burning(seed)
    residents = sum(settlement.people for settlement in county.places.values())
    fire.start(start)
    trapped = None
    for minute in (1, 3, 6, 10, 30, 90):
        run(world, 60 * minute)
        assert accounted(county, fire) == PEOPLE
        assert sum(sum(one.counts.values()) for one in county.places.values()) == residents
        now = fire.people.situation()
        assert now.residents == PEOPLE - fire.spec.inside.off_roster
        assert truly_missing(now) >= fire.people.inside
        if fire.people.way_lost:
            hurt = PEOPLE - fire.people.out - fire.people.shut_in
            assert trapped is None or hurt >= trapped
            trapped = hurt
    assert fire.people.way_lost


def test_a_fire_without_water_burns_its_fuel_out_and_no_more():
    world, _, fire, start = burning()
    fire.start(start)
    run(world, 6 * HOUR)
    (stopped,) = of_kind(world, "hazard.stopped")
    assert stopped.data["by"] == "burned_out"
    assert fire._fire.burned_kj <= fire.spec.load_mj * 1000
    assert world.truth.value("incident/over") is True
    assert world.truth.value(f"{SITE}/danger") is False


def fought(l_s, at_s=900, **hazard):
    world, county, fire, start = burning(2, **hazard)
    fire.start(start)
    run(world, at_s)
    stand = fire.effort(TaskKind.PUT_OUT)
    stand.join("engine", l_s, start)
    run(world, 6 * HOUR)
    (stopped,) = of_kind(world, "hazard.stopped")
    return stopped, county, fire


def test_more_water_ends_it_sooner_and_too_little_only_holds_it_down():
    ends = [fought(flow)[0].at_s for flow in (0.001, 30, 60, 75)]
    assert ends == sorted(ends, reverse=True)
    assert ends[-1] < 900 + HOUR
    little, _, fire = fought(20)
    assert little.at_s > 2 * HOUR
    assert absorbed_kw(20) < fire.spec.peak_kw


def test_the_mains_give_no_more_than_they_have():
    first, second = (fought(flow)[0].at_s for flow in (75, 500))
    assert first == second
    assert fought(500, water_supply_l_s=200)[0].at_s < second


def test_water_is_a_stand_that_can_be_left_again():
    _, _, fire, start = burning()
    fire.start(start)
    stand = fire.effort(TaskKind.PUT_OUT)
    stand.join("a", 10, start)
    stand.join("b", 5, start)
    assert fire.water_l_s == 15
    stand.leave("a", start)
    assert fire.extent()["water_l_s"] == 5


def test_nobody_searches_a_building_that_burns_throughout_without_cover():
    world, _, fire, start = burning()
    fire.start(start)
    assert fire.hinders(TaskKind.SEARCH, SITE) is None
    run(world, 1200)
    way = fire.hinders(TaskKind.SEARCH, SITE)
    assert way is not None
    assert fire.hinders(TaskKind.PUT_OUT, SITE) is None
    fire.effort(TaskKind.PUT_OUT).join("engines", 60, start)
    assert way.triggered
    assert fire.hinders(TaskKind.SEARCH, SITE) is None


def test_who_is_led_out_is_out_and_the_rest_is_fewer():
    world, county, fire, start = burning(1)
    fire.start(start)
    run(world, 600)
    shut_in, out = fire.shut_in(SITE), fire.people.out
    assert shut_in > 3
    fire.lead_out(SITE, 3, "crew", "emergency", start)
    assert (fire.shut_in(SITE), fire.people.out) == (shut_in - 3, out + 3)
    fire.lead_out(SITE, 1000, "crew", "emergency", start)
    fire.lead_out(SITE, 1, "crew", "emergency", start)
    assert fire.shut_in(SITE) == 0
    assert len(of_kind(world, "people.led_out")) == 2
    assert accounted(county, fire) == PEOPLE


def hurt_inside(**changes):
    world, _, fire, start = burning(3, **changes)
    fire.start(start)
    run(world, 3 * HOUR)
    return sum(event.data["serious"] for event in of_kind(world, "people.hurt")), fire


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ({"inside": {"refuge": 0.01}}, {"inside": {"refuge": 0.2}}),
        ({"inside": {"people": 60, "off_roster": 0}}, {"inside": {"people": 600}}),
        ({"inside": {"volume_m3": 300_000.0}}, {"inside": {"volume_m3": 10_000.0}}),
        ({"growth": "slow"}, {"growth": "ultra_fast"}),
        ({"inside": {"cannot_walk": 0}}, {"inside": {"cannot_walk": 90}}),
    ],
)
def test_what_makes_it_worse_hurts_more(less, more):
    assert hurt_inside(**less)[0] < hurt_inside(**more)[0]


def test_small_openings_hold_the_fire_down():
    peaks = []
    for opening_m2 in (4, 12, 24, 100):
        world, _, fire, start = burning(0, opening_m2=opening_m2)
        fire.start(start)
        run(world, 2400)
        peaks.append(fire.extent()["heat_kw"])
    assert peaks == sorted(peaks)
    assert peaks[0] < peaks[1] < peaks[2] < peaks[3] == 60_000


def test_roster_and_calls_name_different_numbers():
    world, _, fire, start = burning(1)
    fire.start(start)
    run(world, 30 * 60)
    roster, calls = world.truth.value("fire/roster"), world.truth.value("fire/calls")
    assert fire.people.inside > 0
    assert roster != calls
    assert min(roster, calls) > fire.people.inside * 0.5


def test_cooled_cylinders_are_work_only_while_they_can_explode():
    _, _, fire, start = burning()
    fire.start(start)
    job = fire.effort(TaskKind.CONTAIN)
    assert job.pending()
    job.done(start)
    assert fire.effort(TaskKind.CONTAIN) is None
    _, _, without, begun = burning(cylinders=False)
    without.start(begun)
    assert without.effort(TaskKind.CONTAIN) is None


class Crew:
    def __init__(self, place):
        self.place, self.met = place, []

    def strike(self, number, level, cause):  # noqa: ARG002 - the signature of all crews
        self.met.append(level)


def blast(closed=False, **changes):
    base = exercise()
    spec = base.scenario.secondary[0].model_copy(update=changes)
    scenario = base.scenario.model_copy(update={"secondary": (spec, *base.scenario.secondary[1:])})
    world = world_of(replace(base, scenario=scenario))
    county = CountyState(world)
    start = world.log.emit("run.started", "", "x", None)
    if closed:
        world.truth.change("cordon/closed", True, start)
    county.crews += [Crew(SITE), Crew("county-town")]
    bang = Blast(world, county, spec, main=False)
    bang.start(start)
    run(world, 60)
    return sum(event.data["light"] for event in of_kind(world, "people.hurt")), county, world


def test_a_blast_hurts_more_the_larger_and_nearer_it_is_and_a_cordon_keeps_people_off():
    assert blast(tnt_kg=10)[0] < blast(tnt_kg=90)[0] < blast(tnt_kg=900)[0]
    assert blast(closed=True)[0] < blast()[0]
    _, county, world = blast()
    near, far = county.crews
    assert near.met[0] > 30
    assert far.met == []
    assert world.truth.value("blast/over") is True
    assert world.truth.value(f"{SITE}/danger") is False


@pytest.fixture(scope="module")
def played():
    return {policy: Session(exercise(), seed=5, policy=policy, audit=True).finish() for policy in ("none", "plan")}


def test_who_is_trapped_is_led_out_by_crews_only(played):
    led = {policy: len(of_kind(record, "people.led_out")) for policy, record in played.items()}
    assert led["none"] == 0 < led["plan"]


def test_the_fire_ends_by_water_where_somebody_fights_it(played):
    ends = {policy: of_kind(record, "hazard.stopped") for policy, record in played.items()}
    by = {policy: next(e for e in found if e.data["of"] == "fire") for policy, found in ends.items()}
    assert (by["none"].data["by"], by["plan"].data["by"]) == ("burned_out", "water")
    assert by["plan"].at_s < by["none"].at_s


def test_a_crew_without_breathing_apparatus_that_searches_the_smoke_is_hurt():
    decisions = {"go-inside": "part-timers"}
    hurt = 0
    for seed in (0, 1, 2):
        record = Session(exercise(), seed=seed, policy="plan", decisions=decisions).finish()
        hurt += sum(event.subject.startswith("parttime") for event in of_kind(record, "unit.hurt"))
    assert hurt > 0
