"""The description of the model names every state variable, process, parameter and event of the code."""

import pytest

from tests.model.found import Process, Variable, processes, variables
from tests.model.tables import DOCUMENT, TABLES, asked, with_tables

TEXT = DOCUMENT.read_text(encoding="utf-8")
ODD = (
    "Purpose and patterns",
    "Entities, state variables and scales",
    "Process overview and scheduling",
    "Design concepts",
    "Initialization",
    "Input data",
    "Submodels",
)
"""The seven elements of the ODD protocol, in their order (Grimm and others 2020)."""
CONCEPTS = (
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction",
    "Stochasticity", "Collectives", "Observation", "Individual decision making", "Heterogeneity",
)  # fmt: skip
"""Its design concepts, with those of ODD+D that concern human decisions (Müller and others 2013)."""


def test_the_tables_are_those_of_the_code():
    assert with_tables(TEXT) == TEXT, "make them anew with: python -m tests.model"
    assert sorted(TABLES) == sorted(asked(TEXT))


@pytest.mark.parametrize("one", [one for one in (*variables(), *processes()) if not one.meaning] or [None])
def test_every_state_variable_and_process_says_what_it_is(one: Variable | Process | None):
    assert one is None, f"sim/{one.file}: {one.owner}.{one.name} is not described"


def test_there_is_something_to_describe():
    assert {"Settlement", "Unit", "Organization", "Patient"} <= {one.owner for one in variables()}
    assert {"Unit", "Exchange", "Quake"} <= {one.owner for one in processes()}


def test_it_has_the_elements_of_the_protocol_in_their_order():
    heads = [line.lstrip("# ") for line in TEXT.splitlines() if line.startswith("## ")]
    found = [next((name for name in ODD if name in head), None) for head in heads]
    assert [name for name in found if name] == list(ODD)
    assert [] == [name for name in CONCEPTS if f"**{name}" not in TEXT]
