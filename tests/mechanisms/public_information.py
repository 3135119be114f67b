"""Paired runs for the mechanisms of public information: shorter variants of bundled scenarios, and what is read off."""

from functools import cache
from statistics import fmean, stdev

import pytest

from sim.play.session import Session
from sim.spec.load import load
from tests.play.made import changed

paired = pytest.mark.parametrize(
    "seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)]
)


@cache
def variant(scenario, minutes, statement=(), starts_at=None):
    """Return a bundled scenario that ends early, with other fields in the statements of its plan, by release."""
    exercise = load(scenario)

    def cut(data):
        data["duration"] = f"{minutes}min"
        data["starts_at"] = starts_at or data["starts_at"]
        late = [one.id for one in exercise.scenario.injects if (one.at or 0) > minutes * 60]
        data["injects"] = [one for one in data["injects"] if one["id"] not in late]

    def publish(data):
        for task in data["tasks"]:
            for order in task["orders"]:
                if order["do"] == "publish" and order["release"] in ("first_notice", "rebuttal"):
                    for field in ("contains", "next_update_min"):
                        order.pop(field, None)
                    order.update(statement)

    exercise = changed(exercise, cut)
    return changed(exercise, publish, "plan") if statement else exercise


def said(**fields):
    """Return fields of a statement in a form that a cache takes."""
    return tuple(sorted(fields.items()))


def events(record, *kinds):
    return [event for event in record.events if event.kind in kinds]


def moods(record):
    """Return trust and fear at every sample, in thousandths."""
    return [(row["trust_permille"], row["anxiety_permille"]) for row in record.series]


def at_end(record):
    """Return trust at the end, in thousandths."""
    return moods(record)[-1][0]


def fear(record):
    """Return the mean fear of all samples, in thousandths."""
    return fmean(anxiety for _, anxiety in moods(record))


def first_s(record, kind, **data):
    """Return when the first event of a kind came, in seconds; the end of the run if none did."""
    found = (one.at_s for one in events(record, kind) if all(one.data[name] == value for name, value in data.items()))
    return next(found, record.events[-1].at_s)


def grows(figure, less, more, seeds):
    """Check that a figure grows from one way to play to another; a way is an exercise and what a session takes."""

    def measure(way, seed):
        exercise, given = way
        return figure(Session(exercise, seed=seed, **given).finish())

    found = [measure(more, seed) - measure(less, seed) for seed in range(seeds)]
    mean = fmean(found)
    assert mean > 0, found
    if seeds >= 30:
        assert min(found) >= 0 or mean > 1.96 * stdev(found) / len(found) ** 0.5, found
