"""What a panel shows: from the seat's view alone, in both languages, on a map where no names run into each other."""

import json
import re
from itertools import combinations
from pathlib import Path

import pytest

import sim.serve
from sim.play.seats import Seat, Watcher
from sim.play.session import Session
from sim.play.trainer import Trainer
from sim.record.folder import RunRecord
from sim.serve.maps import LETTER, TALL, WIDE, county_map, marks_seen, marks_true
from sim.serve.seat_model import seat_model
from sim.serve.words import WORDS
from sim.show.map_state import situation_at
from sim.show.names import Names
from sim.textwidth import width
from tests.play.made import short

STATIC = Path(sim.serve.__file__).parent / "static"
CHINESE = re.compile("[一-鿿]")


@pytest.fixture(scope="module")
def session():
    """An exercise with persons in two seats, well under way."""
    made = Session(short(), seed=3, seats=("duty", "police"))
    while made.now_s < 2400:
        if waiting := made.advance(2400):
            made.decide({asked.key: next(iter(asked.options)) for asked in waiting}, charged_s=60, reason="because")
    return made


def model_of(session, seat, lang="en", **rest):
    own = [entry for entry in session.entries if entry.seat == seat]
    return seat_model(Names(session.exercise, lang), session.view(seat), own, **rest)


@pytest.mark.parametrize("seat", ["duty", "police"])
def test_a_model_says_what_the_view_holds_and_no_more(session, seat):
    seen, model = session.view(seat), model_of(session, seat)
    assert len(seen.messages) == len(model["messages"]) > 0
    assert len(seen.sent) == len(model["sent"])
    assert len(seen.picture) == len(model["facts"]) > 0
    assert [row["number"] for row in reversed(seen.messages)] == [row["number"] for row in model["messages"]]
    own = [unit.id for unit in session.exercise.county.units if unit.department == seat]
    assert len(own) == len(model["units"])
    assert json.loads(json.dumps(model)) == model
    assert any("because" in row["reason"] for row in model["decided"])


def test_a_model_is_in_the_language_that_was_asked_for(session):
    english, chinese = (model_of(session, "duty", lang) for lang in ("en", "zh"))
    del english["words"]["language"], chinese["words"]["language"]
    assert not CHINESE.search(json.dumps(english, ensure_ascii=False))
    assert english.keys() == chinese.keys()
    assert chinese["seat"]["name"] != english["seat"]["name"]
    for one, two in zip(english["messages"], chinese["messages"], strict=True):
        assert one["lines"] == two["lines"] == [] or one["lines"] != two["lines"]


def test_what_others_do_is_not_in_a_model():
    models = []
    for busy in (False, True):
        made = Session(short(), seed=3, seats=("duty", "police"))
        made.advance(450)
        if busy:
            Seat(made, "duty").note("secret")
            Watcher(made, "evaluator").note("secret", about="police")
            Trainer(made).inject("city", "duty", "secret")
        models.append(json.dumps(model_of(made, "police")))
    assert models[0] == models[1]


def test_a_question_is_open_until_it_is_answered_or_put_off():
    made = Session(short(), seed=3, seats=("duty", "police"))
    (asked,) = made.advance()
    assert ["open"] == [one["state"] for one in model_of(made, "duty")["questions"]]
    assert "decide" == model_of(made, "duty")["phase"]["id"]
    Seat(made, "duty").wait(asked.key, 60)
    made.advance(made.now_s + 30)
    assert ["put_off"] == [one["state"] for one in model_of(made, "duty")["questions"]]
    made.advance()
    assert ["open"] == [one["state"] for one in model_of(made, "duty")["questions"]]
    taken = next(iter(asked.options))
    Seat(made, "duty").answer(asked.key, taken)
    (shown,) = model_of(made, "duty")["questions"]
    assert ("answered", True) == (shown["state"], asked.options[taken].en in shown["told"])
    assert [] == model_of(made, "duty", over=True)["questions"]
    assert [] == model_of(made, "police")["questions"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_names_on_a_map_run_into_nothing_and_stay_on_it(session, lang):
    names = Names(session.exercise, lang)
    record = RunRecord(session.exercise, {}, session.events, [])
    true = marks_true(situation_at(record, session.now_s))
    for marks in ({}, marks_seen(session.view("duty"), names), true):
        drawn = county_map(names, marks)
        boxes = []
        for place in drawn["places"]:
            if label := place["label"]:
                long = width(place["name"]) * LETTER * 0.53
                boxes.append((label["x"], label["y"] - LETTER, label["x"] + long, label["y"] + 4))
        assert len(boxes) >= 8
        assert [] == [box for box in boxes if min(box[:2]) < 0 or box[2] > WIDE or box[3] > TALL]
        assert [] == [
            (a, b) for a, b in combinations(boxes, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        ]
    assert {mark.kind for found in true.values() for mark in found} >= {"unit"}


def test_every_word_that_the_panel_asks_for_is_in_the_table_and_every_word_is_asked_for():
    program = "".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.js")))
    source = "".join(path.read_text(encoding="utf-8") for path in Path(sim.serve.__file__).parent.glob("*.py"))
    asked = set(re.findall(r"words\.(\w+)", program)) | set(re.findall(r'name: "(\w+)"', program))
    assert [] == sorted(asked - set(WORDS))
    made = ("mark_", "act_", "do_", "field_", "phase_", "unit_", "head_", "rule_", "result_", "group_")
    left = [key for key in WORDS if key not in asked and not key.startswith(made) and f'"{key}"' not in program]
    assert [] == [key for key in left if not re.search(rf'(?<!    )"{key}"', source)]


def test_both_languages_have_the_same_braces():
    for key, (zh, en) in WORDS.items():
        assert zh and en
        assert sorted(re.findall(r"{\w+}", zh)) == sorted(re.findall(r"{\w+}", en)), key


def test_the_panel_makes_no_markup_of_data_and_asks_nobody_else():
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8")
        assert [] == re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", text), (
            path.name
        )
        found = [one for one in re.findall(r"https?://[^\"' )]*", text) if one != "http://www.w3.org/2000/svg"]
        assert [] == found, path.name
        assert [] == re.findall(r"@import|url\(", text), path.name
