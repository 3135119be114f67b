"""What the terminal shows: only what is in the view, aligned, within the terminal; pure functions throughout."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.cli.terminal import layout, messages, screen, textmap
from sim.cli.terminal.helptext import GROUP, HANDS_ON, LECTURE, OBSERVE, ROWS, help_lines
from sim.cli.terminal.refusals import RULES, refusal
from sim.cli.terminal.words import WORDS, say
from sim.errors import AnswerRefused, Refusal
from sim.play.questions import Asked
from sim.play.session import Session
from sim.record.view import View
from sim.show.names import Names
from sim.spec.load import load

WIDTHS = (40, 60, 80, 100, 120)


@pytest.fixture(scope="module")
def exercise():
    return load("chlorine-leak")


@pytest.fixture(scope="module")
def later(exercise):
    """Views of three seats after an hour and a half under the plan."""
    session = Session(exercise, seed=1)
    session.advance(until_s=5400)
    return {seat: session.view(seat) for seat in ("command", "police", "health")}


@pytest.fixture(scope="module")
def asked(exercise):
    point = next(one for one in exercise.scenario.pause_points if one.id == "villages")
    options = {option.id: option.text for option in point.options}
    return Asked(point.id, point.seat, point.question, options, 5300, point.limit)


def whole(view, names, columns, asked=None):
    paper = screen.Paper(columns)
    return screen.stop(view, None, asked, names, paper)


def texts(lines):
    return "\n".join(lines)


# --- layout ----------------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(st.text(), st.integers(4, 100))
def test_cut_and_pad_keep_to_their_columns(text, columns):
    text = layout.clean(text)
    assert layout.width(layout.cut(text, columns)) <= columns
    assert columns == layout.width(layout.pad(text, columns))


@settings(max_examples=40)
@given(st.text(), st.integers(20, 100))
def test_wrapped_lines_fit_and_lose_no_word(text, columns):
    lines = layout.wrap(text, columns, "  ")
    assert all(layout.width(line) <= columns for line in lines)
    assert "".join(layout.clean(text).split()) == "".join("".join(lines).split())


def test_a_table_with_chinese_is_aligned():
    rows = [["事项", "is", "来源"], ["园区寄宿学校：有毒气", "yes", "群众"], ["smell", "否", "企业"]]
    lines = layout.table(rows, 80)
    for column, cells in ((2, 0), (2 + 20 + 2, 1), (2 + 20 + 2 + 3 + 2, 2)):
        for line, row in zip(lines, rows, strict=True):
            before, rest = "", line
            while layout.width(before) < column:
                before, rest = before + rest[0], rest[1:]
            assert rest.startswith(row[cells])


def test_control_characters_never_reach_the_terminal():
    assert "ab [31mc" == layout.clean("a\x00b\t\x1b[31m\u202ec")


# --- what a screen shows ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_line_fits_the_terminal(later, exercise, asked, columns, lang):
    names = Names(exercise, lang)
    for view in later.values():
        for lines in (
            whole(view, names, columns, asked),
            screen.known(view, None, names, columns, everything=True),
            screen.forces(view, names, columns),
            messages.all_messages(view, names, columns),
            messages.message_in_full(view, 3, sent=False, names=names, columns=columns),
        ):
            assert [] == [line for line in lines if layout.width(line) > columns]


def test_in_chinese_no_english_word_is_left(later, exercise, asked):
    names = Names(exercise, "zh")
    for view in later.values():
        shown = texts(whole(view, names, 100, asked)) + texts(screen.forces(view, names, 100))
        left = {word for word in re.findall(r"[A-Za-z_]{3,}", shown) if word != "map"}
        assert set() == left


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_fact_taken_out_of_the_view_is_gone_from_the_screen(later, exercise, lang):
    names = Names(exercise, lang)
    view = later["command"]._replace(messages=[], sent=[], questions=[])
    full = texts(screen.known(view, None, names, 120, everything=True))
    for row in view.picture:
        name = names.fact(row["fact"])
        assert name in full
        without = view._replace(picture=[one for one in view.picture if one["fact"] != row["fact"]])
        shown = texts(screen.known(without, None, names, 120, everything=True))
        assert not re.search(rf"^ *{re.escape(name)}  ", shown, re.MULTILINE)
        if row["fact"].endswith(("/danger", "/ordered", "/hurt")):
            place = row["fact"].partition("/")[0]
            marks = textmap.marks_of(without, exercise).get(place, "")
            assert marks != textmap.marks_of(view, exercise).get(place, "") or row["value"] in (False, 0)


def test_an_empty_view_shows_nothing_of_the_exercise(exercise, asked):
    names = Names(exercise, "en")
    empty = View("command", 600, [], [], [], [], [], [], [])
    shown = texts(whole(empty, names, 100, asked))
    for word in ("chlorine =", "gas there", "southeast =", "poisoned", "enterprise says"):
        assert word not in shown
    assert {} == textmap.marks_of(empty, exercise)


def test_contradictions_are_shown_with_who_says_so(exercise):
    held = {"value": True, "as_of_s": 60, "source": "public", "since_s": 100, "verified": False}
    other = {**held, "value": False, "source": "enterprise"}
    row = {"fact": "liuwan/danger", **held, "conflicts": [other]}
    view = View("duty", 660, [row], [], [], [], [], [], [])
    shown = texts(screen.known(view, None, Names(exercise, "en"), 80))
    assert "? but the enterprise says: no (10 min old)" in shown
    assert "!?" == textmap.marks_of(view, exercise)["liuwan"]


def test_only_what_came_since_the_last_stop_is_new_and_repeats_are_folded(later, exercise):
    names, view = Names(exercise, "en"), later["command"]
    seen = len(view.messages) - 4
    shown = messages.news(view, seen, names, 100)
    assert f"({4})" in shown[0]
    numbers = {int(found[1]) for line in shown if (found := re.match(r" +(\d+)  \d\d:\d\d", line))}
    assert numbers <= {one["number"] for one in view.messages[seen:]}
    assert "nothing since the last stop" in texts(messages.news(view, len(view.messages), names, 100))


def test_lost_messages_are_told_apart(exercise, later):
    names = Names(exercise, "en")
    first, *rest = later["command"].sent
    view = later["command"]._replace(sent=[{**first, "status": "lost"}, *rest])
    assert any("LOST" in line and names.thing(first["to"]) in line for line in messages.outbox(view, None, names, 100))
    assert [] == messages.outbox(view, view, names, 100)


def test_time_left_counts_what_was_waited(exercise, asked):
    names = Names(exercise, "en")
    assert "answer within 10 min" == screen.time_left(asked, 5300, names)
    assert "answer within 7 min (of 10 min)" == screen.time_left(asked, 5480, names)


def test_a_low_terminal_leaves_the_map_to_its_command(later, exercise, asked):
    names, view = Names(exercise, "en"), later["command"]
    low = texts(screen.stop(view, view, asked, names, screen.Paper(80, 24)))
    assert "the map has not changed" in low
    assert "+---" not in low
    assert "+---" in texts(screen.stop(view, view, asked, names, screen.Paper(80, 200)))


# --- the map ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_map_has_every_place_that_matters_within_its_frame(later, exercise, columns, lang):
    names = Names(exercise, lang)
    lines = textmap.text_map(later["police"], names, columns)
    frame = [number for number, line in enumerate(lines) if line.startswith("+--")]
    inside = lines[frame[0] + 1 : frame[1]]
    assert textmap.ROWS == len(inside)
    assert {columns} == {layout.width(line) for line in lines[frame[0] : frame[1] + 1]}
    marks = textmap.marks_of(later["police"], exercise)
    shown = textmap.worth_drawing(exercise.county.places, marks)
    assert set(marks) <= {place.id for place in shown}
    assert "filling-hall" in {place.id for place in shown}
    for letter, place in zip(textmap.LABELS, shown, strict=False):
        assert re.search(rf"(?<![A-Za-z]){letter}(?![A-Za-z])", texts(inside)), letter
        assert names.thing(place.id) in texts(lines)


places = st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=2, max_size=52)


@settings(max_examples=40)
@given(places, st.integers(30, 110))
def test_places_keep_apart_and_in_the_frame_wherever_they_are(coordinates, columns):
    from sim.spec.county import Place

    some = [
        Place(id=f"p{number}", name={"zh": "甲", "en": "a"}, kind="village", x_km=x, y_km=y)
        for number, (x, y) in enumerate(coordinates)
    ]
    where = textmap.spots(some, columns, textmap.ROWS)
    assert {one.id for one in some} == set(where)
    assert len(some) == len(set(where.values()))
    assert all(0 <= spot.line < textmap.ROWS and 0 <= spot.column < columns for spot in where.values())


def test_east_is_right_and_north_is_up(exercise):
    named = ("county-town", "filling-hall", "xiahe", "dongpo", "liuwan", "shiqiao")
    where = textmap.spots([place for place in exercise.county.places if place.id in named], 76, textmap.ROWS)
    assert where["county-town"].column < where["filling-hall"].column < where["xiahe"].column
    assert where["dongpo"].line < where["filling-hall"].line < where["xiahe"].line


def test_the_map_does_not_know_where_the_leak_is(exercise):
    empty = View("command", 600, [], [], [], [], [], [], [])
    assert not re.search(r"[A-Z][!*^>#+]", texts(textmap.text_map(empty, Names(exercise, "en"), 80)))


# --- words -----------------------------------------------------------------------------------------------------------


def test_every_word_is_there_in_both_languages():
    for key, (zh, en) in WORDS.items():
        assert zh, key
        assert en, key
        assert sorted(re.findall(r"{\w+}", zh)) == sorted(re.findall(r"{\w+}", en)), key
        assert not re.search(r"[\u4e00-\u9fff]", en.replace("真实情况", "").replace("REAL", "")), key
    assert say("limit", "zh", left="5分") == "答复时限 5分"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("rows", [HANDS_ON, GROUP, OBSERVE, LECTURE])
def test_the_help_names_every_command_of_its_mode(rows, lang):
    shown = help_lines(rows, lang, 80, trainer=True)
    assert all(ROWS[name][0 if lang == "zh" else 2] in texts(shown) for name in rows)
    assert all(layout.width(line) <= 80 for line in shown)
    assert ROWS["trainer"][1] not in texts(help_lines(rows, "zh", 80, trainer=False))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_refusal_is_told_in_words(exercise, lang):
    assert set(RULES) == set(Refusal)
    for reason in Refusal:
        told = refusal(AnswerRefused(reason, "at", "moon", "liuwan, incident/sign"), Names(exercise, lang))
        assert "moon" in told
        assert ("柳湾村" if lang == "zh" else "Liuwan") in told
