"""Reading YAML: words stay words, every refusal is BadInput, and every mark points at its line."""

import contextlib
import json
import os
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sim.errors import BadInput
from sim.spec.yamlread import MAX_BYTES, MAX_DEPTH, Document, parse, read_text

words = st.text("abc_9", max_size=4).map("k".__add__)
texts = st.text(st.characters(codec="utf-8", max_codepoint=0xFFFF), max_size=8)
scalars = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | texts
trees = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=8
)
files = st.dictionaries(words, trees, min_size=1, max_size=3)
SIGNS = "a b : { } [ ] , *x ! !! << ' \" \\ # 12:30 .nan 1e999 ~ @ `"
pieces = st.sampled_from(
    [
        *["\n", "\n  ", " ", "- ", ": ", "? ", "&x ", "!!str ", "|\n", ">-\n", "%YAML 1.1\n", "%TAG ! !x\n", "---\n"],
        *["...\n", "\t", "\r", "\0", "\x85", "\u2028", "\ufeff", "\ud800", "\\ud800", "９", "安澜", *SIGNS.split()],
    ]
)
TAGS = """!!python/object/apply:os.system !!python/object/new:os.system !!python/name:os.system !!python/module:os
!!python/tuple !<tag:yaml.org,2002:python/name:os.system> !<!python/object:os.system> !python/object:os.system
!p!name:os.system !!str !!int !!binary !!set !!map !own"""
WORDS = "12:30 08:53 14:51 1:30:00 2024-02-30 2026-05-12T23:40 no yes on off No TRUE y << ="
NUMBERS = "010 0x1f 0b1 1e3 1e999 1_000 1. .5 .nan .inf -.inf NaN Infinity １４"


def problems(text):
    with pytest.raises(BadInput) as caught:
        parse(text, "f.yaml")
    return caught.value.problems


def leaves(value, path=()):
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path}.union(*(leaves(child, (*path, key)) for key, child in children))


@pytest.mark.parametrize(
    "word",
    [*WORDS.split(), *NUMBERS.split(), "9" * 19, "9" * 5000],
    ids=lambda word: word[:16],
)
def test_what_yaml_would_convert_stays_text_as_value_and_as_key(word):
    key = word[:999]  # YAML bounds a key, not a value
    assert {"a": word, "b": [word], key: 1} == parse(f"a: {word}\nb: [{word}]\n{key}: 1", "f.yaml").data


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        *[(0, "0"), (-5, "-5"), (10**17, "1" + "0" * 17), (1.5, "1.5"), (-0.25, "-0.25")],
        *[(True, "true"), (False, "false"), (None, "~"), (None, "null"), (None, "")],
        *[("1", "'1'"), ("true", '"true"'), ("", "''"), ("5\n", "|\n  5\n"), ("5", ">-\n  5\n")],
    ],
)
def test_plain_numbers_and_truth_values_are_typed_and_quoted_ones_are_text(expected, text):
    value = parse(f"a: {text}", "f.yaml").data["a"]
    assert (type(expected), expected) == (type(value), value)


@given(files)
def test_quoted_json_reads_as_itself_and_every_value_has_a_mark(tree):
    document = parse(json.dumps(tree), "f.yaml")
    assert tree == document.data
    assert leaves(tree) == set(document.marks)


@given(st.lists(st.tuples(words, st.integers(0, 3)), min_size=1, unique_by=lambda item: item[0]), st.integers(0, 4))
def test_marks_point_at_the_line_and_column_of_each_key(keys, indent):
    lines, expected = ["top:"], {}
    for key, blanks in keys:
        lines += [""] * blanks + [" " * (indent + 1) + f"{key}: 1"]
        expected[("top", key)] = (len(lines), indent + 2)
    document = parse("\n".join(lines), "f.yaml")
    assert expected == {path: mark for path, mark in document.marks.items() if len(path) == 2}
    line, column = expected[("top", keys[0][0])]
    assert f"f.yaml:{line}:{column}" == document.where(("top", keys[0][0], "deeper", 3))


def test_a_place_that_is_not_in_the_file_is_its_beginning():
    assert "f.yaml:1:1" == Document("f.yaml", {}, {}).where(("nowhere", 1))


def test_all_repeated_keys_are_reported_at_once_with_both_lines():
    text = "a: 1\nb:\n  - c: 1\n    d: 2\n    c: 3\na: 4\ne: {f: 1, 'f': 2}\na: 5\n"
    found = [(problem.where, *map(int, re.findall(r"line (\d+)", problem.what))) for problem in problems(text)]
    assert [("f.yaml:5:5", 3), ("f.yaml:6:1", 1), ("f.yaml:7:11", 7), ("f.yaml:8:1", 1)] == found


def test_the_path_of_a_repeated_key_is_its_path_in_the_file():
    assert ["b.0.c"] == [problem.path for problem in problems("b:\n  - c: 1\n    c: 2\n")]


def test_keys_repeated_inside_a_repeated_key_are_reported_too():
    assert ["f.yaml:2:1", "f.yaml:2:11"] == [problem.where for problem in problems("a: 1\na: {b: 1, b: 2}\n")]


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("f.yaml:2:4", "a: 1\nb: &x 1"),
        ("f.yaml:1:4", "b: *x"),
        ("f.yaml:1:4", "a: &a [*a]"),
        ("f.yaml:2:1", "a: 1\n--- {b: 2}"),
        ("f.yaml:1:3", "? [a, b]\n: 1"),
        ("f.yaml:1:3", "? {a: b}\n: 1"),
        (f"f.yaml:1:{MAX_DEPTH + 1}", "[" * 30_000),
        (f"f.yaml:1:{2 * MAX_DEPTH + 1}", "- " * 30_000),
        (f"f.yaml:1:{2 * MAX_DEPTH + 1}", "? " * 30_000),
        ("f.yaml:2:1", "a: b\n} c"),
        ("f.yaml", ""),
        ("f.yaml", "# nothing\n"),
        ("f.yaml", "a: \0"),
        ("f.yaml", "a: \ud800"),
        ("f.yaml:1:8", 'a: "x\\ud800"'),
        ("f.yaml:1:1", "%YAML 3.0\n--- 1"),
    ],
    ids=lambda item: item[:12],
)
def test_what_is_refused_is_refused_at_its_place(where, text):
    (problem,) = problems(text)
    assert where == problem.where


@pytest.mark.parametrize(
    "shape", ["a: {} x", "a: {} [1]", "a: {} {{b: 1}}", "{} a: 1", "%TAG !p! tag:yaml.org,2002:python/\n---\na: {} x"]
)
@pytest.mark.parametrize("tag", TAGS.split())
def test_every_tag_is_refused(shape, tag):
    assert len(problems(shape.format(tag))) == 1


def test_depth_and_number_of_values_are_bounded_exactly(monkeypatch):
    nested = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert nested == json.dumps(parse(nested, "f.yaml").data)
    assert "nested too deeply" == problems(f"[{nested}]")[0].what
    monkeypatch.setattr("sim.spec.yamlread.MAX_EVENTS", 50)
    around = 6  # events that begin and end the stream, the document and the list
    assert 50 - around == len(parse("[" + "1," * (50 - around) + "]", "f.yaml").data)
    assert "too many values" == problems("[" + "1," * (51 - around) + "]")[0].what


@example('a: "\\0"')
@example("? ")
@given(st.text(st.characters()) | st.lists(pieces, max_size=30).map("".join))
def test_any_text_is_read_or_is_bad_input(text):
    with contextlib.suppress(BadInput):
        document = parse(text, "f.yaml")
        assert leaves(document.data) == set(document.marks)
        json.dumps(document.data, allow_nan=False)


@given(files, st.data())
def test_a_damaged_file_is_read_or_is_bad_input(tree, data):
    text = json.dumps(tree, indent=1, ensure_ascii=False)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    with contextlib.suppress(BadInput):
        document = parse(text[:start] + data.draw(pieces) + text[end:], "f.yaml")
        assert leaves(document.data) == set(document.marks)


@given(raw=st.binary())
def test_any_bytes_are_utf8_text_or_bad_input(tmp_path_factory, raw):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(raw)
    try:
        assert raw == read_text(path).encode()
    except BadInput:
        assert raw != raw.decode(errors="ignore").encode()


def test_a_file_of_four_mebibytes_is_read_and_a_larger_one_refused(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_bytes(b"#" * MAX_BYTES)
    assert len(read_text(path)) == MAX_BYTES
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(BadInput, match="larger than 4 MiB"):
        read_text(path)


def test_what_is_no_readable_file_is_bad_input_and_never_waits(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    for name in (".", "pipe.yaml", "missing.yaml", "nul\0.yaml", "long" * 100):
        with pytest.raises(BadInput):
            read_text(tmp_path / name)
