"""Findings of a run: gaps, late milestones and caps put together into rows that a ledger can keep (问题台账).

A finding has an id that is made of its type and of what it is about, not of the run, so that a later exercise, also of
another scenario, finds it again or shows it gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sim.assess.finding_words import MEASURES, PLAN_CHANGES, PROBLEMS
from sim.assess.index import Index
from sim.assess.wording import say
from sim.record.folder import RunRecord
from sim.spec.base import Text
from sim.spec.county import LEVELS
from sim.spec.plan import NOBODY

DAYS_VETO, DAYS_LONG, DAYS = 7, 15, 30
"""Days until a finding should be mended: that capped the total, of an hour or more, any other. A guess."""
LONG_MIN = 60.0
NOTHING = Text(zh="—", en="—")


def findings(record: RunRecord, score: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what should be mended after a run, the gravest first: caps, then the longest.

    Args:
        record: The run.
        score: Its score card.

    Returns:
        Rows with ``id`` (the same in every exercise), ``type`` (a gap type, ``milestone`` or ``veto``), ``problem``,
        ``evidence``, ``measure`` and ``plan_change`` (texts in both languages; the last may be None), ``owner``,
        ``helpers`` (organizations), ``owner_name``, ``helper_names``, ``root_cause``, ``times`` (how often it arose),
        ``minutes`` (during which at least one of them was open), ``price`` (sum of the prices of its gaps, None if
        none has one), ``found_s`` (when it first arose, in seconds since the start), ``days`` (until it should be
        mended), ``gaps`` (ids in the score card) and ``chain`` (numbers of events). ``status`` is ``open``;
        ``closed_by``, ``closed_at`` and ``review`` are None.
    """
    index = Index(record)
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for gap in score["gaps"]:
        groups.setdefault(_ident(index, gap), []).append(gap)
    rows = [_of_gaps(index, ident, gaps) for ident, gaps in groups.items()]
    rows += [_of_milestone(index, row) for row in score["milestones"] if row["limit_s"] is not None and _late(row)]
    rows += [_of_veto(index, veto["id"]) for veto in score["vetoes"]]
    return sorted(rows, key=lambda row: (row["type"] != "veto", -row["minutes"], row["id"]))


def _late(row: Mapping[str, Any]) -> bool:
    return row["at_s"] is None or bool(row["late_s"])


def _about(index: Index, gap: Mapping[str, Any]) -> tuple[str, Text]:
    """Return what a gap is about, as a part of an id that no place or run is part of, and in words."""
    name = str(gap["id"]).partition("/")[2]
    match gap["type"]:
        case "orphan_task":
            task = name.partition("@")[0]
            names = {one.id: one.name for one in index.exercise.plan.tasks}
            return task, names.get(task, Text(zh=task, en=task))
        case "stale_fact":
            fact = name.rpartition("/")[0]
            subject, _, attribute = fact.partition("/")
            general = f"place/{attribute}"
            if any(place.id == subject for place in index.exercise.county.places):
                names = {one.key: one.name for one in index.exercise.plan.facts}
                return general, names.get(general, index.words.fact(fact))
            return fact, index.words.fact(fact)
        case "waiting_on_other":
            first = index.record.events[gap["chain"][0]]
            what = str(first.data["what"]) if first.kind == "task.waiting" else "approval"
            return what, index.words.kind(what)
        case "missed_notification":
            rule = next((one for one in index.exercise.rules.rules if one.id == name.partition("/")[0]), None)
            return ("", NOTHING) if rule is None else (rule.id, rule.name)
        case "duplicate_task":
            what, _, _ = name.partition("@")
            return what, index.words.kind(what.partition("/")[2])
        case "resource_mismatch":
            item = name.rpartition("/")[2]
            return item, index.words.thing(item)
        case "open_loop" if gap["link"] is None:
            return name, index.words.kind(name)
    return "", NOTHING


def _ends(gap: Mapping[str, Any]) -> list[str]:
    return list(gap["units"]) or list(gap["link"] or ())


def _ident(index: Index, gap: Mapping[str, Any]) -> str:
    parts = [gap["type"], ">".join(_ends(gap)), _about(index, gap)[0]]
    return "/".join(part for part in parts if part)


def _of_gaps(index: Index, ident: str, gaps: list[Mapping[str, Any]]) -> dict[str, Any]:
    gaps = sorted(gaps, key=lambda gap: (-float(gap["minutes"]), gap["start_s"], gap["id"]))
    worst = gaps[0]
    by_cause: dict[str, float] = {}
    for gap in gaps:
        by_cause[gap["root_cause"]] = by_cause.get(gap["root_cause"], 0.0) + float(gap["minutes"])
    cause = max(sorted(by_cause), key=lambda name: by_cause[name])
    prices = [float(gap["price"]) for gap in gaps if isinstance(gap.get("price"), (int, float))]
    return _row(
        index,
        ident,
        worst["type"],
        _ends(worst),
        _about(index, worst)[1],
        cause=cause,
        evidence=worst["evidence"],
        found_s=min(gap["start_s"] for gap in gaps),
        minutes=_open_minutes((gap["start_s"], gap["end_s"]) for gap in gaps),
        times=len(gaps),
        price=round(sum(prices), 6) if prices else None,
        gaps=[gap["id"] for gap in gaps],
        chain=list(worst["chain"]),
    )


def _open_minutes(spans: Iterable[tuple[int, int]]) -> float:
    """Return for how many minutes at least one of the spans lasted."""
    open_s, until = 0, 0
    for start_s, end_s in sorted(spans):
        open_s += max(0, end_s - max(start_s, until))
        until = max(until, end_s)
    return round(open_s / 60, 1)


def _of_milestone(index: Index, row: Mapping[str, Any]) -> dict[str, Any]:
    milestone = next(one for one in index.rubric.milestones if one.id == row["id"])
    owners = [task.owner for task in index.exercise.plan.tasks if task.id in milestone.tasks and task.owner != NOBODY]
    owners += [match.actor for match in milestone.match if match.actor is not None]
    county = index.exercise.county
    default = county.desk("duty") if row["dimension"] == "duty_reporting" else county.desk("command")
    late_s = row["late_s"] if row["at_s"] is not None else max(0, index.end_s - row["limit_s"])
    late = Text(zh=f"{late_s / 60:.0f} 分钟", en=f"{late_s / 60:.0f} min")
    how = (
        ("超时 {late}", "late by {late}") if row["at_s"] is not None else ("至演练结束未达到", "not reached by the end")
    )
    return _row(
        index,
        f"milestone/{row['id']}",
        "milestone",
        list(dict.fromkeys(owners)) or [default],
        milestone.name,
        cause="decision" if row["at_s"] is None else "other",
        evidence=say(*how, late=late),
        found_s=row["limit_s"],
        minutes=round(late_s / 60, 1),
        chain=[row["event"]] if row.get("event") is not None else [],
    )


def _of_veto(index: Index, ident: str) -> dict[str, Any]:
    veto = next((one for one in index.rubric.vetoes if one.id == ident), None)
    name = Text(zh=ident, en=ident) if veto is None else veto.name
    ground = {"zh": "", "en": ""} if veto is None else _both(veto.source)
    command = [index.exercise.county.desk("command")]
    return _row(
        index, f"veto/{ident}", "veto", command, name, cause="decision", evidence=ground, found_s=0, minutes=0.0
    )


def _row(
    index: Index,
    ident: str,
    kind: str,
    units: list[str],
    about: Text,
    *,
    cause: str,
    evidence: Mapping[str, str],
    found_s: int,
    minutes: float,
    times: int = 1,
    price: float | None = None,
    gaps: list[str] | None = None,
    chain: list[int] | None = None,
) -> dict[str, Any]:
    owner, helpers = _owner(index, units)
    to = index.words.thing(units[0] if units else owner)
    sender = index.words.thing(units[1] if len(units) > 1 else owner)
    names = {"to": to, "sender": sender, "about": about}
    change = PLAN_CHANGES.get(kind)
    problem = PROBLEMS.get(_variant(kind, units, about), PROBLEMS.get(kind, PROBLEMS["other"]))
    return {
        "id": ident,
        "type": kind,
        "problem": say(problem[0], problem[1], **names),
        "evidence": dict(evidence),
        "owner": owner,
        "owner_name": _both(index.words.thing(owner)),
        "helpers": helpers,
        "helper_names": [_both(index.words.thing(one)) for one in helpers],
        "root_cause": cause,
        "measure": say(*MEASURES.get(cause, MEASURES["other"])),
        "plan_change": None if change is None else say(change[0], change[1], **names),
        "times": times,
        "minutes": minutes,
        "price": price,
        "found_s": found_s,
        "days": DAYS_VETO if kind == "veto" else DAYS_LONG if minutes >= LONG_MIN else DAYS,
        "gaps": gaps or [],
        "chain": chain or [],
        "status": "open",
        "closed_by": None,
        "closed_at": None,
        "review": None,
    }


def _variant(kind: str, units: list[str], about: Text) -> str:
    if kind == "missed_notification" and about is not NOTHING:
        return f"{kind}_rule"
    return kind if len(units) > 1 else f"{kind}_alone"


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _owner(index: Index, units: list[str]) -> tuple[str, list[str]]:
    """Return who mends it and who helps: the first that the county can ask to; else its command post."""
    county = index.exercise.county
    command = county.desk("command")
    beyond = (county.superior, county.neighbor)
    tier = LEVELS.index("county")
    own = [one.id for one in county.organizations if not one.public and one.tier >= tier and one.id not in beyond]
    able = [unit for unit in units if unit in own]
    owner = able[0] if able else command
    return owner, [unit for unit in dict.fromkeys(units) if unit in own and unit != owner]
