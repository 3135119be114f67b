import pytest

from sim.play.session import Session
from sim.spec.load import load


@pytest.fixture(scope="session")
def exercise():
    return load("chlorine-leak")


@pytest.fixture(scope="session")
def straight(exercise):
    """A run in one go."""
    return Session(exercise, seed=3, audit=True).finish()
