"""Tables made by others: columns are guessed and shown, every row is read or told, defaults are counted."""

import pytest

from sim.errors import BadInput
from sim.spec.script.convert import scenario_text
from sim.spec.script.headers import parse_asked, read_header
from sim.spec.script.words import summary
from tests.spec.scripts import base, csv_bytes, script_of, tables_of, xlsx_bytes

HSEEP = [
    ["MSEL of the night exercise"],
    [],
    ["Event #", "Time (min)", "Event Type", "Mode", "From", "To", "Message", "Expected Response", "Notes", "Score"],
    [1, 8, "Inject", "Phone", "the public", "duty", "A smell of gas.", "register it", "-", 3],
    ["Phase 2: the gas moves"],
    [2, "T＋15", "", "Radio", "enterprise", "duty; emergency", "It is under control.", "verify", "", ""],
    [],
    ["3a", "23:59", "Contextual inject", "Fax", "City duty office", "command", "Report in writing.", "", "x", ""],
]
CHINESE = [
    ["安澜县桌面推演脚本", None, None],
    ["序号", "时间", "演练阶段", "场景", "参演单位", "处置行动", "指令与对白", "备注"],
    [1, "23：48", "先期处置", "群众反映有刺鼻气味", "县委县政府总值班室", "登记核实", "值班员：请讲", None],
    [2, "T+15分", None, "企业报告泄漏", "县委县政府总值班室、应急管理局", "派员核查", None, "重点"],
    [None, None, None, None, None, None, None, None],
    ["二、应急响应", None, None],
    [3, "0时30分", None, "村民询问", "宣传部", None, None, None],
]


def made(script):
    return scenario_text(script, base(), "new.yaml")[1].scenario.injects


def told(script, lang="en"):
    return "\n".join(summary(script, base().scenario.starts_at, lang))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_of_the_kind_that_exercise_programs_use(kind):
    script = script_of(HSEEP, kind=kind)
    first, second, third = made(script)
    assert ("i1", 480, "phone", "public", ("duty",)) == (first.id, first.at, first.channel, first.sender, first.to)
    assert ("i2", 900, "radio", ("duty", "emergency")) == (second.id, second.at, second.channel, second.to)
    assert ("i3a", 19 * 60, "written", "city") == (third.id, third.at, third.channel, third.sender)
    assert (None, "Phase 2: the gas moves") == (first.phase, second.phase.en)
    assert "A smell of gas." == first.text.zh == first.text.en
    assert ((5, "Phase 2: the gas moves"),) == script.sections
    said = told(script)
    for line in (
        "Time (min) -> at (bare numbers: minutes)",
        "Score -> (ignored)",
        "3 rows read, 1 sections, 1 empty, 1 above the header",
        "row 5 is a section: Phase 2: the gas moves",
        "Message type missing in 3 rows: notice taken (rows 4, 6, 8)",
        "Expected action missing in 1 rows: (not stated) taken (rows 8)",
        "Objective missing in 3 rows: duty-loop taken",
        "read as a time of day in 1 rows, the exercise starts at 2026-05-12 23:40 (rows 8)",
    ):
        assert line in said


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_script_of_the_traditional_form(kind):
    script = script_of(CHINESE, kind=kind)
    first, second, third = made(script)
    assert [480, 900, 3000] == [first.at, second.at, third.at]
    assert ("public", ("duty",), ("duty", "emergency")) == (first.sender, first.to, second.to)
    assert ["先期处置", "先期处置", "二、应急响应"] == [one.phase.zh for one in (first, second, third)]
    assert ("指令与对白：值班员：请讲", "重点") == (first.note, second.note)
    said = told(script, "zh")
    for line in ("场景 → text", "指令与对白 → note（并入备注）", "读入 3 行，小节标题 1 行，空行 1 行，表头以上 1 行"):
        assert line in said
    assert "期望行动：1 行未写，取“（未写明）”（第 7 行）" in said
    assert "阶段：2 行取自上方（第 4, 7 行）" in said


def test_all_bad_cells_of_all_rows_are_told_at_once_with_row_and_column():
    rows = [
        ["ID", "Time", "Trigger", "Condition", "If missing", "Message", "From", "To", "Channel"],
        ["a", "soon", "", "", "", "x", "public", "duty", "phone"],
        ["b", "T+5", "", "", "", "x", "nobody", "duty;moon", "pigeon"],
        ["c", "T+5", "by hand", "", "", "x", "public", "duty", "phone"],
        ["d", "", "contingency", "", "", "x", "public", "duty", "phone"],
        ["e", "", "", "", "", "x", "public", "duty", "phone"],
        ["f", "", "", "leak is", "", "", "public", "duty", "phone"],
        ["g", "T+5", "random", "", "verified", "x", "public", "duty", "phone"],
        ["h", "T+5", "Expected Action Event", "", "", "x", "public", "duty", "phone"],
        ["i", "T+5", "contingency", "", "verified", "x", "", "duty", "phone"],
        ["j", "T+7h", "", "", "", "x", "public", "duty", "phone"],
    ]
    script = script_of(rows)
    with pytest.raises(BadInput) as caught:
        scenario_text(script, base(), "new.yaml")
    places = [(problem.where.removeprefix("t.csv, "), problem.path) for problem in caught.value.problems]
    assert [
        ("row 2, column B", "at"),
        *[("row 3, column H", "to"), ("row 3, column G", "from"), ("row 3, column I", "channel")],
        ("row 4, column C", "trigger"),
        *[("row 5, column B", "at"), ("row 5, column E", "missing")],
        ("row 6, column B", "at"),
        *[("row 7, column D", "when"), ("row 7, column F", "text")],
        ("row 8, column C", "trigger"),
        ("row 9, column C", "trigger"),
        ("row 10, column G", "from"),
        ("row 11, column B", "at"),
    ] == places
    assert "duty (county duty office)" in str(caught.value)
    assert "at most T+6h00min, the end" in str(caught.value)


def test_conditional_contingency_and_hand_sent_rows():
    rows = [
        ["编号", "计划时间", "触发方式", "触发条件", "未达成时", "消息内容", "发出方", "接收单位"],
        [
            "a",
            "",
            "条件",
            "泄漏".replace("泄漏", "incident/over") + " 是 真；wind/forecast 已知",
            "",
            "甲",
            "群众",
            "宣传部",
        ],
        ["b", "T+30", "备用", "", "情况核实", "乙", "群众", "宣传部"],
        ["c", "", "导调手动", "", "", "丙", "群众", "宣传部"],
        ["d", "", "", "any(liuwan/hurt above 3 | rumor/seen is true)", "", "丁", "群众", "宣传部"],
    ]
    a, b, c, d = made(script_of(rows))
    assert (2, "incident/over") == (len(a.when), a.when[0].fact)
    assert ("verified", 1800) == (b.missing, b.at)
    assert c.by_hand
    assert 3 == d.when[0].any_of[0].above


def test_columns_can_be_given_by_title_or_letter():
    rows = [["What happens", "When", "Who", "Who acts"], ["x", "T+5", "the public", "duty"]]
    asked = parse_asked(["what happens=text_en", "B=at", "Who=from", "D=to"])
    (inject,) = made(script_of(rows, asked))
    assert ("x", "x", "public", ("duty",), 300) == (inject.text.zh, inject.text.en, inject.sender, inject.to, inject.at)
    for bad, words in (
        ("B=moon", "no field 'moon'"),
        ("Z=at", "no column 'Z'"),
        ("B=to", "given twice"),
        ("nonsense", "COLUMN=FIELD"),
    ):
        with pytest.raises(BadInput, match=words):
            script_of(rows, parse_asked(["A=text", "D=to", bad]))


def test_a_table_without_a_header_says_what_would_do():
    with pytest.raises(BadInput, match=r"no header row.*--map"):
        script_of([["a", "b"], ["c", "d"]])
    with pytest.raises(BadInput, match="no rows below"):
        made(script_of([["Time", "Message"]]))


def test_the_sheet_that_fits_is_taken_or_the_one_asked_for():
    from sim.spec.script.convert import read_script

    other = [["Time", "Message"], ["T+5", "x"]]
    tables = tables_of(xlsx_bytes([["Contacts"], ["a", "b"]], Plan=HSEEP, Old=other), "xlsx")
    assert "Plan" == read_script(tables, base()).table.sheet
    assert "Old" == read_script(tables, base(), sheet="Old").table.sheet
    with pytest.raises(BadInput, match=r"no sheet 'New'.*Sheet, Plan, Old"):
        read_script(tables, base(), sheet="New")


def test_a_column_that_says_more_wins_over_one_that_says_less():
    fields = {
        column.title: column.field
        for column in read_header(
            tables_of(csv_bytes([["情景事件", "消息内容(注入)", "实际时间", "计划时间(T+分)", "#"]])).sheets[0].rows[0]
        ).columns
    }
    assert {"情景事件": "note", "消息内容(注入)": "text", "实际时间": "", "计划时间(T+分)": "at", "#": "id"} == fields


def test_separators_and_encodings_that_people_use():
    for delimiter in ",;\t":
        raw = "\r\n".join(delimiter.join(row) for row in [["时间", "消息", "接收方"], ["T+5", "有气味", "宣传部"]])
        for encoding in ("utf-8", "utf-8-sig", "gb18030"):
            tables = tables_of(raw.encode(encoding))
            assert "有气味" == tables.sheets[0].rows[1].cells[1]
            assert ("GB 18030" if encoding == "gb18030" else "") == tables.encoding
