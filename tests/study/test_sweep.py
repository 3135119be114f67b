"""Sweeps: the same bytes whatever the workers and the order, and no finished run is repeated."""

import csv
import io
import json
import random
import sqlite3

import pytest

from sim.canon import canonical
from sim.errors import InUse, RecordBroken, TabletopError
from sim.play import many
from sim.play.references import references
from sim.record.folder import to_csv
from sim.spec.parameters import Parameters
from sim.study import results as results_module
from sim.study import running as sweep_module
from sim.study.design import Sweep, read_design
from sim.study.figure import choose_axes, draw
from sim.study.measures import measure, measured_names
from sim.study.results import Results
from sim.study.sweep import sweep
from sim.study.tables import summarize, tidy

DESIGN = """\
format: tabletop-sweep/1
id: small
name: {zh: 小, en: small}
scenario: chlorine-leak
parameters:
  release.approval_delay: [12, 90]
  duty.phone_lines: [1, 3]
replications: 2
seed: 7
"""
FILES = [
    "design.json",
    "figure.png",
    "needed.csv",
    "report.html",
    "results.sqlite",
    "summary.csv",
    "table.csv",
    "worth.csv",
]


def read(folder, text=DESIGN):
    path = folder / "sweep.yaml"
    path.write_text(text, encoding="utf-8")
    return read_design(path)


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return read(tmp_path_factory.mktemp("design"))


@pytest.fixture(scope="module")
def clean(plan, tmp_path_factory):
    out = tmp_path_factory.mktemp("clean")
    sweep(plan, out)
    return out


def tables(folder):
    return [(folder / name).read_bytes() for name in ("table.csv", "summary.csv")]


def counted(monkeypatch, stop_after=None):
    """Count the runs that a sweep starts; after some of them, interrupt it as a person would."""
    started = []

    def run_many(tasks, *args, **kwargs):
        for row in many.run_many(tasks, *args, **kwargs):
            started.append(row.task)
            yield row
            if stop_after is not None and len(started) >= stop_after:
                raise KeyboardInterrupt

    monkeypatch.setattr(sweep_module, "run_many", run_many)
    return started


def test_a_sweep_leaves_its_files_and_a_row_for_every_run(plan, clean):
    assert sorted(path.name for path in clean.iterdir()) == FILES
    rows = list(csv.DictReader(io.StringIO((clean / "table.csv").read_text())))
    assert [(row["point"], row["replication"]) for row in rows] == [
        (str(p), str(r)) for p in range(4) for r in range(2)
    ]
    assert set(measured_names(plan.exercise)) < set(rows[0])
    assert all(row["failed"] == "" and float(row["total_loss"]) > 0 and row["outcome"] == "" for row in rows)
    about = json.loads((clean / "design.json").read_text())
    assert about["digests"].keys() == {*plan.exercise.digests, "sweep"}
    assert {"python", "tabletop-sim", "simpy", "mesa"} <= about["versions"].keys()


def test_the_rows_returned_are_those_of_the_table(plan, clean):
    rows = sweep(plan, clean)
    assert to_csv(rows).encode() == tables(clean)[0]


def test_two_workers_give_the_same_bytes_as_one(plan, clean, tmp_path):
    sweep(plan, tmp_path / "two", jobs=2)
    assert tables(tmp_path / "two") == tables(clean)


def test_the_order_of_the_runs_does_not_matter(plan, clean, tmp_path, monkeypatch):
    tasks = random.Random(5).sample(plan.tasks, len(plan.tasks))
    monkeypatch.setattr(Sweep, "tasks", property(lambda _: tasks))
    sweep(plan, tmp_path)
    assert tables(tmp_path) == tables(clean)


def test_an_interrupted_sweep_goes_on_and_repeats_nothing(plan, clean, tmp_path, monkeypatch):
    with pytest.raises(KeyboardInterrupt):
        counted(monkeypatch, stop_after=3)
        sweep(plan, tmp_path)
    assert not (tmp_path / "table.csv").exists()
    started = counted(monkeypatch)
    sweep(plan, tmp_path)
    assert len(started) == len(plan.tasks) - 3
    assert tables(tmp_path) == tables(clean)
    started.clear()
    sweep(plan, tmp_path)
    assert started == []


def test_what_was_measured_outlives_a_kill_and_two_sweeps_never_share_a_store(plan, tmp_path, monkeypatch):
    monkeypatch.setattr(results_module, "WAIT_S", 0.0)
    store = Results(tmp_path / "results.sqlite", "measure")
    keys = [store.key(task) for task in plan.tasks[:5]]
    for key in keys:
        store.put(key, {"total_loss": 1.0})
    with pytest.raises(InUse, match="another sweep"):
        Results(tmp_path / "results.sqlite", "measure")
    after = tmp_path / "after"  # what a kill at this moment leaves on disk
    after.mkdir()
    for path in tmp_path.glob("results.sqlite*"):
        (after / path.name).write_bytes(path.read_bytes())
    with Results(after / "results.sqlite", "measure") as found:
        assert [found.get(key) for key in keys] == [{"total_loss": 1.0}] * 5
    assert [path.name for path in after.iterdir()] == ["results.sqlite"]
    with store:
        pass
    with Results(tmp_path / "results.sqlite", "measure") as found:
        assert found.get(keys[4]) == {"total_loss": 1.0}


def test_a_row_that_was_altered_is_run_again(plan, clean, tmp_path, monkeypatch):
    path = tmp_path / "results.sqlite"
    path.write_bytes((clean / "results.sqlite").read_bytes())
    base = sqlite3.connect(path)
    with base:
        base.execute("UPDATE run SET row = replace(row, '\"gaps\":', '\"gaps\":1') WHERE rowid = 2")
    base.close()
    started = counted(monkeypatch)
    sweep(plan, tmp_path)
    assert len(started) == 1
    assert tables(tmp_path) == tables(clean)


def test_results_of_other_code_or_other_measures_are_not_taken(plan, clean, monkeypatch):
    task = plan.tasks[0]

    def there(task, what="measure"):
        with Results(clean / "results.sqlite", what) as store:
            return store.get(store.key(task)) is not None

    assert there(task)
    assert there(task._replace(point=99, replication=99))
    assert not any(map(there, [task._replace(policy="none"), task._replace(seed=1), task._replace(references="{}")]))
    assert not there(task, "measure_loss")
    monkeypatch.setattr(results_module, "code_digest", lambda: "other")
    assert not there(task)


def test_a_file_that_is_no_store_is_refused(plan, tmp_path):
    (tmp_path / "results.sqlite").write_bytes(b"a letter, not a store of results" * 40)
    with pytest.raises(RecordBroken):
        sweep(plan, tmp_path)


def test_a_failed_run_is_a_row_and_is_tried_again(plan, clean, tmp_path, monkeypatch):
    session, unlucky = many.Session, plan.tasks[-1]

    def fails_once(exercise, **given):
        if given["seed"] == unlucky.seed and given["overrides"] == dict(unlucky.overrides):
            raise TabletopError("out of luck")
        return session(exercise, **given)

    monkeypatch.setattr(many, "Session", fails_once)
    rows = sweep(plan, tmp_path)
    assert [row["failed"] for row in rows] == [""] * 7 + ["TabletopError: out of luck"]
    assert rows[-1]["total_loss"] is None
    assert [row["n"] for row in summarize(plan, rows)] == [2, 2, 2, 1]
    monkeypatch.undo()
    started = counted(monkeypatch)
    sweep(plan, tmp_path)
    assert started == [unlucky]
    assert tables(tmp_path) == tables(clean)


def test_yardsticks_are_shared_by_policies_and_give_an_outcome(tmp_path, monkeypatch):
    text = DESIGN.replace("[12, 90]", "[90]").replace("[1, 3]", "[1]").replace("replications: 2", "replications: 1")
    plan = read(tmp_path, text + "policies: [plan, none, perfect]\nyardsticks: true\n")
    started = counted(monkeypatch)
    rows = sweep(plan, tmp_path / "out")
    assert len(started) == 2 + 3
    assert [row["outcome"] for row in rows[1:]] == [0.0, 1.0]
    overrides = Parameters(plan.tasks[0].overrides)
    expected = references(plan.exercise, plan.tasks[0].seed, overrides)
    harm = {name: {"quantities": one["quantities"]} for name, one in expected.items()}
    row = many.run_one(plan.tasks[0]._replace(references=canonical(harm)), plan.exercise.sources, measure)
    assert row.values["outcome"] == rows[0]["outcome"] is not None


def test_what_never_came_counts_as_the_end_of_the_exercise(plan):
    column = "at_min.first_release"
    values = {**dict.fromkeys(measured_names(plan.exercise), 1.0), "end_min": 360.0}
    rows = [many.Row(task, {**values, column: None if task.replication else 60.0}, "") for task in plan.tasks]
    first = summarize(plan, tidy(plan, rows))[0]
    assert (first[f"{column}.mean"], first[f"{column}.came"]) == (210.0, 0.5)


def test_the_summary_pairs_points_by_replication(clean):
    rows = list(csv.DictReader(io.StringIO((clean / "summary.csv").read_text())))
    table = list(csv.DictReader(io.StringIO((clean / "table.csv").read_text())))
    loss = {(row["point"], row["replication"]): float(row["total_loss"]) for row in table}
    for row in rows:
        differences = [loss[row["point"], number] - loss["0", number] for number in "01"]
        assert float(row["total_loss.minus_first.mean"]) == pytest.approx(sum(differences) / 2, abs=1e-6)


def test_progress_shows_how_many_are_done(plan, clean, capsys):
    sweep(plan, clean, progress=True)
    assert "8/8" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_figure_can_be_drawn_in_both_languages(plan, clean, tmp_path, lang):
    rows = sweep(plan, clean)
    draw(plan, summarize(plan, rows), tmp_path / "figure.png", lang)
    assert (tmp_path / "figure.png").read_bytes().startswith(b"\x89PNG")


def test_a_figure_can_be_drawn_of_one_point_and_of_failures_only(tmp_path):
    plan = read(tmp_path, DESIGN.replace("[12, 90]", "[90]").replace("[1, 3]", "[1]"))
    failed = [many.Row(task, {}, "gone") for task in plan.tasks]
    draw(plan, summarize(plan, tidy(plan, failed)), tmp_path / "none.png")
    assert (tmp_path / "none.png").stat().st_size > 1000


def test_the_axes_are_what_varies(tmp_path, plan):
    assert choose_axes(plan)[:2] == ("release.approval_delay", "duty.phone_lines")
    assert choose_axes(plan).fixed == {"policy": "plan"}
    one = read(tmp_path, DESIGN.replace("[12, 90]", "[90]") + "policies: [plan, none]\n")
    assert choose_axes(one) == ("duty.phone_lines", "policy", {"release.approval_delay": 90.0})
