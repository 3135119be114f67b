"""Awareness: exact values on records made by hand, identities on every run, directions under common luck."""

from itertools import pairwise
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.assess.awareness import beliefs_at, deficit_min, mean_awareness, needs, shared_awareness, summary, synchrony
from sim.play.session import Session
from tests.assess.made import END_S, learned, made, true

NEEDED = ("duty", "command")  # who needs to know that the river is polluted, by the bundled plan


def test_a_fact_known_by_one_at_once_and_by_the_other_after_an_hour():
    record = made(
        true(600, "river/polluted"), learned(600, "duty", "river/polluted"), learned(4200, "command", "river/polluted")
    )
    found = needs(record)
    assert [("duty", 0), ("command", 3600)] == [(need.role, need.unaware_s) for need in found]
    assert 30.0 == deficit_min(found)
    assert [(600, 0.5), (4200, 1.0), (END_S, 1.0)] == shared_awareness(found)
    (row,) = synchrony(found)
    assert (3600, 3600) == (row.latency_s, row.all_s)
    assert pytest.approx(1 - 0.5 * 3600 / (END_S - 600)) == mean_awareness(found)


def test_what_nobody_learns_counts_to_the_end_and_has_no_latency():
    found = needs(made(true(600, "river/polluted")))
    assert [None, None] == [need.known_s for need in found]
    assert (END_S - 600) / 60 == deficit_min(found)
    (row,) = synchrony(found)
    assert (None, None) == (row.latency_s, row.all_s)
    assert 0.0 == mean_awareness(found)


def test_a_wrong_belief_counts_in_minutes_and_against_correctness():
    record = made(
        true(0, "leak/size", "large"),
        learned(600, "duty", "leak/size", "small"),
        learned(1800, "duty", "leak/size", "large"),
    )
    duty = next(need for need in needs(record) if need.role == "duty")
    assert (1800, 1200) == (duty.unaware_s, duty.false_s)
    assert {"held": 1, "correct": 0.0, "age_min": 10.0} == beliefs_at(record, 1200)["duty"]
    assert {"held": 1, "correct": 1.0, "age_min": 0.0} == beliefs_at(record, 1800)["duty"]


def test_nothing_to_know_is_nothing_missed():
    found = summary(made())
    assert (0, None, None, 0.0) == (found["needs"], found["coverage"], found["mean_awareness"], found["deficit_min"])


knowings = st.lists(
    st.tuples(st.sampled_from(NEEDED), st.integers(0, END_S - 1)), max_size=6, unique_by=lambda known: known[0]
)


@settings(max_examples=40)
@given(st.integers(0, END_S - 2), knowings)
def test_the_deficit_is_the_integral_of_what_is_not_shared_and_adds_up_over_roles(start_s, known):
    record = made(true(start_s, "river/polluted"), *(learned(at, role, "river/polluted") for role, at in known))
    found = needs(record)
    steps = shared_awareness(found)
    integral = fsum((1 - share) * (until - at) / 60 for (at, share), (until, _) in pairwise(steps))
    assert pytest.approx(integral) == deficit_min(found)
    assert pytest.approx(deficit_min(found)) == fsum(summary(record)["deficit_by_role"].values())
    assert all(0 <= share <= 1 for _, share in steps)


@pytest.fixture(scope="module")
def measured():
    return {
        (policy, factor): [
            summary(
                Session("chlorine-leak", seed=seed, policy=policy, overrides={"comms.delay_factor": factor}).finish()
            )
            for seed in range(3)
        ]
        for policy, factor in (("none", 1), ("plan", 1), ("plan", 6), ("perfect", 1))
    }


def mean_of(rows, name):
    return fsum(row[name] for row in rows) / len(rows)


def test_perfect_knows_all_at_once_and_silence_little(measured):
    none, plan, perfect = (measured[policy, 1] for policy in ("none", "plan", "perfect"))
    assert [1.0] * 3 == [row["coverage"] for row in perfect]
    assert [0.0] * 3 == [row["false_belief_min"] for row in perfect]
    for name, sign in (("mean_awareness", 1), ("coverage", 1), ("deficit_min", -1)):
        values = [sign * mean_of(rows, name) for rows in (none, plan, perfect)]
        assert values == sorted(values)


def test_slower_channels_make_awareness_later(measured):
    quick, slow = measured["plan", 1], measured["plan", 6]
    assert mean_of(slow, "time_to_awareness_min") > mean_of(quick, "time_to_awareness_min")
    assert mean_of(slow, "deficit_min") > mean_of(quick, "deficit_min")
    assert mean_of(slow, "mean_awareness") < mean_of(quick, "mean_awareness")
