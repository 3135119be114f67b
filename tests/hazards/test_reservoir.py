"""Reservoirs: conservation of water, inverse functions, and cases with a closed form."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hazards.formulas.reservoir import BROAD_CREST, GRAVITY_M_S2, Gate, PowerStorage, Weir, route

STORAGE = PowerStorage(200.0, 300.0, 2.6)
SPILLWAY, OUTLET, DAM = Weir(220.0, 20.0, 2.0), Gate(203.0, 3.0), Weir(226.0, 180.0)


def released(level, blocked=0.0, opening=0.0):
    return SPILLWAY.flow_m3_s(level, blocked) + OUTLET.flow_m3_s(level, opening) + DAM.flow_m3_s(level)


def follow(inflows, start_m, step=60, blocked=0.0, opening=0.0):
    """Return levels, volumes and mean outflows of a flood."""
    volume = STORAGE.volume_m3(start_m)
    levels, volumes, outflows = [], [volume], []
    for now, later in pairwise(inflows):
        volume, outflow = route(volume, now, later, step, lambda v: released(STORAGE.level_m(v), blocked, opening))
        levels.append(STORAGE.level_m(volume))
        volumes.append(volume)
        outflows.append(outflow)
    return levels, volumes, outflows


FLOOD = [300 * math.exp(-(((minute - 120) / 50) ** 2)) for minute in range(600)]


@given(st.floats(200, 260))
def test_level_is_the_inverse_of_volume(level):
    assert STORAGE.level_m(STORAGE.volume_m3(level)) == pytest.approx(level)


def test_volumes():
    assert PowerStorage(10, 500, 1).volume_m3(14) == 2000
    assert STORAGE.volume_m3(190) == 0
    assert STORAGE.level_m(0) == 200


def test_weir_and_orifice():
    assert Weir(10, 5, 2.0).flow_m3_s(14) == 80
    assert Weir(10, 5).flow_m3_s(10) == Weir(10, 5).flow_m3_s(3) == 0
    assert pytest.approx((2 / 3) ** 1.5 * math.sqrt(GRAVITY_M_S2), abs=0.01) == BROAD_CREST
    assert Gate(0, 2, 0.6).flow_m3_s(5) == pytest.approx(0.6 * 2 * math.sqrt(2 * 9.81 * 5))
    assert Gate(5, 2).flow_m3_s(4) == 0 == Gate(0, 2).flow_m3_s(5, 0)


@given(st.floats(0, 1), st.floats(0, 8))
def test_a_blocked_share_is_missing_from_the_flow(blocked, head):
    free = SPILLWAY.flow_m3_s(220 + head)
    assert SPILLWAY.flow_m3_s(220 + head, blocked) == pytest.approx((1 - blocked) * free)
    assert OUTLET.flow_m3_s(220 + head, 1 - blocked) == pytest.approx((1 - blocked) * OUTLET.flow_m3_s(220 + head))


@given(st.floats(0, 5e6), st.floats(0, 900), st.floats(0, 900), st.integers(1, 7200))
def test_what_came_less_what_went_is_what_stayed(volume, inflow, later, step):
    after, outflow = route(volume, inflow, later, step, lambda v: released(STORAGE.level_m(v), 0.3, 1.0))
    came = (inflow + later) / 2 * step
    assert after >= 0 and outflow >= 0
    assert after - volume == pytest.approx(came - outflow * step, rel=1e-9, abs=1e-5)


def test_a_whole_flood_is_conserved_and_flattened():
    levels, volumes, outflows = follow(FLOOD, 220)
    came = math.fsum((now + later) / 2 for now, later in pairwise(FLOOD)) * 60
    assert volumes[-1] - volumes[0] == pytest.approx(came - math.fsum(outflows) * 60, rel=1e-9)
    assert max(outflows) < max(FLOOD)
    assert outflows.index(max(outflows)) > FLOOD.index(max(FLOOD))
    assert max(levels) > 220


def test_a_linear_reservoir_has_a_closed_form():
    """O = S/k: the step multiplies by (1 − Δt/2k)/(1 + Δt/2k), and nears exp(−t/k)."""
    volume, k = 1e6, 3600.0
    once, outflow = route(volume, 0, 0, 600, lambda v: v / k)
    assert once == pytest.approx(volume * (1 - 1 / 12) / (1 + 1 / 12))
    assert outflow == pytest.approx((volume - once) / 600)
    for _ in range(360):
        volume = route(volume, 0, 0, 10, lambda v: v / k).volume_m3
    assert volume == pytest.approx(1e6 * math.exp(-1), rel=1e-5)


def test_inflow_that_equals_outflow_leaves_the_level():
    level = 221.5
    volume = STORAGE.volume_m3(level)
    after = route(volume, released(level), released(level), 3600, lambda v: released(STORAGE.level_m(v)))
    assert after.volume_m3 == pytest.approx(volume, rel=1e-12)


def test_a_step_too_long_empties_and_invents_nothing():
    assert route(100.0, 0, 0, 60, lambda v: 50.0 if v > 0 else 0.0) == (0.0, 100 / 60)
    assert route(0.0, 0, 0, 60, lambda v: v / 10) == (0.0, 0.0)


def test_a_blocked_spillway_lets_the_water_over_the_dam():
    free, blocked = (max(follow([160.0] * 1200, 220, blocked=share)[0]) for share in (0.0, 0.8))
    assert free < DAM.crest_m < blocked


def test_an_open_gate_keeps_the_water_lower():
    shut, wide = (max(follow(FLOOD, 219, opening=opening)[0]) for opening in (0.0, 1.0))
    assert wide < shut


def test_steps_may_be_short_or_long():
    short = follow([FLOOD[second // 60] for second in range(0, 18_000, 10)], 220, step=10)[1][-1]
    long = follow(FLOOD[:300:5], 220, step=300)[1][-1]
    assert long == pytest.approx(short, rel=0.01)
