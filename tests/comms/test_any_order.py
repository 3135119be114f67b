"""An exchange under any order of sends, outages, repairs, new parameters and officers who leave."""

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sim.comms.exchange import Exchange
from sim.comms.message import URGENCY, Message
from sim.county.lifelines import Lifelines
from sim.rng import Luck
from sim.spec.parameters import parse_overrides
from tests.comms.posts import IDEAL, PLAIN, Desk
from tests.engine.worlds import changed, fixed, of_kind, run, whole_exercise, world_of

KINDS = tuple(sorted(URGENCY))
DESKS = ("duty", "police")
CHANNELS = {
    "phone": {
        "medium": "voice", "holds": "desk", "placed": True, "attended": True, "set_up": fixed(5), "talk": fixed(60),
        "ring": 40, "patience": 90, "loss": 0.3, "attempts": 2, "retry_after": 30, "needs": ("substation",),
    },
    "chat": {
        "medium": "text", "holds": "nothing", "set_up": fixed(20), "reading": fixed(90), "patience": 200, "loss": 0.1,
        "when_down": "held", "attempts": 2, "retry_after": 60, "forgotten": 0.3,
    },
    "circuit": {
        "medium": "voice", "holds": "pool", "capacity": 1, "attended": True, "switch": fixed(30), "talk": fixed(100),
        "ring": 60, "patience": 150, "loss": 0.2, "attempts": 3, "retry_after": 20,
    },
}  # fmt: skip
TUNED = {
    "comms.priority": (0, 1, 2), "comms.loss_factor": (0, 1, 3), "comms.delay_factor": (0, 1, 4),
    "comms.fallback": (0, 1), "desk.officers": (1, 2, 4), "duty.phone_lines": (1, 2, 3), "comms.chases": (0, 2),
    "desk.overload": (0, 1),
}  # fmt: skip
GIVEN = {**{name.replace("__", "."): value for name, value in IDEAL.items()}, "comms.priority": 2}
LOST = ("busy", "cut_off", "down", "failed", "no_answer")


def small_county(**phone):
    """Return an exercise with two desks, three channels, and a substation that one of them, the phone, needs."""
    county = whole_exercise().county
    model, station = county.channels[0], next(one for one in county.lifelines if one.kind == "substation")
    ways = {**CHANNELS, "phone": {**CHANNELS["phone"], **phone}}
    channels = tuple(model.model_copy(update={**PLAIN, **more, "id": ident}) for ident, more in ways.items())
    reached = {"channels": tuple(CHANNELS), "sends": tuple(CHANNELS), "roster": None, "phone_lines": 2, "officers": 2}
    organizations = tuple(
        one.model_copy(update={**reached, "at": "county-hall"}) for one in county.organizations if one.id in DESKS
    )
    power = station.model_copy(update={"serves": ("county-hall",), "needs": (), "repair": fixed(300)})
    return changed(county={"channels": channels, "organizations": organizations, "lifelines": (power,)}), power.id


class AnyOrder(RuleBasedStateMachine):
    @initialize(seed=st.integers(0, 99))
    def begin(self, seed):
        exercise, self.power = small_county()
        self.given = dict(GIVEN)
        self.world = world_of(exercise)
        self.world.luck = Luck(seed, audit=True)
        self.world.parameters = parse_overrides(self.given)
        self.start = self.world.log.emit("run.started", "", "test", None)
        self.lifelines = Lifelines(self.world)
        self.exchange = Exchange(self.world, instant=False, lifelines=self.lifelines)
        self.desks = {name: Desk(self.world) for name in DESKS}
        for name, desk in self.desks.items():
            self.exchange.connect(name, desk)
        self.sent = 0

    @rule(kind=st.sampled_from(KINDS), turn=st.booleans(), first=st.sampled_from((None, *CHANNELS)))
    def send(self, kind, turn, first):
        sender, to = DESKS if turn else DESKS[::-1]
        self.exchange.send(Message(f"m{self.sent}", sender, to, kind, channel=first), self.start)
        self.sent += 1

    @rule(seconds=st.sampled_from((1, 5, 20, 40, 60, 65, 100, 160, 600)))
    def let_time_pass(self, seconds):
        run(self.world, self.world.clock.now + seconds)

    @rule(channel=st.sampled_from(tuple(CHANNELS)), by=st.sampled_from("ab"), after=st.sampled_from((0, 5, 60, 65)))
    def cut(self, channel, by, after):
        self.world.clock.at(after, lambda: self.exchange.outages.cut(channel, by, self.start))

    @rule(channel=st.sampled_from(tuple(CHANNELS)), by=st.sampled_from(("a", "b", None)))
    def restore(self, channel, by):
        self.exchange.outages.restore(channel, by, self.start)

    @rule(lasts=st.sampled_from((None, 60, 200)))
    def cut_the_power(self, lasts):
        self.lifelines.cut(self.power, "test", self.start, lasts)

    @rule()
    def restore_the_power(self):
        self.lifelines.restore(self.power, None, self.start)

    @rule(data=st.data(), name=st.sampled_from(tuple(TUNED)))
    def tune(self, data, name):
        self.given[name] = data.draw(st.sampled_from(TUNED[name]))
        self.world.parameters = parse_overrides(self.given)
        self.exchange.tune()

    @rule(name=st.sampled_from(DESKS))
    def second_an_officer(self, name):
        before = self.exchange.desks.officers[name].capacity
        assert (before > 1) is self.exchange.desks.second(name)
        assert self.exchange.desks.officers[name].capacity == max(1, before - 1)

    @invariant()
    def lives_are_possible(self):
        lives, down = {}, {}
        for event in self.world.log.events:
            step = event.kind.partition(".")[2]
            if event.kind in ("channel.cut", "lifeline.failed"):
                down[event.subject] = event.seq
            elif event.kind in ("channel.restored", "lifeline.restored"):
                down.pop(event.subject, None)
            if not event.kind.startswith("message."):
                continue
            life = lives.setdefault(event.subject, [])
            assert (step == "composed") is (not life)
            assert not {"expired", "acknowledged"} & set(life), "nothing comes after the end"
            if step in ("delivered", "read"):
                assert step not in life
            if step == "delivered":
                assert life[-1] in ("sent", "queued", "answered", "let_go"), life
                assert event.data["channel"] not in down
                assert event.data["channel"] != "phone" or self.power not in down
            if step == "read":
                assert "delivered" in life
            if step == "lost":
                assert event.data["reason"] in LOST
                assert event.data["reason"] not in ("busy", "cut_off", "down") or event.also
            if step == "expired":
                assert "delivered" not in life
            if step == "let_go":
                assert life[-1] == "held"
            life.append(step)
        self.lives = lives

    @invariant()
    def desks_got_what_was_read(self):
        read = of_kind(self.world, "message.read")
        for name, desk in self.desks.items():
            assert [(e.subject, e.at_s, e.seq) for e in read if e.actor == name] == desk.got

    def teardown(self):
        if not hasattr(self, "world"):
            return
        run(self.world, self.world.clock.now + 100)
        for channel in CHANNELS:
            self.exchange.outages.restore(channel, None, self.start)
        self.lifelines.restore(self.power, None, self.start)
        run(self.world, self.world.clock.now + 50_000)
        self.lives_are_possible()
        self.desks_got_what_was_read()
        assert self.sent == len(self.lives)
        ends = [life[-1] for life in self.lives.values()]
        assert {"acknowledged", "read", "expired", "chased"} >= set(ends), ends
        desks = self.exchange.desks
        for line in (*desks.lines.values(), *desks.nets.values(), *desks.officers.values(), *desks.pools.values()):
            assert 0 == line.busy == line.waiting
        assert {} == self.exchange.attempts


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=25, stateful_step_count=30)


@pytest.mark.slow
class TestAnyOrderForLong(AnyOrder.TestCase):
    settings = settings(max_examples=200, stateful_step_count=60)


@pytest.mark.parametrize("steps", range(6))
def test_an_officer_who_comes_free_as_the_channel_fails_is_free_for_others(steps):
    """The call that waited for him is lost in the very instant in which it would have been picked up."""
    exercise, _ = small_county(ring=900)
    world = world_of(exercise, comms__fallback=0, comms__loss_factor=0, desk__officers=1)
    exchange = Exchange(world, instant=False)
    exchange.connect("duty", Desk(world))
    for number in range(2):
        exchange.send(Message(f"m{number}", "weather", "duty", "release", channel="phone"), None)

    def cut(left):
        world.clock.at(0, (lambda: cut(left - 1)) if left else lambda: exchange.outages.cut("phone", "test", None))

    world.clock.at(65, lambda: cut(steps))
    run(world, 10_000)
    assert [65] == [event.at_s for event in of_kind(world, "message.delivered")]
    assert 0 == exchange.desks.officers["duty"].busy


@pytest.mark.parametrize("holds", ["desk", "net", "pool"])
def test_who_gets_a_line_after_the_channel_has_failed_says_nothing(holds):
    exercise, _ = small_county()
    way = {
        **CHANNELS["phone"],
        "holds": holds,
        "capacity": 1 if holds == "pool" else None,
        "placed": False,
        "ring": 900,
    }
    model = exercise.county.channels[0].model_copy(update={**way, "loss": 0.0, "attempts": 1, "patience": 900})
    desks = tuple(
        one.model_copy(update={"phone_lines": 1, "sends": ("phone",), "channels": ("phone",)})
        for one in exercise.county.organizations
    )
    county = exercise.county.model_copy(update={"channels": (model,), "organizations": desks})
    world = world_of(replace(exercise, county=county))
    exchange = Exchange(world, instant=False)
    exchange.connect("duty", Desk(world))
    for number in range(3):
        exchange.send(Message(f"m{number}", "police", "duty", "release", channel="phone"), None)
    world.clock.at(30, lambda: exchange.outages.cut("phone", "test", None))
    run(world, 10_000)
    assert [] == of_kind(world, "message.delivered")
    assert ["down"] * 3 == [event.data["reason"] for event in of_kind(world, "message.lost")]
