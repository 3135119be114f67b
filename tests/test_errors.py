"""Errors: every one can be rebuilt from its arguments and carried between processes, and says what is wrong."""

import copy
import inspect
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import errors
from sim.errors import BadInput, Problem, TabletopError, bad_input

CLASSES = [item for _, item in inspect.getmembers(errors, inspect.isclass) if issubclass(item, Exception)]
CARRIERS = {
    "its arguments": lambda error: type(error)(*error.args),
    "a pickle": lambda error: pickle.loads(pickle.dumps(error)),
    "a copy": copy.copy,
    "a deep copy": copy.deepcopy,
}


def examples(kind):
    """Return errors of a class with fields of the annotated types."""
    return st.builds(kind) if "__init__" in vars(kind) else st.builds(kind, st.text())


@pytest.mark.parametrize("carry", CARRIERS.values(), ids=CARRIERS)
@pytest.mark.parametrize("kind", CLASSES)
@given(data=st.data())
def test_error_survives(kind, carry, data):
    error = data.draw(examples(kind))
    carried = carry(error)
    assert kind is type(carried)
    assert (error.args, vars(error), str(error)) == (carried.args, vars(carried), str(carried))


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_is_ours_explained_and_has_an_exit_code(kind):
    assert issubclass(kind, TabletopError)
    assert kind.__doc__
    assert kind.exit_code in (1, 2)


@pytest.mark.parametrize("kind", [kind for kind in CLASSES if "__init__" in vars(kind)])
@given(data=st.data())
def test_every_field_is_an_argument_in_the_order_of_the_signature(kind, data):
    error = data.draw(examples(kind))
    fields = list(inspect.signature(kind).parameters)
    assert error.args == tuple(getattr(error, field) for field in fields)


@given(st.lists(st.from_type(Problem), min_size=1, max_size=5).map(tuple))
def test_bad_input_says_every_problem_with_its_place_and_what_is_allowed(problems):
    said = str(BadInput(problems))
    for problem in problems:
        assert str(problem) in said
        for part in problem:
            assert part in said


@given(st.text(min_size=1), st.text(min_size=1), st.text(), st.text())
def test_a_single_problem_is_a_short_way_to_bad_input(where, what, allowed, path):
    assert (Problem(where, path, what, allowed),) == bad_input(where, what, allowed, path).problems


def test_a_problem_reads_as_one_plain_line():
    assert "a.yaml:3:5: injects.3.at: is missing (allowed: a time)" == str(
        Problem("a.yaml:3:5", "injects.3.at", "is missing", "a time")
    )
    assert "a.yaml: is empty" == str(Problem("a.yaml", "", "is empty", ""))
