"""A rumor among groups: nobody is lost, talk grows at its rate, statements and knocking end it, and people flee."""

import math
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.actors.public.hearsay import SLOT_S, Hearsay
from sim.actors.public.rumor import Rumor
from sim.county.casualties import Casualties
from sim.engine import World
from sim.rng import Luck
from sim.spec.parameters import parse_overrides
from sim.spec.rumor import Flight, RumorGroup
from tests.engine.worlds import changed, run, whole_exercise
from tests.hazards.published_rumor import never_hear_share

HOURS = 3600 // SLOT_S
NEAR = RumorGroup(id="near", townships=("xiahe",), tells={"town": 0.2}, leave_share=0.5)
TOWN = RumorGroup(id="town", townships=("lancheng",))
FLIGHT = Flight(from_share=0.2, packs="20min", stays="3h", source="test")


def talk(seed=0, people=100_000, **given):
    """Return a rumor that has just begun."""
    plain = whole_exercise().scenario.rumor.model_copy(update={"seed_share": 0.001, "trust": 1.0, **given})
    exercise = changed(rumor=plain, public_people=people)
    found = Hearsay(World(exercise, parse_overrides({}), Luck(seed, audit=True)), plain)
    found.begin()
    return found


def go_on(hearsay, slots, heeded=0.0, since=0, growth=1.0):
    return [(hearsay.step(since + slot, growth, heeded), hearsay.believers)[1] for slot in range(slots)]


@settings(max_examples=15)
@given(st.integers(0, 1000), st.floats(0, 3), st.floats(0, 2), st.booleans())
def test_nobody_is_lost(seed, growth_per_h, heeded, grouped):
    hearsay = talk(seed, growth_per_h=growth_per_h, groups=(NEAR, TOWN) if grouped else ())
    sizes = [group.persons for group in hearsay.groups]
    go_on(hearsay, 12, heeded)
    hearsay.announce()
    assert sizes == [group.persons for group in hearsay.groups]
    assert sum(sizes) == hearsay.people == (17_740 + 136_060 if grouped else 100_000)


def test_while_nobody_knows_it_a_rumor_grows_at_its_rate():
    hours = 3
    found = [go_on(talk(seed, people=10_000_000, seed_share=0.00002), hours * HOURS)[-1] for seed in range(10)]
    mean = math.fsum(found) / len(found)
    rate = whole_exercise().scenario.rumor.growth_per_h
    assert 200 * math.exp(rate * hours) == pytest.approx(mean, rel=0.1)


def test_without_a_word_it_ends_with_a_fifth_who_never_hear_it():
    hearsay = talk(growth_per_h=2.0)
    go_on(hearsay, 20 * HOURS)
    assert hearsay.groups[0].telling == 0
    assert never_hear_share() == pytest.approx(hearsay.groups[0].ignorant / 100_000, abs=0.01)


def test_an_earlier_statement_leaves_fewer_believers_at_all_times():
    def peak(at_slot):
        hearsay = talk(3)
        return max(go_on(hearsay, at_slot) + go_on(hearsay, 8 * HOURS, 1.5, at_slot))

    peaks = [peak(at) for at in (2, 12, 24, 36)]
    assert peaks == sorted(peaks)
    assert peaks[-1] > 5 * peaks[0]


def test_knocking_at_doors_convinces_those_who_live_there():
    told, untold = talk(1, groups=(NEAR, TOWN)), talk(1, groups=(NEAR, TOWN))
    told.told("liuwan", 5000)
    for hearsay in (told, untold):
        go_on(hearsay, 1)
    assert (0, 0) == (untold.groups[0].immune, untold.groups[0].corrected)
    assert 0.25 == pytest.approx(told.groups[0].immune / told.groups[0].persons, abs=0.03)
    assert 0 == told.groups[1].immune
    assert told.groups[0].corrected > 0


def test_a_rumor_goes_only_where_it_is_told():
    alone = NEAR.model_copy(update={"tells": {}})
    for groups, reached in (((NEAR, TOWN), True), ((alone, TOWN), False)):
        hearsay = talk(groups=groups)
        go_on(hearsay, 36)
        assert reached == (hearsay.groups[1].believers > 0)


def test_people_flee_once_enough_believe_it_and_not_more_than_mean_to():
    hearsay, moves = talk(2, groups=(NEAR, TOWN), flight=FLIGHT), []
    for slot in range(10 * HOURS):
        before = hearsay.groups[0].believers >= 0.2 * hearsay.groups[0].persons
        moves.append(hearsay.move())
        assert before == bool(hearsay.astir) or hearsay.astir
        assert moves[-1].away <= hearsay.believers
        hearsay.step(slot, 1.0, 0.0)
    first = next(slot for slot, moved in enumerate(moves) if moved.newly)
    assert first > 6
    assert all(moved == (0, 0) for moved in moves[:first])
    last = moves[-1]
    assert last.away < max(moved.away for moved in moves) / 2, "they come home after a while"


def test_who_is_convinced_before_he_has_packed_stays_at_home():
    def left(heeded):
        hearsay, newly = talk(2, groups=(NEAR, TOWN), flight=FLIGHT), 0
        for slot in range(8 * HOURS):
            moved = hearsay.move()
            newly += moved.newly
            hearsay.step(slot, 1.0, heeded if newly else 0.0)
        return newly

    found = [left(heeded) for heeded in (2.0, 1.0, 0.5, 0.0)]
    assert found == sorted(found)
    assert found[-1] > 2 * found[0] > 0


def rumor(**given):
    plain = whole_exercise().scenario.rumor.model_copy(update={"starts": 0, "calls_per_h": 0.0, **given})
    exercise = replace(changed(rumor=plain), sources=())
    world = World(exercise, parse_overrides({}), Luck(4, audit=True))
    found = Rumor(SimpleNamespace(world=world, hazards=(), county=SimpleNamespace(casualties=Casualties(world))))
    world.clock.start(found.run(world.log.emit("run.started", "", "x", None)))
    return world, found


def spread(tone=None, verified=True, exists=False, hours=6, **given):
    world, found = rumor(**given)
    world.truth.change("incident/exists", exists, 0)
    run(world, 3600)
    if tone:
        found.heard_statement(tone, 0, verified=verified)
    run(world, hours * 3600)
    return found


def test_a_denial_that_people_see_to_be_wrong_feeds_it_and_costs_trust():
    nothing, denied, believed = spread(hours=3), spread("deny", exists=True, hours=3), spread("deny", hours=3)
    assert denied.peak > 1.1 * nothing.peak
    assert 0.75 == denied.mood.trust
    assert (nothing.peak, 1.0) == (believed.peak, believed.mood.trust)


def test_a_statement_that_says_nothing_verified_is_heeded_less():
    checked, unchecked, silent = (
        spread("inform", verified, unverified=0.3) if verified is not None else spread(unverified=0.3)
        for verified in (True, False, None)
    )
    assert checked.peak < unchecked.peak < silent.peak
    assert spread("inform", verified=False).peak == spread("inform").peak, "by default it makes no difference"


def test_fewer_are_convinced_where_fewer_trust():
    shares = [spread("rebut", trust=trust).share for trust in (1.0, 0.6, 0.2)]
    assert shares == sorted(shares)
    assert shares[-1] > 2 * shares[0]
