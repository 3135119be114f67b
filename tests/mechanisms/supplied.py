"""Small variants of bundled scenarios in which supplies matter, and the figures that are compared over seeds."""

from functools import cache
from statistics import fmean, stdev

from sim.assess.supplies import deliveries, summary
from sim.play.session import Session
from sim.spec.load import load
from tests.play.made import changed


@cache
def early(scenario, minutes):
    """A bundled scenario, ended early."""
    whole = load(scenario)
    late = [inject.id for inject in whole.scenario.injects if (inject.at or 0) > minutes * 60]

    def cut(data):
        data["duration"] = f"{minutes}min"
        data["injects"] = [inject for inject in data["injects"] if inject["id"] not in late]

    return changed(whole, cut)


def with_stock(exercise, item, most):
    """The same with at most so much of an item in each depot."""

    def change(data):
        for stock in data["stocks"]:
            if stock["item"] == item:
                stock["amount"] = min(most, stock["amount"])

    return changed(exercise, change, "county")


def without_supplier(exercise, supplier):
    """The same in a county that lacks a supplier."""

    def change(data):
        data["suppliers"] = [one for one in data["suppliers"] if one["id"] != supplier]

    return changed(exercise, change, "county")


def without_task(exercise, task):
    """The same with a plan that lacks a task."""

    def change(data):
        data["tasks"] = [one for one in data["tasks"] if one["id"] != task]

    return changed(exercise, change, "plan")


def played(exercise, seed, **overrides):
    return Session(exercise, seed=seed, overrides=overrides).finish()


def figure(exercise, key, seeds, **overrides):
    """Return a figure of the supplies under each seed; 0 where there is none."""
    return [summary(played(exercise, seed, **overrides))[key] or 0.0 for seed in range(seeds)]


def until_there(exercise, item, amount, seeds, **overrides):
    """Return after how many minutes so much of an item has been handed over, under each seed; the end if never."""
    found = []
    for seed in range(seeds):
        record, there = played(exercise, seed, **overrides), 0
        found.append(record.events[-1].at_s / 60)
        for one in deliveries(record):
            there += one.amount if one.item == item else 0
            if there >= amount:
                found[-1] = one.there_s / 60
                break
    return found


def moves_up(lower, higher):
    """Assert that a figure rises under shared luck: its mean for certain where there are 30 runs, and never back."""
    differences = [b - a for a, b in zip(lower, higher, strict=True)]
    mean = fmean(differences)
    half = 1.96 * stdev(differences) / len(differences) ** 0.5
    assert mean > 0, differences
    if len(differences) >= 30:
        assert mean - half > 0 or min(differences) >= 0, f"{mean:.2f} +- {half:.2f}"
