"""Traces in files and from Python: the same in every form, and every problem told with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import BadInput
from sim.spec.supplied import Row, Trace
from sim.spec.trace import read_trace, trace_from, trace_text, write_text

texts = st.text("a1>/@.#|\\* \r\n\t\"',:;[{%\x7f\x85\u2028消😀", min_size=1, max_size=5)
purposes = st.from_regex(r"[a-z]{1,6}( [a-z]{1,4})?", fullmatch=True)
amounts = st.integers(0, 10**9) | st.floats(0, 1e9, exclude_max=True).map(lambda x: int(x) if x == int(x) else x)


@st.composite
def rows(draw):
    values = draw(st.lists(amounts, min_size=1, max_size=4) | st.lists(st.booleans(), min_size=1, max_size=4))
    thens = ["luck", "error", "again"] if len(values) == 1 else ["luck", "error"]
    of = tuple(draw(st.lists(texts, max_size=3)))
    return Row(draw(purposes), of, draw(st.booleans()) and bool(of), tuple(values), draw(st.sampled_from(thens)))


traces = st.lists(rows(), max_size=6, unique_by=lambda row: (row.is_chance, row.purpose, row.names, row.exact)).map(
    lambda found: Trace(tuple(found))
)


@settings(max_examples=40)
@given(trace=traces, suffix=st.sampled_from([".csv", ".yaml", ".jsonl"]))
def test_what_is_written_is_read_again(tmp_path_factory, trace, suffix):
    path = tmp_path_factory.mktemp("trace") / f"t{suffix}"
    path.write_text(write_text(trace, suffix), encoding="utf-8", newline="")
    assert trace == read_trace(path)


@settings(max_examples=40)
@given(traces)
def test_a_trace_has_one_text(trace):
    assert trace == trace_from(trace_text(trace))
    assert trace_text(trace) == trace_text(trace_from(trace_text(trace)))


def test_every_form_says_the_same(tmp_path):
    table = "\ufeffpurpose,of,seconds,happens,then\ntalk,m1|phone,60,,\ntalk,m1|*,5 7.5,,error\n"
    table += "lost,*,,no,\n\nwork,*,9;,,\n"
    document = """format: tabletop-trace/1
rows:
  - {purpose: talk, of: m1|phone, seconds: 60}
  - purpose: talk
    of: [m1, "*"]
    seconds: [5, 7.5]
    then: error
  - {purpose: lost, happens: false}
  - {purpose: work, seconds: [9]}
"""
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    (tmp_path / "t.yaml").write_text(document, encoding="utf-8")
    given_rows = [
        {"purpose": "talk", "of": ("m1", "phone"), "seconds": 60},
        {"purpose": "talk", "of": "m1|*", "seconds": (5, 7.5), "then": "error"},
        {"purpose": "lost", "happens": "no"},
        {"purpose": "work", "seconds": [9]},
    ]
    expected = Trace((
        Row("talk", ("m1", "phone"), True, (60,), "again"), Row("talk", ("m1",), False, (5, 7.5), "error"),
        Row("lost", (), False, (False,), "again"), Row("work", (), False, (9,), "luck"),
    ))  # fmt: skip
    assert expected == read_trace(str(tmp_path / "t.csv")) == read_trace(tmp_path / "t.yaml") == read_trace(given_rows)
    short = {("talk", "m1", "phone"): 60, ("lost", "*"): False, ("work",): [9]}
    assert read_trace(short).rows == (expected.rows[0], *expected.rows[2:])


HEAD = "format: tabletop-trace/1\nrows:\n"
BAD = [
    ("t.csv", "purpose,of,seconds\ntalk,*,-1\n", "t.csv:2", "seconds", "from 0"),
    ("t.csv", "purpose,of,seconds\ntalk,*,nan\n", "t.csv:2", "seconds", "number of seconds"),
    ("t.csv", "purpose,of,seconds\ntalk,*,1e400\n", "t.csv:2", "seconds", "finite"),
    ("t.csv", "purpose,of,seconds\ntalk,*,1_0\n", "t.csv:2", "seconds", "number"),
    ("t.csv", "purpose,of,seconds\ntalk,*,\n", "t.csv:2", "", "needs seconds"),
    ("t.csv", "purpose,of,seconds\ntalk,,5\n", "t.csv:2", "of", "names"),
    ("t.csv", "purpose,of,seconds\n,*,5\n", "t.csv:2", "purpose", "missing"),
    ("t.csv", "purpose,of,seconds\n\ntalk,*,5\ntalk,*,6\n", "t.csv:4", "talk *", "already in t.csv:3"),
    ("t.csv", "purpose,of,seconds\ntalk,*,5,6\n", "t.csv:2", "more cells", "unknown column"),
    ("t.csv", "purpose,of,seconds,note\n", "t.csv:1", "note", "unknown column"),
    ("t.csv", "purpose,seconds\n", "t.csv:1", "", "a column is missing"),
    ("t.csv", "purpose,of,of,seconds\n", "t.csv:1", "", "stands twice"),
    ("t.csv", "", "t.csv:1", "", "a column is missing"),
    ("t.csv", 'purpose,of,seconds\n"talk,*,5\n', "t.csv:2", "", "not CSV"),
    ("t.csv", "purpose,of,happens\nlost,*,maybe\n", "t.csv:2", "happens", "yes or no"),
    ("t.csv", "purpose,of,seconds,happens\nlost,*,5,yes\n", "t.csv:2", "", "not both"),
    ("t.csv", "purpose,of,seconds,then\ntalk,*,5,stop\n", "t.csv:2", "then", "luck"),
    ("t.yaml", HEAD + "  - {purpose: talk, seconds: -1}\n", "t.yaml:3", "rows.0.seconds", "from 0"),
    ("t.yaml", HEAD + "  - purpose: talk\n    seconds: [1, .inf]\n", "t.yaml:4", "rows.0.seconds", "number"),
    ("t.yaml", HEAD + "  - {purpose: talk, seconds: []}\n", "t.yaml:3", "rows.0", "a list needs a value"),
    ("t.yaml", HEAD + "  - {purpose: talk, secs: 5}\n", "t.yaml:3", "rows.0.secs", "unknown key"),
    ("t.yaml", HEAD + "  - {purpose: a, seconds: 5}\n  - {purpose: a, seconds: 5}\n", "t.yaml:4", "a *", "already"),
    ("t.yaml", "format: tabletop-trace/2\nrows: []\n", "t.yaml:1", "format", "tabletop-trace/1"),
    ("t.yaml", "- talk\n", "t.yaml:1", "", "no mapping"),
    ("t.jsonl", "{", "t.jsonl:1", "", "not JSON"),
    ("t.txt", "talk", "t.txt", "", "no trace"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "where", "path", "what"), BAD)
def test_a_bad_file_is_told_with_its_line(tmp_path, name, text, where, path, what):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_trace(tmp_path / name)
    problem = caught.value.problems[0]
    assert problem.where == where or problem.where.startswith(f"{where}:")
    assert problem.path.startswith(path)
    assert what in str(problem)


def test_all_problems_are_told_at_once(tmp_path):
    (tmp_path / "t.csv").write_text("purpose,of,seconds\ntalk,*,-1\nwork,*,x\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_trace(tmp_path / "t.csv")
    assert [problem.where for problem in caught.value.problems] == ["t.csv:2", "t.csv:3"]


@pytest.mark.parametrize("given", [7, "nowhere.csv", {"talk": 5}, {("talk", 1): 5}, {("talk",): []}, [{"of": "*"}]])
def test_what_is_no_trace_is_refused(given):
    with pytest.raises(BadInput):
        read_trace(given)
    with pytest.raises(BadInput):
        write_text(Trace(), ".xlsx")
