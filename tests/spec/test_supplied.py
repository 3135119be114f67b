"""Supplied values: which row a draw goes by, lists that are used up, and luck that stays what it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import RepeatedDraw, TraceEnded
from sim.rng import Distribution, Luck, Shape
from sim.spec.supplied import Draws, Row, Trace, TracedLuck, luck_for, names_of
from sim.spec.trace import read_trace

FIXED = Distribution(Shape.FIXED, 60.0)
WIDE = Distribution(Shape.LOGNORMAL, 60.0, 1.0)
few = st.sampled_from(["m1", "m2", "phone", "fax", "1"])
names = st.lists(few, max_size=4).map(tuple)
any_names = st.lists(st.text("a|\\* 消", max_size=4), min_size=1, max_size=4).map(tuple)


def constant(of, value, exact=False, purpose="talk"):
    return Row(purpose, of, exact, (value,), "again")


@st.composite
def traces(draw):
    """Rows whose value says which row it is."""
    keys = draw(st.lists(st.tuples(names, st.booleans()), unique=True, max_size=12))
    return Trace(tuple(constant(of, number, exact) for number, (of, exact) in enumerate(keys)))


@given(traces(), names)
def test_the_exact_row_comes_first_and_then_the_longest_beginning(trace, drawn):
    fits = [row for row in trace.rows if row.names == drawn or (not row.exact and row.names == drawn[: len(row.names)])]
    best = max(fits, key=lambda row: (row.exact, len(row.names)), default=None)
    expected = 60 if best is None else best.values[0]
    assert expected == TracedLuck(0, trace).seconds(FIXED, "talk", *drawn)
    assert TracedLuck(0, trace).seconds(FIXED, "reading", *drawn) == 60


@given(traces(), names, st.randoms())
def test_the_order_of_rows_does_not_matter(trace, drawn, random):
    shuffled = list(trace.rows)
    random.shuffle(shuffled)
    one, other = (TracedLuck(0, each).seconds(WIDE, "talk", *drawn) for each in (trace, Trace(tuple(shuffled))))
    assert one == other


@given(st.lists(st.integers(0, 999), min_size=1, max_size=5), st.integers(0, 9), st.integers(0, 99))
def test_a_list_is_used_up_in_the_order_of_drawing_and_then_there_is_luck(values, more, seed):
    luck, plain = luck_for(seed, Trace((Row("talk", (), False, tuple(values), "luck"),))), Luck(seed)
    drawn = [luck.seconds(WIDE, "talk", str(n)) for n in range(len(values) + more)]
    assert values == drawn[: len(values)]
    assert [plain.seconds(WIDE, "talk", str(n)) for n in range(len(values), len(drawn))] == drawn[len(values) :]


def test_a_list_that_must_not_end_says_what_it_needed():
    luck = luck_for(0, read_trace([{"purpose": "talk", "of": "m1|*", "seconds": [5], "then": "error"}]))
    assert luck.seconds(WIDE, "talk", "m1", "fax") == 5
    with pytest.raises(TraceEnded) as caught:
        luck.seconds(WIDE, "talk", "m1", "phone")
    assert caught.value.args == ("talk m1|*", 1, "talk|m1|phone")
    assert "m1|phone" in caught.value.in_language("zh") != str(caught.value)
    forgiving = luck_for(0, read_trace([{"purpose": "talk", "seconds": [5], "then": "error"}]).forgiving())
    assert [forgiving.seconds(FIXED, "talk", n) for n in "ab"] == [5, 60]


def test_chances_and_amounts_of_one_name_do_not_mix():
    luck = luck_for(0, read_trace({("lost", "*"): [True, False], ("lost", "m2", "*"): 7.6}))
    assert luck.seconds(FIXED, "lost", "m2") == 8
    assert luck.amount(FIXED, "lost", "m2") == 7.6
    assert [luck.chance(p, "lost", name) for p, name in ((0.0, "a"), (1.0, "b"), (1.0, "c"))] == [True, False, True]


@given(st.integers(0, 99), st.lists(names, max_size=10, unique=True))
def test_without_a_row_luck_is_what_it_was(seed, drawn):
    luck, plain = TracedLuck(seed, Trace((constant(("never",), 1, True),))), Luck(seed)
    for one in drawn:
        assert plain.amount(WIDE, "talk", *one) == luck.amount(WIDE, "talk", *one)
        assert plain.chance(0.5, "lost", *one) == luck.chance(0.5, "lost", *one)
        assert plain.uniform("wind", *one) == luck.uniform("wind", *one)
        assert plain.poisson(3, "calls", *one) == luck.poisson(3, "calls", *one)


def test_no_trace_is_plain_luck_and_auditing_sees_supplied_draws_too():
    assert type(luck_for(0, None)) is Luck
    luck = luck_for(0, read_trace({("talk", "*"): 5}), audit=True)
    luck.seconds(WIDE, "talk", "m1")
    with pytest.raises(RepeatedDraw):
        luck.seconds(WIDE, "talk", "m1")


@given(st.lists(st.tuples(names, st.booleans(), st.sampled_from([FIXED, WIDE])), max_size=8, unique_by=lambda x: x[0]))
def test_what_was_noted_gives_the_same_draws_under_another_seed(drawn):
    def draw(luck):
        return [
            luck.chance(0.5, "lost", "x", *one) if is_chance else luck.seconds(shape, "talk", "x", *one)
            for one, is_chance, shape in drawn
        ]

    draws = Draws()
    first = draw(luck_for(1, None, draws))
    again = luck_for(2, draws.trace())
    assert first == draw(again)
    assert list(again.left()) == []


def test_rows_that_are_not_used_up_are_told():
    luck = luck_for(0, read_trace({("talk", "m9"): 5, ("talk", "*"): [1, 2, 3]}))
    luck.seconds(FIXED, "talk", "m1")
    assert [(left.row.of, left.values, left.drawn) for left in luck.left()] == [("m9", 1, 0), ("*", 3, 1)]


@given(any_names, st.booleans())
def test_names_are_written_so_that_they_can_be_read(of, exact):
    assert names_of(constant(of, 1, exact).of) == (of, exact)
