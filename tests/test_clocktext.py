"""Times as text: what is written is what is read, and nothing but a ValueError comes of bad text."""

import re
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.clocktext import LONGEST_S, after_start, hour_of_day, length, parse_duration, wall_time

MISTAKES = "T+ 5 min inf -5s +5s 1e3s 1_0s ５s .5h 5.s 08:53 1h,5min 5s5 T+T+5s 12345678s 0.0001h 5S"
UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86400}
parts = st.lists(st.tuples(st.integers(0, 24), st.sampled_from(sorted(UNITS))), min_size=1, max_size=4)
durations = st.integers(0, LONGEST_S)
starts = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda moment: moment.replace(microsecond=0))


def seconds(given_parts):
    return sum(number * UNITS[unit] for number, unit in given_parts)


@given(parts, st.sampled_from(["", " ", "  "]), st.sampled_from(["", " "]), st.sampled_from(["", "T+", "t+", " T+ "]))
def test_a_duration_is_the_sum_of_its_parts(given_parts, between, inside, prefix):
    text = prefix + between.join(f"{number}{inside}{unit}" for number, unit in given_parts)
    if seconds(given_parts) <= LONGEST_S:
        assert seconds(given_parts) == parse_duration(text)
    else:
        with pytest.raises(ValueError, match="two weeks"):
            parse_duration(text)


@given(durations)
def test_hours_minutes_and_seconds_read_back(total):
    assert total == parse_duration(f"{total // 3600}h{total // 60 % 60}min{total % 60}s")


@given(durations, st.sampled_from(["en", "zh"]))
def test_a_length_for_people_reads_back_to_the_minute_from_one_hour_up(total, lang):
    text = length(total, lang)
    for word, unit in (("小时", "h"), ("分", "min"), ("秒", "s")):
        text = text.replace(word, unit)
    assert (total if total < 3600 else total // 60 * 60) == parse_duration(text)


@given(durations)
def test_exercise_time_reads_back_to_the_minute(total):
    hours, minutes = after_start(total).removeprefix("T+").split(":")
    assert re.fullmatch(r"T\+\d+:\d\d", after_start(total))
    assert total // 60 == int(hours) * 60 + int(minutes)


@given(starts, durations)
def test_wall_time_is_the_start_and_the_time_since(start, at_s):
    moment = start + timedelta(seconds=at_s)
    clock, _, days = wall_time(start.isoformat(), at_s).partition(" +")
    assert moment.strftime("%H:%M") == clock
    assert moment.date() == start.date() + timedelta(days=int(days or 0))
    assert moment.hour == hour_of_day(start.isoformat(), at_s)


@given(
    st.text() | st.text("T+0123456789.sminhd -e_１", max_size=12) | st.from_regex(r"[tT]\+ ?[0-9.]{0,9}(s|min|h|d)?")
)
def test_any_text_is_a_duration_within_bounds_or_a_value_error(text):
    try:
        total = parse_duration(text)
    except ValueError as error:
        assert repr(text) in str(error)
    else:
        assert isinstance(total, int)
        assert 0 <= total <= LONGEST_S


@pytest.mark.parametrize(
    "text",
    ["", " ", "25 m", "nan s", "5\x00s", *MISTAKES.split()],
)
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ValueError, match="no duration"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [(90, "90s"), (1500, "25min"), (5400, "1h30min"), (5400, "1.5h"), (1500, "T+25min"), (0, "0"), (0, "T+0")],
)
def test_documented_forms_are_read(expected, text):
    assert expected == parse_duration(text)


@pytest.mark.parametrize(
    ("expected", "total", "lang"),
    [
        ("45 s", 45, "en"),
        ("5 min", 300, "en"),
        ("5 min 03 s", 303, "en"),
        ("1 h 05 min", 3900, "en"),
        ("1小时05分", 3900, "zh"),
    ],
)
def test_lengths_look_as_documented(expected, total, lang):
    assert expected == length(total, lang)
