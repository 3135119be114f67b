"""The reporting system, from the record alone: what had to be reported, what was, when, and whether it was true.

A duty opens by the rule table when its fact is so (or its sender learns it), whether or not anybody acts. A message
meets it when its addressee has read it. Times are seconds since the start; minutes where the name says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.assess.index import Index
from sim.record.events import Event
from sim.spec.plan import Rule
from sim.spec.reporting import MEDIUM_OF, duty_of, row_of, rules_of

ON_TIME, LATE, OMITTED, CONCEALED, FALSE, OPEN = VERDICTS = (
    "on_time",
    "late",
    "omitted",
    "concealed",
    "false",
    "open",
)
"""What became of a duty: in time; after the limit; never, with nobody deciding so; never, or after the limit, with a
decision not to report; stating what its sender did not hold; or the exercise ended before the limit."""
TELLING = ("report", "notice", "release")
"""Kinds of message that tell somebody something unasked."""


class Report(NamedTuple):
    """A message that meets a duty, or would have.

    Attributes:
        rule: Row under which it was sent; empty where it only says the same.
        sent_s: When it was wanted.
        made_s: When its addressee had read it; None if that never came.
        false: Facts that it states otherwise than its sender held them when it was wanted.
        seqs: Numbers of the events of wanting and of reading it.
    """

    rule: str
    sent_s: int
    made_s: int | None
    false: tuple[str, ...]
    seqs: tuple[int, ...]


class Duty(NamedTuple):
    """A duty to report, and what became of it.

    Attributes:
        rule: The row.
        number: Number of the follow-up; 1 for first and final reports.
        opened_s: Since when the limit runs.
        due_s: The limit.
        sent_s: When the report was wanted; None if it never was.
        made_s: When it arrived; None if it never did.
        verdict: One of :data:`VERDICTS`.
        false: Facts that the report stated falsely.
        seqs: Numbers of the events behind it.
    """

    rule: Rule
    number: int
    opened_s: int
    due_s: int
    sent_s: int | None
    made_s: int | None
    verdict: str
    false: tuple[str, ...]
    seqs: tuple[int, ...]

    @property
    def late_s(self) -> int:
        """By how much it came after its limit, in seconds; 0 if it did not, or never came."""
        return 0 if self.made_s is None else max(0, self.made_s - self.due_s)

    def share(self, at_twice: float) -> float | None:
        """Return the share of the points that it earns; None while it is open. False or never reported earns none."""
        if self.verdict == OPEN:
            return None
        if self.made_s is None or self.verdict == FALSE:
            return 0.0
        return timely_share(self.made_s - self.opened_s, self.due_s - self.opened_s, at_twice)


def timely_share(taken_s: float, within_s: float, at_twice: float = 0.4) -> float:
    """Return the share of the points of a report by its time: all in time, then falling, none beyond twice the limit.

    Source: the program's own proposal for reports (in time 100 %, to twice the limit linear to 40 %, beyond that 0).

    Args:
        taken_s: Time that it took, in seconds.
        within_s: Its limit, in seconds.
        at_twice: Share that is left at twice the limit, from 0 to 1.
    """
    if taken_s <= within_s:
        return 1.0
    if taken_s > 2 * within_s:
        return 0.0
    return 1 - (1 - at_twice) * (taken_s - within_s) / within_s


def duties(index: Index) -> list[Duty]:
    """Return every duty to report that arose, in the order of the rule table, follow-ups by number."""
    found: list[Duty] = []
    for rule, opened_s in _opened(index):
        if rule.stage == "follow_up":
            found += _follow_ups(index, rule)
        else:
            found.append(_judged(index, rule, 1, opened_s, _as_one(_reports(index, rule))))
    return found


def _as_one(reports: Sequence[Report]) -> Report | None:
    """Return the first of several reports, false where any of those that arrived is."""
    if not reports:
        return None
    false = dict.fromkeys(fact for one in reports if one.made_s is not None for fact in one.false)
    seqs = tuple(seq for one in reports if one.false for seq in one.seqs)
    return reports[0]._replace(false=tuple(false), seqs=tuple(dict.fromkeys((*reports[0].seqs, *seqs))))


def _opened(index: Index) -> Iterator[tuple[Rule, int]]:
    """Yield the rows that held for their senders, with the time since which their limit runs.

    What runs from knowledge does not arise for who never knew. A row for certain grades that stands alone opens no
    earlier than its sender learned the grade.
    """
    exercise = index.exercise
    for sender in dict.fromkeys(rule.sender for rule in exercise.rules.rules):
        grades = [span for span in index.held(sender, "incident/grade") if isinstance(span.value, int)]
        before = [duty_of(rule) for rule in rules_of(exercise, None)]
        for rule in rules_of(exercise, int(grades[-1].value) if grades else None):
            since = None if rule.sender != sender else _since(index, rule)
            if since is not None:
                fits = [span.start_s for span in grades if span.value in rule.grades]
                yield rule, since if duty_of(rule) in before or not fits else max(since, fits[0])


def _since(index: Index, rule: Rule) -> int | None:
    known = rule.starts == "known"
    places = [place.id for place in index.exercise.county.places]
    keys = [f"{place}{rule.fact[5:]}" for place in places] if rule.fact.startswith("place/") else [rule.fact]
    spans = [span for key in keys for span in (index.held(rule.sender, key) if known else index.truth(key))]
    return min((span.start_s for span in spans if span.value), default=None)


def _follow_ups(index: Index, rule: Rule) -> Iterator[Duty]:
    """Yield the follow-ups that were due: one each ``every`` from the first report on, until it was over.

    Each report counts for one of them: the first that is left and whose time was near when it was sent, after the one
    before was due, and before its limit or the next one's time, whichever is later.
    """
    first = [
        report.made_s
        for other in rules_of(index.exercise, None)
        if (other.sender, other.to, other.stage) == (rule.sender, rule.to, "first")
        for report in _reports(index, other)
        if report.made_s is not None
    ]
    if not first or not rule.every:
        return
    over = [
        since
        for other in rules_of(index.exercise, None)
        if (other.sender, other.to, other.stage) == (rule.sender, rule.to, "final")
        and (since := _since(index, other)) is not None
    ]
    left = sorted(_reports(index, rule), key=lambda one: one.sent_s)
    near_s = max(rule.every, rule.within)
    opened_s, number = min(first) + rule.every, 1
    while opened_s < min([index.end_s, *over]):
        near = [one for one in left if opened_s - rule.every < one.sent_s <= opened_s + near_s]
        report = next(iter(near), None)
        if report is not None:
            left.remove(report)
        yield _judged(index, rule, number, opened_s, report)
        opened_s, number = opened_s + rule.every, number + 1


def _judged(index: Index, rule: Rule, number: int, opened_s: int, report: Report | None) -> Duty:
    due_s, made_s = opened_s + rule.within, None if report is None else report.made_s
    until_s = index.end_s if made_s is None else made_s
    held_back = [event for event in _withheld(index, rule) if event.at_s <= until_s]
    if report is not None and report.false and made_s is not None:
        verdict = FALSE
    elif made_s is not None and made_s <= due_s:
        verdict = ON_TIME
    elif made_s is None and index.end_s <= due_s:
        verdict = OPEN
    elif held_back:
        verdict = CONCEALED
    else:
        verdict = OMITTED if made_s is None else LATE
    seqs = tuple(event.seq for event in held_back) + (() if report is None else report.seqs)
    false = () if report is None else report.false
    return Duty(
        rule,
        number,
        opened_s,
        due_s,
        None if report is None else report.sent_s,
        made_s,
        verdict,
        false,
        tuple(sorted(seqs)),
    )


def _withheld(index: Index, rule: Rule) -> list[Event]:
    return [
        event
        for event in index.by_kind["report.withheld"]
        if event.actor == rule.sender and duty_of(row_of(index.exercise, event.data["rule"])) == duty_of(rule)
    ]


def _reports(index: Index, rule: Rule) -> list[Report]:
    """Return the messages that meet a row's duty, those that arrived first and by the time of reading."""
    found = [
        _report(index, composed)
        for composed in index.by_kind["message.composed"]
        if composed.actor == rule.sender and composed.data["to"] == rule.to and _meets(index, composed, rule)
    ]
    return sorted(found, key=lambda one: (one.made_s is None, one.made_s or one.sent_s))


def _meets(index: Index, composed: Event, rule: Rule) -> bool:
    """Return whether a message is a report under a row for the same duty, or says unasked what the row wants told."""
    if named := composed.data.get("rule"):
        other = row_of(index.exercise, named)
        if duty_of(other) == duty_of(rule):
            return True
        if other.stage != rule.stage:
            return False
    if rule.stage == "follow_up" or composed.data["kind"] not in TELLING:
        return False
    says = any(_same(fact["fact"], rule.fact) and fact["value"] for fact in composed.data["facts"])
    if not says or rule.by == "any":
        return says
    return _medium(index, composed) in (MEDIUM_OF[rule.by], "")  # what came at once has no channel


def _same(key: str, wanted: str) -> bool:
    return key == wanted or (wanted.startswith("place/") and key.partition("/")[2] == wanted[6:])


def _medium(index: Index, composed: Event) -> str:
    """Return the medium by which a message came; empty if it did not, or came at once."""
    delivered = index.after(composed, "message.delivered")
    channels: dict[str, str] = {channel.id: channel.medium for channel in index.exercise.county.channels}
    return "" if delivered is None else channels.get(delivered.data["channel"], "")


def _report(index: Index, composed: Event) -> Report:
    read = index.after(composed, "message.read")
    named = composed.data.get("rule", "")
    false = tuple(
        fact["fact"]
        for fact in composed.data["facts"]
        if named and fact["value"] != _held_then(index, composed, fact["fact"])
    )
    seqs = (composed.seq,) if read is None else (composed.seq, read.seq)
    return Report(named, composed.at_s, None if read is None else read.at_s, false, seqs)


def _held_then(index: Index, composed: Event, key: str) -> object:
    """Return what the sender of a message held of a fact when it wanted the message; None for nothing."""
    spans = [span for span in index.held(composed.actor, key) if span.seq < composed.seq]
    return spans[-1].value if spans else None
