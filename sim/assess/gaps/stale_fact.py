"""``stale_fact`` 信息不对称: whoever needs to know a fact must hold its true value within the plan's limit."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import By, Obligation, Root
from sim.assess.index import Index, Span
from sim.assess.plan_tasks import tellers
from sim.assess.wording import say
from sim.record.events import Event
from sim.spec.plan import NOBODY, FactKind


def owed(index: Index) -> Iterator[Obligation]:
    """Yield what somebody needed to be told since it was so.

    What a milestone scores is left out, and who sees it with his own eyes: nobody owes him that.
    """
    kinds = {kind.key: kind for kind in index.exercise.plan.facts}
    inhabited = [place for place, people in index.exercise.present.items() if people]
    scored = {
        (match.actor, match.subject): None
        for milestone in index.rubric.milestones
        for match in milestone.match
        if match.kind == "fact.learned"
    }
    for key in index.true_facts():
        subject, _, attribute = key.partition("/")
        kind = kinds.get(key) or kinds.get(f"place/{attribute}")
        if kind is None or not kind.need_to_know or (attribute == "danger" and subject not in inhabited):
            continue
        span = _what_matters(index.truth(key), attribute)
        if span is None:
            continue
        for role in kind.need_to_know:
            if (role, key) not in scored and role not in kind.seen_by:
                yield _of(index, kind, key, span, role, any_count=attribute == "hurt")


def _what_matters(spans: list[Span], attribute: str) -> Span | None:
    """Return the first span that says something is so; a count matters from its first rise on."""
    so = [span for span in spans if span.value is not False]
    if not so:
        return None
    return so[0]._replace(end_s=so[-1].end_s) if attribute == "hurt" else so[0]


def _of(index: Index, kind: FactKind, key: str, truth: Span, role: str, *, any_count: bool) -> Obligation:
    held = index.held(role, key)
    right = [span for span in held if span.value == truth.value or (any_count and span.value)]
    since = next((max(span.start_s, truth.start_s) for span in right if span.end_s > truth.start_s), None)
    due_s = truth.start_s + kind.within
    until_s = truth.end_s if since is None else min(since, truth.end_s)
    wrong = [span for span in held if span not in right and span.start_s < until_s]
    sent = index.telling(role, key)
    evidence = say(
        "{role}应知而未知：{fact}" + ("，且持有错误信息" if wrong else ""),
        "{role} did not hold what it needed to know: {fact}" + (", held a wrong value" if wrong else ""),
        role=index.words.thing(role),
        fact=index.words.fact(key),
    )
    return Obligation(
        f"stale_fact/{key}/{role}",
        "stale_fact",
        By.TRUTH,
        (role,),
        _link(index, key, role),
        truth.start_s,
        due_s,
        since,
        truth.end_s,
        Root.WRONG_PICTURE if wrong else _root(index, key, role, [one for one in sent if one.at_s <= due_s]),
        (truth.seq, *(span.seq for span in wrong), *(event.seq for event in sent[:5])),
        evidence,
    )


def _link(index: Index, key: str, role: str) -> tuple[str, str] | None:
    """Return over which link the fact had to come: from who tells it by the plan, else from who held it first."""
    teller = tellers(index.exercise).get((key, role))
    if teller is None or teller in (role, NOBODY):
        bodies = [one.id for one in index.exercise.county.organizations if one.id != role]
        holders = [(held[0].start_s, body) for body in bodies if (held := index.held(body, key))]
        teller = min(holders)[1] if holders else None
    return None if teller is None else (teller, role)


def _root(index: Index, key: str, role: str, sent: list[Event]) -> Root:
    """Return why somebody did not know: by what became of what was sent to it, or why nothing was."""
    if any(index.after(event, "message.lost") for event in sent):
        return Root.CHANNEL_LOST
    if sent:
        return Root.DESK_BUSY
    if (key, role) not in tellers(index.exercise):
        return Root.NOT_IN_PLAN
    return Root.NOT_TOLD
