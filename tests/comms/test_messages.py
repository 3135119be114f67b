"""Messages: each has one life and one end, in any run; slower and worse channels never help."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.play.session import Session
from sim.rng import Distribution, Shape
from tests.comms.posts import Post
from tests.engine.worlds import HOUR, changed, fixed, record_of, whole_exercise

LETTERS = {
    "composed": "C", "queued": "Q", "sent": "S", "lost": "L", "delivered": "D", "read": "R",
    "acknowledged": "A", "approved": "P", "expired": "E", "switched": "W", "held": "H", "let_go": "G", "chased": "?",
    "acted": "!", "laid_aside": "U", "taken_up": "U", "answered": "N",
}  # fmt: skip
LIFE = re.compile(r"C(W|HG|Q*S(QN?)?L|Q*L)*(?P<end>Q*S(QN?)?(HG)?D(UU)?(R([A!P?]*)?)?|E|(Q*S(QN?)?H?|Q+|H)?)")
SLOW = {"set_up": Distribution(Shape.LOGNORMAL, 30, 0.5), "talk": Distribution(Shape.EXPONENTIAL, 90), "attempts": 4}


def lives(events):
    found = {}
    for event in events:
        kind, _, step = event.kind.partition(".")
        if kind == "message":
            found.setdefault(event.subject, []).append((event.at_s, LETTERS[step]))
    return found


@pytest.mark.parametrize("policy", ["none", "plan", "perfect"])
def test_every_message_of_a_run_has_one_life_and_one_end(policy):
    record = record_of(policy)
    composed = [event for event in record.events if event.kind == "message.composed"]
    public = [event.subject for event in composed if event.data["to"] == "public"]
    ends = {}
    for ident, life in lives(record.events).items():
        assert sorted(moment for moment, _ in life) == [moment for moment, _ in life]
        matched = LIFE.fullmatch("".join(letter for _, letter in life))
        assert matched, (ident, life)
        ends[ident] = "A" if "A" in matched["end"] else matched["end"][-1:]
    assert "A" in ends.values()
    if policy == "perfect":
        assert {"A"} == {end for ident, end in ends.items() if ident not in public}


@pytest.mark.parametrize("policy", ["none", "plan", "perfect"])
def test_nothing_is_taken_in_twice_nor_unread(policy):
    events = record_of(policy).events
    for kind in ("composed", "delivered", "read", "acknowledged", "expired"):
        subjects = [event.subject for event in events if event.kind == f"message.{kind}"]
        assert len(subjects) == len(dict.fromkeys(subjects))
    by_seq = {event.seq: event for event in events}
    for event in events:
        if event.kind in ("message.read", "message.acknowledged", "message.delivered", "message.lost"):
            assert event.subject == by_seq[event.cause].subject


@given(st.integers(1, 20), st.sampled_from(["report", "order", "request", "reply", "notice", "question"]))
def test_at_once_means_at_once_and_without_loss(number, kind):
    post = Post({"loss": 1.0, "set_up": fixed(50), "reading": fixed(50)}, instant=True).send(number, kind=kind).run(100)
    for index in range(number):
        assert ["composed", "sent", "delivered", "read", "acknowledged"] == post.life(f"m{index}>duty")
    assert {0} == {event.at_s for event in post.world.log.events}
    assert [f"m{index}>duty" for index in range(number)] == [ident for ident, *_ in post.desks["duty"].got]


def test_the_public_is_never_reached_at_once():
    post = Post({"set_up": fixed(50)}, instant=True).send(to="public", kind="order").run()
    assert {"m0>public": 50} == post.times("delivered")


@pytest.mark.parametrize(
    ("kind", "forgotten", "last"), [("report", 0.0, "acknowledged"), ("report", 1.0, "read"), ("release", 0.0, "read")]
)
def test_what_is_forgotten_or_only_announced_is_read_and_not_acknowledged(kind, forgotten, last):
    post = Post({"forgotten": forgotten}).send(kind=kind).run()
    assert last == post.life("m0>duty")[-1]
    assert 1 == len(post.desks["duty"].got)


def test_ids_are_made_unique_in_the_order_of_sending():
    exchange = Post({}).exchange
    assert ["a", "a#2", "b", "a#3"] == [exchange.unique(name) for name in ("a", "a", "b", "a")]


def test_officers_read_one_after_another():
    post = Post({"reading": fixed(60)}, desk={"officers": 2}).send(6).run()
    assert [60, 60, 120, 120, 180, 180] == sorted(post.times("read").values())


@settings(max_examples=30)
@given(st.integers(0, 50), st.floats(0, 20), st.floats(0, 20))
def test_slower_channels_never_deliver_earlier(seed, one, other):
    low, high = sorted((one, other))
    fast, slow = (
        Post({**SLOW, "loss": 0.3}, seed=seed, comms__delay_factor=factor).send(20).run().times("delivered")
        for factor in (low, high)
    )
    assert sorted(fast) == sorted(slow)
    assert all(fast[ident] <= slow[ident] for ident in fast)


@settings(max_examples=30)
@given(st.integers(0, 50), st.floats(0, 20), st.floats(0, 20))
def test_worse_channels_never_deliver_earlier_nor_more(seed, one, other):
    low, high = sorted((one, other))
    good, bad = (
        Post({**SLOW, "loss": 0.3}, seed=seed, comms__loss_factor=factor).send(20).run().times("delivered")
        for factor in (low, high)
    )
    assert set(bad) <= set(good)
    assert all(good[ident] <= bad[ident] for ident in bad)


def test_the_extremes_of_delay_and_loss():
    at_once = Post(SLOW, comms__delay_factor=0).send(20).run().times("delivered")
    assert {f"m{n}>duty": 0 for n in range(20)} == at_once
    means = [
        sum(Post(SLOW, comms__delay_factor=factor).send(200).run().times("delivered").values())
        for factor in (0.5, 1, 20)
    ]
    assert means[0] < means[1] < means[2]
    assert [] == Post({**SLOW, "loss": 0.3}, comms__loss_factor=0).send(200).run().life_kinds("lost")
    assert {} == Post({**SLOW, "loss": 0.3}, comms__loss_factor=20).send(200).run().times("delivered")


def most_at_once(events, to, channels):
    """Return the most calls that were on their way to somebody at one instant, by channels that hold a line."""
    addressees = {event.subject: event.data["to"] for event in events if event.kind == "message.composed"}
    changes = []
    open_calls = {}
    for event in events:
        if event.kind == "message.sent" and addressees[event.subject] == to and event.data["channel"] in channels:
            open_calls[event.subject] = None
            changes.append((event.at_s, 1))
        elif event.kind in ("message.delivered", "message.lost") and event.subject in open_calls:
            del open_calls[event.subject]
            changes.append((event.at_s, -1))
    held = most = 0
    for _, step in sorted(changes):
        held += step
        most = max(most, held)
    return most


@pytest.mark.parametrize("holds", ["desk", "net"])
def test_no_more_calls_at_once_than_lines(holds):
    county = whole_exercise().county
    channels = [channel.id for channel in county.channels if channel.holds == holds]
    most = {one.id: most_at_once(record_of("plan").events, one.id, channels) for one in county.organizations}
    for one in county.organizations:
        assert most[one.id] <= (one.phone_lines if holds == "desk" else 1)
    assert max(most.values()) == (2 if holds == "desk" else 1)


def test_fewer_lines_are_never_held_twice():
    short = changed(duration=2 * HOUR)
    channels = [channel.id for channel in short.county.channels if channel.holds == "desk"]
    for lines in (1, 2):
        record = Session(short, seed=3, overrides={"duty.phone_lines": lines, "public.calls_factor": 0}).finish()
        assert lines == most_at_once(record.events, "duty", channels)
