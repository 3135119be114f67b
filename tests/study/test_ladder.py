"""The crew ladder: shares are those of the crews, crews differ by their staff alone, and the world's luck stays."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.canon import pretty
from sim.cli.main import main
from sim.errors import BadInput, RecordBroken
from sim.record.folder import read_folder
from sim.rng import STAFF, Luck
from sim.show.crew_ladder import sentence
from sim.study.ladder import QUANTITIES, RUNGS, Ladder, Place, ladder, place, read_ladder
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
    found = Place("trained", "total", 50, 0.72, 0.58, 0.83)._asdict()
    assert sentence(found, "en") == "better than 72% (58%–83%) of 50 trained crews"
    assert sentence(found, "zh") == "优于 50 个受训班组中的 72% (58%–83%)"


def made():
    places = [place(rung, quantity, 1, [0, 2]) for rung in RUNGS for quantity in QUANTITIES]
    table = [{"rung": rung, "crew": 1, "failed": "", **dict.fromkeys(QUANTITIES, 1.5)} for rung in RUNGS]
    return Ladder(dict.fromkeys(QUANTITIES, 1.0), places, table, "digest")


def test_what_was_found_is_read_again_for_its_own_run_alone(tmp_path):
    record, other = (SimpleNamespace(digest=one) for one in ("digest", "other"))
    assert read_ladder(tmp_path, record) is None
    made().save(tmp_path, tmp_path / "ladder", "en")
    assert read_ladder(tmp_path, record) == made().about()
    with pytest.raises(RecordBroken, match="another run"):
        read_ladder(tmp_path, other)


@pytest.mark.parametrize(
    ("old", "new"),
    [('"own"', '"mine"'), ('"crews": 2', '"crews": "<b>"'), ('"rung": "expert"', '"rung": "plan"'), ("1.5", "null")],
)
def test_a_damaged_ladder_is_refused(tmp_path, old, new):
    path, text = tmp_path / "ladder.json", pretty(made().about())
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RecordBroken, match="cannot be read"):
        read_ladder(tmp_path, SimpleNamespace(digest="digest"))


@pytest.mark.parametrize("crews", [0, 1, True, 2.0, 10**6])
def test_the_number_of_crews_is_checked(tmp_path, crews):
    with pytest.raises(BadInput):
        ladder(tmp_path, crews)


@pytest.mark.slow
def test_a_run_is_placed_among_crews_that_differ_and_are_kept(tmp_path):
    folder = tmp_path / "run"
    sim.Session("rumor-panic", seed=3, policy="none", folder=folder).finish()
    found = ladder(folder, 2, out=folder / "ladder")
    assert len(found.table) == 2 * len(RUNGS)
    assert all(row["failed"] == "" for row in found.table)
    by_rung = [[row["total"] for row in found.table if row["rung"] == rung] for rung in RUNGS]
    assert any(one != other for one, other in by_rung)
    (own,) = [one for one in found.places if (one.rung, one.quantity) == ("trained", "total")]
    assert own.better_than == 0  # whoever gives no orders is not better than trained crews
    assert ladder(folder, 2, out=folder / "ladder", how=How(progress=False)) == found
    assert main(["report", str(folder), "--ladder", "2", "--lang", "zh"]) == 0
    assert read_ladder(folder, read_folder(folder)) == found.about()
    assert (folder / "ladder" / "ladder.png").read_bytes().startswith(b"\x89PNG")
    assert "优于 2 个受训班组中的 0%" in (folder / "report.html").read_text(encoding="utf-8")
