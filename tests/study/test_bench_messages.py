"""The benchmark of messages measures full lives on both sides; no test looks at a time."""

from collections import Counter

import pytest

from sim.spec.load import load
from sim.study.bench_messages import load_of, messages, run_bare, run_load, times_of

STEPS = ("composed", "sent", "delivered", "read", "acknowledged")
"""What every life goes through; those that find the line busy are queued too."""


@pytest.fixture(scope="module")
def small():
    return load_of(load("chlorine-leak"), 5, 30)


def test_every_message_lives_a_full_life_and_many_find_the_line_busy(small):
    kinds = Counter(event.kind.partition(".")[2] for event in run_load(small).log.events)
    assert dict.fromkeys(STEPS, 150) == {step: kinds[step] for step in STEPS}
    assert 30 < kinds["queued"] < 120


def test_bare_simpy_repeats_every_life_to_the_second(small):
    ours = Counter((event.at_s, event.kind.partition(".")[2]) for event in run_load(small).log.events)
    bare = Counter((at_s, step) for at_s, step, _ in run_bare(5, times_of(small)))
    for step in (*STEPS, "queued"):
        assert {one: n for one, n in ours.items() if one[1] == step} == {k: n for k, n in bare.items() if k[1] == step}


def test_rows_say_what_was_measured_and_can_be_had_alone():
    rows = messages(load("chlorine-leak"), 3, 5, 1, 2)
    assert [row.id for row in rows] == [
        "message lives",
        "bare lives",
        "lives / bare",
        "life at scale",
        "growth per life",
    ]
    assert all(row.value and row.unit and row.how for row in rows)
    assert "3 -> 6 organizations, 15 -> 30 messages" in rows[-1].how
