"""Exploratory modeling of the simulator with EMA Workbench: many futures and a few measures, then what decides them.

    pip install ema-workbench
    python notebooks/examples/explore_with_ema.py

``sim.outcomes`` is the model function as it is: EMA Workbench calls it with a keyword for each uncertainty, lever and
constant, and takes the outcomes from the dictionary that comes back. Two underscores stand for the dot of a name.
"""

from ema_workbench import Constant, Model, RealParameter, ScalarOutcome, perform_experiments
from ema_workbench.analysis import prim

import sim

FUTURES = 12
MEASURES = 2


def county() -> Model:
    """Return the simulator as a model of EMA Workbench; the ranges are guesses of what counties differ by."""
    model = Model("county", function=sim.outcomes)
    model.uncertainties = [RealParameter("comms__delay_factor", 0.5, 3.0), RealParameter("plan__follow", 0.4, 1.0)]
    model.levers = [RealParameter("release__approval_delay", 0.0, 60.0)]  # min
    model.constants = [Constant("scenario", "rumor-panic"), Constant("seeds", 1)]
    model.outcomes = [ScalarOutcome("total_loss"), ScalarOutcome("gap_minutes"), ScalarOutcome("total")]
    return model


def main() -> None:
    """Run futures under measures, and look for the box of futures that are worst."""
    experiments, outcomes = perform_experiments(county(), scenarios=FUTURES, policies=MEASURES)
    losses = outcomes["total_loss"]
    print(f"{len(losses)} experiments; loss from {losses.min():.3f} to {losses.max():.3f}")
    bad = losses > sorted(losses)[int(0.7 * len(losses))]
    columns = ["comms__delay_factor", "plan__follow", "release__approval_delay"]
    box = prim.Prim(experiments[columns], bad, threshold=0.5).find_box()
    print(box.peeling_trajectory[["coverage", "density", "mass"]].tail(1).to_string(index=False))


if __name__ == "__main__":
    main()
