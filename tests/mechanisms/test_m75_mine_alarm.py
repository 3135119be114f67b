"""M75: the sooner a mine calls the team it has under contract, the sooner the way in is clear; entry has its rules."""

from statistics import fmean

import pytest

from tests.mechanisms.helping import run
from tests.mechanisms.mine_alarms import mine, there_min
from tests.mechanisms.paired import moves

END_MIN = 1500
few_or_many = pytest.mark.parametrize(
    "seeds", [pytest.param(6, marks=pytest.mark.slow), pytest.param(30, marks=pytest.mark.loop)]
)


def clear_min(events):
    """Minutes until the way in is clear."""
    found = (e.at_s / 60 for e in events if e.kind == "truth.changed" and e.subject == "mine/way_in")
    return max([one for one in found if one > 0], default=END_MIN)


def there(events):
    return there_min(events, END_MIN)


@few_or_many
@pytest.mark.parametrize("figure", [there, clear_min])
def test_a_mine_that_calls_at_once_is_reached_and_opened_sooner(figure, seeds):
    open_, hiding = mine(END_MIN, hides=False), mine(END_MIN)
    moves([figure(run(open_, seed)) - figure(run(hiding, seed)) for seed in range(seeds)], down=True)


@few_or_many
def test_the_later_a_mine_calls_the_later_its_team_is_there(seeds):
    exercise = mine(600, hides=False)
    found = [
        there(run(exercise, seed, overrides={"mine.alarm": 180})) - there(run(exercise, seed)) for seed in range(seeds)
    ]
    moves(found, down=False)


@few_or_many
def test_a_longer_test_for_gas_brings_people_out_later(seeds):
    exercise = mine(900, clears=True)

    def out_min(seed, minutes):
        events = run(exercise, seed, overrides={"mine.gas_test": minutes})
        return fmean([event.at_s / 60 for event in events if event.kind == "patient.rescued"])

    moves([out_min(seed, 120) - out_min(seed, 0) for seed in range(seeds)], down=False)
