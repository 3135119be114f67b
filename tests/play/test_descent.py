"""Luck is keyed by cause: flip one decision, and what does not descend from it stays as it was."""

import pytest

from sim.play.session import Session


def entity(event):
    """Return what an event is about; what somebody knows of a fact is that body's own."""
    return (event.actor, event.subject) if event.kind == "fact.learned" else event.subject


WAITED = ("message.queued", "message.laid_aside", "message.taken_up", "officer.awaited", "officer.free")
CALLED = ("call.waits", "call.taken")


def desks(events):
    """Return, for each event, the desks that it keeps busy or waits for."""
    ends = {event.subject: (event.actor, event.data["to"]) for event in events if event.kind == "message.composed"}
    return [
        ("desk duty",)
        if event.kind in CALLED
        else tuple(f"desk {one}" for one in ends.get(event.subject, (event.actor,)))
        for event in events
    ]


def descendants(events, root, touched):
    """Return the numbers of the events that descend from a decision, and from when on they touch what.

    An event descends if one of its causes does, or if it or what it looked at is about something that was touched
    before: what did not happen any more leaves no event behind, but the thing that it would have happened to is known.
    Whoever waits at a desk looks at it, and whatever concerns the desk touches it.
    """
    found, since, at_desks = set(), dict(touched), desks(events)
    for event in events:
        decided = event.kind == "question.answered" and event.subject == root
        looked_at = [entity(event), *(entity(events[number]) for number in event.also)]
        if event.kind in (*WAITED, *CALLED):
            looked_at += at_desks[event.seq]
        reached = any(event.at_s >= since.get(one, event.at_s + 1) for one in looked_at)
        if decided or reached or {event.cause, *event.also} & found:
            found.add(event.seq)
            for one in (entity(event), *at_desks[event.seq]):
                since[one] = min(event.at_s, since.get(one, event.at_s))
    return found, since


def apart(first, second, root):
    """Return the events of two runs that do not descend from a decision, by what they say.

    The last event sums the whole run up and is left out.
    """
    touched = {}
    while True:
        runs = [descendants(events, root, touched) for events in (first, second)]
        merged = {one: min(since[one] for _, since in runs if one in since) for _, since in runs for one in since}
        if merged == touched:
            break
        touched = merged
    return [
        [
            (
                event.at_s,
                event.kind,
                event.actor,
                event.subject,
                tuple(sorted((k, str(v)) for k, v in event.data.items())),
            )
            for event in events[:-1]
            if event.seq not in found
        ]
        for events, (found, _) in zip((first, second), runs, strict=True)
    ]


FLIPS = [
    ("first-call", "alert-and-verify", "log-only"),
    ("force", "full", "rely"),
    ("villages", "evacuate-liuwan", "evacuate-shiqiao"),
    ("ambulances", "stage-outside", "go-in"),
    ("cordon-size", "three-points", "wait-for-order"),
    ("first-statement", "short-now", "deny"),
    ("answer-rumor", "correct-with-facts", "ignore"),
    ("bus-route", "around", "own-cars"),
]


@pytest.mark.parametrize(("key", "one", "other"), FLIPS)
def test_what_does_not_descend_from_a_flipped_decision_is_unchanged(exercise, key, one, other):
    decided = {"villages": "evacuate-liuwan"}  # so that buses are asked for
    runs = [Session(exercise, seed=3, decisions={**decided, key: option}).finish().events for option in (one, other)]
    left, right = apart(*runs, key)
    assert sorted(left) == sorted(right)
    opened = next(event for event in runs[0] if event.kind == "question.opened" and event.subject == key)
    later = [event for event in left if event[0] > opened.at_s]
    assert len(left) >= opened.seq * 0.9, "everything before the decision must be among them"
    assert len(later) >= 10, "the test would prove nothing if all later events descended"


def test_every_event_but_the_first_has_an_earlier_cause(straight):
    for event in straight.events[1:]:
        assert event.cause is not None
        assert event.cause < event.seq
        assert all(number < event.seq for number in event.also)
    assert straight.events[0].cause is None
