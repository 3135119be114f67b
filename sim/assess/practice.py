"""Good practice of a run: what was met early, closed, told ahead, or saved by a second channel (主要做法和亮点).

Each rule looks for one thing in the record and says it in both languages, with the figures behind it. What was not
done well is not good practice merely because somebody tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sim.assess.beliefs import table
from sim.assess.consultations import consultations
from sim.assess.index import Index
from sim.assess.reporting import ON_TIME, OPEN, duties
from sim.assess.traffic import lives
from sim.assess.wording import say
from sim.record.folder import RunRecord
from sim.spec.base import Text

EARLY = 0.5
"""A milestone is met early if at most this share of its time was used. A guess."""
MOSTLY = 0.9
"""Share from which a duty counts as kept as a rule. A guess."""
MOST = 4
"""Rows of one kind at most, the best first."""


class Practice(NamedTuple):
    """Something that was done well.

    Attributes:
        kind: ``early``, ``ahead``, ``warned``, ``closed``, ``reported``, ``consulted``, ``known`` or ``switched``.
        units: Organizations that did it.
        text: What, in both languages.
        seqs: Numbers of the events behind it.
    """

    kind: str
    units: tuple[str, ...]
    text: dict[str, str]
    seqs: tuple[int, ...]


def practices(record: RunRecord, score: Mapping[str, Any]) -> list[Practice]:
    """Return what was done well in a run.

    Args:
        record: The run.
        score: Its score card.
    """
    index = Index(record)
    rules = (_ahead(index), _warned(index), _early(index, score), _known(index))
    return [
        row for rule in (*rules, _reported(index), _closed(index), _consulted(index), _switched(index)) for row in rule
    ]


def _number(value: float) -> Text:
    text = f"{value:.0f}"
    return Text(zh=text, en=text)


def _both(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


def _listed(texts: list[Text]) -> Text:
    return Text(zh="、".join(text.zh for text in texts), en=", ".join(text.en for text in texts))


def _ahead(index: Index) -> Iterator[Practice]:
    """Find places whose people had heard what to do before danger came."""
    found = []
    for place in index.exercise.county.places:
        danger = next((event for event in index.by_kind["danger.reached"] if event.subject == place.id), None)
        heard = index.first("protect.heard", subject=place.id)
        if danger is None or heard is None or not index.exercise.present[place.id] or heard.at_s >= danger.at_s:
            continue
        found.append((danger.at_s - heard.at_s, place, (heard.seq, danger.seq)))
    found.sort(key=lambda row: (-row[0], row[1].id))
    for ahead_s, place, seqs in found[:MOST]:
        text = say(
            "{place}群众在危险到达前 {ahead} 分钟已得到避险通知",
            "people of {place} knew what to do {ahead} min before danger came",
            place=place.name,
            ahead=_number(ahead_s / 60),
        )
        yield Practice("ahead", (index.exercise.county.desk("command"),), text, seqs)


def _warned(index: Index) -> Iterator[Practice]:
    """Find how many places heard what to do within the limit once danger was there, if nearly all did."""
    limit = index.rubric.gaps.missed_notification
    hit = [
        (danger[0], index.first("protect.heard", subject=place.id))
        for place in index.exercise.county.places
        if index.exercise.present[place.id]
        and (danger := [span for span in index.truth(f"{place.id}/danger") if span.value is True])
    ]
    told = [heard for danger, heard in hit if heard is not None and heard.at_s <= danger.start_s + limit]
    if hit and len(told) >= MOSTLY * len(hit):
        text = say(
            "受影响的 {of} 个村点中，{told} 个在时限内通知到群众",
            "of {of} places that danger reached, people of {told} were told what to do in time",
            of=_number(len(hit)),
            told=_number(len(told)),
        )
        yield Practice("warned", (index.exercise.county.desk("command"),), text, tuple(event.seq for event in told))


def _early(index: Index, score: Mapping[str, Any]) -> Iterator[Practice]:
    rows = [row for row in score["milestones"] if row["at_s"] is not None and row["limit_s"]]
    rows = [row for row in rows if row["at_s"] <= EARLY * row["limit_s"]]
    rows.sort(key=lambda row: (-row["out_of"], row["at_s"] / row["limit_s"], row["id"]))
    names = {one.id: one.name for one in index.rubric.milestones}
    for row in rows[:MOST]:
        text = say(
            "“{name}”用时 {used} 分钟，比时限提前 {spare} 分钟",
            "{name}: after {used} min, {spare} min before the limit",
            name=names.get(row["id"], _both(row["id"], row["id"])),
            used=_number(row["at_s"] / 60),
            spare=_number((row["limit_s"] - row["at_s"]) / 60),
        )
        yield Practice("early", (), text, () if row.get("event") is None else (row["event"],))


def _known(index: Index) -> Iterator[Practice]:
    """Find facts that all who needed to know them knew in time."""
    seats = tuple(one.id for one in index.exercise.county.organizations if one.seat)
    found: dict[str, int] = {}
    missed: dict[str, None] = {}
    for row, cells in table(index.record, seats):
        needed = [cell for cell in cells.values() if cell.needed]
        if len(needed) < 3:  # among two, a message is enough
            continue
        if all(cell.state == "in_time" for cell in needed):
            found[row.kind.key] = max(found.get(row.kind.key, 0), len(needed))
        else:
            missed[row.kind.key] = None
    kept = [key for key in sorted(found, key=lambda key: (-found[key], key)) if key not in missed]
    if kept:
        text = say(
            "应知单位全部在时限内掌握：{facts}",
            "all who needed to know did so in time: {facts}",
            facts=_listed([index.words.fact(key) for key in kept[:MOST]]),
        )
        yield Practice("known", (), text, ())


def _reported(index: Index) -> Iterator[Practice]:
    due = [duty for duty in duties(index) if duty.verdict != OPEN]
    good = [duty for duty in due if duty.verdict == ON_TIME]
    if due and len(good) >= MOSTLY * len(due):
        text = say(
            "到期的 {of} 项信息报告中，{good} 项按时送达",
            "{good} of the {of} reports that fell due arrived in time",
            of=_number(len(due)),
            good=_number(len(good)),
        )
        senders = tuple(dict.fromkeys(duty.rule.sender for duty in good))
        yield Practice("reported", senders, text, tuple(seq for duty in good for seq in duty.seqs[-1:]))


def _closed(index: Index) -> Iterator[Practice]:
    """Find organizations that acknowledged nearly all that they were sent within the limit."""
    desks = {one.id: None for one in index.exercise.county.organizations if one.seat}
    owed: dict[str, list[bool]] = {}
    for life in lives(index.record):
        if life.to in desks and life.sender in desks:
            limit_s = life.composed_s + index.rubric.gaps.unacknowledged
            in_time = life.acknowledged_s is not None and life.acknowledged_s <= limit_s
            owed.setdefault(life.to, []).append(in_time)
    kept = [desk for desk, rows in owed.items() if len(rows) >= 5 and sum(rows) >= MOSTLY * len(rows)]
    if kept:
        text = say(
            "{who}对收到的信息基本做到按时签收",
            "{who} acknowledged nearly all that they were sent in time",
            who=_listed([index.words.thing(desk) for desk in kept]),
        )
        yield Practice("closed", tuple(kept), text, ())


def _consulted(index: Index) -> Iterator[Practice]:
    full = [one for one in consultations(index.record.events) if one.held_s is not None and not one.missing]
    learned = sum(len(facts) for one in full for facts in one.learned.values())
    if full and learned:
        text = say(
            "{count} 次联合会商受邀单位全部到会，互通情况 {learned} 条",
            "everybody invited came to {count} joint consultations, which passed {learned} facts on",
            count=_number(len(full)),
            learned=_number(learned),
        )
        yield Practice("consulted", tuple(dict.fromkeys(one.convener for one in full)), text, ())


def _switched(index: Index) -> Iterator[Practice]:
    saved = [
        life
        for life in lives(index.record)
        if life.switched
        and life.delivered_s is not None
        and life.delivered_s - life.composed_s <= index.rubric.gaps.unacknowledged
    ]
    if saved:
        text = say(
            "{count} 条信息在首选渠道不通时改用备用渠道，仍按时送达",
            "saved by a second channel in time when the first one failed: {count}",
            count=_number(len(saved)),
        )
        yield Practice("switched", tuple(dict.fromkeys(life.sender for life in saved)), text, ())
