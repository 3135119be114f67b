"""Whether a drawn exercise can be solved, and how hard it is: from runs under the yardsticks and the reference policy.

Solvable means that good decisions matter: over the same luck, the loss when nobody gives orders exceeds the loss of
the yardstick that knows everything, by more than a margin, with 95 % confidence. Difficulty is the share of that
avoidable loss which the policy ``plan`` does not avoid.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from math import fsum
from typing import NamedTuple

from sim.assess.intervals import Interval, paired
from sim.assess.loss import outcome
from sim.errors import NothingFits, TabletopError
from sim.play.draw import Draft, Register, Wishes, drafts
from sim.play.many import Task, replication_seed, run_many
from sim.spec.load import Exercise
from sim.study.measures import measure_loss

SEEDS = 20
"""Replications that an exercise is judged by."""
FIRST_LOOK = 5
"""Replications of the first look, after which what is far off is given up."""
FAR_OFF = 0.25
"""Distance from the wanted difficulty, beyond the tolerance, from which a first look gives a draw up. A guess: the
mean of five outcomes seldom lies farther from the mean of twenty."""
MOST_JUDGED = 60
"""Plausible draws that are judged before the search is given up."""
POLICIES = ("none", "perfect", "plan")


class Judged(NamedTuple):
    """What the runs of an exercise say.

    Attributes:
        n: Replications.
        gain: Loss under ``none`` less loss under ``perfect``, in equivalents of one death, with its 95 % interval.
        margin: What the interval must lie above.
        difficulty: 1 less the mean outcome of ``plan``; None where too few replications give an outcome.
    """

    n: int
    gain: Interval
    margin: float
    difficulty: float | None

    @property
    def solvable(self) -> bool:
        """Whether good decisions matter."""
        return self.gain.low is not None and self.gain.low > self.margin


class Found(NamedTuple):
    """A draw that was accepted, what its runs say (None if they were not asked), and how many were judged."""

    draft: Draft
    judged: Judged | None
    looked_at: int


def judge(exercise: Exercise, numbers: range = range(SEEDS), jobs: int = 1, root: int = 0) -> Judged:
    """Run an exercise under the yardsticks and under the plan.

    Args:
        exercise: The exercise.
        numbers: Replications.
        jobs: Worker processes.
        root: Seed that the seeds of the replications follow from.

    Raises:
        TabletopError: If a run failed.
    """
    losses: dict[str, dict[int, float]] = {policy: {} for policy in POLICIES}
    tasks = [
        Task(point, number, replication_seed(root, number), policy)
        for number in numbers
        for point, policy in enumerate(POLICIES)
    ]
    with closing(run_many(tasks, exercise.sources, measure_loss, jobs=jobs)) as running:
        for row in running:
            if row.failed:
                raise TabletopError(f"{exercise.scenario.id}, seed {row.task.seed}, {row.task.policy}: {row.failed}")
            losses[row.task.policy][row.task.replication] = row.values["total_loss"]
    margin = exercise.rubric.outcome_margin
    outcomes = [
        outcome(losses["plan"][number], losses["none"][number], losses["perfect"][number], margin) for number in numbers
    ]
    told = [value for value in outcomes if value is not None]
    difficulty = round(1 - fsum(told) / len(told), 6) if 2 * len(told) >= len(outcomes) else None
    return Judged(len(numbers), paired(losses["none"], losses["perfect"]), margin, difficulty)


def search(
    register: Register,
    wishes: Wishes,
    *,
    difficulty: float | None = None,
    tolerance: float = 0.1,
    jobs: int = 1,
    most: int = MOST_JUDGED,
    on_judged: Callable[[int], object] = lambda _judged: None,
) -> Found:
    """Return the first plausible draw that is solvable and, if that is asked for, as hard as wanted.

    What is found depends on seed, register and wishes only, not on the number of workers.

    Args:
        register: The risk register.
        wishes: What is asked of the draw.
        difficulty: Wanted difficulty; None for any.
        tolerance: How far off it may be.
        jobs: Worker processes.
        most: Plausible draws that are judged at most.
        on_judged: Called after each draw with the number of draws judged so far.

    Raises:
        NothingFits: If none of ``most`` draws fits; it names the nearest difficulty.
    """
    nearest: float | None = None
    unsolvable = attempts = 0
    for number, draft in enumerate(drafts(register, wishes), 1):
        attempts = draft.attempt + 1
        judged = _judged(draft.exercise, difficulty, tolerance, jobs)
        on_judged(number)
        unsolvable += not judged.solvable
        off = None if difficulty is None or judged.difficulty is None else abs(judged.difficulty - difficulty)
        if judged.n == SEEDS and judged.solvable and (difficulty is None or (off is not None and off <= tolerance)):
            return Found(draft, judged, number)
        if judged.solvable and judged.difficulty is not None and difficulty is not None:
            both = [judged.difficulty] if nearest is None else [nearest, judged.difficulty]
            nearest = min(both, key=lambda value: abs(value - difficulty))
        if number >= most:
            break
    said = "none was solvable" if nearest is None else f"the nearest difficulty was {nearest:.2f}"
    raise NothingFits(attempts, f"{most} were plausible and judged, {unsolvable} of them not solvable; {said}")


def _judged(exercise: Exercise, difficulty: float | None, tolerance: float, jobs: int) -> Judged:
    """Return the judgment of all replications, or of a first look where that is enough to give a draw up."""
    first = judge(exercise, range(FIRST_LOOK), jobs)
    if first.gain.mean is None or first.gain.mean <= first.margin:
        return first
    if difficulty is not None and (
        first.difficulty is None or abs(first.difficulty - difficulty) > tolerance + FAR_OFF
    ):
        return first
    return judge(exercise, range(SEEDS), jobs)
