"""Toxicity: more load hurts more, the graver the rarer, and the inverse is the inverse."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.county.toxicity import SUBSTANCES, Severity

substances = st.sampled_from(list(SUBSTANCES.values()))
severities = st.sampled_from(Severity)
loads = st.floats(0, 1e12)


@given(substances, severities, loads, st.floats(1, 100))
def test_more_load_never_hurts_fewer(substance, severity, load, factor):
    assert 0 <= substance.share_hurt(load, severity) <= substance.share_hurt(factor * load, severity) <= 1


@given(substances, loads)
def test_the_graver_the_rarer(substance, load):
    light, serious, critical = (substance.share_hurt(load, severity) for severity in Severity)
    assert light >= serious >= critical


@given(substances, severities, st.floats(1e-3, 1 - 1e-3))
def test_the_load_for_a_share_hurts_that_share(substance, severity, share):
    assert share == pytest.approx(substance.share_hurt(substance.load_for(share, severity), severity), abs=1e-9)


@given(substances, severities, st.floats(1e-6, 1 - 1e-6), st.floats(1e-6, 1 - 1e-6))
def test_a_greater_share_needs_more_load(substance, severity, one, other):
    low, high = sorted((one, other))
    assert substance.load_for(low, severity) <= substance.load_for(high, severity)


@given(substances, severities)
def test_nobody_is_hurt_by_nothing_and_nothing_hurts_everybody(substance, severity):
    assert (0, 0, math.inf) == (
        substance.share_hurt(0, severity),
        substance.load_for(0, severity),
        substance.load_for(1, severity),
    )
    assert 0 == substance.load_rate(0)


@given(substances, st.floats(1, 1e4), st.floats(1.01, 10))
def test_a_strong_gas_for_a_short_time_is_worse_than_a_weak_one_for_a_long_time(substance, mg_m3, factor):
    assert substance.load_rate(factor * mg_m3) > factor * substance.load_rate(mg_m3)


@pytest.mark.parametrize(("severity", "mg_m3", "minutes"), [(Severity.LIGHT, 10, 10), (Severity.SERIOUS, 140, 45)])
def test_half_are_hurt_where_the_sources_say_so(severity, mg_m3, minutes):
    chlorine = SUBSTANCES["chlorine"]
    assert 0.5 == pytest.approx(chlorine.share_hurt(chlorine.load_rate(mg_m3) * minutes, severity), abs=0.02)
