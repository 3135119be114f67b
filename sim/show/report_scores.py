"""Rows of the report on scores: headline, milestones, gaps, harm and objectives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.canon import digest_of
from sim.record.folder import RunRecord
from sim.show.charts import PARTS
from sim.show.names import Names
from sim.show.timeline_rows import in_order

TOP_GAPS = 15
"""Gaps in the main text; all of them are in the annex."""


def facts_of_run(record: RunRecord, references: Mapping[str, Any] | None, names: Names) -> list[tuple[str, str, bool]]:
    """Return label, text and whether it is a technical one, for the table of basic facts."""
    exercise, meta, lang = record.exercise, record.meta, names.lang
    scenario, word = exercise.scenario, names.word
    seats = [seat for seat, player in (meta.get("players") or {}).items() if player == "person"]
    changed = ", ".join(f"{name} = {value}" for name, value in sorted((meta.get("overrides") or {}).items()))
    digests = [f"{_file_word(kind, names)} {value[:16]}" for kind, value in exercise.digests.items()]
    digests.append(f"{word('events_digest')} {record.digest[:16]}")
    if references is not None:
        digests.append(f"{word('references_digest')} {digest_of(references)[:16]}")
    versions = " · ".join(f"{name} {value}" for name, value in sorted((meta.get("versions") or {}).items()))
    return [
        (word("name"), scenario.name.in_language(lang), False),
        (word("summary"), scenario.summary.in_language(lang), False),
        (word("county"), exercise.county.name.in_language(lang), False),
        (word("plan_used"), exercise.plan.name.in_language(lang), False),
        (word("starts"), scenario.starts_at.replace("T", " "), False),
        (word("duration"), names.length(scenario.duration), False),
        (word("policy"), names.coded("policy", str(meta.get("policy", ""))), False),
        (word("seats"), names.things(seats) if seats else word("no_seats"), False),
        (word("seed"), str(meta.get("seed", "")), False),
        (word("overrides"), changed or word("no_overrides"), False),
        *([(word("seal"), exercise.seal, True)] if exercise.seal else []),
        (word("digests"), " · ".join(digests), True),
        (word("versions"), versions, True),
    ]


def _file_word(kind: str, names: Names) -> str:
    return names.word({"county": "county_file"}.get(kind, kind))


def headline(record: RunRecord, score: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """Return what the first page says at a glance."""
    rows = [row for row in score["milestones"] if row["limit_s"] is not None]
    late = sum(bool(row["late_s"]) and row["at_s"] is not None for row in rows)
    never = sum(row["at_s"] is None for row in rows)
    gaps = score["gaps"]
    colon = "：" if names.lang == "zh" else ": "
    minutes = f"{sum(float(gap['minutes']) for gap in gaps):.0f}"
    return {
        "total": f"{score['total']:.1f}",
        "band": names.rubric(score["band"]),
        "response_speed": f"{score['response_speed']:.1f}",
        "coordination": f"{score['coordination']:.1f}",
        "outcome": None if score["harm"]["outcome"] is None else f"{score['harm']['outcome']:.2f}",
        "deaths": sum(
            1 if event.kind == "patient.died" else event.data.get("killed", 0)
            for event in record.events
            if event.kind in ("patient.died", "people.hurt")
        ),
        "hurt": f"{names.word('series_patients')} {sum(event.kind == 'patient.hurt' for event in record.events)}",
        "milestones": names.word("late_sum", good=len(rows) - late - never, late=late, never=never),
        "gaps": names.word("gap_sum", count=len(gaps), minutes=minutes),
        "vetoes": [
            names.rubric(veto["id"]) + colon + names.word("veto_cap", cap=f"{veto['cap']:g}")
            for veto in score["vetoes"]
        ],
    }


def milestone_rows(score: Mapping[str, Any], names: Names) -> list[dict[str, Any]]:
    """Return the milestones as the timeline numbers them."""
    rows = []
    for number, row in enumerate(in_order(score["milestones"]), 1):
        at_s, limit_s = row["at_s"], row["limit_s"]
        late = bool(row["late_s"]) and at_s is not None
        state = "na" if limit_s is None else "never" if at_s is None else "late" if late else "good"
        rows.append(
            {
                "number": "–" if at_s is None else str(number),
                "name": names.milestone(row["id"]),
                "dimension": names.rubric(row["dimension"]),
                "limit_s": limit_s,
                "at_s": at_s,
                "late": names.length(row["late_s"]) if late else "",
                "state": state,
                "points": ""
                if limit_s is None
                else names.word("points_of", points=f"{row['points']:.1f}", out_of=f"{row['out_of']:g}"),
                "source": row["source"][names.lang],
            }
        )
    return rows


def gap_rows(score: Mapping[str, Any], names: Names) -> list[dict[str, Any]]:
    """Return all gaps, the longest first."""
    ranked = sorted(score["gaps"], key=lambda gap: (-float(gap["minutes"]), gap["start_s"], gap["id"]))
    return [
        {
            "number": number,
            "type": names.coded("gap", gap["type"]),
            "units": names.things(gap["units"]),
            "link": " → ".join(names.thing(end) for end in gap["link"]) if gap["link"] else "",
            "start_s": gap["start_s"],
            "end_s": gap["end_s"],
            "minutes": f"{float(gap['minutes']):.1f}",
            "cause": names.coded("cause", gap["root_cause"]),
            "evidence": gap["evidence"]["zh" if names.lang == "zh" else "en"],
            "price": f"{gap['price']:.2f}" if isinstance(gap["price"], (int, float)) else "",
        }
        for number, gap in enumerate(ranked, 1)
    ]


def gap_types(score: Mapping[str, Any], names: Names) -> list[dict[str, Any]]:
    """Return number, minutes and causes of gaps by type, the costliest first."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for gap in score["gaps"]:
        groups.setdefault(gap["type"], []).append(gap)
    rows = []
    for kind, gaps in groups.items():
        minutes = sum(float(gap["minutes"]) for gap in gaps)
        rows.append((minutes, kind, len(gaps), _counted([gap["root_cause"] for gap in gaps], "cause", names)))
    rows.sort(key=lambda row: (-row[0], row[1]))
    longest = max([row[0] for row in rows], default=0.0) or 1.0
    return [
        {
            "type": names.coded("gap", kind),
            "count": count,
            "minutes": f"{minutes:.1f}",
            "share": f"{100 * minutes / longest:.1f}",
            "causes": causes,
        }
        for minutes, kind, count, causes in rows
    ]


def _counted(idents: Sequence[str], group: str, names: Names) -> str:
    counts = {ident: idents.count(ident) for ident in sorted(set(idents))}
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    comma = "、" if names.lang == "zh" else ", "
    return comma.join(f"{names.coded(group, ident)} {count}" for ident, count in ranked)


def harm_rows(score: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """Return the parts of loss by run, and their sums."""
    harm = score["harm"]
    runs = [run for run in ("none", "actual", "perfect") if harm["parts"].get(run) is not None]
    parts = [part for part in PARTS if any(harm["parts"][run].get(part, 0) for run in runs)]
    return {
        "runs": [names.word(f"run_{run}") for run in runs],
        "rows": [
            (names.coded("part", part), [f"{harm['parts'][run].get(part, 0):.3f}" for run in runs]) for part in parts
        ],
        "sums": [f"{harm[run]:.3f}" for run in runs],
    }


def objective_rows(record: RunRecord, score: Mapping[str, Any], names: Names) -> list[dict[str, str]]:
    """Return the objectives with their ratings."""
    texts = {one.id: one.text.in_language(names.lang) for one in record.exercise.scenario.objectives}
    return [
        {
            "text": texts.get(row["id"], row["id"]),
            "rating": names.coded("rating", row["rating"] or "none"),
            "code": row["rating"] or "none",
        }
        for row in score["objectives"]
    ]
