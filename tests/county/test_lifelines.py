"""Lifelines: cascades in exact times, cuts and repairs against simple models, and luck that is named once."""

from heapq import heapreplace

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.county.lifelines import Lifelines
from sim.engine import World
from sim.rng import Distribution, Luck, Shape
from sim.spec.base import Text
from sim.spec.channels import Profile
from sim.spec.lifelines import Lifeline
from sim.spec.parameters import parse_overrides
from tests.engine.worlds import HOUR, changed, fixed, of_kind, run, whole_exercise

NAME = Text(zh="某设施", en="an installation")
RANDOM = Distribution(Shape.LOGNORMAL, 900.0, 0.5)
CHAIN = {"S": (), "M": ("S",), "A": ("S",), "B": ("S",), "C": ("M", "A")}
"""Who needs whom: a substation, a machine room, and stations that need one or both."""


def made(ident, needs=(), battery=None, repair=None, kind="station", serves=("liuwan",)):
    return Lifeline(
        id=ident.lower(), name=NAME, kind=kind, at="liuwan", serves=serves, source="test",
        needs=tuple(need.lower() for need in needs), battery=battery, repair=repair or fixed(100),
    )  # fmt: skip


class Net:
    """The installations of a made-up county, and what became of them."""

    def __init__(self, *lifelines, crews=2, seed=0, profiles=(), **overrides):
        exercise = changed(county={"lifelines": lifelines, "repair_crews": crews, "profiles": profiles})
        named = {name.replace("__", "."): value for name, value in overrides.items()}
        self.world = World(exercise, parse_overrides(named), Luck(seed, audit=True))
        self.lifelines = Lifelines(self.world)
        self.start = self.world.log.emit("run.started", "", "test", None)

    def at(self, at_s, do, *arguments):
        self.world.clock.at(at_s - self.world.clock.now, lambda: do(*arguments))
        return self

    def cut(self, at_s, ident, lasts=None, by="storm"):
        return self.at(at_s, self.lifelines.cut, ident.lower(), by, self.start, lasts)

    def restore(self, at_s, ident, by=None):
        return self.at(at_s, self.lifelines.restore, ident.lower(), by, self.start)

    def run(self, until_s=40 * HOUR):
        run(self.world, until_s)
        return self

    def told(self, *kinds):
        return [(event.at_s, event.kind.partition(".")[2], event.subject) for event in of_kind(self.world, *kinds)]

    def down(self, end_s):
        """Return the seconds at whose end each installation is down, from the record."""
        found = {one.id: [False] * end_s for one in self.world.exercise.county.lifelines}
        for event in of_kind(self.world, "lifeline.failed", "lifeline.restored"):
            if event.at_s < end_s:
                left = end_s - event.at_s
                found[event.subject][event.at_s :] = [event.kind == "lifeline.failed"] * left
        return found


def test_a_cascade_in_exact_times_and_each_step_has_its_cause():
    batteries = {"M": 50, "A": 100, "B": 300, "C": 20}
    net = Net(*(made(one, needs, fixed(batteries[one]) if needs else None) for one, needs in CHAIN.items()))
    net.cut(10, "S", 200).run()
    assert [
        (10, "cut", "s"), (10, "failed", "s"),
        (10, "on_battery", "m"), (10, "on_battery", "a"), (10, "on_battery", "b"),
        (60, "failed", "m"), (60, "on_battery", "c"), (80, "failed", "c"), (110, "failed", "a"),
        (210, "restored", "s"), (210, "restored", "m"), (210, "restored", "a"), (210, "restored", "c"),
        (210, "powered", "b"),
    ] == net.told(*KINDS)  # fmt: skip
    events = net.world.log.events
    for event in events[1:]:
        chain = [event]
        while chain[-1].cause is not None:
            chain.append(events[chain[-1].cause])
        assert any(one.kind == "lifeline.cut" for one in chain)
        assert all(number < event.seq for number in event.also)


KINDS = ("lifeline.cut", "lifeline.failed", "lifeline.on_battery", "lifeline.powered", "lifeline.restored")


def test_without_a_battery_or_with_empty_ones_all_fail_at_once():
    for battery, factor in ((None, 1), (fixed(100), 0)):
        net = Net(made("S"), made("A", "S", battery), made("B", "A", battery), lifelines__battery_factor=factor)
        net.cut(5, "S", 7).run()
        assert [(5, "failed", one) for one in "sab"] == net.told("lifeline.failed")
        assert [(12, "restored", one) for one in "sab"] == net.told("lifeline.restored")
        assert [] == net.told("lifeline.on_battery", "lifeline.powered")


def test_a_thing_is_up_when_the_last_of_several_causes_is_over():
    net = Net(made("A")).cut(10, "A", 100, "flood").cut(20, "A", 40, "fire").cut(30, "A", 500, "fire")
    net.restore(50, "A", "fire").run()
    assert [(10, "failed", "a")] == net.told("lifeline.failed")
    assert [(110, "restored", "a")] == net.told("lifeline.restored")
    net = Net(made("A")).cut(10, "A", 100, "flood").cut(20, "A", 500, "fire").restore(50, "A").run()
    assert [(50, "restored", "a")] == net.told("lifeline.restored")


def test_the_battery_runs_while_the_thing_is_cut_and_is_full_again_when_power_was_back():
    net = Net(made("S"), made("A", "S", fixed(100)))
    net.cut(0, "S", 300).cut(50, "A", 100).cut(350, "S", 30).cut(400, "S", 200).run()
    assert [(50, "failed"), (300, "restored"), (500, "failed"), (600, "restored")] == [
        (at_s, what) for at_s, what, one in net.told("lifeline.failed", "lifeline.restored") if one == "a"
    ]


def test_crews_come_first_come_first_served_and_those_who_are_not_needed_go_on():
    net = Net(*(made(one) for one in "ABC"), crews=1, lifelines__repair_factor=2)
    net.cut(0, "A").cut(10, "B").cut(20, "C").restore(250, "B").run()
    assert [(0, "begun", "a"), (200, "done", "a"), (200, "begun", "b"), (250, "begun", "c"), (450, "done", "c")] == (
        net.told("repair.begun", "repair.done")
    )
    first, second, third = of_kind(net.world, "repair.begun")
    done = of_kind(net.world, "repair.done")[0]
    assert {first.seq, done.seq} <= set(second.also)
    assert second.seq in third.also


def test_who_needs_no_crew_any_more_leaves_the_queue():
    net = Net(*(made(one) for one in "ABC"), crews=1).cut(0, "A").cut(10, "B").cut(20, "C").restore(30, "B").run()
    assert [(0, "a"), (100, "c")] == [(at_s, one) for at_s, _, one in net.told("repair.begun")]
    net = Net(*(made(one) for one in "ABC"), crews=1).cut(0, "A").cut(10, "B").cut(20, "C")
    net.at(30, net.restore, 100, "B").run()  # over in the second in which the crew is free, and after it
    assert [(0, "a"), (100, "c")] == [(at_s, one) for at_s, _, one in net.told("repair.begun")]
    assert [(100, "b"), (100, "a"), (200, "c")] == [(at_s, one) for at_s, _, one in net.told("lifeline.restored")]


arrivals = st.lists(st.tuples(st.integers(0, 300), st.sampled_from("ABC")), min_size=1, max_size=12)


@settings(max_examples=60)
@given(arrivals, st.integers(1, 4))
def test_repairs_are_those_of_a_queue_with_as_many_servers(cuts, crews):
    lengths = {"A": 40, "B": 90, "C": 7}
    net = Net(*(made(one, repair=fixed(length)) for one, length in lengths.items()), crews=crews)
    for at_s, one in sorted(cuts):
        net.cut(at_s, one)
    net.run()
    free, expected = [0] * crews, []
    for at_s, one in sorted(cuts):
        begun = max(at_s, free[0])
        heapreplace(free, begun + lengths[one])
        expected.append((begun, begun + lengths[one], one.lower()))
    begun, done = (
        of_kind(net.world, "repair.begun"),
        {event.cause: event.at_s for event in of_kind(net.world, "repair.done")},
    )
    assert expected == [(event.at_s, done[event.seq], event.subject) for event in begun]


@settings(max_examples=40)
@given(arrivals, st.integers(0, 99))
def test_more_crews_never_bring_anything_back_later(cuts, seed):
    before = None
    for crews in (1, 2, 3, 5):
        net = Net(*(made(one, needs, RANDOM, RANDOM) for one, needs in CHAIN.items()), crews=crews, seed=seed)
        for at_s, one in sorted(cuts):
            net.cut(at_s * 10, one)
        net.run(400 * HOUR)
        origin = {event.seq: event.cause for event in of_kind(net.world, "repair.begun")}
        done = {net.world.log.events[origin[event.cause]].seq: event for event in of_kind(net.world, "repair.done")}
        now = [done[event.seq].at_s for event in of_kind(net.world, "lifeline.cut")]
        back = max(event.at_s for event in of_kind(net.world, "lifeline.restored"))
        assert len(done) == len(cuts)
        if before is not None:
            assert all(sooner <= later for sooner, later in zip(now, before[0], strict=True))
            assert back <= before[1]
        before = now, back


# Cuts begin at multiples of 3 s and end one second after one; batteries last multiples of 3 s. So nothing fails in the
# second in which something comes back, and the model below, which looks at whole seconds, is exact.
things = st.sampled_from("SMABC")
names = st.sampled_from(["storm", "flood", "trainer"])
cut_acts = st.tuples(st.integers(0, 60), things, st.integers(0, 40), names)
restore_acts = st.tuples(st.integers(0, 60), things, names | st.none())
END_S = 400


def by_the_book(batteries, cuts, restores):
    """Return the seconds at whose end each installation is down, by definition, second by second."""
    down = {one: [False] * END_S for one in CHAIN}
    for one, needs in CHAIN.items():
        ends = []
        for start, thing, lasts, by in cuts:
            over = [3 * at + 1 for at, what, who in restores if what == thing and who in (None, by)]
            if thing == one:
                ends.append((3 * start, min([3 * (start + lasts) + 1, *(at for at in over if at > 3 * start)])))
        short = 0
        for second in range(END_S):
            short = short + 1 if any(down[need][second] for need in needs) else 0
            is_cut = any(start <= second < end for start, end in ends)
            down[one][second] = is_cut or short > batteries[one]
    return {one.lower(): seconds for one, seconds in down.items()}


@settings(max_examples=80)
@given(
    st.lists(cut_acts, max_size=12),
    st.lists(restore_acts, max_size=8),
    st.lists(st.integers(0, 20), min_size=5, max_size=5),
)
def test_any_cuts_and_restores_do_what_a_model_of_every_second_says(cuts, restores, lengths):
    batteries = {one: 3 * length for one, length in zip(CHAIN, lengths, strict=True)}
    net = Net(*(made(one, needs, fixed(batteries[one])) for one, needs in CHAIN.items()))
    for start, thing, lasts, by in cuts:
        net.cut(3 * start, thing, 3 * lasts + 1, by)
    for at, thing, by in restores:
        net.restore(3 * at + 1, thing, by)
    told = []
    net.lifelines.watch(told.append)
    net.run(END_S)
    assert by_the_book(batteries, cuts, restores) == net.down(END_S)
    assert told == [event.seq for event in of_kind(net.world, "lifeline.failed", "lifeline.restored")]
    assert net.lifelines.missing(("station",), "liuwan") is None, "all is over, and one of them is enough"


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 9000), things, st.none() | st.integers(0, 5000), names), max_size=15),
    st.integers(0, 9),
)
def test_nothing_works_without_power_longer_than_its_battery_and_no_luck_is_named_twice(cuts, seed):
    net = Net(*(made(one, needs, RANDOM, RANDOM) for one, needs in CHAIN.items()), crews=1, seed=seed)
    for at_s, one, lasts, by in cuts:
        net.cut(at_s, one, lasts, by)
    net.run(400 * HOUR)
    down, since, left = set(), {}, {}
    for event in net.world.log.events:
        for one, end_s in left.items():
            assert event.at_s <= end_s or one in down
        {"lifeline.failed": down.add, "lifeline.restored": down.discard}.get(event.kind, lambda _: None)(event.subject)
        if event.kind == "lifeline.on_battery":
            since[event.subject] = event.at_s
            left[event.subject] = event.at_s + event.data["lasts_s"]
        if event.kind == "lifeline.powered":
            assert event.at_s <= left.pop(event.subject)
        if event.kind == "lifeline.restored":
            needs = next(needs for one, needs in CHAIN.items() if one.lower() == event.subject)
            if not any(need.lower() in down for need in needs):
                left.pop(event.subject, None)
    assert not down


def test_the_same_seed_tells_the_same_and_a_cut_elsewhere_moves_no_luck():
    def lengths(*more):
        net = Net(*(made(one, needs, RANDOM, RANDOM) for one, needs in CHAIN.items()), made("X"), crews=9, seed=4)
        net.cut(60, "S")
        for at_s in more:
            net.cut(at_s, "X")
        return [event for event in net.run().world.log.events if event.subject != "x"]

    assert lengths() == lengths()
    plain, moved = ([(e.at_s, e.kind, e.subject, e.data) for e in lengths(*more)] for more in ((), (30, 70)))
    assert plain == moved
    assert len(plain) > 8


def test_a_place_misses_what_no_working_installation_gives_it():
    one, two = made("A", serves=("liuwan", "xiahe")), made("B", serves=("xiahe",))
    room = made("R", kind="room", serves=("liuwan", "xiahe"))
    net = Net(one, two, room)
    ask = net.lifelines.missing
    net.cut(10, "A", 100).cut(20, "B", 100).cut(30, "R", 100)
    assert ask(("station", "room"), "liuwan") is None
    net.run(10)
    failed = {event.subject: event.seq for event in of_kind(net.world, "lifeline.failed")}
    assert (failed["a"],) == ask(("room", "station"), "liuwan")
    assert (
        ask(("station",), "xiahe") is ask(("station",), None) is ask((), "liuwan") is ask(("room",), "liuwan") is None
    )
    net.run(30)
    failed = {event.subject: event.seq for event in of_kind(net.world, "lifeline.failed")}
    assert (failed["r"], failed["a"], failed["b"]) == ask(("room", "station"), "xiahe")
    assert ask(("station",), "dongpo") is None
    net.run(110)
    assert ask(("station",), "liuwan") is None
    assert (failed["r"],) == ask(("room", "station"), "liuwan")


def profile(ident, down, at, lasts):
    return Profile(id=ident, name=NAME, down=down, at=f"{at}s", lasts=f"{lasts}s", source="test")


def test_a_profile_takes_down_kinds_and_single_installations_for_its_time_and_leaves_channels_alone():
    room = made("R", kind="room")
    given = profile("surge", ("room", "b", "phone"), 20, 60)
    net = Net(made("A"), made("B"), room, profiles=(given,), comms__profile="surge")
    net.lifelines.begin(net.start)
    net.run()
    assert [(20, "failed", "b"), (20, "failed", "r")] == net.told("lifeline.failed")
    assert [(80, "restored", "b"), (80, "restored", "r")] == net.told("lifeline.restored")
    assert [] == net.told("repair.begun")
    assert {net.start} == {event.cause for event in of_kind(net.world, "lifeline.cut")}


def test_a_profile_that_is_changed_during_the_run_ends_and_the_next_counts_from_then():
    given = (profile("surge", ("a",), 0, 500), profile("strained", ("b",), 20, 60))
    net = Net(made("A"), made("B"), profiles=given, comms__profile="surge")
    net.lifelines.begin(net.start)

    def choose(name):
        net.world.parameters = parse_overrides({"comms.profile": name} if name else {})
        net.lifelines.tune()

    net.at(100, choose, "strained").at(110, choose, "full").at(115, choose, "strained").at(140, choose, "strained")
    net.run()
    assert [(0, "failed", "a"), (100, "restored", "a"), (135, "failed", "b"), (195, "restored", "b")] == net.told(
        "lifeline.failed", "lifeline.restored"
    )


def test_in_the_county_of_the_files_base_stations_fail_one_by_one_and_all_comes_back():
    world = World(whole_exercise(), parse_overrides({"comms.profile": "three_outage"}), Luck(3, audit=True))
    lifelines = Lifelines(world)
    lifelines.begin(world.log.emit("run.started", "", "test", None))
    run(world, 12 * HOUR)
    failed = {event.subject: event.at_s for event in of_kind(world, "lifeline.failed")}
    back = {event.subject: event.at_s for event in of_kind(world, "lifeline.restored")}
    kinds = {one.id: one.kind for one in whole_exercise().county.lifelines}
    stations = sorted(at_s for ident, at_s in failed.items() if kinds[ident] == "base_station")
    assert len(stations) == len(dict.fromkeys(stations)) == sum(kind == "base_station" for kind in kinds.values())
    assert 1200 + 2 * HOUR <= stations[0] < stations[-1] <= 1200 + 4 * HOUR
    assert {1200} == {at_s for ident, at_s in failed.items() if kinds[ident] in ("substation", "machine_room")}
    assert {1200 + 4 * HOUR} == set(back.values())
    assert failed.keys() == back.keys()


def test_without_lifelines_nothing_is_missing_and_nothing_happens():
    net = Net(profiles=(profile("surge", ("room",), 0, 60),), comms__profile="surge")
    net.lifelines.begin(net.start)
    net.lifelines.tune()
    assert net.lifelines.missing(("room",), "liuwan") is None
    assert 1 == len(net.run().world.log.events)
