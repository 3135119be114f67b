"""The dispatch from tables: what became of each call, and what is wrong with a table."""

import pytest

from sim.cli.main import main

CALLS = "id,at_s,node,service_s,severity\nfirst,0,farm,600,1\nsecond,60,mill,600,1\nthird,90,mill,60,3\n"


@pytest.fixture
def tables(tmp_path):
    (tmp_path / "calls.csv").write_text(CALLS, encoding="utf-8")
    (tmp_path / "units.csv").write_text("id,base\none,farm\n", encoding="utf-8")
    (tmp_path / "travel.csv").write_text("from,to,seconds\nfarm,mill,120\nmill,farm,120\n", encoding="utf-8")
    return tmp_path


def run(folder, *more):
    names = ["--units", str(folder / "units.csv"), "--travel", str(folder / "travel.csv"), "--out"]
    return main(["dispatch", str(folder / "calls.csv"), *names, str(folder / "runs.csv"), *more])


def test_the_calls_of_a_table_are_run(tables, capsys):
    assert run(tables, "--lang", "zh") == 0
    assert "呼叫 3 起" in capsys.readouterr().out
    rows = (tables / "runs.csv").read_text(encoding="utf-8").splitlines()
    assert rows == [
        "call,unit,called_s,sent_s,arrived_s,free_s",
        "first,one,0,0,0,600",
        "second,one,60,600,720,1320",
        "third,one,90,1320,1320,1380",
    ]
    assert run(tables) == 2  # the file is there
    assert run(tables, "--force", "--queue", "severity", "--room", "2") == 0
    assert "third,one,90,600,720,780" in (tables / "runs.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("calls.csv", "id,at_s\nx,1\n", "lacks the columns"),
        ("calls.csv", "id,at_s,node,service_s\nx,soon,farm,1\n", "calls.csv:2"),
        ("travel.csv", "from,to,seconds\nfarm,mill,soon\n", "travel.csv"),
        ("units.csv", "id,base\none,moon\n", "moon to farm"),
        ("travel.csv", "from,to,seconds\nfarm,mill,-1\nmill,farm,9\n", "negative"),
    ],
)
def test_what_is_wrong_with_a_table_is_told(tables, capsys, name, text, told):
    (tables / name).write_text(text, encoding="utf-8")
    assert run(tables) == 2
    assert told in capsys.readouterr().err
