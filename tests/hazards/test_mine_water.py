"""Water in a mine: exact balances, and pumps of 440, then 840 m³/h."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hazards.formulas.mine_water import Phase, reached_at_s, seconds_to, volume_after_m3, volume_at_m3
from sim.hazards.formulas.reservoir import TableStorage

H = 3600
flows = st.integers(0, 2000)
phases = st.lists(st.tuples(st.integers(600, 90_000), flows, flows), min_size=1, max_size=5).map(
    lambda rows: [
        Phase(sum(row[0] for row in rows[:index]), float(row[1]), float(row[2])) for index, row in enumerate(rows)
    ]
)


def test_more_pumps_turn_the_water():
    """700 m³/h come in; three pumps lift 440 m³/h from 12 h on, four lift 840 m³/h from 20 h on."""
    course = [Phase(0, 700, 0), Phase(12 * H, 700, 440), Phase(20 * H, 700, 840)]
    assert [volume_at_m3(0, course, hour * H) for hour in (6, 12, 20, 30)] == [4200, 8400, 10_480, 9080]
    assert reached_at_s(0, course, 8400) == 12 * H
    assert reached_at_s(0, course, 9440) == 16 * H
    assert reached_at_s(0, course, 10_481) == math.inf
    assert reached_at_s(0, course[:2], 10_740) == 21 * H
    assert reached_at_s(10_000, [Phase(20 * H, 700, 840)], 8600) == 30 * H


def test_a_level_in_the_workings():
    """A refuge at −290 m: the water below it is a volume of the workings."""
    workings = TableStorage((-320.0, -300.0, -280.0), (0.0, 6000.0, 16_000.0))
    refuge = workings.volume_m3(-290.0)
    assert refuge == 11_000
    at = reached_at_s(0, [Phase(0, 1440, 440)], refuge)
    assert at == 11 * H
    assert workings.level_m(volume_at_m3(0, [Phase(0, 1440, 440)], at)) == pytest.approx(-290)


def test_pumps_cannot_lift_what_is_not_there():
    assert volume_after_m3(100, Phase(0, 0, 440), H) == 0
    assert volume_at_m3(100, [Phase(0, 0, 440), Phase(H, 200, 0)], 2 * H) == 200
    assert reached_at_s(100, [Phase(0, 0, 440), Phase(H, 200, 0)], 300) == 2.5 * H
    assert seconds_to(100, 100, 5) == 0
    assert seconds_to(100, 50, 5) == seconds_to(100, 150, 0) == math.inf


@given(st.floats(0, 1e5), phases, st.integers(0, 500_000))
def test_never_negative_and_exact_while_there_is_water(volume, course, at):
    water = volume_at_m3(volume, course, at)
    ends = [*(phase.start_s for phase in course[1:]), math.inf]
    net = math.fsum(
        phase.net_m3_h * (min(end, at) - phase.start_s) / H
        for phase, end in zip(course, ends, strict=True)
        if phase.start_s < at
    )
    assert water >= 0
    assert water >= volume + net - 1e-6
    if all(phase.net_m3_h >= 0 for phase in course):
        assert water == pytest.approx(volume + net)


@given(st.floats(0, 1e5), phases, st.floats(0, 2e5))
def test_the_water_is_there_when_it_is_said_to_be(volume, course, target):
    at = reached_at_s(volume, course, target)
    if math.isfinite(at):
        assert volume_at_m3(volume, course, at) == pytest.approx(target, abs=1e-4)
    else:
        samples = [volume_at_m3(volume, course, hour * H) for hour in range(0, 400, 5)]
        assert all((water < target) == (volume < target) or water == pytest.approx(target) for water in samples)


@given(st.floats(0, 1e5), phases, st.integers(0, 500_000), st.integers(1, 500))
def test_more_pumps_leave_less_water(volume, course, at, more):
    stronger = [phase._replace(pumps_m3_h=phase.pumps_m3_h + more) for phase in course]
    assert volume_at_m3(volume, stronger, at) <= volume_at_m3(volume, course, at) + 1e-9
