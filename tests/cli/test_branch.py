"""Commands over runs that belong together, in both languages."""

import csv
import json
import re

import pytest

from sim.cli.main import main
from sim.cli.tables import between, number, table_lines
from sim.record.events import KINDS
from sim.record.folder import read_folder
from sim.show.event_words import EVENT_WORDS
from sim.textwidth import width


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """A run and a branch of it, in one folder."""
    folder = tmp_path_factory.mktemp("runs")
    assert 0 == main(["run", "chlorine-leak", "--seed", "1", "--no-report", "--out", str(folder / "one")])
    assert 0 == main(["branch", str(folder / "one"), "--at", "villages", "--choose", "wait", "--no-report"])
    return folder


def test_a_branch_stands_beside_its_parent_and_replays(runs, capsys):
    assert 0 == main(["replay", str(runs / "one-villages-wait")])
    assert 0 == main(["tree", str(runs)])
    first, second = capsys.readouterr().out.splitlines()[1:]
    assert first.startswith("one  ")
    assert second.startswith("└─ one-villages-wait  ")
    assert "[villages = wait, journal]" in second


@pytest.mark.parametrize(("lang", "word"), [("en", "first difference"), ("zh", "首处不同")])
def test_compare_says_where_they_part_and_what_that_did(runs, capsys, lang, word):
    assert 0 == main(["compare", str(runs / "one"), str(runs / "one-villages-wait"), "--lang", lang])
    said = capsys.readouterr().out
    assert said.startswith(word)
    assert "choice: evacuate-liuwan → wait" in said
    cards = [json.loads((runs / name / "score.json").read_text()) for name in ("one", "one-villages-wait")]
    change = number(cards[1]["total"] - cards[0]["total"], signed=True)
    assert any(line.endswith(change) for line in said.splitlines())


def test_a_run_compared_with_itself_is_equal(runs, capsys):
    assert 0 == main(["compare", str(runs / "one"), str(runs / "one")])
    assert f"all {len(read_folder(runs / 'one').events)} events are equal" in capsys.readouterr().out


def test_compare_over_other_seeds_gives_paired_differences(runs, capsys):
    folders = [str(runs / "one"), str(runs / "one-villages-wait")]
    assert 0 == main(["compare", *folders, "--replications", "2", "--jobs", "1"])
    said = capsys.readouterr().out.partition("under 2 other seeds")[2]
    assert any(line.startswith("loss ") and "…" in line for line in said.splitlines())


def test_whatif_prints_a_table_and_keeps_it(runs, tmp_path, capsys):
    arguments = ["whatif", str(runs / "one"), "--at", "villages", "--replications", "2", "--jobs", "1", "--no-fork"]
    assert 0 == main([*arguments, "--lang", "zh", "--out", str(tmp_path / "found")])
    said = capsys.readouterr().out
    assert re.search(r"疏散柳湾村，石桥村关窗避险 \[实际选择(, 策略 \w+)?\]", said)
    about = json.loads((tmp_path / "found" / "whatif.json").read_text(encoding="utf-8"))
    assert about["best"] in [row["way"] for row in about["ways"]]
    assert {"wanted": 2, "counted": 2, "left_out": 0} == about["replications"]
    with (tmp_path / "found" / "whatif.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert 2 * len(about["ways"]) == len(rows)
    assert (tmp_path / "found" / "whatif.png").read_bytes().startswith(b"\x89PNG")
    capsys.readouterr()
    assert 0 == main(["score", str(runs / "one")])
    (row,) = [row for row in json.loads(capsys.readouterr().out)["decisions"] if row["key"] == "villages"]
    taken = next(way for way in about["ways"] if way["way"] == about["taken"])
    assert row["regret"]["hindsight"]["mean"] == taken["hindsight.mean"]
    assert row["regret"]["expert"]["mean"] == taken["regret.mean"]


def test_whatif_that_is_interrupted_keeps_what_it_has(runs, tmp_path, capsys, monkeypatch):
    from sim.study import whatif

    real = whatif.futures

    def broken_off(past, items, **rest):
        rest["fork"] = False
        for count, row in enumerate(real(past, items, **rest)):
            if count == len({item.way for item in items}) + 1:
                raise KeyboardInterrupt
            yield row

    monkeypatch.setattr(whatif, "futures", broken_off)
    arguments = ["whatif", str(runs / "one"), "--at", "villages", "--replications", "9", "--jobs", "1"]
    assert 130 == main([*arguments, "--out", str(tmp_path)])
    assert "1 of 9 replications are finished" in capsys.readouterr().out
    assert json.loads((tmp_path / "whatif.json").read_text())["interrupted"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["branch", "--at", "villages"],
        ["branch", "--at", "villages", "--choose", "nothing"],
        ["branch", "--at", "T+35min", "--order", "[]"],
        ["branch", "--at", "T+35min", "--order", "{"],
        ["whatif", "--at", "nothing"],
        ["whatif", "--at", "villages", "--then", "journal"],
        ["whatif", "--at", "villages", "--replications", "0"],
    ],
)
def test_what_cannot_be_done_exits_with_2_and_one_message(runs, arguments, capsys):
    command, *rest = arguments
    assert 2 == main([command, str(runs / "one"), *rest])
    assert 1 == len(capsys.readouterr().err.splitlines())


def test_tables_stand_in_line_with_wide_characters():
    lines = table_lines(("", "数"), [("损失", "1.00"), ("x", "—")])
    assert 1 == len({width(line) for line in lines})


def test_numbers_are_for_people():
    assert ("—", "0.00", "−1.50", "+1.50") == (number(None), number(-0.001), number(-1.5), number(1.5, signed=True))
    assert "1.00" == between(1.0, None, None)
    assert "+1.00 (−1.00 … +3.00)" == between(1.0, -1.0, 3.0, signed=True)


def test_words_are_of_kinds_that_exist():
    assert set(EVENT_WORDS) <= set(KINDS)
