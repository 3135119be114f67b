"""Channels against closed forms: retries, phone-downs, and lives that are the sum of their parts."""

from math import fsum, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.rng import Distribution, Shape
from tests.comms.posts import Post
from tests.engine.worlds import fixed

MESSAGES = 2000


def mean_delivery(channel, seed=0):
    times = Post(channel, seed=seed).send(MESSAGES).run().times("delivered")
    assert MESSAGES == len(times)
    return fsum(times.values()) / MESSAGES


@pytest.mark.parametrize(("p", "set_up", "talk", "pause"), [(0.2, 0, 1000, 5000), (0.1, 1000, 2000, 500), (0, 7, 5, 1)])
def test_mean_delay_with_retries(p, set_up, talk, pause):
    """E = d + (tau + set-up) p / (1 - p): a lost attempt costs the time to get through and the pause after it.

    With no set-up time, d = 1, tau = 5 and p = .2 this is the published 2.25.
    """
    expected = set_up + talk + (pause + set_up) * p / (1 - p)
    error = (pause + set_up) * sqrt(p) / (1 - p) / sqrt(MESSAGES)
    channel = {"set_up": fixed(set_up), "talk": fixed(talk), "retry_after": pause, "loss": p, "attempts": 10}
    assert abs(mean_delivery(channel) - expected) <= 3 * error


def test_mean_delay_when_getting_through_is_a_matter_of_luck_too():
    p, mean, pause = 0.1, 2000, 1000
    channel = {"set_up": Distribution(Shape.EXPONENTIAL, mean), "retry_after": pause, "loss": p, "attempts": 10}
    expected = mean / (1 - p) + pause * p / (1 - p)
    variance = mean**2 / (1 - p) + (mean + pause) ** 2 * p / (1 - p) ** 2
    assert abs(mean_delivery(channel) - expected) <= 3 * sqrt(variance / MESSAGES)


@pytest.mark.parametrize("p", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("tries", [1, 3])
def test_share_delivered_within_some_tries(p, tries):
    """1 - p^n; with p = .2 and n = 3 the published .992."""
    post = Post({"loss": p, "attempts": tries}).send(MESSAGES).run()
    expected = 1 - p**tries
    share = len(post.times("delivered")) / MESSAGES
    assert abs(share - expected) <= 3 * sqrt(expected * (1 - expected) / MESSAGES)
    assert MESSAGES == len(post.times("delivered")) + len(post.times("expired"))


@pytest.mark.parametrize(("number", "minutes", "mean", "last"), [(8, 2, 9, 16), (1, 5, 5, 5), (20, 3, 31.5, 60)])
def test_phone_down_by_one_line(number, minutes, mean, last):
    """Mean c(n+1)/2, last cn: eight calls of two minutes end after 9 minutes on average, the last after 16."""
    post = Post({"holds": "desk", "talk": fixed(60 * minutes)}, desk={"phone_lines": 1}).send(number).run()
    times = list(post.times("delivered").values())
    assert 60 * mean * number == sum(times)
    assert 60 * last == max(times)
    assert [60 * minutes * n for n in range(1, number + 1)] == sorted(times)


@given(st.integers(1, 30), st.integers(1, 6), st.integers(1, 600))
def test_several_lines_take_the_calls_in_rounds(number, lines, talk):
    post = Post({"holds": "desk", "talk": fixed(talk)}, desk={"phone_lines": lines}).send(number).run()
    expected = {f"m{n}>duty": talk * (n // lines + 1) for n in range(number)}
    assert expected == post.times("delivered")


@given(st.integers(1, 10), st.integers(1, 600))
def test_on_a_radio_net_one_talks_at_a_time(number, talk):
    post = Post({"holds": "net", "talk": fixed(talk)}, desk={"phone_lines": 5}).send(number).run()
    assert [talk * n for n in range(1, number + 1)] == sorted(post.times("delivered").values())


@given(st.integers(2, 10), st.integers(1, 600), st.integers(1, 4000))
def test_who_waits_too_long_for_a_line_has_failed(number, talk, patience):
    channel = {"holds": "desk", "talk": fixed(talk), "patience": patience}
    post = Post(channel, desk={"phone_lines": 1}).send(number).run()
    taken = 0
    for n in range(number):
        name = f"m{n}>duty"
        if n and patience % talk == 0 and talk * n >= patience:  # freed at that very moment: one of them may get it
            taken += name not in post.times("lost")
            assert post.times("lost").get(name, patience) == patience
        else:
            kind, moment = ("delivered", talk * (n + 1)) if n == 0 or talk * n < patience else ("lost", patience)
            assert moment == post.times(kind)[name]
    assert taken <= 1


parts = st.fixed_dictionaries(
    {
        **{name: st.integers(0, 500).map(fixed) for name in ("set_up", "talk", "writing", "reading")},
        "retry_after": st.integers(0, 300),
        "loss": st.sampled_from([0.0, 0.5, 0.8, 1.0]),
        "attempts": st.integers(1, 4),
    }
)


@settings(max_examples=60)
@given(st.lists(parts, min_size=1, max_size=3), st.integers(0, 9))
def test_a_life_is_the_sum_of_its_parts(channels, seed):
    post = Post(*channels, seed=seed).send().run()
    life = post.life("m0>duty")
    total, left = int(channels[0]["writing"].a), life.count("sent")  # all are spoken: written down once
    for channel in channels:
        tries = min(left, channel["attempts"])
        left -= tries
        total += tries * channel["set_up"].a + (tries - 1) * channel["retry_after"]
        if not left:
            break
    if "delivered" in life:
        assert total + channel["talk"].a == post.times("delivered")["m0>duty"]
        assert total + channel["talk"].a + channel["reading"].a == post.times("read")["m0>duty"]
    else:
        assert sum(one["attempts"] for one in channels) == life.count("sent") == life.count("lost")
        assert total == post.times("expired")["m0>duty"]
