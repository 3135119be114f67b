"""The clock: whole seconds that only go forward, lines first come first served, and loops that are caught."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine import Clock, clock
from sim.errors import EventStorm

waits = st.lists(st.lists(st.integers(0, 500), max_size=6), max_size=6)


def finish(clock):
    while clock.next_at() < float("inf"):
        clock.step()


def waiter(clock, seconds, seen):
    for wait in seconds:
        yield clock.wait(wait)
        seen.append(clock.now)


@given(waits)
def test_time_is_whole_and_never_goes_back(processes):
    clock, seen = Clock(), []
    assert 0 == clock.now
    for seconds in processes:
        clock.start(waiter(clock, seconds, seen))
    finish(clock)
    assert sorted(seen) == seen
    assert all(type(moment) is int for moment in seen)
    expected = sorted(sum(seconds[: n + 1]) for seconds in processes for n in range(len(seconds)))
    assert expected == seen


@given(st.lists(st.integers(0, 20)))
def test_what_is_due_at_one_moment_happens_in_the_order_in_which_it_was_asked_for(delays):
    clock, seen = Clock(), []
    for number, delay in enumerate(delays):
        clock.at(delay, lambda number=number: seen.append((clock.now, number)))
    finish(clock)
    assert sorted((delay, number) for number, delay in enumerate(delays)) == seen


def test_a_loop_without_delay_is_caught_where_it_turns():
    clock = Clock()

    def loop():
        yield clock.wait(7)
        while True:
            yield clock.wait(0)

    clock.start(loop())
    with pytest.raises(EventStorm) as caught:
        finish(clock)
    assert (7, 100_000) == (caught.value.at_s, caught.value.limit)


def test_a_busy_exercise_is_no_storm(monkeypatch):
    monkeypatch.setattr(clock, "MOST_STEPS_AN_INSTANT", 50)
    watch, seen = Clock(), []
    for moment in range(20):
        for _ in range(50):
            watch.at(moment, lambda: seen.append(watch.now))
    finish(watch)
    assert 1000 == len(seen)
    watch.at(0, lambda: [watch.at(1, lambda: None) for _ in range(51)])
    with pytest.raises(EventStorm):
        finish(watch)


@given(st.integers(1, 4), st.lists(st.tuples(st.integers(0, 50), st.integers(1, 30)), max_size=12))
def test_a_line_is_never_held_by_more_than_it_has_and_serves_in_the_order_of_asking(capacity, calls):
    clock, served = Clock(), []
    line = clock.line(capacity)

    def call(number, start, length):
        yield clock.wait(start)
        request = line.take()
        yield request
        served.append((start, number))
        assert 1 <= line.busy <= capacity
        yield clock.wait(length)
        line.give_back(request, number)

    for number, (start, length) in enumerate(calls):
        clock.start(call(number, start, length))
    finish(clock)
    assert sorted((start, number) for number, (start, _) in enumerate(calls)) == served
    assert (0, 0) == (line.busy, line.waiting)


def test_a_line_remembers_who_freed_it():
    clock, noticed = Clock(), []
    line = clock.line(1)

    def call(cause):
        request = line.take()
        yield request
        noticed.append(line.freed_by)
        yield clock.wait(5)
        line.give_back(request, cause)

    for cause in (1, 2, 3):
        clock.start(call(cause))
    finish(clock)
    assert [(), (1,), (1, 2)] == noticed
    assert (2, 3) == line.freed_by
