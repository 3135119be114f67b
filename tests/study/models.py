"""Formulas that are run in place of the simulator, importable by workers."""

import itertools
import os
import time
from math import pi, sin
from pathlib import Path

from sim.rng import Distribution, Luck, Shape

ISHIGAMI = ("comms.fallback", "plan.follow", "adviser.accuracy")
"""Parameters from 0 to 1 that stand for the three angles of Ishigami's function."""


def angles(task):
    """Return the three angles, from -π to π."""
    given = {"comms.fallback": 0.9, "plan.follow": 1.0, "adviser.accuracy": 0.8, **dict(task.overrides)}
    return [-pi + 2 * pi * given[name] for name in ISHIGAMI]


def ishigami(task):
    """Return Ishigami's function with a = 7 and b = 0.1."""
    one, two, three = angles(task)
    return {"y": sin(one) + 7 * sin(two) ** 2 + 0.1 * three**4 * sin(one)}


def linear(task):
    """Return 3 x + z plus luck of the replication."""
    given = {"comms.fallback": 0.9, "plan.follow": 1.0, **dict(task.overrides)}
    noise = Luck(task.seed).amount(Distribution(Shape.UNIFORM, 0.0, 1.0), "noise")
    return {"y": 3 * given["comms.fallback"] + given["plan.follow"] + noise, "total_loss": noise}


def waits(task):
    """Return the mean time in an M/M/1 queue with arrivals at half the rate of service, warmed up, by Lindley."""
    luck, waited, total = Luck(task.seed), 0.0, 0.0
    served = Distribution(Shape.EXPONENTIAL, 1.0)
    came = Distribution(Shape.EXPONENTIAL, 2.0)
    for number in range(500):
        work = luck.amount(served, "work", str(number))
        if number >= 100:
            total += waited + work
        waited = max(0.0, waited + work - luck.amount(came, "gap", str(number)))
    return {"total_loss": total / 400}


def troubled(task):
    """Return a number; of five tasks, each meets with another trouble."""
    number = task.point
    if number == 1:
        return {"y": sum(itertools.repeat(0))}  # never comes back to where signals are looked at
    if number == 2:
        os._exit(9)
    if number == 3:
        return {"y": len(bytearray(1 << 42))}
    while number == 4:  # hangs, but can be interrupted
        time.sleep(0.01)
    if number == 5:
        raise ValueError("no such number")
    return {"y": float(number)}


def notes_its_start(task):
    """Return a number, and leave a line for each start in the file that the environment names."""
    with Path(os.environ["TABLETOP_TEST_STARTS"]).open("a") as file:
        file.write(f"{task.point}/{task.replication}\n")
    time.sleep(0.02)
    return {"y": task.point + task.replication / 1000}
