"""Short variants of bundled scenarios for the tests of those who help, and what is measured on their runs."""

from functools import cache
from statistics import fmean, stdev

import pytest

from sim.clocktext import parse_duration
from sim.play.session import Session
from sim.spec.load import load
from tests.play.made import changed

both = pytest.mark.parametrize(
    "seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)]
)
ALL = ["type", "time", "area", "danger", "measures", "forces"]


@cache
def shortened(scenario, minutes):
    """A bundled scenario that ends early."""

    def cut(data):
        data["duration"] = f"{minutes}min"
        data["injects"] = [one for one in data["injects"] if not late(one.get("at"), minutes)]

    return changed(load(scenario), cut)


def late(at, minutes):
    return at is not None and parse_duration(at) > minutes * 60


def with_task(exercise, ident, change):
    """An exercise whose plan has one task changed."""

    def swap(data):
        data["tasks"] = [change(task) if task["id"] == ident else task for task in data["tasks"]]

    return changed(exercise, swap, "plan")


def without_task(exercise, ident):
    """An exercise whose plan lacks a task."""

    def drop(data):
        data["tasks"] = [task for task in data["tasks"] if task["id"] != ident]

    return changed(exercise, drop, "plan")


def run(exercise, seed, **given):
    return Session(exercise, seed=seed, **given).finish().events


def first_min(events, kind, subject, otherwise, **data):
    """Minutes until the first such event; ``otherwise`` if there is none."""
    found = (
        event.at_s / 60
        for event in events
        if event.kind == kind
        and event.subject == subject
        and all(event.data.get(name) == value for name, value in data.items())
    )
    return next(found, otherwise)


def below_zero(differences):
    """Whether paired differences never rise above 0 and, over many seeds, their 95 % interval lies below 0."""
    half = 1.96 * stdev(differences) / len(differences) ** 0.5
    assert fmean(differences) < 0, differences
    return max(differences) <= 0 or fmean(differences) + half < 0
