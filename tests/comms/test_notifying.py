"""Telling many: one after another, from mouth to mouth, all at once, along a chain; and what a bad channel leaves.

The expected values are closed forms: ceil(log2 n) rounds of a cascade, ``m (H_n - H_(n-k))`` for the k-th of n who are
told at the same time, sums of means and of variances for a chain, and products of chances for a channel that fails and
garbles.
"""

from math import ceil, log2
from statistics import pvariance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.comms.message import Message, Stated
from tests.comms.posts import Post
from tests.comms.queueing import SERVICE_S, channel, expect, mean
from tests.engine.worlds import fixed

GROUPS = 20


class Tree:
    """Parties who, once told, tell one more in each round, each by its one officer."""

    def __init__(self, parties, talk_s, grows=True):
        self.names = [f"party{number}" for number in range(parties)]
        ways = {"placed": True, "talk": fixed(talk_s), "holds": "desk"}
        self.post = Post(ways, desk={"officers": 1, "phone_lines": 1}, parties=self.names)
        self.round_s, self.grows = talk_s, grows
        for number in range(1, parties):
            self.post.exchange.connect(self.names[number], _Party(self, number))
        self.tell(0, 0)
        self.post.run()

    def tell(self, number, rounds):
        """Let a party tell those whose turn is in the rounds that are left."""
        ahead = [number + 2**later for later in range(rounds, 20)] if self.grows else range(1, len(self.names))
        for other in ahead:
            if other < len(self.names):
                message = Message(f"{number}>{other}", self.names[number], self.names[other], "release")
                self.post.exchange.send(message, None)

    def last_s(self):
        told = self.post.times("read")
        assert len(told) == len(self.names) - 1
        return max(told.values(), default=0)


class _Party:
    def __init__(self, tree, number):
        self.tree, self.number = tree, number

    def receive(self, message, read):  # noqa: ARG002
        if self.tree.grows:
            self.tree.tell(self.number, self.tree.post.world.clock.now // self.tree.round_s)


@pytest.mark.parametrize(("parties", "rounds"), [(2, 1), (3, 2), (8, 3), (9, 4), (100, 7)])
def test_a_cascade_reaches_everybody_in_the_logarithm_of_rounds(parties, rounds):
    assert rounds == ceil(log2(parties))
    assert 120 * rounds == Tree(parties, 120).last_s()


@settings(max_examples=30)
@given(st.integers(2, 40), st.integers(1, 600))
def test_a_cascade_is_never_slower_than_one_desk_that_calls_all(parties, talk_s):
    cascade, one_desk = Tree(parties, talk_s).last_s(), Tree(parties, talk_s, grows=False).last_s()
    assert talk_s * (parties - 1) == one_desk
    assert talk_s * ceil(log2(parties)) == cascade <= one_desk


def harmonic(number):
    return sum(1 / k for k in range(1, number + 1))


def test_all_at_once_the_last_is_told_after_the_harmonic_number_of_means():
    """With five parties the published 2.2833 means for the last, and m (H_5 - H_(5-k)) for the k-th."""
    parties, rounds = 5, 1000
    post = Post(channel("exponential-call"))
    for number in range(rounds):
        for party in range(parties):
            post.exchange.send(Message(f"{number}/{party}", "police", "duty", "release"), None)
    times = post.run().times("delivered")
    told = [sorted(times[f"{number}/{party}"] for party in range(parties)) for number in range(rounds)]
    assert harmonic(5) == pytest.approx(2.2833, abs=1e-4)
    for k in range(1, parties + 1):
        expected = SERVICE_S * (harmonic(parties) - harmonic(parties - k))
        expect(expected, [mean([row[k - 1] for row in told[group::GROUPS]]) for group in range(GROUPS)])


class _Relay:
    """Passes on what it hears to the next of a chain, under the name of the chain and the hop."""

    def __init__(self, post, to):
        self.post, self.to = post, to

    def receive(self, message, read):
        chain, _, hop = message.id.partition("/")
        onward = Message(f"{chain}/{int(hop) + 1}", message.to, self.to, "release")
        self.post.exchange.send(onward, read)


def chain_times(way, hops, number=1, **more):
    """Return the seconds that each of a number of chains takes from end to end."""
    names = [f"hop{hop}" for hop in range(hops + 1)]
    post = Post(way, parties=names, **more)
    for hop in range(1, hops):
        post.exchange.connect(names[hop], _Relay(post, names[hop + 1]))
    for chain in range(number):
        post.exchange.send(Message(f"{chain}/1", names[0], names[1], "release"), None)
    times = post.run().times("read")
    return [times[f"{chain}/{hops}"] for chain in range(number)]


@given(st.integers(1, 8), st.integers(0, 900), st.integers(0, 900), st.integers(0, 900))
def test_a_chain_takes_the_exact_sum_of_its_hops(hops, writing, talk, reading):
    way = {"writing": fixed(writing), "talk": fixed(talk), "reading": fixed(reading)}
    assert [hops * (writing + talk + reading)] == chain_times(way, hops)


def test_along_a_chain_means_and_variances_add_up():
    hops, number = 3, 3000
    times = chain_times(channel("exponential-call"), hops, number)
    groups = [times[group::GROUPS] for group in range(GROUPS)]
    expect(hops * SERVICE_S, [mean(group) for group in groups])
    about = [mean([(time - hops * SERVICE_S) ** 2 for time in group]) for group in groups]
    expect(hops * SERVICE_S**2, about)
    assert pvariance(times) == pytest.approx(hops * SERVICE_S**2, rel=0.1)


def test_a_channel_that_fails_and_garbles_leaves_content_or_an_empty_message_or_nothing():
    """Failure .2 and dropout .2 of what is yes or no: content .64, empty .16, nothing .20, as published."""
    number = 4000
    post = Post(channel("lossy-and-garbled"))
    said = (Stated("incident/exists", True, 0, "police", False),)
    got = {}
    desk = post.desks["duty"]
    desk.receive = lambda message, _: got.update({message.id: message.facts})
    for index in range(number):
        post.exchange.send(Message(f"m{index}", "police", "duty", "release", said), None)
    post.run()
    ends = [{said: "content", (): "empty", None: "nothing"}[got.get(f"m{index}")] for index in range(number)]
    for end, expected in (("content", 0.64), ("empty", 0.16), ("nothing", 0.20)):
        shares = [mean([one == end for one in ends[group::GROUPS]]) for group in range(GROUPS)]
        expect(expected, shares)
    assert len(post.life_kinds("expired")) == ends.count("nothing")
