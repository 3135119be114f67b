"""The injects of an exercise laid out as sheets: the script, what its columns mean, and the names to choose from."""

from __future__ import annotations

from sim.spec.load import Exercise
from sim.spec.scenario import Inject
from sim.spec.script.cells import MARK, Sheet, check_characters
from sim.spec.script.columns import BY_ID, FIELDS, Place, Said, layout
from sim.spec.script.conditions import write_clauses, write_facts
from sim.spec.script.names import Names, names_of
from sim.spec.script.table_write import write_csv, write_xlsx
from sim.spec.script.times import write_moment, write_span

SCRIPT = Said("情景消息脚本", "Script")
ABOUT = Said("说明", "About")
NAMES = Said("名称", "Names")
_LISTS = ("trigger", "kind", "organization", "channel", "objective", "milestone")
_LIST_TITLES = {
    "trigger": Said("触发方式", "trigger"),
    "kind": Said("消息类型", "message type"),
    "organization": Said("单位", "organization"),
    "channel": Said("传递渠道", "channel"),
    "objective": Said("训练目标", "objective"),
    "milestone": Said("节点", "milestone"),
    "fact": Said("事实", "fact"),
}
_ABOUT = (
    Said(
        "本表由 tabletop script export 写出；改好后用 tabletop script import 读回，生成情景文件。第一行请保留。",
        "Written by tabletop script export. Change it, then let tabletop script import make a scenario of it. "
        "Keep the first row.",
    ),
    Said(
        "单位、渠道、目标、节点可填编号、中文名或英文名（见“名称”表）；多个单位用顿号或分号隔开。空行不计。",
        "Organizations, channels, objectives and milestones: id, Chinese or English name (sheet Names); several with ; "
        "between. Empty rows do not count.",
    ),
    Said(
        "文字若以 = + - @ 开头，前面加一个 ' 号，读回时去掉。不要用公式。",
        "A text that begins with = + - @ has a ' before it, which import takes away. No formulas.",
    ),
    Said(
        "仅供演练使用。",
        "For exercises only.",
    ),
)


def export_xlsx(exercise: Exercise, lang: str) -> bytes:
    """Return the script of an exercise as a workbook.

    Raises:
        BadInput: If a text has a character that no table can hold.
    """
    return write_xlsx(sheets(exercise, lang))


def export_csv(exercise: Exercise, lang: str) -> bytes:
    """Return the script of an exercise as CSV; its first row says which scenario it is from.

    Raises:
        BadInput: If a text has a character that no table can hold.
    """
    return write_csv([_mark(exercise), *sheets(exercise, lang)[0].rows])


def sheets(exercise: Exercise, lang: str) -> tuple[Sheet, ...]:
    """Return the sheets of a script: the script, what its columns mean, the names to choose from."""
    names = names_of(exercise)
    places = layout(lang)
    listed, ranges = _names_sheet(exercise, names, lang)
    rows = [tuple(place.title for place in places)]
    for inject in exercise.scenario.injects:
        rows.append(tuple(_cell(inject, place, names, lang) for place in places))
        for place, text in zip(places, rows[-1], strict=True):
            check_characters(text, Said(f"消息 {inject.id}（{place.title}）", f"inject {inject.id}, {place.title}"))
    lists = tuple(
        (index, ranges[BY_ID[place.field].choices], BY_ID[place.field].one)
        for index, place in enumerate(places)
        if BY_ID[place.field].choices
    )
    script = Sheet(SCRIPT.in_language(lang), tuple(rows), tuple(BY_ID[place.field].width for place in places), lists)
    return (script, _about(exercise, lang), listed)


def _mark(exercise: Exercise) -> tuple[str, ...]:
    return (MARK, exercise.scenario.id, exercise.digests["scenario"])


def _about(exercise: Exercise, lang: str) -> Sheet:
    titles = Said("列", "column"), Said("字段", "field"), Said("写法", "what to write")
    rows = [_mark(exercise), *(("", "", said.in_language(lang)) for said in _ABOUT), ()]
    rows.append(tuple(title.in_language(lang) for title in titles))
    rows.extend((field.title.in_language(lang), field.id, field.help.in_language(lang)) for field in FIELDS)
    return Sheet(ABOUT.in_language(lang), tuple(rows), (24, 20, 90), header=False)


def _names_sheet(exercise: Exercise, names: dict[str, Names], lang: str) -> tuple[Sheet, dict[str, tuple[int, int]]]:
    titles = (
        Said("填写", "write"),
        Said("类别", "kind"),
        Said("编号", "id"),
        Said("中文", "Chinese"),
        Said("英文", "English"),
    )
    rows = [tuple(title.in_language(lang) for title in titles)]
    ranges = {}
    for family in _LISTS:
        listed = names[family]
        title = _LIST_TITLES[family].in_language(lang)
        ranges[family] = (len(rows) + 1, len(rows) + len(listed.shown))
        rows.extend((listed.write(ident, lang), title, ident, *said) for ident, said in listed.shown.items())
    title = _LIST_TITLES["fact"].in_language(lang)
    rows.extend((fact.key, title, fact.key, fact.name.zh, fact.name.en) for fact in exercise.plan.facts)
    for row in rows:
        for text in row:
            check_characters(text, Said(f"{row[1]} {row[2]}", f"{row[1]} {row[2]}"))
    return Sheet(NAMES.in_language(lang), tuple(rows), (36, 14, 28, 36, 44)), ranges


def _cell(inject: Inject, place: Place, names: dict[str, Names], lang: str) -> str:
    field = BY_ID[place.field]
    if field.id == "trigger":
        return names["trigger"].write(_trigger(inject), lang)
    value = getattr(inject, "sender" if field.id == "from" else field.id)
    if value is None or value == ():
        return ""
    if field.both:
        return str(value.in_language(place.lang))
    if field.id in ("at", "within"):
        return write_moment(value) if field.id == "at" else write_span(value)
    if field.id in ("when", "unless"):
        return write_clauses(value, lang)
    if field.id == "facts":
        return write_facts(value, lang)
    if field.id == "asks":
        return "; ".join(value)
    if field.choices:
        listed = names[field.choices]
        return (
            listed.write(value, lang) if field.one else "; ".join(listed.write(one, lang, one=False) for one in value)
        )
    return str(value)


def _trigger(inject: Inject) -> str:
    if inject.by_hand:
        return "by_hand"
    if inject.missing:
        return "contingency"
    return "condition" if inject.when else "timed"
