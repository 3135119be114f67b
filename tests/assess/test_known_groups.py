"""Known groups: the score ranks those whose order is known, is fooled by no simple habit, and is not its own measure.

The total without its part for harm must go with less harm over policies that were put together at random: else it
would only measure itself.
"""

from functools import cache
from math import atanh, sqrt, tanh
from statistics import fmean

import pytest

from sim.assess.loss import quantities
from sim.assess.score import score
from sim.play.seats import seat_ids
from sim.play.session import Session
from sim.rng import Luck
from sim.spec.load import bundled, load
from tests.assess.gamers import GAMERS, played

RANKED = ("none", "novice", "trained", "expert")
FEW = ("chlorine-leak", "factory-fire")
SEEDS = 6
LUCKS, MIXES = 40, 5
"""Samples of luck, and mixed crews in each: 200 runs."""
PARTS = ("none", "novice", "plan", "trained", "expert")


@cache
def yardsticks(scenario, seed):
    return {
        policy: {"quantities": quantities(Session(load(scenario), seed=seed, policy=policy).finish())}
        for policy in ("none", "perfect")
    }


@cache
def total(scenario, seed, who):
    """Return the total of a policy or of a habit."""
    exercise = load(scenario)
    policy = who in RANKED
    record = Session(exercise, seed=seed, policy=who).finish() if policy else played(exercise, seed, who)
    return score(record, yardsticks(scenario, seed))["total"]


def means(scenarios, seeds, who):
    return {one: fmean(total(name, seed, one) for name in scenarios for seed in range(seeds)) for one in who}


@pytest.mark.parametrize(
    ("scenarios", "seeds"),
    [
        pytest.param(FEW, 1, marks=pytest.mark.slow),
        *[pytest.param((one,), SEEDS, marks=pytest.mark.loop) for one in bundled("scenario")],
    ],
)
def test_the_better_prepared_score_higher(scenarios, seeds):
    found = means(scenarios, seeds, RANKED)
    assert sorted(found, key=found.__getitem__) == list(RANKED), found
    assert len(set(found.values())) == len(RANKED)


@pytest.mark.parametrize(
    ("scenarios", "seeds"),
    [
        pytest.param(FEW[:1], 1, marks=pytest.mark.slow),
        pytest.param(tuple(bundled("scenario")), SEEDS, marks=pytest.mark.loop),
    ],
)
def test_no_simple_habit_beats_trained_people(scenarios, seeds):
    names = [name for name in GAMERS if seeds > 1 or "trained staff" not in name]
    found = means(scenarios, seeds, ("trained", *names))
    assert found.pop("trained") > max(found.values()), found


def correlation(groups):
    """Return the coefficient of correlation within groups of pairs and its 95 % interval.

    What a group is like as a whole is taken off first; the interval is by the transformation of R. A. Fisher, with one
    degree of freedom less for each group beyond the first.
    """
    pairs = []
    for group in groups:
        xs, ys = zip(*group, strict=True)
        pairs += [(x - fmean(xs), y - fmean(ys)) for x, y in group]
    together = sum(x * y for x, y in pairs)
    r = together / sqrt(sum(x * x for x, _ in pairs) * sum(y * y for _, y in pairs))
    half = 1.96 / sqrt(len(pairs) - (len(groups) - 1) - 3)
    return r, tanh(atanh(r) - half), tanh(atanh(r) + half)


def test_the_interval_of_a_correlation_is_the_published_one():
    """Fisher's own: r = 0.6 in 25 pairs lies between 0.27 and 0.80 (textbook value, recalled)."""
    half = 1.96 / sqrt(22)
    assert (0.27, 0.80) == (round(tanh(atanh(0.6) - half), 2), round(tanh(atanh(0.6) + half), 2))
    r, low, high = correlation([[(1, 2), (2, 1), (3, 4), (4, 3), (5, 6), (6, 5)]])
    assert low < r < high
    assert r == pytest.approx(0.8286, abs=1e-4)


def test_what_a_group_is_like_as_a_whole_does_not_count():
    one = [(1, 2), (2, 1), (3, 4), (4, 3), (5, 6), (6, 5)]
    moved = [(x + 100, y - 50) for x, y in one]
    assert correlation([one, moved])[0] == pytest.approx(correlation([one])[0])


def mixed(scenario, lucks, mixes):
    """Return pairs of loss and of the total without the part for harm, a list for each luck.

    Who plays each seat is drawn. Crews are compared under one luck: between samples of luck the loss differs by what
    nobody can help, such as how many are at home when houses fall.
    """
    exercise, found = load(scenario), []
    for seed in range(lucks):
        found.append([])
        for mix in range(mixes):
            luck = Luck(seed)
            drawn = {seat: luck.uniform("who plays", seat, str(mix)) for seat in seat_ids(exercise)}
            players = {seat: PARTS[int(share * len(PARTS))] for seat, share in drawn.items()}
            card = score(Session(exercise, seed=seed, players=players).finish())
            points = sum(row["points"] for row in card["dimensions"] if row["id"] != "outcome")
            found[-1].append((card["harm"]["actual"], min([points, *(veto["cap"] for veto in card["vetoes"])])))
    return found


@pytest.mark.loop
@pytest.mark.parametrize("scenario", bundled("scenario"))
def test_the_score_without_harm_goes_with_less_harm(scenario):
    groups = mixed(scenario, LUCKS, MIXES)
    r, low, high = correlation(groups)
    apart = correlation([[pair for group in groups for pair in group]])[0]
    print(f"{scenario}: r = {r:.2f} (95 %: {low:.2f} to {high:.2f}) within {LUCKS} x {MIXES} runs; between {apart:.2f}")
    assert high < 0
