"""Parameters: defaults that fit, overrides that are checked one by one, and one form for one meaning."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.canon import canonical
from sim.errors import BadInput
from sim.spec.parameters import Parameters, parse_overrides
from sim.spec.registry import REGISTRY

NUMBERS = (math.nan, math.inf, -math.inf, 1e308, 10**400, 10**5000)
WORDS = "nan inf -inf 1e999 ten 1,5 1_0 １ 0x1 1;2 true"
DEFAULTS = {parameter.name: parameter.default for parameter in REGISTRY}
parameters = st.sampled_from(REGISTRY)
strangers = st.text().filter(lambda name: name not in DEFAULTS)
outside = parameters.flatmap(
    lambda parameter: st.tuples(
        st.just(parameter.name),
        st.floats(max_value=parameter.low, exclude_max=True) | st.floats(min_value=parameter.high, exclude_min=True),
    )
)


def within(parameter):
    if parameter.whole:
        return st.integers(int(parameter.low), int(parameter.high)).map(float)
    return st.floats(parameter.low, parameter.high)


fitting = st.fixed_dictionaries({}, optional={parameter.name: within(parameter) for parameter in REGISTRY})


def problems(given_values):
    with pytest.raises(BadInput) as caught:
        parse_overrides(given_values)
    return caught.value.problems


@pytest.mark.parametrize("parameter", REGISTRY, ids=lambda parameter: parameter.name)
def test_registry_entry_is_complete_and_its_default_fits(parameter):
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", parameter.name)
    assert -math.inf < parameter.low <= parameter.default <= parameter.high < math.inf
    assert parameter.unit
    assert parameter.source
    assert not parameter.whole or all(map(float.is_integer, (parameter.low, parameter.default, parameter.high)))


def test_names_are_unique():
    assert len(REGISTRY) == len(DEFAULTS)


@given(fitting)
def test_every_parameter_has_the_given_value_or_its_default(values):
    parsed = parse_overrides(values)
    assert {**DEFAULTS, **values} == {name: parsed[name] for name in DEFAULTS}


@given(fitting)
def test_text_and_numbers_say_the_same(values):
    assert parse_overrides(values) == parse_overrides({name: repr(value) for name, value in values.items()})


@given(fitting, st.randoms())
def test_order_does_not_matter(values, random):
    shuffled = random.sample(sorted(values.items()), len(values))
    assert parse_overrides(values) == parse_overrides(dict(shuffled))
    assert list(parse_overrides(values).overrides) == sorted(parse_overrides(values).overrides)


@given(fitting)
def test_overrides_equal_to_the_default_vanish(values):
    assert Parameters() == parse_overrides(DEFAULTS)
    assert parse_overrides(values) == parse_overrides({**DEFAULTS, **values})
    assert all(DEFAULTS[name] != value for name, value in parse_overrides(values).overrides)


@given(parameters.filter(lambda one: one.low <= 0), st.sampled_from([0, -0.0, "-0", "-0.0"]))
def test_there_is_one_zero(parameter, zero):
    assert canonical(parse_overrides({parameter.name: "0"}).overrides) == canonical(
        parse_overrides({parameter.name: zero}).overrides
    )


@given(outside)
def test_a_value_out_of_range_is_one_problem_that_names_the_range(item):
    name, value = item
    for form in (value, repr(value)):
        (problem,) = problems({name: form})
        (parameter,) = (parameter for parameter in REGISTRY if parameter.name == name)
        assert name == problem.path
        assert f"from {parameter.low:g} to {parameter.high:g}" in problem.allowed


@pytest.mark.parametrize(
    "value",
    [*NUMBERS, True, False, None, [1], {}, "", " ", "9" * 5000, "\ud800", "\0", *WORDS.split()],
    ids=lambda value: f"int{value.bit_length()}" if isinstance(value, int) else repr(value)[:8],
)
def test_what_is_no_number_in_range_is_one_problem_for_each_parameter(value):
    assert sorted(DEFAULTS) == [problem.path for problem in problems(dict.fromkeys(DEFAULTS, value))]


@given(st.sampled_from([item for item in REGISTRY if item.whole]), st.floats(0.01, 0.99))
def test_a_broken_number_where_a_whole_one_belongs_is_one_problem(parameter, rest):
    (problem,) = problems({parameter.name: parameter.low + rest})
    assert "whole number" in problem.allowed


@given(strangers)
def test_an_unknown_name_is_one_problem_that_lists_the_known_ones(name):
    (problem,) = problems({name: 1})
    assert (name, "no such parameter") == (problem.path, problem.what)
    assert all(known in problem.allowed for known in DEFAULTS)
    with pytest.raises(KeyError):
        Parameters()[name]


@given(
    st.dictionaries(strangers, st.just("1"), max_size=3),
    st.dictionaries(parameters.map(lambda item: item.name), st.just("x")),
)
def test_no_problem_hides_another(unknown, unreadable):
    wrong = {**unknown, **unreadable}
    if wrong:
        assert sorted(wrong) == [problem.path for problem in problems(wrong)]
