"""``stale_fact`` 信息不对称: whoever needs to know a fact must hold its true value within the plan's limit."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index, Span
from sim.assess.wording import say
from sim.spec.plan import FactKind


def find(index: Index) -> Iterator[Gap]:
    """Find facts that somebody who needed them did not hold, or held wrongly, after the limit."""
    kinds = {kind.key: kind for kind in index.exercise.plan.facts}
    inhabited = [place for place, people in index.exercise.present.items() if people]
    for key in index.true_facts():
        subject, _, attribute = key.partition("/")
        kind = kinds.get(key) or kinds.get(f"place/{attribute}")
        if kind is None or not kind.need_to_know or (attribute == "danger" and subject not in inhabited):
            continue
        span = _what_matters(index.truth(key), attribute)
        if span is None:
            continue
        for role in kind.need_to_know:
            yield from _late(index, kind, key, span, role, any_count=attribute == "hurt")


def _what_matters(spans: list[Span], attribute: str) -> Span | None:
    """Return the first span that says something is so; a count matters from its first rise on."""
    so = [span for span in spans if span.value is not False]
    if not so:
        return None
    return so[0]._replace(end_s=so[-1].end_s) if attribute == "hurt" else so[0]


def _late(index: Index, kind: FactKind, key: str, truth: Span, role: str, *, any_count: bool) -> Iterator[Gap]:
    held = index.held(role, key)
    right = [span for span in held if span.value == truth.value or (any_count and span.value)]
    since = next((max(span.start_s, truth.start_s) for span in right if span.end_s > truth.start_s), truth.end_s)
    start_s, end_s = truth.start_s + kind.within, min(since, truth.end_s)
    if end_s <= start_s:
        return
    wrong = [span for span in held if span not in right and span.start_s < end_s]
    sent = [
        event
        for event in index.by_kind["message.composed"]
        if event.data["to"] == role and any(fact["fact"] == key for fact in event.data["facts"])
    ]
    lost = any(index.after(event, "message.lost") for event in sent)
    root = Root.WRONG_PICTURE if wrong else Root.CHANNEL_LOST if lost else Root.NOT_TOLD
    chain = (truth.seq, *(span.seq for span in wrong), *(event.seq for event in sent[:5]))
    evidence = say(
        "{role}应知而未知：{fact}" + ("，且持有错误信息" if wrong else ""),
        "{role} did not hold what it needed to know: {fact}" + (", held a wrong value" if wrong else ""),
        role=index.words.thing(role),
        fact=index.words.fact(key),
    )
    yield Gap(f"stale_fact/{key}/{role}", "stale_fact", (role,), None, start_s, end_s, root, chain, evidence)
