"""Which column of a table holds what: given by the user, or guessed from the titles of a header row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sim.errors import Problem
from sim.spec.script.cells import Row, Table, as_text, folded, letter
from sim.spec.script.columns import BY_ID, FIELDS, SPOKEN, Said
from sim.spec.script.problems import choice_of, problem_of, refused
from sim.spec.script.times import UNITS

_LONGEST_TITLE = 80
LOOKED_THROUGH = 30
"""Rows from the top among which a header row is looked for."""

_SYNONYMS = {
    "id": """序号 消息编号 事件编号 注入编号 编号id no number # eventnumber eventno event# injectnumber injectno inject#
        mselnumber mselno msel# seq sequence injectid eventid""",
    "phase": "演练阶段 演习阶段 推演阶段 阶段名称 环节 stage exercisephase",
    "at": """时间 注入时间 发生时间 演练时间 演习时间 推演时间 时间点 时刻 发布时间 开始时间 time eventtime plannedtime
        scheduledtime injecttime at atminutes minutes starttime timing""",
    "after": "after",
    "trigger": "触发类型 eventtype injecttype triggertype",
    "when": "条件 when triggercondition",
    "missing": "missing",
    "text": "消息 注入内容 注入消息 情景消息 inject injecttext messagetext text",
    "kind": "类型 kind type messagekind",
    "from": "发送方 发出单位 发送单位 模拟角色 发布方 来源 sender sentby source originator",
    "channel": "渠道 方式 传递方式 通信方式 发送方式 mode method means delivery deliverymethod deliverymode medium",
    "to": """接收方 接受单位 参演单位 参演部门 参演席位 接收席位 recipient recipients receiver addressee player
        players""",
    "facts": "facts statedfacts",
    "asks": "askedfacts",
    "expected": """预期行动 预期响应 期望响应 处置行动 处置措施 应对措施 演习动作 行动 expected expectedresponse
        expectedactions expectedplayeraction expectedoutcome""",
    "responsible": """责任部门 牵头单位 主责单位 responsibleagency responsibleorganization responsibleorganisation
        lead""",
    "support": "配合单位 协办单位 协同部门 support",
    "within": "完成时限 处置时限 timelimit limit",
    "ground": "依据条款 预案依据 法规依据 legalground basis reference references",
    "look_for": "评估内容 观察要点 evaluation evaluationpoints observe",
    "objective": "目标 演练目标 objectives exerciseobjective exerciseobjectives",
    "note": "说明 note remark remarks comment comments controllernotes",
}
_SCENES = """场景 情景 情景内容 场景描述 情景描述 事件 事件描述 情景事件 险情 description eventdescription event
    scenario injectdescription desc content 内容"""
_WORDS_SPOKEN = "指令与对白 对白 台词 指令 解说词 narration"
_TIERS = (_SYNONYMS, {"text": _SCENES}, {"text": _WORDS_SPOKEN})
"""Titles of tables made by others; those of a later tier are taken only for fields that the earlier ones left open."""

_ALSO_NOTES = f"{_SCENES} {_WORDS_SPOKEN} 视频字幕 视频 字幕 script"
"""Titles whose cells go to the notes, with the title before them, if no field takes them."""

IGNORE = "ignore"


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        field: The field that it holds, or ``""`` where it is ignored.
        lang: For a text, the language that the title names, if it names one.
        unit_s: Seconds of the unit that the title names, if it names one.
        prefix: Goes before its cells: the title, where a column is one of several that go to the notes.
    """

    place: int
    title: str
    field: str
    lang: str = ""
    unit_s: int | None = None
    prefix: str = ""


class Header(NamedTuple):
    """The header row of a table and what its columns hold; ``given`` where the user said so."""

    row: Row
    columns: tuple[Column, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that some column holds."""
        return tuple(dict.fromkeys(column.field for column in self.columns if column.field))


def find_header(table: Table, asked: Sequence[tuple[str, str]]) -> Header | None:
    """Return the header row of a table: the one among the first rows whose titles say most.

    Args:
        table: The table.
        asked: Pairs of column (title or letter) and field that the user gave.
    """
    best: Header | None = None
    for row in table.rows[:LOOKED_THROUGH]:
        header = read_header(row, asked)
        if len(header.fields) > len(best.fields if best else ()):
            best = header
    return best if best and len(best.fields) >= 2 and "text" in best.fields else None


def read_header(row: Row, asked: Sequence[tuple[str, str]] = ()) -> Header:
    """Return what the columns below a row of titles hold."""
    titles = [(index, as_text(cell) or "") for index, cell in enumerate(row.cells)]
    wanted = {index: field for index, title in titles if (field := _asked(index, title, asked)) is not None}
    taken = {(BY_ID_LANG.get(field, (field, ""))) for field in wanted.values() if field != "note"}
    found: dict[int, Column] = {}
    for index, title in titles:
        if index in wanted:
            field, lang = BY_ID_LANG.get(wanted[index], (wanted[index], ""))
            prefix = f"{title.strip()}：" if field == "note" else ""
            found[index] = Column(index, title, "" if field == IGNORE else field, lang, _unit(title), prefix)
    bares = {index: _bare(title) for index, title in titles if index not in found and title.strip()}
    for words in _tiers():
        for index, title in titles:
            bare, lang = bares.get(index, ("", ""))
            field = words.get(bare, "")
            if index in found or not field or {(field, ""), (field, lang)} & taken:
                continue
            if lang or field not in {name for name, _ in taken}:
                taken.add((field, lang))
                found[index] = Column(index, title, field, lang, _unit(title))
    notes = _ALSO_NOTES.split()
    for index, title in titles:
        if index not in found:
            is_note = bares.get(index, ("", ""))[0] in notes
            found[index] = Column(
                index, title, "note" if is_note else "", prefix=f"{title.strip()}：" if is_note else ""
            )
    return Header(row, tuple(found[index] for index, title in titles if title.strip() or found[index].field))


def check_asked(header: Header, asked: Sequence[tuple[str, str]], table: Table) -> list[Problem]:
    """Return what is wrong with the columns that the user gave."""
    problems = []
    for column, field in asked:
        where = Said(f"--map 的列“{column}”", "--map")
        if field not in (*BY_ID, *BY_ID_LANG, IGNORE):
            fields = choice_of(", ".join((*BY_ID, *BY_ID_LANG, IGNORE)))
            problems.append(problem_of(where, Said(f"没有“{field}”这个字段", f"no field {field!r}"), fields, column))
        if field not in (IGNORE, "note") and [other for _, other in asked].count(field) > 1:
            what = Said(f"字段“{field}”给了两次", f"the field {field!r} is given twice")
            problems.append(problem_of(where, what, Said("一个字段一列", "one column for each field"), column))
        titles = [(index, as_text(cell) or "") for index, cell in enumerate(header.row.cells)]
        if not any(_asked(index, title, [(column, field)]) for index, title in titles):
            shown = ", ".join(title for _, title in titles if title.strip())
            what = Said(f"没有“{column}”这一列", f"no column {column!r}")
            problems.append(problem_of(table.where(header.row.number), what, choice_of(shown), "--map"))
    return problems


def parse_asked(given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the columns and fields of ``COLUMN=FIELD`` words.

    Raises:
        BadInput: If one has another form.
    """
    pairs = []
    for text in given:
        column, equals, field = text.rpartition("=")
        if not equals or not column.strip():
            raise refused(
                "--map",
                Said(f"“{text}”的写法不对", f"{text!r} is not of the form COLUMN=FIELD"),
                Said("写成 列=字段，如 场景=text", "COLUMN=FIELD, for instance Event=text"),
            )
        pairs.append((column.strip(), field.strip()))
    return tuple(pairs)


BY_ID_LANG = {f"{field.id}_{lang}": (field.id, lang) for field in FIELDS if field.both for lang in SPOKEN}
"""Field and language of names such as ``text_zh``."""


def _asked(index: int, title: str, asked: Sequence[tuple[str, str]]) -> str | None:
    for column, field in asked:
        if title.strip() and folded(column) == folded(title):
            return field
    return next((field for column, field in asked if column.upper() == letter(index)), None)


@cache
def _tiers() -> tuple[dict[str, str], ...]:
    """Return field by title, bare of signs, for each tier; our own titles are in the first."""
    tiers = [{word: field for field, listed in tier.items() for word in listed.split()} for tier in _TIERS]
    tiers[0] |= {_bare(title)[0]: field.id for field in FIELDS for title in field.title}
    return tuple(tiers)


def _bare(title: str) -> tuple[str, str]:
    """Return a title without brackets, spaces and signs, and the language that it names."""
    if len(title) > _LONGEST_TITLE:
        return "", ""
    text = folded(title)
    lang = next((lang for lang, said in SPOKEN.items() if said.zh in text or said.en.casefold() in text), "")
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】", "", text)
    for said in SPOKEN.values():
        text = text.replace(said.zh, "").replace(said.en.casefold(), "")
    return "".join(sign for sign in text if sign == "#" or unicodedata.category(sign)[0] in "LN"), lang


def _unit(title: str) -> int | None:
    """Return the seconds of the unit that stands in brackets, after a stroke or at the end of a title."""
    text = folded(title)
    inside = re.findall(r"[(\[/]([^()\[\]/]*)", text) or [text.rpartition(" ")[2]]
    if text.replace(" ", "") == "atminutes":
        return 60
    for part in inside:
        for word in re.split(r"[^a-z一-鿿]+", part):
            if word in UNITS:
                return UNITS[word]
    return None
