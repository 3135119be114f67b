"""Prices of gaps: sums on made-up futures, and a run folder priced, killed and gone on with."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.assess.prices import ALL, OWN, price_of, rest_of, with_prices
from sim.assess.score import score
from sim.cli.main import main
from sim.errors import BadInput, RecordBroken
from sim.play.session import Session
from sim.record.folder import read_folder
from sim.study.price import PART, price, read_prices

HELPS, NOTHING = "no_expert/emergency/contain.0:1", "stale_fact/wind/toward/transport"


def future(number, base, **closed):
    def values(loss):
        return {"loss": loss, "late_min": 2 * loss}

    return {"replication": number, "base": values(base), "closed": {name: values(one) for name, one in closed.items()}}


LOSSES = st.lists(st.tuples(*[st.integers(0, 50)] * 3), min_size=1, max_size=6)


@given(LOSSES)
def test_all_is_the_sum_of_each_and_the_rest(rows):
    made = [
        future(number, base, a=one, b=other, **{ALL: min(one, other)}) for number, (base, one, other) in enumerate(rows)
    ]
    each = [price_of(made, name)["loss"]["mean"] for name in ("a", "b")]
    assert price_of(made, ALL)["loss"]["mean"] == pytest.approx(
        sum(each) + rest_of(made, ["a", "b"])["loss"]["mean"], abs=1e-5
    )


def test_a_future_in_which_a_gap_does_not_arise_counts_as_nothing_saved():
    found = price_of([future(OWN, 5, a=1), future(0, 5, a=3), future(1, 5)], "a")
    assert (1.0, 1, "unclear") == (found["loss"]["mean"], found["arose"], found["difference"])
    assert {"loss": 4.0, "late_min": 8.0} == found["own"]


@pytest.mark.parametrize(("closed", "said"), [(5, "none"), (3, "clear"), (7, "clear")])
def test_whether_a_gap_makes_a_difference_is_told(closed, said):
    assert (
        said
        == price_of([future(number, 5, a=closed + (closed != 5) * number / 9) for number in range(4)], "a")[
            "difference"
        ]
    )


def test_rows_of_the_score_card_get_their_price():
    rows = [{"id": "a", "price": None}, {"id": "b", "price": None}, {"id": "c", "price": None}]
    known = {
        "gaps": [{"id": "a", **price_of([future(0, 5, a=1)], "a")}],
        "not_priced": [{"id": "b", "why": {"en": "x"}}],
    }
    a, b, c = with_prices(rows, known)
    assert (4.0, None, None) == (a["price"], b["price"], c["price"])
    assert ({"cannot": {"en": "x"}}, None) == (b["priced"], c["priced"])
    assert a["priced"]["arose"] == 1
    assert [None] * 3 == [row["priced"] for row in with_prices(rows, None)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("priced") / "run"
    Session("chlorine-leak", seed=1, policy="plan", folder=path).finish()
    price(path, [HELPS, NOTHING], replications=1)
    return path


def test_a_gap_that_costs_comes_first_and_one_that_does_not_says_so(folder):
    found = read_prices(folder, read_folder(folder))
    assert [HELPS, NOTHING] == [row["id"] for row in found["gaps"]]
    assert found["gaps"][0]["own"]["loss"] > 0.1
    assert "none" == found["gaps"][1]["difference"]
    assert found["all"]["own"]["loss"] > 0.1
    assert not (folder / PART).exists()


@pytest.mark.slow
def test_killed_and_gone_on_with_it_leaves_the_same_file(folder, monkeypatch):
    whole = (folder / "prices.json").read_bytes()

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("sim.study.price._result", killed)
        with pytest.raises(KeyboardInterrupt):
            price(folder, [HELPS, NOTHING], replications=1)
    kept = (folder / PART).read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / PART).write_text("".join(kept[:2]) + kept[2][:40], encoding="utf-8")  # the last line is torn
    price(folder, [HELPS, NOTHING], replications=1)
    assert whole == (folder / "prices.json").read_bytes()


@pytest.mark.slow
def test_the_file_does_not_depend_on_the_number_of_processes(folder):
    price(folder, [HELPS, NOTHING], replications=3)
    whole = (folder / "prices.json").read_bytes()
    for jobs, fork in ((2, True), (2, False)):
        price(folder, [HELPS, NOTHING], replications=3, jobs=jobs, fork=fork)
        assert whole == (folder / "prices.json").read_bytes()


def test_what_cannot_be_priced_is_refused(folder):
    for gaps in (["no/such"], ["unacknowledged/x"]):
        with pytest.raises(BadInput):
            price(folder, gaps)
    with pytest.raises(BadInput):
        price(folder, replications=0)


def test_prices_of_another_run_are_refused(folder, tmp_path):
    record = read_folder(folder)
    (tmp_path / "prices.json").write_text((folder / "prices.json").read_text().replace(record.digest, "0" * 64))
    with pytest.raises(RecordBroken, match="another run"):
        read_prices(tmp_path, record)
    (tmp_path / "prices.json").write_text("[]")
    with pytest.raises(RecordBroken):
        read_prices(tmp_path, record)


def test_score_and_command_show_prices(folder, capsys):
    assert 0 == main(["score", str(folder)])
    card = json.loads(capsys.readouterr().out)
    priced = {row["id"]: row["price"] for row in card["gaps"] if row["price"] is not None}
    assert {HELPS, NOTHING} == {*priced}
    assert card["gaps"] == score(read_folder(folder), None, None, read_prices(folder, read_folder(folder)))["gaps"]
    assert 0 == main(["why", str(folder), f"gap:{HELPS}", "--lang", "zh"])
    assert "最长的等待" in capsys.readouterr().out
