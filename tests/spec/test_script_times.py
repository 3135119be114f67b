"""Times as trainers write them: one rule for each spelling, midnight, what is ambiguous, and garbage."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.clocktext import LONGEST_S, parse_duration
from sim.spec.script.cells import Unreadable
from sim.spec.script.problems import Misread
from sim.spec.script.times import Start, read_moment, read_span, write_moment, write_span

START = Start(datetime(2026, 5, 12, 23, 40), 6 * 3600)
MIN, HOUR = 60, 3600


@given(st.integers(0, LONGEST_S))
def test_what_is_written_is_read_back_by_scripts_and_by_scenario_files(seconds):
    assert seconds == read_moment(write_moment(seconds), None, START).seconds == parse_duration(write_moment(seconds))
    assert seconds == read_span(write_span(seconds), None) == parse_duration(write_span(seconds))


@given(st.integers(0, 86399))
def test_a_time_of_day_is_the_first_such_moment_not_before_the_start(second):
    moment = read_moment(time(second // 3600, second // 60 % 60, second % 60), None, START)
    assert 0 <= moment.seconds < 86400
    assert (START.at + timedelta(seconds=moment.seconds)).time() == time(second // 3600, second // 60 % 60, second % 60)
    assert moment == read_moment(f"{second // 3600}：{second // 60 % 60:02d}:{second % 60:02d}", MIN, START)


@pytest.mark.parametrize(
    ("value", "unit", "seconds"),
    [
        *[
            (text, None, 15 * MIN)
            for text in ("T+15", "T＋15", " t + 15 ", "Ｔ＋１５", "T+15min", "15分钟", "T+15分", "0.25h")
        ],
        *[(text, None, 90 * MIN) for text in ("T+1h30min", "T+1:30", "1小时30分", "H+1.5", "T+1小时30分钟", "90 min")],
        *[("H+1", None, HOUR), ("D+1", None, 86400), ("90s", None, 90), ("90秒", None, 90), ("T+0:25:30", None, 1530)],
        *[("15", MIN, 15 * MIN), (15, MIN, 15 * MIN), (1.5, MIN, 90), (90, 1, 90), ("0", None, 0), (2, HOUR, 2 * HOUR)],
        *[(text, None, 15 * MIN) for text in ("23:55", "23：55", "23时55分", "23点55", "23:55:00")],
        *[
            (text, None, 25 * MIN)
            for text in ("00:05", "0:05", "00:05 +1", "0时5分", "２４".replace("２４", "0") + "：05")
        ],
        *[(text, None, 15 * MIN) for text in ("2026-05-12 23:55", "2026/5/12 23:55", "2026年5月12日23时55分")],
        *[(text, None, 25 * MIN) for text in ("5月13日 0:05", "2026-05-13T00:05", datetime(2026, 5, 13, 0, 5))],
        *[(time(23, 55), MIN, 15 * MIN), (timedelta(minutes=15), None, 15 * MIN), (0.996527777778, None, 15 * MIN)],
        *[("8时", None, 8 * HOUR + 20 * MIN), ("23:40", None, 0), ("23:39", None, 86400 - MIN)],
    ],
)
def test_every_spelling_of_a_time(value, unit, seconds):
    assert seconds == read_moment(value, unit, START).seconds


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("15", "no unit"),
        (15, "no unit"),
        (1.5, "no unit"),
        ("T-5", "before the start"),
        ("2026-05-12 23:00", "before the start"),
        (timedelta(seconds=-5), "before the start"),
        ("25:00", "no time of day"),
        ("12:60", "no time of day"),
        ("2026-02-30 12:00", "no day of the calendar"),
        ("T+20d", "two weeks"),
        ("D+1 08:30", "no time"),
        ("soon", "no time"),
        (True, "no time"),
        (float("nan"), "no time"),
        (float("inf"), "no time"),
        (Unreadable("=A1"), "=A1"),
        (None, "no time"),
    ],
)
def test_what_is_no_time_is_told(value, told):
    with pytest.raises(ValueError, match=told):
        read_moment(value, 60 if isinstance(value, float) and value != 1.5 else None, START)


def test_a_time_of_day_needs_a_date_in_exercises_longer_than_a_day():
    with pytest.raises(ValueError, match="more than once"):
        read_moment("12:00", None, START._replace(lasts_s=90000))
    assert 86400 + 20 * MIN == read_moment("2026-05-14 00:00", None, START._replace(lasts_s=90000)).seconds


def test_an_exercise_may_cross_the_turn_of_the_year():
    start = Start(datetime(2026, 12, 31, 23, 0), 6 * HOUR)
    assert 2 * HOUR == read_moment("1月1日 1:00", None, start).seconds


def test_a_length_of_time_is_no_time_of_day():
    assert 600 == read_span(10, MIN) == read_span("10分钟", None) == read_span(timedelta(minutes=10), None)
    for bad in (time(0, 10), "0:10", "10", True, None, timedelta(days=20)):
        with pytest.raises(ValueError, match=r"\S"):
            read_span(bad, None)


signs = st.text(st.sampled_from("T+HD0123456789.:：-/年月日时点分秒小minsh ＋") | st.characters(), max_size=14)


@given(
    signs | st.floats() | st.integers() | st.datetimes() | st.times() | st.timedeltas(),
    st.sampled_from([None, 1, 60, 3600]),
)
def test_garbage_is_refused_or_within_bounds(value, unit):
    for reader in (lambda: read_moment(value, unit, START).seconds, lambda: read_span(value, unit)):
        try:
            assert 0 <= reader() <= LONGEST_S
        except Misread as error:
            assert str(error)
