"""Pairs of short runs under the same luck, and the measures of plan, watch and coordination of each."""

from statistics import fmean, stdev

import pytest

from sim.assess import duty, plan_measures
from sim.assess.coordination import SIDES, side
from sim.assess.duplicates import given_twice
from sim.assess.score import score
from sim.play.session import Session
from tests.play.made import changed, short

paired = pytest.mark.parametrize(
    "seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)]
)


def planned(rows=None, review=None, more=(), minutes=60):
    """The chlorine leak, ended early, with fields of tasks of its plan changed, by task."""

    def edit(data):
        for task in data["tasks"]:
            task.update((rows or {}).get(task["id"], {}))
        data["review"].update(review or {})
        data["tasks"] += more

    return changed(short(minutes), edit, "plan")


def together(record, gaps):
    """Minutes and numbers of gaps by where they lie, tasks that nobody took or two took, and waits for others."""
    counted = dict.fromkeys(SIDES, 0)
    minutes = dict.fromkeys(SIDES, 0.0)
    for gap in gaps:
        where = side(gap, record.exercise.county)
        counted[where] += 1
        minutes[where] += gap["minutes"]
    waits = [gap["minutes"] for gap in gaps if gap["type"] == "waiting_on_other"]
    return {
        **{f"{name}_gaps": counted[name] for name in SIDES},
        **{f"{name}_min": round(minutes[name], 1) for name in SIDES},
        "orphans": sum(gap["type"] == "orphan_task" for gap in gaps),
        "duplicates": len(given_twice(record.events)),
        "waiting_min": round(sum(waits), 1),
    }


def measured(exercise, seeds, overrides=None, policy="plan"):
    """All measures of each run, by seed."""
    found = []
    for seed in range(seeds):
        record = Session(exercise, seed=seed, overrides=overrides or {}, policy=policy).finish()
        gaps = score(record)["gaps"]
        sums = (plan_measures.summary(record), duty.summary(record), together(record, gaps))
        found.append({name: value for one in sums for name, value in one.items()})
    return found


def differences(before, after, figure):
    """Differences of a figure between two series of runs; what was not there counts as 0."""
    return [float((b[figure] or 0) - (a[figure] or 0)) for a, b in zip(before, after, strict=True)]


def moves(found, sign):
    """Whether a figure moves in a direction: on the mean, and over many pairs never back or surely."""
    mean = sign * fmean(found)
    if len(found) < 30 or all(sign * one >= 0 for one in found):
        return mean > 0
    return mean - 1.96 * stdev(found) / len(found) ** 0.5 > 0
