"""``tabletop map``: a picture of a moment, and clear words for what cannot be drawn."""

import pytest

from sim.cli import mapping
from sim.cli.main import main
from tests.show.test_map import RECORD


@pytest.fixture(autouse=True)
def one_record(monkeypatch):
    monkeypatch.setattr(mapping, "read_folder", lambda _: RECORD)


def test_a_map_is_written_as_png_and_svg_in_both_languages(tmp_path, capsys):
    png, svg = tmp_path / "map.png", tmp_path / "map.SVG"
    assert main(["map", "run", "--at", "28min", "--out", str(png)]) == 0
    assert capsys.readouterr().out == f"map at T+0:28: {png}\n"
    assert png.read_bytes().startswith(b"\x89PNG")
    assert main(["map", "run", "--out", str(svg), "--lang", "zh", "--zoom", "county"]) == 0
    assert capsys.readouterr().out == f"T+0:07 的态势图：{svg}\n"
    assert svg.read_bytes().startswith(b"<svg")


@pytest.mark.parametrize(
    ("text", "at_s"), [("start", 60), ("worst", 420), ("end", 7200), ("T+1h30min", 5400), ("2h", 7200), ("0", 0)]
)
def test_moments_are_times_or_names(text, at_s):
    assert mapping.moment(RECORD, text) == at_s


@pytest.mark.parametrize(
    ("arguments", "told", "told_zh"),
    [
        (["--at", "soon", "--out", "a.png"], "no time", "不是时间"),
        (["--at", "2h1s", "--out", "a.png"], "at most T+2:00", "不晚于 T+2:00"),
        (["--out", "a.jpg"], ".png or .svg", "结尾不对"),
        (["--out", "there.png"], "--force", "文件已存在"),
        (["--out", "nowhere/a.png"], "folder does not exist", "所在文件夹不存在"),
    ],
)
def test_what_cannot_be_drawn_is_told_in_both_languages(tmp_path, monkeypatch, capsys, arguments, told, told_zh):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.png").write_bytes(b"x")
    for lang, words in (("en", told), ("zh", told_zh)):
        assert main(["map", "run", *arguments, "--lang", lang]) == 2
        assert words in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["there.png"]


def test_an_existing_file_is_written_over_only_with_force(tmp_path):
    there = tmp_path / "there.svg"
    there.write_bytes(b"x")
    assert main(["map", "run", "--out", str(there), "--force"]) == 0
    assert there.read_bytes().startswith(b"<svg")
