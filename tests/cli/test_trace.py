"""``--trace`` and ``--write-trace``: what was written can be given back, and what is wrong is told."""

import json

import pytest

from sim.cli.main import main
from sim.record.folder import read_folder
from tests.play.made import short


@pytest.fixture
def there(tmp_path, monkeypatch):
    """A folder to work in, with a short exercise: its files are copied from a run folder."""
    monkeypatch.chdir(tmp_path)
    exercise = short(45)
    for source in exercise.sources[1:]:
        folder = tmp_path / {"rules": "rules"}.get(source.kind, f"{source.kind}s").replace("countys", "counties")
        folder.mkdir(exist_ok=True)
        (folder / source.name).write_text(source.text, encoding="utf-8")
    (tmp_path / "brief.yaml").write_text(exercise.sources[0].text, encoding="utf-8")
    return tmp_path


def run(*rest):
    return main(["run", "brief.yaml", "--seed", "4", "--no-report", *rest])


@pytest.mark.parametrize("name", ["drawn.csv", "drawn.yaml"])
def test_what_a_run_drew_gives_the_same_run_and_can_be_checked(there, capsys, name):
    assert run("--out", "first", "--write-trace", name) == 0
    assert main(["check", name]) == 0
    assert f"{name}: good (trace)" in capsys.readouterr().out
    assert run("--out", "second", "--trace", name) == 0
    assert capsys.readouterr().err == ""
    assert (there / "first" / "events.jsonl").read_bytes() == (there / "second" / "events.jsonl").read_bytes()
    assert main(["replay", "second"]) == 0


def test_rows_that_nothing_drew_are_told_and_bad_files_are_refused(there, capsys):
    (there / "t.csv").write_text("purpose,of,seconds\nset_up,*,7\n" + "".join(f"tlak,{n},9\n" for n in range(7)))
    assert run("--out", "first", "--trace", "t.csv", "--lang", "zh") == 0
    told = capsys.readouterr().err
    assert "tlak 0: 轨迹数据" in told
    assert "2 行" in told
    assert "set_up" not in told
    assert read_folder(there / "first").exercise.trace is not None
    (there / "t.csv").write_text("purpose,of,seconds\nset_up,*,-7\n")
    assert run("--out", "second", "--trace", "t.csv") == 2
    assert "t.csv:2: seconds" in capsys.readouterr().err
    assert main(["check", "t.csv"]) == 1
    assert run("--out", "second", "--write-trace", "t.xlsx") == 2
    assert not (there / "second").exists()


def test_a_list_that_must_not_end_stops_the_run_with_a_clear_error(there, capsys):
    (there / "t.yaml").write_text(
        "format: tabletop-trace/1\nrows:\n  - {purpose: set_up, seconds: [5, 6], then: error}\n"
    )
    assert run("--out", "first", "--trace", "t.yaml") == 2
    assert "the trace is used up: the row 'set_up *' supplies 2" in capsys.readouterr().err


def test_the_schema_of_a_trace_names_its_columns(capsys):
    assert main(["schema", "trace"]) == 0
    rows = json.loads(capsys.readouterr().out)["$defs"]["TraceRow"]["properties"]
    assert sorted(rows) == ["happens", "of", "purpose", "seconds", "then"]
