"""Dam breaks: the formulas' own values, the water of the triangle, and a case of 13 km in about 100 minutes."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hazards.formulas.dam_break import (
    SPEED_FACTOR,
    Breach,
    arrival_s,
    breach,
    formation_s,
    peak_further_down_m3_s,
    peak_outflow_m3_s,
)

volumes, heads = st.floats(1e4, 1e9), st.floats(2, 100)


def test_formulas_at_one():
    assert peak_outflow_m3_s(1, 1) == 0.607
    assert formation_s(9.81, 1) == pytest.approx(63.2)


def test_teton_1976():
    """310 million m³ above the breach, 77.4 m deep, peak 65,120 m³/s (Wahl 1998, recalled): within a factor of two."""
    assert 1 / 2 < peak_outflow_m3_s(310e6, 77.4) / 65_120 < 2


@given(volumes, heads, st.floats(1.1, 10))
def test_powers_of_volume_and_height(volume, head, factor):
    peak, time = peak_outflow_m3_s(volume, head), formation_s(volume, head)
    assert peak_outflow_m3_s(factor * volume, head) == pytest.approx(peak * factor**0.295)
    assert peak_outflow_m3_s(volume, factor * head) == pytest.approx(peak * factor**1.24)
    assert formation_s(factor * volume, head) == pytest.approx(time * math.sqrt(factor))
    assert formation_s(volume, factor * head) == pytest.approx(time / factor)


@given(volumes, heads, st.floats(0.01, 2))
def test_all_the_water_flows_out(volume, head, rise):
    outflow = Breach(volume, peak_outflow_m3_s(volume, head), 0.0)
    outflow = outflow._replace(rise_s=rise * outflow.lasts_s)
    times = np.linspace(0, outflow.lasts_s, 2001)
    flows = [outflow.flow_m3_s(float(time)) for time in times]
    assert float(np.trapezoid(flows, times)) == pytest.approx(volume, rel=2e-3)
    assert max(flows) <= outflow.peak_m3_s * (1 + 1e-12)


def test_a_small_reservoir():
    """6 million m³ behind 20 m."""
    outflow = breach(6e6, 20)
    assert outflow.peak_m3_s == pytest.approx(0.607 * 6e6**0.295 * 20**1.24)
    assert outflow.flow_m3_s(outflow.rise_s) == pytest.approx(outflow.peak_m3_s)
    assert outflow.flow_m3_s(-1) == outflow.flow_m3_s(1e6) == 0


def test_thirteen_kilometers_take_about_a_hundred_minutes():
    """13:48 to about 15:30 (Inner Mongolia 2021)."""
    assert arrival_s(13_000) / 60 == pytest.approx(102, abs=5)
    assert arrival_s(13_000, 4.2) == pytest.approx(arrival_s(13_000) / 2, abs=1)
    assert isinstance(arrival_s(13_000), int)


@given(volumes, heads, st.floats(0, 1e5), st.floats(1, 1e5), st.sampled_from(sorted(SPEED_FACTOR)))
def test_the_peak_fades_with_distance(volume, head, distance, more, terrain):
    peak = peak_outflow_m3_s(volume, head)
    here = peak_further_down_m3_s(peak, volume, distance, terrain)
    assert here <= peak * (1 + 1e-12)
    assert peak_further_down_m3_s(peak, volume, 0, terrain) == pytest.approx(peak)
    further = peak_further_down_m3_s(peak, volume, distance + more, terrain)
    assert further < here
    assert peak_further_down_m3_s(here, volume, more, terrain) == pytest.approx(further)  # two reaches are one
    assert peak_further_down_m3_s(peak, 10 * volume, distance, terrain) >= here * (1 - 1e-12)


def test_the_peak_fades_least_in_mountains():
    peaks = [peak_further_down_m3_s(2500, 6e6, 13_000, terrain) for terrain in ("mountain", "hills", "plain")]
    assert peaks == sorted(peaks, reverse=True)
    assert peaks[1] == pytest.approx(6e6 / (6e6 / 2500 + 13_000 / 4.76))
