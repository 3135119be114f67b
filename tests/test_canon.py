"""Canonical JSON: one text for one value, plain ASCII, and nothing that JSON cannot say."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.canon import canonical, digest, digest_of, pretty

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


def backwards(value):
    """Return an equal value whose mappings were filled in the opposite order."""
    if isinstance(value, dict):
        return {key: backwards(value[key]) for key in reversed(value)}
    return [backwards(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("write", [canonical, pretty])
@given(value=values)
def test_text_reads_back_as_the_value(write, value):
    assert value == json.loads(write(value))


@pytest.mark.parametrize("write", [canonical, pretty, digest_of])
@given(value=values)
def test_order_of_keys_does_not_show(write, value):
    assert write(value) == write(backwards(value))


@given(values)
def test_canonical_text_is_one_line_of_printable_ascii(value):
    text = canonical(value)
    assert text.isascii()
    assert text.isprintable()
    assert [text] == text.splitlines()


@given(values)
def test_canonical_text_is_a_fixed_point(value):
    assert canonical(value) == canonical(json.loads(canonical(value)))


@given(values)
def test_pretty_text_ends_in_one_newline(value):
    assert pretty(value).endswith("\n")
    assert not pretty(value).endswith("\n\n")


@given(st.lists(values, min_size=2, max_size=2))
def test_digests_differ_exactly_where_the_texts_differ(pair):
    one, other = pair
    assert (canonical(one) == canonical(other)) == (digest_of(one) == digest_of(other))


@given(st.text(st.characters(codec="utf-8")))
def test_digest_of_a_text_is_that_of_its_utf8(text):
    assert hashlib.sha256(text.encode()).hexdigest() == digest(text) == digest(text.encode())


@pytest.mark.parametrize("write", [canonical, pretty])
@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_numbers_outside_json_are_refused(write, number):
    with pytest.raises(ValueError, match="not JSON compliant"):
        write({"a": [number]})


@pytest.mark.parametrize(
    "stranger", [b"bytes", {1, 2}, object(), 1j, {(1, 2): 3}], ids=lambda item: type(item).__name__
)
def test_values_outside_json_are_refused(stranger):
    with pytest.raises(TypeError):
        canonical([stranger])


def test_known_value_keeps_its_text_and_digest():
    value = {"b": [1, 2.5, None, True], "a": "安澜\u2028"}
    assert '{"a":"\\u5b89\\u6f9c\\u2028","b":[1,2.5,null,true]}' == canonical(value)
    assert hashlib.sha256(canonical(value).encode("ascii")).hexdigest() == digest_of(value)
