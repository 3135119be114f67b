"""People at a place: nobody appears or vanishes, nobody is hurt without gas, and more gas never hurts fewer."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.county.casualties import Casualties
from sim.county.settlement import Settlement, Where
from sim.county.toxicity import SUBSTANCES, Severity
from sim.spec.county import Place
from tests.engine.worlds import HOUR, changed, of_kind, run, world_of

wheres = st.sampled_from(Where)
gases = st.lists(st.floats(0, 2000), min_size=7, max_size=7)
steps = st.lists(
    st.tuples(st.integers(0, 1200), st.one_of(gases, st.tuples(st.integers(0, 500), wheres, wheres))), max_size=8
)
clouds = st.lists(st.tuples(st.integers(60, 1800), gases), min_size=1, max_size=3)


def village(people=300, seed=0, **population):
    world = world_of(changed(population=population), seed=seed)
    given_place = {"id": "village", "name": {"zh": "村", "en": "village"}, "kind": "village", "x_km": 1, "y_km": 0}
    place = Place(**given_place, people=people, radius_m=200)
    return world, Settlement(world, place, SUBSTANCES["chlorine"], Casualties(world))


def live(world, settlement, todo):
    """Do what is listed, each after a wait; yields what moved, or None."""
    for number, (wait, what) in enumerate(todo):
        run(world, world.clock.now + wait)
        if len(what) == 7:
            settlement.set_gas(list(what), 0)
            yield None
        else:
            yield settlement.move(*what, 0, f"move {number}")
    settlement.set_gas([0.0] * 7, 0)


def hurt(world):
    events = of_kind(world, "people.hurt")
    return tuple(sum(event.data[severity.name.lower()] for event in events) for severity in Severity)


@settings(max_examples=60)
@given(st.integers(0, 400), steps)
def test_every_resident_is_in_one_place_at_all_times(people, todo):
    world, settlement = village(people)
    here = {Where.INDOORS: people}
    for (_, what), moved in zip(todo, live(world, settlement, todo), strict=False):
        if moved is not None:
            wanted, start, end = what
            assert 0 <= moved <= min(wanted, here.get(start, 0))
            here[start] = here.get(start, 0) - moved
            here[end] = here.get(end, 0) + moved
        assert {where: here.get(where, 0) for where in Where} == {where: settlement.count(where) for where in Where}
        assert all(cohort.people > 0 for cell in settlement.cells for cohort in cell.cohorts)
    recorded = [event.data["people"] for event in of_kind(world, "people.moved")]
    assert all(number > 0 for number in recorded)


@settings(max_examples=60)
@given(st.integers(0, 400), steps)
def test_no_more_are_hurt_than_there_are(people, todo):
    world, settlement = village(people)
    list(live(world, settlement, todo))
    light, serious, critical = hurt(world)
    assert max(light, serious, critical) <= people
    patients = settlement._casualties.everybody()
    assert max(serious, critical) <= len(patients) <= serious + critical


@settings(max_examples=30)
@given(steps)
def test_nobody_is_hurt_without_gas(todo):
    world, settlement = village()
    list(live(world, settlement, [(wait, what) for wait, what in todo if len(what) == 3]))
    run(world, world.clock.now + HOUR)
    assert ((0, 0, 0), []) == (hurt(world), settlement._casualties.everybody())


def test_who_was_lightly_hurt_and_moves_is_not_hurt_a_second_time():
    world, settlement = village()
    todo = [(0, [300.0] * 7), (240, [0.0] * 7), (0, (250, Where.INDOORS, Where.OUTSIDE)), (0, [2000.0] * 7)]
    list(live(world, settlement, [*todo, (6 * HOUR, [0.0] * 7)]))
    assert hurt(world)[Severity.LIGHT] <= 300


def hurt_by(todo, factor=1.0, move=None, seed=0, **population):
    world, settlement = village(seed=seed, **population)
    if move:
        settlement.move(300, Where.INDOORS, move, 0, "at first")
    list(live(world, settlement, [(wait, [factor * value for value in what]) for wait, what in todo]))
    return hurt(world)


@settings(max_examples=30)
@given(clouds, st.floats(1, 3))
def test_more_gas_never_hurts_fewer(todo, factor):
    assert all(a <= b for a, b in zip(hurt_by(todo), hurt_by(todo, factor), strict=True))


@settings(max_examples=30)
@given(clouds, st.floats(0, 0.5))
def test_tighter_windows_never_hurt_more(todo, sealed):
    tight = hurt_by(todo, move=Where.SEALED, sealed=sealed, indoors=0.5)
    loose = hurt_by(todo, move=Where.SEALED, sealed=0.5, indoors=0.5)
    assert all(a <= b for a, b in zip(tight, loose, strict=True))


def test_the_safer_the_place_the_fewer_are_hurt_and_nobody_far_away():
    todo = [(60, [400.0] * 7), (2400, [0.0] * 7)]
    serious = [hurt_by(todo, move=where)[1] for where in (Where.AWAY, Where.SEALED, None, Where.OUTSIDE)]
    assert 0 == serious[0] < serious[1] < serious[2] < serious[3]


def test_travelers_are_hurt_by_gas_and_only_by_gas():
    world, settlement = village(people=0)
    settlement.pass_through(1000.0, 10.0, 0)
    assert (0, 0, 0) == hurt(world)
    settlement.set_gas([2000.0] * 7, 0)
    for _ in range(100):
        settlement.pass_through(10.0, 10.0, 0)
    substance = SUBSTANCES["chlorine"]
    load = substance.load_rate(2000 * 0.5) * 10
    for severity, number in zip(Severity, hurt(world), strict=True):
        assert abs(number - 1000 * substance.share_hurt(load, severity)) <= 1
