"""Solvability and difficulty of drawn exercises: judged by runs under the same luck."""

import pytest

from sim.assess.intervals import Interval
from sim.errors import NothingFits
from sim.play.draw import Wishes, drafts, read_register
from sim.play.session import Session
from sim.spec.load import load
from sim.study import solvable
from sim.study.solvable import Judged, judge, search


@pytest.fixture(scope="module")
def register():
    return read_register("anlan")


def pretend(monkeypatch, difficulties, low=4.0):
    """Let exercises be judged by a list instead of by runs; the list goes on from the second look."""
    given = {}

    def judged(exercise, numbers, _jobs):
        ident = exercise.scenario.id
        given.setdefault(ident, difficulties[len(given) % len(difficulties)])
        return Judged(len(numbers), Interval(len(numbers), low + 1, low, low + 2), 0.5, given[ident])

    monkeypatch.setattr(solvable, "judge", judged)


def test_what_is_judged_are_the_losses_of_runs_under_one_luck():
    exercise = load("chlorine-leak")
    found = judge(exercise, range(2))
    assert 2 == found.n
    assert found.gain.mean > 5
    assert 0 < found.difficulty < 1
    assert judge(exercise, range(2)) == found
    from sim.assess.loss import loss_parts, total_loss
    from sim.play.many import replication_seed

    losses = {}
    for policy in ("none", "perfect"):
        records = [Session(exercise, seed=replication_seed(0, n), policy=policy).finish() for n in range(2)]
        losses[policy] = sum(total_loss(loss_parts(record, exercise.rubric.loss)) for record in records) / 2
    assert found.gain.mean == pytest.approx(losses["none"] - losses["perfect"])


def test_solvable_means_the_interval_lies_above_the_margin():
    assert Judged(20, Interval(20, 2.0, 0.6, 3.4), 0.5, 0.3).solvable
    assert not Judged(20, Interval(20, 2.0, 0.4, 3.6), 0.5, 0.3).solvable
    assert not Judged(1, Interval(1, 2.0, None, None), 0.5, 0.3).solvable


def test_the_first_draw_that_is_as_hard_as_wanted_is_taken(monkeypatch, register):
    pretend(monkeypatch, [0.1, 0.9, 0.42, 0.4])
    found = search(register, Wishes(seed=1), difficulty=0.4, tolerance=0.05)
    assert (3, 0.42) == (found.looked_at, found.judged.difficulty)
    third = [draft.attempt for draft, _ in zip(drafts(register, Wishes(seed=1)), range(3), strict=False)][2]
    assert third == found.draft.attempt


def test_without_a_wish_the_first_solvable_draw_is_taken(monkeypatch, register):
    pretend(monkeypatch, [None, 0.9])
    assert 1 == search(register, Wishes(seed=1)).looked_at


def test_when_none_is_solvable_it_says_so(monkeypatch, register):
    pretend(monkeypatch, [0.3], low=0.1)
    with pytest.raises(NothingFits, match="3 were plausible and judged, 3 of them not solvable; none was solvable"):
        search(register, Wishes(seed=1), most=3)


@pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=pytest.mark.loop if seed >= 2 else pytest.mark.slow) for seed in range(20)]
)
def test_twenty_drawn_exercises_are_solvable_and_as_hard_as_said(register, seed):
    found = search(register, Wishes(seed=seed))
    assert found.judged.solvable
    assert found.judged.gain.low > found.draft.exercise.rubric.outcome_margin
    if seed % 4 == 0:  # other luck tells the same within its spread
        other = judge(found.draft.exercise, root=1)
        assert other.gain.mean > other.margin


@pytest.mark.slow
@pytest.mark.parametrize("difficulty", [0.2, 0.4])
def test_a_wanted_difficulty_is_met_whatever_the_number_of_workers(register, difficulty):
    found = search(register, Wishes(seed=7), difficulty=difficulty, jobs=2)
    assert abs(found.judged.difficulty - difficulty) <= 0.1
    assert found.draft.text == search(register, Wishes(seed=7), difficulty=difficulty).draft.text
