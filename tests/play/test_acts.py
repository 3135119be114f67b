"""Orders and controls given in one second: once each, in an order that no click decides, and always replayable."""

import random
from contextlib import suppress

import pytest

from sim.errors import AnswerRefused, BadInput, RecordBroken, Refusal
from sim.play.runs import replay
from sim.play.seats import Seat
from sim.play.session import Session
from sim.play.trainer import Trainer
from sim.record.journal import Journal, effective
from tests.play.made import in_memory, play_on, short

EXERCISE = short(45)
SEATS = ("police", "health", "duty")


def begun(folder=None, at_s=450, seats=SEATS):
    session = Session(EXERCISE, seed=3, seats=seats, folder=folder)
    session.advance(at_s)
    return session


def ask(session, seat, fact, charged_s=0):
    order = {"do": "ask", "to": "command", "facts": [fact]}
    return Seat(session, seat).order(order, charged_s=charged_s)


def test_who_clicks_first_decides_nothing():
    given = [("police", "incident/exists"), ("health", "leak/size"), ("duty", "leak/substance")]
    records = []
    for shuffle in range(3):
        session = begun()
        for seat, fact in random.Random(shuffle).sample(given, len(given)):
            ask(session, seat, fact)
        records.append(play_on(session).digest)
    assert [records[0]] * 3 == records


def test_a_seats_own_orders_take_effect_in_the_order_in_which_it_gave_them():
    """Also from the tenth on, and when an earlier one with time to think meets a later one without."""
    session = begun(at_s=440, seats=("police",))
    first = ask(session, "police", "incident/exists", charged_s=561)
    session.advance(1000)
    later = [ask(session, "police", "leak/size") for _ in range(12)]
    record = play_on(session)
    done = [event.subject for event in record.events if event.kind == "order.given" and event.at_s == 1001]
    assert [first.key, *(receipt.key for receipt in later)] == done


@pytest.mark.parametrize("clicks", [("release", "release"), ("send", "release"), ("release", "send"), ("send", "send")])
def test_a_second_click_on_an_inject_in_the_same_second_does_nothing(tmp_path, clicks):
    session = begun(tmp_path / "run", seats=("police",))
    Trainer(session).hold("i03-enterprise")
    session.advance(1000)
    first, second = (getattr(Trainer(session), click) for click in clicks)
    first("i03-enterprise")
    with suppress(AnswerRefused):  # who clicks on what he let go already is told so; sending twice is one sending
        second("i03-enterprise")
    record = play_on(session)
    sent = [event for event in record.events if event.kind == "inject.sent" and event.subject == "i03-enterprise"]
    assert [1001] == [event.at_s for event in sent]
    assert replay(tmp_path / "run")[1] is None


def test_an_inject_that_is_left_out_twice_or_after_it_was_sent_is_settled_once(tmp_path):
    session = begun(tmp_path / "run")
    trainer = Trainer(session)
    for do in (trainer.send, trainer.skip, trainer.hold):
        do("i03-enterprise")
    record = play_on(session)
    about = [event.kind for event in record.events if event.subject == "i03-enterprise"]
    assert ["inject.sent"] == about
    assert replay(tmp_path / "run")[1] is None


def test_a_time_that_is_no_whole_second_is_refused_before_anything_is_written():
    session = begun()
    for until_s in (600.5, 600.0, "600", float("nan"), True):
        with pytest.raises(BadInput):
            session.advance(until_s)
    with pytest.raises(AnswerRefused):
        Trainer(session).run_to(600.5)
    Trainer(session).run_to(600.0)
    assert int is type(session.now_s)
    assert session.now_s <= 600
    Trainer(session).cut("radio")
    assert "channel.cut" in [event.kind for event in play_on(session).events]


@pytest.mark.parametrize("reason", ["half \ud800", "x" * 2001, None, 5])
def test_a_reason_that_could_not_be_printed_is_refused(reason):
    session = begun()
    session.advance()
    for attempt in (
        lambda: Seat(session, "duty").answer("first-call", "log-only", reason=reason),
        lambda: Seat(session, "duty").wait("first-call", 60, reason=reason),
        lambda: Trainer(session).pause(reason),
        lambda: Seat(session, "police").order({"do": "ask", "to": "command", "facts": ["leak/size"]}, reason=reason),
    ):
        with pytest.raises(AnswerRefused) as refused:
            attempt()
        assert Refusal.MALFORMED == refused.value.reason
    assert () == session.journal


def test_an_option_whose_id_is_undo_is_taken_back_like_any_other():
    journal = Journal()
    rest = {"seat": "s", "at_s": 1, "charged_s": 0, "reason": "", "view": ""}
    journal.append(kind="answer", key="first", choice="stay", arguments={}, **rest)
    journal.append(kind="answer", key="second", choice="undo", arguments={}, **rest)
    journal.append(kind="control", key="back", choice="undo", arguments={"do": "undo", "line": 0}, **rest)
    assert ["back"] == [entry.key for entry in effective(journal.entries)]


WRONG = [
    ("control", "hold", {"do": "hold", "inject": "nothing"}),
    ("control", "cut", {"do": "cut", "channel": "pigeon"}),
    ("control", "set", {"do": "set", "name": "nothing", "value": 1.0}),
    ("control", "hold", {}),
    ("inject", "inject", {"from": "nobody"}),
    ("order", "send", {"order": {"do": "send", "task": "cordon", "at": "moon", "units": ["patrol"]}, "seen": 0}),
    ("order", "tell", {"order": {"do": "dance"}, "seen": 0}),
]


@pytest.mark.parametrize(("kind", "choice", "arguments"), WRONG)
def test_a_journal_that_names_what_does_not_exist_is_refused_before_anything_runs(kind, choice, arguments):
    journal = Journal()
    rest = {"at_s": 5, "charged_s": 0, "reason": "", "view": ""}
    journal.append(kind=kind, key="police/x/5", seat="police", choice=choice, arguments=arguments, **rest)
    with pytest.raises(RecordBroken, match="line 1"):
        in_memory(begun(), journal.entries)


def test_a_place_where_nobody_lives_is_never_protected():
    """What happens there would have no cause."""
    session = Session(EXERCISE, seed=3, seats=("command",))
    session.advance(450)
    empty = next(place.id for place in EXERCISE.county.places if not place.people)
    Seat(session, "command").order({"do": "protect", "place": empty, "by": "evacuate"}, charged_s=0)
    record = play_on(session)
    assert "protect.heard" in [event.kind for event in record.events if event.subject == empty]
    assert all(event.cause is not None for event in record.events[1:])
