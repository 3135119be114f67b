"""How runs are made: no run twice, rounds until sure, run folders on demand, workers that are lost."""

import json

import pytest

from sim.assess.intervals import interval
from sim.errors import BadInput
from sim.play import many
from sim.record.folder import read_folder
from sim.study.estimate import estimate
from sim.study.export import read_table, to_parquet
from sim.study.running import How
from sim.study.sweep import sweep
from tests.study.models import linear, notes_its_start, troubled, waits
from tests.study.test_factors import HEAD, read

TWO = "parameters: {comms.fallback: [0.5, 1], plan.follow: [0.2, 0.4]}\n"


def test_a_run_that_stands_twice_in_a_sample_is_run_once(tmp_path, monkeypatch):
    monkeypatch.setenv("TABLETOP_TEST_STARTS", str(tmp_path / "starts"))
    plan = read(tmp_path, HEAD + TWO + "sampling: {method: morris, points: 6}\n")
    rows = sweep(plan, tmp_path / "out", model=notes_its_start)
    started = (tmp_path / "starts").read_text().splitlines()
    assert len(rows) == 6 * 3 * 2
    assert len(started) == len(set(started)) <= 4 * 2
    assert all(row["failed"] == "" and row["y"] is not None for row in rows)


def test_a_model_of_ones_own_has_its_own_columns_and_a_changed_one_is_run_again(tmp_path):
    plan = read(tmp_path, HEAD + TWO)
    rows = sweep(plan, tmp_path / "out", model=linear)
    assert list(rows[0])[-3:] == ["failed", "total_loss", "y"] or list(rows[0])[-1] == "y"
    assert rows[2]["y"] - rows[0]["y"] == pytest.approx(0.2)  # the same luck, another plan.follow
    other = sweep(plan, tmp_path / "out", model=waits)
    assert {row["total_loss"] for row in other}.isdisjoint({row["total_loss"] for row in rows})


def test_replications_end_where_the_mean_is_sure_enough_and_only_there(tmp_path):
    text = HEAD.replace("replications: 2", "replications: 400") + (
        "parameters: {comms.fallback: [0.5, 1]}\n"
        "precision: {half_width: 0.05, first: 10, look_every: 20}\n"
    )  # fmt: skip
    rows = sweep(read(tmp_path, text), model=linear)
    for point in (0, 1):
        own = [row["total_loss"] for row in rows if row["point"] == point]
        _, _, low, high = interval(own)
        assert (high - low) / 2 <= 0.05
        _, _, low, high = interval(own[:-20])
        assert (high - low) / 2 > 0.05
    assert 60 < len(rows) < 800
    assert sweep(read(tmp_path, text), model=linear, how=How(jobs=2)) == rows


def test_run_folders_are_kept_on_demand_and_hold_the_runs_of_the_table(tmp_path):
    plan = read(tmp_path, HEAD.replace("chlorine-leak", "rumor-panic") + "parameters: {plan.follow: [0.5]}\n")
    rows = sweep(plan, tmp_path / "out", how=How(records=1))
    (folder,) = (tmp_path / "out" / "records").iterdir()
    point, replication = (int(part) for part in folder.name.split("-")[1::2])
    (row,) = [row for row in rows if (row["point"], row["replication"]) == (point, replication)]
    assert row["events"] == len(read_folder(folder).events)
    for wrong in ("some", 0, True):
        with pytest.raises(BadInput):
            sweep(plan, tmp_path / "out", how=How(records=wrong))


def test_what_failed_is_run_once_more_into_a_folder(tmp_path, monkeypatch):
    plan = read(tmp_path, HEAD.replace("replications: 2", "replications: 1") + "parameters: {plan.follow: [1]}\n")
    started = []

    def breaks(_exercise, **given):
        started.append(given["folder"])
        raise RuntimeError("no power")

    monkeypatch.setattr(many, "Session", breaks)
    (row,) = sweep(plan, tmp_path / "out", how=How(records="failed"))
    assert row["failed"] == "RuntimeError: no power"
    assert started == [None, tmp_path / "out" / "records" / "point-0-replication-0"]


def test_parquet_holds_the_table_with_types_and_the_design(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    plan = read(tmp_path, HEAD + TWO)
    rows = sweep(plan, tmp_path / "out", model=linear)
    table, _ = to_parquet(tmp_path / "out")
    found = parquet.read_table(table)
    assert found.to_pylist() == rows
    assert json.loads(found.schema.metadata[b"tabletop-sweep"])["design"]["id"] == "small"
    before = table.read_bytes()
    to_parquet(tmp_path / "out")
    assert table.read_bytes() == before


def test_a_dry_run_counts_what_is_there_and_measures_without_leaving_anything(tmp_path):
    text = HEAD.replace("chlorine-leak", "rumor-panic").replace("replications: 2", "replications: 1")
    plan = read(tmp_path, text + "parameters: {plan.follow: [0.5]}\nyardsticks: true\n")
    found = estimate(plan, tmp_path / "out", How(jobs=2, records="all"))
    assert found.counts() == {"points": 1, "runs": 3, "same": 0, "there": 0, "todo": 3}
    assert found.time_s == pytest.approx(found.run_s * 3 / 2)
    assert found.table_mb > 0 < found.records_mb
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "reasons",
    [
        pytest.param(["", "killed"]),
        pytest.param(["", "killed", "killed", "MemoryError", "timeout", "ValueError", ""], marks=pytest.mark.loop),
    ],
)
def test_a_worker_that_hangs_dies_or_wants_too_much_memory_costs_one_row(tmp_path, reasons):
    values = [number / 8 for number in range(len(reasons))]
    text = HEAD.replace("replications: 2", "replications: 1") + f"parameters: {{comms.fallback: {values}}}\n"
    rows = sweep(read(tmp_path, text), tmp_path / "out", model=troubled, how=How(jobs=2, limit_s=1.0))
    assert [row["failed"].split(":")[0] for row in rows] == reasons
    assert [row["y"] for row in rows] == [None if reason else point for point, reason in enumerate(reasons)]
    assert [row["failed"] for row in read_table(tmp_path / "out" / "table.csv")] == [row["failed"] for row in rows]


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_bytes(tmp_path):
    pytest.importorskip("distributed")
    plan = read(tmp_path, HEAD + TWO)
    sweep(plan, tmp_path / "one", model=linear)
    sweep(plan, tmp_path / "dask", model=linear, how=How(jobs=2, dask="local"))
    for name in ("table.csv", "summary.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "dask" / name).read_bytes()
