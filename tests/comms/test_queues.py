"""Queues with closed forms, through channels that are read from a file like those of a county.

Expected values: Erlang B and C, Cobham 1954 and Pollaczek-Khinchine, for a mean service time of 1,000 s. Each is met by
the mean of 20 runs within three standard errors, measured from the runs, and within 10 % in any case.
"""

from math import factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.comms.message import URGENCY, Message
from tests.comms.posts import Post
from tests.comms.queueing import RUNS, SERVICE_S, Arrivals, expect, mean
from tests.engine.worlds import fixed

SHORT, LONG = 600, 5000


def cases(*rows, fast=1):
    """Return rows with a number of messages a run: few for the first rows, and many for all where time is no matter."""
    return [
        *((*row, SHORT) for row in rows[:fast]),
        *(
            pytest.param(*row, LONG, marks=pytest.mark.loop if number else pytest.mark.slow)
            for number, row in enumerate(rows)
        ),
    ]


def erlang_c(load, lines):
    """Return the share of arrivals that wait in M/M/c."""
    last = load**lines / factorial(lines) * lines / (lines - load)
    return last / (sum(load**k / factorial(k) for k in range(lines)) + last)


def erlang_b(load, lines):
    """Return the share of arrivals that find all lines busy, by the usual recursion."""
    share = 1.0
    for k in range(1, lines + 1):
        share = load * share / (k + load * share)
    return share


def mean_wait_s(load, lines):
    return SERVICE_S * erlang_c(load, lines) / (lines - load)


def test_the_formulas_give_the_published_numbers():
    published = {
        (0.5, 1): (0.5, 1.0),
        (0.8, 1): (0.8, 4.0),
        (1.5, 3): (0.236842, 0.157895),
        (2.0, 3): (0.444444, 0.444444),
    }
    for (load, lines), (share, wait) in published.items():
        assert share == pytest.approx(erlang_c(load, lines), abs=1e-6)
        assert wait == pytest.approx(mean_wait_s(load, lines) / SERVICE_S, abs=1e-6)
    for (load, lines), share in {(2, 2): 0.4, (1.5, 3): 0.134328, (5, 5): 0.284868, (10, 14): 0.056819}.items():
        assert share == pytest.approx(erlang_b(load, lines), abs=1e-6)


def runs(ident, load, number, **more):
    """Return the runs of a case, with the controls of each and what is expected of them."""
    gap_s = SERVICE_S / load
    found = [Arrivals(ident, gap_s, number, seed, **more) for seed in range(RUNS)]
    return found, (gap_s, SERVICE_S)


def controls(found, begin="sent", end="delivered"):
    return [(one.mean_gap_s(), mean(one.between(begin, end))) for one in found]


WAITING = cases(
    ("three-circuits", 2.0, 3), ("three-circuits", 1.5, 3), ("one-circuit", 0.5, 1), ("one-circuit", 0.8, 1)
)


@pytest.mark.parametrize(("ident", "load", "lines", "number"), WAITING)
def test_erlang_c(ident, load, lines, number):
    found, known = runs(ident, load, number)
    waits = [one.between("composed", "sent") for one in found]
    assert all(len(one) == number - number // 10 for one in waits)
    expect(mean_wait_s(load, lines), [mean(one) for one in waits], controls(found), known)
    expect(erlang_c(load, lines), [mean([wait > 0 for wait in one]) for one in waits], controls(found), known)


LOSING = cases(
    ("two-without-waiting", 2, 2),
    ("three-without-waiting", 1.5, 3),
    ("five-without-waiting", 5, 5),
    ("fourteen-without-waiting", 10, 14),
)


@pytest.mark.parametrize(("ident", "load", "lines", "number"), LOSING)
def test_erlang_b(ident, load, lines, number):
    found, known = runs(ident, load, number)
    expect(erlang_b(load, lines), [one.lost / len(one.counted) for one in found], controls(found), known)
    reasons = [event.data["reason"] for one in found for event in one.post.life_kinds("lost")]
    assert {"busy"} == set(reasons)


@pytest.mark.slow
def test_urgent_messages_first_as_cobham_has_it():
    """Two classes, one third urgent, on three circuits: the published .094737 and .189474; on average as by turn."""
    kinds = ("order", "notice", "notice")
    found, known = runs("three-circuits", 1.5, LONG, kinds=kinds, comms__priority=1)
    spread = 1 - 1.5 / 3
    urgent = mean_wait_s(1.5, 3) * spread / (1 - 0.5 / 3)
    assert (94.737, 189.474) == pytest.approx((urgent, urgent / spread), abs=1e-3)
    for kind, expected in (("order", urgent), ("notice", urgent / spread)):
        expect(expected, [mean(one.between("composed", "sent", kind)) for one in found], controls(found), known)
    expect(mean_wait_s(1.5, 3), [mean(one.between("composed", "sent")) for one in found], controls(found), known)


def test_who_goes_first_does_not_change_the_mean_wait():
    """For lengths that nobody knows beforehand the mean over all is that of first come, first served."""
    kinds = ("order", "notice", "notice")
    by_turn, _ = runs("three-circuits", 2.0, SHORT // 2, kinds=kinds)
    by_urgency, _ = runs("three-circuits", 2.0, SHORT // 2, kinds=kinds, comms__priority=1)
    waits = [[mean(one.between("composed", "sent")) for one in found] for found in (by_turn, by_urgency)]
    differences = [first - second for first, second in zip(*waits, strict=True)]
    shifted = [difference + mean_wait_s(2.0, 3) for difference in differences]
    expect(mean_wait_s(2.0, 3), shifted)
    orders = [[mean(one.between("composed", "sent", "order")) for one in found] for found in (by_turn, by_urgency)]
    assert all(second < first for first, second in zip(*orders, strict=True))


@pytest.mark.parametrize(("ident", "square", "number"), cases(("net-fixed", 1.0), ("net-uniform", 4 / 3)))
def test_a_shared_radio_net_by_pollaczek_and_khinchine(ident, square, number):
    """Wq = lambda E[S^2] / (2 (1 - rho)): half an hour of talk an hour, of one length or of any up to a limit."""
    load = 0.5
    found, known = runs(ident, load, number)
    expected = load * square * SERVICE_S / (2 * (1 - load))
    expect(expected, [mean(one.between("composed", "sent")) for one in found], controls(found), known)


OFFICERS = cases(
    ("picked-up", "sent", "delivered", {}),  # the time on the air is that of ringing and talk
    ("placed-by-hand", "composed", "delivered", {"senders": ["police"]}),
    ("read-at-desk", "delivered", "read", {}),
)


@pytest.mark.parametrize(("ident", "begin", "end", "desk", "number"), OFFICERS)
def test_officers_are_a_queue_too(ident, begin, end, desk, number):
    """Two officers who pick up, place calls, or read: mean time until it is done, of M/M/2 with a load of 1."""
    found, (gap_s, _) = runs(ident, 1.0, number, desk={"officers": 2}, **desk)
    only_gaps = [(one.mean_gap_s(),) for one in found]
    expect(SERVICE_S + mean_wait_s(1.0, 2), [mean(one.between(begin, end)) for one in found], only_gaps, (gap_s,))


sends = st.lists(st.tuples(st.integers(0, 400), st.sampled_from(sorted(URGENCY))), min_size=1, max_size=15)


@settings(max_examples=60)
@given(sends, st.integers(1, 200), st.sampled_from(["desk", "net", "pool"]))
def test_who_may_cut_in_never_waits_behind_somebody_less_urgent(given_sends, talk, holds):
    """On one line: while anybody waits, whoever talks is at least as urgent."""
    ways = {"holds": holds, "talk": fixed(talk), "attempts": 3, "capacity": 1 if holds == "pool" else None}
    post = Post(ways, desk={"phone_lines": 1}, comms__priority=2)
    for number, (at_s, kind) in enumerate(given_sends):
        message = Message(f"m{number}", "police", "duty", kind)
        post.world.clock.at(at_s, lambda one=message: post.exchange.send(one, None))
    events = post.run().world.log.events
    urgency = {e.subject: URGENCY[e.data["kind"]] for e in events if e.kind == "message.composed"}
    talks, waits = [], []
    for begun in events:
        if begun.kind in ("message.sent", "message.queued"):
            end = next(e for e in events if e.seq > begun.seq and e.subject == begun.subject)
            (talks if begun.kind == "message.sent" else waits).append((begun.at_s, end.at_s, urgency[begun.subject]))
    for since, until, mine in waits:
        others = [other for start, end, other in talks if max(start, since) < min(end, until)]
        assert all(other <= mine for other in others)
    for (since, until, _), (start, _, _) in zip(sorted(talks), sorted(talks)[1:], strict=False):
        assert since <= until <= start
    cut_off = [e for e in events if e.kind == "message.lost"]
    assert {"cut_off"} >= {e.data["reason"] for e in cut_off}
    by_seq = {e.seq: e for e in events}
    for lost in cut_off:
        assert any(urgency.get(by_seq[seq].subject, 9) < urgency[lost.subject] for seq in lost.also)
