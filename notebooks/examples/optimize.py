"""The simulator inside an optimizer of SciPy: which values of two parameters give the best score in a scenario?

    python notebooks/examples/optimize.py

Differential evolution (Storn and Price 1997) needs no slopes and takes steps of a score as they come. All calls share
their luck, so two of them differ by what their parameters do. What fits one sample of luck may not fit another;
therefore what was found is tried again under luck that the search never saw, and that is the number to believe.
"""

from collections.abc import Sequence

from scipy.optimize import differential_evolution

import sim

SCENARIO = "rumor-panic"
OUTCOME = "total"  # 0 to 100, more is better
BOUNDS = {
    "comms.chase_after": (3.0, 30.0),  # min; guesses of what counties differ by
    "consultation.length": (5.0, 60.0),  # min
}
SEARCHED = (1, 2)
OTHERS = (101, 102, 103)


def score(values: Sequence[float], seeds: Sequence[int]) -> float:
    """Return the mean score with values of the parameters, in the order of the bounds."""
    given = {name: round(float(value), 3) for name, value in zip(BOUNDS, values, strict=True)}
    return sim.outcomes(given, scenario=SCENARIO, seeds=seeds, names=(OUTCOME,))[OUTCOME]


def search(generations: int = 6, seeds: Sequence[int] = SEARCHED) -> tuple[dict[str, float], float]:
    """Return the best values found and their score; a generation is ten calls."""
    found = differential_evolution(
        lambda values: -score(values, seeds),
        list(BOUNDS.values()),
        popsize=5,
        maxiter=generations,
        tol=0.0,
        polish=False,  # a score has steps, so slopes tell nothing
        seed=1,
    )
    return {name: round(float(value), 3) for name, value in zip(BOUNDS, found.x, strict=True)}, -float(found.fun)


def main() -> None:
    """Search, and try what was found under other luck."""
    best, inside = search()
    defaults = sim.outcomes(scenario=SCENARIO, seeds=OTHERS, names=(OUTCOME,))[OUTCOME]
    print(f"best: {best}")
    print(f"score under the luck of the search: {inside:.2f}")
    print(f"score under other luck: {score(list(best.values()), OTHERS):.2f}; with the defaults: {defaults:.2f}")


if __name__ == "__main__":
    main()
