"""The examples for optimizers and workbenches do what they say."""

import ast
import inspect
from pathlib import Path

import pytest

import sim
from notebooks.examples import optimize
from sim.spec.registry import BY_NAME

EMA = Path(optimize.__file__).with_name("explore_with_ema.py")


@pytest.mark.slow
def test_an_optimizer_finds_what_scores_at_least_as_well_as_any_point_that_it_tried(monkeypatch):
    tried = []

    def score(values, seeds, real=optimize.score):
        tried.append(real(values, seeds))
        return tried[-1]

    monkeypatch.setattr(optimize, "score", score)
    best, found = optimize.search(generations=1, seeds=(1,))
    assert found == max(tried)
    assert len(tried) == 20
    assert all(low <= best[name] <= high for name, (low, high) in optimize.BOUNDS.items())


def calls(name):
    """Return the first argument of each call of a name in the example for EMA Workbench."""
    tree = ast.parse(EMA.read_text(encoding="utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name]
    return [[ast.literal_eval(argument) for argument in node.args] for node in found]


def test_the_names_that_ema_workbench_hands_over_are_taken():
    """EMA Workbench calls the function with a keyword for each uncertainty, lever and constant, and reads outcomes."""
    keywords = {name: low for name, low, _ in calls("RealParameter")}
    constants = dict(calls("Constant"))
    assert all(name.replace("__", ".") in BY_NAME for name in keywords)
    assert constants.keys() <= inspect.signature(sim.outcomes).parameters.keys()
    found = sim.outcomes(**keywords, **constants)
    assert {name for (name,) in calls("ScalarOutcome")} <= found.keys()
