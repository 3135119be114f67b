"""What is typed at the prompt: every line becomes a command, and orders go through one line and back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.cli.terminal.orders import (
    FIELD_WORDS,
    FIELDS,
    KIND_WORDS,
    claim,
    from_one_line,
    in_one_line,
    next_field,
    usage,
)
from sim.cli.terminal.prompt import (
    COMMANDS,
    WORDS_OF,
    Answer,
    Messages,
    Note,
    Nothing,
    Wait,
    Words,
    Wrong,
    is_real_event,
    parse,
    parse_moment,
)
from sim.errors import AnswerRefused
from sim.play.free_orders import kinds_for
from sim.play.seats import Seat, seat_ids
from sim.play.session import Session
from sim.show.names import Names
from sim.spec.load import load
from sim.spec.orders import ORDER

LINES = [
    ("2", Answer(2, "")),
    ("2 because the wind turns", Answer(2, "because the wind turns")),
    ("2因为风向将转", Answer(2, "因为风向将转")),
    ("２，因为风向将转", Answer(2, "因为风向将转")),
    ("2. why not", Answer(2, "why not")),
    ("0", Answer(0, "")),
    ("", Nothing()),
    ("   ", Nothing()),
    ("w 5", Wait(300)),
    ("wait 5min", Wait(300)),
    ("w 90s", Wait(90)),
    ("w 1h30min", Wait(5400)),
    ("等 5", Wait(300)),
    ("等5分钟", Wait(300)),
    ("等２小时", Wait(7200)),
    ("w", Wait(0)),
    ("w soon", Wait(0)),
    ("w -5", Wait(0)),
    ("w 99999999", Wait(0)),
    ("m", Messages(None, sent=False)),
    ("m 7", Messages(7, sent=False)),
    ("m s3", Messages(3, sent=True)),
    ("消息 7", Messages(7, sent=False)),
    ("m x", Wrong("m x")),
    ("n nobody answers", Note("nobody answers", "", "")),
    ("记 没人接", Note("没人接", "", "")),
    ("n @duty-loop P well done", Note("well done", "duty-loop", "P")),
    ("n @duty-loop well done", Note("well done", "duty-loop", "")),
    ("n P is a letter", Note("P is a letter", "", "")),
    ("o", Words("order", ())),
    ("o ask weather wind/forecast", Words("order", ("ask", "weather", "wind/forecast"))),
    ("撤销", Words("undo", ())),
    ("LANG", Words("lang", ())),
    ("v health", Words("look", ("health",))),
    ("看卫健", Words("look", ("卫健",))),
    ("?", Words("help", ())),
    ("2min", Wrong("2min")),
    ("-1", Wrong("-1")),
    ("1.5", Wrong("1.5")),
    ("dance", Wrong("dance")),
    ("real event", Wrong("real event")),
]


@pytest.mark.parametrize(("line", "command"), LINES)
def test_a_line_is_the_command_that_it_looks_like(line, command):
    assert command == parse(line)


@settings(max_examples=40)
@given(st.text())
def test_any_text_is_some_command(line):
    assert parse(line) is not None
    is_real_event(line)


@settings(max_examples=40)
@given(st.integers(0, 9999), st.text(alphabet="abc 因为", max_size=12))
def test_numbers_and_reasons_go_through(number, reason):
    assert Answer(number, reason.strip()) == parse(f"{number} {reason}")


def test_no_word_stands_for_two_commands():
    assert len(COMMANDS) == sum(map(len, WORDS_OF.values()))
    assert all(any("一" <= one <= "鿿" for word in words for one in word) for words in WORDS_OF.values())


@pytest.mark.parametrize(
    "line", ["REAL EVENT", "real event!", "  Real  Event ", "真实情况", "真实情况！", "ＲＥＡＬ ＥＶＥＮＴ"]
)
def test_the_phrase_for_a_real_event_is_understood(line):
    assert is_real_event(line)


@pytest.mark.parametrize("line", ["a real event", "n REAL EVENT", "不是真实情况", "real", "realevents", ""])
def test_nothing_else_stops_the_exercise(line):
    assert not is_real_event(line)


# --- orders ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def session():
    session = Session(load("chlorine-leak"), seed=1, seats=seat_ids(load("chlorine-leak")))
    for _ in range(6):
        session.decide({one.key: next(iter(one.options)) for one in session.advance()}, charged_s=60)
    session.advance()
    return session


ORDERS = [
    {"do": "send", "task": "cordon", "at": "river-bridge", "units": ["patrol"], "count": 2},
    {"do": "tell", "to": ["command", "police"], "facts": ["incident/sign", "incident/exists"]},
    {"do": "ask", "to": "weather", "facts": ["wind/forecast"]},
    {"do": "report", "rule": "tell-neighbor", "facts": ["incident/exists"]},
    {"do": "withhold", "rule": "county-city-phone"},
    {"do": "grade", "grade": 3},
    {
        "do": "activate",
        "level": 2,
        "matter": "incident/exists",
        "lasts_h": 24,
        "measures": ["cordon"],
        "tell": ["police", "health"],
    },
    {"do": "set_up_post", "at": "west-assembly"},
    {"do": "protect", "place": "liuwan", "by": "shelter"},
    {"do": "publish", "release": "first_notice", "tone": "inform", "says": ["incident/exists"]},
    {"do": "conference", "spokesperson": "leader"},
    {"do": "follow", "task": "cordon"},
    {"do": "direct", "to": "police", "task": "cordon"},
    {"do": "consult", "to": ["police", "health"], "channel": "video"},
    {"do": "send_liaison", "to": "command"},
    {"do": "request_aid", "helper": "garrison-1", "content": ["kind", "time"]},
    {"do": "register_helpers"},
    {"do": "alert_key_units"},
    {"do": "mobilize", "kinds": ["volunteers"]},
    {"do": "open_beds", "at": "county-hospital", "steps": 2},
    {"do": "check_advice", "question": "villages"},
    {"do": "assess_impact", "places": ["liuwan", "shiqiao"]},
    {"do": "return_home", "place": "liuwan"},
    {"do": "end_response"},
    {"do": "aftermath", "work": "families"},
    {"do": "call_expert", "field": "hazmat", "facts": ["incident/exists", "leak/size"]},
    {"do": "supply", "item": "lime", "amount": 500, "at": "filling-hall", "source": "any"},
]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order["do"])
def test_an_order_goes_through_one_line_and_back(order, session):
    names = Names(session.exercise, "en")
    assert order == from_one_line(in_one_line(order).split(), names)


def test_a_report_that_states_something_else_goes_through_one_line_and_back(session):
    claims = [{"fact": "leak/size", "value": "small"}, {"fact": "liuwan/hurt", "value": 0}]
    order = {"do": "report", "rule": "county-city-phone", "facts": ["incident/exists"], "states": claims}
    assert order == from_one_line(in_one_line(order).split(), Names(session.exercise, "en"))


def test_buses_can_be_sent_behind_an_escort_and_only_they_are_asked_about_it(session):
    names, view = Names(session.exercise, "en"), session.view("transport")
    buses = from_one_line(["send", "evacuate", "liuwan", "bus", "2", "true"], names)
    assert ORDER.validate_python(buses).escort is True
    sent = {"do": "send", "task": "evacuate", "at": "liuwan", "units": ["bus"], "count": "2"}
    assert next_field(sent, "transport", view, names).name == "escort"
    assert next_field({**sent, "task": "cordon"}, "police", view, names) is None


def test_there_is_an_example_and_words_for_every_kind():
    assert list(FIELDS) == list(KIND_WORDS) == [order["do"] for order in ORDERS]
    assert {name for names in FIELDS.values() for name in names} < set(FIELD_WORDS)


def test_orders_can_be_typed_with_chinese_names(session):
    names = Names(session.exercise, "zh")
    typed = ["派力量", "警戒", "澜河大桥", "巡逻组", "2"]
    assert ORDERS[0] == from_one_line(typed, names)
    assert ORDERS[2] == from_one_line(["询问情况", "气象局", "预报风向"], names)


def test_names_of_the_other_language_are_taken_too(session):
    typed = ["send", "cordon", "澜河大桥", "巡逻组", "2"]
    assert ORDERS[0] == from_one_line(typed, Names(session.exercise, "en"))
    assert ORDERS[0] == from_one_line(
        ["派力量", "cordon", "LanRiverbridge", "patrols", "2"], Names(session.exercise, "zh")
    )


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("T+35min", 2100),
        ("t+0:35", 2100),
        ("T+1:05", 3900),
        ("35", 2100),
        ("35分钟", 2100),
        ("soon", None),
        ("0", None),
    ],
)
def test_times_of_the_exercise_are_read(typed, seconds):
    assert seconds == parse_moment(typed)


def test_fields_may_be_left_out_where_there_is_a_default(session):
    names = Names(session.exercise, "en")
    given = from_one_line(["publish", "first_notice", "incident/exists"], names)
    assert {"do": "publish", "release": "first_notice", "says": ["incident/exists"]} == given
    assert "count" not in from_one_line(["send", "cordon", "liuwan", "patrol"], names)


@pytest.mark.parametrize(
    "line", ["dance", "send", "send cordon", "tell command", "grade", "follow cordon now", "protect liuwan"]
)
def test_an_order_that_lacks_something_is_refused_with_how_it_is_typed(line, session):
    with pytest.raises(AnswerRefused) as refused:
        from_one_line(line.split(), Names(session.exercise, "en"))
    kind = line.split()[0]
    assert kind not in FIELDS or usage(kind) == refused.value.allowed


@settings(max_examples=40)
@given(words=st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=6))
def test_any_words_are_an_order_or_refused(session, words):
    names = Names(session.exercise, "en")
    for kind in ("", "send", "activate"):
        try:
            assert from_one_line([kind, *words] if kind else words, names)["do"] in FIELDS
        except AnswerRefused as refused:
            assert refused.allowed


@pytest.mark.parametrize("seat", ["duty", "command", "police", "emergency", "health", "transport", "propaganda"])
def test_the_dialog_offers_only_what_stands(seat, session):
    """The first choice of every field makes an order of the seat's role that its door takes or refuses by its rules."""
    names, view = Names(session.exercise, "zh"), session.view(seat)
    taken = []
    for kind in kinds_for(session.exercise, seat):
        order = {"do": kind}
        while field := next_field(order, seat, view, names):
            if not field.choices:
                break
            ident = field.choices[0][0]
            if field.name == "states":
                order["states"] = [claim(ident)]
                continue
            order[field.name] = [ident] if field.many else int(ident) if ident.isdigit() else ident
        else:
            try:
                Seat(session, seat).order(order, charged_s=30)
                taken.append(kind)
            except AnswerRefused as refused:
                assert refused.reason.value in ("already_done", "nothing_held"), (order, refused)
    assert {"ask", "tell"} <= set(taken)
