"""The dispatch by itself: queueing theory, Larson's hypercube, and outside traces run exactly."""

import heapq
from itertools import pairwise
from math import factorial
from statistics import fmean, stdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import BadInput
from sim.rng import Distribution, Shape
from sim.study.dispatch import Call, dispatch, never_in_two_places, poisson_calls, workloads

HOUR = Distribution(Shape.EXPONENTIAL, 3600.0)
NOWHERE = {}


def erlang_b(load, units):
    blocked = 1.0
    for number in range(1, units + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


def erlang_c(load, units):
    last = load**units / factorial(units) * units / (units - load)
    return last / (sum(load**k / factorial(k) for k in range(units)) + last)


def hypercube(rates, lists, units, room=True):
    """Return the exact workload of each unit, and the chance that all are busy, by Larson's hypercube (1974).

    States are sets of busy units, service is exponential with mean 1; a call goes to the first idle unit of its list.
    With room, calls wait first come first served: the tail above "all busy" is geometric.
    """
    states, full, total = 2**units, 2**units - 1, sum(rates)
    flow = np.zeros((states, states))
    for state in range(full):
        for rate, order in zip(rates, lists, strict=True):
            first = next(unit for unit in order if not state >> unit & 1)
            flow[state, state | 1 << first] += rate
    for state in range(1, states):
        for unit in range(units):
            if state >> unit & 1:
                flow[state, state & ~(1 << unit)] += 1.0
    balance = (flow - np.diag(flow.sum(axis=1))).T
    balance[-1] = 1.0  # all chances sum to 1, with those who wait on top of the last state
    if room:
        balance[-1, full] = 1.0 / (1.0 - total / units)
    chances = np.linalg.solve(balance, np.r_[np.zeros(states - 1), 1.0])
    if room:
        chances[full] /= 1.0 - total / units
    busy = [float(sum(chances[s] for s in range(states) if s >> unit & 1)) for unit in range(units)]
    return busy, float(chances[full])


LARSON_RATES = {"1a": 0.50, "1b": 0.25, "2": 0.35, "3": 0.40}
LARSON_LISTS = {"1a": (0, 1, 2), "1b": (0, 2, 1), "2": (1, 0, 2), "3": (2, 0, 1)}
LARSON = (0.5574, 0.4734, 0.4693)


def test_the_solver_gives_the_published_workloads():
    """Larson and Odoni, Urban Operations Research (1981), section 5.4: three units, load 1.5."""
    busy, full = hypercube(list(LARSON_RATES.values()), list(LARSON_LISTS.values()), 3)
    assert [round(one, 4) for one in busy] == list(LARSON)
    assert full == pytest.approx(erlang_c(1.5, 3), abs=1e-12)
    assert sum(busy) == pytest.approx(1.5, abs=1e-12)


@pytest.mark.parametrize(("load", "units", "published"), [(2, 2, 0.4), (1.5, 3, 0.134328), (5, 5, 0.284868)])
def test_the_solver_gives_erlang_b_whatever_the_lists(load, units, published):
    order = tuple(range(units))
    for lists in ([order, order[::-1]], [order, order]):
        _, full = hypercube([load * 0.3, load * 0.7], lists, units, room=False)
        assert full == pytest.approx(published, abs=1e-6)
        assert full == pytest.approx(erlang_b(load, units), abs=1e-12)


def poisson_run(seed, rates, lists, units, count, room=None):
    names = [f"unit-{number}" for number in range(units)]
    prefer = {node: tuple(names[one] for one in order) for node, order in lists.items()}
    calls = poisson_calls(seed, rates, count, HOUR, prefer)
    nodes = {(a, b): 0 for a in ("base", *rates) for b in ("base", *rates)}
    runs = dispatch(calls, dict.fromkeys(names, "base"), nodes, room=room)
    return calls, names, runs


def larson_run(seed, count):
    calls, names, runs = poisson_run(seed, LARSON_RATES, LARSON_LISTS, 3, count)
    busy = workloads(runs, names, 0, calls[-1].at_s)
    waited = [run.sent_s - run.called_s for run in runs]
    return [*busy.values(), sum(one > 0 for one in waited) / count, fmean(waited) / 3600]


EXPECTED = [*LARSON, erlang_c(1.5, 3), 0.157895]
"""Workloads of the three units; the share of calls that wait; the mean wait in service times (M/M/3)."""


def test_the_dispatch_gives_workloads_waits_and_their_chance_for_one_seed():
    for found, expected in zip(larson_run(1, 6000), EXPECTED, strict=True):
        assert found == pytest.approx(expected, rel=0.12)


@pytest.mark.slow
def test_the_dispatch_gives_hypercube_and_erlang_c_over_twenty_seeds():
    found = [larson_run(seed, 8000) for seed in range(20)]
    for number, expected in enumerate(EXPECTED):
        values = [row[number] for row in found]
        assert abs(fmean(values) - expected) < 3 * stdev(values) / 20**0.5 + 5e-4, number


@pytest.mark.parametrize(("load", "units"), [(2.0, 2), (1.5, 3)])
def test_calls_that_cannot_wait_are_lost_as_erlang_b_says(load, units):
    shares = []
    for seed in range(8):
        _, _, runs = poisson_run(seed, {"town": load}, {}, units, 800, room=0)
        shares.append(sum(not run.unit for run in runs) / len(runs))
    assert abs(fmean(shares) - erlang_b(load, units)) < 3 * stdev(shares) / 8**0.5


@pytest.mark.slow
def test_the_gravest_first_is_cobhams_priority_queue():
    """Cobham (1954), M/M/3 with rates 0.5 and 1.0: waits 0.094737 and 0.189474 of a service time."""
    urgent, other = [], []
    for seed in range(6):
        calls = poisson_calls(seed, {"grave": 0.5, "slight": 1.0}, 3000, HOUR)
        calls = [call._replace(severity=int(call.node == "grave")) for call in calls]
        nodes = {(a, b): 0 for a in ("base", "grave", "slight") for b in ("base", "grave", "slight")}
        runs = dispatch(calls, dict.fromkeys("abc", "base"), nodes, queue="severity")
        waits = {kind: [] for kind in (0, 1)}
        for call, run in zip(calls, runs, strict=True):
            waits[call.severity].append(run.sent_s - run.called_s)
        urgent.append(fmean(waits[1]) / 3600)
        other.append(fmean(waits[0]) / 3600)
    for values, expected in ((urgent, 0.094737), (other, 0.189474)):
        assert abs(fmean(values) - expected) < 3 * stdev(values) / len(values) ** 0.5


def outside(calls, units, travel):
    """Run a trace as another program would: one list of moments, nearest idle unit, first come first served."""
    leg = lambda a, b: 0 if a == b else travel[a, b]  # noqa: E731
    where = {unit: (base, base, 0) for unit, base in units.items()}  # left, base, since
    idle, queue, told = set(units), [], {}
    moments = [(call.at_s, 1, number, call) for number, call in enumerate(calls)]
    heapq.heapify(moments)

    def time_to(unit, node, now):
        left, base, since = where[unit]
        home, gone = leg(left, base), now - since
        if gone >= home:
            return leg(base, node)
        return round(((home - gone) * leg(left, node) + gone * leg(base, node)) / home)

    def send(call, unit, now):
        arrived = now + time_to(unit, call.node, now)
        heapq.heappush(moments, (arrived + call.service_s, 0, len(told), (unit, call.ends_at or call.node)))
        told[call.id] = (unit, now, arrived, arrived + call.service_s)

    while moments:
        now, is_call, _, what = heapq.heappop(moments)
        if is_call and idle:
            unit = min(sorted(idle), key=lambda one: time_to(one, what.node, now))
            idle.remove(unit)
            send(what, unit, now)
        elif is_call:
            queue.append(what)
        else:
            unit, node = what
            where[unit] = (node, units[unit], now)
            if queue:
                send(queue.pop(0), unit, now)
            else:
                idle.add(unit)
    return told


NODES = ("a", "b", "c", "d")
traces = st.fixed_dictionaries(
    {
        "calls": st.lists(
            st.tuples(st.integers(0, 900), st.sampled_from(NODES), st.integers(1, 400), st.sampled_from(("", *NODES))),
            min_size=1,
            max_size=25,
        ),
        "bases": st.lists(st.sampled_from(NODES), min_size=1, max_size=4),
        "legs": st.lists(st.integers(1, 300), min_size=16, max_size=16),
    }
)


@settings(max_examples=60, deadline=None)
@given(traces)
def test_an_outside_trace_is_run_exactly(trace):
    rows = sorted(trace["calls"], key=lambda row: row[0])
    calls = [Call(f"call-{n}", at, node, service, ends) for n, (at, node, service, ends) in enumerate(rows)]
    units = {f"unit-{n}": base for n, base in enumerate(trace["bases"])}
    travel = dict(zip(((a, b) for a in NODES for b in NODES), trace["legs"], strict=True))
    travel |= {(a, a): 0 for a in NODES}
    runs = dispatch(calls, units, travel)
    told = outside(calls, units, travel)
    assert {run.call: (run.unit, run.sent_s, run.arrived_s, run.free_s) for run in runs} == told
    assert never_in_two_places(runs)


def test_a_unit_on_its_way_home_goes_from_where_it_is():
    units, travel = {"one": "base", "two": "far"}, {}
    for a, b, seconds in (("base", "site", 100), ("far", "site", 90), ("base", "farm", 200), ("far", "farm", 130)):
        travel[a, b] = travel[b, a] = seconds
    travel["site", "farm"], travel["farm", "site"] = 60, 60
    calls = [Call("first", 0, "site", 10), Call("second", 145, "farm", 10)]  # "two" is free at 100, home at 190
    for on_the_way, unit, seconds in (("left", "two", 60), ("between", "two", 95), ("base", "two", 130)):
        runs = dispatch(calls, units, travel, on_the_way=on_the_way)
        assert (runs[1].unit, runs[1].arrived_s - runs[1].sent_s) == (unit, seconds)
    cards = [call._replace(prefer=("one",)) for call in calls]
    assert [run.unit for run in dispatch(cards, units, travel)] == ["one", "one"]


def test_what_cannot_be_run_is_told_all_at_once():
    calls = [Call("one", 0, "a", 5), Call("one", -1, "b", 5, prefer=("nobody",))]
    with pytest.raises(BadInput) as caught:
        dispatch(calls, {"unit": "a"}, {("a", "b"): 3}, rule="lot")
    told = " ".join(problem.what for problem in caught.value.problems)
    for part in ("no rule", "twice", "negative", "nobody", "no travel time"):
        assert part in told


def test_calls_come_in_order_and_as_often_as_wanted():
    calls = poisson_calls(3, {"a": 2.0, "b": 6.0}, 4000, HOUR)
    assert all(one.at_s <= other.at_s for one, other in pairwise(calls))
    assert calls[-1].at_s / 3600 == pytest.approx(500, rel=0.05)
    assert sum(call.node == "a" for call in calls) / 4000 == pytest.approx(0.25, rel=0.1)
