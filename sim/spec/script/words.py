"""What an import says about itself, in both languages."""

from __future__ import annotations

from collections import Counter

from sim.spec.script.cells import letter
from sim.spec.script.columns import BY_ID, SPOKEN, Said
from sim.spec.script.convert import Script
from sim.spec.script.rows import NOT_STATED

_WHERE = Said("{place}：表头在第 {row} 行", "{place}: header in row {row}")
_UNITS = {
    1: Said("秒", "seconds"),
    60: Said("分钟", "minutes"),
    3600: Said("小时", "hours"),
    86400: Said("天", "days"),
}
_COLUMN = Said("  {letter}  {title} → {field}", "  {letter}  {title} -> {field}")
_BARE = Said("（单写数字按{unit}）", " (bare numbers: {unit})")
_IGNORED = Said("（不读）", "(ignored)")
_NOTES = Said("（并入备注）", " (added to the notes)")
_COUNTS = Said(
    "读入 {rows} 行，小节标题 {sections} 行，空行 {empty} 行，表头以上 {above} 行",
    "{rows} rows read, {sections} sections, {empty} empty, {above} above the header",
)
_SECTION = Said("  第 {row} 行是小节标题：{text}", "  row {row} is a section: {text}")
_BAD = Said("{bad} 行有问题，未写出文件", "{bad} rows are bad; nothing was written")
TAKEN = {
    "default": Said(
        "{field}：{count} 行未写，取“{value}”（{rows}）", "{field} missing in {count} rows: {value} taken ({rows})"
    ),
    "made": Said(
        "{field}：{count} 行的编号由程序编成（{rows}）", "{field} made by the program in {count} rows ({rows})"
    ),
    "above": Said("{field}：{count} 行取自上方（{rows}）", "{field} of {count} rows taken from above ({rows})"),
    "of_day": Said(
        "{field}：{count} 行按钟点读，演练 {start} 开始（{rows}）",
        "{field} read as a time of day in {count} rows, the exercise starts at {start} ({rows})",
    ),
    "one_language": Said(
        "{field}：{count} 行只有一种语言，中英文都用它（{rows}）",
        "{field} in one language only in {count} rows, taken for both ({rows})",
    ),
}
"""How something was taken that a row does not say; see ``rows.Taken``."""


def summary(script: Script, starts_at: str, lang: str) -> list[str]:
    """Return what was read and taken, as lines: columns, counts, headings, defaults.

    Args:
        script: The script as read.
        starts_at: Start of the base scenario, as its file has it.
        lang: ``zh`` or ``en``.
    """
    table = script.table
    place = f"{table.file} [{table.sheet}]" if table.sheet else table.file
    lines = [_WHERE.in_language(lang).format(place=place, row=script.header.row.number)]
    for column in script.header.columns:
        title = " ".join(column.title.split())
        field = _IGNORED.in_language(lang)
        if column.field:
            field = column.field if not column.lang else f"{column.field} ({SPOKEN[column.lang].in_language(lang)})"
            field += _NOTES.in_language(lang) if column.prefix else ""
        if column.unit_s and column.field in ("at", "within"):
            field += _BARE.in_language(lang).format(unit=_UNITS[column.unit_s].in_language(lang))
        lines.append(_COLUMN.in_language(lang).format(letter=letter(column.place), title=title, field=field))
    lines.append(
        _COUNTS.in_language(lang).format(
            rows=len(script.drafts), sections=len(script.sections), empty=script.empty, above=script.above
        )
    )
    lines.extend(_SECTION.in_language(lang).format(row=row, text=text) for row, text in script.sections)
    return lines + _taken(script, starts_at.replace("T", " "), lang)


def bad_rows(count: int, lang: str) -> str:
    """Return the line that says how many rows are bad."""
    return _BAD.in_language(lang).format(bad=count)


def _taken(script: Script, start: str, lang: str) -> list[str]:
    counted = Counter(taken for draft in script.drafts for taken in draft.taken)
    examples = {taken: [d.row.number for d in script.drafts if taken in d.taken] for taken in counted}
    lines = []
    for taken, count in counted.items():
        rows = ", ".join(map(str, examples[taken][:8])) + (", …" if count > 8 else "")
        shown = Said(f"第 {rows} 行", f"rows {rows}")
        title = BY_ID[taken.field].title.in_language(lang)
        value = taken.value or NOT_STATED[lang]
        text = TAKEN[taken.how].in_language(lang)
        lines.append(text.format(field=title, count=count, value=value, rows=shown.in_language(lang), start=start))
    return lines
