"""An index of a record: what was so when, who held what when, and each message's life."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from sim.assess.wording import Wording
from sim.record.events import Event
from sim.record.folder import RunRecord
from sim.spec.base import FactValue
from sim.spec.rubric import Rubric


class Span(NamedTuple):
    """A value and how long it held: from ``start_s`` to ``end_s`` (the end of the run if it still holds)."""

    value: FactValue
    start_s: int
    end_s: int
    seq: int


class Index:
    """A record, looked at from several sides.

    Attributes:
        rubric: What to score by.
        words: Names for evidence.
        end_s: End of the run in seconds since its start.
        by_kind: Events by kind.
        by_subject: Events by subject.
        seats: Organizations that a person may play: those whose work is examined.
    """

    def __init__(self, record: RunRecord, rubric: Rubric | None = None) -> None:
        self.record = record
        self.exercise = record.exercise
        self.rubric = rubric or record.exercise.rubric
        self.words = Wording(record.exercise)
        self.end_s = record.events[-1].at_s if record.events else 0
        self.by_kind: dict[str, list[Event]] = defaultdict(list)
        self.by_subject: dict[str, list[Event]] = defaultdict(list)
        for event in record.events:
            self.by_kind[event.kind].append(event)
            self.by_subject[event.subject].append(event)
        self.seats = tuple(one.id for one in self.exercise.county.organizations if one.seat)
        self._truth = self._spans(self.by_kind["truth.changed"])
        self._held: dict[tuple[str, str], list[Span]] = {}
        self._telling: dict[tuple[str, str], list[Event]] | None = None
        learned: dict[str, list[Event]] = defaultdict(list)
        for event in self.by_kind["fact.learned"]:
            if event.data["result"] in ("new", "newer"):
                learned[event.actor].append(event)
        for actor, events in learned.items():
            for key, spans in self._spans(events).items():
                self._held[actor, key] = spans

    def _spans(self, events: list[Event]) -> dict[str, list[Span]]:
        found: dict[str, list[Span]] = {}
        for event in events:
            spans = found.setdefault(event.subject, [])
            if spans:
                spans[-1] = spans[-1]._replace(end_s=event.at_s)
            spans.append(Span(event.data["value"], event.at_s, self.end_s, event.seq))
        return found

    def truth(self, key: str) -> list[Span]:
        """Return how a fact truly was, span by span."""
        return self._truth.get(key, [])

    def true_facts(self) -> list[str]:
        """Return the keys of all facts that the record knows the truth of, in the order in which they became so."""
        return list(self._truth)

    def held(self, actor: str, key: str) -> list[Span]:
        """Return what an organization held of a fact, span by span."""
        return self._held.get((actor, key), [])

    def true_value_at(self, key: str, at_s: int) -> FactValue | None:
        """Return how a fact truly was at a moment, or None where it was not so or unknown."""
        return next((span.value for span in reversed(self.truth(key)) if span.start_s <= at_s), None)

    def first(self, kind: str, *, actor: str | None = None, subject: str | None = None) -> Event | None:
        """Return the first event of a kind, if wanted of one actor or subject."""
        for event in self.by_kind.get(kind, []):
            if actor in (None, event.actor) and subject in (None, event.subject):
                return event
        return None

    def after(self, start: Event, *kinds: str) -> Event | None:
        """Return the first event of the same subject, of one of the kinds, after an event."""
        return next((event for event in self.life(start) if event.kind in kinds), None)

    def life(self, start: Event) -> Iterator[Event]:
        """Yield what came after an event of the same subject, in order."""
        events = self.by_subject.get(start.subject, [])
        for number in range(bisect_right(events, start.seq, key=attrgetter("seq")), len(events)):
            yield events[number]

    def telling(self, to: str, key: str) -> list[Event]:
        """Return the messages to an organization that say something of a fact, as they were wanted."""
        if self._telling is None:
            self._telling = defaultdict(list)
            for event in self.by_kind.get("message.composed", []):
                for said in dict.fromkeys(fact["fact"] for fact in event.data["facts"]):
                    self._telling[event.data["to"], said].append(event)
        return self._telling.get((to, key), [])
