"""One row of a script to one inject, as plain data in the form that scenario files have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from sim.errors import Problem
from sim.spec.county import County
from sim.spec.script.cells import Row, Table, Unreadable, Value, as_text, folded
from sim.spec.script.columns import BY_ID, Said
from sim.spec.script.conditions import read_clauses, read_facts, read_keys
from sim.spec.script.headers import Column, Header
from sim.spec.script.names import Names
from sim.spec.script.problems import NO_ADVICE, Misread, problem_of
from sim.spec.script.times import Moment, Start, read_moment, read_span, write_moment, write_span

_T = TypeVar("_T")
_ID = re.compile(r"[a-z][a-z0-9_-]{0,47}", re.ASCII)
_NOTHING = ("-", "--", "—", "——", "/", "\\", "无", "n/a", "none", "tbd", "待定")
_FREE = ("text", "expected", "phase", "look_for", "ground", "note")
_TRIGGER_HOW = {
    "timed": Said("定时的消息只填计划时间", "it needs a time, and neither a condition nor a milestone"),
    "condition": Said("条件触发的消息要有触发条件，不填未达成的节点", "it needs a condition, and no milestone"),
    "contingency": Said("备用消息要有计划时间和未达成的节点", "it needs a time and the milestone that was not reached"),
    "by_hand": Said("导调手动的消息不填计划时间、条件和节点", "it has no time, no condition and no milestone"),
}
_MISSING = {
    "at": (Said("缺计划时间", "the time is missing"), Said("写法如 T+15、23:55", "T+15 or 23:55, for instance")),
    "when": (
        Said("缺触发条件", "the condition is missing"),
        Said("写法如 incident/over 是 真", "incident/over is true, for instance"),
    ),
    "missing": (Said("缺未达成的节点", "the milestone is missing"), NO_ADVICE),
}
_NEEDED = {"timed": ("at",), "condition": ("when",), "contingency": ("at", "missing"), "by_hand": ()}
"""Columns that a trigger cannot do without."""

_NOBODY = Said("没有写单位", "nobody is named")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_LONGEST_TITLE = 20
NOT_STATED = {"zh": "（未写明）", "en": "(not stated)"}


class Taken(NamedTuple):
    """Something that was taken although the row does not say it: the field, how (see ``words.TAKEN``), and what."""

    field: str
    how: str
    value: str = ""


class Draft(NamedTuple):
    """A row as an inject; it can be used if it has no problems."""

    row: Row
    data: dict[str, Any]
    problems: tuple[Problem, ...]
    taken: tuple[Taken, ...]


class Around(NamedTuple):
    """What a row is read with: its table and header, the names and defaults of the base scenario."""

    table: Table
    header: Header
    names: Mapping[str, Names]
    county: County
    objective: str
    start: Start


def read_row(row: Row, around: Around, phase: str | None) -> Draft:
    """Return the inject of a row; ``phase`` is that of the heading above, for a row without one."""
    return _RowReader(row, around, phase).draft()


def made_id(text: str) -> str | None:
    """Return an id made of a number or other text, or None if nothing of it can be part of an id."""
    if _ID.fullmatch(text):
        return text
    slug = re.sub(r"[^a-z0-9_-]+", "-", folded(text)).strip("-_")
    return (slug if slug[:1].isalpha() else f"i{slug}")[:48] if slug else None


class _RowReader:
    def __init__(self, row: Row, around: Around, phase: str | None) -> None:
        self.row, self.around, self.above = row, around, phase
        self.problems: list[Problem] = []
        self.taken: list[Taken] = []
        self.columns: dict[tuple[str, str], Column] = {}
        self.notes: list[str] = []
        for column in around.header.columns:
            if column.field and not (column.field == "note" and column.prefix):
                self.columns.setdefault((column.field, column.lang), column)

    def draft(self) -> Draft:
        """Read every field, even where an earlier one is bad, so that all problems are found at once."""
        data: dict[str, Any] = {"id": self._id(), **self._when_sent(), **self._spoken()}
        data["expected"] = self._text("expected") or self._default("expected", NOT_STATED)
        data["responsible"] = self._many("responsible") or self._default("responsible", data["to"])
        data["objective"] = self._one("objective") or self._default("objective", self.around.objective)
        phase = self._text("phase")
        if phase is None and self.above is not None:
            phase = {"zh": self.above, "en": self.above}
            self.taken.append(Taken("phase", "above"))
        unit = self._unit("within")
        within = self._read("within", lambda value: read_span(value, unit))
        data |= {
            "phase": phase,
            "support": self._many("support"),
            "within": None if within is None else write_span(within),
            "ground": self._text("ground"),
            "look_for": self._text("look_for"),
            "note": self._note(),
        }
        kept = {key: value for key, value in data.items() if value not in (None, "", [], False)}
        return Draft(self.row, kept, tuple(self.problems), tuple(dict.fromkeys(self.taken)))

    def _id(self) -> str:
        text = self._plain("id")
        ident = made_id(text) if text else None
        if ident != text:
            self.taken.append(Taken("id", "made"))
        return ident or f"row-{self.row.number}"

    def _when_sent(self) -> dict[str, Any]:
        after, unit = self._plain("after"), self._unit("at")
        at = self._read("at", lambda value: read_moment(value, unit, self.around.start))
        if at and at.of_day:
            self.taken.append(Taken("at", "of_day"))
            if after:
                what = Said("钟点不能从别的消息起算", "a time of day cannot be counted from another inject")
                self._problem("at", what, Said("写成 T+15 或 15分钟", "T+15 or 15min"))
        missing = self._one("missing")
        when = self._read("when", lambda value: read_clauses(_said(value)))
        sent = {
            "at": write_moment(at.seconds) if at else None,
            "after": (made_id(after) or after) if after else None,
            "when": when,
            "unless": self._read("unless", lambda value: read_clauses(_said(value))),
            "missing": missing,
        }
        return {**sent, "by_hand": self._trigger(at, after, when, missing) == "by_hand"}

    def _trigger(self, at: Moment | None, after: str | None, when: Any, missing: str | None) -> str | None:
        text = self._plain("trigger")
        if text and folded(text).replace(" ", "").startswith("expected"):
            allowed = Said("请写入该消息的期望行动列", "the action in the expected column of its inject")
            self._problem("trigger", Said(f"“{text}”不是情景消息", f"{text!r} is no inject"), allowed)
            return None
        trigger = self._one("trigger")
        has_time = at is not None
        fits = {
            "timed": has_time and not when and not missing,
            "condition": bool(when) and not missing,
            "contingency": has_time and bool(missing),
            "by_hand": not (has_time or after or when or missing),
        }
        if self._is_bad("at", "when", "missing", "trigger"):
            return trigger
        if trigger and not fits[trigger]:
            self._does_not_fit(trigger, text or "", {"at": has_time, "when": bool(when), "missing": bool(missing)})
        elif not trigger and not has_time and not when:
            self._problem(
                "at",
                Said("既没有计划时间，也没有触发条件", "has neither a time nor a condition"),
                Said(
                    "写法如 T+15；或填触发条件；或把触发方式写为“导调手动”",
                    "T+15, a condition, or by hand as trigger",
                ),
            )
        return trigger

    def _does_not_fit(self, trigger: str, text: str, filled: Mapping[str, bool]) -> None:
        """Blame the columns that the trigger needs and that are empty; if none is, the trigger itself."""
        needed = _NEEDED[trigger]
        empty = [field for field in needed if not filled[field]]
        too_much = [field for field in filled if filled[field] and field not in (*needed, "at")]
        if too_much or not empty:
            what = Said(f"“{text}”与其他列不符", f"{text!r} does not fit the other columns")
            self._problem("trigger", what, _TRIGGER_HOW[trigger])
            return
        for field in empty:
            what, allowed = _MISSING[field]
            self._problem(field, what, self.around.names["milestone"].allowed if field == "missing" else allowed)

    def _spoken(self) -> dict[str, Any]:
        county = self.around.county
        to = self._many("to") or self._many("responsible")
        if not to:
            if not self._is_bad("to", "responsible"):
                self._problem("to", _NOBODY, self.around.names["organization"].allowed)
        elif not self._has("to"):
            self.taken.append(Taken("to", "default", ", ".join(to)))
        sender = self._one("from")
        if sender is None and ("from", "") not in self.columns:
            sender = self._default("from", county.people)
        elif sender is None and not self._has("from"):
            self._problem("from", _NOBODY, self.around.names["organization"].allowed)
        first = next((one.channels[0] for one in county.organizations if to and one.id == to[0]), county.channels[0].id)
        text = self._text("text")
        if text is None and not self._is_bad("text"):
            what = Said("没有消息内容", "has no message")
            self._problem("text", what, Said("请写发给接收单位的原话", "the words that are sent"))
        return {
            "from": sender,
            "to": to,
            "channel": self._one("channel") or self._default("channel", first),
            "kind": self._one("kind") or self._default("kind", "notice"),
            "text": text,
            "facts": self._read("facts", lambda value: read_facts(_said(value))),
            "asks": self._read("asks", lambda value: read_keys(_said(value))),
        }

    # --- cells ------------------------------------------------------------------------------------------------------

    def _cell(self, field: str, lang: str = "") -> Value:
        column = self.columns.get((field, lang))
        value = self.row.cell(column.place) if column else None
        if isinstance(value, str) and field not in _FREE and folded(value) in _NOTHING:
            is_name = self.around.names[_FAMILY[field]].read(value) if field in _FAMILY else _ID.fullmatch(value)
            return value if is_name else None  # somebody may be called none
        return value

    def _has(self, field: str) -> bool:
        return self._cell(field) is not None

    def _unit(self, field: str) -> int | None:
        column = self.columns.get((field, ""))
        return column.unit_s if column else None

    def _read(self, field: str, reader: Callable[[Value], _T]) -> _T | None:
        value = self._cell(field)
        if value is None:
            return None
        if isinstance(value, Unreadable):
            self._unreadable(field, value, self.columns[field, ""])
            return None
        try:
            return reader(value)
        except Misread as error:
            self._problem(field, error.said)
            return None

    def _plain(self, field: str, lang: str = "") -> str | None:
        value = self._cell(field, lang)
        if isinstance(value, Unreadable):
            self._unreadable(field, value, self.columns[field, lang])
            return None
        return as_text(value)

    def _text(self, field: str) -> dict[str, str] | None:
        both = self._plain(field)
        zh, en = self._plain(field, "zh") or both, self._plain(field, "en") or both
        if not zh and not en:
            return None
        if not zh or not en or both:
            self.taken.append(Taken(field, "one_language"))
        return {"zh": zh or en or "", "en": en or zh or ""}

    def _note(self) -> str:
        parts = [self._plain("note") or ""]
        for column in self.around.header.columns:
            if column.field == "note" and column.prefix:
                value = self.row.cell(column.place)
                if isinstance(value, Unreadable):
                    self._unreadable("note", value, column)
                elif value is not None:
                    parts.append(f"{column.prefix}{as_text(value)}")
        return "\n".join(part for part in parts if part)

    def _one(self, field: str) -> str | None:
        names = self.around.names[_FAMILY[field]]
        text = self._plain(field)
        if text is None:
            return None
        ident = names.read(text)
        if ident is None:
            self._unknown(field, names, text)
        return ident

    def _many(self, field: str) -> list[str]:
        names = self.around.names[_FAMILY[field]]
        found: list[str] = []
        for text in names.split(self._plain(field) or ""):
            ident = names.read(text)
            if ident is None:
                self._unknown(field, names, text)
            else:
                found.append(ident)
        return found

    def _default(self, field: str, value: _T) -> _T | None:
        if self._is_bad(field):
            return None  # what stands there is reported
        shown = value if isinstance(value, str) else ", ".join(value) if isinstance(value, list) else ""
        self.taken.append(Taken(field, "default", shown))
        return value

    # --- problems ---------------------------------------------------------------------------------------------------

    def _is_bad(self, *fields: str) -> bool:
        return any(problem.path in fields for problem in self.problems)

    def _unreadable(self, field: str, value: Unreadable, column: Column) -> None:
        what = Said("是公式", "is a formula") if value.text.startswith("=") else Said("是错误值", "is an error value")
        shown = value.text[:40]
        told = Said(f"“{shown}”{what.zh}", f"{shown!r} {what.en}")
        self._problem(field, told, Said("请填数值或文字本身", "the value itself"), column)

    def _unknown(self, field: str, names: Names, text: str) -> None:
        what = Said(f"没有“{text}”这个{names.what.zh}", f"no {names.what.en} {text!r}")
        self._problem(field, what, names.allowed)

    def _problem(self, field: str, what: Said, allowed: Said = NO_ADVICE, column: Column | None = None) -> None:
        column = column or next((one for (name, _), one in self.columns.items() if name == field), None)
        where = self.around.table.where(self.row.number, column.place if column else None, short_title(field, column))
        problem = problem_of(where, what, allowed, field)
        if problem not in self.problems:
            self.problems.append(problem)


def short_title(field: str, column: Column | None) -> str:
    """Return what a column is called in a Chinese message: its own title without brackets, if that is short."""
    own = "".join(_BRACKETS.sub("", column.title).split()) if column else ""
    if not own or len(own) > _LONGEST_TITLE:
        own = _BRACKETS.sub("", BY_ID[field].title.zh) if field in BY_ID else ""
    return own


_FAMILY = {
    **dict.fromkeys(("from", "to", "responsible", "support"), "organization"),
    "missing": "milestone",
    **{name: name for name in ("channel", "kind", "objective", "trigger")},
}
"""Which names a field takes."""


def _said(value: Value) -> str:
    return as_text(value) or ""
