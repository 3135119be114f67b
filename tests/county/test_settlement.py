"""People at a place: nobody appears or vanishes, nobody is hurt without gas, and more gas never hurts fewer."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.county.casualties import Casualties
from sim.county.cohorts import Where
from sim.county.dose_response import RESPONSES, Severity
from sim.county.settlement import Settlement
from sim.county.state import field_of
from sim.spec.places import Place
from tests.engine.worlds import HOUR, changed, of_kind, run, world_of

wheres = st.sampled_from(Where)
gases = st.lists(st.floats(0, 2000), min_size=7, max_size=7)
steps = st.lists(
    st.tuples(st.integers(0, 1200), st.one_of(gases, st.tuples(st.integers(0, 500), wheres, wheres))), max_size=8
)
clouds = st.lists(st.tuples(st.integers(60, 1800), gases), min_size=1, max_size=3)


def village(people=300, seed=0, fields=1, **population):
    world = world_of(changed(population=population), seed=seed)
    scenario = world.exercise.scenario
    hazards = [scenario.hazard, scenario.hazard.model_copy(update={"substance": "ammonia", "subject": "other"})]
    spread = [field_of(one, scenario.population, main=not number) for number, one in enumerate(hazards[:fields])]
    given_place = {"id": "village", "name": {"zh": "村", "en": "village"}, "kind": "village", "x_km": 1, "y_km": 0}
    place = Place(**given_place, people=people, radius_m=200)
    return world, Settlement(world, place, people, spread, Casualties(world))


def live(world, settlement, todo):
    """Do what is listed, each after a wait; yields what moved, or None."""
    for number, (wait, what) in enumerate(todo):
        run(world, world.clock.now + wait)
        if len(what) == 7:
            settlement.expose(number % len(settlement.fields), list(what), 0)
            yield None
        else:
            yield settlement.move(*what, 0, f"move {number}")
    for number in range(len(settlement.fields)):
        settlement.expose(number, [0.0] * 7, 0)


def hurt(world):
    events = of_kind(world, "people.hurt")
    return tuple(sum(event.data[severity.name.lower()] for event in events) for severity in Severity)


@settings(max_examples=60)
@given(st.integers(0, 400), steps, st.integers(1, 2))
def test_every_resident_is_in_one_place_at_all_times(people, todo, fields):
    world, settlement = village(people, fields=fields)
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
@given(st.integers(0, 400), steps, st.integers(1, 2))
def test_no_more_are_hurt_than_there_are(people, todo, fields):
    world, settlement = village(people, fields=fields)
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
    settlement.expose(0, [2000.0] * 7, 0)
    for _ in range(100):
        settlement.pass_through(10.0, 10.0, 0)
    chlorine = RESPONSES["chlorine"]
    dose = chlorine.dose_rate(2000 * 0.5) * 10
    for severity, number in zip(Severity, hurt(world), strict=True):
        assert abs(number - 1000 * chlorine.share_hurt(dose, severity)) <= 1


blows = st.tuples(st.integers(0, 300), st.integers(0, 200), st.integers(0, 200))


@settings(max_examples=60)
@given(st.integers(0, 400), st.lists(blows, max_size=4), steps)
def test_a_blow_hurts_whom_it_should_as_long_as_anybody_is_left(people, struck, todo):
    world, settlement = village(people)
    list(live(world, settlement, [(wait, what) for wait, what in todo if len(what) == 3]))
    here = people - settlement.count(Where.AWAY) - settlement.count(Where.CAUGHT)
    for light, serious, critical in struck:
        settlement.strike(light, serious, critical, "trauma", 0)
    wanted = [sum(sum(blow[severity:]) for blow in struck) for severity in Severity]
    assert tuple(min(here, number) for number in wanted) == hurt(world)


def test_the_trapped_are_among_the_seriously_hurt():
    _, settlement = village(people=50)
    settlement.strike(10, 6, 3, "trauma", 0, trapped=4)
    patients = settlement._casualties.everybody()
    assert (9, 4) == (len(patients), sum(patient.trapped for patient in patients))


def test_a_second_danger_reaches_a_place_that_is_in_danger_already():
    world, settlement = village(fields=2)
    for number, milligrams in ((0, 50.0), (1, 500.0), (0, 0.0), (1, 0.0)):
        settlement.expose(number, [milligrams] * 7, 0)
    reached = [event.data["of"] for event in of_kind(world, "danger.reached")]
    left = [event.data["of"] for event in of_kind(world, "danger.left")]
    values = [event.data["value"] for event in of_kind(world, "truth.changed")]
    assert (["leak", "other"], ["leak", "other"], [True, False]) == (reached, left, values)


@settings(max_examples=20)
@given(clouds)
def test_two_dangers_hurt_no_fewer_than_either_alone(todo):
    both = [(wait, what) for wait, what in todo for _ in range(2)]
    world, settlement = village(fields=2)
    list(live(world, settlement, both))
    one, alone = village(fields=2)
    list(live(one, alone, [(wait, what if number % 2 else [0.0] * 7) for number, (wait, what) in enumerate(both)]))
    assert all(a <= b for a, b in zip(hurt(one), hurt(world), strict=True))


@given(steps, st.integers(1, 2))
def test_looking_only_when_somebody_can_be_hurt_finds_the_same(todo, fields):
    seen = []
    for always in (True, False):
        world, settlement = village(fields=fields)
        if always:
            settlement._nobody_hurt_for_s = lambda: 0.0
        for _ in live(world, settlement, todo):
            pass
        run(world, world.clock.now + HOUR)
        seen.append([(event.at_s, event.kind, event.data) for event in world.log.events])
    assert seen[0] == seen[1]
