"""Events: one line each, the same bytes for the same events, and no line that is something else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.canon import digest
from sim.errors import RecordBroken
from sim.record.events import KINDS, Event, events_digest, from_lines, to_lines

texts = st.text(max_size=8)
values = st.recursive(
    st.integers() | texts | st.booleans(), lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=5
)
data = st.dictionaries(texts, values, max_size=3)
events = st.builds(
    Event,
    seq=st.integers(0),
    at_s=st.integers(0),
    kind=st.sampled_from(sorted(KINDS)),
    actor=texts,
    subject=texts,
    cause=st.none() | st.integers(0),
    also=st.lists(st.integers(0), max_size=3).map(tuple),
    data=data,
)
records = st.lists(events, max_size=5)
EVENT = Event(0, 60, "run.started", "", "", None, (1, 2), {"b": 1, "a": "安澜\u2028"})


@given(records)
def test_lines_read_back_as_the_events(record):
    assert record == from_lines(to_lines(record), "events.jsonl")


@given(records)
def test_there_is_one_line_of_plain_ascii_for_each_event(record):
    text = to_lines(record)
    assert text.isascii()
    assert [event.line() for event in record] == text.splitlines()
    assert record == [] or text.endswith("\n")


@given(records)
def test_the_digest_is_that_of_the_text(record):
    assert digest(to_lines(record)) == events_digest(record) == events_digest(iter(record))


@given(records, st.data())
def test_a_changed_event_changes_the_digest(record, draw):
    changed = [*record, draw.draw(events)]
    assert events_digest(record) != events_digest(changed)
    field = draw.draw(st.sampled_from(["seq", "at_s"]))
    other = changed[-1]._replace(**{field: getattr(changed[-1], field) + 1})
    assert events_digest(changed) != events_digest([*record, other])


@given(events)
def test_order_of_data_does_not_show(event):
    assert event.line() == event._replace(data=dict(reversed(event.data.items()))).line()


def test_a_line_holds_exactly_the_documented_fields():
    assert (
        '{"actor":"","also":[1,2],"at_s":60,"cause":null,"data":{"a":"\\u5b89\\u6f9c\\u2028","b":1},'
        '"kind":"run.started","seq":0,"subject":""}' == EVENT.line()
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_outside_json_is_never_written(value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        EVENT._replace(data={"a": value}).line()


@pytest.mark.parametrize(
    "line",
    ["[]", "{}", "1", "null", "x", "{", '"also"', "[" * 100_000, EVENT.line()[:-1], EVENT.line() + "x"]
    + [EVENT.line().replace("[1,2]", other) for other in ("5", "null", "")]
    + [EVENT.line().replace('"seq"', '"sec"'), EVENT.line().replace('"seq":0,', "")]
    + [EVENT.line().replace('"b":1', f'"b":{other}') for other in ("NaN", "-Infinity", "9" * 5000)],
    ids=lambda line: line[-12:],
)
def test_a_line_that_is_no_event_is_named(line):
    with pytest.raises(RecordBroken) as caught:
        from_lines(f"{EVENT.line()}\n{line}\n", "events.jsonl")
    assert "events.jsonl:2" == caught.value.where


@given(st.text())
def test_any_text_is_events_or_broken(text):
    try:
        record = from_lines(text, "events.jsonl")
    except RecordBroken as error:
        assert re.fullmatch(r"events\.jsonl:\d+", error.where)
    else:
        assert [] == record
        assert text.strip("\n") == ""


def test_every_kind_is_subject_and_verb_and_says_something():
    for kind, meaning in KINDS.items():
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", kind)
        assert meaning
