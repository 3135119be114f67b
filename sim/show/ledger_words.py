"""The ledger in tables for people: issues, plan changes, progress, calendar. Cells are plain texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.show.words import word_or

Rows = tuple[tuple[str, ...], ...]
"""A table, its head first."""
LEDGER: dict[str, tuple[str, str]] = {
    "number": ("序号", "no."),
    "problem": ("问题描述", "problem"),
    "found": ("发现时间/证据", "found, evidence"),
    "type": ("问题类别", "category"),
    "owner": ("责任单位", "owner"),
    "helper": ("配合单位", "helper"),
    "measure": ("整改措施", "measure"),
    "deadline": ("整改时限", "deadline"),
    "status": ("整改状态", "status"),
    "closed_by": ("销号人", "closed by"),
    "closed_at": ("销号时间", "closed at"),
    "review": ("复核意见", "review"),
    "seen": ("出现次数", "shown"),
    "open": ("整改中", "open"),
    "proposed": ("建议销号", "closing proposed"),
    "closed": ("已销号", "closed"),
    "issues": ("问题台账", "Ledger"),
    "changes": ("预案修订建议", "Plan changes"),
    "change": ("修订建议", "proposed change"),
    "progress": ("整改进展", "Progress"),
    "calendar": ("演练日历", "Calendar"),
    "coverage": ("季度覆盖", "Coverage"),
    "exercise": ("演练", "exercise"),
    "held": ("日期", "held"),
    "lead": ("牵头", "lead"),
    "total": ("总分", "total"),
    "speed": ("响应速度", "response speed"),
    "coordination": ("统筹协调", "coordination"),
    "loss": ("损失", "loss"),
    "minutes": ("缺口分钟", "gap minutes"),
    "new": ("新增", "new"),
    "again": ("仍在", "again"),
    "reopened": ("重开", "reopened"),
    "gone": ("未再出现", "gone"),
    "open_after": ("未销号", "not closed after it"),
    "domain": ("领域", "domain"),
    "times": ("次数", "times"),
    "last": ("上次", "last"),
    "next": ("下次不晚于", "next by"),
    "late": ("逾期天数", "days overdue"),
    "quarter": ("季度", "quarter"),
    "source": ("依据", "ground"),
    "never": ("从未", "never"),
    "added": (
        "已登记为第 {exercise} 次演练：新增 {new}，仍在 {again}，重开 {reopened}，建议销号 {proposed}",
        "exercise {exercise}: {new} new issues, {again} shown again, {reopened} reopened, {proposed} proposed to close",
    ),
    "empty": ("台账为空", "the ledger has no such issue"),
    "lead_emergency": ("应急管理局", "emergency management"),
    "lead_health": ("卫生健康局", "health"),
    "lead_police": ("公安局", "police"),
    "lead_transport": ("交通运输局", "transport"),
    "lead_propaganda": ("宣传部", "publicity"),
    "done": ("问题 {issue}：{status}", "issue {issue}: {status}"),
    "kept": ("已写入", "written"),
}
COLUMNS = ("number", "problem", "found", "type", "owner", "helper", "measure", "deadline", "status")
AFTER = ("closed_by", "closed_at", "review")


def ledger_word(key: str, lang: str, **fields: object) -> str:
    """Return a word of the table."""
    return LEDGER[key][0 if lang == "zh" else 1].format(**fields)


def _head(keys: Sequence[str], lang: str) -> tuple[str, ...]:
    return tuple(ledger_word(key, lang) for key in keys)


def issue_rows(issues: Sequence[Mapping[str, Any]], held: Mapping[int, str], lang: str) -> Rows:
    """Return the ledger as its form has it.

    Args:
        issues: Issues of the ledger.
        held: Day of each exercise, by number.
        lang: ``zh`` or ``en``.
    """
    comma = "、" if lang == "zh" else ", "
    rows = [
        (
            str(one["number"]),
            one["problem"][lang],
            f"{_when(held[one['first']], held[one['last']])} ×{one['seen']}: {one['evidence'][lang]}",
            word_or(f"gap_{one['type']}", lang, one["type"]),
            one["owner_name"][lang],
            comma.join(name[lang] for name in one["helper_names"]),
            one["measure"][lang],
            one["deadline"],
            ledger_word(one["status"], lang),
            *(one[name] or "" for name in AFTER),
        )
        for one in issues
    ]
    return (_head((*COLUMNS, *AFTER), lang), *rows)


def _when(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


def change_rows(issues: Sequence[Mapping[str, Any]], lang: str) -> Rows:
    """Return the changes of plans that issues which are not closed propose."""
    wanted = [one for one in issues if one["plan_change"] is not None and one["status"] != "closed"]
    rows = [(str(one["number"]), one["plan_change"][lang], one["problem"][lang]) for one in wanted]
    return (_head(("number", "change", "problem"), lang), *rows)


def progress_rows(exercises: Sequence[Mapping[str, Any]], counts: Mapping[int, Mapping[str, int]], lang: str) -> Rows:
    """Return how issues went from exercise to exercise.

    Args:
        exercises: Exercises of the ledger.
        counts: By exercise: new, again, reopened, gone, open_after.
        lang: ``zh`` or ``en``.
    """
    scores = ("total", "response_speed", "coordination")
    names = ("new", "again", "reopened", "gone", "open_after")
    rows = [
        (
            f"{one['number']} {one[f'name_{lang}']}",
            one["held"],
            *(f"{one[name]:.1f}" for name in scores),
            f"{one['loss']:.2f}",
            f"{one['gap_minutes']:.0f}",
            *(str(counts[one["number"]][name]) for name in names),
        )
        for one in exercises
    ]
    head = ("exercise", "held", "total", "speed", "coordination", "loss", "minutes", *names)
    return (_head(head, lang), *rows)


def calendar_rows(found: Sequence[Any], names: Mapping[str, str], lang: str) -> Rows:
    """Return the drill calendar.

    Args:
        found: Domains as :func:`sim.study.ledger_calendar.calendar` gives them.
        names: Names of the departments.
        lang: ``zh`` or ``en``.
    """
    rows = [
        (
            one.domain.name.in_language(lang),
            one.lead or names.get(one.domain.lead, one.domain.lead),
            str(one.held),
            ledger_word("never", lang) if one.last is None else one.last.isoformat(),
            one.due.isoformat(),
            str(one.late_days),
            one.domain.source.in_language(lang),
        )
        for one in found
    ]
    return (_head(("domain", "lead", "times", "last", "next", "late", "source"), lang), *rows)


def quarter_rows(found: Mapping[str, Mapping[str, int]], domains: Mapping[str, str], lang: str) -> Rows:
    """Return how many exercises each domain had, a row a quarter; ``domains`` gives their names."""
    rows = [(quarter, *(str(counts[ident]) for ident in domains)) for quarter, counts in found.items()]
    return ((ledger_word("quarter", lang), *domains.values()), *rows)
