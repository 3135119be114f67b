"""``missed_notification`` 通报遗漏: people whom danger reaches, and bodies that a rule names, must be told."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import By, Obligation, Root
from sim.assess.index import Index
from sim.assess.reporting import CONCEALED, Duty, duties
from sim.assess.wording import say
from sim.spec.reporting import same_duty


def owed(index: Index) -> Iterator[Obligation]:
    """Yield whom danger reached and who was to hear what to do, and the notices that rules ask for."""
    yield from _people(index)
    yield from _bodies(index)


def _people(index: Index) -> Iterator[Obligation]:
    limit = index.rubric.gaps.missed_notification
    county = index.exercise.county
    command = county.desk("command")
    for place in county.places:
        danger = [span for span in index.truth(f"{place.id}/danger") if span.value is True]
        if not index.exercise.present[place.id] or not danger:
            continue
        ordered = index.first("protect.ordered", subject=place.id)
        heard = index.first("protect.heard", subject=place.id)
        due_s = danger[0].start_s + limit
        knew = any(span.value and span.start_s <= due_s for span in index.held(command, f"{place.id}/danger"))
        in_time = ordered is not None and ordered.at_s <= due_s
        yield Obligation(
            f"missed_notification/{place.id}",
            "missed_notification",
            By.TRUTH,
            (command,),
            (command, county.people),
            danger[0].start_s,
            due_s,
            None if heard is None else heard.at_s,
            danger[-1].end_s,
            Root.CHANNEL_LOST if in_time else Root.DECISION if knew else Root.NOT_TOLD,
            (danger[0].seq, *(event.seq for event in (ordered, heard) if event is not None)),
            say(
                "危险到达{place}后群众未及时得到避险通知",
                "danger reached {place} and its people were not told in time what to do",
                place=index.words.thing(place.id),
            ),
        )


def _bodies(index: Index) -> Iterator[Obligation]:
    """Yield the first notices of the rule table that neither a milestone nor a need to know of the plan scores."""
    scored = [one.rule for one in index.rubric.milestones if one.rule is not None]
    needs = {(kind.key, role) for kind in index.exercise.plan.facts for role in kind.need_to_know}
    for duty in duties(index):
        rule = duty.rule
        known = (rule.fact, rule.to) in needs or any(same_duty(index.exercise, rule.id, other) for other in scored)
        if rule.stage != "first" or rule.to == index.exercise.county.people or known:
            continue
        yield Obligation(
            f"missed_notification/{rule.id}/{duty.number}",
            "missed_notification",
            By.RULE,
            (rule.sender, rule.to),
            (rule.sender, rule.to),
            duty.opened_s,
            duty.due_s,
            duty.made_s,
            index.end_s,
            _root(duty),
            (_opener(index, duty), *duty.seqs),
            say(
                "{sender}未按时通报{to}：{fact}",
                "{sender} did not notify {to} in time: {fact}",
                sender=index.words.thing(rule.sender),
                to=index.words.thing(rule.to),
                fact=index.words.fact(rule.fact),
            ),
            index.words.cited(rule),
        )


def _opener(index: Index, duty: Duty) -> int:
    """Return the event by which a duty arose."""
    rule = duty.rule
    places = [place.id for place in index.exercise.county.places]
    keys = [f"{place}{rule.fact[5:]}" for place in places] if rule.fact.startswith("place/") else [rule.fact]
    spans = [span for key in keys for span in (*index.held(rule.sender, key), *index.truth(key))]
    return min((span for span in spans if span.start_s <= duty.opened_s), key=lambda one: (-one.start_s, one.seq)).seq


def _root(duty: Duty) -> Root:
    if duty.verdict == CONCEALED:
        return Root.DECISION
    in_time = duty.sent_s is not None and duty.sent_s <= duty.due_s
    return Root.CHANNEL_LOST if in_time else Root.NOT_TOLD
