"""Checks between the files of an exercise: every name that is used must exist."""

from __future__ import annotations

from sim.errors import Problem
from sim.spec.checks.county import find_in_county
from sim.spec.checks.lifelines import find_in_lifelines
from sim.spec.checks.monitors import find_in_colors, find_in_monitors
from sim.spec.checks.names import Names
from sim.spec.checks.plan import find_in_plan, find_in_rubric
from sim.spec.checks.rules import find_in_regions, find_in_rules
from sim.spec.checks.scenario import find_in_scenario
from sim.spec.load import Exercise
from sim.spec.yamlread import Document


def check_exercise(exercise: Exercise, documents: dict[str, Document]) -> list[Problem]:
    """Return every reference between the files that leads nowhere, and every id that stands twice."""
    names = Names(exercise)
    problems: list[Problem] = []
    for kind, found in (
        ("county", find_in_county(exercise)),
        ("county", find_in_lifelines(exercise, names)),
        ("county", find_in_regions(exercise)),
        ("county", find_in_monitors(exercise, names)),
        ("plan", find_in_colors(exercise)),
        ("plan", find_in_plan(exercise, names)),
        ("rules", find_in_rules(exercise, names)),
        ("rubric", find_in_rubric(exercise)),
        ("scenario", find_in_scenario(exercise, names)),
    ):
        for path, what, allowed in found:
            where = documents[kind].where(path)
            problems.append(Problem(where, ".".join(str(part) for part in path), what, allowed))
    return problems


def check_rubric(exercise: Exercise, document: Document) -> list[Problem]:
    """Return what is wrong between a rubric and the other files of an exercise."""
    return [
        Problem(document.where(path), ".".join(str(part) for part in path), what, allowed)
        for path, what, allowed in find_in_rubric(exercise)
    ]
