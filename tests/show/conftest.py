"""Runs and score cards that the tests of this folder share."""

from __future__ import annotations

from typing import Any

import pytest

from sim.assess.score import score
from sim.play.references import references
from sim.play.session import Session
from sim.record.folder import RunRecord
from sim.spec.parameters import parse_overrides

SEED = 5


@pytest.fixture(scope="session")
def run() -> RunRecord:
    return Session("chlorine-leak", seed=SEED, policy="plan").finish()


@pytest.fixture(scope="session")
def idle_run() -> RunRecord:
    return Session("chlorine-leak", seed=SEED, policy="none").finish()


@pytest.fixture(scope="session")
def yardsticks(run: RunRecord) -> dict[str, Any]:
    return references(run.exercise, SEED, parse_overrides({}))


@pytest.fixture(scope="session")
def card(run: RunRecord, yardsticks: dict[str, Any]) -> dict[str, Any]:
    return score(run, yardsticks)


@pytest.fixture(scope="session")
def idle_card(idle_run: RunRecord) -> dict[str, Any]:
    return score(idle_run)
