"""On a single path under the same luck: what is slower, worse or broken for longer never lets a message arrive sooner.

It is not so for messages that queue for the same line, since others may then get ahead; so each has its path to itself.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.comms.exchange import Exchange
from sim.comms.message import Message
from sim.county.lifelines import Lifelines
from sim.rng import Distribution, Shape
from tests.comms.posts import DAY, IDEAL, PLAIN, Desk, Post
from tests.engine.worlds import changed, fixed, of_kind, run, whole_exercise, world_of

NEVER = 999 * DAY
WAY = {
    "switch": Distribution(Shape.LOGNORMAL, 60, 0.5), "writing": Distribution(Shape.EXPONENTIAL, 60),
    "set_up": Distribution(Shape.LOGNORMAL, 30, 0.5), "talk": Distribution(Shape.EXPONENTIAL, 90),
    "reading": Distribution(Shape.LOGNORMAL, 120, 0.5), "loss": 0.3, "attempts": 2, "answered": True, "ring": 25,
}  # fmt: skip
ROSTER = {"roster": "county-desk"}
luck = st.integers(0, 200)


def arrival(*ways, seed, outage=None, **overrides):
    """Return when a message was delivered and read; never is later than all else."""
    post = Post(*ways, seed=seed, desk=ROSTER, **overrides)
    if outage is not None:
        begins, lasts = outage
        cut, restore = post.exchange.outages.cut, post.exchange.outages.restore
        post.world.clock.at(begins, lambda: cut("way0", "test", None))
        post.world.clock.at(begins + lasts, lambda: restore("way0", "test", None))
    post.send(kind="release").run()
    return tuple(post.times(step).get("m0>duty", NEVER) for step in ("delivered", "read"))


def in_order(one, other):
    return all(early <= late for early, late in zip(one, other, strict=True))


WORSE = st.sampled_from(
    ["comms__delay_factor", "comms__loss_factor", "comms__switch_factor", "desk__unanswered_factor"]
)


@settings(max_examples=150)
@given(luck, WORSE, st.floats(0, 10), st.floats(0, 10))
def test_slower_and_worse_never_helps(seed, name, one, other):
    """With one way for delay, loss and answering, and two for the time that changing takes."""
    low, high = sorted((one, other))
    ways = [{**WAY, "loss": 1.0, "answered": False}, WAY] if name == "comms__switch_factor" else [WAY]
    better, worse = (arrival(*ways, seed=seed, **{name: value}) for value in (low, high))
    assert in_order(better, worse)


@settings(max_examples=150)
@given(luck, st.sampled_from(["lost", "held"]), st.integers(0, 600), st.integers(0, 900), st.integers(0, 900))
def test_a_longer_outage_never_helps(seed, when_down, begins, one, other):
    """Begun at the same time; a message that is lost for good arrives never."""
    short, long = sorted((one, other))
    way = {**WAY, "loss": 0.0, "answered": False, "when_down": when_down, "attempts": 5, "set_up": fixed(0)}
    better, worse = (arrival(way, seed=seed, outage=(begins, lasts)) for lasts in (short, long))
    assert in_order(better, worse)
    assert in_order(arrival(way, seed=seed), better)


@settings(max_examples=150)
@given(luck, st.integers(1, 3), st.floats(0, 1))
def test_one_more_channel_to_fall_back_to_never_helps_less(seed, ways, fallback):
    less, more = (arrival(*[WAY] * number, seed=seed, comms__fallback=fallback) for number in (ways, ways + 1))
    assert in_order(more, less)
    assert more == less or NEVER == less[0]


@settings(max_examples=60)
@given(
    st.lists(st.integers(0, 500), min_size=1, max_size=12), st.integers(1, 5), st.integers(1, 300),
    st.sampled_from(["desk", "pool", "officers"]),
)  # fmt: skip
def test_fewer_lines_or_officers_never_help_where_all_takes_the_same_time(moments, number, length, kind):
    """Messages over one channel, first come first served: the n-th is never delivered and read sooner."""
    found = []
    for size in (number + 1, number):
        way = {
            "desk": {"holds": "desk", "talk": fixed(length)},
            "pool": {"holds": "pool", "capacity": size, "talk": fixed(length)},
            "officers": {"reading": fixed(length)},
        }[kind]
        post = Post(way, desk={"phone_lines": size, "officers": size if kind == "officers" else 50})
        for index, at_s in enumerate(moments):
            message = Message(f"m{index}", "police", "duty", "release")
            post.world.clock.at(at_s, lambda one=message, post=post: post.exchange.send(one, None))
        found.append(post.run().times("read"))
    more, fewer = found
    assert len(moments) == len(more) == len(fewer)
    assert all(more[ident] <= fewer[ident] for ident in more)


@settings(max_examples=60)
@given(luck, st.floats(0, 10), st.floats(0, 10), st.integers(0, 400))
def test_a_longer_repair_never_helps(seed, one, other, sent_s):
    """A text waits until the power of its machine is back."""
    county = whole_exercise().county
    station = next(each for each in county.lifelines if each.kind == "substation")
    power = station.model_copy(update={"serves": ("county-hall",), "needs": ()})
    way = {**PLAIN, **WAY, "when_down": "held", "needs": ("substation",), "answered": False, "patience": 90 * DAY}
    channels = (county.channels[0].model_copy(update={**way, "id": "text", "loss": 0.0}),)
    reached = {"channels": ("text",), "sends": ("text",), "roster": None, "at": "county-hall"}
    desks = tuple(each.model_copy(update=reached) for each in county.organizations if each.id in ("duty", "police"))
    exercise = changed(county={"channels": channels, "lifelines": (power,), "organizations": desks})
    found = []
    for factor in sorted((one, other)):
        world = world_of(exercise, seed=seed, **IDEAL, lifelines__repair_factor=factor)
        start = world.log.emit("run.started", "", "test", None)
        lifelines = Lifelines(world)
        exchange = Exchange(world, instant=False, lifelines=lifelines)
        exchange.connect("duty", Desk(world))
        lifelines.cut(power.id, "test", start, None)
        message = Message("m", "police", "duty", "release")
        world.clock.at(sent_s, lambda exchange=exchange, message=message: exchange.send(message, None))
        run(world, 99 * DAY)
        found.append(of_kind(world, "message.read")[0].at_s)
        repaired_s = of_kind(world, "lifeline.restored")[0].at_s
        assert repaired_s <= of_kind(world, "message.delivered")[0].at_s
    assert found[0] <= found[1]
