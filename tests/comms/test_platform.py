"""The platform: exact times of entering, synchronizing and reading; without network it waits and loses nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.comms.exchange import Exchange
from sim.comms.message import Stated
from sim.comms.platform import Entry, Platform, is_news, on_platform
from sim.errors import BadInput
from sim.record.picture import Held, Picture
from sim.spec.profiles import check_has
from tests.engine.worlds import changed, fixed, of_kind, run, whole_exercise, world_of

SIZE, SMELL = "leak/size", "incident/sign"  # the bundled plan shares the first and not the second
READERS = ["duty", "command", "emergency", "health"]  # who needs to know the size


class Desk:
    """A desk that notes when it learns what, and from whom."""

    def __init__(self, world, desk):
        self.world, self.desk, self.id = world, desk, desk.id
        self.picture, self.learned, self.on_learned, self.got = Picture(), {}, [], []

    def learn(self, stated, cause, how, also=()):
        held = Held(stated.value, stated.as_of_s, stated.source, self.world.clock.now, stated.verified)
        if self.picture.learn(stated.fact, held) == "old":
            return
        self.learned[stated.fact] = self.world.log.emit(
            "fact.learned", self.id, stated.fact, cause, also, value=stated.value, how=how
        )
        self.got.append((self.world.clock.now, stated.fact, stated.value, how, stated.source, stated.as_of_s))
        for listener in self.on_learned:
            listener(stated.fact)


class Posted:
    """A world with a platform, where reading takes a fixed time and desks have a given number of officers."""

    def __init__(self, reading=60, officers=2, sync_delay=5, entry=30, coverage=1):
        county = whole_exercise().county
        channels = tuple(
            one.model_copy(update={"reading": fixed(reading), "needs": ()}) if one.id == "platform" else one
            for one in county.channels
        )
        organizations = tuple(one.model_copy(update={"officers": officers}) for one in county.organizations)
        self.world = world_of(
            changed(county={"channels": channels, "organizations": organizations}),
            platform__on=1,
            platform__sync_delay=sync_delay,
            platform__entry=entry,
            platform__coverage=coverage,
        )
        self.start = self.world.log.emit("run.started", "", "test", None)
        self.exchange = Exchange(self.world, instant=False)
        self.desks = {one.id: Desk(self.world, one) for one in organizations}
        self.platform = Platform(self.world, self.exchange, list(self.desks.values()))
        for desk in self.desks.values():
            desk.on_learned.append(lambda fact, desk=desk: self.platform.learned(desk, fact))

    def see(self, at_s, who, fact=SIZE, value="large", source="enterprise", verified=False):
        """Let a desk hear something at a time."""
        stated = Stated(fact, value, at_s, source, verified)
        self.world.clock.at(at_s, lambda: self.desks[who].learn(stated, self.start, "message"))
        return self

    def until(self, at_s):
        run(self.world, at_s)
        return self

    def read(self, fact=SIZE):
        """Return when each desk read a fact on the platform."""
        return {
            one.id: at
            for one in self.desks.values()
            for at, key, _, how, _, _ in one.got
            if key == fact and how == "platform"
        }

    def times(self, kind):
        return [event.at_s for event in of_kind(self.world, kind)]


def test_a_fact_is_entered_shown_at_the_next_synchronization_and_read_by_those_who_need_it():
    posted = Posted().see(100, "emergency").until(2000)
    assert [130] == posted.times("platform.entered")
    assert [300] == posted.times("platform.synced")
    assert {"duty": 360, "command": 360, "health": 360} == posted.read()


def test_what_is_read_has_the_source_and_the_moment_of_the_original():
    posted = Posted().see(100, "emergency").until(2000)
    assert [(360, SIZE, "large", "platform", "enterprise", 100)] == posted.desks["duty"].got


def test_facts_wait_for_the_officer_who_enters_them():
    posted = Posted(officers=1).see(0, "police", "incident/exists", True).see(0, "police", "cordon/closed", True)
    assert [30, 60] == posted.until(200).times("platform.entered")
    free = Posted(officers=2).see(0, "police", "incident/exists", True).see(0, "police", "cordon/closed", True)
    assert [30, 30] == free.until(200).times("platform.entered")


def test_an_officer_reads_all_that_is_visible_at_one_look_and_nobody_else_is_served_meanwhile():
    posted = Posted(officers=1, entry=0).see(10, "police", "incident/exists", True).see(20, "weather", SIZE).until(300)
    officers = posted.exchange.desks.officers
    assert 1 == officers["duty"].busy
    posted.until(360)
    assert 0 == officers["duty"].busy
    assert [360, 360] == [at for at, *_ in posted.desks["duty"].got]


def test_a_look_that_needs_an_officer_waits_for_one_and_says_for_whom():
    posted = Posted(officers=1, entry=0)
    officers = posted.exchange.desks.officers["duty"]
    taken = officers.take()
    officers.claim(taken, posted.start)
    posted.world.clock.at(500, lambda: officers.give_back(taken, posted.start))
    posted.see(100, "emergency").until(2000)
    assert 560 == posted.read()["duty"]
    learned = next(e for e in of_kind(posted.world, "fact.learned") if e.actor == "duty")
    assert posted.start in learned.also


def test_what_is_entered_after_a_synchronization_waits_for_the_next():
    posted = Posted(entry=0).see(100, "emergency", value="small").see(301, "emergency", value="large").until(2000)
    assert [300, 600] == posted.times("platform.synced")
    assert 660 == posted.read()["duty"]
    assert "large" == posted.desks["duty"].picture.value(SIZE)


def test_with_no_delay_what_is_entered_is_visible_at_once():
    assert [130] == Posted(sync_delay=0).see(100, "emergency").until(1000).times("platform.synced")


def test_what_comes_from_the_platform_or_is_no_news_to_it_is_not_entered():
    posted = Posted().see(100, "emergency").see(700, "health", source="duty").until(3000)
    assert [130] == posted.times("platform.entered")[:1]
    entered = of_kind(posted.world, "platform.entered")
    assert ["emergency", "health"] == [event.actor for event in entered]  # newer, so it is news
    stale = Posted().see(100, "emergency")
    stale.world.clock.at(
        900, lambda: stale.desks["transport"].learn(Stated(SIZE, "large", 100, "duty", False), 0, "message")
    )
    assert 1 == len(stale.until(3000).times("platform.entered"))


def test_two_desks_that_enter_the_same_show_it_once():
    posted = Posted(entry=0).see(100, "emergency").see(100, "health").until(2000)
    assert 2 == len(posted.times("platform.entered"))
    assert [300] == posted.times("platform.synced")
    assert ["duty", "command"] == [desk for desk in posted.read() if desk in ("duty", "command")]


def test_what_the_plan_does_not_share_stays_with_its_desk():
    posted = Posted().see(100, "police", SMELL, True).until(2000)
    assert [] == posted.times("platform.entered") == posted.times("platform.synced")


@pytest.mark.parametrize("share", [0.0, 0.01, 0.4, 0.5, 1.0])
def test_coverage_is_the_first_desks_that_are_seats_or_marked(share):
    desks = whole_exercise().county.organizations
    meant = [one.id for one in desks if one.seat or one.platform]
    covered = on_platform(desks, share)
    assert list(covered) == meant[: len(covered)]
    assert len(covered) - 1 < share * len(meant) <= len(covered)
    assert {"weather"} == {one.id for one in desks if one.platform} <= set(meant)


def test_a_desk_that_is_not_covered_neither_enters_nor_reads():
    posted = Posted(coverage=0.25).see(100, "emergency").see(100, "duty", "incident/exists", True).until(2000)
    assert ["duty"] == [event.actor for event in of_kind(posted.world, "platform.entered")]
    assert {"command"} == set(posted.read("incident/exists"))
    assert {} == posted.read(SIZE)


def test_without_network_nothing_is_entered_or_read_and_nothing_is_lost():
    posted = Posted()
    outages = posted.exchange.outages
    posted.world.clock.at(50, lambda: outages.cut("platform", "test", posted.start))
    posted.world.clock.at(1000, lambda: outages.restore("platform", "test", posted.start))
    posted.see(100, "emergency").until(3000)
    assert [1030] == posted.times("platform.entered")
    assert [1200] == posted.times("platform.synced")
    assert {1260} == set(posted.read().values())
    restored = next(event.seq for event in of_kind(posted.world, "channel.restored"))
    assert restored in of_kind(posted.world, "platform.entered")[0].also


def test_what_was_typed_when_the_network_failed_goes_out_when_it_is_back():
    posted = Posted()
    outages = posted.exchange.outages
    posted.world.clock.at(110, lambda: outages.cut("platform", "test", posted.start))
    posted.world.clock.at(1000, lambda: outages.restore("platform", "test", posted.start))
    assert [1000] == posted.see(100, "emergency").until(3000).times("platform.entered")


def test_a_county_without_the_channel_gets_a_clear_error():
    channels = tuple(one for one in whole_exercise().county.channels if one.id != "platform")
    world = world_of(changed(county={"channels": channels}), platform__on=1)
    with pytest.raises(BadInput, match="no channel 'platform'"):
        check_has(world.exercise.county, world.parameters)


sayings = st.builds(
    Stated,
    st.just(SIZE),
    st.sampled_from(["small", "large"]),
    st.integers(0, 3),
    st.sampled_from(["a", "b"]),
    st.booleans(),
)


@given(st.lists(sayings, max_size=6))
def test_nothing_that_changes_what_stands_is_held_back_as_no_news(history):
    board = Picture()
    for said in history:
        before = dict(board.held)
        news = is_news(board, said)
        board.learn(SIZE, Held(said.value, said.as_of_s, said.source, 0, said.verified))
        assert news or before == board.held
        assert not is_news(board, Stated.from_held(SIZE, board.held[SIZE]))


@given(st.lists(sayings, unique=True, max_size=8))
def test_entries_that_say_different_things_have_different_ids(stated):
    assert len({Entry(one, "police", 0).id for one in stated}) == len(stated)


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 1500), st.sampled_from(READERS), st.sampled_from(["small", "large"]), st.booleans()),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 120),
    st.integers(0, 10),
)
def test_in_the_end_all_who_need_it_hold_the_newest_value(said, entry, sync_delay):
    posted = Posted(entry=entry, sync_delay=sync_delay)
    for at_s, who, value, _ in said:
        posted.see(at_s, who, value=value)
    posted.until(20_000)
    newest = max(at_s for at_s, *_ in said)
    values = {value for at_s, _, value, _ in said if at_s == newest}
    assert {posted.desks[who].picture.value(SIZE) for who in READERS} <= values
    assert {posted.desks[who].picture.held[SIZE].as_of_s for who in READERS} == {newest}
    assert all(line.busy == line.waiting == 0 for line in posted.exchange.desks.officers.values())
