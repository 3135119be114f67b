"""`tabletop script`: a table out, changed as a trainer would, and a scenario in; nothing is written if a row is bad."""

import json
import re

import pytest

from sim.cli.main import main
from sim.spec.load import load
from sim.spec.script.columns import BY_ID

INJECTS = len(load("chlorine-leak").scenario.injects)


@pytest.fixture
def there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_out_and_in_again(there, kind, lang, capsys):
    assert 0 == main(["script", "export", "chlorine-leak", "--out", f"s.{kind}", "--lang", lang])
    assert 0 == main(["script", "import", f"s.{kind}", "--out", "new.yaml", "--lang", lang])
    assert load("chlorine-leak").scenario == load(there / "new.yaml").scenario
    said = capsys.readouterr()
    assert "" == said.err
    assert (f"读入 {INJECTS} 行" if lang == "zh" else f"{INJECTS} rows read, 0 sections, 0 empty") in said.out


def edited(there):
    """Change an exported workbook as a trainer might; return the number of the last row."""
    from openpyxl import load_workbook

    assert 0 == main(["script", "export", "chlorine-leak", "--out", "s.xlsx", "--lang", "zh"])
    book = load_workbook(there / "s.xlsx")
    page = book.worksheets[0]
    titles = {cell.value: cell.column for cell in page[1]}
    page.cell(2, titles["计划时间（T+分）"]).value = "T＋15"
    page.cell(3, titles["计划时间（T+分）"]).value = "00：05"
    last = page.max_row
    page.cell(last + 2, 1).value = "二、扩大应急"
    new = {
        "编号": 99,
        "计划时间（T+分）": "T+60",
        "触发方式": "备用",
        "未达成时": "首次信息发布",
        "消息内容（中文）": "【演练】市领导催问。",
    }
    new |= {"发出方": "市值班室", "接收单位": "宣传部；县应急指挥部"}
    for title, value in new.items():
        page.cell(last + 3, titles[title]).value = value
    book.save(there / "s.xlsx")
    return last + 3


def test_a_table_that_a_trainer_has_changed(there, capsys):
    last = edited(there)
    assert 0 == main(["script", "import", "s.xlsx", "--out", "new.yaml", "--lang", "zh"])
    said = capsys.readouterr().out
    injects = {inject.id: inject for inject in load(there / "new.yaml").scenario.injects}
    assert (900, 1500) == (injects["i01-smell"].at, injects["i02-school"].at)
    new = injects["i99"]
    assert ("first_release", 3600, "二、扩大应急", ("propaganda", "command")) == (
        new.missing,
        new.at,
        new.phase.zh,
        new.to,
    )
    assert f"读入 {INJECTS + 1} 行，小节标题 1 行，空行 1 行" in said
    assert f"第 {last - 1} 行是小节标题：二、扩大应急" in said
    assert "计划时间（T+分）：1 行按钟点读，演练 2026-05-12 23:40 开始（第 3 行）" in said
    assert re.search(r"传递渠道：1 行未写，取“\w+”", said)


def test_bad_rows_write_nothing_and_exit_with_2(there, capsys):
    from openpyxl import load_workbook

    last = edited(there)
    book = load_workbook(there / "s.xlsx")
    book.worksheets[0].cell(4, 4).value = "soon"
    book.worksheets[0].cell(last, 13).value = "火星"
    book.save(there / "s.xlsx")
    assert 2 == main(["script", "import", "s.xlsx", "--out", "new.yaml"])
    said = capsys.readouterr()
    assert "2 rows are bad; nothing was written" in said.out
    told = said.err.splitlines()
    assert 2 == len(told)
    assert told[0].startswith("s.xlsx, sheet '情景消息脚本', row 4, column D: at: 'soon' is no time")
    assert f"row {last}, column M: from: no organization '火星'" in told[1]
    assert not (there / "new.yaml").exists()


def test_bad_rows_are_told_in_the_language_that_is_asked_for(there, capsys):
    from openpyxl import load_workbook

    edited(there)
    book = load_workbook(there / "s.xlsx")
    book.worksheets[0].cell(4, 4).value = None
    book.worksheets[0].cell(6, 13).value = "火星"
    book.save(there / "s.xlsx")
    assert 2 == main(["script", "import", "s.xlsx", "--out", "new.yaml", "--lang", "zh"])
    said = capsys.readouterr()
    assert "2 行有问题，未写出文件" in said.out
    first, second = said.err.splitlines()
    assert first.startswith("s.xlsx，工作表“情景消息脚本”，第 4 行 D 列（计划时间）：缺计划时间")
    assert second.startswith("s.xlsx，工作表“情景消息脚本”，第 6 行 M 列（发出方）：没有“火星”这个单位（可用：")
    assert "（可用：县委县政府总值班室 duty、县应急指挥部 command、" in second
    assert "duty office" not in second


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["script", "export", "chlorine-leak", "--out", "s.txt"], "s.txt：文件名的结尾不对（应为 .xlsx 或 .csv）"),
        (["script", "export", "chlorine-leak", "--out", "no/s.csv"], "所在文件夹不存在（"),
        (
            ["script", "export", "chlorine-leak", "--out", "t.csv"],
            "t.csv：文件已存在（请换一个名称，或用 --force 覆盖）",
        ),
        (["script", "import", "t.csv", "--out", "n.yaml"], "t.csv：没有写明属于哪个情景（请用 --scenario"),
        (["script", "import", "m.csv", "--out", "n.yaml"], "m.csv：属于情景“gone”，这里没有（请用 --scenario"),
        (["draw", "--out", "d.yaml", "--difficulty", "3"], "--difficulty：不能是 3.0（应为 0 到 2 的数）"),
        (["draw", "--out", "d.txt"], "--out：“d.txt”不合用（文件名应以 .yaml 结尾）"),
        (["branch", "r", "--at", "q"], "--choose：要指明选项（"),
        (["branch", "r", "--at", "T+5min", "--order", "x"], "--order：不是 JSON（"),
        (["branch", "r", "--at", "T+5min", "--order", "[]"], "--order：不是键值对（写法如 {"),
    ],
)
def test_what_arguments_cannot_be_used_is_told_in_chinese(there, arguments, told, capsys):
    (there / "t.csv").write_text("Time,Message\nT+5,x\n", encoding="utf-8")
    (there / "m.csv").write_text("#tabletop-script/1,gone,0\nTime,Message\nT+5,x\n", encoding="utf-8")
    assert 2 == main([*arguments, "--lang", "zh"])
    said = capsys.readouterr().err
    assert told in said
    assert "allowed:" not in said


def test_a_foreign_table_needs_a_base(there, capsys):
    text = "序号,时间,场景,参演单位,处置行动\n1,T+5,有气味,县委县政府总值班室,核实\n"
    (there / "t.csv").write_bytes(text.encode("gb18030"))
    assert 2 == main(["script", "import", "t.csv", "--out", "new.yaml"])
    assert "--scenario" in capsys.readouterr().err
    arguments = [
        "script",
        "import",
        "t.csv",
        "--out",
        "new.yaml",
        "--scenario",
        "chlorine-leak",
        "--map",
        "处置行动=note",
    ]
    assert 0 == main(arguments)
    said = capsys.readouterr().out
    assert "GB 18030" in said
    assert "E  处置行动 -> note" in said
    (inject,) = load(there / "new.yaml").scenario.injects
    assert ("处置行动：核实", 300) == (inject.note, inject.at)
    assert 2 == main(arguments)
    assert "--force" in capsys.readouterr().err
    assert 0 == main([*arguments, "--force"])


def test_the_base_may_lie_beside_the_table_and_may_have_changed(there, capsys):
    source = load("chlorine-leak").sources[0].text
    (there / "own.yaml").write_text(source.replace("id: chlorine-leak", "id: own", 1), encoding="utf-8")
    assert 0 == main(["script", "export", "own.yaml", "--out", "s.csv"])
    (there / "own.yaml").write_text(source.replace("id: chlorine-leak", "id: own", 1) + "# later\n", encoding="utf-8")
    assert 0 == main(["script", "import", "s.csv", "--out", "new.yaml"])
    assert "not the text that the table was exported from" in capsys.readouterr().out
    assert "own" == load(there / "new.yaml").scenario.id
    (there / "own.yaml").unlink()
    assert 2 == main(["script", "import", "s.csv", "--out", "other.yaml"])
    assert "'own', which is not here" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["export", "chlorine-leak", "--out", "s.txt"], ".xlsx or .csv"),
        (["export", "nowhere", "--out", "s.csv"], "chlorine-leak"),
        (["export", "chlorine-leak", "--out", "no/s.csv"], "folder"),
        (["import", "nowhere.csv", "--out", "new.yaml"], "no such file"),
        (["import", "s.xls", "--out", "new.yaml"], ".xlsx or .csv"),
        (["import", "s.csv", "--out", "new.csv"], ".yaml"),
        (["import", "s.csv", "--out", "new.yaml", "--map", "x"], "COLUMN=FIELD"),
    ],
)
def test_what_cannot_be_used_is_one_message(there, arguments, told, capsys):
    assert 2 == main(["script", *arguments])
    said = capsys.readouterr()
    assert told in said.err
    assert 1 == len(said.err.splitlines())
    assert [] == list(there.iterdir())


@pytest.mark.parametrize("command", ["export", "import"])
def test_the_commands_explain_themselves(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["script", command, "--help"])
    assert 0 == stopped.value.code
    assert "--lang" in capsys.readouterr().out


def test_the_schema_of_a_scenario_knows_every_field_of_an_inject(capsys):
    assert 0 == main(["schema", "scenario"])
    inject = json.loads(capsys.readouterr().out)["$defs"]["Inject"]["properties"]
    assert set(BY_ID) - {"trigger"} | {"by_hand"} == set(inject)
