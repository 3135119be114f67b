"""The commands `tabletop county roads` and `tabletop county make`."""

import pytest

from sim.cli.main import main
from sim.spec.roadnet.make import Wanted, make_county
from sim.spec.yamlwrite import to_yaml
from tests.spec.test_roadnet import ARC_TABLE, NODE_TABLE, TEMPLATE, graphml


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nodes.csv").write_text(NODE_TABLE, encoding="utf-8")
    (tmp_path / "arcs.csv").write_text(ARC_TABLE, encoding="utf-8")
    (tmp_path / "times.csv").write_text("from,to,seconds\nA,b,200\n", encoding="utf-8")
    (tmp_path / "net.graphml").write_text(graphml(), encoding="utf-8")
    return tmp_path


def test_a_graph_becomes_a_part_of_a_county_file(here, capsys):
    assert 0 == main(["county", "roads", "net.graphml", "--out", "part.yaml"])
    assert "3 places, 3 roads" in capsys.readouterr().out
    text = (here / "part.yaml").read_text(encoding="utf-8")
    assert text.startswith("places:") and "class: national" in text
    assert 2 == main(["county", "roads", "net.graphml", "--out", "part.yaml", "--lang", "zh"])
    assert "文件已存在" in capsys.readouterr().err
    assert 0 == main(["county", "roads", "net.graphml", "--out", "part.yaml", "--force"])


def test_tables_and_times_go_into_a_whole_county(here, capsys):
    (here / "small.yaml").write_text(to_yaml(make_county(Wanted("small", 1, 1, 5000, 1), TEMPLATE)), encoding="utf-8")
    command = ["county", "roads", "nodes.csv", "arcs.csv", "times.csv", "--county", "small.yaml", "--origin", "0,0"]
    assert 0 == main([*command, "--out", "whole.yaml"])
    assert "1 travel times" in capsys.readouterr().out
    assert "{from: a, to: b, seconds: 200}" in (here / "whole.yaml").read_text(encoding="utf-8")
    assert 0 == main(["check", "whole.yaml"])


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (["arcs.csv"], "do not make one network"),
        (["net.graphml", "nodes.csv", "arcs.csv"], "do not make one network"),
        (["times.csv"], "travel times alone"),
        (["times.csv", "times.csv", "--county", "anlan"], "is a table like"),
        (["times.csv", "--county", "anlan"], "there is no place 'A'"),
        (["net.graphml", "--county", "nowhere"], "no such county"),
        (["net.graphml", "--without", "canal"], "cannot be 'canal'"),
        (["net.graphml", "--without", "national,county"], "no roads are left"),
        (["net.graphml", "--origin", "here"], "cannot be 'here'"),
        (["none.graphml"], "no such file"),
    ],
)
def test_what_cannot_be_used_is_told(here, capsys, files, told):
    assert 2 == main(["county", "roads", *files, "--out", "part.yaml"])
    assert told in capsys.readouterr().err
    assert not (here / "part.yaml").exists()


def test_a_made_county_is_checked_and_the_same_as_from_the_function(here, capsys):
    command = ["county", "make", "--seed", "4", "--townships", "2", "--people", "9000"]
    command += ["--villages", "2", "--id", "made"]
    assert 0 == main([*command, "--out", "one.yaml"])
    assert "9000 people" in capsys.readouterr().out
    expected = to_yaml(make_county(Wanted("made", 4, 2, 9000, 2), TEMPLATE))
    assert expected == (here / "one.yaml").read_text(encoding="utf-8")
    assert 0 == main(["check", "one.yaml"])
    assert 2 == main(["county", "make", "--townships", "0", "--out", "three.yaml"])
    assert "cannot be 0" in capsys.readouterr().err
