"""Every problem of a table is told in the language of its reader: places, what is wrong, what would do."""

import copy
import pickle
import re
from datetime import datetime, timedelta

import pytest

from sim.errors import BadInput, NothingFits, Problem, bad_input, problem_text
from sim.spec.script.cells import MAX_ROWS, Unreadable
from sim.spec.script.columns import FIELDS, Said
from sim.spec.script.conditions import MAX_NESTED, read_clauses, read_facts, read_keys
from sim.spec.script.convert import read_script, scenario_text
from sim.spec.script.export import export_csv
from sim.spec.script.headers import parse_asked
from sim.spec.script.names import MOST_SHOWN, Names
from sim.spec.script.problems import Misread, in_both, limit_of
from sim.spec.script.table_read import MAX_CSV_BYTES, read_csv, read_tables, read_xlsx
from sim.spec.script.times import Start, read_moment, read_span
from sim.spec.script.xlsx_guard import MAX_BYTES, MAX_FILE_BYTES, MAX_PARTS
from tests.spec.scripts import base, csv_bytes, script_of, tables_of, with_injects, xlsx_bytes
from tests.spec.test_script_safety import ENTITIES, SHEET, changed, sheet_with

CHINESE = re.compile("[一-鿿，。：“”（）、]")
START = Start(datetime(2026, 5, 12, 23, 40), 6 * 3600)
GOOD = {"id": "a", "at": "T+5", "text": "x", "from": "public", "to": "duty", "channel": "phone"}


def row(**cells):
    """Import one row in which these cells are different."""
    rows({**GOOD, **cells})


def rows(*listed):
    titles = {field.id: field.title.en for field in FIELDS}
    named = list(dict.fromkeys(key for one in listed for key in one))
    table = [[titles[name] for name in named], *([one.get(name) for name in named] for one in listed)]
    scenario_text(script_of(table, kind="xlsx"), base(), "new.yaml")


def told(call):
    """Return the problems that a call raises, in English and in Chinese."""
    with pytest.raises(BadInput) as caught:
        call()
    error = caught.value
    for carried in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error), type(error)(*error.args)):
        assert error.problems == carried.problems
        assert error.in_language("zh") == carried.in_language("zh")
    assert str(error) == error.in_language("en")
    return error.in_language("en"), error.in_language("zh")


def assert_both(english, chinese, en, zh):
    for line in english.splitlines():
        assert not CHINESE.search(line), line
    for line in chinese.splitlines():
        assert CHINESE.search(line), line
        assert "allowed:" not in line
        assert not re.search(r", (row \d|column [A-Z]|sheet ')", line), line
    assert en in english
    assert zh in chinese


ROWS = {
    "no time": ({"at": "soon"}, "row 2, column B: at: 'soon' is no time", "第 2 行 B 列（Time）：“soon”不是时间，写"),
    "time missing": (
        {"at": None, "trigger": "Inject"}, "column B: at: the time is missing", "B 列（Time）：缺计划时间（写法如 T+15",
    ),
    "condition missing": (
        {"at": None, "trigger": "condition", "when": None}, "when: the condition is missing", "缺触发条件（写法如",
    ),
    "milestone missing": ({"trigger": "contingency", "missing": None}, "milestone is missing (allowed: detected (duty",
                          "缺未达成的节点（可用：县值班室获知 detected、"),
    "no trigger": ({"at": None, "trigger": None}, "neither a time nor a condition", "既没有计划时间，也没有触发条件（"),
    "trigger does not fit": ({"trigger": "by hand"}, "does not fit the other columns", "“by hand”与其他列不符（导调"),
    "no inject": ({"trigger": "Expected Action Event"}, "is no inject", "不是情景消息（请写入"),
    "time of day after": (
        {"at": "23:55", "after": "b"}, "cannot be counted from another", "钟点不能从别的消息起算（写成",
    ),
    "no organization": ({"from": "moon"}, "no organization 'moon' (allowed: duty (county duty office), ",
                        "（From）：没有“moon”这个单位（可用：县委县政府总值班室 duty、"),
    "nobody": ({"to": None}, "to: nobody is named (allowed: duty (", "（To）：没有写单位（可用："),
    "no sender": ({"from": None}, "from: nobody is named", "没有写单位"),
    "no channel": ({"channel": "pigeon"}, "no channel 'pigeon'", "没有“pigeon”这个渠道（可用："),
    "no kind": ({"kind": "song"}, "no message type 'song' (allowed: report (report)", "（可用：报告 report、请求 "),
    "no objective": ({"objective": "fun"}, "no objective 'fun'", "没有“fun”这个训练目标"),
    "no message": ({"text": None, "note": "n"}, "text: has no message", "没有消息内容（请写"),
    "error value": ({"text": "#REF!"}, "'#REF!' is an error value (allowed: the value itself)", "“#REF!”是错误值（请"),
    "formula": ({"from": "=1+1"}, "from: '=1+1' is a formula", "“=1+1”是公式（请填数值或文字本身）"),
    "not within": ({"within": "later"}, "within: 'later' is no time", "（Within）：“later”不是时间"),
    "condition": ({"when": "leak is"}, "a fact such as leak/size", "（Condition）：这里要写事实，如 leak/size"),
    "too late": ({"at": "T+7h"}, "comes after the end of the exercise (allowed: at most T+6h00min",
                 "晚于演练结束（演练在 T+6h00min 结束）"),
    "no after": ({"after": "zz"}, "no after 'zz'", "没有编号为“zz”的消息"),
    "no fact": ({"facts": "mars/size = 3"}, "no fact 'mars/size' in the plan (allowed: incident/sign, ",
                "预案里没有“mars/size”这个事实（可用：incident/sign、"),
    "no value": ({"facts": "leak/size = odd"}, "leak/size cannot be 'odd'", "事实 leak/size 不能取值"),
    "too long": ({"text": "x" * 4001}, "at most 4000 characters", "文字太长（最多 4000 个字）"),
    "no id": ({"after": "火"}, "", "编号写法不对（小写字母开头"),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "en", "zh"), ROWS.values(), ids=ROWS)
def test_a_bad_cell_is_told_once_in_both_languages(cells, en, zh):
    english, chinese = told(lambda: row(**cells))
    assert_both(english, chinese, en, zh)
    assert 1 == len(english.splitlines()) == len(chinese.splitlines())
    assert chinese.startswith("t.xlsx，工作表“Sheet”，第 2 行")


def test_rows_that_do_not_go_together_are_told_in_both_languages():
    twice = told(lambda: rows(GOOD, GOOD))
    assert_both(*twice, "row 3, column A: id: the id 'a' stands twice", "第 3 行 A 列（ID）：编号“a”重复（每个")
    circle = told(lambda: rows({**GOOD, "after": "b"}, {**GOOD, "id": "b", "after": "a"}))
    assert_both(*circle, "waits for itself", "互为起算，永远发不出（请断开循环）")
    assert_both(*told(lambda: rows({**GOOD, "from": None}, {**GOOD, "at": "x"})), "row 3, column B", "第 3 行 B 列")


def table(raw, name="t.xlsx"):
    return lambda: (read_xlsx if name.endswith("xlsx") else read_csv)(raw, name)


FILES = {
    "xls": (table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "xls workbook of old", "是旧式 .xls 工作簿，或设有密码（请用"),
    "broken": (table(b"PK"), "no readable workbook", "不是能读的工作簿"),
    "broken part": (table(changed({SHEET: b"<a"})), "no readable workbook", "不是能读的工作簿"),
    "large": (table(bytes(MAX_FILE_BYTES + 1)), "is larger than 20 MiB", "文件大于 20 MiB（请缩小文件）"),
    "bomb": (table(changed({"b.bin": bytes(MAX_BYTES)})), "would unpack to 50 MB", "解压后有 50 MB（最多 50 MB）"),
    "packed": (table(changed({"xl/m.xml": b"<a>" + b" " * 10**6 + b"</a>"})), "packed more than", "压缩超过 100 倍"),
    "parts": (table(changed({f"x/{n}": b"" for n in range(MAX_PARTS)})), "parts (allowed", "个部件（最多 1000 个）"),
    "entities": (table(changed({SHEET: lambda data: ENTITIES + data})), "declares XML entities", "声明了 XML 实体"),
    "encoding": (table(changed({SHEET: lambda data: data.decode().encode("utf-16")})), "no XML", "不是 UTF-8 的 XML"),
    "wide": (table(changed({SHEET: sheet_with('<row r="1"><c r="GS1"><v>1</v></c></row>')})), "reaches to column GS",
             "t.xlsx，工作表“Sheet”，第 1 行：一直写到 GS 列（最多 200 列）"),
    "long": (table(changed({SHEET: sheet_with('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')})),
             "more than 100000 rows", "工作簿超过 100000 行"),
    "large csv": (table(bytes(MAX_CSV_BYTES + 1), "t.csv"), "is larger than 5 MiB", "文件大于 5 MiB"),
    "no text": (table(b"\xff\xff", "t.csv"), "no text in UTF-8 or GB 18030", "不是 UTF-8 或 GB 18030 编码的文本"),
    "no csv": (table(b'Time,"Message', "t.csv"), "line 1: is no CSV", "t.csv，第 1 行：不是 CSV（"),
    "long csv": (table(b"\n" * (MAX_ROWS + 1), "t.csv"), "more than 100000 rows", "超过 100000 行（请删去"),
    "no header": (lambda: script_of([["a", "b"]]), "no header row found", "没有找到表头"),
    "no rows": (lambda: scenario_text(script_of([["Time", "Message"]]), base(), "n"), "no rows", "表头以下没有内容"),
    "no sheet": (lambda: read_script(tables_of(xlsx_bytes([["a"]]), "xlsx"), base(), sheet="New"),
                 "no sheet 'New' (allowed: Sheet)", "没有工作表“New”（可用：Sheet）"),
    "map": (lambda: parse_asked(["x"]), "'x' is not of the form COLUMN=FIELD", "“x”的写法不对（写成 列=字段"),
    "no field": (lambda: script_of([["Time", "Message"]], [("Time", "moon")]), "no field 'moon'", "没有“moon”这个字段"),
    "no column": (lambda: script_of([["Time", "Message"]], [("Z", "note")]), "no column 'Z' (allowed: Time, Message)",
                  "没有“Z”这一列（可用：Time、Message）"),
    "twice": (lambda: script_of([["A", "Time", "C"]], [("A", "text"), ("C", "text")]), "'text' is given twice",
              "字段“text”给了两次（一个字段一列）"),
    "characters": (
        lambda: export_csv(
            with_injects([base().scenario.injects[0].model_copy(update={"note": "a\0"})]), "en"
        ),
        "has the character U+0000", "含有表格不能存放的字符 U+0000（请删去",
    ),
    "ending": (lambda: read_tables_of("t.xls"), "is neither .xlsx nor .csv", "既不是 .xlsx 也不是 .csv（请另存为"),
    "no file": (lambda: read_tables_of("none.csv"), "no such file", "没有这个文件（请给出"),
    "no name": (lambda: read_tables_of("x" * 300 + ".csv"), "", "没有这个文件"),
}  # fmt: skip


def read_tables_of(name):
    from pathlib import Path

    return read_tables(Path("/nowhere") / name)


@pytest.mark.parametrize(("call", "en", "zh"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_used_is_told_in_both_languages(call, en, zh):
    assert_both(*told(call), en, zh)


def test_locked_and_other_zip_files_are_told_in_both_languages():
    import io
    from zipfile import ZipFile

    out = io.BytesIO()
    with ZipFile(out, "w") as made:
        made.writestr("a.txt", "x")
    assert_both(*told(table(out.getvalue())), "is a zip file, but no workbook", "是 zip 文件，但不是工作簿")
    locked = bytearray(changed({}))
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    assert_both(*told(table(bytes(locked))), "has a password", "设有密码")


LONG = START._replace(lasts_s=90000)
MISREAD = {
    "no unit": (lambda: read_moment(15, None, START), "15 has no unit", "“15”没有单位，请写 T+15"),
    "before": (lambda: read_moment("T-5", None, START), "before the start", "“T-5”早于演练开始（2026-05-12 23:40）"),
    "earlier": (lambda: read_moment(timedelta(-1), None, START), "before the start", "早于演练开始"),
    "weeks": (lambda: read_moment("T+20d", None, START), "two weeks after", "在演练开始（2026-05-12 23:40）两周以后"),
    "no clock": (lambda: read_moment("25:00", None, START), "no time of day", "“25:00”不是钟点"),
    "no day": (lambda: read_moment("2026-02-30 12:00", None, START), "no day of the calendar", "日历上没有这一天"),
    "last day": (lambda: read_moment("9999-12-31 23:00 +9", None, START), "no day of the calendar", "日历上没有这一天"),
    "often": (lambda: read_moment("12:00", None, LONG), "more than once", "12:00 不止一次"),
    "nothing": (lambda: read_moment(Unreadable("=A1"), None, START), "=A1 is no time", "“=A1”不是时间"),
    "nan": (lambda: read_moment(float("nan"), 60, START), "nan is no time", "“nan”不是时间"),
    "huge": (lambda: read_moment(10**400, 60, START), "two weeks after", "两周以后"),
    "no length": (lambda: read_span(True, None), "is no length of time", "不是时长，写法如"),
    "long": (lambda: read_span(timedelta(20), None), "not between 0 and two weeks", "不在 0 到两周之间"),
    "no test": (lambda: read_clauses("a/b"), "after a/b stands 'nothing'", "a/b 后面是空的，应写 是、不是、"),
    "no value": (lambda: read_clauses("a/b is"), "a value is needed", "这里要写一个值，现在是空的"),
    "no number": (lambda: read_clauses("a/b above true"), "needs a whole number", "后面要写整数，不能是 真"),
    "too much": (lambda: read_clauses("a/b known c"), "'c' is too much", "“c”多余；两个条件"),
    "bracket": (lambda: read_clauses("any(a/b known"), "')' is missing before 'the end'", "末尾缺少“)”"),
    "inner": (lambda: read_clauses("any(a/b known; c"), "')' is missing before ';'", "“;”之前缺少“)”"),
    "open": (lambda: read_clauses('a/b is "x'), "does not end", "引号没有收尾："),
    "quotes": (lambda: read_clauses('a/b is "\\x"'), "no text in quotes", "引号内写法不对"),
    "no word": (lambda: read_facts("a/b = 1.5"), "neither a word nor", "“1.5”既不是一个词也不是整数"),
    "nested": (lambda: read_clauses("any(" * (MAX_NESTED + 1)), "stands inside any( )", "里套任一( ) 超过 8 层"),
    "no key": (lambda: read_keys("x"), "'x' is no fact", "“x”不是事实，写法如 leak/size"),
}


@pytest.mark.parametrize(("call", "en", "zh"), MISREAD.values(), ids=MISREAD)
def test_what_a_cell_cannot_mean_is_told_in_both_languages(call, en, zh):
    with pytest.raises(Misread) as caught:
        call()
    error = pickle.loads(pickle.dumps(caught.value))
    assert (str(caught.value), caught.value.said) == (str(error), error.said)
    assert_both(error.said.en, error.said.zh, en, zh)


@pytest.mark.parametrize("title", ["消息内容（中文）", "Message", "消息\n内容", "x" * 60])
def test_a_chinese_message_names_the_column_as_the_table_does_if_that_is_short(title):
    table = [["计划时间（T+分）", title, "接收单位"], ["T+5", "=1", "duty"]]
    _, chinese = told(lambda: scenario_text(script_of(table, [("B", "text")]), base(), "n"))
    named = {"Message": "Message"}.get(title, "消息内容")
    assert f"t.csv，第 2 行 B 列（{named}）：“=1”是公式" in chinese
    assert 1 == len(chinese.splitlines())


def test_a_bad_addressee_is_not_told_again_as_nobody():
    for cells in ({"to": "moon"}, {"to": "=A1"}, {"to": None, "responsible": "moon"}):
        assert 1 == len(told(lambda cells=cells: row(**cells))[0].splitlines())


def test_long_lists_of_names_are_cut_and_say_where_the_rest_is():
    shown = {f"n{number}": Said(f"甲{number}", f"name {number}") for number in range(MOST_SHOWN + 3)}
    allowed = Names(Said("单位", "organization"), shown, {}).allowed
    assert allowed.en.endswith("n11 (name 11), … (3 more; see the sheet Names of an exported table)")
    assert allowed.zh.startswith("可用：甲0 n0、甲1 n1、")
    assert allowed.zh.endswith("甲11 n11 ……另有 3 个，见导出表的“名称”页")


def test_the_end_of_an_exercise_is_a_time_that_a_cell_may_hold():
    for seconds, end in ((21600, "T+6h00min"), (5430, "T+1h30min30s")):
        assert f"at most {end}, the end" == limit_of(seconds).en
        assert seconds == read_moment(end, None, START).seconds


def test_what_has_no_chinese_keeps_its_english_below_a_chinese_place():
    what, allowed = in_both("something new", "this, that")
    assert ("something new", "可用：this、that") == (what.zh, allowed.zh)
    assert "t: x (allowed: y)" == problem_text(Problem("t", "", "x", "y"), "zh")
    assert "t: x" == bad_input("t", "x").in_language("zh")
    assert "试抽 7 次" in NothingFits(7, "near").in_language("zh")


def test_a_table_exported_in_chinese_is_told_in_chinese():
    raw = csv_bytes(
        [["编号", "计划时间（T+分）", "消息内容（中文）", "发出方", "接收单位"], ["a", "T+5", "甲", "火星", "宣传部"]]
    )
    _, chinese = told(lambda: scenario_text(read_script(tables_of(raw), base()), base(), "n"))
    assert chinese.startswith("t.csv，第 2 行 D 列（发出方）：没有“火星”这个单位（可用：县委县政府总值班室 duty、")
