"""The drill calendar: which domain is to be drilled how often and by whom, when it was, what each quarter covered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from sim.spec.base import Text

TWO_YEARS, THREE_YEARS = 730, 1095


class Domain(NamedTuple):
    """A domain of exercises.

    Attributes:
        id: Its id.
        name: Its name.
        kinds: Kinds of hazard that belong to it.
        lead: Department that leads its drills; a proposal, as counties divide the work differently.
        every_days: How often it is to be drilled at least, in days.
        source: Where that stands.
    """

    id: str
    name: Text
    kinds: tuple[str, ...]
    lead: str
    every_days: int
    source: Text


_SAFETY = Text(
    zh="生产安全事故应急条例（国务院令第708号）第八条：至少每2年一次",
    en="work-safety emergency regulations (order 708) art. 8: at least every 2 years",
)
_SPECIAL = Text(
    zh="突发事件应急预案管理办法（2013年）第二十二条，2024年修订沿用（凭记忆，待核对）：专项预案至少每3年一次",
    en="measures for emergency plans (2013) art. 22, kept in 2024 (from memory, to be checked): special plans at least "
    "every 3 years",
)
DOMAINS = (
    Domain(
        "work_safety",
        Text(zh="生产安全（危化品、火灾、矿山）", en="work safety: chemicals, fire, mines"),
        ("toxic_release", "tanker_accident", "fire", "mine_accident", "explosion"),
        "emergency",
        TWO_YEARS,
        _SAFETY,
    ),
    Domain("flood", Text(zh="防汛与山洪", en="flood"), ("flood",), "emergency", THREE_YEARS, _SPECIAL),
    Domain("earthquake", Text(zh="地震", en="earthquake"), ("earthquake",), "emergency", THREE_YEARS, _SPECIAL),
    Domain("health", Text(zh="公共卫生", en="public health"), ("outbreak",), "health", THREE_YEARS, _SPECIAL),
    Domain("crowd", Text(zh="大型活动与人群", en="crowds"), ("crowd",), "police", THREE_YEARS, _SPECIAL),
    Domain("lifelines", Text(zh="断电断网", en="power and networks"), ("outage",), "transport", THREE_YEARS, _SPECIAL),
    Domain("opinion", Text(zh="舆情应对", en="public opinion"), ("rumor_only",), "propaganda", THREE_YEARS, _SPECIAL),
)
"""Every domain; a kind of hazard belongs to one."""
BY_KIND: MappingProxyType[str, Domain] = MappingProxyType({kind: domain for domain in DOMAINS for kind in domain.kinds})


class Due(NamedTuple):
    """A domain in the calendar.

    Attributes:
        domain: The domain.
        held: How often it was drilled.
        last: When it was last; None if never.
        lead: Who led it last; empty if never, or nobody was named.
        due: When it is due next; today if it never was.
        late_days: For how many days it has been due, 0 if it is not.
    """

    domain: Domain
    held: int
    last: date | None
    lead: str
    due: date
    late_days: int


def calendar(exercises: Iterable[Mapping[str, Any]], today: date) -> list[Due]:
    """Return when each domain is to be drilled next, the one due first before the others.

    Args:
        exercises: Exercises of the ledger.
        today: The day from which it is looked at.
    """
    own: dict[str, list[Mapping[str, Any]]] = {domain.id: [] for domain in DOMAINS}
    for row in exercises:
        own[BY_KIND[row["kind"]].id].append(row)
    found = []
    for domain in DOMAINS:
        rows = sorted(own[domain.id], key=lambda row: str(row["held"]))
        last = date.fromisoformat(rows[-1]["held"]) if rows else None
        due = today if last is None else last + timedelta(days=domain.every_days)
        lead = rows[-1]["lead"] if rows else ""
        found.append(Due(domain, len(rows), last, lead, due, max(0, (today - due).days)))
    return sorted(found, key=lambda one: (one.due, one.domain.id))


def quarters(exercises: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Return by quarter (``2026Q4``) how many exercises each domain had."""
    found: dict[str, dict[str, int]] = {}
    for row in sorted(exercises, key=lambda one: str(one["held"])):
        held = date.fromisoformat(row["held"])
        counts = found.setdefault(f"{held.year}Q{(held.month + 2) // 3}", dict.fromkeys((one.id for one in DOMAINS), 0))
        counts[BY_KIND[row["kind"]].id] += 1
    return found
