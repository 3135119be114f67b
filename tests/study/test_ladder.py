"""The crew ladder: shares are those of the crews, crews differ by their staff alone, and the world's luck stays."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.errors import BadInput
from sim.rng import STAFF, Luck
from sim.study.ladder import RUNGS, Place, ladder, place
from sim.study.ladder_figure import sentence
from sim.study.running import How


@given(st.floats(-1e6, 1e6), st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30), st.floats(0.001, 10))
def test_a_better_run_never_stands_lower_and_shares_are_shares(own, others, more):
    low, high = place("plan", "total", own, others), place("plan", "total", own + more, others)
    assert low.better_than <= high.better_than
    for one in (low, high):
        assert 0 <= one.low <= one.better_than + 1e-6
        assert one.better_than - 1e-6 <= one.high <= 1


def test_places_of_known_cases():
    assert place("plan", "total", 5, [1, 2, 5, 9])[3] == 0.625
    share = place("plan", "total", 1, [0] * 72 + [2] * 28)
    assert (share.better_than, share.low, share.high) == (
        0.72,
        pytest.approx(0.6251, abs=2e-4),
        pytest.approx(0.7986, abs=2e-4),
    )


@given(st.integers(0, 2**62), st.integers(1, 50), st.sampled_from(sorted(STAFF)))
def test_another_crew_has_other_staff_and_the_same_world(seed, crew, purpose):
    one, other, again = Luck(seed), Luck(seed), Luck(seed)
    other.crew(crew)
    again.crew(crew)
    assert one.uniform("wind", "county") == other.uniform("wind", "county")
    assert one.uniform(purpose, "duty") != other.uniform(purpose, "duty") == again.uniform(purpose, "duty")


def test_a_sentence_says_the_share_with_its_interval_in_both_languages():
    found = type("Found", (), {"places": [Place("trained", "total", 50, 0.72, 0.58, 0.83)]})
    assert sentence(found, "trained", "total", "en") == "better than 72% (58%–83%) of 50 trained crews"
    assert sentence(found, "trained", "total", "zh") == "优于 72% (58%–83%) 的受训班组"


@pytest.mark.parametrize("crews", [0, 1, True, 2.0, 10**6])
def test_the_number_of_crews_is_checked(tmp_path, crews):
    with pytest.raises(BadInput):
        ladder(tmp_path, crews)


@pytest.mark.slow
def test_a_run_is_placed_among_crews_that_differ_and_are_kept(tmp_path):
    folder = tmp_path / "run"
    sim.Session("rumor-panic", seed=3, policy="none", folder=folder).finish()
    found = ladder(folder, 2, out=tmp_path / "ladder")
    assert len(found.table) == 2 * len(RUNGS)
    assert all(row["failed"] == "" for row in found.table)
    by_rung = [[row["total"] for row in found.table if row["rung"] == rung] for rung in RUNGS]
    assert any(one != other for one, other in by_rung)
    (own,) = [one for one in found.places if (one.rung, one.quantity) == ("trained", "total")]
    assert own.better_than == 0  # whoever gives no orders is not better than trained crews
    assert ladder(folder, 2, out=tmp_path / "ladder", how=How(progress=False)) == found
    found.save(tmp_path / "ladder", "zh")
    assert json.loads((tmp_path / "ladder" / "ladder.json").read_text())["own"] == found.own
    assert (tmp_path / "ladder" / "ladder.png").read_bytes().startswith(b"\x89PNG")
