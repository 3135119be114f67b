"""What platform, sources and consultation do to a whole run: free of charge they help, and each cost is felt."""

from functools import cache
from math import fsum

import pytest

from sim.assess.awareness import summary
from sim.play.session import Session
from tests.play.made import short
from tests.play.test_descent import FLIPS, apart

SEEDS = range(10)
ON = ("platform.on", 1)
FREE = (ON, ("platform.sync_delay", 0), ("platform.entry", 0))


@cache
def played(*overrides, seed=3):
    return Session(short(), seed=seed, overrides=dict(overrides), audit=True).finish()


@cache
def awareness(*overrides):
    return [summary(played(*overrides, seed=seed))["mean_awareness"] for seed in SEEDS]


def mean(values):
    return fsum(values) / len(values)


@pytest.mark.parametrize(
    "worse",
    [
        pytest.param((ON, ("platform.sync_delay", 60)), id="sync_delay"),
        pytest.param((ON, ("platform.entry", 300)), id="entry"),
        pytest.param((ON, ("platform.coverage", 0.3)), id="coverage"),
    ],
)
@pytest.mark.slow
def test_each_cost_of_the_platform_lowers_awareness(worse):
    assert mean(awareness(*worse)) < mean(awareness(ON))


def test_a_platform_that_costs_nothing_to_feed_raises_awareness():
    better = [free - without for free, without in zip(awareness(*FREE), awareness(), strict=True)]
    assert all(gain > 0 for gain in better[:5])
    assert mean(better) > 0.01


@pytest.mark.slow
def test_the_more_sources_are_needed_the_less_counts_as_verified():
    def verified(sources):
        runs = [played(("info.sources", sources), seed=seed) for seed in SEEDS[:4]]
        return sum(e.data["verified"] for run in runs for e in run.events if e.kind == "fact.learned")

    one, two, none = (verified(sources) for sources in (1, 2, 0))
    assert one > two >= none


@pytest.mark.slow
def test_a_longer_consultation_brings_what_the_others_hold_later():
    def ended(length):
        runs = [played(("consultation.length", length), seed=seed) for seed in SEEDS[:4]]
        return [e.at_s for run in runs for e in run.events if e.kind == "consultation.held" and e.data["missing"] == []]

    assert ended(0)
    assert min(ended(30)) > min(ended(0))


def test_off_leaves_no_trace_whatever_else_is_set():
    quiet = played(("platform.sync_delay", 60), ("platform.entry", 300), ("platform.coverage", 0.3))
    assert quiet.events == played().events
    assert not [event for event in quiet.events if event.kind.startswith("platform.")]


def test_with_the_platform_every_event_still_has_an_earlier_cause():
    events = played(ON).events
    assert any(event.data.get("how") == "platform" for event in events)
    assert all(number < event.seq for event in events[1:] for number in (event.cause, *event.also))


@pytest.mark.parametrize(("key", "one", "other"), FLIPS[:3])
@pytest.mark.parametrize("overrides", [(ON,), (("info.sources", 2),)], ids=["platform", "sources"])
def test_what_does_not_descend_from_a_flipped_decision_is_unchanged_with_the_platform(key, one, other, overrides):
    decided = {"villages": "evacuate-liuwan"}
    runs = [
        Session(short(), seed=3, overrides=dict(overrides), decisions={**decided, key: option}).finish().events
        for option in (one, other)
    ]
    left, right = apart(*runs, key)
    assert sorted(left) == sorted(right)
