"""A seat learns nothing but what it was told: two runs that differ elsewhere look the same to it, byte for byte."""

import json
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.canon import canonical
from sim.errors import AnswerRefused
from sim.play.group import Group
from sim.play.seats import Seat, Watcher, seat_ids
from sim.play.session import Session
from sim.play.trainer import Trainer
from tests.play.made import changed, short
from tests.play.test_descent import entity

EXERCISE = short()
EVERYBODY = seat_ids(EXERCISE)
LOOK_EVERY_S = 420
WRONG = [
    *({"do": "dance"}, {}, "send", {"do": "send", "task": "cordon", "at": "moon", "units": ["patrol"]}),
    *({"do": "tell", "to": ["command"], "facts": [fact]} for fact in ("leak/nothing", "place/nothing")),
    *({"do": "tell", "to": [to], "facts": ["liuwan/hurt"], "channel": "pigeon"} for to in ("command", "nobody")),
    {"do": "report", "rule": "no-rule", "facts": ["incident/exists"]},
    {"do": "follow", "task": "no-task"},
    {"do": "send", "task": "cordon", "at": "liuwan", "units": ["patrol", "engine", "ambulance", "bus"], "count": 50},
    {"do": "grade", "grade": 9},
]
KEYS = [point.id for point in EXERCISE.scenario.pause_points]


def refusals(session, seat):
    """Everything that a seat is told when it tries what does not stand."""
    door, said = Seat(session, seat), []
    waiting = {asked.key for asked in door.asked()}
    attempts = [lambda order=order: door.order(order) for order in WRONG]
    attempts += [lambda: door.order({"do": "ask", "to": "command", "facts": ["incident/exists"]}, charged_s=-1)]
    attempts += [lambda key=key: door.answer(key, "no-option") for key in KEYS]
    attempts += [lambda key=key: door.answer(key, None) for key in KEYS if key not in waiting]
    attempts += [lambda key=key: door.wait(key, 60) for key in KEYS if key not in waiting]
    attempts += [lambda key=key: Group(door, ("a", "b")).propose("a", key, "no-option") for key in KEYS]
    attempts += [lambda: door.wait("first-call", 0), lambda: door.note(" "), lambda: door.note("x" * 5000)]
    for attempt in attempts:
        with pytest.raises(AnswerRefused) as refused:
            attempt()
        error = refused.value
        said.append([str(error), error.reason, error.key, error.given, error.allowed])
    return said


def look(session, seat, *, thorough=True):
    """Everything that a seat sees at a moment, as text."""
    door = Seat(session, seat)
    asked = [[one.key, one.question.model_dump(), str(one.options), one.opened_s, one.limit_s] for one in door.asked()]
    seen = [door.view()._asdict(), asked, door.may_order(), door.now_s]
    return canonical([*seen, refusals(session, seat) if thorough else []])


def orders_that_stand(seat, door):
    held = [row["fact"] for row in door.view().picture]
    yield {"do": "ask", "to": "command" if seat != "command" else "duty", "facts": ["incident/exists", "liuwan/hurt"]}
    if held:
        yield {"do": "tell", "to": ["emergency"] if seat != "emergency" else ["duty"], "facts": held[:1]}


def watched(session, seat, private, at_s):
    """Play a session; return what a seat saw, with the time of each look.

    ``private`` is done once at ``at_s``, if anything, and must be about another seat; a seat's own doings are the same
    in every run, and what they hand back is part of what it sees.
    """
    door, seen, times = Seat(session, seat), [], sorted({*range(0, session.world.horizon_s, LOOK_EVERY_S), at_s})
    for moment in times:
        while waiting := session.advance(moment):
            for asked in waiting:
                if asked.seat == seat:
                    seen.append((session.now_s, look(session, seat, thorough=False)))
                    session.decide({asked.key: next(iter(asked.options))}, charged_s=60)
                else:
                    private.answer(session, asked)
        if moment == at_s:
            private.act(session)
        if moment % LOOK_EVERY_S == 0:
            seen.append((moment, look(session, seat)))
        if moment % (4 * LOOK_EVERY_S) == 0 and moment:
            for order in orders_that_stand(seat, door):
                seen.append((moment, str(door.order(order, charged_s=30, reason="as always"))))
            seen.append((moment, str(door.note("as always"))))
    return seen


class Nothing:
    """Nothing private; the base of what is."""

    def act(self, session):
        pass

    def answer(self, session, asked):
        session.decide({asked.key: next(iter(asked.options))}, charged_s=60)

    def is_root(self, _event):
        return False

    def touches(self):
        return {}


class Does(Nothing):
    """Something that the trainer, a watcher or another seat does once."""

    def __init__(self, do, subjects=()):
        self.do, self.subjects, self.given = do, subjects, None

    def act(self, session):
        self.at_s = session.now_s
        try:
            self.given = self.do(session)
        except AnswerRefused:
            self.given = None

    def is_root(self, event):
        return self.given is not None and event.subject == self.given.key

    def touches(self):
        return {} if self.given is None else dict.fromkeys(self.subjects, self.at_s)


class Answers(Nothing):
    """Another seat's last option instead of its first, later, and with words of its own."""

    def __init__(self, key):
        self.key = key

    def answer(self, session, asked):
        if asked.key == self.key:
            session.decide({asked.key: list(asked.options)[-1]}, charged_s=200, reason="secret")
        else:
            super().answer(session, asked)

    def is_root(self, event):
        return event.kind == "question.answered" and event.subject == self.key


class Says(Nothing):
    """Another text, and other facts, in an inject."""

    def __init__(self, inject):
        self.inject = inject

    def is_root(self, event):
        return event.kind == "inject.sent" and event.subject == self.inject


def told_since(runs, private, seat, horizon_s):
    """Return the time at which a seat is first told anything that descends from what was private, in either run.

    An event descends if it is a root, if one of its causes does, or if it is about something touched before: what did
    not happen leaves no event, but the thing that it would have happened to is known.
    """
    touched = private.touches()
    while True:
        found, merged = [], dict(touched)
        for events in runs:
            tainted, since = set(), dict(touched)
            for event in events:
                looked_at = [entity(event), *(entity(events[number]) for number in event.also)]
                reached = any(event.at_s >= since.get(one, event.at_s + 1) for one in looked_at)
                if private.is_root(event) or reached or {event.cause, *event.also} & tainted:
                    tainted.add(event.seq)
                    since[entity(event)] = min(event.at_s, since.get(entity(event), event.at_s))
            found += [event.at_s for event in events if event.seq in tainted and event.actor == seat]
            for one, at_s in since.items():
                merged[one] = min(at_s, merged.get(one, at_s))
        if merged == touched:
            return min(found, default=horizon_s + 1)
        touched = merged


def examine(seat, other, private, at_s, exercise=EXERCISE):
    """Play with and without what is private, and compare what the seat sees until it is told."""
    runs, seen = [], []
    for played, what in ((EXERCISE, Nothing()), (exercise, private)):
        session = Session(played, seed=3, seats=(seat, other))
        seen.append(watched(session, seat, what, at_s))
        runs.append(session.events)
    told_s = told_since(runs, private, seat, EXERCISE.scenario.duration)
    before = [[one for one in run if one[0] < told_s] for run in seen]
    assert len(before[0]) == len(before[1])
    for (moment, one), (_, two) in zip(*before, strict=True):
        assert one == two, f"{seat} sees something at {moment} s that it was told at {told_s} s at the soonest"
    return len(before[0]), runs[0] != runs[1]


def secret_inject(session, other):
    return Trainer(session).inject("city", other, "secret", facts=({"fact": "leak/size", "value": "large"},))


def secret_order(session, other):
    to = next(one for one in ("health", "transport", "propaganda") if one != other)
    return Seat(session, other).order({"do": "ask", "to": to, "facts": ["liuwan/hurt"]}, charged_s=0, reason="secret")


def secrets(other):
    """What can be private to a seat: an act, another answer, or another text in the script."""
    injects = [inject for inject in EXERCISE.scenario.injects if inject.to == (other,) and not inject.by_hand]
    keys = [point.id for point in EXERCISE.scenario.pause_points if point.seat == other]
    ways = [
        st.just((Does(lambda session: secret_inject(session, other)), EXERCISE)),
        st.just((Does(lambda session: secret_order(session, other)), EXERCISE)),
        st.just((Does(lambda session: Seat(session, other).note("secret")), EXERCISE)),
        st.just((Does(lambda session: Watcher(session, "evaluator").note("secret", about=other)), EXERCISE)),
        st.just((Does(lambda session: Trainer(session).allow_whatif(other)), EXERCISE)),
        st.just((Does(lambda session: Trainer(session).duty_check(other)), EXERCISE)),
    ]
    for inject in injects:
        do = lambda session, ident=inject.id: Trainer(session).hold(ident)  # noqa: E731
        ways.append(st.just((Does(do, (inject.id,)), EXERCISE)))
        ways.append(st.just((Says(inject.id), with_secret(inject.id))))
    ways += [st.just((Answers(key), EXERCISE)) for key in keys]
    return st.one_of(ways)


def with_secret(ident):
    def tell(data):
        inject = next(one for one in data["injects"] if one["id"] == ident)
        inject["text"] = {"zh": "【演练】秘密", "en": "[EXERCISE] secret"}
        inject["facts"] = []

    return changed(EXERCISE, tell)


def property_over(examples):
    looks = []

    @settings(max_examples=examples, deadline=None, derandomize=True, database=None)
    @given(st.data())
    def holds(data):
        seat = data.draw(st.sampled_from(EVERYBODY))
        other = data.draw(st.sampled_from([one for one in EVERYBODY if one != seat]))
        private, exercise = data.draw(secrets(other))
        at_s = data.draw(st.integers(300, 2000))
        looks.append(examine(seat, other, private, at_s, exercise))

    holds()
    assert sum(number for number, _ in looks) >= 4 * len(looks), "the test would prove nothing if all were told at once"
    assert any(different for _, different in looks), "the test would prove nothing if nothing private happened"


def test_what_a_seat_sees_does_not_depend_on_what_it_was_never_told():
    property_over(6)


@pytest.mark.slow
def test_what_a_seat_sees_does_not_depend_on_what_it_was_never_told_in_many_pairs():
    property_over(60)


def test_a_seat_that_was_told_sees_a_difference():
    """Else the test above would compare nothing: the seat itself is the one that is told."""
    first, second = (Session(EXERCISE, seed=3, seats=("duty", "police")) for _ in range(2))
    one = watched(first, "police", Nothing(), 900)
    two = watched(second, "police", Does(lambda session: secret_inject(session, "police")), 900)
    assert one != two


def canaries():
    """An exercise in which every private text holds a word of its own, and who may read each word."""
    readers, number = {}, count()

    def word(*seats):
        made = f"canary{next(number)}x"
        readers[made] = seats
        return made

    def hide(data):
        for inject in data["injects"]:
            for language in ("zh", "en"):
                inject["text"][language] += word(*inject["to"])
                inject["expected"][language] += word()
            inject["note"] = word()
        for point in data["pause_points"]:
            for language in ("zh", "en"):
                point["question"][language] += word(point["seat"])
                for option in point["options"]:
                    option["text"][language] += word(point["seat"])

    return changed(EXERCISE, hide), readers, word


def test_no_word_of_another_seat_reaches_a_seat_by_any_way():
    exercise, readers, word = canaries()
    session = Session(exercise, seed=3, seats=EVERYBODY)
    watcher, found, looks = Watcher(session, "observer", seats=("health",)), set(), 0
    trainer, reached = Trainer(session), {"observer": set()}
    for moment in range(0, exercise.scenario.duration, 900):
        while waiting := session.advance(moment):
            for asked in waiting:
                for seat in ("health", asked.seat):
                    text = look(session, seat, thorough=False)
                    found |= {(seat, one) for one in readers if one in text}
                reason = word()
                session.decide({asked.key: next(iter(asked.options))}, charged_s=60, reason=reason)
        for seat in EVERYBODY:
            text = look(session, seat, thorough=moment in (1800, 3600))
            found |= {(seat, one) for one in readers if one in text}
            Seat(session, seat).note(word())
            looks += 1
        trainer.inject("city", "health", word("health"), reason=word())
        trainer.pause(word())
        Watcher(session, "evaluator").note(word(), about="health")
        reached["observer"] |= {one for one in readers if one in json.dumps(watcher.view("health")._asdict())}
        for seat in EVERYBODY:
            if seat != "health":
                with pytest.raises(AnswerRefused) as refused:
                    watcher.view(seat)
                reached["observer"] |= {one for one in readers if one in str(refused.value)}
    assert [] == [(seat, one) for seat, one in sorted(found) if seat not in readers[one]]
    assert [] == [one for one in reached["observer"] if "health" not in readers[one]]
    assert len({seat for seat, _ in found}) >= 4, "the words are there to be found"
    assert reached["observer"]
    assert looks == 5 * len(EVERYBODY)


def test_a_watcher_is_not_told_what_is_still_to_come():
    session = Session(EXERCISE, seed=3, seats=("duty",))
    watcher = Watcher(session, "observer", seats=("health",))
    with pytest.raises(AnswerRefused) as refused:
        watcher.note("x", about="nothing")
    assert [] == [inject.id for inject in EXERCISE.scenario.injects if inject.id in str(refused.value)]


def test_what_a_seat_is_handed_back_counts_nothing_that_happens_elsewhere():
    def handed_back(busy):
        session = Session(EXERCISE, seed=3, seats=("police", "duty"))
        session.advance(450)
        for _ in range(busy):
            Trainer(session).inject("city", "duty", "more")
            Seat(session, "duty").note("more")
            Seat(session, "duty").order({"do": "ask", "to": "city", "facts": ["incident/exists"]})
        door = Seat(session, "police")
        ask = {"do": "ask", "to": "command", "facts": ["incident/exists"]}
        return [door.order(ask), door.order(ask), door.note("n"), door.view(), refusals(session, "police")]

    assert handed_back(0) == handed_back(3)
