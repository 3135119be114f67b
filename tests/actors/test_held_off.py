"""A crew that danger on its way holds off waits at the edge, looks again, and goes on or gives up."""

from collections import Counter

import pytest

from sim.play.session import Session

OFTEN = 10
"""Arrivals in a row where it was already; roads that are cleared one after the other make a few."""


@pytest.mark.parametrize(
    ("scenario", "seed"), [("chlorine-leak", 0), ("chlorine-leak", 1), ("factory-fire", 0), ("crowd-crush", 0)]
)
def test_nobody_sets_off_again_and_again_without_getting_anywhere(scenario, seed):
    place, again = {}, Counter()
    for event in Session(scenario, seed=seed).finish().events:
        if event.kind == "unit.arrived":
            moved = place.get(event.subject) != event.data["place"]
            again[event.subject] = 0 if moved else again[event.subject] + 1
            place[event.subject] = event.data["place"]
            assert again[event.subject] < OFTEN, (event.subject, event.data)
