"""Every parameter of communications and information moves a measure in the direction that it should.

Thirty pairs of runs of the bundled scenario, each pair with the same luck; the mean paired difference lies beyond two
standard errors on the stated side.
"""

from functools import cache
from math import fsum, sqrt

import pytest

from sim.assess import awareness, traffic
from sim.play.session import Session
from sim.spec.registry import REGISTRY
from sim.spec.scenario import Outage
from tests.engine.worlds import changed, whole_exercise

OUTAGE = ("comms.profile", "three_outage")
PLATFORM = ("platform.on", "on")
NOBODY_ANSWERS = ("desk.unanswered_factor", 4)
MANY_CALLS = ("public.calls_factor", 5)
POWER_CUT = "power cut"
"""In place of a parameter: the substation of the town fails early on, until a crew has repaired it."""

# Parameter; what it needs beside it; its two values; the measure; and where the second value moves it.
TABLE = (
    ("comms.profile", (), "full", "strained", "life_min.way", "up"),
    ("comms.profile", (), "full", "surge", "lost_attempts", "up"),
    ("comms.profile", (), "full", "network_outage", "life_min.before", "up"),
    ("comms.profile", (), "full", "three_outage", "deficit_min", "up"),
    ("comms.delay_factor", (), 1, 4, "time_to_awareness_min", "up"),
    ("comms.loss_factor", (), 1, 4, "lost_attempts", "up"),
    ("comms.garbled_factor", (), 1, 10, "false_belief_min", "up"),
    ("comms.read_back", (("comms.garbled_factor", 10),), "off", "on", "false_belief_min", "down"),
    ("comms.fallback", (OUTAGE,), 0, 1, "deficit_min", "down"),
    ("comms.switch_factor", (OUTAGE,), 1, 10, "time_to_awareness_min", "up"),
    ("comms.priority", (MANY_CALLS,), "none", "queue", "order_min", "down"),
    ("comms.priority", (MANY_CALLS,), "none", "preempt", "order_min", "down"),
    ("comms.chases", (NOBODY_ANSWERS,), 0, 5, "loop_closure", "up"),
    ("comms.chase_after", (NOBODY_ANSWERS, ("comms.chases", 5)), 10, 60, "receipt_min", "up"),
    ("desk.officers", (), 1, 4, "deficit_min", "down"),
    ("desk.unanswered_factor", (), 1, 4, "time_to_awareness_min", "up"),
    ("desk.overload", (("desk.officers", 1),), 0, 1, "deficit_min", "up"),
    ("lifelines.battery_factor", (OUTAGE,), 0, 1, "deficit_min", "down"),
    ("lifelines.repair_factor", ((POWER_CUT, 1), ("lifelines.battery_factor", 0)), 0.1, 4, "deficit_min", "up"),
    ("platform.on", (), "off", "on", "time_to_awareness_min", "down"),
    ("platform.sync_delay", (PLATFORM,), 5, 60, "time_to_awareness_min", "up"),
    ("platform.coverage", (PLATFORM,), 0.3, 1, "time_to_awareness_min", "down"),
    ("platform.entry", (PLATFORM,), 30, 600, "time_to_awareness_min", "up"),
    ("info.sources", (), 0, 1, "messages", "down"),  # fewer have to be asked whether it is so
    ("consultation.length", (), 15, 120, "age_min", "down"),  # what it brings is learned later, so it is younger
)


def mean_min(lengths_s):
    return fsum(lengths_s) / 60 / len(lengths_s) if lengths_s else None


@cache
def measured(seed, overrides):
    """Return the measures of awareness and traffic of a run by name, and two means over the lives of its messages.

    ``order_min`` is the time from wanting to reading of orders, ``receipt_min`` from reading to acknowledging.
    """
    given = dict(overrides)
    outage = Outage(lifeline="substation-town", at="10min", source="for the test")
    exercise = changed(outages=(outage,)) if given.pop(POWER_CUT, None) else whole_exercise()
    record = Session(exercise, seed=seed, policy="plan", overrides=given).finish()
    talk, found = traffic.summary(record), traffic.lives(record)
    orders = [life.read_s - life.composed_s for life in found if life.kind == "order" and life.read_s is not None]
    receipts = [life.acknowledged_s - life.read_s for life in found if life.acknowledged_s is not None]
    return {
        **awareness.summary(record),
        **talk,
        **{f"life_min.{part}": value for part, value in talk["life_min"].items()},
        "order_min": mean_min(orders),
        "receipt_min": mean_min(receipts),
    }


def test_every_parameter_stands_in_the_table():
    rooms = ("comms", "consultation", "desk", "info", "lifelines", "platform")
    asked = sorted(one.name for one in REGISTRY if one.name.partition(".")[0] in rooms)
    assert asked == sorted({name for name, *_ in TABLE})


CASES = [
    *(pytest.param(*row, 12, marks=pytest.mark.slow) for row in TABLE[::3]),  # all of them take ten minutes
    *(pytest.param(*row, 30, marks=pytest.mark.loop) for row in TABLE),
]


@pytest.mark.parametrize(("name", "beside", "low", "high", "measure", "direction", "seeds"), CASES)
def test_a_parameter_moves_its_measure(name, beside, low, high, measure, direction, seeds):
    """By more than two standard errors over 30 seeds, by more than one over a dozen."""
    one, other = (tuple(sorted(((name, value), *beside))) for value in (low, high))
    differences = [measured(seed, other)[measure] - measured(seed, one)[measure] for seed in range(seeds)]
    mean = fsum(differences) / seeds
    error = sqrt(fsum((value - mean) ** 2 for value in differences) / (seeds - 1) / seeds)
    moved = mean if direction == "up" else -mean
    assert moved > (2 if seeds >= 30 else 1) * error, f"{measure} of {name}: {mean:+.4g}, standard error {error:.3g}"
